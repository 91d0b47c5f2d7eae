"""A body is a value: of its text alone, frozen, compared by what it holds, kept and read again."""

from __future__ import annotations

import dataclasses
import pickle
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from plugins.front_matter.document import Document
from plugins.front_matter.yaml_fields import Value
from plugins.markdown.bodies import BlockCall, Body, Html, Part, Piece, rubrics
from plugins.markdown.conversion import render
from plugins.models.blocks import BLOCKS

# Every block, one inside another, options missing and wrong, and a fault of each kind.
TEXT = """\
Un [lieu](a.md), www.exemple.fr, ![une image](b.png) et un <blink>clin</blink>.

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

/// extrait | pages/a-propos#qui
    titre: non
    suite: non
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


AGENDA = "/// agenda\n///\n"


def divided(text: str) -> list[tuple[str | None, list[str]]]:
    body = render(Document(Path("content/lettres/1.md"), {}, text, 1))
    return [
        (rubric.heading.title if rubric.heading else None, [shown(p) for p in rubric.pieces])
        for rubric in rubrics(body)
    ]


def shown(piece: Piece) -> str:
    return re.sub(r"\s*\n\s*", "", "".join(_shown(part) for part in piece))


def _shown(part: Part) -> str:
    return f"[{part.options.NAME}]" if isinstance(part, BlockCall) else part.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(None, [])]),
        ("Un.\n\nDeux.", [(None, ["<p>Un.</p>", "<p>Deux.</p>"])]),
        (
            "Avant.\n\n## A\n\nTexte.\n\n### B\n\n- un\n- deux\n\n## C",
            [
                (None, ["<p>Avant.</p>"]),
                (
                    "A",
                    [
                        '<h2 id="a">A</h2>',
                        "<p>Texte.</p>",
                        '<h3 id="b">B</h3>',
                        "<ul><li>un</li><li>deux</li></ul>",
                    ],
                ),
                ("C", ['<h2 id="c">C</h2>']),
            ],
        ),
        (
            f"## A\n\n{AGENDA}\nFin.",
            [(None, []), ("A", ['<h2 id="a">A</h2>', "[agenda]", "<p>Fin.</p>"])],
        ),
        (
            "- un\n\n    /// agenda\n    ///\n\n- deux\n",
            [(None, ["<ul><li><p>un</p>[agenda]</li><li><p>deux</p></li></ul>"])],
        ),
        (
            "# A\n\n## B\n\n### C\n\n## D",
            [
                (None, []),
                ("A", ['<h2 id="a">A</h2>']),
                ("B", ['<h2 id="b">B</h2>', '<h3 id="c">C</h3>']),
                ("D", ['<h2 id="d">D</h2>']),
            ],
        ),
        (
            "> ## A\n\nTexte.",
            [(None, ['<blockquote><h2 id="a">A</h2></blockquote>', "<p>Texte.</p>"])],
        ),
    ],
)
def test_division(text: str, expected: list[tuple[str | None, list[str]]]) -> None:
    assert divided(text) == expected


def test_nothing_is_lost_or_told_twice() -> None:
    text = (
        f"Un.\n\n## A\n\n{AGENDA}\n- a\n\n## B & « c »\n\n    code <b>\n\n{AGENDA}\nFin &lt;x>.\n"
    )
    body = render(Document(Path("content/lettres/1.md"), {}, text, 1))
    parts = [part for rubric in rubrics(body) for part in rubric.parts]
    assert [p for p in parts if isinstance(p, BlockCall)] == list(body.blocks())
    assert words(parts) == words(list(body.parts))


def words(parts: list[Part]) -> str:
    html = "".join(part.text for part in parts if isinstance(part, Html))
    return re.sub(r"\s+", "", html.replace("&nbsp;", ""))
