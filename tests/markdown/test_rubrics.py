"""A text is divided by its `##` headings, into whole elements."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.front_matter.document import Document
from plugins.markdown.bodies import BlockCall, Html, Part
from plugins.markdown.conversion import render
from plugins.markdown.rubrics import Piece, rubrics

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
