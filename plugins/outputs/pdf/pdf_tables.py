"""The headers of a PDF's tables, told to assistive technologies: ISO 14289-1, 7.5."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, the first row and column that it covers and those after the last."""

    mark: Any
    is_header: bool
    heads_row: bool
    rows: range
    columns: range


def tell_headers(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Say of each header of the document what it heads, of each other cell what heads it.

    WeasyPrint writes no `Scope`, and forgets all the columns of a header but the first. The
    document must have been drawn: its boxes then hold their elements of the PDF's structure.
    """
    for page in document.pages:
        for table in _tables(page._page_box):  # noqa: SLF001 - nothing else gives the boxes
            cells = list(_cells(table))
            headers = sorted((c for c in cells if c.is_header), key=lambda c: not c.heads_row)
            for cell in cells:
                attributes = cell.mark["A"]
                if cell.is_header:
                    attributes["Scope"] = "/Row" if cell.heads_row else "/Column"
                elif heads := [head.mark["ID"] for head in headers if _heads(head, cell)]:
                    attributes["Headers"][:] = heads
                else:
                    del attributes["Headers"]


def _tables(box: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    if box.element_tag == "table" and _rows(box):
        yield box
    for child in getattr(box, "children", ()):
        yield from _tables(child)


def _rows(box: Any) -> list[Any]:  # noqa: ANN401 - WeasyPrint has no types
    found: list[Any] = []
    for group in box.children:
        rows = [group] if group.element_tag == "tr" else getattr(group, "children", ())
        found.extend(row for row in rows if row.element_tag == "tr")
    return found


def _cells(table: Any) -> Iterator[_Cell]:  # noqa: ANN401 - WeasyPrint has no types
    for number, row in enumerate(_rows(table)):
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
    """Tell whether a header is that of a cell: of its row, or of its column from above."""
    if head.heads_row:
        return _meet(head.rows, cell.rows)
    return head.rows.start < cell.rows.start and _meet(head.columns, cell.columns)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
