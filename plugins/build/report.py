"""Printing faults and sentences to the editor's terminal."""

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from rich.console import Console
from rich.style import Style
from rich.text import Text

from plugins.faults import ContentError, Level

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow"}
_CHANGES = {"+": "green", "-": "red", "@": "cyan"}
_GAP = "  "
_LEAST_ROOM = 30
# The spaces of French typography at which no line is cut, and what stands for them meanwhile.
_TIED = re.compile(r"(?<=«) | (?=[»:;?!])")
_TIE = "\ue000"
NOTHING_PUBLISHED = "rien n’a été publié, output/ est resté tel quel"
TO_MEND = "à corriger avant de publier"
"""What a check says, which never publishes."""


def print_faults(faults: Sequence[ContentError], stream: TextIO | None = None) -> None:
    """Print each fault once, errors before warnings, in reading order.

    A terminal shows them under the names of their files; elsewhere each is a line of its own, with
    its whole place.
    """
    console = _console(stream or sys.stderr)
    found = in_order(faults)
    if console.is_terminal:
        for line in _grouped(found, console.width):
            console.print(line, soft_wrap=True)
        return
    for fault in found:
        level, place = (fault.level.value, _STYLES[fault.level]), (fault.place, "bold")
        console.print(Text.assemble(level, " ", place, " · ", fault.words), soft_wrap=True)


def print_refusal(
    faults: Sequence[ContentError],
    stream: TextIO | None = None,
    outcome: str = NOTHING_PUBLISHED,
) -> None:
    """Print the faults, how many they are, and `outcome`, the work that the errors prevented."""
    print_faults(faults, stream)
    for line in remedies(faults):
        print_line(line, stream or sys.stderr)
    console = _console(stream or sys.stderr)
    console.print(Text(f"{summary(faults)} : {outcome}.", "bold red"), soft_wrap=True)


def print_line(text: str, stream: TextIO | None = None) -> None:
    """Print a sentence."""
    _console(stream or sys.stdout).print(Text(text), soft_wrap=True)


def print_change(lines: Iterable[str], stream: TextIO) -> None:
    """Print a change of a file as a unified diff, its lines in colours on a terminal."""
    console = _console(stream)
    for number, line in enumerate(lines):
        style = "bold" if number < 2 else _CHANGES.get(line[:1], "")
        console.print(Text(line, style), soft_wrap=True)


def in_order(faults: Iterable[ContentError]) -> list[ContentError]:
    """Return each fault once, errors before warnings, in reading order."""
    found = sorted(set(faults), key=lambda fault: fault.sort_key)
    return [fault for level in Level for fault in found if fault.level is level]


def summary(faults: Iterable[ContentError]) -> str:
    """Return « 3 erreurs et 2 avis dans 4 fichiers »."""
    found = set(faults)
    errors = sum(fault.level is Level.ERROR for fault in found)
    words = [f"{errors} {'erreur' if errors == 1 else 'erreurs'}"] if errors else []
    if advice := len(found) - errors:
        words.append(f"{advice} avis")
    files = len({fault.path for fault in found})
    where = f" dans {files} fichiers" if files > 1 else ""
    return " et ".join(words) + where


def remedies(faults: Iterable[ContentError]) -> Iterator[str]:
    """Yield how to mend the faults that need no thought, if there are any."""
    if count := sum(bool(fault.edits) for fault in set(faults)):
        words = "Une de ces fautes se corrige seule"
        if count > 1:
            words = f"{count} de ces fautes se corrigent seules"
        yield f"{words} : make verifier CORRIGER=1"


def _grouped(faults: list[ContentError], width: int) -> Iterator[Text]:
    """Yield the lines of faults under the names of their files, for a terminal of that width."""
    places = max((len(_place(fault)) for fault in faults), default=0)
    levels = max(len(level.value) for level in Level)
    room = max(_LEAST_ROOM, width - places - levels - 3 * len(_GAP))
    for (_, path), group in groupby(faults, key=lambda fault: (fault.level, fault.path)):
        yield Text(path.as_posix().replace("\n", " "), "bold")
        for fault in group:
            first, *others = _wrapped(fault.words, room)
            name = f"{fault.field} : " if fault.field else ""
            words = Text(first)
            words.stylize("bold", 0, len(name) if first.startswith(name) else 0)
            place = Text(_place(fault), _link(fault)), " " * (places - len(_place(fault)))
            level = (f"{fault.level.value:{levels}}", _STYLES[fault.level])
            yield Text.assemble(_GAP, *place, _GAP, level, _GAP, words)
            margin = " " * (places + levels + 3 * len(_GAP))
            yield from (Text(margin + line) for line in others)
        yield Text()


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines, none of which begins or ends with a sign that belongs to a word.

    Its own spaces come back: what is copied from a message must be what it says. A long address is
    left whole for the same reason.
    """
    tied = _TIED.sub(_TIE, text)
    lines = textwrap.wrap(tied, width, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_TIE, " ") for line in lines]


def _place(fault: ContentError) -> str:
    return f"{fault.position.line}:{fault.position.column}"


def _link(fault: ContentError) -> Style:
    """Return the style of a place; a click on it opens the file there in the editor around us.

    Visual Studio Code documents such addresses; other terminals have none for a line of a file.
    """
    path = Path(fault.path).absolute()
    if os.environ.get("TERM_PROGRAM") != "vscode" or not path.is_file():
        return Style()
    return Style(link=f"vscode://file{quote(path.as_posix())}:{_place(fault)}")


def _console(stream: TextIO) -> Console:
    if isinstance(stream, TextIOWrapper):
        # A terminal that lacks a sign shows another one: better than a message that stops.
        stream.reconfigure(errors="replace")
    # Sentences are never cut to the width of the terminal: what they name must stay copiable.
    return Console(file=stream, highlight=False)
