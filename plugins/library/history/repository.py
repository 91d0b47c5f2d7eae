"""Reading a git repository: commits, changes, working tree, blobs.

Only plumbing commands are run, since no setting of the user changes their answers; names are
separated by NUL, never quoted. The repository is never written to: blobs of the working tree go to
a temporary store of objects outside it.
"""

import os
import stat
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from plugins.faults import shorten
from plugins.library.history.lineage import Change, Commit

_TIMEOUT = 300
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.safecrlf=false",
    "core.splitIndex=false",
    "core.untrackedCache=false",
    "gc.auto=0",
)
# The user's configuration decides who may read a repository, and how lines end.
_KEPT_VARIABLES = ("GIT_CEILING_DIRECTORIES", "GIT_CONFIG", "GIT_EXEC_PATH")
_RENAMES = ("-M50%", "-l10000")
_MARKDOWN = ".md"
_LOST = (
    "un contenu renommé y compte pour un nouveau, son ancienne adresse ne mène plus à lui, et les "
    "changements de date ou de lieu ne sont pas numérotés dans les calendriers."
)


class RepositoryError(Exception):
    """The history cannot be read; the message is a French sentence for the editor."""


class ShallowCloneError(RepositoryError):
    """The clone has the last commits alone: what it tells would be wrong."""


@dataclass(frozen=True)
class Repository:
    """The repository around a folder; every method raises RepositoryError when git fails.

    `root` is the top of the working tree, `prefix` the path of the folder in it (« content/ », or
    empty), `scratch` a temporary folder, `environment` the environment variables of git.
    """

    root: Path
    prefix: str
    scratch: Path
    environment: Mapping[str, str]

    def head(self) -> str:
        """Return the name of the last commit, empty before the first."""
        return self._run("rev-parse", "--revs-only", "HEAD").decode("ascii").strip()

    def files(self, head: str) -> tuple[str, ...]:
        """Return the paths of a commit's files in the folder, from the folder; none without one."""
        if not head:
            return ()
        names = self._run("ls-tree", "-r", "-z", "--name-only", "--full-tree", head).split(b"\0")
        paths = map(os.fsdecode, filter(None, names))
        return tuple(p.removeprefix(self.prefix) for p in paths if p.startswith(self.prefix))

    def commits(self, head: str) -> tuple[Commit, ...]:
        """Return a commit and its ancestors, parents before children; none for no commit."""
        if not head:
            return ()
        lines = self._run(
            "rev-list", "--topo-order", "--reverse", "--parents", "--timestamp", head, "--"
        )
        commits = (line.split() for line in lines.decode("ascii").splitlines())
        return tuple(Commit(name, int(time), tuple(p)) for time, name, *p in commits)

    def changes(
        self, commits: Sequence[Commit]
    ) -> dict[tuple[str, str | None], tuple[Change, ...]]:
        """Return the changes of Markdown files between each commit and each of its parents.

        The keys are (commit, parent); the parent of a first commit is None. Renames are detected
        only where one file disappears and another appears, which halves the time.
        """
        edges = [(c.name, parent) for c in commits for parent in (c.parents or (None,))]
        changes = self._differences(edges, "--no-renames")
        moved = [
            edge
            for edge, found in changes.items()
            if any(c.before is None for c in found) and any(c.after is None for c in found)
        ]
        return {**changes, **self._differences(moved, *_RENAMES, "--", f"*{_MARKDOWN}")}

    def uncommitted(
        self, paths: Collection[str], committed: Mapping[str, str]
    ) -> tuple[Change, ...]:
        """Return the changes of Markdown files between HEAD and the working tree.

        `committed` maps the files of HEAD to their blobs; `paths` are the other files to compare,
        ignored by git or not. All are compared as a tree, so that unstaged renames are found.
        """
        present = sorted(p for p in {*paths, *committed} if self._is_file(p))
        blobs = self._hashes(present, write=False)
        if blobs == committed:
            return ()
        self._hashes([p for p in present if committed.get(p) != blobs[p]], write=True)
        entries = (f"100644 {blob}\t{path}" for path, blob in blobs.items())
        self._run("update-index", "-z", "--index-info", given=_joined(entries))
        tree = self._run("write-tree", "--missing-ok").decode("ascii").strip()
        base = "HEAD^{tree}" if committed else self._run("mktree").decode("ascii").strip()
        answer = self._run(
            *("diff-tree", "-r", "--raw", "-z", "--no-abbrev", *_RENAMES),
            *(base, tree, "--", f"*{_MARKDOWN}"),
        )
        return next(_parse_changes(b"\0" + answer), ())

    def blobs(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield blobs, each with its hash; raise RepositoryError when one is missing."""
        asked = "".join(f"{name}\n" for name in names).encode("ascii")
        if not asked:
            return
        # One call for all: git then undoes the packing of each blob once.
        with self._answer("cat-file", "--batch", given=asked) as answer:
            while line := answer.readline():
                name, kind, *size = line.decode("ascii").split()
                if kind != "blob":
                    raise RepositoryError(
                        f"l’historique est incomplet (l’objet {name[:12]} manque dans le dépôt) : "
                        f"{_LOST} Récupérez un clone complet."
                    )
                yield name, answer.read(int(size[0]))
                answer.read(1)

    def files_at(self, time: int, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the files that HEAD had among paths at a time, with their bytes.

        What a branch held then, and HEAD only since a later merge, does not count.
        """
        last = ("--max-count=1", f"--min-age={time}", "--first-parent", "HEAD", "--")
        commit = self._run("rev-list", *last).decode("ascii").strip()
        if not commit:
            return {}
        found = self._run("ls-tree", "-z", commit, "--", *paths)
        lines = (os.fsdecode(line).split("\t", 1) for line in found.split(b"\0")[:-1])
        names = {path: told.split()[2] for told, path in lines if told.startswith("100")}
        blobs = dict(self.blobs(dict.fromkeys(names.values())))
        return {path: blobs[name] for path, name in names.items()}

    def _differences(
        self, edges: Sequence[tuple[str, str | None]], *options: str
    ) -> dict[tuple[str, str | None], tuple[Change, ...]]:
        asked = "".join(f"{name} {parent or ''}".rstrip() + "\n" for name, parent in edges)
        answer = self._run(
            *("diff-tree", "--stdin", "--always", "--root", "-r", "--raw", "-z", "--no-abbrev"),
            *options,
            given=asked.encode("ascii"),
        )
        return dict(zip(edges, _parse_changes(answer), strict=True))

    def _is_file(self, path: str) -> bool:
        try:
            return stat.S_ISREG((self.root / path).lstat().st_mode) and "\n" not in path
        except OSError:
            return False

    def _hashes(self, paths: Sequence[str], *, write: bool) -> dict[str, str]:
        """Return the hash of each file's blob, once line ends and filters are applied."""
        if not paths:
            return {}
        options = ("-w", "--stdin-paths") if write else ("--stdin-paths",)
        given = os.fsencode("".join(f"{path}\n" for path in paths))
        names = self._run("hash-object", *options, given=given).decode("ascii").split()
        return dict(zip(paths, names, strict=True))

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        with self._answer(*arguments, given=given) as answer:
            return answer.read()

    def _answer(
        self, *arguments: str, given: bytes = b""
    ) -> AbstractContextManager[BufferedRandom]:
        return _git(self.root, self.environment, *arguments, given=given)


@contextmanager
def opened(folder: Path) -> Iterator[Repository]:
    """Open the repository around a folder; raise RepositoryError when there is none."""
    if not folder.is_dir():
        raise RepositoryError(f"l’historique manque (le dossier {folder} n’existe pas).")
    try:
        scratch_folder = TemporaryDirectory(prefix="passerelle-history-")
    except OSError as error:
        raise RepositoryError(f"l’historique manque ({error.strerror}) : {_LOST}") from None
    with scratch_folder as scratch:
        yield _opened(folder, scratch)


def _opened(folder: Path, scratch: str) -> Repository:
    environment = _environment()
    with _git(
        folder,
        environment,
        *("rev-parse", "--path-format=absolute", "--is-shallow-repository"),
        *("--git-path", "objects", "--show-toplevel", "--show-prefix"),
    ) as answer:
        shallow, objects, root, prefix = os.fsdecode(answer.read()).split("\n")[:4]
    if shallow == "true":
        raise ShallowCloneError(
            f"l’historique est incomplet (clone superficiel) : {_LOST} "
            "Récupérez-le en entier avec « git fetch --unshallow » (dans une intégration "
            "continue, « fetch-depth: 0 » pour GitHub et Gitea, « GIT_DEPTH: 0 » pour GitLab)."
        )
    return Repository(
        Path(root),
        prefix,
        Path(scratch),
        {
            **environment,
            "GIT_INDEX_FILE": f"{scratch}/index",
            "GIT_OBJECT_DIRECTORY": scratch,
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(objects),
        },
    )


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT_VARIABLES)
    }
    return {
        **kept,
        "LC_ALL": "C",
        "LANGUAGE": "C",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_PAGER": "",
        "GIT_TERMINAL_PROMPT": "0",
    }


@contextmanager
def _git(
    folder: Path, environment: Mapping[str, str], *arguments: str, given: bytes = b""
) -> Iterator[BufferedRandom]:
    """Run git and yield what it answers, in a file: a pipe takes megabytes in small parts."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    with TemporaryFile() as answer:
        try:
            done = subprocess.run(
                ["git", "--no-pager", *settings, *arguments],
                cwd=folder,
                env=dict(environment),
                input=given,
                stdout=answer,
                stderr=subprocess.PIPE,
                timeout=_TIMEOUT,
                check=False,
            )
        except FileNotFoundError:
            raise RepositoryError(
                f"l’historique manque (git n’est pas installé) : {_LOST} Installez git."
            ) from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RepositoryError(
                f"l’historique manque (git n’a pas répondu : {type(error).__name__}) : {_LOST}"
            ) from None
        if done.returncode:
            raise RepositoryError(_reason(done.stderr.decode("utf-8", errors="replace")))
        answer.seek(0)
        yield answer


def _reason(said: str) -> str:
    if "not a git repository" in said or "must be run in a work tree" in said:
        return f"l’historique manque (le contenu n’est dans aucun dépôt git) : {_LOST}"
    if "dubious ownership" in said:
        return (
            f"l’historique manque (le dépôt appartient à un autre compte) : {_LOST} "
            "Autorisez-le avec « git config --global --add safe.directory » et son chemin."
        )
    return f"l’historique manque (git a échoué : {shorten(' '.join(said.split()))}) : {_LOST}"


def _quoted(path: str) -> str:
    """Quote a path for GIT_ALTERNATE_OBJECT_DIRECTORIES, which `:` separates (git 2.11)."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _joined(entries: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(entry) + b"\0" for entry in entries)


def _parse_changes(answer: bytes) -> Iterator[tuple[Change, ...]]:
    """Yield the changes of each commit in an answer of `diff-tree --raw -z --stdin`.

    A commit begins with its hash and may have no change; a change is « :modes blobs status », a
    path, and a second path for a rename.
    """
    fields = iter(answer.split(b"\0")[:-1])
    changes: list[Change] | None = None
    for item in fields:
        if not item.startswith(b":"):
            if changes is not None:
                yield tuple(changes)
            changes = []
            continue
        old_mode, new_mode, old, new, status = item[1:].decode("ascii").split()
        path = os.fsdecode(next(fields))
        before = old if old_mode.startswith("100") else None
        after = new if new_mode.startswith("100") else None
        assert changes is not None
        if status.startswith("R"):
            changes.extend(_renamed(path, os.fsdecode(next(fields)), before, after))
        elif path.endswith(_MARKDOWN) and (before or after):
            changes.append(Change(path, before, after))
    if changes is not None:
        yield tuple(changes)


def _renamed(source: str, path: str, before: str | None, after: str | None) -> Iterator[Change]:
    """Yield the rename of a file, nothing for symbolic links: they have no blob here."""
    if before and after:
        yield Change(path, before, after, source)
