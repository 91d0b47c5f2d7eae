"""The HTML of the letter as blocks of MailPoet: texts, pictures and rules, one below the other."""

import re
from collections.abc import Iterator
from html import escape

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

SHORTCODES = re.compile(r"(?<!href=\")\[(?=\w+:(?!//))", re.ASCII)
"""Where a text opens what MailPoet takes for a shortcode of its own (`Shortcodes::extract`)."""

_Block = dict[str, object]

_UNSEEN = {"head", "style", "script", "title", "-comment"}
_TEXTS = {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"}
_INLINE = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "q", "s", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "time", "u"}
_RENAMED = {"h4": "h3", "h5": "h3", "h6": "h3", "dt": "p", "dd": "p", "pre": "p"}
_RENAMED |= {"b": "strong", "i": "em", "s": "strike"}
_RENAMED_TAGS = re.compile(rf"(</?)({'|'.join(_RENAMED)})\b")
# What MailPoet keeps of a text.
_KEPT = {"a", "blockquote", "br", "del", "em", "h1", "h2", "h3", "li", "ol", "p", "strike"}
_KEPT |= {"strong", "table", "td", "th", "tr", "ul"}
_KEPT_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href", "title"}}
_BREAKS = re.compile(r"<br\b[^>]*>")
_HIDDEN = re.compile(r"display:\s*none")


def to_blocks(html: str) -> list[_Block]:
    """Return all that a reader sees of a document, in its order; adjacent texts make one block."""
    body = LexborHTMLParser(html).body
    blocks: list[_Block] = []
    texts: list[str] = []
    for piece in _pieces(body) if body else ():
        if isinstance(piece, str):
            texts.append(piece)
        else:
            blocks += [*_text(texts), piece]
            texts = []
    return [*blocks, *_text(texts)]


def _pieces(node: LexborNode) -> Iterator[str | _Block]:
    """Yield the HTML of paragraphs, lists and tables, and what is a block of its own."""
    loose = ""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        holds_picture = tag == "img" or child.css_first("img") is not None
        if tag == "-text":
            loose += escape(child.text(), quote=False)
        elif tag in _INLINE and not holds_picture:
            loose += child.html or ""
        elif not _is_unseen(child):
            yield from _paragraph(loose)
            loose = ""
            yield from _piece(child, is_whole=not holds_picture)
    yield from _paragraph(loose)


def _piece(node: LexborNode, *, is_whole: bool) -> Iterator[str | _Block]:
    role = (node.attributes.get("role") or "").lower()
    is_table = node.tag == "table" and role not in {"none", "presentation"}
    if node.tag == "img":
        yield _image(node)
    elif node.tag == "hr":
        yield _RULE
    elif is_whole and (node.tag in _TEXTS or is_table):
        yield node.html or ""
    elif node.tag == "tr" and _is_line(node):
        yield from _paragraph(" · ".join(_cells(node)))
    else:
        yield from _pieces(node)


def _is_line(row: LexborNode) -> bool:
    """Tell whether a row of a table that only lays out holds no more than words."""
    inner = {node.tag for cell in row.iter() for node in cell.traverse() if node != cell}
    return inner <= _INLINE


def _cells(row: LexborNode) -> list[str]:
    """Return the words of each cell, on one line but for the last cell's."""
    cells = [cell.inner_html or "" for cell in row.iter()]
    return [*(_BREAKS.sub(" ", cell) for cell in cells[:-1]), *cells[-1:]]


def _is_unseen(node: LexborNode) -> bool:
    return node.tag in _UNSEEN or bool(_HIDDEN.search(node.attributes.get("style") or ""))


def _paragraph(html: str) -> Iterator[str]:
    if html.strip():
        yield f"<p>{html.strip()}</p>"


def _text(texts: list[str]) -> Iterator[_Block]:
    if texts:
        named = _RENAMED_TAGS.sub(lambda found: found[1] + _RENAMED[found[2]], "\n".join(texts))
        clean = nh3.clean(named, tags=_KEPT, attributes=_KEPT_ATTRIBUTES, link_rel=None)
        yield {"type": "text", "text": SHORTCODES.sub("&#91;", clean)}


def _image(node: LexborNode) -> _Block:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    link = node.parent
    width = attributes.get("width", "")
    return {
        "type": "image",
        "link": (link.attributes.get("href") or "") if link and link.tag == "a" else "",
        "src": attributes.get("src", ""),
        "alt": attributes.get("alt", ""),
        "fullWidth": False,
        "width": f"{width}px" if width.isdecimal() else "auto",
        "height": "auto",
        "styles": {"block": {"textAlign": "left"}},
    }


_RULE: _Block = {
    "type": "divider",
    "styles": {
        "block": {
            "backgroundColor": "transparent",
            "padding": "13px",
            "borderStyle": "solid",
            "borderWidth": "1px",
            "borderColor": "#052126",
        }
    },
}
