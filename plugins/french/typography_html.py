"""French typography of HTML: the rules for plain text, applied to what the reader sees.

The text of a whole paragraph is assembled first, with the place of each tag remembered, so that a
rule sees through tags: ``<strong>mot</strong> !``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from plugins.french.typography import OBJECT, RULES, Edit, edited, raised


class _Mark(NamedTuple):
    """Source that the text of a run leaves out: markup before ``at``, or the spelling of a sign.

    ``width`` is 0 for markup, 1 for the source of the character at ``at``.
    """

    at: int
    width: int
    source: str


class _Run:
    """Text that the reader sees as one line of words, with the place of the markup inside it."""

    def __init__(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Assemble pieces of HTML, each of a kind and with its source."""
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[_Mark] = []
        for kind, source in pieces:
            if kind == "text":
                self._add_text(source)
            elif sign := _STAND_INS.get(kind):
                self._add_sign(sign, source)
            else:
                self.marks.append(_Mark(self.length, 0, source))

    def html(self, *, raise_ordinals: bool) -> str:
        """Return the typeset source."""
        text, marks = "".join(self.parts), self.marks
        for rule in RULES:
            if edits := rule(text):
                text, marks = edited(text, edits), _moved(marks, edits)
        if raise_ordinals and (edits := raised(text)):
            inside = {mark.at for mark in marks if not mark.width}
            edits = [edit for edit in edits if inside.isdisjoint(range(edit.start + 1, edit.end))]
            text, marks = edited(text, edits), _moved(marks, edits)
        return _spelled(text, marks) if marks else text

    def _add_text(self, source: str) -> None:
        """Add text, where a character reference is its character and a line break a space."""
        done = 0
        for found in _SPELLED.finditer(source):
            sign = " " if found[0].isspace() else unescape(found[0])
            if len(sign) == 1:
                self._add(source[done : found.start()])
                self._add_sign(sign, found[0])
                done = found.end()
        self._add(source[done:])

    def _add_sign(self, sign: str, source: str) -> None:
        """Add one character, to be written as ``source`` unless a rule replaces it."""
        self.marks.append(_Mark(self.length, 1, source))
        self._add(sign)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


_STAND_INS = {"object": OBJECT, "break": "\n"}
_SPELLED = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|[\t\n\r\f]"
)


def _moved(marks: list[_Mark], edits: list[Edit]) -> list[_Mark]:
    """Return the marks of a text after edits; the spelling of a replaced character is dropped."""
    if not marks:
        return []
    moved = []
    shift = n = 0
    for start, end, new in edits:
        while n < len(marks) and marks[n].at + marks[n].width <= start:
            at, width, source = marks[n]
            moved.append(_Mark(at + shift, width, source))
            n += 1
        while n < len(marks) and marks[n].at < end:
            if not marks[n].width:
                moved.append(_Mark(start + shift + len(new), 0, marks[n].source))
            n += 1
        shift += len(new) - (end - start)
    return moved + [_Mark(at + shift, width, source) for at, width, source in marks[n:]]


def _spelled(text: str, marks: list[_Mark]) -> str:
    parts: list[str] = []
    done = 0
    for at, width, source in marks:
        parts += (text[done:at], source)
        done = at + width
    parts.append(text[done:])
    return "".join(parts)


_SEEN_THROUGH = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "label"),
        *("mark", "q", "s", "small", "span", "strong", "sub", "time", "u", "wbr"),
    )
)
_OPAQUE = frozenset(
    ("canvas", "code", "iframe", "kbd", "math", "object", "pre", "samp", "sup", "svg", "var")
)
_RAW = frozenset(("script", "style", "textarea"))
_WITHOUT_MARKUP = frozenset(("option", "title"))
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_SPECIAL = _OPAQUE | _RAW | _VOID
_FOREIGN = re.compile(r"""(?i)\slang\s*+=\s*+["']?(?!fr\b)[a-z]""")


def typeset_html(html: str) -> str:
    """Return HTML whose text is typeset and whose ordinals are raised with ``<sup>``.

    Tags, attributes, comments, code, scripts, formulas, drawings and passages in another language
    (``lang``) come out byte for byte; a rule sees through inline tags. Idempotent, linear.
    """
    done: list[str] = []
    run: list[tuple[str, str]] = []
    raise_ordinals = True

    for kind, name, source in _pieces(html):
        if kind in _INSIDE or name in _SEEN_THROUGH:
            run.append((kind, source))
            continue
        done += (_typeset_run(run, raise_ordinals=raise_ordinals), source)
        run.clear()
        if name in _WITHOUT_MARKUP:
            raise_ordinals = kind == "end"
    done.append(_typeset_run(run, raise_ordinals=raise_ordinals))
    return "".join(done)


_INSIDE = frozenset(("text", "comment", "object", "break"))


def _typeset_run(pieces: Sequence[tuple[str, str]], *, raise_ordinals: bool) -> str:
    if len(pieces) == 1 and pieces[0][1].isspace():  # the line breaks between blocks
        return pieces[0][1]
    return _Run(pieces).html(raise_ordinals=raise_ordinals) if pieces else ""


# A text, then a tag as HTML is usually written: most pieces. Any other tag is read part by part.
_USUAL = re.compile(
    r"""(?P<text>[^<]*+)(?:<(?P<slash>/?)(?P<name>[a-z][a-z0-9]*+)"""
    r"""(?P<attributes>(?:\ [a-z-]++="[^"]*+")*)>)?"""
)
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)")
_TAG_PART = re.compile(r""">|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?""")


def _pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the tag's name and the source of each piece of HTML.

    A piece is a text, a comment, a start, an end, a break, an object (a whole element that is left
    alone) or the rest (unfinished).
    """
    place = 0
    while place < len(html):
        found = _USUAL.match(html, place)
        assert found
        text, slash, name, attributes = found.groups()
        if text:
            yield "text", "", text
            place += len(text)
        if name is None:
            if place == len(html):
                return
            kind, end, name = _piece(html, place)
        else:
            kind, end = "end" if slash else "start", found.end()
        if kind == "start" and (attributes != "" or name in _SPECIAL):
            whole = _object_end(html, place, end, name)
            if whole is not None:
                kind, end = "object", whole
            else:
                kind = {"br": "break", "img": "object"}.get(name, kind)
        yield kind, name, html[place:end]
        place = end


def _piece(html: str, place: int) -> tuple[str, int, str]:
    """Return the kind, the end and the name of the piece that starts at ``place``."""
    if html[place] != "<":
        end = html.find("<", place)
        return "text", len(html) if end < 0 else end, ""
    if found := _TAG.match(html, place):
        close = next((m.end() for m in _TAG_PART.finditer(html, found.end()) if m[0] == ">"), None)
        if close is None:
            return "rest", len(html), ""
        return "end" if found["slash"] else "start", close, found["name"].lower()
    if html[place + 1 : place + 2] not in ("!", "?", "/"):
        return "text", place + 1, ""
    closing = "-->" if html.startswith("<!--", place) else ">"
    end = html.find(closing, place + 2)
    return ("rest", len(html), "") if end < 0 else ("comment", end + len(closing), "")


def _object_end(html: str, place: int, end: int, name: str) -> int | None:
    """Return the end of the element that starts at ``place`` if no rule may enter it, else None.

    ``end`` is that of its start tag. An element that is never closed goes to the end.
    """
    if name in _RAW:
        found = re.compile(rf"(?i)</{name}(?=[\s/>])[^>]*+>").search(html, end)
        return found.end() if found else len(html)
    if name in _VOID or not (name in _OPAQUE or _FOREIGN.search(html, place, end)):
        return None
    end, depth = place, 0
    while end == place or (depth and end < len(html)):
        kind, after, inner = _piece(html, end)
        if kind == "start" and inner in _RAW:
            after = _object_end(html, end, after, inner) or after
        elif inner == name and not (name in ("svg", "math") and html.endswith("/>", end, after)):
            depth += 1 if kind == "start" else -1
        end = after
    return end
