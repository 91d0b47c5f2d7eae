"""What is said of a sitting: its state, its date, what stands beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.french.typography import plain
from plugins.library.occurrences import Detail
from tests.sample_events import index_of, occurrence_of

DAY = "debut: 2024-02-20"


def told(details: tuple[Detail, ...]) -> str:
    """Return details as a reader meets them; stars stand around what is struck."""
    return " · ".join(
        plain((f"{d.label} : " if d.label else "") + (f"*{d.text}*" if d.is_struck else d.text))
        for d in details
    )


@pytest.mark.parametrize(
    ("header", "word", "state"),
    [
        (DAY, "", ""),
        (f"{DAY}\nstatut_evenement: annulé", "Annulé", "Annulé"),
        (f"{DAY}\nstatut_evenement: reporté", "Reporté", "Reporté, nouvelle date à venir"),
        (f"{DAY}\nstatut_evenement: reporté\ndebut_initial: 2024-01", "Reporté", "Reporté"),
        (f"{DAY}\nstatut_evenement: à confirmer", "À confirmer", "À confirmer"),
        ("debut: 2024-T4\nstatut_evenement: à confirmer", "", ""),
        ("debut: 2024-01-05\nstatut_evenement: à confirmer", "", ""),
        (
            (
                f"{DAY}\nrecurrence:\n  regle: FREQ=DAILY;COUNT=2\n"
                "  exceptions: [{date: 2024-02-20, debut: 2024-02-19}]"
            ),
            "Déplacé",
            "Déplacé",
        ),
    ],
)
def test_state(tmp_path: Path, header: str, word: str, state: str) -> None:
    occurrence = occurrence_of(tmp_path, header)
    assert (occurrence.state_word, occurrence.state) == (word, state)


def test_a_sitting_has_no_place_but_where_its_mode_says(tmp_path: Path) -> None:
    """Pages, mails and texts show an occurrence's place and link, never those of a header."""
    index = index_of(
        tmp_path,
        "titre: R\nlieu: Lyon\nlien_visio: https://v.example/\nmodalite: hybride\nseances:\n"
        "  - debut: 2024-02-20\n    modalite: visio\n"
        "  - debut: 2024-02-21\n    modalite: présentiel\n"
        "  - debut: 2024-02-22",
    )
    remote, there, both = index.occurrences
    assert (remote.place_line, remote.place, remote.online_url) == (
        "En visio",
        None,
        "https://v.example/",
    )
    assert (there.place_line, there.online_url) == ("En présentiel · Lyon", None)
    assert (both.place_line, both.online_url) == (
        "En présentiel et en visio · Lyon",
        "https://v.example/",
    )


@pytest.mark.parametrize(
    ("header", "beside_the_day", "planned"),
    [
        (
            f"{DAY}\nmoment: après-midi\nmodalite: visio",
            "Après-midi · En visio",
            "mardi 20 février 2024, après-midi · en visio",
        ),
        (
            f"{DAY} 14:00\nfin: 17:00\nlieu: Lyon",
            "14 h – 17 h · Lyon",
            "mardi 20 février 2024, de 14 h à 17 h",
        ),
        (
            f"{DAY}\nstatut_evenement: reporté\ndebut_initial: 2024-01-30\nmodalite: hybride",
            "d'abord annoncé : *mardi 30 janvier 2024* · En présentiel et en visio",
            (
                "mardi 20 février 2024 · en présentiel et en visio · "
                "d'abord annoncé : *mardi 30 janvier 2024*"
            ),
        ),
        (f"{DAY}\nstatut_evenement: annulé", "", "*mardi 20 février 2024*"),
        ("debut: 2024-T4", "", "4e trimestre 2024, date à confirmer"),
        ("debut: 2024-T4\nstatut_evenement: annulé", "", "*4e trimestre 2024*"),
    ],
)
def test_details(tmp_path: Path, header: str, beside_the_day: str, planned: str) -> None:
    occurrence = occurrence_of(tmp_path, header)
    assert told(occurrence.details) == beside_the_day
    assert told(occurrence.planned_details) == planned


@pytest.mark.parametrize(
    ("header", "named_date"),
    [
        ("debut: 2024-03-25\nfin: 2024-03-26", "25–26 mars"),
        ("debut: 2024-03-30\nfin: 2024-04-02", "30 mars – 2 avril"),
        ("debut: 2024-T4", "Réunion, 4e trimestre 2024, date à confirmer"),
        ("debut: 2024-T4\nstatut_evenement: annulé", "Réunion, 4e trimestre 2024"),
    ],
)
def test_named_date(tmp_path: Path, header: str, named_date: str) -> None:
    assert plain(occurrence_of(tmp_path, header).named_date) == named_date


def test_sittings_have_names(tmp_path: Path) -> None:
    header = (
        "titre: Réunions\nmoment: matinée\nseances:\n"
        "  - {titre: Clôture, debut: 2024-03-01}\n"
        "  - {debut: 2024-02-01, moment: journée}\n"
        "  - {debut: 2024-02-02 17:00}"
    )
    occurrences = index_of(tmp_path, header).occurrences
    assert [(plain(o.name), plain(o.when)) for o in occurrences] == [
        ("Séance 1", "jeudi 1er février 2024, journée"),
        ("Séance 2", "vendredi 2 février 2024 à 17 h"),
        ("Clôture", "vendredi 1er mars 2024, matinée"),
    ]
