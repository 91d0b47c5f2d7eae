"""Internal addresses of a built site that lead to no file, or to no element of it.

lxml reads the pages here: another parser than the one that wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from tests.sites import BuiltSite

ATTRIBUTES = ("href", "src", "action", "poster", "data", "cite")
SCHEMES = {"http", "https", "mailto", "tel", "webcal", "data"}


def broken_links(site: BuiltSite) -> list[str]:
    """Return what is wrong with the addresses of all pages."""
    return [
        f"{site.address(page)}: {link} {fault}"
        for page in site.pages()
        for link in sorted(set(_links(page)))
        if (fault := fault_of(site, page, link))
    ]


def _links(page: Path) -> Iterator[str]:
    """Yield every address that the page holds."""
    for element in parsed(page).iter("*"):
        for name in ATTRIBUTES:
            if (value := element.get(name)) is not None:
                yield value
        for name in ("srcset", "imagesrcset"):
            for candidate in (element.get(name) or "").split(","):
                if candidate.strip():
                    yield candidate.split()[0]
        if element.tag == "meta" and element.get("property") in {"og:url", "og:image"}:
            yield element.get("content", "")


def fault_of(site: BuiltSite, page: Path, link: str) -> str | None:
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


@cache
def _ids(page: Path) -> frozenset[str]:
    return frozenset(
        identifier for element in parsed(page).iter("*") if (identifier := element.get("id"))
    )


@cache
def parsed(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
