"""Atom 1.0 (RFC 4287), with full content."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.outputs.characters import clean_line, clean_text
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem, FeedPicture
from plugins.outputs.feeds.xml_document import (
    HISTORY,
    MEDIA,
    add_archive_mark,
    add_picture,
    around_entries,
    links_to_others,
    written,
)

GENERATOR = "Passerelle"
_SPACES = {"fh": HISTORY, "media": MEDIA}

# A feed without items has no date: it takes the day from which identifiers are dated.
_NEVER = datetime(2024, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000


def atom_entry(item: FeedItem) -> bytes:
    """Write an entry of a feed.

    `updated` is required: it is the stamp of an entry, be its date unknown; `published` is then
    left out.
    """
    entry = FeedEntry()
    entry.register_extension("repair", _EntryRepair, rss=False)
    entry.id(item.id)
    entry.title(clean_line(item.title))
    entry.updated(_updated(item))
    if item.published:
        entry.published(item.published)
    entry.summary(clean_line(item.summary) or clean_line(item.title))
    entry.content(clean_text(item.content_html) or None, type="html")
    # An entry that names no author has the feed's (RFC 4287, 4.1.1).
    for author in item.authors:
        if name := clean_line(author):
            entry.author(name=name)
    for category in item.categories:
        if term := clean_line(category):
            entry.category(term=term)
    entry.link(href=item.address, rel="alternate", type="text/html")
    for file in item.enclosures:
        entry.link(href=file.address, rel="enclosure", type=file.type, length=str(file.length))
    entry.repair.links, entry.repair.picture = entry.link(), item.picture
    return written(entry.atom_entry(), _SPACES, level=1)


def to_atom(feed: Feed, entry: Callable[[FeedItem], bytes] = atom_entry) -> bytes:
    """Write the feed as Atom, its entries in the order given; `entry` may remember them."""
    generator = FeedGenerator()
    generator.register_extension("repair", _FeedRepair, rss=False)
    generator.id(feed.id)
    generator.title(clean_line(feed.title))
    generator.subtitle(clean_line(feed.description) or None)
    generator.language(feed.language)
    generator.author(name=clean_line(feed.author))
    generator.generator(GENERATOR)
    generator.link(
        href=feed.addresses[FeedFormat.ATOM], rel="self", type=FeedFormat.ATOM.media_type
    )
    generator.link(href=feed.address, rel="alternate", type="text/html")
    for relation, address in links_to_others(feed, FeedFormat.ATOM):
        generator.link(href=address, rel=relation)
    if feed.image:
        generator.logo(feed.image)
    generator.updated(max(map(_updated, feed.items), default=_NEVER))
    generator.repair.feed = feed
    before, after = around_entries(bytes(generator.atom_str()), feed, b"</feed>")
    return b"".join((before, *map(entry, feed.items), after))


def _updated(item: FeedItem) -> datetime:
    """Return the stamp of an entry, made unique by microseconds that its id gives.

    Most contents are dated by a day alone; the W3C validator, and readers that sort by this date,
    take two equal ones for a fault.
    """
    digest = int.from_bytes(sha256(item.id.encode()).digest()[:8])
    return item.stamp.replace(microsecond=digest % _SECOND)


class _FeedRepair(BaseExtension):  # type: ignore[misc]
    """Mark an archive."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        return _SPACES

    def extend_atom(self, root: etree._Element) -> etree._Element:
        add_archive_mark(root, self.feed)
        return root


class _EntryRepair(BaseExtension):  # type: ignore[misc]
    """Restore the `rel` and `type` of an entry's links, which feedgen forgets; add its picture."""

    links: tuple[dict[str, str], ...] = ()
    picture: FeedPicture | None = None

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        for element, link in zip(entry.findall("link"), self.links, strict=True):
            element.attrib.update(link)
        if self.picture:
            add_picture(entry, self.picture)
        return entry
