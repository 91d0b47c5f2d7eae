"""JSON Feed holds what its specification has, and what was meant."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from plugins.outputs.feeds.feed import Feed, FeedItem
from plugins.outputs.feeds.json_feed import to_json_feed
from tests.outputs.feed_samples import ARCHIVE, FEED, FIRST, LETTER, SECOND, SUMMER
from tests.outputs.json_feed_reading import read
from tests.outputs.strategies import letters, texts, titles


def document(feed: Feed) -> Any:  # noqa: ANN401 - JSON
    read(to_json_feed(feed))
    return json.loads(to_json_feed(feed))


def item(item: FeedItem) -> Any:  # noqa: ANN401 - JSON
    [found] = document(replace(FEED, items=(item,)))["items"]
    return found


def test_feed() -> None:
    assert {**document(FEED), "items": []} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Passerelle\u00a0: tout",
        "home_page_url": "https://passerelle.example/",
        "feed_url": "https://passerelle.example/flux/tout.json",
        "description": "Tout ce qui paraît.",
        "authors": [{"name": "Communauté & réseaux"}],
        "language": "fr",
        "items": [],
    }


def test_items_keep_their_order() -> None:
    assert [i["id"] for i in document(FEED)["items"]] == [SECOND.id, FIRST.id, SUMMER.id]


def test_item() -> None:
    assert item(FIRST) == {
        "id": "tag:passerelle.example,2024:/actualites/un/",
        "url": "https://passerelle.example/actualites/un/",
        "title": "R&D < 3 %, « tout » va bien",
        "content_html": FIRST.content_html,
        "summary": "Un bilan où 1 < 2 & 2 > 1.",
        "date_published": "2024-01-05T09:30:00+01:00",
        "date_modified": "2024-01-07T00:00:00+01:00",
        "authors": [{"name": "Camille Exemple"}, {"name": "Secrétariat général"}],
        "tags": ["Énergie", "Vie du réseau"],
        "attachments": [
            {
                "url": "https://passerelle.example/images/un.png",
                "mime_type": "image/png",
                "size_in_bytes": 1234,
            }
        ],
    }


def test_item_that_says_little() -> None:
    assert item(SECOND) == {
        "id": SECOND.id,
        "url": SECOND.address,
        "title": "Deux",
        "content_text": "Deux",
    }


def test_item_without_content_has_its_summary() -> None:
    assert item(replace(SECOND, summary="Bref."))["content_text"] == "Bref."


def test_no_item_is_still_a_feed() -> None:
    assert document(replace(FEED, items=()))["items"] == []


def test_image() -> None:
    logo = "https://passerelle.example/logo.png"
    assert document(replace(FEED, image=logo))["icon"] == logo


def test_picture_and_files() -> None:
    found = item(LETTER)
    assert found["image"] == "https://passerelle.example/une.jpg"
    assert [file["url"] for file in found["attachments"]] == [
        "https://passerelle.example/lettre.pdf",
        "https://passerelle.example/une.jpg",
    ]


def test_an_archive_leads_to_the_one_before() -> None:
    found = document(ARCHIVE)
    assert found["feed_url"] == "https://passerelle.example/flux/archives/tout.2.json"
    assert found["next_url"] == "https://passerelle.example/flux/archives/tout.1.json"


def test_hub() -> None:
    found = document(replace(FEED, hub="https://hub.example/"))
    assert found["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_same_feed_same_bytes() -> None:
    assert to_json_feed(FEED) == to_json_feed(replace(FEED))


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        (b"version/1.1", b"version/1"),
        (b'"feed_url": "https', b'"feed_url": "httpx'),
        (b'"content_text": "Deux"', b'"content_text": ""'),
        (b'"date_published": "2024-01-05T09:30:00+01:00"', b'"date_published": "2024-01-05"'),
        (b'"size_in_bytes": 1234', b'"size_in_bytes": "1234"'),
        (b'"tags"', b'"categories"'),
        (b"/evenements/trois/", b"/evenements/deux/"),
    ],
)
def test_the_check_is_strict(written: bytes, broken: bytes) -> None:
    feed = to_json_feed(FEED)
    assert written in feed
    with pytest.raises(ValidationError):
        read(feed.replace(written, broken))


@given(titles, texts, texts, titles)
def test_any_text_is_read_back(title: str, summary: str, html: str, author: str) -> None:
    wordy = replace(
        FIRST,
        title=title,
        summary=summary,
        content_html=html,
        authors=(author,),
        categories=(author,),
    )
    found = read(to_json_feed(replace(FEED, title=title, description=summary, items=(wordy,))))
    [shown] = found.items
    assert letters(found.title) == letters(shown.title or "") == letters(title)
    assert letters(shown.summary or "") == letters(summary)
    if letters(html):
        assert letters(shown.content_html or "") == letters(html)
