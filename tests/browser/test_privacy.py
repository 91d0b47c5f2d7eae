"""No page speaks to a third party, keeps anything in the browser, or logs an error."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.sites import PAGE_KINDS, BuiltSite

STORED = """async () => [
  ...Object.keys(localStorage).map(key => `localStorage: ${key}`),
  ...Object.keys(sessionStorage).map(key => `sessionStorage: ${key}`),
  ...(await indexedDB.databases()).map(base => `indexedDB: ${base.name}`),
  ...(await caches.keys()).map(key => `cache: ${key}`),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => `worker: ${one.scope}`),
]"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="fr-FR")
    yield context
    context.close()


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_privacy(context: BrowserContext, site: BuiltSite, site_url: str, kind: str) -> None:
    page = context.new_page()
    faults: list[str] = []
    own = urlsplit(site_url).netloc

    page.on(
        "request",
        lambda request: (
            faults.append(f"third party: {request.url}")
            if urlsplit(request.url).netloc not in {own, ""} and not _is_of_the_browser(request.url)
            else None
        ),
    )
    page.on(
        "response",
        lambda response: (
            faults.append(f"{response.status}: {response.url}")
            if response.status >= 400 and not _is_of_the_browser(response.url)
            else None
        ),
    )
    page.on(
        "requestfailed",
        lambda request: (
            None if _is_of_the_browser(request.url) else faults.append(f"failed: {request.url}")
        ),
    )
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text}")
            if message.type in {"error", "warning"}
            and not _is_of_the_browser(message.location["url"])
            else None
        ),
    )
    page.goto(site_url + site.address_of_kind(kind), wait_until="networkidle")
    faults += [f"cookie: {cookie.get('name')}" for cookie in context.cookies()]
    faults += page.evaluate(STORED)
    page.close()
    assert faults == []


def _is_of_the_browser(address: str) -> bool:
    """Tell what Chromium's viewer of PDF asks of Chromium itself."""
    return urlsplit(address).scheme in {"chrome", "chrome-extension"}
