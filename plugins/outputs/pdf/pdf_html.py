"""HTML that says what WeasyPrint does not guess: numbers of lists, headers of tables."""

from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.outputs.text.table_grid import grid

_SCOPES = {"col", "colgroup", "row", "rowgroup"}


def completed(html: str) -> str:
    """Return the page, ready to be printed.

    A list that does not begin at 1 resets its counter, which the style sheet shows. Each header of
    a table says what it heads; rows of headers that open a table stand in a `thead`, so that each
    page repeats them. All rows have as many cells (ISO 14289-1, 7.2).
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
    """Put the rows of headers that open a table without a `thead` into one."""
    rows = _rows(table)
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
    for row in _rows(table):
        heads_columns = _section(row) == "thead" or all(cell.tag == "th" for cell in _cells(row))
        for cell in _cells(row):
            if cell.tag == "th" and cell.attributes.get("scope") not in _SCOPES:
                cell.attrs["scope"] = "col" if heads_columns else "row"


def _fill(page: LexborHTMLParser, table: LexborNode) -> None:
    """Add the cells that a row lacks."""
    places = grid(table)
    most = max((len(row) for row in places), default=0)
    for row, covered in zip(_rows(table), places, strict=True):
        for _ in range(most - len(covered)):
            row.insert_child(page.create_node("td"))


def _rows(table: LexborNode) -> list[LexborNode]:
    """Return the rows of a table, not those of a table in one of its cells."""
    sections = [table, *(node for node in table.iter() if node.tag in {"thead", "tbody", "tfoot"})]
    return [row for section in sections for row in section.iter() if row.tag == "tr"]


def _section(row: LexborNode) -> str | None:
    return row.parent.tag if row.parent else None


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def _is_of_headers(row: LexborNode) -> bool:
    """Tell whether a row holds headers only, but for an empty corner."""
    corner, *others = _cells(row) or [row]
    is_empty = corner.tag == "td" and bool(others) and not corner.text(strip=True)
    return (corner.tag == "th" or is_empty) and all(cell.tag == "th" for cell in others)


def _goes_past(row: LexborNode, left: int) -> bool:
    """Tell whether a cell covers more rows than the `left` ones, its own included."""
    spans = (cell.attributes.get("rowspan") or "1" for cell in _cells(row))
    return any(not span.isdecimal() or int(span) > left or span == "0" for span in spans)
