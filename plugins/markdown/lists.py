"""Lists as everyone means them: what is indented under an item belongs to it.

Python-Markdown wants four spaces, neither more nor less. Editors indent as they see: by two, by
three, or to the words of the item. Only spaces change, so that every line keeps its number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plugins.markdown.prose import outside_fences

_LEVEL = 4
_STEP = 2
"""The least indent, in spaces, that says « under »."""
_WIDE = "\u00a0\u202f\u2007\u2009"
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d+\.)(?P<gap>[ \t]+)\S")
# macOS writes a no-break space for Alt and the space bar. « 1.\u00a0000 » is a number.
_NO_BREAK = re.compile(
    rf"(?P<indent>[ \t{_WIDE}]*)(?P<mark>[-*+]|\d+\.)(?P<gap>[ \t{_WIDE}]+)(?=[^\s\d])"
)
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})")
_BARS = re.compile(r" {0,3}/{2,}")
_QUOTE = re.compile(r" {0,3}> ?")
_KEPT = re.compile(r"(?is)<(pre|script|style|textarea)\b.*?(?:</\1>|\Z)")


class _Item(NamedTuple):
    """An item that is open: the columns of its mark and of its words."""

    mark: int
    words: int


def indented(source: str) -> str:
    """Return a text whose lists are indented by four spaces a level; its lines stay in place."""
    lines = source.split("\n")
    free = {line.number for line in outside_fences(source, 0)}
    for found in _KEPT.finditer(source):
        first = source.count("\n", 0, found.start())
        free.difference_update(range(first + 1, first + 1 + found[0].count("\n")))
    taken = [number for number in range(len(lines)) if number in free]
    for number, line in zip(taken, _levelled([lines[n] for n in taken]), strict=True):
        lines[number] = line
    return "\n".join(lines)


def _levelled(lines: list[str]) -> Iterator[str]:
    """Yield lines with the indent of their level; those of a quotation are a text of their own."""
    number = 0
    levels = _Levels()
    while number < len(lines):
        quoted = number
        while quoted < len(lines) and _QUOTE.match(lines[quoted]):
            quoted += 1
        if quoted > number:
            marks = [found[0] for line in lines[number:quoted] if (found := _QUOTE.match(line))]
            inner = [line[len(m) :] for m, line in zip(marks, lines[number:quoted], strict=True)]
            yield from map("".join, zip(marks, _levelled(inner), strict=True))
            levels = _Levels()
            number = quoted
        else:
            yield levels.placed(lines[number])
            number += 1


class _Levels:
    """The items that are open above a line."""

    def __init__(self) -> None:
        """Start a text: nothing is open."""
        self._open: list[_Item] = []
        self._after_blank = True
        self._shift = 0

    def placed(self, line: str) -> str:
        """Return the line with the indent of its level."""
        if not line.strip(" \t"):
            self._after_blank = True
            return line
        line = _NO_BREAK.sub(_with_spaces, line, count=1) if _has_no_break(line) else line
        indent = _width(line)
        item = None if _RULE.fullmatch(line) else _ITEM.match(line)
        if _BARS.match(line):
            self._open.clear()
            self._shift = 0
        is_new, self._after_blank = self._after_blank, False
        if item and not (is_new and self._is_code(indent)):
            return self._item(line, indent, item)
        return self._words(line, indent, is_new=is_new)

    def _is_code(self, indent: int) -> bool:
        depth = len(self._open)
        words = self._open[-1].words if self._open else 0
        return indent >= max(words, _LEVEL * depth) + _LEVEL

    def _item(self, line: str, indent: int, item: re.Match[str]) -> str:
        if not self._open and indent >= _LEVEL:
            return line
        while len(self._open) > 1 and indent < self._open[-1].mark:
            self._open.pop()
        if self._open and indent < self._open[-1].mark + _STEP:
            self._open.pop()
        self._shift = 0
        self._open.append(_Item(indent, len(item[0].expandtabs(_LEVEL)) - 1))
        level = _LEVEL * (len(self._open) - 1)
        return _moved(line, indent, level) if level else line

    def _words(self, line: str, indent: int, *, is_new: bool) -> str:
        if not is_new:
            return _moved(line, indent, indent + self._shift) if indent >= _STEP else line
        while self._open and indent < self._open[-1].mark + _STEP:
            self._open.pop()
        level = _LEVEL * len(self._open)
        self._shift = max(0, level - indent)
        return _moved(line, indent, indent + self._shift)


def _has_no_break(line: str) -> bool:
    return any(sign in line for sign in _WIDE)


def _with_spaces(found: re.Match[str]) -> str:
    return re.sub(f"[{_WIDE}]", " ", found[0])


def _width(line: str) -> int:
    spaces = line[: len(line) - len(line.lstrip(" \t"))]
    return len(spaces.expandtabs(_LEVEL))


def _moved(line: str, indent: int, level: int) -> str:
    return line if indent == level else " " * level + line.lstrip(" \t")
