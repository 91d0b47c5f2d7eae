"""A table that a telephone cannot hold is told row by row; one that it can stays a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from selectolax.lexbor import LexborHTMLParser

from plugins.outputs.mail.length import shortened
from plugins.outputs.mail.mail_html import with_tables_fitted

LONG = "Direction générale de l’énergie"
DAY = "mercredi 20 mars 2024"
AIX = "Aix-en-Provence"
PICTURE = '<img src="/a.png" alt="A">'


def table(*rows: Sequence[str], above: str = "") -> str:
    """Return a table as `markdown.conversion` writes it, headings first."""
    head, *others = ["".join(f"<th>{cell}</th>" for cell in row) for row in rows]
    body = "".join(f"<tr>{row.replace('th>', 'td>')}</tr>" for row in others)
    return (
        f'<div class="table-scroll"><table>{above}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Sans tableau.</p>",
        table(("Nom", "Date"), ("Un", "2 mars")),
        table(("Nom", "Date", "Lieu"), ("Un", "2 mars", "Lyon"), ("Deux", "12 mars", "Paris")),
        table(("Date", "Sujet"), ("2 mars", f"{LONG} et du climat")),
        table(("J", "F", "M", "A", "M", "J"), ("1", "2", "3", "4", "5", "6")),
        table(("Une seule colonne, aussi longue que l’on veut",), (LONG * 3,)),
        table(("Nom", "Date", "Lieu"), ("Deux", "12 mars", AIX)),
        f"<ul><li>{table(('Nom', 'Date'), ('Un', '2 mars'))}</li></ul>",
    ],
)
def test_narrow_table_stays(html: str) -> None:
    assert with_tables_fitted(html) == html


@pytest.mark.parametrize(
    "html",
    [
        table(("Direction", "Participants", "Modalités", "Interlocuteurs", "Échéance")),
        table(("Direction", "Participants", "Modalités"), ("DGEC", "12", "Visio")),
        table(("Avant", "Après"), (LONG, LONG)),
        table(("Nom", "Image"), ("Un", PICTURE)),
        table(("Nom", "Lieux"), ("Un", "<ul><li>Lyon</li></ul>")),
        table(("Anticonstitutionnellement-parlant",)),
        f"<ul><li>{table(('Nom', 'Date', 'Lieu'), ('Deux', '12 mars', AIX))}</li></ul>",
    ],
)
def test_wide_table_becomes_rows(html: str) -> None:
    told = with_tables_fitted(html)
    assert "table-scroll" not in told
    assert '<table role="presentation" class="rows">' in told


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (
            table(("Nom", LONG, "Date"), ("Un", "<em>oui</em>", DAY), ("Deux", "", DAY)),
            [
                ["rows-head: Nom"],
                [
                    "row-title: Un",
                    f"row-text: *{LONG}* : <em>oui</em>",
                    f"row-text: *Date* : {DAY}",
                ],
                ["row-title: Deux", f"row-text: *Date* : {DAY}"],
            ],
        ),
        (
            table(("", LONG, LONG), ("", "1", "2"), above="<caption>Légende</caption>"),
            [["rows-head: Légende"], [f"row-text: *{LONG}* : 1", f"row-text: *{LONG}* : 2"]],
        ),
        (
            table((LONG, LONG)).replace("th>", "td>"),
            [[f"row-title: {LONG}", f"row-text: {LONG}"]],
        ),
        (
            table(("Nom", LONG), ("Un", "<ul><li>a</li></ul>")),
            [["rows-head: Nom"], ["row-title: Un", f"row-text: *{LONG}* : <ul><li>a</li></ul>"]],
        ),
        (
            table((LONG, "Qui"), (LONG, LONG)).replace("<th>Qui", '<th colspan="2">Qui'),
            [[f"rows-head: {LONG}"], [f"row-title: {LONG}", f"row-text: *Qui* : {LONG}"]],
        ),
    ],
)
def test_rows_say_all_that_the_table_says(html: str, told: list[list[str]]) -> None:
    assert rows(with_tables_fitted(html)) == told


def test_what_stands_around_stays() -> None:
    wide = table((LONG, LONG))
    told = with_tables_fitted(f"<p>Avant.</p>{wide}<p>Entre.</p>{wide}<p>Après.</p>")
    assert re.sub(r"<table.*?</table>", "…", told) == "<p>Avant.</p>…<p>Entre.</p>…<p>Après.</p>"


def test_rows_that_give_way_leave_their_heading_a_row() -> None:
    told = with_tables_fitted(table(("Nom", LONG), *[(LONG, LONG)] * 9))
    kept = shortened(told, len(told.encode()) // 2)
    assert kept is not None
    assert rows(kept)[0] == ["rows-head: Nom"]
    assert 1 < len(rows(kept)) < 10
    assert shortened(told, 200) is None


def test_table_within_a_table_is_told_too() -> None:
    told = with_tables_fitted(table(("Nom", "Dates"), ("Un", table((LONG, LONG), (DAY, DAY)))))
    assert told.count('class="rows"') == 2
    assert "table-scroll" not in told


@given(
    st.lists(st.lists(st.sampled_from(["un", LONG]), min_size=2, max_size=5), min_size=2),
    st.booleans(),
)
def test_no_cell_is_lost(words: list[list[str]], is_headed: bool) -> None:
    numbered = [[f"{w} {r}-{c}." for c, w in enumerate(row)] for r, row in enumerate(words)]
    html = table(*numbered) if is_headed else table(*numbered).replace("th>", "td>")
    told = with_tables_fitted(html)
    columns = max(len(row) for row in numbered[1:])
    said = [numbered[0][:columns], *numbered[1:]]  # more headings than columns head nothing
    assert [cell for row in said for cell in row if cell not in told] == []


def rows(html: str) -> list[list[str]]:
    """Return what each row says: each paragraph's class and HTML, what is bold in stars."""
    page = LexborHTMLParser(html)
    return [
        [
            f"{node.attributes['class']}: {node.inner_html or ''}".replace("&nbsp;", " ")
            .replace("<strong>", "*")
            .replace("</strong>", "*")
            for node in row.css(".rows-head, .row-title, .row-text")
        ]
        for row in page.css("tr")
    ]
