"""What a reader of the letter can do first, near the top of the e-mail; what was held after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.french.typography import plain
from plugins.views.letters import letter_view
from plugins.views.texts import EventInText
from tests.contents import index_of, text

EVENTS = {
    f"evenements/{name}.md": text(f"debut: 2024-02-01\ninscription: {{{fields}}}", titre=name)
    for name, fields in {
        "tardif": "url: https://f.example/tardif/, avant_le: 2024-01-30",
        "proche": "contact: a@b.fr, avant_le: 2024-01-19 12:00",
        "clos": "url: https://f.example/clos/, avant_le: 2024-01-07",
        "complet": "url: https://f.example/complet/, avant_le: 2024-01-09, complet: oui",
        "libre": "url: https://f.example/libre/",
    }.items()
}
MAILTO = "mailto:a@b.fr?subject=Inscription%20%3A%20proche"


def shown(*names: str) -> str:
    return "".join(f"/// evenement | {name}\n///\n\n" for name in names)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            f"Édito.\n\n## Une\n\n{shown('tardif', 'proche', 'clos', 'complet')}",
            ("S’inscrire : proche", MAILTO, "jusqu'au vendredi 19 janvier 2024 à 12 h"),
        ),
        (
            "/// evenement | tardif\n    inscription: non\n///\n",
            (
                "S’inscrire : tardif",
                "https://f.example/tardif/",
                "jusqu'au mardi 30 janvier 2024",
            ),
        ),
        (shown("clos", "complet", "libre"), ("Lire la lettre en ligne", "/lettres/1/", "")),
        ("Édito.\n", ("Lire la lettre en ligne", "/lettres/1/", "")),
        (
            "/// bouton\n    adresse: https://f.example/\n\nVenir\n///\n\n## Une\n\n"
            + shown("proche"),
            None,
        ),
    ],
)
def test_the_first_button(tmp_path: Path, body: str, told: tuple[str, str, str] | None) -> None:
    letter = text("numero: 1\ndate: 2024-01-02", body)
    index = index_of(tmp_path, {**EVENTS, "lettres/1.md": letter})
    act = letter_view(index.letters[0], index, lit_day=None).act
    found = act and (act.button.title, act.button.address, plain(act.until))
    assert found == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2023-11-27", "2024-01-26"), ["2024-01-26"]),
        (("2023-11-27", "2023-12-26"), ["2023-11-27", "2023-12-26"]),
        (("2024-01-08", "2024-01-26"), ["2024-01-08", "2024-01-26"]),
    ],
)
def test_what_was_held_gives_its_place(
    tmp_path: Path, days: tuple[str, ...], told: list[str]
) -> None:
    sessions = "".join(f"\n  - titre: {day}\n    debut: {day}" for day in days)
    event = text(f"seances:{sessions}", titre="Réunions")
    letter = text("numero: 1\ndate: 2024-01-02", shown("reunions"))
    index = index_of(tmp_path, {"evenements/reunions.md": event, "lettres/1.md": letter})
    [part] = letter_view(index.letters[0], index, lit_day=None).opening.text.parts
    data = getattr(part, "data", None)
    assert isinstance(data, EventInText)
    assert [occurrence.first.iso for occurrence in data.occurrences] == told
    assert data.has_others is (len(told) < len(days))
