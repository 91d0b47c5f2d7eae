"""Every kind of page, at three widths, light and dark: no axe violation, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import overflow, violations
from tests.sites import PAGE_KINDS, BuiltSite
from tests.tooling import AXE

Scheme: TypeAlias = Literal["light", "dark"]

WIDTHS = (320, 768, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
VIEWS = list(product(WIDTHS, SCHEMES))


@pytest.fixture(scope="module", params=VIEWS, ids=[f"{width}-{scheme}" for width, scheme in VIEWS])
def view(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab of one width and one colour scheme, with axe in each page it opens."""
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="fr-FR",
        bypass_csp=True,
    )
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_accessibility(view: Page, site: BuiltSite, site_url: str, kind: str) -> None:
    view.goto(site_url + site.address_of_kind(kind))
    view.evaluate("document.fonts.ready")
    # What the preview frames is judged as a page, or as a message, of its own.
    assert [*violations(view, frames=kind != "preview of a letter"), *overflow(view)] == []
