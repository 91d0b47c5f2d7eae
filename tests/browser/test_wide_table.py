"""A table wider than the page scrolls in a region of its own, named, in reach of the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from plugins.theme.theme import Theme
from plugins.views.site import Site
from plugins.views.texts import TextMaker
from tests.browser.axe import violations
from tests.contents import article, index_of
from tests.sites import ROOT
from tests.tooling import AXE

HEADS = ("Service", "Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet")
ROWS = (HEADS, ("---",) * 8, ("Administration", *["confirmé"] * 7))
TABLE = "\n".join(f"| {' | '.join(row)} |" for row in ROWS)
NAME = "Tableau : Service, Janvier, Février, Mars, Avril, Mai, Juin, Juillet"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_wide_table_scrolls_in_its_region(
    tmp_path: Path, page: Page, site_url: str, width: int, scheme: str
) -> None:
    index = index_of(tmp_path, {"articles/a.md": article("", f"{TABLE}\n\nEt\n\n{TABLE}\n")})
    theme = Theme(ROOT / "theme", Site(index, "https://passerelle.example"))
    text = theme.expand(TextMaker(index.published[0], index, lit_day=None).whole())
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{site_url}/404.html")
    page.evaluate(
        "html => { document.querySelector('main').innerHTML = html; return document.fonts.ready; }",
        f'<h1>Essai</h1><div class="prose">{text}</div>',
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    region = page.get_by_role("group", name=NAME, exact=True).first
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate("box => box === document.activeElement")
    is_wide = region.evaluate("box => box.scrollWidth > box.clientWidth")
    assert is_wide is (width < 768)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert violations(page, within="main") == []


def test_feeds_say_nothing_of_regions(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"articles/a.md": article("", TABLE)})
    theme = Theme(ROOT / "theme", Site(index, "https://passerelle.example"))
    text = TextMaker(index.published[0], index, lit_day=None).whole()
    assert '<div class="table-scroll"><table>' in theme.expand_absolute(text)
