"""RSS 2.0, with full content (`content:encoded`), after the RSS Advisory Board's profile."""

from datetime import datetime
from html import escape
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.outputs.characters import clean_line, clean_text
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem, feed_updated

GENERATOR = "Passerelle"
MEDIA_TYPE = "application/rss+xml"
_ATOM = "{http://www.w3.org/2005/Atom}"


def to_rss(feed: Feed) -> bytes:
    """Write the feed as RSS, its items in the order given."""
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.register_extension("repair", _ChannelRepair, _ItemRepair, atom=False)
    generator.title(clean_line(feed.title))
    generator.description(clean_line(feed.description) or clean_line(feed.title))
    generator.language(feed.language)
    generator.generator(GENERATOR)
    # The last link is the one that feedgen makes the channel's `link`.
    generator.link(href=feed.addresses[FeedFormat.RSS], rel="self", type=MEDIA_TYPE)
    generator.link(href=feed.address, rel="alternate")
    if feed.image:
        generator.image(feed.image, title=clean_line(feed.title), link=feed.address)
    if updated := feed_updated(feed):
        generator.lastBuildDate(updated)
    generator.repair.keep_build_date = updated is not None
    for item in feed.items:
        _add_item(generator, item)
    return bytes(generator.rss_str(pretty=True))


def _add_item(generator: Any, item: FeedItem) -> None:  # noqa: ANN401 - feedgen is untyped
    entry = generator.add_entry(order="append")
    entry.guid(item.id, permalink=False)
    entry.title(clean_line(item.title))
    # A description is HTML: a summary, which is not, is escaped once more.
    entry.description(escape(clean_line(item.summary), quote=False) or clean_line(item.title))
    entry.content(clean_text(item.content_html) or None)
    if item.enclosure:
        entry.enclosure(item.enclosure.address, item.enclosure.length, item.enclosure.type)
    entry.link(href=item.address)
    # RSS's own `author` is a mailbox; names go to Dublin Core.
    entry.dc.dc_creator([name for author in item.authors if (name := clean_line(author))])
    for category in item.categories:
        if term := clean_line(category):
            entry.category(term=term)
    if item.published:
        entry.pubDate(item.published)
    entry.repair.updated = item.updated


class _ChannelRepair(BaseExtension):  # type: ignore[misc]
    """Remove the build date that feedgen reads from the clock when no item is dated."""

    keep_build_date = True

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        date = feed.find("channel/lastBuildDate")
        if date is not None and not self.keep_build_date:
            feed[0].remove(date)
        return feed


class _ItemRepair(BaseExtension):  # type: ignore[misc]
    """Add the time of an item's last change as `atom:updated`: RSS has no element for it."""

    updated: datetime | None = None

    def extend_rss(self, item: etree._Element) -> etree._Element:
        if self.updated is not None:
            etree.SubElement(item, f"{_ATOM}updated").text = self.updated.isoformat()
        return item
