"""No page speaks to a third party, keeps anything in the browser, or logs an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.visits import Visit
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
    faults = list(Visit(page, site_url + site.address_of_kind(kind)).faults)
    faults += [f"cookie: {cookie.get('name')}" for cookie in context.cookies()]
    faults += page.evaluate(STORED)
    page.close()
    assert faults == []
