"""The list of pages for search engines."""

import datetime as dt
from collections.abc import Callable

from lxml import etree

from plugins.dates.moments import PARIS
from plugins.outputs.web.sitemap import to_sitemap

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_golden(golden: Callable[[str, str | bytes], None]) -> None:
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
