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
