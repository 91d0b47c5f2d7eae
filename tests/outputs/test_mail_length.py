"""A letter too long for a mailbox gives way, rubric by rubric, and says where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from plugins.outputs.mail.mail_length import GMAIL_CLIP, LIMIT, Fitted, MailSection, fit

PARAGRAPH = f"<p>{'é' * 47}</p>"  # 101 bytes


def section(title: str | None, *pieces: str) -> MailSection:
    heading = (f"<h2>{title}</h2>",) if title else ()
    return MailSection(title, title, (*heading, *pieces))


def render(sections: Sequence[MailSection], others: int) -> str:
    shown = [
        "\n".join(filter(None, (s.head, s.html))) + ("<p>Suite</p>" if s.is_cut else "")
        for s in sections
    ]
    return "\n".join(shown) + (f"<p>{others} autres</p>" if others else "")


def test_the_limit_leaves_a_list_its_footer() -> None:
    assert LIMIT < GMAIL_CLIP == 102_400


def test_what_fits_is_whole() -> None:
    sections = [section(None, PARAGRAPH), section("A", PARAGRAPH, PARAGRAPH)]
    assert fit(sections, render) == Fitted(render(sections, 0), (), 0)


@pytest.mark.parametrize(
    ("limit", "cut", "left_out"),
    [(2000, ["A"], 0), (700, ["A"], 0), (130, [None, "A"], 0), (50, [None, "A"], 1)],
)
def test_what_gives_way(limit: int, cut: list[str | None], left_out: int) -> None:
    sections = [
        section(None, PARAGRAPH),
        section("A", *[PARAGRAPH] * 40),
        section("B", "<p>court</p>"),
    ]
    found = fit(sections, render, limit)
    assert [section.title for section in found.cut] == cut
    assert found.left_out == left_out
    assert len(found.html.encode()) <= limit


def test_a_long_rubric_does_not_silence_the_next() -> None:
    found = fit([section("A", *[PARAGRAPH] * 40), section("B", PARAGRAPH)], render, 1000)
    assert found.html.endswith(f"<h2>B</h2>\n{PARAGRAPH}")
    assert found.html.count(PARAGRAPH) == 9


def test_no_heading_ends_what_is_kept() -> None:
    found = fit([section("A", PARAGRAPH, "<h3>B</h3>", PARAGRAPH * 9)], render, 500)
    assert found.html == f"<h2>A</h2>\n{PARAGRAPH}<p>Suite</p>"


def test_nothing_fits() -> None:
    with pytest.raises(ValueError, match="no part of the letter fits into 5 bytes"):
        fit([section("A", PARAGRAPH)], lambda *_: "<html>", 5)


@given(
    st.lists(st.lists(st.integers(0, 300), max_size=8), min_size=1, max_size=8),
    st.integers(200, 2000),
)
def test_always_under_the_limit(sizes: list[list[int]], limit: int) -> None:
    sections = [
        section(f"T{number}", *(f"<p>{'x' * size}</p>" for size in of_one))
        for number, of_one in enumerate(sizes)
    ]
    found = fit(sections, render, limit)
    assert len(found.html.encode()) <= limit
    if not found.cut and not found.left_out:
        assert found.html == render(sections, 0)
