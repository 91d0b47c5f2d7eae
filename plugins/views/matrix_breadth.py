"""How broad a matrix must be to be a table in which no word is cut; rows are blocks in less."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from plugins.views.matrix_cells import MatrixItem, MatrixRow
from plugins.views.matrix_columns import MatrixColumn


class Breadth(StrEnum):
    """The least breadth at which a matrix is a table, as its style sheet knows it."""

    NARROW = "narrow"
    FULL = "full"
    BROAD = "broad"
    ENDLESS = "endless"


# Of each: columns at most; how many letters of small type stand in a line of that breadth (in
# theme/static/css/components/matrix.css), and in what a column has beside its words.
_ROOM = {
    Breadth.NARROW: (8, 91, 3.5),
    Breadth.FULL: (12, 131, 1.5),
    Breadth.BROAD: (12, 171, 1.5),
}
_LETTERS_OF_HEADS = 0.75
"""The heads of columns are plain, and half of their letters are signs."""


def breadth_of(columns: Sequence[MatrixColumn], rows: Iterable[MatrixRow]) -> Breadth:
    """Return the least breadth that holds the longest word of each column side by side."""
    rows = tuple(rows)
    names = max((_longest(row.title) for row in rows), default=0)
    words = [len(column.title) * _LETTERS_OF_HEADS for column in columns]
    for place, letters in _letters(columns, rows):
        words[place] = max(words[place], letters)
    for breadth, (most_columns, line, edges) in _ROOM.items():
        needed = names + sum(words) + edges * (len(columns) + 1)
        if len(columns) <= most_columns and needed <= line:
            return breadth
    return Breadth.ENDLESS


def _letters(
    columns: Sequence[MatrixColumn], rows: Iterable[MatrixRow]
) -> Iterator[tuple[int, float]]:
    """Yield what each cell asks of each column that it covers."""
    for cell in (cell for row in rows for cell in row.cells if cell.items):
        letters = max(map(_letters_of, cell.items)) / cell.column_span
        for column in cell.columns:
            yield columns.index(column), letters


def _letters_of(item: MatrixItem) -> int:
    return max(map(_longest, (item.label, item.text, item.state, *item.notes)))


def _longest(text: str) -> int:
    """Return the length of what no line may part: no-break spaces are within it."""
    return max(map(len, text.split(" ")))
