"""A feed, whatever the format it is written in, and the HTML that feed readers take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urljoin

import nh3

from plugins.outputs.characters import clean_text

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
    """What a feed is written in, as the end of its address tells."""

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
    """A content as a feed tells it; every address is absolute.

    Times are aware. `published` is None when nobody knows (an event that is announced without a
    date of publication), and a reader then takes the day it first saw it. `stamp` is for formats
    that must have a date: the last of the known ones, else one in the past that the content yields.
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
    """A list of items to subscribe to, by `author` where an item names none.

    `id` is permanent; `address` is the feed's page, `addresses` are its own, by format.
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
    """Return the newest time of the items, None when none is dated."""
    times = (time for item in feed.items for time in (item.published, item.updated) if time)
    return max(times, default=None)


def feed_html(html: str, address: str) -> str:
    """Return the HTML of a content for feeds; `address` is its page's, absolute.

    It keeps text, structure, links and images, and nothing that a reader strips or that the W3C
    feed validator warns about; a relative address that is left is resolved.
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
