"""Files for machines, as the programs that read them understand them."""

import datetime as dt
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from plugins.dates.moments import PARIS
from plugins.outputs.web import to_robots, to_security_txt, to_sitemap

SITEMAP = "https://passerelle.example/sitemap.xml"

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize(("may_index", "sitemaps"), [(True, [SITEMAP]), (False, None)])
def test_robots(*, may_index: bool, sitemaps: list[str] | None) -> None:
    reader = RobotFileParser()
    reader.parse(to_robots(SITEMAP, may_index=may_index).decode().splitlines())
    assert reader.can_fetch("robot", "https://passerelle.example/agenda/") is may_index
    assert reader.site_maps() == sitemaps


def test_security_txt() -> None:
    text = to_security_txt(
        "contact@passerelle.example",
        "https://passerelle.example/.well-known/security.txt",
        dt.date(2024, 1, 8),
    )
    assert text.decode() == (
        "Contact: mailto:contact@passerelle.example\n"
        "Expires: 2025-01-06T00:00:00Z\n"
        "Preferred-Languages: fr, en\n"
        "Canonical: https://passerelle.example/.well-known/security.txt\n"
    )
    # RFC 9116 (2.5.5) asks for less than a year ahead.
    assert dt.datetime.fromisoformat("2025-01-06T00:00:00Z") < dt.datetime(
        2025, 1, 8, tzinfo=dt.UTC
    )


def test_sitemap(golden: Callable[[str, str | bytes], None]) -> None:
    sitemap = to_sitemap(
        [
            ("https://passerelle.example/b/?a=1&b=2", dt.date(2024, 1, 8)),
            ("https://passerelle.example/", None),
            ("https://passerelle.example/c/", dt.datetime(2024, 7, 3, 9, tzinfo=PARIS)),
            ("https://passerelle.example/", None),
        ]
    )
    root = etree.fromstring(sitemap)
    assert root.tag == f"{NAMESPACE}urlset"
    assert [
        (url.findtext(f"{NAMESPACE}loc"), url.findtext(f"{NAMESPACE}lastmod")) for url in root
    ] == [
        ("https://passerelle.example/", None),
        ("https://passerelle.example/b/?a=1&b=2", "2024-01-08"),
        ("https://passerelle.example/c/", "2024-07-03T09:00:00+02:00"),
    ]
    golden("sitemap/sitemap.xml", sitemap)


def test_order_of_pages_does_not_matter() -> None:
    pages = [(f"https://a.example/{n}/", None) for n in range(9)]
    assert to_sitemap(pages) == to_sitemap(reversed(pages))
