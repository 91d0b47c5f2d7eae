"""Every internal address of every page and style sheet leads to a file, every fragment to an id.

lxml reads the pages here: another parser than the one that wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from tests.sites import BuiltSite

ATTRIBUTES = ("href", "src", "action", "poster", "data", "cite")
SCHEMES = {"http", "https", "mailto", "tel", "webcal", "data"}


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
        if not link.startswith("#") and (fault := _fault(site, sheet, link))
    ]
    assert faults == []


def test_every_page_names_itself(site: BuiltSite) -> None:
    """The canonical address of each page is the one it is served at."""
    wrong = {
        site.address(page): canonical
        for page in site.pages()
        if page.name != "404.html"
        and (canonical := _canonical(page)) != site.url + site.address(page)
    }
    assert wrong == {}


def broken_links(site: BuiltSite) -> list[str]:
    """Return what is wrong with the addresses of all pages."""
    return [
        f"{site.address(page)}: {link} {fault}"
        for page in site.pages()
        for link in sorted(set(_links(page)))
        if (fault := _fault(site, page, link))
    ]


def _links(page: Path) -> Iterator[str]:
    """Yield every address that the page holds."""
    for element in _parsed(page).iter("*"):
        for name in ATTRIBUTES:
            if (value := element.get(name)) is not None:
                yield value
        for name in ("srcset", "imagesrcset"):
            for candidate in (element.get(name) or "").split(","):
                if candidate.strip():
                    yield candidate.split()[0]
        if element.tag == "meta" and element.get("property") in {"og:url", "og:image"}:
            yield element.get("content", "")


def _fault(site: BuiltSite, page: Path, link: str) -> str | None:
    """Return what is wrong with a link, None when it is right or leads out of the site."""
    if link != link.strip():
        return "has spaces around it"
    here = site.url + site.address(page)
    target = urlsplit(urljoin(here, link))
    if target.scheme not in SCHEMES:
        return f"has the scheme {target.scheme}"
    home = urlsplit(site.url)
    if target.netloc != home.netloc or target.scheme not in {"http", "https"}:
        return None
    if not f"{target.path}/".startswith(f"{home.path}/"):
        return "leaves the path of the site"
    file = site.file(target.path.removeprefix(home.path) or "/")
    if file.is_dir():
        return "lacks its final slash"
    if not file.is_file():
        return "leads to no file"
    if target.fragment and file.suffix == ".html" and unquote(target.fragment) not in _ids(file):
        return "leads to no element"
    return None


def _canonical(page: Path) -> str | None:
    links = _parsed(page).xpath("//link[@rel='canonical']/@href")
    assert isinstance(links, list)
    return str(links[0]) if len(links) == 1 else None


@cache
def _ids(page: Path) -> frozenset[str]:
    return frozenset(
        identifier for element in _parsed(page).iter("*") if (identifier := element.get("id"))
    )


@cache
def _parsed(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
