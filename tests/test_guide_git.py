"""The guide's ways through git, taken in real repositories with its very commands."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.guide import GUIDE, fences

_FILE = "content/evenements/seminaire.md"
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Rédaction",
    "GIT_AUTHOR_EMAIL": "redaction@exemple.fr",
    "GIT_COMMITTER_NAME": "Rédaction",
    "GIT_COMMITTER_EMAIL": "redaction@exemple.fr",
}


class Clone:
    """A copy of the repository, as an editor has it."""

    def __init__(self, origin: Path, root: Path) -> None:
        self.root = root
        subprocess.run(["git", "clone", "-q", origin, root], check=True, capture_output=True)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            capture_output=True,
            check=False,
            cwd=self.root,
            env=os.environ | _ENVIRONMENT,
            text=True,
        )

    def follow(self, lines: Sequence[str]) -> None:
        """Run lines of the guide; `make` has its own tests."""
        for line in lines:
            if not line.startswith("make "):
                done = self.run(*shlex.split(line))
                assert done.returncode == 0, (line, done.stderr)

    def write(self, text: str) -> None:
        path = self.root / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self) -> str:
        return (self.root / _FILE).read_text(encoding="utf-8")


def told(chapter: str, first: str) -> list[str]:
    """Return the lines of the block of a chapter that begins with a command."""
    found = [f.text.splitlines() for f in fences(GUIDE / chapter) if f.text.startswith(first)]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    """Two editors of one repository, where `main` has a first commit."""
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", origin], check=True)
    mine = Clone(origin, tmp_path / "mine")
    mine.write("debut: 2024-03-01\n")
    mine.follow(["git add content", "git commit -m Premier", "git push -u origin main"])
    return mine, Clone(origin, tmp_path / "theirs")


def test_publishing(clones: tuple[Clone, Clone]) -> None:
    """What is sent on a branch is on `main` once a colleague has accepted it."""
    mine, theirs = clones
    mine.write("debut: 2024-03-14\n")
    mine.follow(told("publier.md", "make verifier\ngit switch"))
    theirs.follow(["git pull", "git merge origin/petit-dejeuner", "git push"])
    mine.follow(told("publier.md", "git switch main"))
    assert mine.run("git", "branch", "--show-current").stdout == "main\n"
    assert mine.read() == "debut: 2024-03-14\n"


def test_conflict(clones: tuple[Clone, Clone]) -> None:
    """Both texts are there, one may go back, and the one that is kept is sent."""
    mine, theirs = clones
    theirs.write("debut: 2024-03-21\n")
    theirs.follow(["git commit -am Reporter", "git push"])
    mine.follow(["git switch -c date"])
    mine.write("debut: 2024-03-14\n")
    mine.follow(["git commit -am Avancer", "git push -u origin date"])

    (pull,) = told("annuler.md", "git pull")
    assert f"CONFLICT (content): Merge conflict in {_FILE}" in mine.run(*shlex.split(pull)).stdout
    marks = mine.read().splitlines()
    assert marks[1:4:2] == ["debut: 2024-03-14", "debut: 2024-03-21"]
    assert [line[:7] for line in marks[::2]] == ["<<<<<<<", "=======", ">>>>>>>"]

    mine.follow(["git merge --abort"])
    assert mine.read() == "debut: 2024-03-14\n"

    mine.run(*shlex.split(pull))
    mine.write("debut: 2024-03-21\n")
    mine.follow(told("annuler.md", "make verifier\ngit add"))
    assert mine.run("git", "status", "--short", "--branch").stdout == "## date...origin/date\n"
