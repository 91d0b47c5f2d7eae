"""Lines of plain text: wrapped at ordinary spaces, indented, quoted. Widths are columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rich.cells import cell_len

_QUOTES = re.compile(r"(?:> ?)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what is set before its text, and whether its sentence goes on in the next one."""

    text: str
    before: str = ""
    goes_on: bool = False

    @property
    def whole(self) -> str:
        """Return all of it."""
        return f"{self.before}{self.text}"


Lines: TypeAlias = list[Line]
"""A paragraph, or what reads as one: none of its lines is empty."""


def squeezed(text: str) -> str:
    """Return a text with single spaces, its line breaks kept; no-break spaces stay within it."""
    lines = text.replace("\t", " ").split("\n")
    single = (" ".join(filter(None, line.split(" "))) for line in lines)
    return "\n".join(line.strip("\u00a0") for line in single).strip("\n")


def wrapped(text: str, width: int) -> Lines:
    """Return the lines of a text, at most `width` columns each; a word is never broken."""
    lines: Lines = []
    for line in text.split("\n"):
        current = ""
        for word in line.split(" "):
            if current and cell_len(current) + 1 + cell_len(word) > width:
                lines.append(Line(current, goes_on=True))
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(Line(current))
    return [line for line in lines if line.text]


def fixed(lines: Lines) -> Lines:
    """Return the lines of a heading: they stay as they are wherever they are read."""
    return [replace(line, goes_on=False) for line in lines]


def underlined(lines: Lines, sign: str) -> Lines:
    """Return a heading's lines, the last one underlined as far as the longest goes."""
    longest = max(cell_len(line.whole) for line in lines)
    return [*fixed(lines), Line(sign * longest)] if sign else fixed(lines)


def hanging(lines: Lines, mark: str) -> Lines:
    """Return the lines after a mark, the others set under the first."""
    first, *others = lines
    return [replace(first, before=mark + first.before), *indented(others, len(mark))]


def indented(lines: Lines, columns: int) -> Lines:
    """Return the lines set to the right."""
    return [replace(line, before=" " * columns + line.before) for line in lines]


def quoted(blocks: Sequence[Lines]) -> Lines:
    """Return paragraphs as one, after the sign of what is quoted in a message."""
    lines: Lines = []
    for block in blocks:
        lines += [Line("", ">")] if lines else []
        lines += [replace(line, before="> " + line.before) for line in block]
    return lines


def plain(lines: Lines) -> list[str]:
    """Return the lines as they are seen."""
    return [line.whole for line in lines]


def flowed(lines: Lines) -> list[str]:
    """Return the lines as RFC 3676 (4) writes them, for mail clients that wrap them anew.

    A line whose sentence goes on ends with a space, and no other does. What sets the next line to
    the right is left out: it would come to stand within the sentence.
    """
    found: list[str] = []
    follows = False
    for line in lines:
        marks = _QUOTES.match(line.before)
        assert marks is not None
        quotes = ">" * marks[0].count(">")
        text = (line.text if follows else line.before[marks.end() :] + line.text).rstrip(" ")
        follows = line.goes_on and text != "--"  # « -- » and a space begin a signature
        is_stuffed = text and (quotes or text.startswith((" ", ">", "From ")))
        found.append(f"{quotes}{' ' * bool(is_stuffed)}{text}{' ' * follows}")
    return found
