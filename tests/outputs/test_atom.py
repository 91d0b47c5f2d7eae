"""Atom is read as it was meant by readers that did not write it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import feedparser
import pytest
from hypothesis import given
from lxml import etree

from plugins.dates.moments import PARIS
from plugins.outputs.feeds.atom import to_atom
from plugins.outputs.feeds.feed import Feed, FeedItem
from tests.outputs.feed_samples import ARCHIVE, FEED, FIRST, LETTER, SECOND, SUMMER
from tests.outputs.strategies import letters, texts, titles

SPACES = {
    "": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def root(feed: Feed) -> etree._Element:
    read = etree.fromstring(to_atom(feed))
    assert read.tag == "{http://www.w3.org/2005/Atom}feed"
    return read


def entry(item: FeedItem) -> etree._Element:
    [found] = root(replace(FEED, items=(item,))).iterfind("entry", SPACES)
    return found


def texts_of(element: etree._Element, path: str) -> list[str | None]:
    return [found.text for found in element.iterfind(path, SPACES)]


def links(element: etree._Element) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in element.iterfind("link", SPACES)]


def tags(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_feed() -> None:
    read = root(FEED)
    assert read.get(LANGUAGE) == "fr"
    assert texts_of(read, "id") == ["tag:passerelle.example,2024:/flux/tout"]
    assert texts_of(read, "title") == ["Passerelle\u00a0: tout"]
    assert texts_of(read, "subtitle") == ["Tout ce qui paraît."]
    assert texts_of(read, "generator") == ["Passerelle"]
    assert texts_of(read, "author/name") == ["Communauté & réseaux"]
    assert texts_of(read, "logo") == []
    assert links(read) == [
        {
            "href": "https://passerelle.example/flux/tout.atom.xml",
            "rel": "self",
            "type": "application/atom+xml",
        },
        {"href": "https://passerelle.example/", "rel": "alternate", "type": "text/html"},
    ]


def test_entries_keep_their_order() -> None:
    assert texts_of(root(FEED), "entry/id") == [SECOND.id, FIRST.id, SUMMER.id]


def test_entry() -> None:
    read = entry(FIRST)
    assert texts_of(read, "title") == ["R&D < 3 %, « tout » va bien"]
    assert texts_of(read, "summary") == ["Un bilan où 1 < 2 & 2 > 1."]
    assert texts_of(read, "content") == [FIRST.content_html]
    assert [e.get("type") for e in read.iterfind("content", SPACES)] == ["html"]
    assert texts_of(read, "author/name") == ["Camille Exemple", "Secrétariat général"]
    assert [e.get("term") for e in read.iterfind("category", SPACES)] == [
        "Énergie",
        "Vie du réseau",
    ]
    assert texts_of(read, "published") == ["2024-01-05T09:30:00+01:00"]
    assert links(read) == [
        {
            "href": "https://passerelle.example/actualites/un/",
            "rel": "alternate",
            "type": "text/html",
        },
        {
            "href": "https://passerelle.example/images/un.png",
            "rel": "enclosure",
            "type": "image/png",
            "length": "1234",
        },
    ]


def test_a_picture_stands_beside_the_pdf() -> None:
    read = entry(LETTER)
    assert [link["href"] for link in links(read) if link["rel"] == "enclosure"] == [
        "https://passerelle.example/lettre.pdf",
        "https://passerelle.example/une.jpg",
    ]
    [picture] = read.iterfind("media:content", SPACES)
    assert picture.get("fileSize") == "1234"
    assert texts_of(picture, "media:description") == ["R&D < 3"]


def test_an_archive_leads_to_the_others_and_to_the_feed() -> None:
    read = root(replace(ARCHIVE, hub="https://hub.example/", style="/flux.css"))
    found = {link["rel"]: link["href"] for link in links(read)}
    assert found == {
        "self": "https://passerelle.example/flux/archives/tout.2.atom.xml",
        "alternate": "https://passerelle.example/",
        "hub": "https://hub.example/",
        "prev-archive": "https://passerelle.example/flux/archives/tout.1.atom.xml",
        "next-archive": "https://passerelle.example/flux/tout.atom.xml",
        "current": "https://passerelle.example/flux/tout.atom.xml",
    }
    assert read.find("fh:archive", SPACES) is not None
    assert root(FEED).find("fh:archive", SPACES) is None
    assert str(read.getprevious()) == '<?xml-stylesheet href="/flux.css" type="text/css"?>'


def test_entry_that_says_little() -> None:
    read = entry(SECOND)
    assert tags(read) == ["id", "title", "updated", "link", "summary"]
    assert texts_of(read, "summary") == ["Deux"]


@pytest.mark.parametrize("item", [FIRST, SECOND, SUMMER])
def test_updated_is_the_stamp_to_the_second(item: FeedItem) -> None:
    [updated] = texts_of(entry(item), "updated")
    assert updated is not None
    assert dt.datetime.fromisoformat(updated).replace(microsecond=0) == item.stamp


def test_entries_of_one_day_have_times_of_their_own() -> None:
    items = tuple(replace(SECOND, id=f"tag:x,2024:/{n}/") for n in range(50))
    feed = replace(FEED, items=items)
    assert len(set(texts_of(root(feed), "entry/updated"))) == len(items)
    # They are the entry's own: another order, or fewer entries, leaves them as they are.
    alone = texts_of(entry(items[7]), "updated")
    assert alone == texts_of(root(feed), "entry/updated")[7:8]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((), dt.datetime(2024, 1, 1, tzinfo=dt.UTC)),
        ((SECOND,), dt.datetime(2024, 1, 1, tzinfo=PARIS)),
        ((SUMMER, SECOND), dt.datetime(2024, 1, 1, tzinfo=PARIS)),
        ((SUMMER, FIRST, SECOND), dt.datetime(2024, 1, 7, tzinfo=PARIS)),
    ],
)
def test_feed_is_as_new_as_its_newest_entry_never_as_the_clock(
    items: tuple[FeedItem, ...], expected: dt.datetime
) -> None:
    read = root(replace(FEED, items=items))
    [updated] = texts_of(read, "updated")
    assert updated is not None
    assert dt.datetime.fromisoformat(updated).replace(microsecond=0) == expected
    assert updated in texts_of(read, "entry/updated") or not items


def test_image() -> None:
    read = root(replace(FEED, image="https://passerelle.example/logo.png"))
    assert texts_of(read, "logo") == ["https://passerelle.example/logo.png"]


def test_feedparser_agrees() -> None:
    read = feedparser.parse(to_atom(FEED))
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == "fr"
    assert read.feed.author == "Communauté & réseaux"
    first = read.entries[1]
    assert first.id == FIRST.id
    assert first.link == FIRST.address
    assert first.summary == "Un bilan où 1 < 2 & 2 > 1."
    assert first.published_parsed[:6] == (2024, 1, 5, 8, 30, 0)
    assert first.updated_parsed[:6] == (2024, 1, 6, 23, 0, 0)
    assert [author.name for author in first.authors] == list(FIRST.authors)
    assert [tag.term for tag in first.tags] == list(FIRST.categories)
    assert [e.href for e in first.enclosures] == ["https://passerelle.example/images/un.png"]
    assert 'href="https://passerelle.example/"' in first.content[0].value
    assert "published" not in read.entries[0]


def test_same_feed_same_bytes() -> None:
    assert to_atom(FEED) == to_atom(replace(FEED))


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
    read = root(replace(FEED, title=title, description=summary, author=author, items=(item,)))
    for path, said in (
        ("title", title),
        ("author/name", author),
        ("entry/title", title),
        ("entry/author/name", author),
        ("entry/content", html),
    ):
        assert letters("".join(text or "" for text in texts_of(read, path))) == letters(said)
    if letters(summary):
        [shown] = texts_of(read, "entry/summary")
        assert letters(shown or "") == letters(summary)
