"""What each feed holds, in which order, under which dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import feedparser
import pytest

from plugins.content.record import AnyRecord
from plugins.library.index import Index
from plugins.outputs.feeds.atom import to_atom
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem
from plugins.outputs.feeds.json_feed import to_json_feed
from plugins.outputs.feeds.rss import to_rss
from plugins.views.channels import LIMIT
from plugins.views.site_feeds import site_feeds
from tests.outputs import json_feed_reading
from tests.outputs.conftest import NOW, IndexOf
from tests.outputs.feed_samples import size

SITE = "https://passerelle.example"
NAMES = ("tout", "actualites", "agenda", "lettres")


def render(record: AnyRecord) -> str:
    return f'<p class="lede" style="color:red">{record.slug} <a href="/agenda/">Agenda</a></p>'


def feeds_of(index: Index) -> dict[str, Feed]:
    return site_feeds(index, SITE, render, size)


@pytest.fixture(scope="module")
def feeds(index: Index) -> dict[str, Feed]:
    return feeds_of(index)


def slugs(feed: Feed) -> list[str]:
    return [item.address.rstrip("/").rpartition("/")[2] for item in feed.items]


def item(feed: Feed, slug: str) -> FeedItem:
    return feed.items[slugs(feed).index(slug)]


def test_names(feeds: dict[str, Feed]) -> None:
    assert tuple(feeds) == (
        *NAMES,
        "collectif-numerique",
        "theme-energie",
        "theme-vie-du-reseau",
        "auteur-camille-exemple",
        "auteur-dominique-exemple",
        "auteur-secretariat-general",
    )
    assert feeds["agenda"].addresses == {
        FeedFormat.RSS: "https://passerelle.example/flux/agenda.rss.xml",
        FeedFormat.ATOM: "https://passerelle.example/flux/agenda.atom.xml",
        FeedFormat.JSON: "https://passerelle.example/flux/agenda.json",
    }
    assert [feed.id for feed in feeds.values()] == [
        f"tag:passerelle.example,2024:/flux/{name}" for name in feeds
    ]
    assert {feed.author for feed in feeds.values()} == {"Passerelle"}
    assert [feed.title for feed in feeds.values()][:5] == [
        "Passerelle\u00a0: tout",
        "Passerelle\u00a0: actualités",
        "Passerelle\u00a0: agenda",
        "Passerelle\u00a0: la lettre",
        "Passerelle\u00a0: Approfondir la transformation numérique",
    ]


def test_news_and_letters_come_newest_first(feeds: dict[str, Feed]) -> None:
    assert slugs(feeds["actualites"]) == ["annonce", "bilan"]
    assert slugs(feeds["lettres"]) == ["1"]


def test_what_is_new_comes_first_then_what_nobody_can_date(feeds: dict[str, Feed]) -> None:
    """Without a history, events to come have no date: the nearest comes first among them."""
    assert slugs(feeds["agenda"]) == [
        "webinaire", "limite", "ancien",
        "reporte", "annule", "seminaire", "nuits", "a-confirmer", "ete", "approximatif",
    ]  # fmt: skip


def test_all_of_it(feeds: dict[str, Feed]) -> None:
    together = {s for name in NAMES[1:] for s in slugs(feeds[name])}
    assert set(slugs(feeds["tout"])) == together
    assert slugs(feeds["tout"])[:4] == ["annonce", "bilan", "webinaire", "1"]


@pytest.mark.parametrize(
    ("slug", "published", "updated"),
    [
        ("bilan", "2023-12-20T09:30:00+01:00", "2024-01-05T00:00:00+01:00"),
        ("1", "2023-12-20T00:00:00+01:00", None),
        # An event: its date of publication; else its first day once it has come; else none.
        ("webinaire", "2023-12-20T10:00:00+01:00", "2024-01-04T00:00:00+01:00"),
        ("ancien", "2022-11-30T00:00:00+01:00", None),
        ("seminaire", None, None),
        ("approximatif", None, None),
    ],
)
def test_dates(
    feeds: dict[str, Feed], slug: str, published: str | None, updated: str | None
) -> None:
    found = item(feeds["tout"], slug)
    assert (found.published and found.published.isoformat()) == published
    assert (found.updated and found.updated.isoformat()) == updated


@pytest.mark.parametrize(
    ("today", "slug", "stamp"),
    [
        ("2024-01-08", "bilan", "2024-01-05T00:00:00+01:00"),
        ("2024-01-08", "1", "2023-12-20T00:00:00+01:00"),
        # An event to come without a date: the first of January, of its year once it is here.
        ("2023-12-31", "seminaire", "2023-01-01T00:00:00+01:00"),
        ("2024-01-01", "seminaire", "2024-01-01T00:00:00+01:00"),
        ("2024-03-24", "seminaire", "2024-01-01T00:00:00+01:00"),
        ("2024-03-25", "seminaire", "2024-03-25T00:00:00+01:00"),
        ("2026-01-01", "seminaire", "2024-03-25T00:00:00+01:00"),
        ("2024-07-03", "ete", "2024-07-03T00:00:00+02:00"),
    ],
)
def test_stamp_is_known_or_in_the_past(
    index_of: IndexOf, today: str, slug: str, stamp: str
) -> None:
    now = dt.datetime.fromisoformat(f"{today}T12:00+01:00")
    feeds = feeds_of(index_of({}, now))
    assert item(feeds["tout"], slug).stamp.isoformat() == stamp
    assert all(i.stamp <= now for i in feeds["agenda"].items if i.updated is None)


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("bilan", "Bilan\u00a0: R&D < 3\u00a0%, «\u00a0tout\u00a0» va bien"),
        ("seminaire", "Séminaire de printemps"),
        ("annule", "Annulé\u00a0: Petit déjeuner"),
        ("reporte", "Reporté\u00a0: Plénière"),
        ("nuits", "Nuits blanches"),
    ],
)
def test_title_says_what_is_not_held(feeds: dict[str, Feed], slug: str, title: str) -> None:
    assert item(feeds["tout"], slug).title == title


def test_event_says_first_when_and_where(feeds: dict[str, Feed]) -> None:
    assert item(feeds["agenda"], "webinaire").content_html.replace("&nbsp;", " ") == (
        "<ul><li>mercredi 7 février 2024, de 17 h à 18 h 30 · En visio</li>"
        "<li>Inscription jusqu’au 31 janvier 2024 à 12 h (40 places) : "
        '<a href="mailto:inscriptions@passerelle.example?subject='
        'Inscription%20%3A%20Webinaire%20des%20op%C3%A9rateurs">'
        "inscriptions@passerelle.example</a></li>"
        "<li>Intéressé, mais pas disponible\u202f? Dites-le-nous : "
        '<a href="https://formulaire.example/interet">https://formulaire.example/interet</a></li>'
        "</ul>\n"
        '<p>webinaire <a href="https://passerelle.example/agenda/">Agenda</a></p>'
    )
    assert "<li>Annulé · mercredi" in item(feeds["agenda"], "annule").content_html
    assert item(feeds["agenda"], "nuits").content_html.count("<li>") == 5
    assert item(feeds["actualites"], "bilan").content_html.startswith("<p>bilan")


@pytest.mark.parametrize(
    ("slug", "authors", "categories"),
    [
        ("bilan", ("Camille Exemple", "Secrétariat général"),
         ("Retour d’événement", "Numérique", "Énergie", "Vie du réseau")),
        ("1", ("Camille Exemple", "Dominique Exemple"), ("Lettre",)),
        ("webinaire", (), ("Événement", "Numérique", "Vie du réseau")),
        ("seminaire", (), ("Événement",)),
    ],
)  # fmt: skip
def test_authors_and_categories(
    feeds: dict[str, Feed], slug: str, authors: tuple[str, ...], categories: tuple[str, ...]
) -> None:
    found = item(feeds["tout"], slug)
    assert found.authors == authors
    assert found.categories == categories


def test_at_most_fifty(index_of: IndexOf) -> None:
    first = dt.date(2023, 1, 1)
    index = index_of(
        {
            f"articles/n-{n:02}.md": (
                f"---\ntitre: N\nresume: N.\ndate: {first + dt.timedelta(days=n)}\n---\n"
            )
            for n in range(LIMIT + 5)
        }
    )
    feed = feeds_of(index)["actualites"]
    assert len(feed.items) == LIMIT
    assert slugs(feed)[-1] == "n-07"
    assert [i.published for i in feed.items] == sorted(
        (i.published for i in feed.items if i.published), reverse=True
    )


def test_id_survives_a_new_title_and_a_new_file_name(
    index_of: IndexOf, feeds: dict[str, Feed]
) -> None:
    renamed = index_of(
        {
            "evenements/seminaire.md": None,
            "evenements/universite.md": (
                "---\ntitre: Université de printemps\nresume: Trois jours.\ndebut: 2024-03-25\n"
                "alias: [/evenements/seminaire/]\n---\n"
            ),
        },
        now=NOW + dt.timedelta(days=30),
    )
    before, after = item(feeds["tout"], "seminaire"), item(feeds_of(renamed)["tout"], "universite")
    assert after.id == before.id == "tag:passerelle.example,2024:/evenements/seminaire/"
    assert after.title != before.title


def test_each_content_is_rendered_once(index: Index) -> None:
    rendered: list[str] = []

    def counting(record: AnyRecord) -> str:
        rendered.append(record.address)
        return render(record)

    site_feeds(index, SITE, counting, size)
    assert sorted(rendered) == sorted(set(rendered))


@pytest.mark.parametrize("name", NAMES)
def test_golden(
    feeds: dict[str, Feed], name: str, golden: Callable[[str, str | bytes], None]
) -> None:
    rss, atom, json = (write(feeds[name]) for write in (to_rss, to_atom, to_json_feed))
    assert not feedparser.parse(rss).bozo
    assert not feedparser.parse(atom).bozo
    golden(f"rss/{name}.rss.xml", rss)
    golden(f"atom/{name}.atom.xml", atom)
    golden(f"json_feed/{name}.json", json)


@pytest.mark.parametrize("name", NAMES)
def test_three_formats_say_the_same(feeds: dict[str, Feed], name: str) -> None:
    feed = feeds[name]
    rss, atom = (feedparser.parse(write(feed)) for write in (to_rss, to_atom))
    json = json_feed_reading.read(to_json_feed(feed))
    for entry, other, found in zip(rss.entries, atom.entries, json.items, strict=True):
        assert entry.id == other.id == found.id
        assert entry.title == other.title == found.title
        assert entry.link == other.link == str(found.url)
        assert entry.get("published_parsed") == other.get("published_parsed")
        assert (found.date_published is not None) == ("published" in entry)
        assert entry.content[0].value == other.content[0].value


def test_an_empty_site_has_feeds(index_of: IndexOf, index: Index) -> None:
    files = [record.path for record in index.published]
    empty = index_of({"/".join(path.parts[-2:]): None for path in files})
    for feed in feeds_of(empty).values():
        assert feed.items == ()
        assert not feedparser.parse(to_rss(feed)).bozo
        assert not feedparser.parse(to_atom(feed)).bozo
        assert json_feed_reading.read(to_json_feed(feed)).items == ()


def test_an_issue_comes_with_its_pdf(feeds: dict[str, Feed]) -> None:
    parsed = feedparser.parse(to_rss(feeds["lettres"]))
    assert [
        (link.href, link.type, link.length)
        for entry in parsed.entries
        for link in entry.links
        if link.rel == "enclosure"
    ] == [(f"{SITE}/lettres/1/lettre-1.pdf", "application/pdf", "23")]
