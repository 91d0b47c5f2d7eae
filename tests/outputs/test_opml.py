"""The list of feeds that readers import."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from lxml import etree

from plugins.library.index import Index
from plugins.outputs.feeds.feed import FeedFormat, to_opml
from plugins.views.site_feeds import site_feeds
from tests.outputs.feed_samples import FEED, size
from tests.outputs.strategies import letters, titles


def test_golden(index: Index, golden: Callable[[str, str | bytes], None]) -> None:
    feeds = site_feeds(index, "https://passerelle.example", lambda _record: "", size)
    groups = {"Général": list(feeds.values())[:4], "Par thème": list(feeds.values())[4:]}
    opml = to_opml("Passerelle", groups)
    outlines = etree.fromstring(opml).findall("body/outline/outline")
    assert [outline.get("xmlUrl") for outline in outlines] == [
        feed.addresses[FeedFormat.RSS] for feed in feeds.values()
    ]
    golden("opml/abonnements.opml", opml)


@given(titles)
def test_any_title(title: str) -> None:
    opml = to_opml(title, {title: [replace(FEED, title=title)]})
    heading, outline = etree.fromstring(opml).iter("outline")
    assert letters(heading.get("text") or "") == letters(title)
    assert letters(outline.get("text") or "") == letters(title)


def test_no_feed() -> None:
    assert etree.fromstring(to_opml("Passerelle", {})).find("body") is not None
