"""A feed, whatever the format it is written in; the HTML, and the list, that readers take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import nh3

from plugins.outputs.characters import clean_line, clean_text

# What holds text; the W3C feed validator knows each of them.
_TAGS = (nh3.ALLOWED_TAGS | {"section", "tfoot"}) - {"area", "bdo", "h1", "map", "nav", "rtc"}
# What makes sense only in a page: dropped with what it holds, where other tags keep their text.
_DROPPED = {"button", "dialog", "form", "iframe", "math", "nav", "noscript", "object", "script"}
_DROPPED |= {"style", "svg", "template", "title"}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


class FeedFormat(StrEnum):
    """The format of a feed, the one that all readers take first; its value ends an address."""

    RSS = "rss.xml"
    ATOM = "atom.xml"
    JSON = "json"

    @property
    def label(self) -> str:
        """« RSS », « Atom », « JSON »."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """The media type of its files."""
        return _MEDIA_TYPES[self]


_LABELS = {FeedFormat.RSS: "RSS", FeedFormat.ATOM: "Atom", FeedFormat.JSON: "JSON"}
_MEDIA_TYPES = {
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON: "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class FeedEnclosure:
    """A file that goes with an item; `length` is in bytes, `type` a media type."""

    address: str
    length: int
    type: str


@dataclass(frozen=True, slots=True)
class FeedPicture:
    """The picture of an item: its file, its size in pixels when known, what it shows."""

    file: FeedEnclosure
    width: int | None = None
    height: int | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed; every address is absolute.

    Times are aware. `published` is None when unknown, as for an event without a date of
    publication: readers then take the day on which they first saw the item. `stamp` is for formats
    that require a date: the last known one, else one in the past that follows from the content.
    """

    id: str
    title: str
    address: str
    published: datetime | None
    updated: datetime | None
    stamp: datetime
    summary: str
    content_html: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosure: FeedEnclosure | None = None
    picture: FeedPicture | None = None

    @property
    def enclosures(self) -> tuple[FeedEnclosure, ...]:
        """The files that go with the item, the first one for formats that take no more than one."""
        picture = self.picture.file if self.picture else None
        return tuple(file for file in (self.enclosure, picture) if file)


Addresses = Mapping[FeedFormat, str]
"""The absolute addresses of a feed, by format."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: items to subscribe to. `author` stands for the items that name none.

    `id` is permanent; `address` is the page of the feed, `addresses` those of its files. A feed of
    many items is cut (RFC 5005, 4): an archive holds older ones and has the addresses of the feed
    to subscribe to as `current`; `previous` and `following` are the archives beside it. `hub` is
    the address that tells subscribers of news (WebSub), `style` that of a style sheet for browsers.
    """

    id: str
    title: str
    description: str
    author: str
    address: str
    addresses: Addresses
    language: str
    items: tuple[FeedItem, ...]
    image: str | None = None
    current: Addresses | None = None
    previous: Addresses | None = None
    following: Addresses | None = None
    hub: str | None = None
    style: str | None = None


def feed_updated(feed: Feed) -> datetime | None:
    """Return the latest time of the items, None when none is dated."""
    times = (time for item in feed.items for time in (item.published, item.updated) if time)
    return max(times, default=None)


def feed_html(html: str, address: str) -> str:
    """Reduce the HTML of a content to text, structure, links and images.

    Nothing is left that readers strip or that the W3C feed validator warns about. Relative
    addresses are resolved from `address`, the absolute address of the content's page.
    """

    def resolve(_tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src"}:
            return value
        try:
            return urljoin(address, value)
        except ValueError:  # no address at all: the attribute goes
            return None

    return nh3.clean(
        clean_text(html),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=resolve,
        url_schemes=_SCHEMES,
        link_rel=None,
    ).strip()


def to_opml(title: str, groups: Mapping[str, Sequence[Feed]]) -> bytes:
    """Write the list of the feeds under their headings, in RSS, which all readers take."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = clean_line(title)
    ET.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = ET.SubElement(root, "body")
    for heading, feeds in groups.items():
        group = ET.SubElement(body, "outline", text=clean_line(heading))
        for feed in feeds:
            ET.SubElement(
                group,
                "outline",
                type="rss",
                version="RSS2",
                text=clean_line(feed.title),
                title=clean_line(feed.title),
                description=clean_line(feed.description),
                language=feed.language,
                xmlUrl=feed.addresses[FeedFormat.RSS],
                htmlUrl=feed.address,
            )
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
