"""An element of an e-mail's text made shorter: the first items of a list, or rows of a table."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def shortened(html: str, most_bytes: int) -> str | None:
    """Return an element less its last items or rows, in at most `most_bytes` (UTF-8).

    None when nothing of it may be taken away, or not one item would be left.
    """
    body = LexborHTMLParser(f"<body>{html}</body>").body
    element = _only_element(body) if body else None
    if element is None:
        return None
    items = _items(element)
    size = _size(element)
    while len(items) > 1 and size > most_bytes:
        last = items.pop()
        size -= _size(last)
        last.decompose()
    return _html(element) if items and size <= most_bytes else None


def _size(node: LexborNode) -> int:
    return len(_html(node).encode())


def _html(node: LexborNode) -> str:
    # What an entity would make longer.
    return (node.html or "").replace("&nbsp;", "\u00a0")


def _items(element: LexborNode) -> list[LexborNode]:
    """Return what can be taken away, one after the other, from the end.

    A table with a foot, or with cells that span rows, is whole or not at all. A list may be alone
    in a cell, and a table in a region, as steps are.
    """
    if element.tag in {"ol", "ul"}:
        return _elements(element, "li")
    if element.tag == "div":
        only = _only_element(element)
        return _items(only) if only else []
    if element.tag != "table" or element.css_first("tfoot, [rowspan]"):
        return []
    rows = [row for part in _elements(element, "tbody") for row in _elements(part, "tr")]
    cells = _elements(rows[0], "td") if len(rows) == 1 else []
    only = _only_element(cells[0]) if len(cells) == 1 else None
    return _items(only) if only else rows


def _elements(node: LexborNode, tag: str) -> list[LexborNode]:
    return [child for child in node.iter() if child.tag == tag]


def _only_element(node: LexborNode) -> LexborNode | None:
    """Return the element that stands alone in another."""
    children = [child for child in node.iter(include_text=True) if (child.html or "").strip()]
    return children[0] if len(children) == 1 and children[0].is_element_node else None
