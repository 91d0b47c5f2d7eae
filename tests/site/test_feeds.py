"""Every feed of the built site, in every format, is where it says and leads to what exists."""

from __future__ import annotations

import feedparser
import pytest

from plugins.outputs.feeds.feed import FeedFormat
from plugins.views.site_feeds import CHANNELS, feed_address
from tests.outputs import json_feed_reading
from tests.sites import BuiltSite

NAMES = tuple(channel.name for channel in CHANNELS)


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


def test_page_of_subscriptions_offers_them_all(site: BuiltSite) -> None:
    page = site.read("/flux/")
    for name in NAMES:
        for form in FeedFormat:
            assert f'{feed_address(name, form)}"' in page


def is_page(site: BuiltSite, address: str) -> bool:
    return address.startswith(site.url) and site.file(address.removeprefix(site.url)).is_file()
