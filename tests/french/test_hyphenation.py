"""Long words are cut as French cuts them."""

import pytest

from plugins.french.hyphenation import hyphenated


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Réunions du chantier", "Réunions du chantier"),
        ("Pratiques de transformation", "Pratiques de trans|for|ma|tion"),
        ("Transformation numérique", "Trans|for|ma|tion numérique"),
        ("interministérielle", "inter|mi|nis|té|rielle"),
        ("", ""),
    ],
)
def test_hyphenated(text: str, cut: str) -> None:
    assert hyphenated(text).replace("\N{SOFT HYPHEN}", "|") == cut
