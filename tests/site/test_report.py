"""What an editor reads: whole lines, errors before warnings, on any terminal."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.build.report import print_faults, print_refusal, remedies, summary
from plugins.faults import ContentError, Edit, Level, Position
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


@pytest.mark.parametrize(
    ("errors", "advice", "files", "words"),
    [
        (1, 0, 1, "1 erreur"),
        (2, 0, 1, "2 erreurs"),
        (1, 1, 1, "1 erreur et 1 avis"),
        (3, 2, 4, "3 erreurs et 2 avis dans 4 fichiers"),
        (0, 2, 2, "2 avis dans 2 fichiers"),
    ],
)
def test_faults_are_counted(errors: int, advice: int, files: int, words: str) -> None:
    levels = [Level.ERROR] * errors + [Level.WARNING] * advice
    faults = [
        replace(fault(number + 1, "x", level), path=Path(f"content/{number % files}.md"))
        for number, level in enumerate(levels)
    ]
    assert summary([*faults, *faults]) == words
    stream = io.StringIO()
    print_refusal(faults, stream)
    last = stream.getvalue().splitlines()[-1]
    assert last == f"{words} : rien n’a été publié, output/ est resté tel quel."


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (0, []),
        (1, ["Une de ces fautes se corrige seule : make verifier CORRIGER=1"]),
        (2, ["2 de ces fautes se corrigent seules : make verifier CORRIGER=1"]),
    ],
)
def test_faults_that_mend_alone_are_told(count: int, line: list[str]) -> None:
    edits = (Edit(Position(1), "a", "b"),)
    mended = [replace(fault(number + 1, "x"), edits=edits) for number in range(count)]
    assert list(remedies([fault(9, "x"), *mended])) == line


TERMINAL = """\
content/a.md
  2:1   erreur  titre : un mot un mot un mot un mot un mot
                un mot un mot.
  19:4  erreur  le fichier est vide.

content/b.md
  2:1   erreur  titre : court.

content/a.md
  1:1   avis    titre : avis.

3 erreurs et 1 avis dans 2 fichiers : rien n’a été écrit.
"""


def on_a_terminal(code: str, **environment: str) -> str:
    """Return what a program prints to a terminal 60 columns wide."""
    mine, its = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name not in UNSET}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**variables, "TERM": "xterm-256color", "COLUMNS": "60", **environment},
        cwd=ROOT,
        stdout=its,
        stderr=its,
    ) as process:
        os.close(its)
        said = b""
        # Linux ends the reading with an error, macOS with nothing.
        with suppress(OSError):
            while part := os.read(mine, 4096):
                said += part
        process.wait()
    os.close(mine)
    return said.decode().replace("\r\n", "\n")


# What would change the colours of the terminal, or make another one of it.
UNSET = {"NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "COLORTERM", "TTY_COMPATIBLE"}
PROGRAM = """
from pathlib import Path
from plugins.build.report import print_refusal
from plugins.faults import ContentError, Level, Position
a, b = Path('content/a.md'), Path('content/b.md')
print_refusal([
    ContentError(b, Position(2), 'titre', 'court.'),
    ContentError(a, Position(19, 4), None, 'le fichier est vide.'),
    ContentError(a, Position(2), 'titre', ('un mot ' * 7).strip() + '.'),
    ContentError(a, Position(1), 'titre', 'avis.', Level.WARNING),
], outcome='rien n’a été écrit')
"""


def test_a_terminal_shows_the_faults_of_each_file_under_its_name() -> None:
    said = on_a_terminal(PROGRAM)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", said)
    assert [line.rstrip() for line in bare.splitlines()] == TERMINAL.splitlines()
    assert "\x1b[1;31merreur\x1b[0m" in said
    assert "\x1b[33mavis  \x1b[0m" in said


def test_no_colour_where_none_is_wanted() -> None:
    said = on_a_terminal(PROGRAM, NO_COLOR="1")
    assert set(re.findall(r"\x1b\[([0-9;]*)m", said)) <= {"0", "1"}  # bold is no colour
    assert "3 erreurs et 1 avis dans 2 fichiers" in said


def test_a_click_in_visual_studio_code_opens_the_place() -> None:
    program = PROGRAM.replace("content/a.md", "README.md")
    said = on_a_terminal(program, TERM_PROGRAM="vscode")
    links = re.findall(r"\x1b]8;[^;]*;([^\x1b]+)\x1b\\(?:\x1b\[[0-9;]*m)?([0-9:]+)", said)
    here = f"vscode://file{ROOT / 'README.md'}"
    assert links == [(f"{here}:{place}", place) for place in ("2:1", "19:4", "1:1")]


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
