"""What is next, what has been, and which dates an agenda block asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from plugins.french.typography import plain
from plugins.library.index import Index
from plugins.views import agenda
from plugins.views.agenda import AgendaItem
from plugins.views.month_grid import month_view
from tests.contents import Files, index_of, text

FILES: Files = {
    "collectifs/numerique.md": text(
        "genre: chantier\ntitre_court: Num\nnoms: [Les outils]", titre="Le numérique"
    ),
    "evenements/passe.md": text("debut: 2024-01-05\ncollectif: numerique\npublic: élus"),
    "evenements/jour.md": text("debut: 2024-01-08 08:00\nfin: 08:30"),
    "evenements/long.md": text("debut: 2023-12-20\nfin: 2024-01-31\ncollectif: tous"),
    "evenements/annule.md": text("debut: 2024-02-01\nstatut_evenement: annulé"),
    "evenements/mars.md": text(
        "debut: 2024-03-12 10:00\ncollectif: numerique\npublic: [élus, cadres]\n"
        "inscription:\n  avant_le: 2024-01-19"
    ),
    "evenements/clos.md": text("debut: 2024-03-11\ninscription:\n  avant_le: 2024-01-07"),
    "evenements/vague.md": text("debut: 2024-T2"),
    "evenements/avril.md": text("debut: 2024-04"),
    "evenements/plus-tard.md": text("debut: 2026-06-01"),
}
TODAY = dt.date(2024, 1, 8)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return index_of(tmp_path, FILES)


def names(items: Iterable[AgendaItem]) -> list[str]:
    return [f"{item.event.slug}{' (clôture)' * item.is_deadline}" for item in items]


def test_years_have_no_hole(index: Index) -> None:
    assert agenda.years(index.occurrences, TODAY) == (2023, 2024, 2025, 2026)
    assert agenda.years((), TODAY) == (2024,)
    assert agenda.years((), dt.date(2019, 5, 1)) == (2019,)


def test_upcoming_and_past(index: Index) -> None:
    """What has begun and is not over is to come; a vague date follows the days of its span."""
    assert names(agenda.upcoming(index.occurrences)) == [
        *("long", "jour", "annule", "clos", "mars", "avril", "vague", "plus-tard"),
    ]
    assert names(agenda.past(index.occurrences)) == ["passe"]


def test_deadlines_stand_among_the_next_dates(index: Index) -> None:
    """Neither what is cancelled, nor a closed registration, nor a day not known is announced."""
    assert names(agenda.next_items(index, 4)) == ["long", "jour", "mars (clôture)", "clos"]
    assert agenda.next_items(index, 0) == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"period": "2024-03"}, ["clos", "mars"]),
        (
            {"period": "2024-T1"},
            [
                *("long", "passe", "clos (clôture)", "jour", "mars (clôture)", "annule"),
                *("clos", "mars"),
            ],
        ),
        ({"period": "2024-01-19"}, ["long", "mars (clôture)"]),
        ({"period": "2024-04-02"}, ["avril", "vague"]),
        ({"period": "2024-03-12/2024-06"}, ["mars", "avril", "vague"]),
        ({"period": "2030"}, []),
        ({"group": "numerique"}, ["long", "passe", "mars (clôture)", "mars"]),
        ({"group": "LE NUMERIQUE"}, ["long", "passe", "mars (clôture)", "mars"]),
        ({"group": "Num"}, ["long", "passe", "mars (clôture)", "mars"]),
        ({"group": "les outils"}, ["long", "passe", "mars (clôture)", "mars"]),
        ({"group": "tous"}, ["long"]),
        ({"audience": "Elus"}, ["passe", "mars (clôture)", "mars"]),
        ({"period": "2024-03", "group": "numerique", "audience": "cadres"}, ["mars"]),
    ],
)
def test_select(index: Index, asked: dict[str, Any], found: list[str]) -> None:
    assert names(agenda.select(index, **asked)) == found


def test_select_without_a_wish_is_everything(index: Index) -> None:
    assert agenda.select(index) == agenda.items(index)


def test_by_month(index: Index) -> None:
    groups = agenda.by_month(agenda.upcoming(index.occurrences))
    assert [(plain(g.title), g.address, names(g.dated), names(g.approximate)) for g in groups] == [
        ("décembre 2023", "/agenda/2023/12/", ["long"], []),
        ("janvier 2024", "/agenda/2024/01/", ["jour"], []),
        ("février 2024", "/agenda/2024/02/", ["annule"], []),
        ("mars 2024", "/agenda/2024/03/", ["clos", "mars"], []),
        ("avril 2024", "/agenda/2024/04/", [], ["avril"]),
        ("2e trimestre 2024", "/agenda/2024/", [], ["vague"]),
        ("juin 2026", "/agenda/2026/06/", ["plus-tard"], []),
    ]
    assert len({g.id for g in groups}) == len(groups)
    assert agenda.by_month(()) == ()


@pytest.mark.parametrize(
    ("year", "month", "weeks", "previous", "following"),
    [
        (2024, 1, 5, "/agenda/2023/12/", "/agenda/2024/02/"),
        (2024, 12, 6, "/agenda/2024/11/", "/agenda/2025/01/"),
        (2023, 1, 6, None, "/agenda/2023/02/"),
        (2026, 12, 5, "/agenda/2026/11/", None),
        (2021, 2, 4, None, None),
    ],
)
def test_month_without_dates(
    year: int, month: int, weeks: int, previous: str | None, following: str | None
) -> None:
    view = month_view((), year, month, TODAY, [2023, 2024, 2025, 2026])
    assert len(view.weeks) == weeks
    assert all(len(week.days) == 7 and week.lanes == () for week in view.weeks)
    assert view.weeks[0].days[0].day.date.weekday() == 0
    assert (view.dated, view.approximate) == ((), ())
    assert (view.previous.address if view.previous else None) == previous
    assert (view.next.address if view.next else None) == following


def test_month_marks_today_once(index: Index) -> None:
    view = month_view(index.occurrences, 2024, 1, TODAY, [2024])
    assert [d.day.iso for week in view.weeks for d in week.days if d.is_today] == ["2024-01-08"]
    assert names(view.dated) == ["long", "passe", "jour"]
