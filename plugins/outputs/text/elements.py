"""The grid of an HTML table: each cell stands in every place that it covers (HTML, 4.9.12)."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

Row = list[LexborNode | None]

_MOST = 1000
"""HTML caps `colspan` here (4.9.11)."""


def grid(table: LexborNode) -> list[Row]:
    """Return the rows of a table, without those of a nested table; None where no cell stands."""
    rows: list[Row] = []
    below: dict[int, tuple[LexborNode, int]] = {}
    for element in _rows(table):
        row: Row = []
        cells = (cell for cell in element.iter() if cell.tag in {"td", "th"})
        cell = next(cells, None)
        while cell is not None or len(row) in below:
            column = len(row)
            if column in below:
                covering, left = below.pop(column)
                row.append(covering)
                if left > 1:
                    below[column] = (covering, left - 1)
                continue
            assert cell is not None
            for covered in range(column, column + _span(cell, "colspan")):
                row.append(cell)
                if (height := _span(cell, "rowspan")) > 1:
                    below[covered] = (cell, height - 1)
            cell = next(cells, None)
        rows.append(row)
    return rows


def headed(table: LexborNode) -> tuple[list[LexborNode], list[Row]]:
    """Return the column headings of a table, none if its first row has other cells, and its rows.

    In a table of one row, headings head nothing: they are the row.
    """
    rows = grid(table)
    heads = [cell for cell in rows[0] if cell is not None and cell.tag == "th"] if rows else []
    if len(rows) > 1 and heads and len(heads) == len(rows[0]):
        return heads, rows[1:]
    return [], rows


def cells(row: Sequence[LexborNode | None]) -> Iterator[tuple[int, LexborNode]]:
    """Yield each cell of a row once, after the first column that it covers."""
    told: set[int] = set()
    for column, cell in enumerate(row):
        if cell is not None and cell.mem_id not in told:  # nodes that say the same are equal
            told.add(cell.mem_id)
            yield column, cell


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for node in table.iter():
        if node.tag == "tr":
            yield node
        elif node.tag in {"tbody", "tfoot", "thead"}:
            yield from (row for row in node.iter() if row.tag == "tr")


def _span(cell: LexborNode, name: str) -> int:
    written = cell.attributes.get(name) or ""
    return min(int(written), _MOST) if written.isdecimal() and int(written) else 1
