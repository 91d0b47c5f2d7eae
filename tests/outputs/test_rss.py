"""RSS is read as it was meant by readers that did not write it."""

from __future__ import annotations

from dataclasses import replace

import feedparser
import pytest
from hypothesis import given
from lxml import etree

from plugins.outputs.feeds.feed import Feed, FeedItem
from plugins.outputs.feeds.rss import rss_item, to_rss
from tests.outputs.feed_samples import ARCHIVE, FEED, FIRST, LETTER, SECOND, SUMMER
from tests.outputs.strategies import letters, texts, titles

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}


def channel(feed: Feed) -> etree._Element:
    root = etree.fromstring(to_rss(feed))
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    return root[0]


def texts_of(element: etree._Element, path: str) -> list[str | None]:
    return [found.text for found in element.iterfind(path, SPACES)]


def test_channel() -> None:
    read = channel(FEED)
    assert texts_of(read, "title") == ["Passerelle\u00a0: tout"]
    assert texts_of(read, "link") == ["https://passerelle.example/"]
    assert texts_of(read, "description") == ["Tout ce qui paraît."]
    assert texts_of(read, "language") == ["fr"]
    assert texts_of(read, "generator") == ["Passerelle"]
    assert [dict(link.attrib) for link in read.iterfind("atom:link", SPACES)] == [
        {
            "href": "https://passerelle.example/flux/tout.rss.xml",
            "rel": "self",
            "type": "application/rss+xml",
        }
    ]


def test_items_keep_their_order() -> None:
    assert texts_of(channel(FEED), "item/guid") == [SECOND.id, FIRST.id, SUMMER.id]


def test_item() -> None:
    item = channel(FEED).findall("item")[1]
    guid, enclosure = item.find("guid"), item.find("enclosure")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert texts_of(item, "link") == ["https://passerelle.example/actualites/un/"]
    assert texts_of(item, "title") == ["R&D < 3 %, « tout » va bien"]
    assert texts_of(item, "description") == ["Un bilan où 1 &lt; 2 &amp; 2 &gt; 1."]
    assert texts_of(item, "content:encoded") == [FIRST.content_html]
    assert texts_of(item, "author") == []
    assert texts_of(item, "dc:creator") == ["Camille Exemple", "Secrétariat général"]
    assert texts_of(item, "category") == ["Énergie", "Vie du réseau"]
    assert texts_of(item, "pubDate") == ["Fri, 05 Jan 2024 09:30:00 +0100"]
    assert texts_of(item, "atom:updated") == ["2024-01-07T00:00:00+01:00"]
    assert enclosure is not None
    assert dict(enclosure.attrib) == {
        "url": "https://passerelle.example/images/un.png",
        "length": "1234",
        "type": "image/png",
    }


def test_item_that_says_little() -> None:
    item = channel(FEED).findall("item")[0]
    assert [child.tag for child in item] == ["title", "link", "description", "guid"]
    assert texts_of(item, "description") == ["Deux"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), []),
        ((SECOND,), []),
        ((SECOND, SUMMER), ["Tue, 04 Jul 2023 00:00:00 +0200"]),
        ((SUMMER, FIRST, SECOND), ["Sun, 07 Jan 2024 00:00:00 +0100"]),
    ],
)
def test_build_date_is_the_newest_item_s_never_the_clock_s(
    items: tuple[FeedItem, ...], expected: list[str]
) -> None:
    assert texts_of(channel(replace(FEED, items=items)), "lastBuildDate") == expected


def test_image() -> None:
    read = channel(replace(FEED, image="https://passerelle.example/logo.png"))
    assert texts_of(read, "image/url") == ["https://passerelle.example/logo.png"]
    assert texts_of(read, "image/title") == texts_of(read, "title")
    assert texts_of(read, "image/link") == texts_of(read, "link")


def test_one_enclosure_and_the_picture_beside_it() -> None:
    [item] = channel(replace(FEED, items=(LETTER,))).findall("item")
    assert [dict(found.attrib) for found in item.iterfind("enclosure")] == [
        {"url": "https://passerelle.example/lettre.pdf", "length": "99", "type": "application/pdf"}
    ]
    [picture] = item.iterfind("media:content", SPACES)
    assert dict(picture.attrib) == {
        "url": "https://passerelle.example/une.jpg",
        "fileSize": "1234",
        "type": "image/jpeg",
        "medium": "image",
        "width": "640",
        "height": "360",
    }
    assert texts_of(picture, "media:description") == ["R&D < 3"]


def test_a_picture_alone_is_the_enclosure() -> None:
    [item] = channel(replace(FEED, items=(replace(LETTER, enclosure=None),))).findall("item")
    [enclosure] = item.iterfind("enclosure")
    assert enclosure.get("url") == "https://passerelle.example/une.jpg"


def test_an_archive_leads_to_the_others_and_to_the_feed() -> None:
    read = channel(ARCHIVE)
    links = {link.get("rel"): link.get("href") for link in read.iterfind("atom:link", SPACES)}
    assert links == {
        "self": "https://passerelle.example/flux/archives/tout.2.rss.xml",
        "prev-archive": "https://passerelle.example/flux/archives/tout.1.rss.xml",
        "next-archive": "https://passerelle.example/flux/tout.rss.xml",
        "current": "https://passerelle.example/flux/tout.rss.xml",
    }
    assert read.find("fh:archive", SPACES) is not None
    assert channel(FEED).find("fh:archive", SPACES) is None


def test_hub() -> None:
    links = channel(replace(FEED, hub="https://hub.example/")).findall("atom:link", SPACES)
    assert [link.get("href") for link in links if link.get("rel") == "hub"] == [
        "https://hub.example/"
    ]


def test_style_for_browsers() -> None:
    data = to_rss(replace(FEED, style="/un/flux.css?a&b"))
    assert data.splitlines()[1] == (
        b'<?xml-stylesheet href="/un/flux.css?a&amp;b" type="text/css"?>'
    )
    assert b"xml-stylesheet" not in to_rss(FEED)


def test_items_written_once_stand_in_several_feeds() -> None:
    written: dict[FeedItem, bytes] = {}

    def once(item: FeedItem) -> bytes:
        return written.setdefault(item, rss_item(item))

    assert to_rss(FEED, once) == to_rss(FEED, once) == to_rss(FEED)
    assert written.keys() == {*FEED.items}


def test_feedparser_agrees() -> None:
    read = feedparser.parse(to_rss(FEED))
    assert not read.bozo
    assert read.version == "rss20"
    assert read.feed.title == "Passerelle\u00a0: tout"
    first = read.entries[1]
    assert first.id == FIRST.id
    assert not first.guidislink
    assert first.link == FIRST.address
    assert first.published_parsed[:6] == (2024, 1, 5, 8, 30, 0)
    assert first.updated_parsed[:6] == (2024, 1, 6, 23, 0, 0)
    assert [author.name for author in first.authors] == list(FIRST.authors)
    assert [tag.term for tag in first.tags] == list(FIRST.categories)
    assert 'href="https://passerelle.example/"' in first.content[0].value
    assert "published" not in read.entries[0]


def test_same_feed_same_bytes() -> None:
    assert to_rss(FEED) == to_rss(replace(FEED))


@given(titles, texts, texts, titles)
def test_any_text_is_read_back(title: str, summary: str, html: str, author: str) -> None:
    item = replace(
        FIRST,
        title=title,
        summary=summary,
        content_html=html,
        authors=(author,),
        categories=(author,),
    )
    read = channel(replace(FEED, title=title, description=summary, items=(item,)))
    [shown] = texts_of(read, "item/title")
    assert letters(shown or "") == letters(title)
    [shown] = texts_of(read, "item/dc:creator")
    assert letters(shown or "") == letters(author)
