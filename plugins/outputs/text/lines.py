"""Lines of plain text: wrapped at ordinary spaces, indented, quoted. Widths are columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rich.cells import cell_len

_QUOTES = re.compile(r"(?:> ?)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the mark or indent before it; `goes_on` when its sentence ends lower."""

    text: str
    before: str = ""
    goes_on: bool = False

    @property
    def whole(self) -> str:
        """The line with its mark or indent."""
        return f"{self.before}{self.text}"


Lines: TypeAlias = list[Line]
"""A paragraph, a list or a heading: none of its lines is empty."""


def squeezed(text: str) -> str:
    """Reduce spaces to one; line breaks stay, and no-break spaces within a line."""
    lines = text.replace("\t", " ").split("\n")
    single = (" ".join(filter(None, line.split(" "))) for line in lines)
    return "\n".join(line.strip("\u00a0") for line in single).strip("\n")


def wrapped(text: str, width: int) -> Lines:
    """Wrap a text in lines of at most `width` columns; a longer word is never broken."""
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
    """Return lines that no mail client joins: those of a heading."""
    return [replace(line, goes_on=False) for line in lines]


def underlined(lines: Lines, sign: str) -> Lines:
    """Underline a heading, as wide as its longest line."""
    longest = max(cell_len(line.whole) for line in lines)
    return [*fixed(lines), Line(sign * longest)]


def hanging(lines: Lines, mark: str) -> Lines:
    """Put a mark before the first line, and as many spaces before the others."""
    first, *others = lines
    return [replace(first, before=mark + first.before), *indented(others, len(mark))]


def indented(lines: Lines, columns: int) -> Lines:
    """Put spaces before each line."""
    return [replace(line, before=" " * columns + line.before) for line in lines]


def quoted(blocks: Sequence[Lines]) -> Lines:
    """Join paragraphs, each line after « > », the sign of a quotation in a message."""
    lines: Lines = []
    for block in blocks:
        lines += [Line("", ">")] if lines else []
        lines += [replace(line, before="> " + line.before) for line in block]
    return lines


def plain(lines: Lines) -> list[str]:
    """Return the lines as they are read."""
    return [line.whole for line in lines]


def flowed(lines: Lines) -> list[str]:
    """Return the lines as `format=flowed` writes them (RFC 3676, 4): mail clients wrap them anew.

    A line whose sentence goes on ends with a space, and no other does. The next line has no
    indent: its spaces would come to stand within the sentence.
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
