"""Issues that are not published yet: a preview shows them, as they would be on their day."""

from __future__ import annotations

import pytest
from lxml import html

from tests.site.small_content import FILES, write_content
from tests.sites import BuiltSite, build_site

LATER = "---\ntitre: Plus tard\nresume: Un mot.\ndate: 2024-03-01\n---\nTexte.\n"
FIRST = "---\ntitre: Premier\nresume: Un mot.\nnumero: 1\ndate: 2024-01-02\n---\nBonjour.\n"
TO_COME = """\
---
titre: Le printemps
resume: Un mot.
numero: 2
date: 2024-03-20
image:
  fichier: images/seul.svg
  alt: Un carré
---
Bonjour.

## Deux

/// article | plus-tard
///

/// agenda
    public: personne
///
"""
DRAFT = FIRST.replace("numero: 1", "numero: 3\nstatut: brouillon").replace("Premier", "Essai")
FAULTY = DRAFT.replace("numero: 3", "numero: 4") + "\n[a](rien.md)\n\n/// article | nul\n///\n"
UNDATED = DRAFT.replace("numero: 3", "numero: 5").replace("date: 2024-01-02\n", "")

UNPRINTABLE = DRAFT.replace("numero: 3", "numero: 6").replace("Bonjour", "Bonjour 李")
LETTERS = (FIRST, TO_COME, DRAFT, FAULTY, UNDATED, UNPRINTABLE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, str]:
    folder = tmp_path_factory.mktemp("drafts")
    settings = write_content(folder)
    letters = folder / "content" / "lettres"
    letters.mkdir()
    for number, text in enumerate(LETTERS, start=1):
        (letters / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "content/articles/plus-tard.md").write_text(LATER, encoding="utf-8")
    drawing = FILES["images/carre.svg"]
    (folder / "content/images/seul.svg").write_text(drawing, encoding="utf-8")
    told = build_site(folder / "output", settings)
    return BuiltSite(folder / "output"), told


@pytest.mark.parametrize(("number", "state"), [(2, "prévue le 20 mars 2024"), (3, "brouillon")])
def test_every_form_is_there(built: tuple[BuiltSite, str], number: int, state: str) -> None:
    site, _ = built
    page = html.fromstring(site.read(f"/lettres/{number}/"))
    told = page.find_class("letter-head__state")[0].text_content().replace("\u00a0", " ")
    assert told.startswith(f"Non publiée : {state}.")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    for name in ("courriel.html", f"lettre-{number}.txt", f"lettre-{number}.pdf", "apercu/"):
        assert site.file(f"/lettres/{number}/{name}").is_file(), name
    [card] = page.xpath("//meta[@property='og:image']/@content")
    assert site.file(card.removeprefix(site.url)).is_file()


def test_an_issue_to_come_is_that_of_its_day(built: tuple[BuiltSite, str]) -> None:
    """It names an article that appears before it, and shows a picture that nothing else does."""
    site, _ = built
    main = html.fromstring(site.read("/lettres/2/")).xpath("//main")[0]
    assert "Plus tard" in main.text_content()
    assert not site.file("/actualites/plus-tard/").exists()
    assert site.file("/images/seul.svg").is_file()
    assert site.file("/courriel/images/seul.svg.png").is_file()


def test_what_a_draft_lacks_is_told_and_stops_nothing(built: tuple[BuiltSite, str]) -> None:
    site, told = built
    warnings = [line for line in told.splitlines() if line.startswith("avis")]
    assert [line.partition(" · ")[0] for line in warnings] == [
        "avis content/lettres/4.md:10:5",
        "avis content/lettres/4.md:12:1",
        "avis content/lettres/5.md:1:1",
        "avis content/lettres/6.md:8:9",
    ]
    assert not site.file("/lettres/4/").exists()
    assert not site.file("/lettres/5/").exists()


def test_the_archive_leads_to_them(built: tuple[BuiltSite, str]) -> None:
    site, _ = built
    drafts = html.fromstring(site.read("/lettres/")).find_class("drafts")[0]
    assert drafts.xpath(".//a/@href") == ["/lettres/2/", "/lettres/3/", "/lettres/6/"]
    assert len(drafts.xpath(".//li")) == 5


def test_they_are_nowhere_else(built: tuple[BuiltSite, str]) -> None:
    site, _ = built
    own = ("lettres/2", "lettres/3", "lettres/6", "lettres/index.html")
    others = [f for f in site.files() if not f.relative_to(site.path).as_posix().startswith(own)]
    marks = (b"Le printemps", b"/lettres/2/", b"/lettres/3/")
    assert [f for f in others if any(mark in f.read_bytes() for mark in marks)] == []
