"""A feed, whatever the format it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
