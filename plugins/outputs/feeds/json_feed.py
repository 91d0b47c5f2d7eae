"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with full content."""

import json
from datetime import datetime
from typing import Any

from plugins.outputs.characters import clean_line, clean_text
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def to_json_feed(feed: Feed) -> bytes:
    """Write the feed as JSON, its items in the order given; empty fields are left out."""
    document = {
        "version": VERSION,
        "title": clean_line(feed.title),
        "home_page_url": feed.address,
        "feed_url": feed.addresses[FeedFormat.JSON],
        "description": clean_line(feed.description),
        "icon": feed.image,
        "authors": _authors((feed.author,)),
        "language": feed.language,
    }
    # The items are required, even when there are none.
    filled = {**_filled(document), "items": [_item(item) for item in feed.items]}
    return json.dumps(filled, ensure_ascii=False, indent=2).encode() + b"\n"


def _item(item: FeedItem) -> dict[str, Any]:
    title, summary = clean_line(item.title), clean_line(item.summary)
    html = clean_text(item.content_html)
    attachment = item.enclosure and {
        "url": item.enclosure.address,
        "mime_type": item.enclosure.type,
        "size_in_bytes": item.enclosure.length,
    }
    return _filled(
        {
            "id": item.id,
            "url": item.address,
            "title": title,
            "content_html": html,
            # An item has one content at least.
            "content_text": "" if html else summary or title,
            "summary": summary,
            "date_published": _time(item.published),
            "date_modified": _time(item.updated),
            "authors": _authors(item.authors),
            "tags": [tag for category in item.categories if (tag := clean_line(category))],
            "attachments": [attachment] if attachment else [],
        }
    )


def _authors(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name} for author in names if (name := clean_line(author))]


def _time(time: datetime | None) -> str | None:
    """Write a time (RFC 3339)."""
    return time.isoformat() if time else None


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
