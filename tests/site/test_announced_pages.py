"""Every page of the sample is announced as social networks, browsers and robots expect."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from tests.site.broken_links import parsed
from tests.sites import BuiltSite

MOST_BYTES = 60_000
MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
# A preview of the letter is a page of the editor's alone, with a head of its own; nobody shares the
# search, nor the page of a former address.
UNANNOUNCED = ("/404.html", "/apercu/", "/recherche/", "/s-abonner/")


def announced(site: BuiltSite) -> list[Path]:
    return [p for p in site.pages() if not site.address(p).endswith(UNANNOUNCED)]


def told(page: Path) -> dict[str, list[str]]:
    """Return the contents of a page's `meta` elements, by name or property."""
    found: dict[str, list[str]] = {}
    for meta in parsed(page).xpath("/html/head/meta[@content]"):
        name = meta.get("property") or meta.get("name") or ""
        found.setdefault(name, []).append(meta.get("content"))
    return found


@cache
def picture(path: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(path) as image:
        image.load()
        return image.format, image.size


def test_each_page_has_a_picture_that_is_as_it_is_told(site: BuiltSite) -> None:
    for page in announced(site):
        head = told(page)
        address = site.address(page)
        [source] = head["og:image"]
        assert source.startswith(f"{site.url}/partage"), address
        file = site.file(source.removeprefix(site.url))
        assert picture(file) == ("PNG", (1200, 630)), address
        assert head["og:image:type"] == ["image/png"], address
        assert head["og:image:width"] == ["1200"], address
        assert head["og:image:height"] == ["630"], address
        assert len(head["og:image:alt"][0]) > 10, address
        assert head["twitter:card"] == ["summary_large_image"], address
        assert {len(head[name]) for name in head if name.startswith("og:")} == {1}, address


def test_each_picture_is_light_and_of_a_page(site: BuiltSite) -> None:
    cards = [file for file in site.files() if "partage" in str(file.relative_to(site.path))]
    sources = {told(page)["og:image"][0].removeprefix(site.url) for page in announced(site)}
    assert {site.file(source) for source in sources} == {*cards}
    assert max(file.stat().st_size for file in cards) < MOST_BYTES
    assert len(cards) > 100


def test_no_two_pages_say_the_same_in_their_picture(site: BuiltSite) -> None:
    pages = [p for p in announced(site) if "/page/" not in site.address(p)]
    words = Counter(told(page)["og:image:alt"][0] for page in pages)
    assert [text for text, number in words.items() if number > 1] == []


def test_a_page_that_is_not_found_is_not_announced(site: BuiltSite) -> None:
    head = told(site.file("/404.html"))
    assert head["robots"] == ["noindex"]
    assert not {"og:image", "twitter:card"} & head.keys()


@pytest.mark.parametrize(
    ("kind", "og_type"),
    [("home", "website"), ("article", "article"), ("letter", "article"), ("event", "website")],
)
def test_articles_and_letters_are_told_from_other_pages(
    site: BuiltSite, kind: str, og_type: str
) -> None:
    head = told(site.file(site.address_of_kind(kind)))
    assert head["og:type"] == [og_type]
    times = head.get("article:published_time", [])
    assert len(times) == (og_type == "article")
    assert all(datetime.fromisoformat(time).tzinfo for time in times)
    assert bool(head.get("article:tag")) == (og_type == "article")


def test_the_sitemap_tells_pictures_and_true_times(site: BuiltSite) -> None:
    root = etree.fromstring(site.file("/sitemap.xml").read_bytes())
    pages = {url.findtext("s:loc", "", namespaces=MAP): url for url in root}
    listed = {
        site.url + site.address(page)
        for page in site.pages()
        if not parsed(page).xpath("/html/head/meta[@name='robots']")
    }
    assert pages.keys() == listed
    now = datetime.fromisoformat(parsed(site.file("/")).get("data-now", ""))
    changed = {
        address: datetime.fromisoformat(time)
        for address, url in pages.items()
        if (time := url.findtext("s:lastmod", namespaces=MAP))
    }
    assert len(changed) > 20
    assert max(changed.values()) <= now
    articles = {k: v for k, v in changed.items() if k.startswith(f"{site.url}/actualites/")}
    assert articles[f"{site.url}/actualites/"] == max(articles.values())
    shown = root.xpath("//i:image/i:loc/text()", namespaces=MAP)
    assert len(shown) > 10
    for source in shown:
        assert site.file(source.removeprefix(site.url)).is_file()
    for address, url in pages.items():
        in_main = parsed(site.file(address.removeprefix(site.url))).xpath("//main//img/@src")
        for source in url.xpath("i:image/i:loc/text()", namespaces=MAP):
            assert source.removeprefix(site.url) in in_main


def test_the_manifest_leads_to_icons_of_their_sizes(site: BuiltSite) -> None:
    manifest = json.loads(site.read("/manifest.webmanifest"))
    assert manifest["name"] == "Passerelle"
    assert manifest["theme_color"] == manifest["background_color"]
    for icon in manifest["icons"]:
        form, size = picture(site.file(icon["src"]))
        assert (form, f"{size[0]}x{size[1]}") == ("PNG", icon["sizes"])
    assert [(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]


def test_each_page_leads_to_the_icons(site: BuiltSite) -> None:
    for page in announced(site):
        links = parsed(page).xpath("/html/head/link")
        rels = {rel: [x for x in links if x.get("rel") == rel] for rel in ("icon", "manifest")}
        assert [link.get("href") for link in rels["manifest"]] == ["/manifest.webmanifest"]
        ico, svg = rels["icon"]
        assert (ico.get("href"), ico.get("sizes")) == ("/favicon.ico", "32x32")
        assert svg.get("type") == "image/svg+xml"


def test_the_icon_at_the_root_has_three_sizes(site: BuiltSite) -> None:
    with Image.open(site.file("/favicon.ico")) as image:
        assert image.format == "ICO"
        assert image.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_site_under_a_path_has_its_own_manifest(photographs: BuiltSite) -> None:
    manifest = json.loads(photographs.read("/manifest.webmanifest"))
    [link] = html.fromstring(photographs.read("/")).xpath("/html/head/link[@rel='manifest']/@href")
    assert link == f"{manifest['start_url']}manifest.webmanifest"
