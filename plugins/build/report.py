"""Printing faults and sentences to the editor's terminal."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

from rich.console import Console
from rich.text import Text

from plugins.faults import ContentError, Level


def print_faults(faults: Sequence[ContentError], stream: TextIO | None = None) -> None:
    """Print each fault once, on its own line, errors before warnings, in reading order."""
    console = _console(stream or sys.stderr)
    for level in (Level.ERROR, Level.WARNING):
        for fault in sorted(
            {f for f in faults if f.level is level}, key=lambda fault: fault.sort_key
        ):
            style = "bold red" if level is Level.ERROR else "yellow"
            place = (fault.place, "bold")
            console.print(Text.assemble((level.value, style), " ", place, " · ", fault.words))


NOTHING_PUBLISHED = "rien n’a été publié, output/ est resté tel quel"


def print_refusal(
    faults: Sequence[ContentError],
    stream: TextIO | None = None,
    outcome: str = NOTHING_PUBLISHED,
) -> None:
    """Print the faults, the number of errors, and `outcome`, the work that they prevented."""
    print_faults(faults, stream)
    errors = len({fault for fault in faults if fault.level is Level.ERROR})
    word = "erreur" if errors == 1 else "erreurs"
    _console(stream or sys.stderr).print(Text(f"{errors} {word} : {outcome}.", "bold red"))


def print_line(text: str, stream: TextIO | None = None) -> None:
    """Print a sentence."""
    _console(stream or sys.stdout).print(Text(text))


def _console(stream: TextIO) -> Console:
    if isinstance(stream, TextIOWrapper):
        # A terminal that lacks a sign shows another one: better than a message that stops.
        stream.reconfigure(errors="replace")
    # Lines are never cut to the width of the terminal: a place must stay copiable.
    return Console(file=stream, soft_wrap=True, highlight=False)
