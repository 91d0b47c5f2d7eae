"""Lists are read as everyone means them: what is indented under an item belongs to it."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from plugins.markdown.lists import indented
from tests.markdown.rendered import html_of, problems

NESTED = (
    "<ul>\n<li>Nord<ul>\n<li>Lille</li>\n<li>Arras</li>\n</ul>\n</li>\n<li>Sud<ul>\n"
    "<li>Nice<ul>\n<li>Cimiez</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>"
)


@pytest.mark.parametrize("step", ["  ", "   ", "    ", "\t"])
def test_a_list_indented_under_an_item_is_nested(step: str) -> None:
    lines = [(0, "Nord"), (1, "Lille"), (1, "Arras"), (0, "Sud"), (1, "Nice"), (2, "Cimiez")]
    text = "\n".join(f"{step * depth}- {name}" for depth, name in lines)
    assert html_of(text) == NESTED
    assert problems(text) == []


def test_a_paragraph_indented_under_an_item_belongs_to_it() -> None:
    loose = "<li>\n<p>Un</p>\n<p>Suite\nfin</p>\n</li>\n<li>\n<p>Deux</p>\n</li>"
    assert html_of("1. Un\n\n   Suite\n   fin\n\n2. Deux") == f"<ol>\n{loose}\n</ol>"
    assert html_of("- Un\n\n  Suite\n  fin\n\n- Deux") == f"<ul>\n{loose}\n</ul>"


def test_a_no_break_space_after_a_mark_makes_a_list() -> None:
    assert html_of("-\u00a0 une salle\u00a0;\n-\u00a0 un café.\n") == (
        "<ul>\n<li>une salle\u202f;</li>\n<li>un café.</li>\n</ul>"
    )
    assert html_of("1.\u00a0 d’abord\n2.\u202fensuite") == (
        "<ol>\n<li>d’abord</li>\n<li>ensuite</li>\n</ol>"
    )
    assert html_of("- a\n\u00a0\u00a0- b") == "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("> - a\n>   - b", "> - a\n>     - b"),
        ("- a\n  - b\n\n    c\n\n  d\n\ne", "- a\n    - b\n\n        c\n\n    d\n\ne"),
        ("- a\n - b\n  - c", "- a\n - b\n  - c"),
        ("1. a\n   - b\n      1. c", "1. a\n    - b\n        1. c"),
        ("  - a\n  - b\n    - c", "  - a\n  - b\n    - c"),
        ("- a\n\n/// encart\n    titre: b\n\n- c\n///", None),
        ("- a\n\n        - du code", None),
        ("    - du code\n      - encore", None),
        ("```\n- a\n  - b\n```", None),
        ("<pre>\n- a\n  - b\n</pre>", None),
        ("- a\n  suite\n\n---\n\n  b", None),
        ("* * *\n  a", None),
        ("1.\u00a0000 lecteurs", None),
    ],
)
def test_only_what_is_under_an_item_moves(text: str, right: str | None) -> None:
    assert indented(text) == (text if right is None else right)


@given(st.text("-*1. \n\t>a/`\u00a0", max_size=60))
def test_only_spaces_change(text: str) -> None:
    moved = indented(text).split("\n")
    assert ["".join(line.split()) for line in moved] == [
        "".join(line.split()) for line in text.split("\n")
    ]
