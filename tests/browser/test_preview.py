"""The preview in a browser: it follows the builds by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.previews import Preview, create_project, running_preview


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    create_project(tmp_path)
    with running_preview(tmp_path) as preview:
        yield preview


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A tab on the preview's home page."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{preview.port}/")
    yield page
    context.close()


def test_page_reloads_after_a_change(page: Page, preview: Preview) -> None:
    expect(page.locator("p")).to_have_text("Bonjour")
    preview.write("Bonsoir")
    expect(page.locator("p")).to_have_text("Bonsoir")
    preview.write("Bonne nuit")
    expect(page.locator("p")).to_have_text("Bonne nuit")


def test_report_of_a_failed_build_shows_until_it_is_repaired(page: Page, preview: Preview) -> None:
    preview.write("faute")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("La compilation a échoué")
    expect(alert).to_contain_text("content/page.md:1:1 · titre : il manque un <titre>.")
    expect(page.locator("p")).to_have_text("Bonjour")
    preview.write("Bonsoir")
    expect(page.locator("p")).to_have_text("Bonsoir")
    expect(alert).to_have_count(0)


def test_report_can_be_closed(page: Page, preview: Preview) -> None:
    preview.write("faute")
    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("alert")).to_have_count(0)
