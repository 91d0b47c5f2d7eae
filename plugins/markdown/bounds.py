"""What a text may hold: Python-Markdown would take minutes, or hours, to read more.

Its time grows with the square of the lines of a paragraph, of the blocks and of the tags that stay
open. The bounds are far above what anyone writes by hand.
"""

import re
from collections.abc import Sequence
from itertools import islice

from plugins.faults import Position
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Line, outside_fences

MAX_CHARACTERS = 100_000
"""The length of a text: about fifty printed pages."""
MAX_LINES = 1_000
"""The lines that follow each other without an empty one, outside code."""
MAX_BLOCKS = 300
"""The lines that begin with « /// »."""
MAX_OPEN_TAGS = 100
"""The tags without a « > » before the next « < »."""

_BARS = re.compile(r"(?m)^[ \t>]*/{3,}")
_OPEN_TAG = re.compile(r"<[a-zA-Z!?/][^<>]*+(?!>)")


def too_much(source: str, first_line: int) -> Problem | None:
    """Return the fault of a text that is too much for Python-Markdown; None for any other."""
    if len(source) > MAX_CHARACTERS:
        return _problem(
            first_line + source.count("\n", 0, MAX_CHARACTERS),
            f"le texte compte {len(source):_} caractères, plus que les {MAX_CHARACTERS:_} permis. "
            "Répartissez-le entre plusieurs contenus, ou placez-le dans un document joint.",
        )
    lines = outside_fences(source, first_line)
    if line := _nth_line(lines, _BARS, MAX_BLOCKS + 1):
        return _problem(
            line,
            f"plus de {MAX_BLOCKS:_} lignes commencent par « /// ». "
            "Répartissez ce texte entre plusieurs contenus.",
        )
    if line := _nth_line(lines, _OPEN_TAG, MAX_OPEN_TAGS + 1):
        return _problem(
            line,
            f"plus de {MAX_OPEN_TAGS:_} « < » ouvrent une balise qui n’est pas fermée. "
            "Un « < » à montrer s’écrit « &lt; ».",
        )
    if line := _crowded_line(lines):
        return _problem(
            line,
            f"plus de {MAX_LINES:_} lignes se suivent. Coupez-les par des lignes vides.",
        )
    return None


def _nth_line(lines: Sequence[Line], sign: re.Pattern[str], number: int) -> int | None:
    """Return the number of the line where a sign is for the nth time."""
    text = "\n".join(line.text for line in lines)
    found = next(islice(sign.finditer(text), number - 1, None), None)
    return lines[text.count("\n", 0, found.start())].number if found else None


def _crowded_line(lines: Sequence[Line]) -> int | None:
    """Return the number of the first line above which there are too many without an empty one."""
    together = 0
    for line in lines:
        together = together + 1 if line.text.strip() else 0
        if together > MAX_LINES:
            return line.number
    return None


def _problem(line: int, message: str) -> Problem:
    return Problem(Position(line), "texte", message.replace("_", "\u202f"))
