"""A reader that walks through the archives of a feed to its end (RFC 5005, 4), trusting nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import feedparser
from lxml import etree

from plugins.outputs.feeds.feed import FeedFormat
from tests.outputs import json_feed_reading

Fetch = Callable[[str], bytes]
"""The bytes at an absolute address."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
_MOST = 50


@dataclass(frozen=True)
class Document:
    """A document of a feed: what it says of itself, and the ids of its entries."""

    address: str
    links: dict[str, str]
    is_archive: bool
    ids: tuple[str, ...]


def walk(fetch: Fetch, address: str) -> list[Document]:
    """Return the feed at an address, then its archives, latest first; refuse whatever is amiss."""
    found = [_checked(fetch, address)]
    assert not found[0].is_archive
    while previous := found[-1].links.get("prev-archive"):
        assert previous not in {document.address for document in found}
        archive = _checked(fetch, previous)
        is_json = previous.endswith(f".{FeedFormat.JSON}")
        assert archive.is_archive or is_json
        assert len(archive.ids) == _MOST
        if not is_json:
            assert archive.links["current"] == address
            assert archive.links["next-archive"] == found[-1].address
        found.append(archive)
    return found


def all_ids(documents: list[Document]) -> set[str]:
    """Return the ids of all entries of a feed; no two archives may have one in common."""
    archived = [id_ for document in documents[1:] for id_ in document.ids]
    assert len(set(archived)) == len(archived)
    return {*archived, *documents[0].ids}


def _checked(fetch: Fetch, address: str) -> Document:
    data = fetch(address)
    read = _json if address.endswith(f".{FeedFormat.JSON}") else _xml
    document = read(data, address)
    assert document.links["self"] == address
    assert len(set(document.ids)) == len(document.ids) <= _MOST
    return document


def _json(data: bytes, address: str) -> Document:
    feed = json_feed_reading.read(data)
    links = {"self": str(feed.feed_url)}
    if feed.next_url:
        links["prev-archive"] = str(feed.next_url)
    ids = [item["id"] for item in json.loads(data)["items"]]
    return Document(address, links, is_archive=False, ids=tuple(ids))


def _xml(data: bytes, address: str) -> Document:
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    root = etree.fromstring(data)
    is_rss = root.tag == "rss"
    assert parsed.version == ("rss20" if is_rss else "atom10")
    feed = root[0] if is_rss else root
    ids = list(_ids(feed, is_rss=is_rss))
    assert [entry.id for entry in parsed.entries] == ids
    links = {str(link.get("rel")): str(link.get("href")) for link in feed.iterfind(f"{_ATOM}link")}
    return Document(address, links, feed.find(_ARCHIVE) is not None, tuple(ids))


def _ids(feed: etree._Element, *, is_rss: bool) -> Iterator[str]:
    path = "item/guid" if is_rss else f"{_ATOM}entry/{_ATOM}id"
    for element in feed.iterfind(path):
        assert element.text
        yield element.text
