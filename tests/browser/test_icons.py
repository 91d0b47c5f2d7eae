"""Chromium takes the manifest and the icon of the site."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from tests.sites import BuiltSite


def test_chromium_reads_the_manifest_without_a_fault(
    page: Page, site_url: str, site: BuiltSite
) -> None:
    page.goto(f"{site_url}/")
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    session.detach()
    assert found["errors"] == []
    assert found["url"] == f"{site_url}/manifest.webmanifest"
    assert json.loads(found["data"]) == json.loads(site.read("/manifest.webmanifest"))


def test_chromium_draws_the_icons(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    sizes = page.evaluate(
        """async () => {
          const links = document.querySelectorAll("link[rel=icon], link[rel=apple-touch-icon]");
          return Promise.all([...links].map(async link => {
            const image = new Image();
            image.src = link.href;
            await image.decode();
            return image.naturalWidth;
          }));
        }"""
    )
    assert sizes[0] in {16, 32, 48}
    assert sizes[1] > 0
    assert sizes[2] == 180
