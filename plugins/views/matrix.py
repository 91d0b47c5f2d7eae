"""The year matrix: rows are groups and chantiers, columns are months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.views.matrix_cells import (
    MatrixCell,
    MatrixColumn,
    MatrixLine,
    MatrixRow,
    columns_of,
    rows_of,
)


class Breadth(StrEnum):
    """The minimum width at which a matrix is shown as a table, by its name in the style sheets."""

    NARROW = "narrow"
    FULL = "full"
    BROAD = "broad"
    ENDLESS = "endless"


# Sum of the longest word of the names and of each column, plus three letters for padding.
_MOST_LETTERS = {Breadth.NARROW: 90, Breadth.FULL: 140, Breadth.BROAD: 180}
_EDGES = 3


def breadth_of(columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> Breadth:
    """Return the least breadth at which no word of a cell or a heading is cut."""
    letters = _longest(row.title for row in rows)
    for column in columns:
        cells = (c for row in rows for c in row.cells if c.items and column in c.columns)
        letters += _EDGES + max([len(column.title), *map(_letters_of, cells)])
    return next((b for b, most in _MOST_LETTERS.items() if letters <= most), Breadth.ENDLESS)


def _letters_of(cell: MatrixCell) -> float:
    """Return the number of letters that a cell needs in each of its columns."""
    words = (w for i in cell.items for w in (i.label, i.text, i.state, *i.notes))
    return _longest(words) / cell.column_span


def _longest(texts: Iterable[str]) -> float:
    """Return the length of the longest word, no-break spaces included."""
    return max((len(word) for text in texts for word in text.split(" ")), default=0)


EVERYONE_TITLE = "Toute la communauté"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of a year; it has no rows when the year has no dates.

    `lines` hold the dates of `rows` as lists with headings, for screens too narrow for a table.
    """

    year: int
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    lines: tuple[MatrixLine, ...] = ()

    @property
    def breadth(self) -> Breadth:
        """Return the least breadth at which no word of the table is cut."""
        return breadth_of(self.columns, self.rows)

    @property
    def label(self) -> str:
        """Return the table's caption."""
        return f"Les dates de {self.year}, par groupe et par chantier"


def matrix(
    index: Index,
    year: int,
    *,
    lit_day: date | None = None,
    only_busy: bool = False,
) -> Matrix:
    """Return the matrix of a year.

    Rows are everyone, the groups with a date in the year, the organisations, then the other events.
    Columns are the twelve months, or, with `only_busy`, the months with possible dates. The month
    of `lit_day` is lit and has a column of its own; without `lit_day`, the matrix does not depend
    on the day of the build.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    within = [o for o in index.occurrences if o.period.overlaps(first, last)]
    lines = _lines(index, within)
    if not lines:
        return Matrix(year, (), ())
    lit_month = lit_day.month if lit_day and lit_day.year == year else None
    columns = columns_of(within, year, lit_month, only_busy=only_busy)
    return Matrix(year, columns, rows_of(lines, columns, year), lines)


def _lines(index: Index, within: Sequence[Occurrence]) -> tuple[MatrixLine, ...]:
    outside = [o for o in within if not o.group and not o.everyone]
    lines = (
        MatrixLine(EVERYONE_TITLE, None, tuple(o for o in within if o.everyone)),
        *(
            MatrixLine(
                group.header.short_title,
                group.address,
                tuple(o for o in within if o.group and o.group.address == group.address),
            )
            for group in index.groups
        ),
        *(
            MatrixLine(
                organisation.header.title,
                organisation.address,
                tuple(
                    o
                    for o in outside
                    if o.event.organisation and o.event.organisation.address == organisation.address
                ),
            )
            for organisation in index.organisations
        ),
        MatrixLine(
            "Autres rendez-vous", None, tuple(o for o in outside if not o.event.organisation)
        ),
    )
    return tuple(line for line in lines if line.occurrences)
