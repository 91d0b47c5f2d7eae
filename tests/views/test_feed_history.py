"""What a feed reader is told over the life of an event in a real repository."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import feedparser
import pytest

from plugins.outputs.feeds.atom import to_atom
from plugins.outputs.feeds.feed import Feed
from plugins.outputs.feeds.json_feed import to_json_feed
from plugins.outputs.feeds.rss import to_rss
from plugins.views.site_feeds import site_feeds
from tests.outputs.conftest import NOW, read
from tests.repositories import DATA, EVENT, FILE, FIRST, Repo

SITE = "https://passerelle.example"
FIRST_TIME = dt.datetime.fromtimestamp(FIRST, dt.UTC)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "depot")
    made.commit({"donnees/site.yaml": DATA, FILE: EVENT})
    return made


def agenda(repo: Repo, now: dt.datetime = NOW) -> Feed:
    return site_feeds(read(repo.content, now), SITE, lambda _: "", len)["agenda"]


def times(feed: Feed) -> dict[str, tuple[str, ...]]:
    """Return what each format says of the only item: its publication, then its change."""
    [rss], [atom] = (feedparser.parse(write(feed)).entries for write in (to_rss, to_atom))
    [item] = json.loads(to_json_feed(feed))["items"]
    return {
        "rss": (rss.published, dict(rss).get("updated", "")),
        "atom": (atom.published, atom.updated[:19]),
        "json": (item["date_published"], item.get("date_modified", "")),
    }


def test_an_event_announced_today_is_of_today(repo: Repo) -> None:
    assert times(agenda(repo)) == {
        "rss": ("Mon, 08 Jan 2024 08:00:00 +0000", ""),
        "atom": ("2024-01-08T08:00:00+00:00", "2024-01-08T08:00:00"),
        "json": ("2024-01-08T08:00:00+00:00", ""),
    }


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("modalite: visio", "modalite: visio\nstatut_evenement: annulé", "Annulé\u00a0: Webinaire"),
        (
            "modalite: visio",
            "modalite: visio\nstatut_evenement: reporté",
            "Reporté\u00a0: Webinaire",
        ),
        ("2024-02-07 17:00", "2024-02-14 17:00", "Webinaire"),
    ],
    ids=["cancelled", "postponed", "moved"],
)
def test_a_cancellation_and_a_new_date_are_a_change(
    repo: Repo, old: str, new: str, title: str
) -> None:
    repo.commit({FILE: EVENT.replace(old, new)})
    feed = agenda(repo)
    assert feed.items[0].title == title
    assert times(feed) == {
        "rss": ("Mon, 08 Jan 2024 08:00:00 +0000", "2024-01-08T09:00:00+00:00"),
        "atom": ("2024-01-08T08:00:00+00:00", "2024-01-08T09:00:00"),
        "json": ("2024-01-08T08:00:00+00:00", "2024-01-08T09:00:00+00:00"),
    }


def test_a_slip_mended_in_the_text_is_none(repo: Repo) -> None:
    before = times(agenda(repo))
    repo.commit({FILE: EVENT.replace("bâtir", "construire")})
    assert times(agenda(repo, NOW + dt.timedelta(days=20))) == before


def test_the_history_wins_over_a_date_typed_by_hand(repo: Repo) -> None:
    repo.commit({FILE: EVENT.replace("debut:", "date: 2023-12-01\ndebut:")})
    assert agenda(repo).items[0].published == FIRST_TIME


def test_an_event_kept_for_later_is_of_the_day_it_appears(repo: Repo) -> None:
    repo.commit({FILE: EVENT.replace("debut:", "publier_le: 2024-01-10\ndebut:")})
    [item] = agenda(repo, NOW + dt.timedelta(days=3)).items
    assert item.published == dt.datetime.fromisoformat("2024-01-10T00:00+01:00")
    assert item.updated is None


def test_what_changed_last_comes_first(repo: Repo) -> None:
    names = [f"evenements/atelier-{n}.md" for n in range(3)]
    for name in names:
        repo.commit({name: EVENT.replace("titre: Webinaire", f"titre: {name[11:20]}")})
    cancelled = EVENT.replace("modalite: visio", "modalite: visio\nstatut_evenement: annulé")
    repo.commit({FILE: cancelled})
    later = NOW + dt.timedelta(days=1)
    assert [item.title for item in agenda(repo, later).items] == [
        "Annulé\u00a0: Webinaire", "atelier-2", "atelier-1", "atelier-0",
    ]  # fmt: skip


def test_a_deleted_event_may_have_had_a_theme_alone(repo: Repo) -> None:
    """It is announced as cancelled; its theme, that no content has any more, has no feed."""
    repo.commit({FILE: EVENT.replace("modalite: visio", "modalite: visio\nthemes: Outils")})
    assert "theme-outils" in site_feeds(read(repo.content, NOW), SITE, lambda _: "", len)
    (repo.content / FILE).unlink()
    repo.commit({})
    feeds = site_feeds(read(repo.content, NOW), SITE, lambda _: "", len)
    assert [item.title for item in feeds["agenda"].items] == ["Annulé\u00a0: Webinaire"]
    assert "theme-outils" not in feeds
