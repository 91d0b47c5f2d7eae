"""The year matrix as the web's table and paper's: nothing vanishes, nothing stands askew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.library.index import Index
from plugins.outputs.text.elements import grid
from plugins.theme.theme import Theme
from plugins.views.matrix import Matrix, matrix
from plugins.views.site import Site
from tests.contents import group, index_of, text
from tests.sites import ROOT

YEAR = 2024
DATES = (
    "debut: 2024-T4",
    "debut: 2024-T4\nstatut_evenement: annulé",
    "debut: 2024-S2",
    "debut: 2024-23",
    "debut: 2024-21\nstatut_evenement: reporté",
    "debut: 2023-24",
    "debut: 2024",
    "debut: 2024-11",
    "debut: 2024-10\nfin: 2024-12",
    "debut: 2024-11-05?",
    "debut: 2024-11-05",
    "debut: 2024-11-06\nmodalite: hybride",
    "debut: 2024-03-12\nstatut_evenement: annulé",
    "debut: 2024-10-30\nfin: 2024-12-02",
    "debut: 2023-12-30\nfin: 2024-01-02",
    "debut: 2024-12-30\nfin: 2025-01-02\nmodalite: visio",
    "seances: [{debut: 2024-11-05}, {debut: 2024-11-19}, {debut: 2024-T1}, {debut: 2025-01-07}]",
    "debut: 2025",
)
HOLDERS = ("collectif: tous", "collectif: a", "collectif: b", "organisation: reseau", "")
HEADERS = [f"{dates}\n{holder}" for dates, holder in product(DATES, HOLDERS)]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of an event of each date and each holder."""
    files = {
        "collectifs/a.md": group("Alpha"),
        "collectifs/b.md": group("Bêta"),
        "organisations/reseau.md": text("", titre="Réseau"),
        **{
            f"evenements/{number}.md": text(header, titre=f"Événement {number}")
            for number, header in enumerate(HEADERS)
        },
    }
    return index_of(tmp_path_factory.mktemp("matrix"), files)


@pytest.fixture(scope="module")
def theme(every: Index) -> Theme:
    return Theme(ROOT / "theme", Site(every, "https://passerelle.example"))


@given(
    numbers=st.lists(st.sampled_from(range(len(HEADERS))), unique=True, max_size=12),
    lit_day=st.sampled_from([None, date(YEAR, 11, 2), date(YEAR, 5, 2)]),
    only_busy=st.booleans(),
)
def test_every_date_stands_in_its_months(
    every: Index, theme: Theme, numbers: list[int], lit_day: date | None, only_busy: bool
) -> None:
    index = _narrowed(every, {f"/evenements/{number}/" for number in numbers})
    table = matrix(index, YEAR, lit_day=lit_day, only_busy=only_busy)
    months = set(_months(index))
    dates = {(title, address) for title, address, _ in months}
    assert {(line.title, o.address) for line in table.lines for o in line.occurrences} == dates
    if not months:
        assert not table.rows
        return
    heads = [column.months for column in table.columns]
    assert set(_shown(_filled(theme, "web", table), heads)) == months
    assert set(_shown(_filled(theme, "paper", table), heads)) == months
    mail = [row[1] for row in _grid(_filled(theme, "mail", table))]
    listed = _filled(theme, "text", table).css("li")
    for in_mail, in_text, line in zip(mail, listed, table.lines, strict=True):
        for node in (in_mail, in_text):
            told = zip(node.text().split("\u00a0; "), line.occurrences, strict=True)
            assert [words for words, o in told if o.named_date not in words] == []


def _narrowed(index: Index, addresses: set[str]) -> Index:
    contents = index.contents
    kept = (r for r in contents.records if r.kind.name != "event" or r.address in addresses)
    return Index(replace(contents, records=tuple(kept)), index.now)


def _months(index: Index) -> Iterator[tuple[str, str, int]]:
    """Yield whose each date is, its address, and each month that it may fall in."""
    for occurrence in index.occurrences:
        event = occurrence.event
        if occurrence.everyone:
            title = "Toute la communauté"
        elif event.group:
            title = event.group.short_title
        else:
            title = event.organisation.title if event.organisation else "Autres rendez-vous"
        for year, month in occurrence.period.months:
            if year == YEAR:
                yield title, occurrence.address, month


def _filled(theme: Theme, medium: str, table: Matrix) -> LexborHTMLParser:
    block = theme.environment.get_template("blocks/matrice.html").module
    return LexborHTMLParser(getattr(block, medium)(table, None))


def _grid(page: LexborHTMLParser) -> list[list[LexborNode]]:
    """Return the rows of a table after its head; each place has a cell, each cell its places."""
    table = page.css_first("table")
    assert table is not None
    head, *rows = grid(table)
    assert {len(row) for row in rows} == {len(head)}
    places = [cell for row in (head, *rows) for cell in row if cell is not None]
    assert len(places) == len(head) * (len(rows) + 1)
    covered = Counter(cell.mem_id for cell in places)
    for cell in table.css("th, td"):
        width, height = (int(cell.attributes.get(n) or 1) for n in ("colspan", "rowspan"))
        assert covered[cell.mem_id] == width * height
    return [[cell for cell in row if cell is not None] for row in rows]


def _shown(
    page: LexborHTMLParser, heads: Sequence[tuple[int, ...]]
) -> Iterator[tuple[str, str, int]]:
    """Yield what each link of a table says: whose date it is, its address, and each month.

    What covers several rows is that of the first one.
    """
    owners: dict[int, str] = {}
    for row in _grid(page):
        for cell, months in zip(row[1:], heads, strict=True):
            title = owners.setdefault(cell.mem_id, _title(row))
            yield from product([title], _links(cell), months)


def _title(row: Sequence[LexborNode]) -> str:
    return row[0].text(strip=True)


def _links(cell: LexborNode) -> list[str]:
    return [
        (link.attributes["href"] or "").removeprefix("https://passerelle.example")
        for link in cell.css("a")
    ]
