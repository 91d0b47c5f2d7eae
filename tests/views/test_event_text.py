"""How to register, in one line for each way."""

import pytest

from plugins.views.event_text import registration_steps
from tests.contents import event_named
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
