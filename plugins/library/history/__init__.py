"""The history of each event's file in git: its origin, its revisions, their times.

Of every content, the former states with which its page may have had another address.

iCalendar needs them (RFC 5545): a UID made from `origin` survives a new name, slug or title;
`revisions` is the SEQUENCE, `created_at` the CREATED, `changed_at` the LAST-MODIFIED.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from plugins.content.folder import scan
from plugins.library.history.former import FormerFile, former_files
from plugins.library.history.lineage import Birth, State, Version, follow, trace
from plugins.library.history.repository import Repository, RepositoryError, opened
from plugins.library.history.revisions import Facts, revise
from plugins.models import KINDS

T = TypeVar("T")

_KIND = next(kind for kind in KINDS if kind.name == "event")


@dataclass(frozen=True, slots=True)
class FileHistory:
    """The history of an event's file, from its first commit to the working tree.

    `origin` is the file's first path in the content folder, followed by `~2` when an earlier file
    was born under this path: no two events share an origin. `revisions` counts the changes of date,
    place, mode, status, recurrence or registration deadline; `changed_at` is the time of the last
    change. Times are in UTC; before the first commit, `created_at` is None, and `changed_at` is the
    time in `modifie`.
    """

    origin: str
    revisions: int
    created_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True)
class History:
    """The histories of the events' files, by path in the content folder.

    `deleted` holds the last bytes of the events' files that were deleted, `former` the former
    states of all contents whose address may have changed, by path too. `notice` explains in French
    why some histories are missing, None when all were read.
    """

    content: Path
    files: Mapping[str, FileHistory] = field(default_factory=dict)
    notice: str | None = None
    deleted: Mapping[str, bytes] = field(default_factory=dict)
    former: Mapping[str, tuple[FormerFile, ...]] = field(default_factory=dict)

    def of(self, path: Path) -> FileHistory | None:
        """Return the history of a file of the content folder, None when unknown."""
        try:
            relative = path.absolute().relative_to(self.content.absolute())
        except ValueError:
            return None
        return self.files.get(relative.as_posix())


class Remember(Protocol):
    """A way to make a value once under a name; nothing but the name may shape the value."""

    def __call__(self, name: str, make: Callable[[], T], /) -> T:
        """Return the value."""


def _made_now(_name: str, make: Callable[[], T]) -> T:
    return make()


def read_history(content: Path, remember: Remember = _made_now) -> History:
    """Read the history of a content folder's events from the git repository around it.

    Without a readable and complete repository, the history is empty and has a notice. `remember`
    keeps what the commits tell, under the last one.
    """
    try:
        with opened(content) as repository:
            return _read(content, repository, remember)
    except RepositoryError as error:
        return History(content, notice=str(error))


def _read(content: Path, repository: Repository, remember: Remember) -> History:
    scanned = [(file.path.relative_to(content), file.kind) for file in scan(content).files]
    paths = {repository.prefix + path.as_posix() for path, _ in scanned}
    events = {
        repository.prefix + path.as_posix(): path.as_posix()
        for path, kind in scanned
        if kind == _KIND
    }
    head = repository.head()
    committed = remember(f"history of {head}", partial(_committed, repository, head))
    state = committed.state
    changes = repository.uncommitted(paths, {p: v.blob for p, v in state.files.items()})
    state = follow([(state, changes)], None)
    versions = {p: state.files[path] for path, p in events.items() if path in state.files}
    facts = revise(versions.values(), repository.blobs, committed.time)
    origins = _origins(versions, repository.prefix)
    contents = {
        path.as_posix(): state.files[repository.prefix + path.as_posix()]
        for path, _ in scanned
        if repository.prefix + path.as_posix() in state.files
    }
    return History(
        content,
        {
            path: _file_history(origins[path], version.birth, facts[version])
            for path, version in versions.items()
        },
        _notice_of_inner_repositories(content, (path for path, kind in scanned if kind == _KIND)),
        _deleted(state, repository, paths),
        former_files(contents, repository.blobs, repository.prefix),
    )


class _Committed(NamedTuple):
    """What the commits tell: the state of their files, the time of the last one."""

    state: State
    time: int | None


def _committed(repository: Repository, head: str) -> _Committed:
    commits = repository.commits(head)
    time = commits[-1].time if commits else None
    return _Committed(trace(commits, repository.changes(commits)), time)


def _deleted(state: State, repository: Repository, paths: Collection[str]) -> dict[str, bytes]:
    folder = f"{repository.prefix}{_KIND.folder}/"
    gone = {
        path: version.blob
        for path, version in state.buried.items()
        if path.startswith(folder) and path.endswith(".md") and path not in paths
    }
    blobs = repository.blobs(gone.values()) if gone else {}
    return {
        path.removeprefix(repository.prefix): blobs[blob]
        for path, blob in sorted(gone.items())
        if blob in blobs
    }


def _file_history(origin: str, birth: Birth, facts: Facts) -> FileHistory:
    return FileHistory(origin, facts.revisions, _instant(birth.time), _instant(facts.changed))


def _instant(time: int | None) -> datetime | None:
    return None if time is None else datetime.fromtimestamp(time, UTC)


def _origins(versions: Mapping[str, Version], prefix: str) -> dict[str, str]:
    """Return the origin of each file, all distinct.

    Two files of today have the same birth when two merged branches renamed one file differently, or
    each created a file under the same path. The eldest file, or the first by path, keeps the
    origin.
    """
    eldest_first = sorted(versions, key=lambda path: (versions[path].birth.age, path))
    seen: Counter[str] = Counter()
    origins: dict[str, str] = {}
    for path in eldest_first:
        origin = _origin(versions[path].birth, prefix)
        seen[origin] += 1
        origins[path] = origin if seen[origin] == 1 else f"{origin}~{path}"
    return origins


def _origin(birth: Birth, prefix: str) -> str:
    """Return the path of a birth from the content folder, which may have been renamed since."""
    path = birth.path
    if path.startswith(prefix):
        path = path.removeprefix(prefix)
    elif (start := f"/{path}".rfind(f"/{_KIND.folder}/")) >= 0:
        path = path[start:]
    path = unicodedata.normalize("NFC", path)
    return path if birth.rank == 1 else f"{path}~{birth.rank}"


def _notice_of_inner_repositories(content: Path, paths: Iterable[Path]) -> str | None:
    """Return the notice about a folder of events that is a submodule: its history is not read."""
    folders = {folder for path in paths for folder in path.parents if folder != Path()}
    inner = sorted(str(f) for f in folders if (content / f / ".git").exists())
    if not inner:
        return None
    return (
        f"l’historique est incomplet : « {inner[0]} » est un dépôt dans le dépôt (sous-module). "
        "Placez ces événements dans le dépôt du contenu, ou donnez à chacun un « identifiant »."
    )
