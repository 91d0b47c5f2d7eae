"""How broad a matrix must be to be a table in which no word is cut; rows are blocks in less.

Words are counted in letters; the style sheets alone know how much room letters take.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from plugins.views.matrix_cells import MatrixCell, MatrixRow
from plugins.views.matrix_columns import MatrixColumn


class Breadth(StrEnum):
    """The least breadth at which a matrix is a table, as its style sheets know it."""

    NARROW = "narrow"
    FULL = "full"
    BROAD = "broad"
    ENDLESS = "endless"


# Side by side: the longest word of the names and of each column, three more for its two edges.
_MOST_LETTERS = {Breadth.NARROW: 90, Breadth.FULL: 140, Breadth.BROAD: 180}
_EDGES = 3


def breadth_of(columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> Breadth:
    """Return the least breadth that holds the longest word of each column side by side."""
    letters = _longest(row.title for row in rows)
    for column in columns:
        cells = (c for row in rows for c in row.cells if c.items and column in c.columns)
        letters += _EDGES + max([len(column.title), *map(_letters_of, cells)])
    return next((b for b, most in _MOST_LETTERS.items() if letters <= most), Breadth.ENDLESS)


def _letters_of(cell: MatrixCell) -> float:
    """Return the letters that a cell asks of each column that it covers."""
    words = (w for i in cell.items for w in (i.label, i.text, i.state, *i.notes))
    return _longest(words) / cell.column_span


def _longest(texts: Iterable[str]) -> float:
    """Return the length of what no line may part: no-break spaces are within it."""
    return max((len(word) for text in texts for word in text.split(" ")), default=0)
