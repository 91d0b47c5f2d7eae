"""An excerpt in its place: levels, ids, links, notes, language, in every medium."""

from __future__ import annotations

import re

import pytest
from lxml import html

from plugins.french.typography import plain
from plugins.library.index import Index
from plugins.outputs.pdf.paper_links import with_addresses
from plugins.outputs.text.plain_text import to_plain_text
from plugins.theme.media import Medium, mail, paper, text, web
from plugins.theme.theme import Theme
from plugins.views.letters import letter_page_view, letter_view
from plugins.views.sheets import content_view
from plugins.views.site import Site
from plugins.views.texts import TextMaker, headings_of
from tests import contents
from tests.contents import SVG, Files, article, index_of, record_at
from tests.sites import ROOT

SOURCE = """\
Avant[^c] et[^b], puis[^a].

## Un

Texte[^b], [ici](#sous), [là](#deux), [moi](reseau.md#un), [page](../pages/p.md), \
![Rond](../images/a.svg)

### Sous

/// encart

### Dedans

Un mot[^a].
///

/// bouton
    adresse: ../articles/c.md
Lire
///

## Deux

- élément

    /// extrait | articles/c
    ///

[^a]: La note a, et[^b].
[^b]: La note b.
[^c]: La note c.
"""
PAGE = """\
/// extrait | organisations/reseau#deux
    titre: non
    suite: non
///

## H

Note[^1].

### K

/// extrait | organisations/reseau#un
///

[^1]: La note de la page.
"""
FILES: Files = {
    "organisations/reseau.md": contents.text("", SOURCE, titre="Le réseau"),
    "articles/c.md": article(body="# C\n\n[lien](../pages/p.md)\n", titre="Cé"),
    "articles/en.md": article("lang: en", "Some words.\n", titre="Words"),
    "images/a.svg": SVG,
    "pages/p.md": contents.text("", PAGE, titre="Une page"),
    "pages/q.md": contents.text("", "/// extrait | articles/en\n///\n"),
    "lettres/1.md": contents.text(
        "numero: 1\ndate: 2024-01-08",
        "/// extrait | articles/c\n///\n\n## R\n\n/// extrait | organisations/reseau#un\n///\n",
        titre="La lettre",
    ),
}
MEDIA = {"page": web, "e-mail": mail, "text": text, "PDF": paper}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("excerpts"), FILES)


@pytest.fixture(scope="module")
def site(index: Index) -> Site:
    return Site(index, "https://passerelle.example")


@pytest.fixture(scope="module")
def theme(site: Site) -> Theme:
    return Theme(ROOT / "theme", site)


def page_of(name: str, index: Index, theme: Theme) -> html.HtmlElement:
    whole = TextMaker(record_at(index, name), index, lit_day=None).whole()
    return html.fragment_fromstring(theme.expand(whole), create_parent="div")


def test_headings_stand_under_that_of_their_place(index: Index, site: Site) -> None:
    """A chain adds levels; the summary of the page has them all."""
    view = content_view(record_at(index, "pages/p.md"), site)
    assert [(h.level, h.title, h.id) for h in view.toc] == [
        (2, "C", "extrait-1-extrait-1-c"),
        (2, "H", "h"),
        (3, "K", "k"),
        (4, "Un", "extrait-2-un"),
        (5, "Sous", "extrait-2-sous"),
        (5, "Dedans", "extrait-2-dedans"),
    ]


def test_ids_are_unique_and_links_inside_lead_to_them(index: Index, theme: Theme) -> None:
    page = page_of("pages/p.md", index, theme)
    ids = page.xpath(".//@id")
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in page.xpath(".//a/@href") if href.startswith("#")]
    assert set(inside) - set(ids) == set()


def test_links_are_those_of_the_source(index: Index, theme: Theme) -> None:
    page = page_of("pages/p.md", index, theme)
    links = {a.text_content(): a.get("href") for a in page.xpath(".//a[not(@class)]")}
    assert links == {
        "lien": "/p/",
        "Lire la suite\u00a0: Cé": "/actualites/c/",
        "ici": "#extrait-2-sous",
        "là": "/organisations/reseau/#deux",
        "moi": "#extrait-2-un",
        "page": "/p/",
        "Lire la suite\u00a0: Le réseau": "/organisations/reseau/",
    }
    assert page.xpath(".//a[@class='button']/@href") == ["/actualites/c/"]
    assert page.xpath(".//img/@src") == ["/images/a.svg"]


def test_notes_follow_the_text_that_calls_them(index: Index, theme: Theme) -> None:
    """They are numbered anew; a call outside the excerpt has no link back."""
    (excerpt,) = page_of("pages/p.md", index, theme).xpath(".//h4/parent::div")
    calls = [(a.text, a.get("href")) for a in excerpt.xpath(".//a[@class='footnote-ref']")]
    assert calls == [
        ("2", "#extrait-2-fn:b"),
        ("1", "#extrait-2-fn:a"),
        ("2", "#extrait-2-fn:b"),
    ]
    notes = excerpt.xpath(".//div[@class='footnote']//li")
    assert [(n.get("id"), n.text_content().strip()) for n in notes] == [
        ("extrait-2-fn:a", "La note a, et2.\u00a0↩"),
        ("extrait-2-fn:b", "La note b.\u00a0↩ ↩"),
    ]
    backs = excerpt.xpath(".//a[@class='footnote-backref']")
    assert [(a.get("title"), a.get("href")) for a in backs] == [
        ("Retour à l’appel de la note 1", "#extrait-2-fnref2:a"),
        ("Retour au 1er appel de la note 2", "#extrait-2-fnref2:b"),
        ("Retour au 2e appel de la note 2", "#extrait-2-fnref3:b"),
    ]


def test_another_language_is_marked(index: Index, theme: Theme) -> None:
    page = page_of("pages/q.md", index, theme)
    assert [div.text_content().strip() for div in page.xpath(".//div[@lang='en']")] == [
        "Some words."
    ]


def test_search_finds_the_text_in_its_source(index: Index, theme: Theme) -> None:
    ignored = page_of("pages/p.md", index, theme).xpath("./*[@data-pagefind-ignore]")
    assert [div.xpath("string(.//a[last()])") for div in ignored] == ["lien", "2"]
    assert "data-pagefind-ignore" not in html.tostring(
        page_of("articles/c.md", index, theme), encoding="unicode"
    )


@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_shows_it(index: Index, site: Site, theme: Theme, medium: str) -> None:
    (letter,) = index.letters
    view = letter_view(letter, index, lit_day=None, for_mail=medium == "e-mail")
    kind: Medium = MEDIA[medium](site)
    opening, rubric = (str(theme.expand(r.text, kind)) for r in (view.opening, *view.rubrics))
    # Under « Éditorial », then under the rubric.
    assert re.findall(r"<(h\d)", opening) == ["h3"]
    assert re.findall(r"<(h\d)", rubric) == ["h2", "h3", "h4", "h4"]
    if medium == "text":
        said = to_plain_text(rubric)
    elif medium == "PDF":
        said = html.fromstring(with_addresses(rubric, site.url)).text_content()
    else:
        said = html.fragment_fromstring(rubric, create_parent="div").text_content()
    words = " ".join(said.replace("\u00a0", " ").split())
    for sentence in ("Texte", "Un mot", "La note a, et", "Lire la suite : Le réseau"):
        assert sentence in words
    base = "" if medium == "page" else "https://passerelle.example"
    assert f'href="{base}/organisations/reseau/"' in rubric
    own = "https://passerelle.example/lettres/1/" if medium == "e-mail" else ""
    assert f'href="{own}#extrait-2-sous"' in rubric


def test_summary_of_a_letter_has_its_headings(index: Index, site: Site) -> None:
    (letter,) = index.letters
    view = letter_page_view(letter, site, pdf_label="", mail="", preview=None, state=None)
    assert [(h.level, h.id) for h in view.toc] == [
        (3, "extrait-1-c"),
        (2, "r"),
        (3, "extrait-2-un"),
        (4, "extrait-2-sous"),
        (4, "extrait-2-dedans"),
    ]
    assert view.toc == (
        *headings_of(view.letter.opening.text),
        *headings_of(view.letter.rubrics_text),
    )


def test_a_preview_says_where_a_text_is_shown(index: Index, site: Site, theme: Theme) -> None:
    """A link is a citation too, but shows nothing; readers are told nothing of it."""
    preview = Site(index, site.url, is_preview=True)
    for name, shown in (
        ("organisations/reseau.md", ["La lettre", "Une page"]),
        ("articles/c.md", ["La lettre", "Le réseau"]),
        ("pages/p.md", []),
    ):
        record = record_at(index, name)
        view = content_view(record, preview)
        assert sorted(content.title for content in view.shown_in) == shown
        assert content_view(record, site).shown_in == ()
    macros = theme.environment.get_template("components/shown_in.html").module
    reseau = content_view(record_at(index, "organisations/reseau.md"), preview)
    said = html.fromstring(str(macros.shown_in(reseau.shown_in))).text_content()  # type: ignore[attr-defined]
    assert plain(said) == (
        "Aperçu : ce texte, ou un passage, est aussi montré dans La lettre, Une page."
    )


def test_pictures_of_a_letter_are_its_excerpts_too(index: Index) -> None:
    (letter,) = index.letters
    shown = [(owner.slug, link.target) for owner, link in index.pictures_shown_by(letter)]
    assert shown == [("reseau", "../images/a.svg")]
