"""RSS 2.0, with full content (`content:encoded`), after the RSS Advisory Board's profile."""

import re
from collections.abc import Callable
from datetime import datetime
from html import escape

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.outputs.characters import clean_line, clean_text
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem, FeedPicture, feed_updated
from plugins.outputs.feeds.xml_document import (
    ATOM,
    HISTORY,
    MEDIA,
    add_archive_mark,
    add_picture,
    around_entries,
    links_to_others,
    written,
)

GENERATOR = "Passerelle"
_SPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": HISTORY,
    "media": MEDIA,
}


# The profile's advice for the « & » and « < » of plain text, which some readers take for HTML.
_PLAIN = re.compile(rb"(<(?:title|category|dc:creator)>)([^<]*)")


def rss_item(item: FeedItem) -> bytes:
    """Write an item of a channel."""
    entry = FeedEntry()
    entry.load_extension("dc")
    entry.register_extension("repair", _ItemRepair, atom=False)
    entry.guid(item.id, permalink=False)
    entry.title(clean_line(item.title))
    # A description is HTML: a summary, which is not, is escaped once more.
    entry.description(escape(clean_line(item.summary), quote=False) or clean_line(item.title))
    entry.content(clean_text(item.content_html) or None)
    for file in item.enclosures[:1]:
        entry.enclosure(file.address, file.length, file.type)
    entry.link(href=item.address)
    # RSS's own `author` is a mailbox; names go to Dublin Core.
    entry.dc.dc_creator([name for author in item.authors if (name := clean_line(author))])
    for category in item.categories:
        if term := clean_line(category):
            entry.category(term=term)
    if item.published:
        entry.pubDate(item.published)
    entry.repair.updated, entry.repair.picture = item.updated, item.picture
    return _in_references(written(entry.rss_entry(), _SPACES, level=2))


def to_rss(feed: Feed, item: Callable[[FeedItem], bytes] = rss_item) -> bytes:
    """Write the feed as RSS, its items in the order given; `item` may remember those written."""
    generator = FeedGenerator()
    generator.register_extension("repair", _ChannelRepair, atom=False)
    generator.title(clean_line(feed.title))
    generator.description(clean_line(feed.description) or clean_line(feed.title))
    generator.language(feed.language)
    generator.generator(GENERATOR)
    # The last link is the one that feedgen makes the channel's `link`.
    generator.link(href=feed.addresses[FeedFormat.RSS], rel="self", type=FeedFormat.RSS.media_type)
    generator.link(href=feed.address, rel="alternate")
    if feed.image:
        generator.image(feed.image, title=clean_line(feed.title), link=feed.address)
    if updated := feed_updated(feed):
        generator.lastBuildDate(updated)
    generator.repair.feed = feed
    end = b"  </channel>\n</rss>"
    before, after = around_entries(bytes(generator.rss_str()), feed, end)
    return b"".join((_in_references(before), *map(item, feed.items), after))


def _in_references(data: bytes) -> bytes:
    """Write the « & » and « < » of plain texts as hexadecimal references."""

    def rewritten(match: re.Match[bytes]) -> bytes:
        return match[1] + match[2].replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;")

    return _PLAIN.sub(rewritten, data)


class _ChannelRepair(BaseExtension):  # type: ignore[misc]
    """Add the feed's archives; remove the date that feedgen takes from the clock for no items."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return _SPACES

    def extend_rss(self, root: etree._Element) -> etree._Element:
        channel = root[0]
        date = channel.find("lastBuildDate")
        if date is not None and feed_updated(self.feed) is None:
            channel.remove(date)
        for relation, address in links_to_others(self.feed, FeedFormat.RSS):
            etree.SubElement(channel, f"{{{ATOM}}}link", rel=relation, href=address)
        add_archive_mark(channel, self.feed)
        return root


class _ItemRepair(BaseExtension):  # type: ignore[misc]
    """Add an item's picture, and its last change as `atom:updated`: RSS has no element for it."""

    updated: datetime | None = None
    picture: FeedPicture | None = None

    def extend_rss(self, item: etree._Element) -> etree._Element:
        if self.updated is not None:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = self.updated.isoformat()
        if self.picture:
            add_picture(item, self.picture)
        return item
