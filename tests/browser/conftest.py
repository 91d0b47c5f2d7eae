"""A real Chromium, the system's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.tooling import AXE, CHROMIUM

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A fifth of the time of all tests: pages draw in one process less, axe is compiled at once.
    "--in-process-gpu",
    "--js-flags=--always-sparkplug",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole session; tests open their own contexts."""
    executable = CHROMIUM.path()
    if executable is None:
        pytest.fail("Chromium is missing: « make test » installs it", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A tab to load a page in, 1280 pixels wide and light.

    Tests share it, as it is left: a new one costs as much as loading three pages.
    """
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.emulate_media(color_scheme="light")
    yield tab
    tab.unroute_all()


@pytest.fixture(scope="module")
def axe_page(browser: Browser) -> Iterator[Page]:
    """A tab with axe in each page it opens."""
    context = browser.new_context(reduced_motion="reduce", locale="fr-FR", bypass_csp=True)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A tab of a browser that keeps nothing yet."""
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()
