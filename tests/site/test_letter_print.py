"""The letter on paper: the sample's issue, issues that nobody wishes, dates in every state."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plugins import letter_print
from plugins.core.entries import LetterEntry
from plugins.core.errors import Level
from plugins.core.file_cache import FileCache
from plugins.core.loading import load
from plugins.core.site import RESERVED, Site
from plugins.letter_print import LetterPrint
from plugins.outputs.pdf import Pdf, PdfError
from plugins.theme import Theme
from tests.core.contents import NOW, text, write
from tests.outputs import poppler
from tests.outputs.verapdf import violations
from tests.site.letters import LETTERS, write_letters
from tests.sites import ROOT

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
///

## Matrice

/// matrice
    annee: 2024
///
"""
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
ROWS = "\n".join(f"| ligne {number} | {number * 1000} |" for number in range(200))
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


class Press:
    """The issues of a content folder, each printed once."""

    def __init__(self, content: Path, cache: Path) -> None:
        loaded = load(content, NOW, RESERVED)
        assert [str(fault) for fault in loaded.faults if fault.level is Level.ERROR] == []
        self._site = Site(loaded.library, "https://passerelle.example", NOW, is_preview=True)
        self._theme = Theme(ROOT / "theme", self._site)
        self.letters = {letter.number: letter for letter in loaded.library.letters}
        self.use(cache)

    def use(self, cache: Path) -> None:
        self.print = LetterPrint(self._site, self._theme, FileCache(cache, most=20))

    def letter(self, number: int) -> LetterEntry:
        return self.letters[number]

    def pdf(self, number: int) -> Pdf:
        return self.print.pdf(self.letters[number])


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    folder = tmp_path_factory.mktemp("print")
    write_letters(folder / "content")
    return Press(folder / "content", folder / "cache")


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


def pages(pdf: Pdf) -> list[str]:
    """Return the text of each page, line by line as it is seen, its spaces made plain."""
    found = poppler.text(pdf.data, "-layout").split("\f")[:-1]
    return [" ".join(page.split()) for page in found]


def squeezed(text: str) -> str:
    """Return a text without its spaces: lines end anywhere."""
    return "".join(text.split())


def test_all_issues_conform_to_pdf_ua(press: Press, full: Press) -> None:
    issues = (1, *(LETTERS[name] for name in ("everything", "bare", "titled", "signs")))
    assert violations(*(press.pdf(number).data for number in issues), full.pdf(7).data) == []


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
    for rubric in press.letter(1).rubrics:
        assert rubric.heading is not None
        title = squeezed(rubric.heading.title)
        [page] = re.findall(rf"{re.escape(title)}(\d)", cover)
        assert title in others[int(page) - 2]


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
        "Annulé Petit déjeuner",
        "Reporté Plénière nouvelle date à venir",
        "À confirmer Visite du port",
        "Convention annuelle date à confirmer",
        "4e trimestre 2024",
    ):
        assert words in told


def test_the_header_of_a_long_table_is_repeated(full: Press) -> None:
    tables = [page for page in pages(full.pdf(8)) if re.search(r"ligne \d", page)]
    assert len(tables) > 3
    assert all("Nom Montant" in page for page in tables)


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
    assert refusal.value.faults == (
        "aucune police de l’impression n’a le caractère « 木 » (U+6728) : remplacez-le",
    )


def test_what_did_not_change_is_printed_once(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = press.pdf(3)
    monkeypatch.setattr(letter_print, "to_pdf", lambda _source: pytest.fail("printed again"))
    assert press.pdf(3) == first


def test_a_damaged_cache_is_no_reason_to_fail(press: Press, tmp_path: Path) -> None:
    press.use(tmp_path / "cache")
    first = press.pdf(3)
    [kept] = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert press.pdf(3) == first


def test_the_style_sheet_has_no_value_of_its_own() -> None:
    css = (ROOT / "theme" / "print" / "letter.css").read_text(encoding="utf-8")
    _, _, rules = css.partition("/* Pages */")
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", rules) == []
