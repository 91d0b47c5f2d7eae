"""Plain text that a person enjoys: 72 columns, lists, numbered addresses, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from plugins.outputs.text.lines import wrapped
from plugins.outputs.text.plain_text import COLUMNS, to_plain_text
from tests.outputs.plain_text_samples import CASES, A, B


@pytest.mark.parametrize(("html", "text"), CASES)
def test_text(html: str, text: str) -> None:
    assert to_plain_text(f"<section>{html}</section>") == text


def test_sections_stand_apart_and_addresses_are_numbered_through_them() -> None:
    html = f"<section><p>{A} {B}</p></section><section><p>{A}</p></section>"
    assert to_plain_text(html) == (
        "A\u00a0[1] B\u00a0[2]\n\n[1] https://a.fr/\n[2] https://b.fr/\n\n\n"
        "A\u00a0[3]\n\n[3] https://a.fr/\n"
    )


@given(st.lists(st.text(alphabet="aéœ👩🎓\u00a0-שלום漢", min_size=1, max_size=30), min_size=1))
def test_lines_hold_in_the_width_and_lose_nothing(words: list[str]) -> None:
    lines = wrapped(" ".join(words), COLUMNS)
    assert " ".join(line.text for line in lines).split(" ") == words
    assert all(cell_len(line.text) <= COLUMNS or " " not in line.text for line in lines)
    assert [line.goes_on for line in lines] == [True] * (len(lines) - 1) + [False]


@given(st.lists(st.sampled_from([case for case, _ in CASES]), max_size=6))
def test_no_line_is_too_long_whatever_stands_together(sections: list[str]) -> None:
    text = to_plain_text("".join(f"<section>{html}</section>" for html in sections))
    assert all(cell_len(line) <= COLUMNS for line in text.splitlines())
    assert not re.search(r"\n{4}", text)
