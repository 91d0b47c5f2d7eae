"""What is told of headings: at a wrong level, or with nothing under them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.front_matter.document import Document
from plugins.markdown.conversion import render
from tests.markdown.rendered import problems

LETTER = Path("content/lettres/1.md")
TITLE = (
    "« # » est le titre de la page : celui-ci est lu comme s’il avait « ## ». "
    "Écrivez « ## », et « ### » pour ceux qui dépendent de lui."
)
EARLY = (
    "aucun « ## » n’est au-dessus : celui-ci reste dans l’éditorial. Pour en faire une rubrique, "
    "écrivez « ## »."
)
ALONE = (
    "rien n’est écrit sous cet intertitre : il serait seul, dans la page et au sommaire. "
    "Écrivez son texte, ou retirez-le."
)


def told_of_letter(text: str) -> list[tuple[int, str]]:
    found = render(Document(LETTER, {}, text, 3)).problems
    assert all(problem.is_warning for problem in found)
    assert {(p.position.column, p.field) for p in found} <= {(1, "intertitre")}
    return [(p.position.line, p.message) for p in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# A\n\na\n\n## B\n\nb\n\n# C\n\nc", [(3, TITLE), (11, TITLE)]),
        ("## B\n\nb\n\nA\n===\na", [(7, TITLE)]),
        ("# A\n\n### B\n\nb", []),
        ("## A\n\n### B\n\n```\n# code\n```\n\n    # code\n", []),
        ("### A\n\na\n\n### B\n\nb\n\n## C\n\n### D\n\nd", [(3, EARLY), (7, EARLY)]),
        ("### A\n\na\n\n### B\n\nb", []),
    ],
)
def test_levels_in_a_letter(text: str, told: list[tuple[int, str]]) -> None:
    """Only in a letter: Pelican's articles begin with `#`."""
    assert told_of_letter(text) == told
    assert [problem for problem in problems(text) if "saute un niveau" not in problem] == []


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("### A\n\na\n\n#### B\n\n## C\n\n#### D", [3, 4, 2, 3]),
        ("###### A\n\na\n\n## C", [3, 2]),
        ("### A\n\n#### B", [2, 3]),
        ("# A\n\n### B\n\n## C", [2, 3, 2]),
    ],
)
def test_what_stands_above_the_first_rubric_is_none(text: str, levels: list[int]) -> None:
    """It would else end the editorial, or begin it with a rubric."""
    headings = render(Document(LETTER, {}, text, 3)).headings
    assert [heading.level for heading in headings] == levels


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## A", [1]),
        ("## A\n\n## B\n\nb", [1]),
        ("## A\n\na\n\n## B\n\n<!-- à venir -->\n", [5]),
        ("## A\n\n### B\n\n## C\n\nc", [3]),
        ("A\n===\n\nB\n---\nb\n\nC\n---", [8]),
        ("## A\n\n### B\n\nb", []),
        ("## A\n\n    code", []),
        ("## A\n\n```\ncode\n```\n\n## B\n\n/// agenda\n///", []),
        ("a\nb\n---\n\nc\n\n---\n", []),
    ],
)
def test_heading_of_nothing_is_told(text: str, lines: list[int]) -> None:
    assert problems(text) == [f"{line}:1 · intertitre : {ALONE}" for line in lines]


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- à venir -->"])
def test_letter_of_nothing_is_told(text: str) -> None:
    (problem,) = render(Document(LETTER, {}, text, 8)).problems
    assert (problem.position.line, problem.field, problem.is_warning) == (8, "texte", True)
    assert problem.message == "la lettre n’a pas de texte. Écrivez-le sous l’en-tête."
    assert problems(text) == []
