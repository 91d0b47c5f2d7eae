"""How to register, in one line for each way; what is still to be confirmed."""

from pathlib import Path

import pytest

from plugins.french.typography import plain
from plugins.views.event_text import calendar_title, plain_description, registration_steps
from tests.contents import event_named, index_of, text
from tests.outputs.conftest import IndexOf

EVENT = "---\ntitre: T\nresume: R.\ndebut: 2024-05-02\ninscription:\n{}---\n"


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("  contact: a@b.example\n", ["Inscription : a@b.example"]),
        ("  url: https://f.example/\n", ["Inscription : https://f.example/"]),
        (
            "  url: https://f.example/\n  contact: a@b.example\n  avant_le: 2024-05-01\n",
            [
                "Inscription jusqu’au 1er mai 2024 : https://f.example/",
                "Inscription par courriel : a@b.example",
            ],
        ),
        (
            "  url: https://f.example/\n  places: 1\n",
            ["Inscription (1 place) : https://f.example/"],
        ),
        (
            "  contact: a@b.example\n  places: 12\n  complet: oui\n",
            ["Inscription (complet) : a@b.example"],
        ),
        ("  avant_le: 2024-04-30 18:00\n", ["Inscription jusqu’au 30 avril 2024 à 18 h"]),
        (
            "  interet: https://i.example/\n",
            [
                "Inscription",
                "Intéressé, mais pas disponible\u202f? Dites-le-nous : https://i.example/",
            ],
        ),
    ],
)
def test_registration_steps(index_of: IndexOf, header: str, lines: list[str]) -> None:
    index = index_of({"evenements/t.md": EVENT.format(header)})
    steps = registration_steps(event_named(index, "t"), index)
    assert [str(step).replace("\u00a0", " ") for step in steps] == lines


@pytest.mark.parametrize(
    ("header", "title", "said"),
    [
        ("debut: 2024-T4", "Réunion (date à confirmer)", "Date à confirmer : 4e trimestre 2024"),
        ("debut: 2023-T3", "Réunion", "Date : 3e trimestre 2023"),
        (
            "debut: 2024-T4\nstatut_evenement: annulé",
            "Annulé : Réunion",
            "Annulé · Date : 4e trimestre 2024",
        ),
        ("debut: 2024-01-12\nstatut_evenement: à confirmer", "Réunion (à confirmer)", ""),
        ("debut: 2024-01-05\nstatut_evenement: à confirmer", "Réunion", ""),
    ],
)
def test_to_confirm_is_said_only_while_it_can_be(
    tmp_path: Path, header: str, title: str, said: str
) -> None:
    index = index_of(tmp_path, {"evenements/e.md": text(header, titre="Réunion")})
    event = index.events[0]
    (occurrence,) = index.occurrences_of(event)
    assert plain(calendar_title(occurrence)) == title
    described = plain(plain_description(event, index, occurrence, "https://a.example/"))
    assert said in described
    assert ("à confirmer" in described.lower()) == ("confirmer" in said or "-12" in header)
