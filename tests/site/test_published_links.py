"""Every internal address of every page and style sheet leads to a file, every fragment to an id."""

from __future__ import annotations

import re
from pathlib import Path

from tests.site.broken_links import broken_links, fault_of, parsed
from tests.sites import BuiltSite


def test_every_internal_link_leads_somewhere(site: BuiltSite) -> None:
    assert site.pages()
    assert broken_links(site) == []


def test_every_address_in_style_sheets_leads_somewhere(site: BuiltSite) -> None:
    faults = [
        f"{site.address(sheet)}: {link} {fault}"
        for sheet in site.files()
        if sheet.suffix == ".css"
        for link in re.findall(
            r"""(?:url\(|@import\s+)["']?([^"')]+)""", sheet.read_text(encoding="utf-8")
        )
        if not link.startswith("#") and (fault := fault_of(site, sheet, link))
    ]
    assert faults == []


def test_every_page_names_itself(site: BuiltSite) -> None:
    """The canonical address of each page is the one it is served at, unless it has moved."""
    wrong = {
        site.address(page): canonical
        for page in site.pages()
        if page.name != "404.html"
        and not parsed(page).xpath("//meta[@http-equiv='refresh']")
        and (canonical := _canonical(page)) != site.url + site.address(page)
    }
    assert wrong == {}


def _canonical(page: Path) -> str | None:
    links = parsed(page).xpath("//link[@rel='canonical']/@href")
    assert isinstance(links, list)
    return str(links[0]) if len(links) == 1 else None
