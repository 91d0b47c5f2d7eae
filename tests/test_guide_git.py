"""The guide's ways to share and to take back, followed in real repositories with its commands."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from plugins.build.git_commands import receive, record, undo
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
        self.said: list[str] = []
        subprocess.run(["git", "clone", "-q", origin, root], check=True, capture_output=True)

    def follow(self, lines: Sequence[str]) -> int:
        """Carry out lines of the guide until one fails; return the status of the last."""
        return next((status for line in lines if (status := self._done(line))), 0)

    def _done(self, line: str) -> int:
        program, *words = shlex.split(line)
        if program == "git":
            done = subprocess.run(["git", *words], cwd=self.root, check=False, capture_output=True)
            return done.returncode
        command, *options = words
        given = dict(option.split("=") for option in options)
        if command == "enregistrer":
            message, branch = given.get("MESSAGE", ""), given.get("BRANCHE", "")
            keep = given.get("GARDER", "")
            return record(self.root, message, branch, keep, lambda: 0, self.said.append)
        if command == "recevoir":
            return receive(self.root, given.get("BRANCHE", ""), self.said.append)
        assert command == "annuler"
        confirmed = given.get("CONFIRMER") == "oui"
        return undo(self.root, given.get("QUOI", ""), self.said.append, is_confirmed=confirmed)

    def write(self, text: str) -> None:
        path = self.root / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self) -> str:
        return (self.root / _FILE).read_text(encoding="utf-8")


def told(chapter: str, first: str) -> list[str]:
    """Return the lines of the only block of a chapter that begins so."""
    found = [f.text.splitlines() for f in fences(GUIDE / chapter) if f.text.startswith(first)]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def clones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Clone, Clone]:
    """Two editors of one repository, where `main` has a first commit."""
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", origin], check=True)
    first = Clone(origin, tmp_path / "first")
    first.write("debut: 2024-03-01\n")
    first.follow(["git add content", "git commit -m Premier", "git push -u origin main"])
    return Clone(origin, tmp_path / "mine"), Clone(origin, tmp_path / "theirs")


def test_publishing(clones: tuple[Clone, Clone]) -> None:
    """What is sent on a branch is common once a colleague has accepted it."""
    mine, theirs = clones
    mine.write("debut: 2024-03-14\n")
    assert mine.follow(told("publier.md", "make enregistrer BRANCHE=petit-dejeuner")) == 0
    accept = "git fetch", "git merge origin/petit-dejeuner", "git push"
    assert theirs.follow([*accept, "git push origin --delete petit-dejeuner"]) == 0
    assert mine.follow(told("publier.md", "make recevoir")) == 0
    assert "vous revoilà sur « main »" in mine.said[-2]
    assert mine.read() == "debut: 2024-03-14\n"


def test_taking_back(clones: tuple[Clone, Clone]) -> None:
    """The last publication is taken back, for all."""
    mine, theirs = clones
    mine.write("debut: 2024-03-14\n")
    assert mine.follow(["make enregistrer MESSAGE=Avancer"]) == 0
    assert mine.follow(told("annuler.md", "make annuler QUOI=1")) == 0
    assert mine.read() == "debut: 2024-03-01\n"
    assert mine.follow(told("annuler.md", "make annuler\n")[1:]) == 0
    assert theirs.follow(["make recevoir", "git log -1 --grep Annuler"]) == 0
    assert theirs.read() == "debut: 2024-03-01\n"


def test_conflict(clones: tuple[Clone, Clone]) -> None:
    """Nothing is lost: both versions are on the server, ours on the branch that the guide names."""
    mine, theirs = clones
    theirs.write("debut: 2024-03-21\n")
    assert theirs.follow(["make enregistrer MESSAGE=Reporter"]) == 0
    mine.write("debut: 2024-03-14\n")
    assert mine.follow(["make enregistrer MESSAGE=Avancer"]) == 1
    (way_out,) = told("annuler.md", "make enregistrer BRANCHE=mon-travail")
    words = told("annuler.md", "make enregistrer GARDER=moi")
    assert all(line in mine.said[-1] for line in (way_out, *words))
    assert mine.follow([way_out]) == 0
    theirs.follow(["git fetch", "git switch mon-travail"])
    assert theirs.read() == "debut: 2024-03-14\n"
    assert theirs.follow(["git merge main"]) == 1
    marks = theirs.read().splitlines()
    assert marks[1:4:2] == ["debut: 2024-03-14", "debut: 2024-03-21"]
    assert [line[:7] for line in marks[::2]] == ["<<<<<<<", "=======", ">>>>>>>"]


def test_setting_aside(clones: tuple[Clone, Clone]) -> None:
    """The same command sets aside and brings back."""
    mine, _ = clones
    aside = "make annuler QUOI=0"
    assert f"`{aside}`" in (GUIDE / "annuler.md").read_text(encoding="utf-8")
    mine.write("debut: 2024-03-14\n")
    assert mine.follow([f"{aside} CONFIRMER=oui"]) == 0
    assert mine.read() == "debut: 2024-03-01\n"
    assert mine.follow([f"{aside} CONFIRMER=oui"]) == 0
    assert mine.read() == "debut: 2024-03-14\n"
