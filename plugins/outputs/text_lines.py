"""Lines of plain text: wrapped at ordinary spaces, indented, quoted. Widths are columns."""

from collections.abc import Sequence
from typing import TypeAlias

from rich.cells import cell_len

Lines: TypeAlias = list[str]
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
                lines.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(current)
    return [line for line in lines if line]


def underlined(lines: Lines, sign: str) -> Lines:
    """Return the lines, the last one underlined as far as the longest goes."""
    return [*lines, sign * max(map(cell_len, lines))] if sign else lines


def hanging(lines: Lines, mark: str) -> Lines:
    """Return the lines after a mark, the others set under the first."""
    return [mark + line if i == 0 else " " * len(mark) + line for i, line in enumerate(lines)]


def indented(lines: Lines, columns: int) -> Lines:
    """Return the lines set to the right."""
    return [" " * columns + line for line in lines]


def quoted(blocks: Sequence[Lines]) -> Lines:
    """Return paragraphs as one, after the sign of what is quoted in a message."""
    lines: Lines = []
    for block in blocks:
        lines += ([">"] if lines else []) + [f"> {line}" for line in block]
    return lines
