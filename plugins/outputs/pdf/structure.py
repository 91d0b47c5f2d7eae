"""The structure of a PDF that WeasyPrint does not write: numbers of lists, headers of tables.

ISO 14289-1, 7.2 and 7.5. The HTML is completed before it is laid out, the boxes after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.outputs.text.elements import cells_of, grid, rows_of

_SCOPES = {"col", "colgroup", "row", "rowgroup"}


def completed(html: str) -> str:
    """Complete a page before it is laid out.

    A list that does not begin at 1 sets its counter, which the style sheet shows. Every header of
    a table has a `scope`; rows of headers that open a table stand in a `thead`, so that each page
    repeats them. All rows have the same number of cells (ISO 14289-1, 7.2).
    """
    page = LexborHTMLParser(html)
    for numbered in page.css("ol[start]"):
        _number(numbered)
    for table in page.css("table"):
        _head(page, table)
        _scope(table)
        _fill(page, table)
    return page.html or ""


def _number(numbered: LexborNode) -> None:
    try:
        start = int(numbered.attributes.get("start") or "")
    except ValueError:
        return
    numbered.attrs["style"] = f"counter-reset: list-item {start - 1}"


def _head(page: LexborHTMLParser, table: LexborNode) -> None:
    """Put the rows of headers that open a table into a `thead`, unless it has one."""
    rows = list(rows_of(table))
    heads = list(takewhile(_is_of_headers, rows))
    if len(heads) in {0, len(rows)} or _section(heads[0]) == "thead":
        return
    if any(_goes_past(row, len(heads) - index) for index, row in enumerate(heads)):
        return
    first = heads[0].parent
    assert first is not None
    first.insert_before(page.create_node("thead"))
    head = first.prev
    assert head is not None
    for row in heads:
        head.insert_child(row)
        row.decompose()


def _scope(table: LexborNode) -> None:
    for row in rows_of(table):
        heads_columns = _section(row) == "thead" or all(cell.tag == "th" for cell in cells_of(row))
        for cell in cells_of(row):
            if cell.tag == "th" and cell.attributes.get("scope") not in _SCOPES:
                cell.attrs["scope"] = "col" if heads_columns else "row"


def _fill(page: LexborHTMLParser, table: LexborNode) -> None:
    """Add empty cells to the rows that have fewer than the longest."""
    places = grid(table)
    most = max((len(row) for row in places), default=0)
    for row, covered in zip(rows_of(table), places, strict=True):
        for _ in range(most - len(covered)):
            row.insert_child(page.create_node("td"))


def _section(row: LexborNode) -> str | None:
    return row.parent.tag if row.parent else None


def _is_of_headers(row: LexborNode) -> bool:
    """Return True when a row holds headers only, but for an empty corner."""
    corner, *others = cells_of(row) or [row]
    is_empty = corner.tag == "td" and bool(others) and not corner.text(strip=True)
    return (corner.tag == "th" or is_empty) and all(cell.tag == "th" for cell in others)


def _goes_past(row: LexborNode, left: int) -> bool:
    """Return True when a cell spans more than `left` rows, its own included."""
    spans = (cell.attributes.get("rowspan") or "1" for cell in cells_of(row))
    return any(not span.isdecimal() or int(span) > left or span == "0" for span in spans)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the layout: its element of the PDF, the rows and columns that it covers."""

    mark: Any
    is_header: bool
    heads_row: bool
    rows: range
    columns: range


def tell_headers(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Write the scope of each header of a document, and the headers of each other cell.

    WeasyPrint writes no `Scope`, and knows only the first column of a header. The document must
    have been drawn: its boxes then hold their elements of the PDF's structure.
    """
    for page in document.pages:
        for table in _box_tables(page._page_box):  # noqa: SLF001 - nothing else gives the boxes
            cells = list(_box_cells(table))
            headers = sorted((c for c in cells if c.is_header), key=lambda c: not c.heads_row)
            for cell in cells:
                attributes = cell.mark["A"]
                if cell.is_header:
                    attributes["Scope"] = "/Row" if cell.heads_row else "/Column"
                elif heads := [head.mark["ID"] for head in headers if _heads(head, cell)]:
                    attributes["Headers"][:] = heads
                else:
                    del attributes["Headers"]


def _box_tables(box: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    if box.element_tag == "table" and _box_rows(box):
        yield box
    for child in getattr(box, "children", ()):
        yield from _box_tables(child)


def _box_rows(box: Any) -> list[Any]:  # noqa: ANN401 - WeasyPrint has no types
    found: list[Any] = []
    for group in box.children:
        rows = [group] if group.element_tag == "tr" else getattr(group, "children", ())
        found.extend(row for row in rows if row.element_tag == "tr")
    return found


def _box_cells(table: Any) -> Iterator[_Cell]:  # noqa: ANN401 - WeasyPrint has no types
    for number, row in enumerate(_box_rows(table)):
        for box in row.children:
            if box.element is None or box.element_tag not in {"td", "th"}:
                continue
            yield _Cell(
                box.mark,
                box.element_tag == "th",
                box.element.get("scope") in {"row", "rowgroup"},
                range(number, number + box.rowspan),
                range(box.grid_x, box.grid_x + box.colspan),
            )


def _heads(head: _Cell, cell: _Cell) -> bool:
    """Return True when a header heads the cell's row, or its column from above."""
    if head.heads_row:
        return _meet(head.rows, cell.rows)
    return head.rows.start < cell.rows.start and _meet(head.columns, cell.columns)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
