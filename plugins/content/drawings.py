"""Drawings (SVG): their size, and whether they hold nothing but a drawing."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

# Wider than any column of text, in CSS pixels.
_WIDEST = 1200
_PROGRAMS = {"script", "foreignObject", "handler", "listener"}
_HTML = "http://www.w3.org/1999/xhtml"
_PROGRAM = re.compile(r"javascript:", re.IGNORECASE)
_ADDRESSES = {"href", "src", "base"}
# A drawing embedded in the drawing would need the same check.
_HELD = re.compile(r"#|data:image/(?!svg)", re.IGNORECASE)
_PAGES = {"http", "https", "mailto"}
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"url\(\s*['\"]?\s*(?!\s|['\"]|#|data:)", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(
    rf"@import|\bimage(?:-set)?\(|\bsrc\(|{_ADDRESS.pattern}", re.IGNORECASE
)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(px|in|cm|mm|pt|pc)?\s*", re.IGNORECASE)
# CSS Values and Units, 6.2: lengths in CSS pixels.
_UNITS = {"px": 1, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "pt": 96 / 72, "pc": 16}


def read_drawing(path: Path) -> etree._Element | None:
    """Return the `svg` element of a file, None when the file is missing or not a drawing.

    The file is read as UTF-8, whatever encoding it declares, because resvg draws it so.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError, ValueError):
        return None
    return root if _name(root) == "svg" else None


def stands_alone(root: etree._Element) -> bool:
    """Return True for a drawing without scripts and without references to files or the web."""
    info = root.getroottree().docinfo
    if info.internalDTD is not None and list(info.internalDTD.iterentities()):
        return False
    for node in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        # A processing instruction may call a style sheet, an entity may hold anything.
        if not isinstance(node.tag, str) or not _is_harmless(node):
            return False
    return True


def drawing_size(root: etree._Element) -> tuple[int, int] | None:
    """Return the width and height of a drawing in CSS pixels, None when both are missing.

    A drawing with only a `viewBox` fills its column.
    """
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _box(root)
    if box and not (width and height):
        if not width:
            width = height * box[0] / box[1] if height else _WIDEST
        height = width * box[1] / box[0]
    return (max(1, round(width)), max(1, round(height))) if width and height else None


def _is_harmless(node: etree._Element) -> bool:
    name = _name(node)
    if name in _PROGRAMS or etree.QName(node).namespace == _HTML:
        return False
    if name == "style" and _STYLE_ADDRESS.search(_unescaped("".join(map(str, node.itertext())))):
        return False
    return all(_is_kept(name, attribute, value) for attribute, value in _attributes(node))


def _is_kept(name: str, attribute: str, value: str) -> bool:
    if attribute in _ADDRESSES:
        is_link = name == "a" and urlsplit(value.strip()).scheme in _PAGES
        return is_link or not value.strip() or bool(_HELD.match(value.strip()))
    if attribute.lower().startswith("on") or _PROGRAM.search(value):
        return False
    # An animation may write an address too.
    if attribute == "attributeName" and value.rpartition(":")[2].strip() in _ADDRESSES:
        return False
    known = _STYLE_ADDRESS if attribute == "style" else _ADDRESS
    return not known.search(_unescaped(value))


def _attributes(node: etree._Element) -> Iterator[tuple[str, str]]:
    for attribute, value in node.attrib.items():
        yield etree.QName(attribute).localname, str(value)


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname


def _unescaped(style: str) -> str:
    """Return a style with its CSS escapes decoded."""
    return _STYLE_ESCAPE.sub(
        lambda found: chr(int(found[1], 16) % 0x110000) if found[1] else found[2], style
    )


def _length(value: str | None) -> float | None:
    """Return a length in CSS pixels, None for a percentage or a missing one."""
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * _UNITS[(found[2] or "px").lower()] if found else None


def _box(root: etree._Element) -> tuple[float, float] | None:
    """Return the width and height of a `viewBox`, in its own units."""
    numbers = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
