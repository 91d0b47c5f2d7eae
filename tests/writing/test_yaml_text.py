"""Values written as YAML: read back as they were, with quotes only where they are needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from plugins.front_matter.document import read_data
from plugins.writing.yaml_text import scalar, yaml_lines


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Webinaire des opérateurs", "Webinaire des opérateurs"),
        ("2027-02-07 17:00", "2027-02-07 17:00"),
        ("17:30", "17:30"),
        ("non", "non"),
        ("Fête 🎉 d’été", "Fête 🎉 d’été"),
        ("L'été : à Dax", '"L\'été : à Dax"'),
        ("Chantier #3", '"Chantier #3"'),
        ('« Oui », dit-il : "non" \\o/', '"« Oui », dit-il : \\"non\\" \\\\o/"'),
        ("[programme]", '"[programme]"'),
        ("*gras*", '"*gras*"'),
        ("null", '"null"'),
        ("- tiret", '"- tiret"'),
        ("! attention", '"! attention"'),
        (" deux\nlignes ", "deux lignes"),
        (True, "oui"),
        (False, "non"),
        (3, "3"),
        (None, ""),
    ],
)
def test_scalar(value: object, written: str) -> None:
    assert scalar(value) == written


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=40))
def test_any_text_is_read_back(text: str) -> None:
    line = " ".join(text.split())
    document, faults = read_data(Path("x"), f"champ: {scalar(text)}\n".encode(), "")
    assert faults == []
    assert document is not None
    assert document.values == {"champ": line or None}


def test_lists_and_groups() -> None:
    value = [{"debut": "2027-02-07", "lieu": {"nom": "Arche"}}, {"debut": "2027-03-07"}]
    lines = list(yaml_lines("seances", value))
    assert lines == [
        "seances:",
        "  - debut: 2027-02-07",
        "    lieu:",
        "      nom: Arche",
        "  - debut: 2027-03-07",
    ]
    document, _ = read_data(Path("x"), "\n".join(lines).encode(), "")
    assert document is not None
    assert document.values == {"seances": value}
