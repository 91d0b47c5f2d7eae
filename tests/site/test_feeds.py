"""Every feed of the built site, in every format, is where it says and leads to what exists."""

from __future__ import annotations

import re

import feedparser
import pytest
from lxml import html

from plugins.build.preview import media_type_of
from plugins.outputs.feeds.feed import FeedFormat
from plugins.views.channels import feed_address
from tests.outputs import json_feed_reading
from tests.sites import BuiltSite

NAMES = (
    "tout",
    "actualites",
    "agenda",
    "lettres",
    "theme-energie",
    "collectif-numerique",
    "organisation-dextera",
    "auteur-christophe-chassande",
    "serie-dextera-tour",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("form", "version"), [(FeedFormat.RSS, "rss20"), (FeedFormat.ATOM, "atom10")]
)
def test_xml(site: BuiltSite, name: str, form: FeedFormat, version: str) -> None:
    address = feed_address(name, form)
    read = feedparser.parse(site.file(address).read_bytes())
    assert not read.bozo
    assert read.version == version
    assert [link.href for link in read.feed.links if link.rel == "self"] == [site.url + address]
    assert read.entries
    assert [e.link for e in read.entries if not is_page(site, e.link)] == []


@pytest.mark.parametrize("name", NAMES)
def test_json(site: BuiltSite, name: str) -> None:
    address = feed_address(name, FeedFormat.JSON)
    read = json_feed_reading.read(site.file(address).read_bytes())
    assert str(read.feed_url) == site.url + address
    assert read.items
    assert [i.url for i in read.items if not is_page(site, str(i.url))] == []


def test_the_picture_of_a_content_stands_in_its_feed(site: BuiltSite) -> None:
    read = feedparser.parse(site.file("/flux/actualites.rss.xml").read_bytes())
    [entry] = [e for e in read.entries if e.link.endswith("/cannes-seminaire/")]
    first = html.fragment_fromstring(entry.content[0].value, create_parent=True)[0]
    assert first.tag == "figure"
    assert first.xpath("string(.//img/@src)") == f"{site.url}/images/cannes.svg"


def test_files_that_go_with_an_item_are_what_is_said_of_them(site: BuiltSite) -> None:
    found = []
    for path in sorted((site.path / "flux").glob("**/*.json")):
        for item in json_feed_reading.read(path.read_bytes()).items:
            for file in item.attachments or ():
                address = str(file.url).removeprefix(site.url)
                assert site.file(address).stat().st_size == file.size_in_bytes
                assert media_type_of(address) == file.mime_type
                found.append(address)
    assert "/lettres/1/lettre-1.pdf" in found
    assert any(address.endswith(".svg") for address in found)


def test_nothing_is_told_twice(site: BuiltSite) -> None:
    """« 12 janvier12 janvier 2024 »: a numeral for the eye, then the date for readers aloud."""
    for name in NAMES:
        feed = site.read(feed_address(name, FeedFormat.JSON))
        assert re.findall(r"(\d+(?:\s|&nbsp;)\w+)(?:\s|<[^>]*>)*\1", feed) == []


def test_page_of_subscriptions_offers_them_all(site: BuiltSite) -> None:
    page = site.read("/flux/")
    for name in NAMES:
        for form in FeedFormat:
            assert f'{feed_address(name, form)}"' in page


def is_page(site: BuiltSite, address: str) -> bool:
    return address.startswith(site.url) and site.file(address.removeprefix(site.url)).is_file()
