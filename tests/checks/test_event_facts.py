"""Fields of an event that contradict each other: the exact warnings, and what is let alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import errors, load_files, text, warnings

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
