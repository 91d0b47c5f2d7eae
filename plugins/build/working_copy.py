"""The working copy of an editor: what changed, its commits, those of the others, a revert.

Only the folder of contents is recorded, and a publication is a commit that changed it; to revert
one takes all of it back. Every method that fails leaves the files as they were, or recorded, and
says so in French.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from plugins.dates.moments import PARIS

_SEPARATOR = "\x1f"
_FORMAT = _SEPARATOR.join(("%H", "%aI", "%an", "%P", "%s"))
_UNDER_WAY = ("MERGE_HEAD", "REVERT_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply")
_ASIDE = "mis de côté par make annuler"
_ADDRESS = re.compile(r"https?://\S+")
_PROTECTED = ("protected branch", "pre-receive hook declined", "GH006", "not allowed to push")


class WorkingCopyError(Exception):
    """Git cannot do what was asked; the message is a French sentence that says what to do."""


class Change(Enum):
    """The ways in which a file differs from the last commit."""

    NEW = "nouveau"
    CHANGED = "changé"
    MOVED = "renommé"
    GONE = "supprimé"


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs from a commit."""

    path: Path
    change: Change


@dataclass(frozen=True, slots=True)
class Publication:
    """A commit that changed the contents; `is_merge` for one that joined a branch."""

    name: str
    at: datetime
    author: str
    subject: str
    is_merge: bool
    files: tuple[ChangedFile, ...]


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The working copy whose top is `root`; `folder` is that of the contents, in it."""

    root: Path
    folder: str = "content"

    def check(self) -> None:
        """Raise WorkingCopyError when there is no repository, or when git waits for something."""
        top = self._git("rev-parse", "--show-toplevel")
        if top.returncode or Path(top.stdout.strip()).resolve() != self.root.resolve():
            raise WorkingCopyError(
                "Ce dossier n’est pas un dépôt git : il n’y a pas d’historique. Reprenez une copie "
                "du site avec « git clone », comme le dit le guide."
            )
        for name in _UNDER_WAY:
            path = self._git("rev-parse", "--git-path", name).stdout.strip()
            if (self.root / path).exists():
                raise WorkingCopyError(
                    "Une opération de git attend d’être finie dans ce dossier. Rien n’a changé. "
                    "Demandez de l’aide à la personne qui maintient le site."
                )

    def changed(self) -> tuple[ChangedFile, ...]:
        """Return the contents that differ from the last commit, in the order of their paths."""
        return self._status("--", self.folder)

    def changed_elsewhere(self) -> tuple[ChangedFile, ...]:
        """Return the files outside the contents that differ from the last commit."""
        return self._status("--", ".", f":(exclude){self.folder}")

    def publications(self, count: int) -> tuple[Publication, ...]:
        """Return the last commits of this branch that changed the contents, newest first."""
        lines = self._done(
            *("log", "--first-parent", f"--max-count={count}", f"--format={_FORMAT}"),
            *("--", self.folder),
        ).splitlines()
        return tuple(self._publication(*line.split(_SEPARATOR, 4)) for line in lines)

    def record(self, message: str) -> None:
        """Commit all changes of the contents, and nothing else."""
        self._done("add", "--all", "--", self.folder)
        self._commit("--message", message, "--", self.folder)

    def start_branch(self, name: str) -> None:
        """Go to a new branch, or to the branch of that name, with what has changed."""
        if self._git("check-ref-format", "--branch", name).returncode:
            raise WorkingCopyError(
                f"« {name} » ne peut pas nommer une branche. Écrivez des lettres sans accent et "
                "des traits d’union, par exemple petit-dejeuner."
            )
        if self.branch() == name:
            return
        exists = not self._git("rev-parse", "--verify", "--quiet", f"refs/heads/{name}").returncode
        done = self._git("switch", name) if exists else self._git("switch", "--create", name)
        if done.returncode:
            raise WorkingCopyError(
                f"La branche « {name} » existe déjà, et les fichiers que vous avez changés y sont "
                "autres. Rien n’a changé. Choisissez un autre nom."
            )

    def branch(self) -> str:
        """Return the name of the present branch, empty when there is none."""
        return self._git("branch", "--show-current").stdout.strip()

    def has_remote(self) -> bool:
        """True when there is a server to send to."""
        return bool(self._done("remote").strip())

    def waiting(self) -> int:
        """Return the number of commits that the server has not got."""
        count = self._git("rev-list", "--count", "@{upstream}..HEAD")
        return int(count.stdout) if count.returncode == 0 else 0

    def fetch(self) -> None:
        """Hear of the commits of the server."""
        self._reached(self._git("fetch", "--prune"))

    def leave_ended_branch(self) -> str:
        """Go back to the branch of all when ours was merged or closed; return its name, or "".

        Our branch stays here, with all its commits.
        """
        remote = self._remote()
        common = self._git("symbolic-ref", "--short", f"refs/remotes/{remote}/HEAD").stdout.strip()
        name, branch = common.removeprefix(f"{remote}/"), self.branch()
        if not common or branch == name or not self._is_followed(branch):
            return ""
        is_merged = not self._git("merge-base", "--is-ancestor", "HEAD", common).returncode
        is_gone = bool(self._git("rev-parse", "--verify", "--quiet", "@{upstream}").returncode)
        if not (is_merged or is_gone) or self._git("switch", name).returncode:
            return ""
        return branch

    def receive(self) -> tuple[ChangedFile, ...]:
        """Put the fetched commits of the server under ours; return the contents that came."""
        if self._git("rev-parse", "--verify", "--quiet", "@{upstream}").returncode:
            return ()
        base = self._git("merge-base", "HEAD", "@{upstream}").stdout.strip()
        came = self._differences(base, "@{upstream}") if base else ()
        done = self._git("rebase", "--autostash", "@{upstream}")
        if done.returncode:
            self._git("rebase", "--abort")
            if "CONFLICT" not in done.stdout:
                raise _failed(done)
            ours = {file.path for file in self._differences(base, "HEAD")} if base else set()
            both = [file.path for file in came if file.path in ours]
            raise WorkingCopyError(
                f"Vous et un collègue avez changé les mêmes lignes{_of(both)}. Votre travail est "
                "enregistré ici, rien n’est perdu. Envoyez-le sur une branche, où l’on compare les "
                "deux versions : make enregistrer BRANCHE=mon-travail"
            )
        return came

    def send(self) -> tuple[str, ...]:
        """Send our commits; return the addresses that the server answers (a merge request)."""
        remote = self._remote()
        done = self._git("push", "--set-upstream", remote, "HEAD")
        if any(sign in done.stderr for sign in _PROTECTED):
            raise WorkingCopyError(
                f"Le serveur n’accepte pas d’envoi direct sur « {self.branch()} » : un collègue "
                "doit relire. Votre travail est enregistré ici. Envoyez-le sur une branche : "
                "make enregistrer BRANCHE=mon-travail"
            )
        self._reached(done)
        said = (line for line in done.stderr.splitlines() if line.startswith("remote:"))
        return tuple(dict.fromkeys(_ADDRESS.findall("\n".join(said))))

    def set_aside(self) -> None:
        """Put the contents that are not recorded where `bring_back` finds them."""
        self._done(
            *("stash", "push", "--include-untracked", "--message", _ASIDE, "--", self.folder)
        )

    def is_something_aside(self) -> bool:
        """True when the last thing put aside is ours."""
        return _ASIDE in self._done("stash", "list", "--max-count=1", "--format=%gs")

    def bring_back(self) -> None:
        """Put back what was set aside last; every file of the contents must be recorded."""
        done = self._git("stash", "pop")
        if done.returncode:
            # Git leaves both versions in a file, and what it could put back.
            self._done("restore", "--source=HEAD", "--staged", "--worktree", "--", self.folder)
            self._done("clean", "--force", "-d", "--quiet", "--", self.folder)
            raise WorkingCopyError(
                "Ce qui a été mis de côté touche des lignes ou des fichiers qui ont changé depuis. "
                "Il y reste, rien n’est perdu, rien n’a changé. Demandez de l’aide à la personne "
                "qui maintient le site."
            )

    def revert(self, publication: Publication, message: str) -> None:
        """Commit the opposite of a publication; every file of the contents must be recorded."""
        # Git would commit what else is staged, and throw it away with a revert that it gives up.
        if self._git("diff", "--cached", "--quiet").returncode:
            raise WorkingCopyError(
                "Des fichiers hors de content/ attendent un enregistrement dans git. Rien n’a "
                "changé. Demandez de l’aide à la personne qui maintient le site."
            )
        parent = ("--mainline", "1") if publication.is_merge else ()
        done = self._git("revert", "--no-commit", *parent, publication.name)
        if done.returncode:
            self._git("revert", "--abort")
            raise WorkingCopyError(
                "Des publications plus récentes touchent les mêmes lignes"
                f"{_of([file.path for file in publication.files])}. Rien n’a changé. Annulez "
                "d’abord celles-ci, ou corrigez le fichier à la main."
            )
        if not self._git("diff", "--cached", "--quiet").returncode:
            self._git("revert", "--abort")
            raise WorkingCopyError("Cette publication est déjà annulée. Rien n’a changé.")
        try:
            # The state that comes back was published: it is checked after, not refused.
            self._commit("--no-verify", "--message", message)
        except WorkingCopyError:
            self._git("revert", "--abort")
            raise

    def _remote(self) -> str:
        """Return the name of the server of this branch, else of that which was cloned."""
        followed = self._git("config", "--get", f"branch.{self.branch()}.remote").stdout.strip()
        known = self._done("remote").split()
        return followed or ("origin" if "origin" in known else known[0])

    def _is_followed(self, branch: str) -> bool:
        """True when the branch has been sent to the server once."""
        return not self._git("config", "--get", f"branch.{branch}.merge").returncode

    def _publication(
        self, name: str, at: str, author: str, parents: str, subject: str
    ) -> Publication:
        before = parents.split(maxsplit=1)[0] if parents else self._empty_tree()
        return Publication(
            name,
            datetime.fromisoformat(at).astimezone(PARIS),
            author,
            subject,
            " " in parents,
            self._differences(before, name),
        )

    def _empty_tree(self) -> str:
        return self._done("hash-object", "-t", "tree", os.devnull).strip()

    def _differences(self, before: str, after: str) -> tuple[ChangedFile, ...]:
        answer = self._done(
            *("diff", "--name-status", "--find-renames", "-z", before, after, "--", self.folder)
        )
        return tuple(_differences(answer))

    def _status(self, *paths: str) -> tuple[ChangedFile, ...]:
        answer = self._done(
            *("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", *paths)
        )
        entries = (entry for entry in answer.split("\0") if entry)
        return tuple(
            sorted(
                (ChangedFile(Path(entry[3:]), _status_of(entry[:2])) for entry in entries),
                key=lambda file: file.path,
            )
        )

    def _commit(self, *arguments: str) -> None:
        done = self._git("commit", "--quiet", *arguments)
        if "Please tell me who you are" in done.stderr or "empty ident" in done.stderr:
            raise WorkingCopyError(
                "git ne sait pas qui vous êtes. Dites-le-lui une fois pour toutes, puis "
                'recommencez : git config --global user.name "Prénom Nom" et '
                "git config --global user.email votre.adresse@exemple.fr"
            )
        if done.returncode:
            raise _failed(done)

    def _reached(self, done: subprocess.CompletedProcess[str]) -> None:
        if done.returncode:
            raise WorkingCopyError(
                "Le serveur n’a pas répondu comme prévu. Votre travail reste enregistré ici, rien "
                f"n’est perdu. Recommencez plus tard. git dit : {_last(done)}"
            )

    def _done(self, *arguments: str) -> str:
        done = self._git(*arguments)
        if done.returncode:
            raise _failed(done)
        return done.stdout

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        settings = ("-c", "core.quotePath=false", "-c", "commit.gpgSign=false")
        try:
            return subprocess.run(
                ["git", "--no-pager", *settings, *arguments],
                capture_output=True,
                check=False,
                cwd=self.root,
                encoding="utf-8",
                env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "GIT_EDITOR": "true"},
                errors="surrogateescape",
            )
        except FileNotFoundError:
            raise WorkingCopyError(
                "git n’est pas installé. Sous Debian ou Ubuntu : sudo apt-get install git"
            ) from None


def _failed(done: subprocess.CompletedProcess[str]) -> WorkingCopyError:
    return WorkingCopyError(f"git a refusé, et rien n’a changé. Il dit : {_last(done)}")


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", " !"))]
    return (told or lines or ["rien"])[-1].strip()


def _of(paths: Sequence[Path]) -> str:
    return f" ({', '.join(path.as_posix() for path in paths)})" if paths else ""


def _status_of(code: str) -> Change:
    if code == "??" or "A" in code:
        return Change.NEW
    return Change.GONE if "D" in code else Change.CHANGED


def _differences(answer: str) -> list[ChangedFile]:
    """Return the files of `git diff --name-status -z`: a status, a path, a second for a rename."""
    fields = iter(answer.split("\0")[:-1])
    found = []
    for status in fields:
        path = next(fields)
        if status.startswith(("R", "C")):
            path, change = next(fields), Change.MOVED
        else:
            change = {"A": Change.NEW, "D": Change.GONE}.get(status[0], Change.CHANGED)
        found.append(ChangedFile(Path(path), change))
    return found
