"""*La frise*: a dot per date that holds, a ring per date to be settled, nothing for the others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plugins.french.typography import plain
from plugins.views.frise import frise
from tests.contents import index_of, text

TODAY = dt.date(2024, 1, 8)


def test_dots_and_rings(tmp_path: Path) -> None:
    headers = [
        "debut: 2024-03-12",
        "debut: 2024-03-30\nfin: 2024-04-02",
        "debut: 2024-03-15\nstatut_evenement: à confirmer",
        "debut: 2024-03-20\nstatut_evenement: annulé",
        "debut: 2024-03-21\nstatut_evenement: reporté",
        "debut: 2024-05-14\nstatut_evenement: reporté\ndebut_initial: 2024-03-22",
        "debut: 2024-01-05\nstatut_evenement: à confirmer",
        "debut: 2024-11",
        "debut: 2024-T4",
        "debut: 2023-12-30\nfin: 2024-01-02",
        "debut: 2025-02-01",
        "seances:\n  - debut: 2024-06-01\n  - debut: 2024-06-02\n    statut: annulé",
    ]
    files = {f"evenements/e{n}.md": text(header) for n, header in enumerate(headers)}
    strip = frise(index_of(tmp_path, files).occurrences, 2024, TODAY)
    marks = {month.number: (month.dots, month.rings) for month in strip.months}
    assert {number: mark for number, mark in marks.items() if mark != (0, 0)} == {
        1: (2, 0),
        3: (2, 1),
        4: (1, 0),
        5: (1, 0),
        6: (1, 0),
        10: (0, 1),
        11: (0, 2),
        12: (0, 1),
    }
    assert [plain(strip.months[n].label) for n in (0, 1, 2, 10)] == [
        "janvier 2024 : 2 rendez-vous",
        "février 2024 : aucun rendez-vous",
        "mars 2024 : 2 rendez-vous, 1 à confirmer",
        "novembre 2024 : 2 à confirmer",
    ]


def test_strip_of_a_year(tmp_path: Path) -> None:
    strip = frise((), 2024, TODAY)
    assert (strip.label, strip.address) == ("L’année 2024", "/agenda/2024/")
    assert [month.number for month in strip.months if month.is_current] == [1]
    assert [month.address for month in strip.months][-1] == "/agenda/2024/12/"
    assert not any(month.is_current for month in frise((), 2023, TODAY).months)


def test_what_can_no_longer_be_confirmed_is_not_to_be(tmp_path: Path) -> None:
    files = {"evenements/e.md": text("debut: 2023-T3")}
    strip = frise(index_of(tmp_path, files).occurrences, 2023, TODAY)
    assert {(month.dots, month.rings) for month in strip.months} == {(0, 0)}
