"""What a reader of the paper must type: addresses beside the links of a text, and no others."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from plugins.outputs.pdf.paper_links import shown, with_addresses


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://exemple.fr/", "exemple.fr"),
        ("https://exemple.fr/agenda/", "exemple.fr/agenda"),
        ("https://exemple.fr/agenda/#mars", "exemple.fr/agenda/#mars"),
        ("https://exemple.fr/?a=1&b=2", "exemple.fr/?a=1&b=2"),
        ("https://exemple.fr/%C3%A9t%C3%A9/", "exemple.fr/été"),
        ("https://exemple.fr/un%20mot/", "exemple.fr/un%20mot"),
        ("https://exemple.fr:8000/a", "exemple.fr:8000/a"),
        ("mailto:a@exemple.fr?subject=L%27objet", "a@exemple.fr"),
        ("tel:+33123456789", "+33123456789"),
    ],
)
def test_an_address_is_shown_as_one_types_it(address: str, expected: str) -> None:
    assert shown(address) == expected


PAGE = "https://passerelle.example/lettres/1/"
CALL = '<span class="call"></span>'
LINK = '<a href="https://exemple.fr/a/">mot</a>'
NOTE = '<span class="note">exemple.fr/a</span>'
NOTES = f'<span class="notes">{NOTE}</span>'
MAIL = '<a href="mailto:a@exemple.fr">écrire</a>'
MAIL_NOTE = '<span class="note">a@exemple.fr</span>'
MAIL_NOTES = f'<span class="notes">{MAIL_NOTE}</span>'
BOTH_NOTES = f'<span class="notes">{NOTE}{MAIL_NOTE}</span>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>Un {LINK}, fin.</p>", f"<p>Un {LINK}{CALL}, fin.{NOTES}</p>"),
        (
            f"<p>Un <b><i>{LINK}</i> gras</b>, {MAIL}.</p>",
            f"<p>Un <b><i>{LINK}{CALL}</i> gras</b>, {MAIL}{CALL}.{BOTH_NOTES}</p>",
        ),
        (
            f"<ul><li>Un {LINK}<ul><li>{MAIL}</li></ul></li></ul>",
            f"<ul><li>Un {LINK}{CALL}{NOTES}<ul><li>{MAIL}{CALL}{MAIL_NOTES}</li></ul></li></ul>",
        ),
        (
            f"<p>{LINK}</p><p>{LINK}</p>",
            f"<p>{LINK}{CALL}{NOTES}</p><p>{LINK}{CALL}{NOTES}</p>",
        ),
        (f"<div>{LINK}</div>", f"<div>{LINK}{CALL}{NOTES}</div>"),
    ],
)
def test_the_links_of_a_paragraph_are_noted_at_its_end(before: str, after: str) -> None:
    assert within("prose", before) == after


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="#suite">suite</a></p>',
        '<p><a href="https://exemple.fr/a/">https://exemple.fr/a/</a></p>',
        '<p><a href="https://exemple.fr/a/">exemple.fr/a</a></p>',
        '<p><a href="mailto:a@exemple.fr">a@exemple.fr</a></p>',
        '<p><a class="quiet" href="https://exemple.fr/a/">mot</a></p>',
        "<p>Rien.</p>",
    ],
)
def test_what_is_already_told_has_no_note(html: str) -> None:
    assert within("prose", html) == html


def test_outside_of_a_text_nothing_is_noted() -> None:
    assert within("cover", LINK) == LINK


def test_a_link_without_words_shows_its_address() -> None:
    link = '<a class="address" href="{}">{}</a>'
    address = "https://exemple.fr/?a=1&amp;b=2"
    found = within("cover", link.format(address, ""))
    assert found == link.format(address, "exemple.fr/?a=1&amp;b=2")


def test_the_rest_of_the_page_stays_as_it_is() -> None:
    page = (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Été&nbsp;: « a »</title>'
        '</head><body><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>t</title>'
        "</svg><p>a &lt; b</p></body></html>"
    )
    assert with_addresses(page, PAGE) == page


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"{PAGE}#suite", "#suite"),
        (f"{PAGE}#%C3%A9t%C3%A9", "#%C3%A9t%C3%A9"),
        (f"{PAGE}#plan-1", f"{PAGE}#plan-1"),
        (PAGE, PAGE),
        ("https://passerelle.example/lettres/2/#suite",) * 2,
    ],
)
def test_a_place_of_the_page_that_paper_has_is_reached_within(address: str, expected: str) -> None:
    places = '<h2 id="suite">Suite</h2><h2 id="été">Été</h2>'
    found = within("cover", f'{places}<a href="{address}">mot</a>')
    assert found == f'{places}<a href="{expected}">mot</a>'


def within(name: str, html: str) -> str:
    page = with_addresses(
        f'<!DOCTYPE html><html><body><div class="{name}">{html}</div></body></html>', PAGE
    )
    [div] = LexborHTMLParser(page).css(f"div.{name}")
    return div.inner_html or ""
