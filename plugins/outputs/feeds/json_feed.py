"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with full content."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from plugins.outputs.characters import clean_line, clean_text
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem

VERSION = "https://jsonfeed.org/version/1.1"


def json_item(item: FeedItem) -> bytes:
    """Write an item of a feed."""
    return json.dumps(_item(item), ensure_ascii=False, indent=2).replace("\n", "\n    ").encode()


def to_json_feed(feed: Feed, item: Callable[[FeedItem], bytes] = json_item) -> bytes:
    """Write the feed as JSON, its items in the order given; empty fields are left out.

    `item` may remember those written.
    """
    document = {
        "version": VERSION,
        "title": clean_line(feed.title),
        "home_page_url": feed.address,
        "feed_url": feed.addresses[FeedFormat.JSON],
        "next_url": feed.previous and feed.previous[FeedFormat.JSON],
        "description": clean_line(feed.description),
        "icon": feed.image,
        "authors": _authors((feed.author,)),
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    # The items are required, even when there are none.
    empty = json.dumps({**_filled(document), "items": []}, ensure_ascii=False, indent=2).encode()
    items = b",".join(b"\n    " + item(found) for found in feed.items)
    return empty.removesuffix(b"]\n}") + items + (b"\n  ]\n}\n" if items else b"]\n}\n")


def _item(item: FeedItem) -> dict[str, Any]:
    title, summary = clean_line(item.title), clean_line(item.summary)
    html = clean_text(item.content_html)
    attachments = [
        {"url": file.address, "mime_type": file.type, "size_in_bytes": file.length}
        for file in item.enclosures
    ]
    return _filled(
        {
            "id": item.id,
            "url": item.address,
            "title": title,
            "content_html": html,
            # An item has one content at least.
            "content_text": "" if html else summary or title,
            "summary": summary,
            "image": item.picture and item.picture.file.address,
            "date_published": _time(item.published),
            "date_modified": _time(item.updated),
            "authors": _authors(item.authors),
            "tags": [tag for category in item.categories if (tag := clean_line(category))],
            "attachments": attachments,
        }
    )


def _authors(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name} for author in names if (name := clean_line(author))]


def _time(time: datetime | None) -> str | None:
    """Write a time (RFC 3339)."""
    return time.isoformat() if time else None


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
