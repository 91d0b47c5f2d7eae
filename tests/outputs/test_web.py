"""Files for machines, as the programs that read them understand them."""

import datetime as dt
import json
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from plugins.dates.moments import PARIS
from plugins.outputs.web import (
    Icon,
    MappedPage,
    to_manifest,
    to_robots,
    to_security_txt,
    to_sitemap,
)

SITEMAP = "https://passerelle.example/sitemap.xml"

WINTER = dt.datetime(2024, 1, 8, 17, 30, tzinfo=PARIS)
SUMMER = dt.datetime(2024, 7, 3, 9, tzinfo=PARIS)
IMAGES = {"i": "http://www.google.com/schemas/sitemap-image/1.1"}
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
            MappedPage(
                "https://passerelle.example/b/?a=1&b=2", WINTER, ("https://img.example/é.png",)
            ),
            MappedPage("https://passerelle.example/"),
            MappedPage("https://passerelle.example/c/", SUMMER),
        ]
    )
    root = etree.fromstring(sitemap)
    assert root.tag == f"{NAMESPACE}urlset"
    assert [
        (url.findtext(f"{NAMESPACE}loc"), url.findtext(f"{NAMESPACE}lastmod")) for url in root
    ] == [
        ("https://passerelle.example/", None),
        ("https://passerelle.example/b/?a=1&b=2", "2024-01-08T17:30:00+01:00"),
        ("https://passerelle.example/c/", "2024-07-03T09:00:00+02:00"),
    ]
    assert root.xpath("//i:image/i:loc/text()", namespaces=IMAGES) == ["https://img.example/é.png"]
    assert [child.tag for child in root[1]] == [
        f"{NAMESPACE}loc",
        f"{NAMESPACE}lastmod",
        f"{{{IMAGES['i']}}}image",
    ]
    golden("sitemap/sitemap.xml", sitemap)


def test_manifest() -> None:
    icons = (Icon("/a/192.png", 192), Icon("/a/512.png", 512, is_maskable=True))
    found = json.loads(to_manifest("Passerelle", "Le réseau", "/a/", "#fcfaf6", icons))
    assert found == {
        "name": "Passerelle",
        "short_name": "Passerelle",
        "description": "Le réseau",
        "lang": "fr",
        "dir": "ltr",
        "id": "/a/",
        "start_url": "/a/",
        "scope": "/a/",
        "display": "minimal-ui",
        "theme_color": "#fcfaf6",
        "background_color": "#fcfaf6",
        "icons": [
            {"src": "/a/192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
            {"src": "/a/512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }


def test_order_of_pages_does_not_matter() -> None:
    pages = [MappedPage(f"https://a.example/{n}/") for n in range(9)]
    assert to_sitemap(pages) == to_sitemap(reversed(pages))
