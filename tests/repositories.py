"""Repositories of content, made by git itself, whose hours are known."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from plugins.library.history import FileHistory, History, read_history

FIRST = 1_704_700_800  # 2024-01-08 09:00 in Paris
HOUR = 3600
# An event, its file, and the data that its site needs.
DATA = (
    "nom: Passerelle\naccroche: le réseau\ndescription: L’agenda.\ncontact: a@passerelle.example\n"
)
FILE = "evenements/webinaire.md"
EVENT = """---
titre: Webinaire
resume: Une heure et demie.
debut: 2024-02-07 17:00
fin: 18:30
modalite: visio
---
Une heure et demie pour bâtir ensemble, et décider de la suite à donner.
"""


class EventHistory(NamedTuple):
    """What calendars take of the history of an event's file."""

    origin: str
    revisions: int
    created_at: datetime | None
    revised_at: datetime | None


class Repo:
    """A repository whose commits are an hour apart, the first one at `FIRST`."""

    def __init__(self, root: Path, content: str = "content") -> None:
        self.root = root
        self.content = root / content
        self.time = FIRST - HOUR
        self.content.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Rédaction")
        self.git("config", "user.email", "redaction@exemple.fr")
        self.git("config", "commit.gpgSign", "false")

    def git(self, *arguments: str) -> str:
        date = f"{self.time} +0100"
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date},
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    def write(self, path: str, text: str) -> None:
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def move(self, source: str, target: str) -> None:
        (self.content / target).parent.mkdir(parents=True, exist_ok=True)
        (self.content / source).rename(self.content / target)

    def commit(self, files: dict[str, str] | None = None) -> None:
        for path, text in (files or {}).items():
            self.write(path, text)
        self.time += HOUR
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=Enregistrement")

    def merge(self, branch: str, *options: str) -> None:
        self.time += HOUR
        self.git("merge", "--quiet", "--no-ff", "--message=Fusion", *options, branch)

    def history(self) -> History:
        return read_history(self.content)

    def of(self, path: str) -> EventHistory:
        found = self.whole(path)
        return EventHistory(found.origin, found.revisions, found.created_at, found.revised_at)

    def at(self, rank: int) -> datetime:
        """Return when the commit of a rank, from 0, was made."""
        return datetime.fromtimestamp(FIRST + rank * HOUR, UTC)

    def whole(self, path: str) -> FileHistory:
        history = self.history()
        found = history.of(self.content / path)
        assert found is not None, history.notice
        return found
