"""What an editor reads: whole lines, errors before warnings, on any terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.build.report import print_faults, print_refusal
from plugins.faults import ContentError, Level, Position
from tests.sites import ROOT


def fault(line: int, message: str, level: Level = Level.ERROR) -> ContentError:
    return ContentError(Path("content/a.md"), Position(line), "titre", message, level)


def test_errors_come_first_in_reading_order_once_each() -> None:
    stream = io.StringIO()
    long = "mot " * 100
    print_faults(
        [
            fault(9, "neuf [b]gras[/b]"),
            fault(1, "avis", Level.WARNING),
            fault(2, long.strip()),
            fault(9, "neuf [b]gras[/b]"),
        ],
        stream,
    )
    assert stream.getvalue().splitlines() == [
        f"erreur content/a.md:2:1 · titre : {long.strip()}",
        "erreur content/a.md:9:1 · titre : neuf [b]gras[/b]",
        "avis content/a.md:1:1 · titre : avis",
    ]


@pytest.mark.parametrize(("count", "words"), [(1, "1 erreur"), (2, "2 erreurs")])
def test_refusal_counts_errors(count: int, words: str) -> None:
    stream = io.StringIO()
    print_refusal([fault(n, "x") for n in range(count)] + [fault(1, "y", Level.WARNING)], stream)
    last = stream.getvalue().splitlines()[-1]
    assert last == f"{words} : rien n’a été publié, output/ est resté tel quel."


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_terminal_that_lacks_signs(encoding: str) -> None:
    code = (
        "from plugins.build.report import print_line, print_refusal\n"
        "from pathlib import Path\n"
        "from plugins.faults import ContentError, Position\n"
        "print_line('L’été : 10\u202f000 → 1')\n"
        "print_refusal([ContentError(Path('content/a.md'), Position(1), 'titre', 'l’été')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding).startswith("L")
    assert "content/a.md:1:1" in done.stderr.decode(encoding)


def test_colours_never_reach_a_pipe() -> None:
    stream = io.StringIO()
    print_refusal([fault(1, "x")], stream)
    assert "\x1b" not in stream.getvalue()
