"""The HTML of an e-mail, as every client lays it out: MJML compiled to tables, styles put in line.

Lists have no numerals that every client enlarges, and no table can scroll: steps become rows, and
a wide table is told row by row.
"""

import re
from collections.abc import Iterator

from css_inline import CSSInliner
from mjml import mjml2html
from rich.cells import cell_len
from selectolax.lexbor import LexborNode

from plugins.outputs.text.elements import Row, body_of, caption_of, cells, headed, items

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
# What screen readers say of the whole message.
_ROLE = re.compile(r'(<div aria-label="[^"]*" aria-roledescription=)"email"')
_HEAD_END = "</head>"
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_CLASS_NAME = re.compile(r"\.([a-z][\w-]*)")
# Only within a tag: the letter's text may hold the same words.
_CLASSES = re.compile(r'(<[a-z][^<>]*?) class="([^"]*)"')
_ID = re.compile(r'(<[a-z][^<>]*?) id="[^"]*"')

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


def to_mail_html(mjml: str, inline_css: str, head_css: str) -> str:
    """Compile MJML to a whole HTML document.

    `inline_css` goes into `style` attributes, which every client reads; `head_css`, in the head,
    only enhances (dark scheme, narrow screens). No remote font is named. Raises ValueError when
    the MJML is not well formed.
    """
    compiled = mjml2html(mjml, disable_comments=False, fonts={})
    compiled = _ROLE.sub(r'\1"courriel"', compiled, count=1)
    inliner = CSSInliner(
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
        extra_css=inline_css,
    )
    html = inliner.inline(_BETWEEN_TAGS.sub(">\n<", compiled))
    style = f'<style type="text/css">\n{head_css.strip()}\n</style>'
    return _lightened(html.replace(_HEAD_END, style + _HEAD_END, 1))


def _lightened(html: str) -> str:
    """Remove the ids, and the classes that no style of the document names."""
    styles = "".join(_STYLE.findall(html))
    known = set(_CLASS_NAME.findall(styles))

    def kept(match: re.Match[str]) -> str:
        names = [name for name in match[2].split() if name in known]
        return f'{match[1]} class="{" ".join(names)}"' if names else match[1]

    return _ID.sub(r"\1", _CLASSES.sub(kept, html))


def with_numerals(html: str) -> str:
    """Turn the numbered lists of steps into rows: a large numeral, then the step.

    For a screen reader the table is presentational: it reads the numeral, then the step.
    """
    if '<div class="steps">' not in html:
        return html
    body = body_of(html)
    for numbered in reversed(body.css("div.steps > ol")):
        numbered.replace_with(_table(numbered))
    return body.inner_html or ""


def _table(numbered: LexborNode) -> LexborNode:
    rows = "".join(
        f'<tr><td class="step-numeral" valign="top">{number}</td>'
        f'<td class="step" valign="top">{(item.inner_html or "").strip()}</td></tr>'
        for number, item in items(numbered)
    )
    table = body_of(f'<table role="presentation" class="numbered">{rows}</table>').child
    assert table is not None
    return table


def with_tables_fitted(html: str) -> str:
    """Write row by row the tables that are wider than a telephone.

    Each cell becomes a paragraph: the first of a row is its title, the others stand after the
    headings of their columns. Clients need no media query for it.
    """
    if '<div class="table-scroll">' not in html:
        return html
    body = body_of(html)
    for region in reversed(body.css("div.table-scroll")):
        table = region.css_first("table")
        if table is not None and not _fits(table, _room(region)):
            region.inner_html = "".join(_listed(table))
            region.unwrap()
    return body.inner_html or ""


def _room(region: LexborNode) -> int:
    """Return the width, in CSS pixels, that a table can take."""
    room, around = _ROOM, region.parent
    while around is not None:
        room -= _INDENT * (around.tag in _INDENTED)
        around = around.parent
    return room


def _fits(table: LexborNode, room: int) -> bool:
    """Return True when the cells are read well side by side: only the widest column may wrap."""
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
    """Yield the HTML of a table row by row, the heading of its first column above."""
    heads, rows = headed(table)
    caption = caption_of(table)
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
