"""A feed, whatever the format it is written in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedEnclosure:
    """A file that goes with an item; `length` is in bytes, `type` a media type."""

    address: str
    length: int
    type: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A content as a feed tells it; every address is absolute.

    `published` and `updated` are aware; `published` is None when nobody knows (an event that is
    announced without a date of publication), and a reader then takes the day it first saw it.
    """

    id: str
    title: str
    address: str
    published: datetime | None
    updated: datetime | None
    summary: str
    content_html: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosure: FeedEnclosure | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of items to subscribe to; `address` is its page, `feed_address` its own."""

    title: str
    description: str
    address: str
    feed_address: str
    language: str
    items: tuple[FeedItem, ...]
    image: str | None = None


def feed_updated(feed: Feed) -> datetime | None:
    """Return the newest time of the items, None when none is dated."""
    times = (time for item in feed.items for time in (item.published, item.updated) if time)
    return max(times, default=None)
