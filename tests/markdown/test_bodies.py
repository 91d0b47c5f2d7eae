"""A body is a value: of its text alone, frozen, compared by what it holds, kept and read again."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from plugins.front_matter.document import Document
from plugins.front_matter.yaml_fields import Value
from plugins.markdown.bodies import Body
from plugins.markdown.conversion import render
from plugins.models.blocks import BLOCKS

# Every block, one inside another, options missing and wrong, and a fault of each kind.
TEXT = """\
Un [lien](a.md), www.exemple.fr, ![une image](b.png) et un <blink>clin</blink>.

## Dates

/// agenda
    periode: 2024-03
    public: Cadres
///

/// matrice
    annee: 2024
    mois: utiles
///

/// chantiers
    etat: lancé
///

/// evenement | seminaire
    inscription: non
///

/// article | bilan
///

/// chiffres
    organisation: reseau
///

//// encart
    titre: Réagir
    contact: contact@exemple.fr
    objet: Bonjour

Voici :

/// bouton
    adresse: https://exemple.fr
Lire
///
////

/// etapes
1. a
2. b
///

/// citation
    auteur: A. B.
    fonction: Présidente

Oui.
///

/// image
    fichier: images/c.png
    alt: Une tour
///

### Suite

| a | b |
|---|:-:|
| c | d | e |

[a][inconnu], **b et note[^8]

[^9]: perdue
"""
FAULTY = "/// agenda\n    periode: hier\n    colectif: x\n///\n"


def body_of(text: str, path: str = "content/articles/essai.md", **values: Value) -> Body:
    return render(Document(Path(path), values, text, 7))


def test_every_block_is_tried() -> None:
    assert {call.options.NAME for call in body_of(TEXT).blocks()} == set(BLOCKS)
    assert len(body_of(TEXT).problems) == 6
    assert len(body_of(FAULTY).problems) == 2


@pytest.mark.parametrize("text", ["", TEXT, FAULTY])
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_body_is_kept_and_read_again(text: str, protocol: int) -> None:
    body = body_of(text)
    read = pickle.loads(pickle.dumps(body, protocol))  # noqa: S301 - our own bytes
    assert read == body
    assert hash(read) == hash(body)
    assert [type(call.options) for call in read.blocks()] == [
        type(call.options) for call in body.blocks()
    ]


@pytest.mark.parametrize("text", ["", TEXT, FAULTY])
def test_body_is_of_its_text_alone(text: str) -> None:
    body = body_of(text)
    assert body_of(text, "content/portraits/autre.md", titre="A", lang="fr-CA") == body
    assert body_of(f"{text}\n\nAutre.") != body


def test_body_depends_on_the_language_and_on_being_a_letter() -> None:
    body = body_of("Un mot :\n\n### A\n\na\n\n## B\n\nb")
    assert body_of("Un mot :\n\n### A\n\na\n\n## B\n\nb", lang="en") != body
    assert body_of("Un mot :\n\n### A\n\na\n\n## B\n\nb", "content/lettres/1.md") != body


def test_nothing_of_a_body_can_be_changed() -> None:
    body = body_of(TEXT)
    for part in (body, *body.parts, *body.links, *body.headings, *body.problems, *body.blocks()):
        name = dataclasses.fields(part)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, name, None)
    for call in body.blocks():
        for name in type(call.options).model_fields:
            with pytest.raises(ValidationError, match="frozen"):
                setattr(call.options, name, None)
