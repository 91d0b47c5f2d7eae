"""Steps stand under large numerals in an e-mail, in an order that can be read aloud."""

from __future__ import annotations

import pytest
from lxml import html

from plugins.outputs.mail.mail_html import with_numerals

NESTED = "<p>Attendez.</p><ol><li>un</li></ol>"


def steps(*items: str, start: str = "") -> str:
    """Return steps as the block's template writes them."""
    written = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="steps"><ol{start}>{written}</ol></div>'


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (steps("<b>Un.</b> Ceci."), [("1", "<b>Un.</b> Ceci.")]),
        (steps("Un", "Deux"), [("1", "Un"), ("2", "Deux")]),
        (steps("Un", "Deux", start=' start="9"'), [("9", "Un"), ("10", "Deux")]),
        (steps("Un", start=' start="x"'), [("1", "Un")]),
        (steps(NESTED), [("1", NESTED)]),
        (steps("Un") + steps("Un"), [("1", "Un"), ("1", "Un")]),
    ],
)
def test_each_step_follows_its_numeral(source: str, rows: list[tuple[str, str]]) -> None:
    tree = html.fragment_fromstring(with_numerals(source), create_parent=True)
    assert tree.xpath(".//table/@role") == ["presentation"] * source.count("<div")
    found = [
        (numeral.text, (step.text or "") + "".join(map(as_html, step)))
        for numeral, step in tree.xpath(".//tr")
    ]
    assert found == rows


@pytest.mark.parametrize(
    "source",
    [
        "<ol><li>Une liste</li></ol>",
        '<div class="steps"><p>Sans numéros.</p></div>',
        '<div class="steps"><ul><li>Sans numéros</li></ul></div>',
    ],
)
def test_what_is_no_numbered_step_stays(source: str) -> None:
    assert with_numerals(source) == source


def test_what_stands_around_stays() -> None:
    source = f"<p>Avant.</p>{steps('Un')}<p>Après.</p>"
    assert with_numerals(source).startswith('<p>Avant.</p><div class="steps"><table')
    assert with_numerals(source).endswith("</table></div><p>Après.</p>")


def as_html(node: html.HtmlElement) -> str:
    return html.tostring(node, encoding="unicode")
