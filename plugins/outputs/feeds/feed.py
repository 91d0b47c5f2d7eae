"""A feed, whatever the format it is written in; the HTML, and the list, that readers take."""

from collections.abc import Iterable, Mapping
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
    """The format of a feed; its value ends the feed's address."""

    RSS = "rss.xml"
    ATOM = "atom.xml"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class FeedEnclosure:
    """A file that goes with an item; `length` is in bytes, `type` a media type."""

    address: str
    length: int
    type: str


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


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: items to subscribe to. `author` stands for the items that name none.

    `id` is permanent; `address` is the page of the feed, `addresses` those of its files, by format.
    """

    id: str
    title: str
    description: str
    author: str
    address: str
    addresses: Mapping[FeedFormat, str]
    language: str
    items: tuple[FeedItem, ...]
    image: str | None = None


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


def to_opml(title: str, feeds: Iterable[Feed]) -> bytes:
    """Write the list of the feeds, in the order given, in RSS, which all readers take."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = clean_line(title)
    ET.SubElement(head, "docs").text = "http://opml.org/spec2.opml"
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(
            body,
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
