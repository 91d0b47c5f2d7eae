"""What a subscriber's application compares, over the life of an event in a real repository."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.outputs.calendars.calendar import CalendarEvent
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from plugins.views.subscriptions import Variant
from tests.outputs.conftest import NOW, read
from tests.repositories import DATA, EVENT, FILE, FIRST, HOUR, Repo

SITE = "https://passerelle.example"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "depot")
    made.commit({"donnees/site.yaml": DATA, FILE: EVENT})
    return made


def only(repo: Repo, now: dt.datetime = NOW) -> CalendarEvent:
    index = read(repo.content, now)
    calendars = SiteCalendars(index, SITE)
    [found] = calendars.calendar(calendars.subscriptions[0], Variant.WITH_APPROXIMATE).events
    return found


def test_first_commit(repo: Repo) -> None:
    found = only(repo)
    first = dt.datetime.fromtimestamp(FIRST, dt.UTC)
    assert (found.sequence, found.created, found.modified, found.stamp) == (0, first, first, first)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"evenements/webinaire-2024.md": EVENT}, id="file"),
        pytest.param({FILE: EVENT.replace("titre: Webinaire", "titre: Autre")}, id="title"),
        pytest.param({FILE: EVENT.replace("modalite", "slug: autre\nmodalite")}, id="slug"),
        pytest.param({FILE: EVENT.replace("bâtir", "construire")}, id="text"),
        pytest.param({}, id="nothing"),
    ],
)
def test_what_leaves_the_appointment_as_it_was(repo: Repo, change: dict[str, str]) -> None:
    before = only(repo)
    if change and FILE not in change:
        repo.move(FILE, next(iter(change)))
    repo.commit(change)
    after = only(repo, NOW + dt.timedelta(days=20))
    for name in ("uid", "stamp", "sequence", "created", "modified", "start", "end"):
        assert getattr(after, name) == getattr(before, name), name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("17:00", "17:30"),
        ("2024-02-07 17:00\nfin: 18:30", "2024-03"),
        ("modalite: visio", "modalite: présentiel\nlieu: Lyon"),
        ("modalite: visio", "modalite: visio\nstatut_evenement: annulé"),
    ],
)
def test_what_moves_it(repo: Repo, old: str, new: str) -> None:
    before = only(repo)
    repo.commit({FILE: EVENT.replace(old, new)})
    after = only(repo)
    assert after.uid == before.uid
    assert after.sequence == before.sequence + 1
    assert after.modified == after.stamp == dt.datetime.fromtimestamp(FIRST + HOUR, dt.UTC)
    assert after.created == before.created


def test_another_day_gives_the_same_bytes(repo: Repo) -> None:
    def written(now: dt.datetime) -> bytes:
        calendars = SiteCalendars(read(repo.content, now), SITE)
        return to_ics(calendars.calendar(calendars.subscriptions[0]))

    assert written(NOW) == written(NOW + dt.timedelta(days=20))
