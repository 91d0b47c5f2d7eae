"""Tables of a letter's text in an e-mail, where none can scroll: a wide one is told row by row."""

from collections.abc import Iterator

from rich.cells import cell_len
from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.outputs.text.table_grid import Row, cells, headed

# In CSS pixels: the narrowest telephone, less the margins of the letter; a sign of a common sans
# serif, in bold; the space between columns; what a list, a quotation or a callout takes of a line.
_ROOM = 288
_SIGN = 10
_GUTTER = 12
_INDENT = 44
# In signs: a column that has to wrap is not read well in less.
_WRAPPED = 16

_INDENTED = {"blockquote", "dd", "li", "td", "th"}
_INLINE = {"-text", "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark"}
_INLINE |= {"q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var"}


def with_tables_fitted(html: str) -> str:
    """Return HTML whose tables all hold in the width of a telephone.

    Of a table that does not, each row becomes a paragraph per cell: the first is its title, the
    others stand after the headings of their columns. It needs no media query of the client.
    """
    if '<div class="table-scroll">' not in html:
        return html
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    for region in reversed(body.css("div.table-scroll")):
        table = region.css_first("table")
        if table is not None and not _fits(table, _room(region)):
            region.inner_html = "".join(_listed(table))
            region.unwrap()
    return body.inner_html or ""


def _room(region: LexborNode) -> int:
    """Return the width that a table has, in CSS pixels."""
    room, around = _ROOM, region.parent
    while around is not None:
        room -= _INDENT * (around.tag in _INDENTED)
        around = around.parent
    return room


def _fits(table: LexborNode, room: int) -> bool:
    """Tell whether the cells are read well side by side: only the widest column may wrap."""
    heads, rows = headed(table)
    whole: list[Row] = [[*heads], *rows]
    columns: dict[int, list[str]] = {}
    for row in whole:
        for column, cell in cells(row):
            if not _is_inline(cell):
                return False
            columns.setdefault(column, [""]).append(cell.text())
    widths = sorted(
        (
            max(cell_len(text.strip()) for text in texts),
            max(cell_len(word) for text in texts for word in text.split(" ")),
        )
        for texts in columns.values()
    )
    *others, (widest, longest_word) = widths or [(0, 0)]
    signs = sum(width for width, _ in others) + min(widest, max(longest_word, _WRAPPED))
    return signs * _SIGN + len(others) * _GUTTER <= room


def _is_inline(cell: LexborNode) -> bool:
    _, *within = cell.traverse(include_text=True)
    return all(node.tag in _INLINE for node in within)


def _listed(table: LexborNode) -> Iterator[str]:
    """Yield the HTML of a table, told row by row; the heading of its titles comes first."""
    heads, rows = headed(table)
    caption = next((node for node in table.iter() if node.tag == "caption"), None)
    titles = [_html(head) for head in heads]
    yield '<table role="presentation" class="rows"><thead>'
    for above in filter(None, [_html(caption) if caption else "", *titles[:1]]):
        yield f'<tr><td class="rows-head">{above}</td></tr>'
    yield "</thead><tbody>"
    for row in rows:
        yield '<tr><td class="row">'
        for column, cell in cells(row):
            html = _html(cell)
            tag = "p" if _is_inline(cell) else "div"
            if html and not column:
                yield f'<{tag} class="row-title">{html}</{tag}>'
            elif html:
                title = titles[column] if column < len(titles) else ""
                said = f"<strong>{title}</strong>&nbsp;: " if title else ""
                yield f'<{tag} class="row-text">{said}{html}</{tag}>'
        yield "</td></tr>"
    yield "</tbody></table>"


def _html(node: LexborNode) -> str:
    return (node.inner_html or "").strip()
