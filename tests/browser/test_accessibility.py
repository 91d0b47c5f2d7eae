"""Every kind of page, at three widths, light and dark: no axe violation, no sideways scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import overflow, violations
from tests.sites import PAGE_KINDS, BuiltSite

WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_accessibility(axe_page: Page, site: BuiltSite, site_url: str, kind: str) -> None:
    # What the preview frames is judged as a page, or as a message, of its own.
    frames = kind != "preview of a letter"
    axe_page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    axe_page.goto(site_url + site.address_of_kind(kind))
    for width in WIDTHS:
        axe_page.set_viewport_size({"width": width, "height": 900})
        axe_page.emulate_media(color_scheme="light")
        axe_page.evaluate("document.fonts.ready")
        assert [*violations(axe_page, frames=frames), *overflow(axe_page)] == [], f"{width} light"
        # The dark has other colours and nothing else: test_colours says so.
        axe_page.emulate_media(color_scheme="dark")
        found = [*violations(axe_page, colours=True, frames=frames), *overflow(axe_page)]
        assert found == [], f"{width} dark"
