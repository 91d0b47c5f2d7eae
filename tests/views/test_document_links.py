"""A link to a document says its format and its weight, in every medium (RGAA 13)."""

from __future__ import annotations

import pytest
from lxml import html

from plugins.french.typography import NBSP
from plugins.outputs.text.plain_text import to_plain_text
from plugins.theme.media import Medium, feed, mail, paper, text, web
from plugins.theme.theme import Theme
from plugins.views.site import Site
from plugins.views.texts import TextMaker
from tests.contents import SVG, Files, article, index_of, record_at
from tests.sites import ROOT

BODY = """\
Voyez [le **programme**](../documents/programme.pdf),
[le PDF](../documents/programme.pdf#page=2 "Il"),
[les textes (PDF, 3 Mo)](../documents/programme.pdf), [les dates](../documents/dates.csv),
[le dessin](../images/a.svg) et [l’article](a.md).

/// encart
[Dans un encart](../documents/programme.pdf)
///

/// bouton
    adresse: ../documents/programme.pdf
Télécharger le programme
///
"""
FILES: Files = {
    "articles/a.md": article("", BODY),
    "articles/b.md": article("", "/// extrait | articles/a\n///\n", titre="Autre"),
    "documents/programme.pdf": b"x" * 240_000,
    "documents/dates.csv": "a;b",
    "images/a.svg": SVG,
}
TOLD = [
    f"le programme (PDF, 240{NBSP}ko)",
    f"le PDF (240{NBSP}ko)",
    f"les textes (PDF, 3{NBSP}Mo)",
    f"les dates (CSV, 1{NBSP}ko)",
    "le dessin",
    "l’article",
    f"Dans un encart (PDF, 240{NBSP}ko)",
    f"Télécharger le programme (PDF, 240{NBSP}ko)",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(index_of(tmp_path_factory.mktemp("documents"), FILES), "https://p.example")


@pytest.fixture(scope="module")
def theme(site: Site) -> Theme:
    return Theme(ROOT / "theme", site)


def shown(name: str, site: Site, theme: Theme, medium: Medium) -> str:
    whole = TextMaker(record_at(site.index, name), site.index, lit_day=None).whole()
    return str(theme.expand(whole, medium))


@pytest.mark.parametrize("name", ["articles/a.md", "articles/b.md"])
@pytest.mark.parametrize("medium", [web, feed, mail, paper])
def test_links_of_a_text(name: str, medium: object, site: Site, theme: Theme) -> None:
    made = shown(name, site, theme, medium(site))  # type: ignore[operator]
    links = html.fragment_fromstring(made, create_parent="div").xpath(".//a")
    words = [link.text_content() for link in links if link.text_content()]
    assert words[: len(TOLD)] == TOLD


def test_links_of_a_plain_text(site: Site, theme: Theme) -> None:
    plain = to_plain_text(shown("articles/a.md", site, theme, text(site))).replace(NBSP, " ")
    words = " ".join(plain.split())
    assert "le programme (PDF, 240 ko)" in words
    assert "Télécharger le programme (PDF, 240 ko) https://p.example/documents/" in words


def test_the_words_of_a_document_lead_to_it(site: Site, theme: Theme) -> None:
    made = shown("articles/a.md", site, theme, web(site))
    assert (
        f'<a href="/documents/programme.pdf">le <strong>programme</strong> (PDF, 240{NBSP}ko)</a>'
        in made
    )
