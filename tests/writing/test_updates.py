"""What an invitation changes in an event, and the few lines that change with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.content.reading import read_record
from plugins.content.record import Record, has_header
from plugins.front_matter.document import read_document
from plugins.front_matter.yaml_fields import Value
from plugins.library.index import Index
from plugins.models import KINDS, EventHeader
from plugins.writing.invitations.updates import Changes, changes_of, updated
from tests.contents import index_of

EVENT = next(kind for kind in KINDS if kind.header is EventHeader)
PATH = Path("content/evenements/essai.md")


def event(header: str, path: Path = PATH) -> tuple[Record[EventHeader], dict[str, Value]]:
    """Return an event of a header, and its values as texts."""
    data = f"---\ntitre: Essai\nresume: Un.\n{header}\n---\n".encode()
    record = read_record(EVENT, path, data)
    assert record.faults == ()
    assert has_header(record, EventHeader)
    document, _ = read_document(path, data)
    assert document is not None
    return record, document.values


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return index_of(tmp_path, {})


SAME: Changes = {}
OFF: Changes = {"statut_evenement": "annulé"}
MOVED = (
    "debut: 2024-02-06\nrecurrence:\n  chaque: premier mardi\n  fois: 3\n  exceptions:\n"
    "    - date: 2024-03-05\n      debut: 2024-03-06"
)


@pytest.mark.parametrize(
    ("before", "invitation", "changes"),
    [
        ("debut: 2024-02-07 17:00", "debut: 2024-02-07 17h", SAME),
        (
            "debut: 2024-02-07 17:00\nfin: 2024-02-07 18:30",
            "debut: 2024-02-07 17:00\nfin: 18:30",
            SAME,
        ),
        (
            "debut: 2024-02-07 17:00",
            "debut: 2024-02-14 17:00\nfin: 18:30",
            {"debut": "2024-02-14 17:00", "fin": "18:30"},
        ),
        (
            "debut: 2024-02-07\nfin: 2024-02-08",
            "debut: 2024-02-07",
            {"fin": None},
        ),
        (
            "debut: 2024-02-06\nrecurrence:\n  chaque: premier mardi\n  fois: 3",
            "debut: 2024-02-06\nrecurrence:\n  regle: FREQ=MONTHLY;BYDAY=1TU;COUNT=3",
            SAME,
        ),
        (
            "debut: 2024-02-06\nrecurrence:\n  chaque: premier mardi\n  fois: 3",
            "debut: 2024-02-06\nrecurrence:\n  regle: FREQ=MONTHLY;BYDAY=1TU;COUNT=4",
            {"recurrence": {"regle": "FREQ=MONTHLY;BYDAY=1TU;COUNT=4"}},
        ),
        (
            "debut: 2024-02-07\nlieu:\n  nom: Arche\n  ville: Paris",
            "debut: 2024-02-07\nlieu: Arche\nmodalite: présentiel",
            SAME,
        ),
        (
            "debut: 2024-02-07\nlieu: Arche\nmodalite: hybride",
            "debut: 2024-02-07\nlieu: Tour\nmodalite: présentiel",
            {"lieu": "Tour", "modalite": "présentiel"},
        ),
        ("debut: 2024-02-07\nlieu: Arche", "debut: 2024-02-07", SAME),
        (
            "debut: 2024-02-07",
            "debut: 2024-02-07\nlien_visio: https://visio.example/1",
            {"lien_visio": "https://visio.example/1"},
        ),
        (
            "debut: 2024-02-07",
            "debut: 2024-02-07\nstatut_evenement: annulé",
            {"statut_evenement": "annulé"},
        ),
        (
            "debut: 2024-02-07\nstatut_evenement: annulé",
            "debut: 2024-02-07",
            {"statut_evenement": "confirmé"},
        ),
        ("debut: 2024-02-07\nstatut_evenement: reporté", "debut: 2024-02-07", SAME),
        # A series that comes again without its moved sittings, which are sent apart.
        (MOVED, "debut: 2024-02-06\nrecurrence:\n  chaque: premier mardi\n  fois: 3", SAME),
        (
            f"{MOVED}\n    - date: 2024-04-02\n      statut: annulé",
            "debut: 2024-02-06\nrecurrence:\n  dates: [2024-03-05]",
            SAME,
        ),
        # A series is cancelled as it stands, its moved sittings included.
        (MOVED, "debut: 2024-02-06\nstatut_evenement: annulé", OFF),
        (
            MOVED,
            (
                "debut: 2024-02-06\nlieu: Tour\nrecurrence:\n  chaque: premier mardi\n  fois: 3\n"
                "statut_evenement: annulé"
            ),
            OFF,
        ),
        (f"{MOVED}\nstatut_evenement: annulé", "debut: 2024-02-06\nstatut_evenement: annulé", SAME),
    ],
)
def test_changes(index: Index, before: str, invitation: str, changes: Changes) -> None:
    old, written = event(before)
    new, stated = event(invitation, Path("invitation.md"))
    assert changes_of(old, new, index, written, stated) == changes


TEXT = """\
---
# Rang déduit.
titre: "Essai : un"
debut: 2024-02-07 17:00  # à confirmer
fin: "18:30"
lieu:  # voir le plan
  nom: Arche
  # Deuxième étage.
  ville: Paris

# Ce qui suit est vérifié.
resume: Un.
#statut_evenement:
---
debut: dans le texte
"""


@pytest.mark.parametrize(
    ("changes", "replaced"),
    [
        (
            {"debut": "2024-02-14 17:00", "fin": None},
            {
                "debut: 2024-02-07 17:00  # à confirmer\n": "debut: 2024-02-14 17:00  # à "
                "confirmer\n",
                'fin: "18:30"\n': "",
            },
        ),
        ({"titre": "Essai #2"}, {'titre: "Essai : un"': 'titre: "Essai #2"'}),
        (
            {"lieu": "Tour"},
            {
                "lieu:  # voir le plan\n  nom: Arche\n  # Deuxième étage.\n  ville: Paris\n": (
                    "lieu: Tour\n"
                )
            },
        ),
        ({"statut_evenement": "annulé"}, {"#statut_evenement:": "statut_evenement: annulé"}),
        (
            {"recurrence": {"chaque": "lundi", "sauf": ["août"]}},
            {"à confirmer\n": ("à confirmer\nrecurrence:\n  chaque: lundi\n  sauf:\n    - août\n")},
        ),
        ({"resume": "Deux."}, {"resume: Un.": "resume: Deux."}),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_lines_of_what_changes(changes: Changes, replaced: dict[str, str], end: str) -> None:
    wanted = TEXT
    for old, new in replaced.items():
        assert old in wanted
        wanted = wanted.replace(old, new, 1)
    text = TEXT.replace("\n", end)
    assert updated(PATH, text, changes) == wanted.replace("\n", end)


@pytest.mark.parametrize(
    "text",
    [
        "Title: Essai\nDebut: 2024-02-07\n\nTexte.\n",
        "---\n{titre: Essai, debut: 2024-02-07}\n---\n",
    ],
)
def test_a_header_that_is_not_written_by_lines(text: str) -> None:
    changes: Changes = {"debut": "2024-02-14", "lieu": {"nom": "Tour"}}
    with pytest.raises(ValueError, match=r"^Écrivez") as caught:
        updated(PATH, text, changes)
    assert str(caught.value) == (
        "Écrivez vous-même dans content/evenements/essai.md :\n"
        "debut: 2024-02-14\nlieu:\n  nom: Tour"
    )
