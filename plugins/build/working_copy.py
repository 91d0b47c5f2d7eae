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


class ConflictError(WorkingCopyError):
    """Two editors have changed the same lines; nothing is merged."""


class Kept(Enum):
    """Whose lines are kept where two editors have changed the same ones: git's word for a rebase.

    A rebase puts our commits on those of the others: they are « theirs » to git.
    """

    MINE = "theirs"
    OTHERS = "ours"


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
    """A commit that changed the contents, a merged branch as one; `before` is what it changed."""

    name: str
    at: datetime
    author: str
    subject: str
    before: str
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

    def check_branch(self, name: str) -> None:
        """Raise WorkingCopyError for a name that no branch can have, or that is hard to type."""
        is_plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", name)
        if not is_plain or self._git("check-ref-format", "--branch", name).returncode:
            raise WorkingCopyError(
                f"« {name} » ne peut pas nommer une branche. Écrivez des lettres sans accent et "
                "des traits d’union, par exemple petit-dejeuner."
            )

    def start_branch(self, name: str) -> None:
        """Go to a new branch, or to the branch of that name, with what has changed."""
        if self.branch() == name:
            return
        exists = not self._git("rev-parse", "--verify", "--quiet", f"refs/heads/{name}").returncode
        done = self._git("switch", name) if exists else self._git("switch", "--create", name)
        if done.returncode:
            raise WorkingCopyError(
                f"La branche « {name} » existe déjà, et les fichiers que vous avez changés y sont "
                "autres. Rien n’a changé. Choisissez un autre nom."
            )

    def go_to(self, name: str) -> None:
        """Go to a branch that is here or on the server."""
        if self.branch() != name and self._git("switch", name).returncode:
            raise WorkingCopyError(
                f"La branche « {name} » n’existe pas, ou des fichiers hors de content/ ne sont pas "
                "enregistrés. Rien n’a changé."
            )

    def leave_to(self, branch: str) -> None:
        """Take out of `branch` the commits that ours has sent: it is as on the server again."""
        theirs = f"refs/remotes/{self._remote()}/{branch}"
        known = not self._git("rev-parse", "--verify", "--quiet", theirs).returncode
        if known and not self._git("merge-base", "--is-ancestor", branch, "HEAD").returncode:
            self._done("branch", "--force", branch, theirs)

    def branch(self) -> str:
        """Return the name of the present branch, empty when there is none."""
        return self._git("branch", "--show-current").stdout.strip()

    def has_remote(self) -> bool:
        """True when there is a server to send to."""
        return bool(self._done("remote").strip())

    def waiting(self) -> int:
        """Return the number of commits that the server has not got."""
        return int(self._done("rev-list", "--count", "HEAD", "--not", "--remotes"))

    def fetch(self) -> None:
        """Hear of the commits of the server."""
        self._reached(self._git("fetch", "--prune"))

    def common_branch(self) -> str:
        """Return the branch on which all meet, as the server says, empty when it does not."""
        remote = self._remote()
        self._git("remote", "set-head", remote, "--auto")
        name = self._git("symbolic-ref", "--short", f"refs/remotes/{remote}/HEAD").stdout.strip()
        return name.removeprefix(f"{remote}/")

    def leave_ended_branch(self) -> str:
        """Go back to the branch of all when ours was merged or closed; return its name, or "".

        Our branch stays here, with all its commits.
        """
        name, branch = self.common_branch(), self.branch()
        if not name or branch == name or not self._is_followed(branch):
            return ""
        theirs = f"refs/remotes/{self._remote()}/{name}"
        is_merged = not self._git("merge-base", "--is-ancestor", "HEAD", theirs).returncode
        is_gone = bool(self._git("rev-parse", "--verify", "--quiet", "@{upstream}").returncode)
        if not (is_merged or is_gone) or self._git("switch", name).returncode:
            return ""
        return branch

    def receive(self, keep: Kept | None = None) -> tuple[ChangedFile, ...]:
        """Put the fetched commits of the server under ours; return the contents that came.

        Where both changed the same lines, those that `keep` names stay; without it, ConflictError
        is raised and nothing changes.
        """
        theirs = f"refs/remotes/{self._remote()}/{self.branch()}"
        if self._git("rev-parse", "--verify", "--quiet", theirs).returncode:
            return ()
        if not self._git("merge-base", "--is-ancestor", theirs, "HEAD").returncode:
            return ()
        base = self._git("merge-base", "HEAD", theirs).stdout.strip()
        came = self._differences(base, theirs) if base else ()
        choice = ("--strategy-option", keep.value) if keep else ()
        done = self._git("rebase", "--rebase-merges", "--autostash", *choice, theirs)
        if done.returncode:
            self._git("rebase", "--abort")
            if "CONFLICT" not in done.stdout:
                raise _failed(done)
            ours = {file.path for file in self._differences(base, "HEAD")} if base else set()
            both = [file.path for file in came if file.path in ours]
            raise ConflictError(
                f"Vous et un collègue avez changé les mêmes lignes{_of(both)}. Votre travail est "
                "enregistré ici, rien n’est perdu. Envoyez-le sur une branche, où l’on compare les "
                "deux versions (make enregistrer BRANCHE=mon-travail), ou gardez vos lignes "
                "(make enregistrer GARDER=moi) ou les siennes (make enregistrer GARDER=collegue)."
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
        """Commit the opposite of what a publication did to the contents, all of them recorded."""
        ends = publication.name, publication.before
        patch = self._done("diff", "--binary", "--full-index", *ends, "--", self.folder)
        apply = ("apply", "--index")
        if self._git(*apply, "--check", "-", given=patch).returncode:
            if not self._git(*apply, "--check", "--reverse", "-", given=patch).returncode:
                raise WorkingCopyError("Cette publication est déjà annulée. Rien n’a changé.")
            raise WorkingCopyError(
                "Des publications plus récentes ont changé les mêmes lignes. Rien n’a changé. "
                f"Annulez d’abord celles-ci, ou corrigez à la main : {self._later(publication)}"
            )
        if self._git(*apply, "-", given=patch).returncode:
            raise WorkingCopyError("Les fichiers ne peuvent pas être écrits. Rien n’a changé.")
        try:
            # The state that comes back was published: it is checked after, not refused.
            self._commit("--no-verify", "--message", message, "--", self.folder)
        except WorkingCopyError:
            self._done(*apply, "--reverse", "-", given=patch)
            raise

    def _later(self, publication: Publication) -> str:
        """Return the phrases of the publications that changed the same files since."""
        paths = [file.path.as_posix() for file in publication.files]
        since = f"{publication.name}..HEAD"
        subjects = self._done("log", "--first-parent", "--format=« %s »", since, "--", *paths)
        return ", ".join(subjects.splitlines()) + "."

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
            before,
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

    def _done(self, *arguments: str, given: str | None = None) -> str:
        done = self._git(*arguments, given=given)
        if done.returncode:
            raise _failed(done)
        return done.stdout

    def _git(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        settings = ("-c", "core.quotePath=false", "-c", "commit.gpgSign=false")
        try:
            # As bytes: a patch keeps the line ends of its files.
            done = subprocess.run(
                ["git", "--no-pager", *settings, *arguments],
                capture_output=True,
                check=False,
                cwd=self.root,
                env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "GIT_EDITOR": "true"},
                input=None if given is None else given.encode("utf-8", "surrogateescape"),
            )
        except FileNotFoundError:
            raise WorkingCopyError(
                "git n’est pas installé. Sous Debian ou Ubuntu : sudo apt-get install git"
            ) from None
        said = (part.decode("utf-8", "surrogateescape") for part in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(done.args, done.returncode, *said)


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
