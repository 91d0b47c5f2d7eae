"""The schemas of headers, read by the language server that VS Code's YAML extension runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from plugins.front_matter.validation import known_keys
from plugins.models import KINDS, Kind
from plugins.models.blocks import BLOCKS
from plugins.models.description import FieldDescription, fields_of
from plugins.tools.guide_tables import tables
from plugins.tools.json_schemas import renew, schemas
from tests.every_field import DATA, FILES, content
from tests.outputs.node import run
from tests.sites import ROOT

SCHEMAS = ROOT / ".vscode" / "schemas"
SERVER = Path(__file__).with_name("yaml_language_server.mjs")


class Asked(NamedTuple):
    """A document, its schema, and the place where something is asked."""

    name: str
    schema: str
    text: str
    at: tuple[int, int] | None = None


def event(*lines: str) -> str:
    return "\n".join(("---", "titre: Essai", "resume: Un essai.", *lines, "---", "Un texte.", ""))


FAULTY = Asked(
    "evenements/fautif.md",
    "evenements",
    event("debut: 25 mars", "modalite: dehors", "resum: x", "seances:", "  - titre: Une", "lieu:"),
)
EMPTY = Asked("evenements/vide.md", "evenements", "---\ntitre: Essai\n\n---\n", (3, 1))
CHOICE = Asked("evenements/choix.md", "evenements", event("modalite: "), (4, 11))
HOVER = Asked("evenements/survol.md", "evenements", event("modalite: visio"), (4, 3))
SESSION = Asked("evenements/seance.md", "evenements", event("seances:", "  - "), (5, 5))
TOLERATED = Asked(
    "evenements/permis.md",
    "evenements",
    event("debut: 2024", "fin: ", "modalite: Presentiel", "lieu: Tour Séquoia", "themes: a, b")
    + "\n",
)


def documents() -> Iterator[Asked]:
    for path in sorted((ROOT / "content").rglob("*.md")):
        folder = path.relative_to(ROOT / "content").parts[0]
        name = path.relative_to(ROOT / "content").as_posix()
        yield Asked(name, folder, path.read_text(encoding="utf-8"))
    for file in FILES:
        yield Asked(f"complet/{file}", file.split("/")[0], content(file))
    for file, text in DATA.items():
        yield Asked(f"complet/{file}", f"donnees-{Path(file).stem}", text)
    yield from (FAULTY, EMPTY, CHOICE, HOVER, SESSION, TOLERATED)


@cache
def answers() -> dict[str, Any]:
    asked = [document._asdict() for document in documents()]
    found: dict[str, Any] = json.loads(run(SERVER, json.dumps(asked), str(SCHEMAS)))
    return found


# The same fields everywhere


def test_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    renew(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.iterdir()}
    assert kept == made, "renew them: make docs"


def paths(fields: tuple[FieldDescription, ...]) -> Iterator[str]:
    for field in fields:
        yield field.name
        yield from (f"{field.name}.{inner}" for inner in paths(field.fields))


def paths_of(schema: dict[str, Any]) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        if "deprecationMessage" in part:
            continue
        yield name
        for form in (part, *part.get("anyOf", ())):
            group = form.get("items", form)
            for one in (group, *group.get("anyOf", ())):
                yield from (f"{name}.{inner}" for inner in paths_of(one))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_schema_guide_and_model_have_the_same_fields(kind: Kind) -> None:
    model = tuple(dict.fromkeys(paths(fields_of(kind.header))))
    assert tuple(dict.fromkeys(paths_of(schemas()[kind.folder]))) == model
    assert {path for path in model if "." not in path} == set(known_keys(kind.header))
    told = {row.split("`")[1] for row in tables()[kind.name].splitlines()[2:]}
    told |= {row.split("`")[1] for row in tables()["commun"].splitlines()[2:]}
    assert {name for path in model for name in path.split(".")} == told


def test_every_block_of_the_guide_is_a_model() -> None:
    assert {name.removeprefix("bloc:") for name in tables() if name.startswith("bloc:")} == set(
        BLOCKS
    )


# As an editor meets them


def test_right_contents_have_no_fault() -> None:
    asked = {FAULTY.name, EMPTY.name, CHOICE.name, SESSION.name}
    found = {name: told["faults"] for name, told in answers().items() if name not in asked}
    assert len(found) > 60
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_faults_are_told_in_french_at_their_place() -> None:
    assert sorted(answers()[FAULTY.name]["faults"]) == [
        [
            4,
            8,
            (
                "Écrivez un jour (2024-03-25), une heure (2024-02-07 17:00), un mois (2024-03), "
                "un trimestre (2024-T4), un semestre (2024-S1) ou une année (2024)."
            ),
        ],
        [
            5,
            11,
            'Valeur non acceptée. Valeurs valides: "présentiel", "visio", "hybride", "à définir".',
        ],
        [6, 1, "La propriété resum n'est pas autorisée."],
        [8, 5, "Le champ « debut » est obligatoire et manque."],
    ]


def test_fields_and_choices_are_completed() -> None:
    assert answers()[EMPTY.name]["completed"] == [
        key for key in known_keys(KINDS[1].header) if key != "titre"
    ]
    assert answers()[CHOICE.name]["completed"][:4] == [
        "présentiel",
        "visio",
        "hybride",
        "à définir",
    ]
    assert {"debut", "titre", "statut"} <= set(answers()[SESSION.name]["completed"])


def test_hover_explains_in_french() -> None:
    shown = answers()[HOVER.name]["shown"]
    assert "présentiel, visio, hybride ou à définir." in shown
    assert "Valeurs autorisées" in shown
