"""The list of chantiers reads in the order of their next dates."""

from __future__ import annotations

from pathlib import Path

from plugins.views.sheets import collectives
from tests.contents import group, index_of, text


def test_dates_lead_and_what_is_over_comes_last(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        {
            "collectifs/a-fixer.md": group("À fixer", "ordre: 1"),
            "collectifs/fini.md": group("Fini", "ordre: 2\netat: terminé"),
            "collectifs/mars.md": group("Mars", "ordre: 3"),
            "collectifs/trimestre.md": group("Trimestre", "ordre: 4"),
            "collectifs/janvier.md": group("Janvier", "ordre: 5"),
            "collectifs/passe.md": group("Passé", "ordre: 6"),
            "evenements/mars.md": text("debut: 2024-03-01\ncollectif: mars"),
            "evenements/trimestre.md": text("debut: 2024-T2\ncollectif: trimestre"),
            "evenements/janvier.md": text("debut: 2024-01-09\ncollectif: janvier"),
            "evenements/passe.md": text("debut: 2024-01-02\ncollectif: passe"),
        },
    )
    assert [line.title for line in collectives(index.chantiers, index)] == [
        "Janvier",
        "Mars",
        "Trimestre",
        "À fixer",
        "Passé",
        "Fini",
    ]
