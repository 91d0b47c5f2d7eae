"""No page speaks to a third party, keeps anything in the browser, or logs an error."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.visits import Visit
from tests.sites import PAGE_KINDS, BuiltSite

STORED = """async () => [
  ...Object.keys(localStorage).map(key => `localStorage: ${key}`),
  ...Object.keys(sessionStorage).map(key => `sessionStorage: ${key}`),
  ...(await indexedDB.databases()).map(base => `indexedDB: ${base.name}`),
  ...(await caches.keys()).map(key => `cache: ${key}`),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => `worker: ${one.scope}`),
]"""


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_privacy(fresh_page: Page, site: BuiltSite, site_url: str, kind: str) -> None:
    faults = list(Visit(fresh_page, site_url + site.address_of_kind(kind)).faults)
    faults += [f"cookie: {cookie.get('name')}" for cookie in fresh_page.context.cookies()]
    faults += fresh_page.evaluate(STORED)
    assert faults == []
