"""What the views of the agenda are made of: bars of a month, holidays, facets, states, closing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.dates.in_words import public_holidays
from plugins.french.typography import plain
from plugins.views.agenda import next_items
from plugins.views.facets import facets, tags
from plugins.views.month_grid import MonthView, Week, month_view
from tests.sample_events import index_of, occurrence_of, registration_of

TODAY = dt.date(2024, 1, 8)


def view(root: Path, *headers: str, month: int = 2) -> MonthView:
    index = index_of(root, *(f"titre: E{n}\n{h}" for n, h in enumerate(headers, start=1)))
    return month_view(index.occurrences, 2024, month, TODAY, [2024])


def drawn(week: Week) -> list[str]:
    """Return a week as text: a line per lane, `<` and `>` where a bar goes on, `.` for nothing."""
    lines = []
    for lane in week.lanes:
        cells = []
        for cell in lane:
            name = cell.item.title if cell.item else "."
            before, after = "<" * cell.continues_before, ">" * cell.continues_after
            depth = f"/{cell.row_span}" if cell.row_span > 1 else ""
            cells.append(f"{before}{name}*{cell.column_span}{after}{depth}")
        lines.append(" ".join(cells).replace("*1", ""))
    return lines


@pytest.mark.parametrize(
    ("headers", "weeks"),
    [
        pytest.param(
            ["debut: 2024-02-06\nfin: 2024-02-08"],
            [[], [". E1*3 . . ."], [], [], []],
            id="three days are one bar",
        ),
        pytest.param(
            ["debut: 2024-02-09\nfin: 2024-02-20"],
            [[], [". . . . E1*3>"], ["<E1*7>"], ["<E1*2 . . . . ."], []],
            id="three weeks are three bars that go on",
        ),
        pytest.param(
            ["debut: 2024-02-28\nfin: 2024-03-05"],
            [[], [], [], [], [". . E1*2> . . ."]],
            id="a bar stops at the end of the month, and says that it goes on",
        ),
        pytest.param(
            ["debut: 2024-01-30\nfin: 2024-02-02"],
            [[". . . <E1*2 . ."], [], [], [], []],
            id="a bar that comes from the month before",
        ),
        pytest.param(
            ["debut: 2024-02-06", "debut: 2024-02-05\nfin: 2024-02-07", "debut: 2024-02-07 09:00"],
            [[], ["E2*3 ./2 ./2 ./2 ./2", ". E1 E3"], [], [], []],
            id="what meets lies in lanes, what does not shares one",
        ),
        pytest.param(
            ["debut: 2024-02-06 22:00\nfin: 2024-02-07 02:00"],
            [[], [". E1*2 . . . ."], [], [], []],
            id="a night is two days",
        ),
        pytest.param(["debut: 2024-02", "debut: 2024-T1"], [[]] * 5, id="no day is made up"),
    ],
)
def test_bars(tmp_path: Path, headers: list[str], weeks: list[list[str]]) -> None:
    assert [drawn(week) for week in view(tmp_path, *headers).weeks] == weeks


def test_every_row_of_a_week_has_seven_columns(tmp_path: Path) -> None:
    """A browser lays out what HTML's table model says: spans never overlap nor leave a hole."""
    headers = [f"debut: 2024-02-{n:02}\nfin: 2024-02-{min(29, n + n % 5):02}" for n in range(1, 29)]
    for week in view(tmp_path, *headers).weeks:
        taken = [[False] * 7 for _ in week.lanes]
        for row, lane in enumerate(week.lanes):
            for cell in lane:
                column = week.days.index(cell.head)
                for y in range(row, row + cell.row_span):
                    for x in range(column, column + cell.column_span):
                        assert not taken[y][x]
                        taken[y][x] = True
        assert all(all(row) for row in taken)


def test_approximate_dates_stand_after_the_dated_ones(tmp_path: Path) -> None:
    found = view(tmp_path, "debut: 2024-02", "debut: 2024-02-20", "debut: 2024-T1")
    assert [o.title for o in found.dated] == ["E2"]
    assert [o.title for o in found.approximate] == ["E1", "E3"]


def test_month_of_may_and_its_holidays(tmp_path: Path) -> None:
    found = view(tmp_path, "debut: 2024-05-02", month=5)
    assert [(day.day.number, day.holiday) for day in found.holidays] == [
        ("1er", "Fête du Travail"),
        ("8", "Fête de la Victoire"),
        ("9", "Ascension"),
        ("20", "Lundi de Pentecôte"),
    ]
    assert found.weeks[0].days[0].day.date == dt.date(2024, 4, 29)
    assert plain(found.weeks[0].days[2].day.with_weekday) == "mercredi 1er mai 2024"


def test_eleven_public_holidays_a_year() -> None:
    assert {year: len(public_holidays(year)) for year in range(2020, 2036)} == dict.fromkeys(
        range(2020, 2036), 11
    )


def test_two_holidays_on_one_day() -> None:
    assert public_holidays(2008)[dt.date(2008, 5, 1)] == "Ascension et Fête du Travail"


GROUP = "---\ntitre: {0}\nresume: Un groupe.\ngenre: groupe\ntitre_court: {0}\n---\n"
GROUPS = {f"collectifs/{name}.md": GROUP.format(name) for name in ("alpha", "beta")}


def test_facets_offer_what_tells_dates_apart(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "titre: A\ndebut: 2024-02-01\ncollectif: alpha\nmodalite: hybride\npublic: [élus, agents]",
        "titre: B\ndebut: 2024-02-02\ncollectif: tous\nmodalite: visio\npublic: agents",
        "titre: C\ndebut: 2024-02-03\ncollectif: beta",
        others=GROUPS,
    )
    assert {
        facet.name: [o.value for o in facet.options] for facet in facets(index.occurrences)
    } == {
        "collectif": ["tous", "alpha", "beta"],
        "public": ["agents", "elus"],
        "modalite": ["presentiel", "visio", "hybride"],
    }
    assert [dict(tags(occurrence)) for occurrence in index.occurrences] == [
        {
            "collectif": "alpha",
            "public": "elus agents",
            "modalite": "hybride presentiel visio",
        },
        {"collectif": "tous", "public": "agents", "modalite": "visio"},
        {"collectif": "beta"},
    ]


def test_a_facet_that_keeps_all_is_not_offered(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "titre: A\ndebut: 2024-02-01\nmodalite: visio",
        "titre: B\ndebut: 2024-02-02\nmodalite: visio",
    )
    assert facets(index.occurrences) == ()


def test_an_audience_without_latin_letters_is_a_value(tmp_path: Path) -> None:
    occurrence = occurrence_of(tmp_path, "debut: 2024-02-01\npublic: 公众")
    assert dict(tags(occurrence))["public"] == "公众"


@pytest.mark.parametrize(
    ("header", "starts", "ends", "duration"),
    [
        ("debut: 2024-02-07 17:00\nfin: 18:30", "07T17:00:00+01:00", "07T18:30:00+01:00", "1 h 30"),
        ("debut: 2024-02-07 17:00", "07T00:00:00+01:00", "08T00:00:00+01:00", ""),
        ("debut: 2024-02-07", "07T00:00:00+01:00", "08T00:00:00+01:00", ""),
        ("debut: 2024-02-07\nfin: 2024-02-08", "07T00:00:00+01:00", "09T00:00:00+01:00", "2 jours"),
    ],
)
def test_bounds(tmp_path: Path, header: str, starts: str, ends: str, duration: str) -> None:
    occurrence = occurrence_of(tmp_path, header)
    assert occurrence.starts.isoformat() == f"2024-02-{starts}"
    assert occurrence.ends.isoformat() == f"2024-02-{ends}"
    assert plain(occurrence.duration_label) == duration


@pytest.mark.parametrize(
    ("deadline", "instant", "label"),
    [
        ("2024-01-19", "2024-01-20T00:00:00+01:00", "vendredi 19 janvier 2024"),
        ("2024-07-01 12:00", "2024-07-01T12:00:00+02:00", "lundi 1er juillet 2024 à 12 h"),
    ],
)
def test_closing(tmp_path: Path, deadline: str, instant: str, label: str) -> None:
    header = f"debut: 2024-08-01\ninscription: {{contact: a@b.fr, avant_le: {deadline}}}"
    found = registration_of(tmp_path, header)
    assert found is not None
    assert found.closing is not None
    assert (found.closing.instant.isoformat(), plain(found.closing.label)) == (instant, label)


@pytest.mark.parametrize(
    ("header", "awaits", "previous", "is_off"),
    [
        ("statut_evenement: reporté", True, "", True),
        (
            "statut_evenement: reporté\ndebut_initial: 2024-01-30 14:00",
            False,
            "mardi 30 janvier 2024",
            False,
        ),
        ("statut_evenement: reporté\ndebut_initial: 2024-03", False, "mars 2024", False),
        ("statut_evenement: annulé", False, "", True),
        ("statut_evenement: à confirmer", False, "", False),
    ],
)
def test_postponed(tmp_path: Path, header: str, awaits: bool, previous: str, is_off: bool) -> None:
    found = occurrence_of(tmp_path, f"debut: 2024-02-20\n{header}")
    assert (found.awaits_date, plain(found.previous_when), found.is_off) == (
        awaits,
        previous,
        is_off,
    )


def test_what_is_off_is_not_next(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        "titre: A\ndebut: 2024-02-01\nstatut_evenement: reporté",
        "titre: B\ndebut: 2024-02-02\nstatut_evenement: annulé",
        "titre: C\ndebut: 2024-02-03\nstatut_evenement: reporté\ndebut_initial: 2024-01-01",
    )
    assert [i.title for i in next_items(index, 5)] == ["C"]
