"""Fields of an event that contradict each other: the exact warnings, and what is let alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.event_facts import event_facts
from plugins.library.index import read_index
from tests.contents import NOW, errors, load_files, text, warnings
from tests.sites import ROOT

VISIO = "https://visio.example/salle"


def told(root: Path, header: str) -> list[str]:
    """Return the warnings of an event, without the path of its file."""
    loaded = load_files(root, {"evenements/e.md": text(header)})
    assert errors(loaded) == []
    return [fault.removeprefix("content/evenements/e.md:") for fault in warnings(loaded)]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            f"debut: 2024-03-01\nmodalite: visio\nlien_visio: {VISIO}\nlieu: Tour Séquoia",
            (
                "7:7 · lieu : « Tour Séquoia » n’est montré nulle part : tout se tient en visio. "
                "Retirez « lieu », ou écrivez « modalite: hybride »."
            ),
        ),
        (
            (
                f"modalite: présentiel\nlien_visio: {VISIO}\nseances:\n  - debut: 2024-03-01\n"
                "  - debut: 2024-03-02\n    modalite: visio\n    lieu: { ville: Le Havre }"
            ),
            (
                "10:11 · seances.2.lieu : « Le Havre » n’est montré nulle part : la séance se "
                "tient en visio. Retirez « lieu », ou écrivez « modalite: hybride »."
            ),
        ),
        (
            f"debut: 2024-03-01\nmodalite: présentiel\nlien_visio: {VISIO}",
            (
                "6:13 · lien_visio : « https://visio.example/salle » n’est montré nulle part : "
                "tout se tient en présentiel. Retirez « lien_visio », ou écrivez "
                "« modalite: hybride »."
            ),
        ),
        # the place is that of the sessions in person, the link that of the others
        (
            (
                f"modalite: visio\nlien_visio: {VISIO}\nlieu: Tour Séquoia\nseances:\n"
                "  - debut: 2024-03-01\n  - debut: 2024-03-02\n    modalite: présentiel"
            ),
            None,
        ),
        (f"debut: 2024-03-01\nmodalite: hybride\nlien_visio: {VISIO}\nlieu: Ici", None),
        (f"debut: 2024-03-01\nlien_visio: {VISIO}\nlieu: Ici", None),
    ],
)
def test_place_that_the_mode_contradicts(tmp_path: Path, header: str, message: str | None) -> None:
    assert told(tmp_path, header) == ([message] if message else [])


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("debut: 2026-10-25 02:30", "4:8 · debut"),
        ("debut: 2026-10-25 01:00\nfin: 02:30", "5:6 · fin"),
        (
            "seances:\n  - debut: 2026-10-24 23:00\n    fin: 2026-10-25 02:30",
            "6:10 · seances.1.fin",
        ),
        (
            "debut: 2026-10-26\ninscription:\n  avant_le: 2026-10-25 02:30",
            "6:13 · inscription.avant_le",
        ),
    ],
)
def test_time_that_occurs_twice(tmp_path: Path, header: str, place: str) -> None:
    assert told(tmp_path, header) == [
        (
            f"{place} : « 2026-10-25 02:30 » arrive deux fois, car on passe à l’heure d’hiver : le "
            "site retient la première. Écrivez plutôt une heure avant 02:00, ou à partir de 03:00."
        )
    ]


def test_time_that_does_not_exist(tmp_path: Path) -> None:
    """Pages would say 2 h 30, calendars 3 h 30."""
    loaded = load_files(tmp_path, {"evenements/e.md": text("debut: 2027-03-28 02:30")})
    assert errors(loaded) == [
        (
            "content/evenements/e.md:4:8 · debut : « 2027-03-28 02:30 » : il n’est jamais 02:30 le "
            "2027-03-28, où l’on passe à l’heure d’été. Écrivez 03:30, ou une autre heure."
        )
    ]


def deadline(day: str, *others: str) -> str:
    return "\n".join((*others, "inscription:", f"  avant_le: {day}"))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "debut: 2024-01-29\nfin: 2024-11-26",
            (
                "5:6 · fin : « 2024-11-26 » : du 2024-01-29 au 2024-11-26, cela dure 303 jours. "
                "Vérifiez les deux dates ; pour plusieurs rencontres, écrivez des « seances »."
            ),
        ),
        (
            "seances:\n  - debut: 2024-03-25 09:00\n    fin: 2025-03-25 12:00",
            (
                "6:10 · seances.1.fin : « 2025-03-25 12:00 » : du 2024-03-25 au 2025-03-25, cela "
                "dure 366 jours. Vérifiez les deux dates ; pour plusieurs rencontres, écrivez des "
                "« seances »."
            ),
        ),
        ("debut: 2024-03-01\nfin: 2024-04-29", None),
        ("debut: 2024-T2\nfin: 2024-T4", None),
    ],
)
def test_long_event(tmp_path: Path, header: str, message: str | None) -> None:
    assert told(tmp_path, header) == ([message] if message else [])


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            deadline("2022-02-20", "debut: 2024-03-01"),
            (
                "6:13 · inscription.avant_le : « 2022-02-20 » précède de plus d’un an l’événement, "
                "dont le premier jour est 2024-03-01. Vérifiez l’année."
            ),
        ),
        (
            deadline("2024-01-31", "debut: 2024-03-14", "debut_initial: 2024-02-07"),
            (
                "7:13 · inscription.avant_le : « 2024-01-31 » est le dernier jour de l’ancienne "
                "date (2024-02-07), et l’événement est reporté au 2024-03-14. Donnez le nouveau, "
                "ou écrivez « complet: oui »."
            ),
        ),
        (deadline("2024-01-31", "debut: 2024-02-14", "debut_initial: 2024-02-07"), None),
        (deadline("2023-12-01", "debut: 2024-03-01"), None),
        (deadline("2024-03-07", "debut: 2024-03-14", "debut_initial: 2024-02-07"), None),
        (
            deadline("2024-01-31", "debut: 2024-03-14", "debut_initial: 2024-02-07")
            + "\n  complet: oui",
            None,
        ),
        (deadline("2023-10-01", "debut: 2024-01-05", "debut_initial: 2023-11-07"), None),
        (deadline("2024-01-31", "debut: 2024-02-07", "debut_initial: 2024-03-14"), None),
    ],
)
def test_deadline(tmp_path: Path, header: str, message: str | None) -> None:
    assert told(tmp_path, header) == ([message] if message else [])


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "debut: 2014-03-01",
            (
                "4:8 · debut : « 2014-03-01 » : l’événement est passé depuis 10 ans quand ce "
                "fichier l’annonce. Vérifiez l’année ; pour une archive, écrivez « date », son "
                "jour de publication."
            ),
        ),
        ("debut: 2034-03-01", "4:8 · debut : « 2034-03-01 » est dans 10 ans. Vérifiez l’année."),
        ("debut: 2014-03-01\ndate: 2014-02-01", None),
        ("debut: 2019-03-01", None),
        ("seances:\n  - debut: 2014-03-01\n  - debut: 2024-03-01", None),
    ],
)
def test_year_ten_years_off(tmp_path: Path, header: str, message: str | None) -> None:
    assert told(tmp_path, header) == ([message] if message else [])


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("0.1077, 49.4938", "49.4938, 0.1077"),  # Le Havre
        ("9.4508, 42.7003", "42.7003, 9.4508"),  # Bastia
        ("55.4504, -20.8821", "-20.8821, 55.4504"),  # Saint-Denis
        ("-61.0742, 14.6089", "14.6089, -61.0742"),  # Fort-de-France
        ("45.2276, -12.7806", "-12.7806, 45.2276"),  # Mamoudzou
        ("-52.3333, 4.9333", "4.9333, -52.3333"),  # Cayenne
        ("49.4938, 0.1077", None),
        ("-20.8821, 55.4504", None),
        ("50.8467, 4.3525", None),  # Brussels
        ("45.4215, -75.6972", None),  # Ottawa
        ("-33.8688, 151.2093", None),  # Sydney
    ],
)
def test_inverted_coordinates(tmp_path: Path, written: str, right: str | None) -> None:
    header = f"debut: 2024-03-01\nlieu:\n  coordonnees: {written}"
    message = (
        f"6:16 · lieu.coordonnees : « {written} » n’est pas en France, et y serait dans l’autre "
        f"ordre. Écrivez la latitude d’abord : {right}."
    )
    assert told(tmp_path, header) == ([message] if right else [])


def test_sample_content_does_not_contradict_itself() -> None:
    index = read_index(ROOT / "content", NOW)
    assert [fault for event in index.events for fault in event_facts(event, index)] == []
