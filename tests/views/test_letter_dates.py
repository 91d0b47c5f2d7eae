"""The dates of an issue's agenda: from its day to the eve of the next one, whenever it is built."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.content.record import has_header
from plugins.library.index import Index
from plugins.models import LetterHeader
from plugins.views import agenda
from plugins.views.agenda import AgendaList
from plugins.views.texts import BlockView, TextMaker
from tests.contents import NOW, Files, index_of, text

AGENDA = "/// agenda\n///\n"
FILES: Files = {
    **{
        f"evenements/e{month:02}.md": text(f"debut: 2024-{month:02}-15", titre=f"Mois {month}")
        for month in range(1, 13)
    },
    "lettres/1.md": text("numero: 1\ndate: 2024-01-02", AGENDA),
    "lettres/2.md": text("numero: 2\ndate: 2024-03-15", AGENDA),
    "lettres/3.md": text("numero: 3\ndate: 2024-05-01", AGENDA),
    "lettres/4.md": text("numero: 4\ndate: 2024-05-01", "/// agenda\n    periode: 2024-01\n///\n"),
}
DECEMBER = dt.datetime(2024, 12, 1, 9, tzinfo=dt.UTC)


def dates_of(index: Index, number: int) -> AgendaList:
    letter = index.letters[len(index.letters) - number]
    assert has_header(letter, LetterHeader)
    (block,) = TextMaker(letter, index, lit_day=None).whole().parts
    assert isinstance(block, BlockView)
    assert isinstance(block.data, AgendaList)
    return block.data


@pytest.mark.parametrize(
    ("number", "months"),
    [
        (1, [1, 2]),
        (2, [3, 4]),
        # The next issue is of the same day: nothing says where its dates end.
        (3, [5, 6, 7, 8, 9, 10, 11, 12]),
        (4, [1]),
    ],
)
def test_an_issue_has_the_dates_until_the_next(
    tmp_path: Path, number: int, months: list[int]
) -> None:
    index = index_of(tmp_path, FILES, DECEMBER)
    assert [item.title for item in dates_of(index, number).items] == [f"Mois {n}" for n in months]


def test_an_issue_is_cut_at_its_own_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "MOST_IN_TEXT", 3)
    files = {**FILES, "lettres/1.md": text("numero: 1\ndate: 2024-01-02", AGENDA)}
    del files["lettres/2.md"], files["lettres/3.md"], files["lettres/4.md"]
    index = index_of(tmp_path, files, DECEMBER)
    found = dates_of(index, 1)
    assert [item.title for item in found.items] == ["Mois 1", "Mois 2", "Mois 3"]
    assert found.more
    assert (found.more.title, found.more.address) == ("Toutes les dates (12)", "/agenda/")


def test_the_agenda_shows_whole_months_and_counts_the_others(tmp_path: Path) -> None:
    index = index_of(tmp_path, {k: v for k, v in FILES.items() if k.startswith("ev")}, NOW)
    found = agenda.window(index, 2)
    assert [item.title for item in found.items] == ["Mois 1", "Mois 2"]
    assert found.later == tuple((2024, month, 1) for month in range(3, 13))
    assert agenda.window(index, 12).later == ()
