"""A page lights the month of its build; what is sent, printed or syndicated lasts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from plugins.content.record import AnyRecord
from plugins.faults import Notices
from plugins.library.index import Index, read_index
from plugins.outputs.pdf.cache import PdfCache
from plugins.site.letter_media import LetterMedia, LetterPrint
from plugins.store import Store
from plugins.theme.theme import Theme
from plugins.views.site import Site
from plugins.views.texts import Text, TextMaker
from tests.contents import NOW, text, write
from tests.sites import ROOT

FILES = {
    "evenements/mars.md": text("debut: 2024-03-15", titre="Mars"),
    "lettres/1.md": text(
        "numero: 1\ndate: 2024-01-01", "## Une\n\n/// matrice\n    annee: 2024\n///\n"
    ),
}


def media(content: Path, days: int) -> dict[str, object]:
    """Return an issue in each medium, as of some days after the 8th of January."""
    now = NOW + timedelta(days=days)
    index = read_index(content, now)
    site = Site(index, "https://passerelle.example")
    theme = Theme(ROOT / "theme", site)
    [letter] = index.letters
    letters = LetterMedia(site, theme, (), Notices())
    return {
        "page": theme.expand(whole(letter, index, site.today)),
        "feed": theme.expand_absolute(whole(letter, index, None)),
        "mail": letters.mail_html(letter),
        "text": letters.text(letter),
        "paper": LetterPrint(site, theme, PdfCache(Store(content / "cache"))).source(letter),
    }


def whole(letter: AnyRecord, index: Index, lit_day: date | None) -> Text:
    return TextMaker(letter, index, lit_day=lit_day).whole()


def test_only_a_page_depends_on_the_day_of_its_build(tmp_path: Path) -> None:
    content = write(tmp_path / "content", FILES)
    first, later = media(content, 0), media(content, 40)
    assert [name for name in first if first[name] != later[name]] == ["page"]
