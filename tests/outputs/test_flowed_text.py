"""The text of a message, as a reader of RFC 3676 that is not ours joins its lines."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from plugins.outputs.text.plain_text import to_flowed_text, to_plain_text
from tests.outputs.eml_samples import made, parsed
from tests.outputs.flowed_reading import read
from tests.outputs.letter_samples import letter
from tests.outputs.plain_text_samples import CASES

LONG = " ".join(["anticonstitutionnellement"] * 4)
PARAGRAPH = f"<p>{LONG}</p>"
ADDRESS = "https://a.fr/" + "a" * 80


def flowed(html: str) -> list[tuple[int, str, str]]:
    return read(to_flowed_text(f"<section>{html}</section>"))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Court.</p>", [(0, "fixed", "Court.")]),
        (PARAGRAPH, [(0, "flows", LONG)]),
        (f"<p>{LONG}<br>fin</p>", [(0, "flows", LONG), (0, "fixed", "fin")]),
        (f"<ul><li>{LONG}</li><li>b</li></ul>", [(0, "flows", f"- {LONG}"), (0, "fixed", "- b")]),
        (
            f"<ul><li>a<ul><li>{LONG}</li></ul></li></ul>",
            [(0, "fixed", "- a"), (0, "flows", f"  - {LONG}")],
        ),
        (
            f"<ul><li>{PARAGRAPH * 2}</li></ul>",
            [(0, "flows", f"- {LONG}"), (0, "flows", f"  {LONG}")],
        ),
        (f"<dl><dt>a</dt><dd>{LONG}</dd></dl>", [(0, "fixed", "a"), (0, "flows", f"    {LONG}")]),
        (f"<blockquote>{PARAGRAPH}</blockquote>", [(1, "flows", LONG)]),
        (
            f"<blockquote><blockquote>{PARAGRAPH}</blockquote><p>a</p></blockquote>",
            [(2, "flows", LONG), (1, "fixed", "a")],
        ),
        (
            f"<blockquote><ul><li>{LONG}</li></ul></blockquote>",
            [(1, "flows", f"- {LONG}")],
        ),
        (
            f"<ul><li>a<blockquote>{PARAGRAPH}</blockquote></li></ul>",
            [(0, "fixed", "- a"), (0, "flows", f"  > {LONG}")],
        ),
        (
            f"<table><tr><td>a</td><td>{LONG}</td></tr></table>",
            [(0, "fixed", "- a"), (0, "flows", f"  {LONG}")],
        ),
        ("<p>&gt; a</p><p>From a</p>", [(0, "fixed", "> a"), (0, "fixed", "From a")]),
        ("<pre>\n  x  \n\n</pre>", [(0, "fixed", "      x")]),
        ("<ul><li></li></ul>", [(0, "fixed", "-")]),
        (
            f'<p><a href="{ADDRESS}">a</a></p>',
            [(0, "fixed", "a\u00a0[1]"), (0, "fixed", f"[1] {ADDRESS}")],
        ),
        (f"<p>-- {LONG}</p>", [(0, "flows", f"-- {LONG}")]),
        (f"<p>-- {'a' * 70}</p>", [(0, "fixed", "--"), (0, "fixed", "a" * 70)]),
    ],
)
def test_a_sentence_is_one_line_and_nothing_else_is(
    html: str, shown: list[tuple[int, str, str]]
) -> None:
    assert flowed(html) == shown


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", "h4"])
def test_headings_stay_as_they_are_drawn(tag: str) -> None:
    assert {kind for _, kind, _ in flowed(f"<{tag}>{LONG}</{tag}>")} == {"fixed"}


@given(st.lists(st.sampled_from([*(html for html, _ in CASES), PARAGRAPH]), max_size=6))
def test_both_texts_say_the_same(sections: list[str]) -> None:
    html = "".join(f"<section>{html}</section>" for html in sections)
    plain, written = to_plain_text(html), to_flowed_text(html)
    assert plain.count("\n") == written.count("\n")
    shown = " ".join(chunk for _, _, chunk in read(written))
    assert shown.split() == [word for word in plain.split() if word != ">"]
    assert all(cell_len(line) <= 78 for line in written.split("\n"))
    assert not any(line.endswith(" ") for line in plain.split("\n") if line.strip(" -"))


def test_message_says_that_its_text_flows_and_keeps_the_spaces_that_say_where() -> None:
    html = f"<section>{PARAGRAPH}<blockquote>{PARAGRAPH}</blockquote></section>"
    message = parsed(made(letter(flowed_text=to_flowed_text(html))))
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content_type() == "text/plain"
    assert dict(text["Content-Type"].params) == {
        "charset": "utf-8",
        "format": "flowed",
        "delsp": "no",
    }
    arrived = read(text.get_content().replace("\r\n", "\n"))
    assert arrived == [(0, "flows", LONG), (1, "flows", LONG)]
