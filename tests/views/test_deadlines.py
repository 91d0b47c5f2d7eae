"""The last day to register, among the dates: which stand there, in which order and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.french.typography import plain
from plugins.views import agenda
from plugins.views.deadlines import Deadline, deadlines
from plugins.views.facets import tags
from plugins.views.month_grid import month_view
from tests.sample_events import NOW, index_of

BEFORE = "inscription: {contact: a@b.fr, avant_le: 2024-01-19}"


def deadline_of(root: Path, header: str) -> Deadline | None:
    return next(deadlines(index_of(root, f"titre: Atelier\n{header}")), None)


@pytest.mark.parametrize(
    ("day", "when", "hour", "ends"),
    [
        ("2024-01-19", "vendredi 19 janvier 2024", "", "2024-01-20T00:00:00+01:00"),
        (
            "2024-07-01 12:00",
            "lundi 1er juillet 2024 à 12 h",
            "jusqu'à 12 h",
            "2024-07-01T12:00:00+02:00",
        ),
    ],
)
def test_words(tmp_path: Path, day: str, when: str, hour: str, ends: str) -> None:
    found = deadline_of(tmp_path, f"debut: 2024-08-01\ninscription: {{avant_le: {day}}}")
    assert found is not None
    assert plain(found.whole_title) == "Clôture des inscriptions : Atelier"
    assert (plain(found.when), plain(found.hour)) == (when, hour)
    assert (found.ends.isoformat(), found.address) == (ends, "/evenements/e1/")


@pytest.mark.parametrize(
    "header",
    [
        f"debut: 2024-02-01\nstatut_evenement: annulé\n{BEFORE}",
        f"debut: 2024-02-01\nstatut_evenement: reporté\n{BEFORE}",
        "debut: 2024-02-01\ninscription: {avant_le: 2024-01-19, complet: oui}",
        "debut: 2024-01-05\ninscription: {avant_le: 2024-01-03}",
        f"seances: [{{debut: 2024-01-05}}, {{debut: 2024-02-01, statut: annulé}}]\n{BEFORE}",
        "debut: 2024-02-01\ninscription: {contact: a@b.fr}",
        "debut: 2024-02-01",
    ],
)
def test_nobody_registers_for_what_is_off_full_or_over(tmp_path: Path, header: str) -> None:
    assert deadline_of(tmp_path, header) is None


@pytest.mark.parametrize(
    "header",
    [
        f"debut: 2024-02-01\nstatut_evenement: reporté\ndebut_initial: 2024-01-05\n{BEFORE}",
        f"debut: 2024-T2\n{BEFORE}",
        f"seances: [{{debut: 2024-02-01}}, {{debut: 2024-03-01}}]\n{BEFORE}",
        f"seances: [{{debut: 2024-01-05}}, {{debut: 2024-03-01}}]\n{BEFORE}",
        f"debut: 2024-01-09 12:30\nrecurrence: {{regle: FREQ=WEEKLY;BYDAY=TU;COUNT=30}}\n{BEFORE}",
    ],
)
def test_one_for_an_event_however_many_sittings(tmp_path: Path, header: str) -> None:
    assert len(list(deadlines(index_of(tmp_path, f"titre: Atelier\n{header}")))) == 1


@pytest.mark.parametrize(
    ("start", "day", "is_told"),
    [
        ("2024-01-19", "2024-01-19", False),
        ("2024-01-19 18:00", "2024-01-19", False),
        ("2024-01-19 18:00", "2024-01-19 18:00", False),
        ("2024-01-19 18:00", "2024-01-19 12:00", True),
        ("2024-01-19", "2024-01-18", True),
        ("2024-01", "2024-01-19", True),
    ],
)
def test_a_deadline_that_waits_for_the_event_says_no_more(
    tmp_path: Path, start: str, day: str, is_told: bool
) -> None:
    found = deadline_of(tmp_path, f"debut: {start}\ninscription: {{avant_le: {day}}}")
    assert (found is not None) is is_told


def test_a_deadline_of_a_day_gone_by_is_past_as_an_event_is(tmp_path: Path) -> None:
    header = "titre: T\ndebut: 2024-02-01\ninscription: {{avant_le: 2024-01-0{}}}"
    index = index_of(tmp_path, header.format(7), header.format(8))
    assert [d.is_past for d in sorted(deadlines(index), key=lambda d: d.sort_key)] == [True, False]
    assert [i.first.iso for i in agenda.upcoming(agenda.items(index)) if i.is_deadline] == [
        "2024-01-08"
    ]


def test_deadlines_are_in_order_of_time_among_the_events_of_their_day(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "titre: Matin\ndebut: 2024-01-19 08:00",
        "titre: Journée\ndebut: 2024-01-19",
        "titre: Soir\ndebut: 2024-01-19 18:00",
        f"titre: Un jour\ndebut: 2024-02-01\n{BEFORE}",
        "titre: Une heure\ndebut: 2024-02-02\ninscription: {avant_le: 2024-01-19 12:00}",
    )
    day = agenda.select(index, period="2024-01-19")
    assert [item.title for item in day] == ["Journée", "Un jour", "Matin", "Une heure", "Soir"]


def test_a_month_holds_the_deadlines_of_its_days(tmp_path: Path) -> None:
    index = index_of(tmp_path, f"titre: A\ndebut: 2024-02-01\n{BEFORE}")
    items = agenda.items(index)
    january, february = (month_view(items, 2024, n, NOW.date(), [2024]) for n in (1, 2))
    assert [item.is_deadline for item in january.dated] == [True]
    bars = [
        (cell.head.day.iso, cell.item.is_deadline)
        for week in january.weeks
        for lane in week.lanes
        for cell in lane
        if cell.item
    ]
    assert bars == [("2024-01-19", True)]
    assert [item.is_deadline for item in february.dated] == [False]


def test_a_year_that_has_a_deadline_alone_has_its_page(tmp_path: Path) -> None:
    header = "titre: A\ndebut: 2025-02-01\ninscription: {avant_le: 2026-01-19}"
    index = index_of(tmp_path, header)
    assert agenda.years(agenda.items(index), NOW.date()) == (2024, 2025, 2026)


def test_filters_keep_a_deadline_with_any_sitting_it_opens(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "titre: A\npublic: cadres\nserie: {nom: Ateliers}\nseances:\n"
        "  - {debut: 2024-01-02, modalite: à définir}\n"
        "  - {debut: 2024-02-01, modalite: visio}\n"
        "  - {debut: 2024-02-08, modalite: hybride, statut: annulé}\n"
        f"  - {{debut: 2024-03-01, modalite: présentiel}}\n{BEFORE}",
    )
    [deadline] = deadlines(index)
    assert tags(deadline) == (
        ("public", "cadres"),
        ("modalite", "visio presentiel"),
        ("serie", "ateliers"),
    )
