"""The letter on paper: the sample's issue, issues that nobody wishes, dates in every state."""

from __future__ import annotations

import re
import shutil
import zlib
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from plugins.checks.suite import check_contents
from plugins.content.record import Record
from plugins.faults import Level
from plugins.library.index import read_index
from plugins.markdown.bodies import rubrics
from plugins.models import LetterHeader
from plugins.outputs.pdf.cache import PdfCache
from plugins.outputs.pdf.pdf import Pdf, PdfError
from plugins.site.letter_media import LetterPrint
from plugins.store import Store
from plugins.theme.theme import Theme
from plugins.views.site import RESERVED, Site
from tests.conftest import MadeOnce
from tests.contents import NOW, group, text, write
from tests.outputs import poppler
from tests.outputs.verapdf import violations
from tests.site.letters import LETTERS, built_letters
from tests.sites import ROOT

STYLES = ROOT / "theme" / "print"
STATES = ROOT / "tests" / "outputs" / "content" / "evenements"
AGENDA = """\
---
titre: Toutes les dates
numero: 7
date: 2024-01-07
resume: Un essai.
---
## Agenda

/// agenda
    periode: 2023/2025
///

## Matrice

/// matrice
    annee: 2024
///
"""
EVENTS_TO_COME = "/// agenda\n///\n"
MATRIX = "/// matrice\n    annee: 2024\n///\n"
# Of a page, in points.
MARGIN = 20 / 25.4 * 72
# What the sample writes in a month of its own, one after the other.
MONTHLY = """\
---
titre: Réunion mensuelle {month}
resume: Un essai.
debut: 2024-{month:02}-15 09:30
fin: 2024-{month:02}-15 12:00
modalite: hybride
collectif: numerique
---
"""
ROWS = "\n".join(f"| ligne {number} | {number * 1000} |" for number in range(120))
TABLE = f"""\
---
titre: Un long tableau
numero: 8
date: 2024-01-07
resume: Un essai.
---
## Tableau

| Nom | Montant |
| --- | ---: |
{ROWS}
"""


# What readers found at fault, each in its place.
TRICKY = """\
L’édito, [un lien](https://exemple.fr/edito/).

## Une

[Éditorial](/lettres/1/#editorial), [suite](/lettres/1/#une) et [plan](/lettres/1/#plan-1), \
une note[^1].

[^1]: La note.

1. un
2. deux

/// encart
Un bloc.
///

3. trois

<ol start="5"><li>cinq</li></ol>

- À puce.

    Deux [a](https://exemple.fr/liste/).

    /// encart
    Trois [b](https://exemple.fr/encart/).
    ///

## Dates

/// evenement | vague
///

/// agenda
    periode: 2023/2025
///

/// chantiers
///

/// matrice
    annee: 2024
///
"""
ENGLISH = "The opening.\n\n## One\n\nWords.\n\n## Two\n\nMore.\n"
MANY_RUBRICS = "L’édito.\n\n" + "".join(f"## Rubrique n{n}\n\nMots.\n\n" for n in range(1, 41))
TRICKY_FILES = {
    "collectifs/chantier.md": group("Chantier"),
    **{
        f"evenements/{name}.md": text(f"collectif: chantier\n{header}", titre=name)
        for name, header in {
            "passage": "debut: 2024-12-28\nfin: 2025-01-03",
            "vague": "debut: 2024\nstatut_evenement: annulé\ninscription: {url: https://exemple.fr/s/}",
            "avril": "debut: 2024-04-05\nstatut_evenement: reporté",
            "mai": "debut: 2024-05-05\nstatut_evenement: reporté\ndebut_initial: 2024-04-01",
            "anticonstitutionnellement": "debut: 2024-07",
            "aout": "debut: 2024-08\nstatut_evenement: reporté",
        }.items()
    },
    **{
        f"evenements/mois-{month}.md": text(f"debut: 2024-{month:02}-15", titre=f"Mois {month}")
        for month in range(1, 13)
    },
}


class Press:
    """The issues of a content folder, each printed once."""

    def __init__(self, content: Path, cache: Path, now: datetime = NOW) -> None:
        index = read_index(content, now)
        faults = check_contents(index, RESERVED)
        assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
        self._site = Site(index, "https://passerelle.example", is_preview=True)
        self._theme = Theme(ROOT / "theme", self._site)
        self.letters = {letter.header.number: letter for letter in index.letters}
        self.print = self.with_cache(cache)

    def with_cache(self, cache: Path) -> LetterPrint:
        return LetterPrint(self._site, self._theme, PdfCache(Store(cache)))

    def letter(self, number: int) -> Record[LetterHeader]:
        return self.letters[number]

    def pdf(self, number: int) -> Pdf:
        return self.print.pdf(self.letters[number])


@pytest.fixture(scope="module")
def press(made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Press:
    """Its issues are printed by a build already, whose PDFs are copied: others read them."""
    folder = built_letters(made_once)
    cache = tmp_path_factory.mktemp("print") / "cache"
    return Press(folder / "content", shutil.copytree(folder / ".cache", cache))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """The sample content with an event in each state and in each month, and a long table."""
    folder = tmp_path_factory.mktemp("full")
    content = shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(STATES, content / "evenements", dirs_exist_ok=True)
    for month in range(1, 13):
        path = content / "evenements" / f"mensuelle-{month}.md"
        path.write_text(MONTHLY.format(month=month), encoding="utf-8")
    (content / "lettres" / "7.md").write_text(AGENDA, encoding="utf-8")
    (content / "lettres" / "8.md").write_text(TABLE, encoding="utf-8")
    return Press(content, folder / "cache")


@pytest.fixture(scope="module")
def tricky(tmp_path_factory: pytest.TempPathFactory) -> Press:
    folder = tmp_path_factory.mktemp("tricky")
    letters = {
        "lettres/1.md": text("numero: 1\ndate: 2024-01-01", TRICKY),
        "lettres/2.md": text("numero: 2\ndate: 2024-01-02\nlang: en", ENGLISH),
        "lettres/3.md": text("numero: 3\ndate: 2024-01-03", MANY_RUBRICS),
    }
    content = write(folder / "content", {**letters, **TRICKY_FILES})
    return Press(content, folder / "cache")


def pages(pdf: Pdf) -> list[str]:
    """Return the text of each page, line by line as it is seen, its spaces made plain."""
    found = poppler.text(pdf.data, "-layout").split("\f")[:-1]
    return [" ".join(page.split()) for page in found]


def read_aloud(pdf: Pdf) -> str:
    """Return the text as assistive technologies read it, its spaces made plain."""
    return " ".join(" ".join(re.findall(r'"(.*)"', poppler.structure(pdf.data))).split())


def squeezed(text: str) -> str:
    """Return a text without its spaces: lines end anywhere."""
    return "".join(text.split())


def test_all_issues_conform_to_pdf_ua(press: Press, full: Press, tricky: Press) -> None:
    issues = (1, *(LETTERS[name] for name in ("everything", "bare", "titled", "signs")))
    others = (full.pdf(7), *map(tricky.pdf, tricky.letters))
    # In one go: veraPDF takes longer to start than to judge.
    assert violations(*(pdf.data for pdf in (*map(press.pdf, issues), *others))) == []


@pytest.mark.parametrize("number", [1, LETTERS["everything"], LETTERS["signs"]])
def test_its_fonts_are_ours_and_nothing_is_attached(press: Press, number: int) -> None:
    fonts = poppler.fonts(press.pdf(number).data)
    assert all(name.startswith("Passerelle-") for name in fonts)
    assert set(fonts.values()) == {(True, True, True)}
    assert poppler.attachments(press.pdf(number).data) == "0 embedded files"


def test_the_cover_tells_the_issue(press: Press) -> None:
    cover, *others = pages(press.pdf(1))
    assert "Passerelle, le réseau des cadres dirigeants" in cover
    assert "La lettre" in cover
    assert "Une communauté prend forme, neuf chantiers s’ouvrent" in cover
    assert squeezed(cover).endswith(f"1/{len(others) + 1}")
    for number, page in enumerate(others, start=2):
        assert page.startswith("Passerelle · La lettre no 1 · décembre 2023")
        assert squeezed(page).endswith(f"{number}/{len(others) + 1}")


def test_the_contents_lead_to_the_pages_of_the_rubrics(press: Press) -> None:
    cover, *others = map(squeezed, poppler.text(press.pdf(1).data).split("\f"))
    _, *found = rubrics(press.letter(1).body)
    for rubric in found:
        assert rubric.heading is not None
        title = squeezed(rubric.heading.title)
        [page] = re.findall(rf"{re.escape(title)}(\d)", cover)
        assert title in others[int(page) - 2]


@pytest.mark.parametrize("layout", [(), ("-raw",)])
def test_dates_are_read_in_order(press: Press, layout: tuple[str, ...]) -> None:
    told = " ".join(poppler.text(press.pdf(1).data, *layout).split())
    for date in (
        "vendredi 12 janvier 2024",
        "lundi 5 février 2024",
        "vendredi 26 janvier 2024",
        "vendredi 2 février 2024",
        "jeudi 8 février 2024",
        "mercredi 7 février 2024",
    ):
        assert date in told


def test_no_page_begins_with_a_call_out_nor_holds_the_credits_alone(tmp_path: Path) -> None:
    callout = "/// encart\nUn appel.\n///\n"
    letters = {
        f"lettres/{lines}.md": text(
            f"numero: {lines}\ndate: 2024-01-01",
            f"## Une\n\n{'Ligne.<br>' * lines}\n\nAvant.\n\n{callout}",
        )
        # Where a page once ended before the credits, before the call-out.
        for lines in (22, 30)
    }
    press = Press(write(tmp_path / "content", letters), tmp_path / "cache")
    for number in press.letters:
        _, last = pages(press.pdf(number))
        start = f"Essai · La lettre no {number} · janvier 2024 Avant. Un appel. La lettre "
        assert last.startswith(start)


def test_contents_too_long_for_the_margin_stand_above(tricky: Press) -> None:
    cover = pages(tricky.pdf(3))[0]
    for number in range(1, 41):
        assert re.search(rf"Rubrique n{number} \d", cover)
    assert "Éditorial L’édito. Rubrique n1 Mots." in cover


def test_headings_are_bookmarks(press: Press) -> None:
    found = poppler.bookmarks(press.pdf(1).data)
    assert found[:4] == [
        "Une communauté prend forme, neuf chantiers s’ouvrent",
        "  Éditorial",
        "  L’écho de la communauté",
        "    Seize volontaires à l’impulsion",
    ]


def test_addresses_are_written_beside_the_links(press: Press) -> None:
    told = squeezed(poppler.text(press.pdf(1).data, "-raw"))
    assert "passerelle.example/organisations/communaute-des-cadres-dirigeants" in told
    assert "formulaires.example/groupes-de-pairs-interet" in told
    assert "https://formulaires.example/groupes-de-pairs" in poppler.addresses(press.pdf(1).data)


def test_the_year_stands_on_one_page_with_its_headers(press: Press) -> None:
    pdf = press.pdf(1)
    [page] = [page for page in pages(pdf) if "Groupe ou chantier" in page]
    for words in ("L’année 2024, date par date", "Groupe d’impulsion", "Groupe jeunes"):
        assert words in page
    matrix = poppler.structure(pdf.data).partition("Groupe ou chantier")[2]
    assert re.search(r"TD:\s+/Headers \[\(\S+\) \(\S+\)\]", matrix)


def test_a_year_of_twelve_columns_stands_on_one_page(full: Press) -> None:
    matrix = [page for page in pages(full.pdf(7)) if "Groupe ou chantier" in page]
    assert len(matrix) == 1
    assert "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc." in matrix[0]


def test_states_are_told_in_words(full: Press) -> None:
    told = "\n".join(pages(full.pdf(7)))
    for words in (
        "Annulé : Petit déjeuner",
        "Reporté, nouvelle date à venir : Plénière",
        "À confirmer : Visite du port",
        "4e trimestre 2024, date à Convention annuelle confirmer",
    ):
        assert words in told


def test_the_header_of_a_long_table_is_repeated(full: Press) -> None:
    tables = [page for page in pages(full.pdf(8)) if re.search(r"ligne \d", page)]
    assert len(tables) > 2
    assert all("Nom Montant" in page for page in tables)


def test_a_list_goes_on_after_a_block(tricky: Press) -> None:
    cover = pages(tricky.pdf(1))[0]
    for words in ("1. un", "2. deux", "3. trois", "5. cinq"):
        assert words in cover


def test_a_link_to_a_place_that_paper_has_not_stays_a_link(tricky: Press) -> None:
    assert [x for x in poppler.addresses(tricky.pdf(1).data) if "#" in x] == [
        "https://passerelle.example/lettres/1/#plan-1"
    ]


def test_notes_of_links_are_no_notes_of_the_text(tricky: Press) -> None:
    told = "\n".join(pages(tricky.pdf(1)))
    assert re.search(r"\ba exemple\.fr/edito", told)
    assert (
        re.search(r"note 1", poppler.text(tricky.pdf(1).data).replace("\n", " ")) or "note1" in told
    )
    assert not re.search(r"\d exemple\.fr", told)


def test_notes_hang_in_the_margin_or_follow_their_paragraph(tricky: Press) -> None:
    lefts = {address: left for address, left, _ in notes(tricky.pdf(1))}
    assert lefts["exemple.fr/liste"] == pytest.approx(lefts["passerelle.example/lettres/1/"], abs=1)
    assert lefts["exemple.fr/encart"] > lefts["exemple.fr/liste"] + 150


def test_notes_of_a_paragraph_stand_clear_of_those_of_the_next(tmp_path: Path) -> None:
    links = ", ".join(f"[mot](https://exemple.fr/{{0}}{number}/)" for number in range(3))
    body = "## Une\n\n" + "".join(f"{links.format(name)}\n\n" for name in "abc")
    body += "".join(f"- {links.format(name)}\n" for name in "def")
    content = write(
        tmp_path / "content", {"lettres/1.md": text("numero: 1\ndate: 2024-01-01", body)}
    )
    tops = [top for _, _, top in notes(Press(content, tmp_path / "cache").pdf(1))]
    assert len(tops) == 18 + 2  # those of the credits
    assert all(above + 10 < below for above, below in pairwise(tops))


def notes(pdf: Pdf) -> list[tuple[str, float, float]]:
    """Return the addresses written on the first page: words, left and top, in points."""
    return [
        (word, left, top)
        for word, left, top, _ in words(pdf)
        if ".example/" in word or ".fr/" in word
    ]


def words(pdf: Pdf) -> list[tuple[str, float, float, float]]:
    """Return the words of the first page, their left, top and right in points."""
    found = re.findall(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" .*?>(.*?)</word>',
        poppler.text(pdf.data, "-bbox", "-l", "1"),
    )
    return [(word, float(left), float(top), float(right)) for left, top, right, word in found]


def test_paragraphs_of_an_item_are_told_apart_and_tables_stay_within(tmp_path: Path) -> None:
    inner = f"<table><tr><td>dans</td><td>{'mot ' * 60}</td></tr></table>"
    body = (
        "## Une\n\n- premier\n\n    suivant<br>\n    dessous\n\n"
        f"<table><tr><td>Anticonstitutionnellement</td><td>{inner}</td></tr></table>\n\n"
        f"> cité\n>\n> {inner}\n"
    )
    letter = text("numero: 1\ndate: 2024-01-01", body)
    press = Press(write(tmp_path / "content", {"lettres/1.md": letter}), tmp_path / "cache")
    tops = {word: top for word, _, top, _ in words(press.pdf(1))}
    assert tops["suivant"] - tops["premier"] > tops["dessous"] - tops["suivant"] + 1
    assert max(right for word, _, _, right in words(press.pdf(1)) if word == "mot") < 595 - MARGIN


def test_dates_that_cross_the_new_year_show_both(tricky: Press) -> None:
    told = " ".join(pages(tricky.pdf(1)))
    assert "28 déc. 2024 – 3 janv. 2025" in told


def test_a_date_is_never_cut(tmp_path: Path) -> None:
    events = {
        f"evenements/{month}.md": text(
            f"debut: 2024-{month:02}-28\nfin: 2024-{month + 1:02}-02", titre=f"Passage {month}"
        )
        for month in range(1, 12)
    }
    letters = {
        f"lettres/{number}.md": text(
            f"numero: {number}\ndate: 2024-01-01",
            f"## Une\n\n{'<br>' * lines}Fin.\n\n/// agenda\n///\n",
        )
        # Where a page once ended in a date, by the ways in which dates were laid out.
        for number, lines in enumerate((2, 8, 20), start=1)
    }
    press = Press(write(tmp_path / "content", {**events, **letters}), tmp_path / "cache")
    for number in press.letters:
        for page in pages(press.pdf(number))[1:]:
            assert not re.match(r"Essai · La lettre no \d · janvier 2024 \d", page)


def test_no_page_parts_what_belongs_together(tmp_path: Path) -> None:
    events = {f"evenements/{day}.md": text(f"debut: 2024-03-0{day}", titre="Date") for day in "45"}
    letters = {
        f"lettres/{number}.md": text(
            f"numero: {number}\ndate: 2024-01-01", f"## Une\n\n{'<br>' * lines}Texte.\n\n{block}"
        )
        # Where a page once ended between credits, between dates.
        for number, (lines, block) in enumerate(((22, ""), (22, EVENTS_TO_COME)), start=1)
    }
    press = Press(write(tmp_path / "content", {**events, **letters}), tmp_path / "cache")
    first, last = pages(press.pdf(1))
    assert first.endswith("Une 1/2")
    assert "Texte. La lettre La recevoir, écrire à la rédaction" in last
    first, last = pages(press.pdf(2))
    assert first.endswith("Une 1/2")
    assert "Texte. lundi Date 4 mars 2024 mardi Date 5 mars 2024" in last


def test_what_is_not_held_says_so_first(tricky: Press) -> None:
    told = read_aloud(tricky.pdf(1))
    assert "Annulé : vague" in told
    assert not re.search(r"vague,? date à confirmer", told)
    listed, _, rest = told.partition("Dates prévues")
    rows, _, matrix = rest.partition("Groupe ou chantier")
    assert "Annulé : vague" in listed
    assert "S’inscrire" not in listed
    assert "vendredi 5 avril 2024 Reporté, nouvelle date à venir : avril" in listed
    assert "Reporté : mai d’abord annoncé : lundi 1 er avril 2024" in listed
    assert "Annulé : 2024" in rows
    assert "Reporté, nouvelle date à venir : vendredi 5 avril 2024" in rows
    assert "Reporté, nouvelle date à venir : août 2024" in rows
    assert "Annulé : vague" in matrix
    assert matrix.count("reporté") == 2


def test_a_date_for_all_is_told_where_there_is_room(press: Press) -> None:
    matrix = squeezed(" ".join(pages(press.pdf(1)))).partition("Groupeouchantier")[2]
    assert "○" not in matrix
    assert "Conventiondescadresdirigeants" in squeezed(poppler.text(press.pdf(1).data))


def test_no_word_of_the_matrix_is_broken(tricky: Press) -> None:
    told = " ".join(pages(tricky.pdf(1)))
    matrix = told.partition("Groupe ou chantier")[2]
    assert " anticonstitutionnellement, " in matrix
    assert "○" not in matrix


def test_titles_that_the_matrix_has_no_room_for_are_told_under_it(tmp_path: Path) -> None:
    events = {
        f"evenements/{month}.md": text(
            f"debut: 2024-{month:02}\ncollectif: chantier", titre="Rencontre interrégionale"
        )
        for month in range(1, 13)
    }
    events["evenements/8.md"] = text(
        "debut: 2024-08\ncollectif: tous\nstatut_evenement: reporté",
        titre="anticonstitutionnellement" * 8,
    )
    files = {
        "collectifs/chantier.md": group("Chantier"),
        "lettres/1.md": text("numero: 1\ndate: 2024-01-01", f"## Une\n\n{MATRIX}"),
    }
    press = Press(write(tmp_path / "content", {**events, **files}), tmp_path / "cache")
    matrix = " ".join(pages(press.pdf(1))).partition("Groupe ou chantier")[2]
    assert matrix.count("○") == 22
    assert "○ juillet, Chantier : Rencontre interrégionale, date à confirmer" in matrix
    assert "août, toute la communauté : Reporté : anticonstitutionnellement" in matrix
    assert max(right for *_, right in words(press.pdf(1))) < 596 - MARGIN


def test_a_letter_in_another_language_says_so(tricky: Press) -> None:
    html = tricky.print.source(tricky.letter(2)).html
    assert '<section lang="en" class="editorial prose">' in html
    assert '<main lang="en" class="rubrics prose">' in html
    assert re.search(r"<main [^>]*>\s*<h2", html)
    assert re.search('<html lang="en">.*<body lang="fr">', html, re.DOTALL)
    data = tricky.pdf(2).data
    objects = re.search(rb"/Type /ObjStm.*?stream\n(.*?)\nendstream", data, re.DOTALL)
    assert objects
    assert b"/Lang (en)" in zlib.decompress(objects[1])


def test_an_issue_without_opening_has_no_rule_for_it(press: Press) -> None:
    assert 'class="opening"' not in press.print.source(press.letter(LETTERS["bare"])).html


def test_a_name_in_another_script_and_signs_are_drawn(press: Press) -> None:
    told = poppler.text(press.pdf(LETTERS["signs"]).data)
    for word in ("🎉", "Škoda", "Łódź", "≥", "№"):
        assert word in told
    assert {"Passerelle-Hebrew", "Passerelle-Arabic", "Passerelle-Emoji"} <= set(
        poppler.fonts(press.pdf(LETTERS["signs"]).data)
    )


def test_what_no_font_has_is_refused(tmp_path: Path) -> None:
    letter = text("numero: 1\ndate: 2024-01-01", "木\n")
    content = write(tmp_path / "content", {"lettres/1.md": letter})
    with pytest.raises(PdfError) as refusal:
        Press(content, tmp_path / "cache").pdf(1)
    [fault] = refusal.value.faults
    assert fault.message == (
        "aucune police de l’impression n’a le caractère « 木 » (U+6728) : remplacez-le"
    )


def test_what_did_not_change_is_printed_once(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = press.pdf(3)
    drawing = "plugins.outputs.pdf.cache.to_pdf"
    monkeypatch.setattr(drawing, lambda _source: pytest.fail("printed again"))
    assert press.pdf(3) == first


def test_a_damaged_cache_is_no_reason_to_fail(press: Press, tmp_path: Path) -> None:
    printing = press.with_cache(tmp_path / "cache")
    first = printing.pdf(press.letter(3))
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(kept.read_bytes()[:5000])
    assert printing.pdf(press.letter(3)) == first


def test_the_style_sheet_is_all_of_its_files(press: Press) -> None:
    imported = re.findall(r'@import url\("([^"]+)"\);', (STYLES / "letter.css").read_text("utf-8"))
    present = {path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css")}
    assert set(imported) == present - {"letter.css"} | {"../static/css/colour-tokens.css"}
    style = press.print.source(press.letter(1)).style
    assert "@import" not in style
    assert "oklch" not in style
    assert [name for name in present if (STYLES / name).read_text("utf-8") not in style] == [
        "letter.css"
    ]


def test_the_style_sheet_knows_every_name(press: Press) -> None:
    style = press.print.source(press.letter(1)).style
    named = {*re.findall(r"\bvar\((--[\w-]+)", style)}
    assert {"--petrol-700", "--hatching"} <= named <= {*re.findall(r"(--[\w-]+):", style)}
