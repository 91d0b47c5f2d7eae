"""Lists and tables of HTML; a table's grid has each cell in every place that it covers (4.9.12)."""

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

Row = list[LexborNode | None]

_MOST = 1000
"""HTML caps `colspan` here (4.9.11)."""


def body_of(html: str) -> LexborNode:
    """Return the body that holds a piece of HTML."""
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    return body


def items(numbered: LexborNode) -> Iterator[tuple[int, LexborNode]]:
    """Yield the numbers and items of a list."""
    first = numbered.attributes.get("start") or "1"
    start = int(first) if first.removeprefix("-").isdecimal() else 1
    return enumerate((node for node in numbered.iter() if node.tag == "li"), start)


def rows_of(table: LexborNode) -> Iterator[LexborNode]:
    """Yield the rows of a table, without those of a nested table."""
    for node in table.iter():
        if node.tag == "tr":
            yield node
        elif node.tag in {"tbody", "tfoot", "thead"}:
            yield from (row for row in node.iter() if row.tag == "tr")


def cells_of(row: LexborNode) -> list[LexborNode]:
    """Return the cells of a row."""
    return [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def caption_of(table: LexborNode) -> LexborNode | None:
    """Return the caption of a table."""
    return next((node for node in table.iter() if node.tag == "caption"), None)


def grid(table: LexborNode) -> list[Row]:
    """Return the rows of a table; None where no cell stands."""
    rows: list[Row] = []
    below: dict[int, tuple[LexborNode, int]] = {}
    for element in rows_of(table):
        row: Row = []
        cells = iter(cells_of(element))
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


def _span(cell: LexborNode, name: str) -> int:
    written = cell.attributes.get(name) or ""
    return min(int(written), _MOST) if written.isdecimal() and int(written) else 1
