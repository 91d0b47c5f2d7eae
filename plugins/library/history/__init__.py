"""The history of each content in git: its origin, its publication, its changes, its addresses.

Nothing of it is typed by hand. iCalendar needs it (RFC 5545): a UID made from `origin` survives a
new name, slug or title; `revisions` is the SEQUENCE, `created_at` the CREATED, `revised_at` the
LAST-MODIFIED. So do feeds, the sitemap, and whoever follows an address that has changed.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from plugins.content.folder import scan
from plugins.library.history.facts import Facts, continued, facts_of, with_previous
from plugins.library.history.lineage import Birth, Burial, State, Version, follow, trace
from plugins.library.history.readings import Reading, readings
from plugins.library.history.repository import (
    Repository,
    RepositoryError,
    ShallowCloneError,
    opened,
)
from plugins.models import KINDS

T = TypeVar("T")

# No file of contents ends so.
_DELETED = " (supprimé)"
_FOLDERS = tuple(f"/{kind.folder}/" for kind in KINDS)


@dataclass(frozen=True, slots=True)
class FileHistory:
    """The history of a content's file, from its first commit to the working tree.

    `origin` is the file's first path in the content folder, followed by `~2` when an earlier file
    was born under this path: no two contents share an origin. `created_at` is the time of the first
    commit, `published_at` that of the first in which it was no draft. Of an event, `revisions`
    counts the changes of date, place, mode, status, recurrence or registration deadline,
    `revised_at` is the time of the last one. Times are in UTC; before the first commit they are
    None, but for `revised_at`, which is then the time in `modifie`.
    """

    origin: str
    revisions: int
    created_at: datetime | None
    revised_at: datetime | None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A former state of a file, whose page may have had another address than today.

    `path` is relative to the content folder of then, `head` the header of then; the file was so
    until `until`, which is None when only the working tree changed it.
    """

    path: str
    head: bytes
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A content's file that was deleted, with its last header as it was written.

    `deleted_at` is None when only the working tree lacks it. The deletion is a revision of its
    `history`; `former` are its former states, the latest first.
    """

    path: str
    head: bytes
    deleted_at: datetime | None
    history: FileHistory
    former: tuple[FormerFile, ...] = ()


@dataclass(frozen=True)
class History:
    """The histories of the contents' files, by path in the content folder.

    `notice` explains in French why some histories are missing, None when all were read; those of a
    shallow clone are. `changes` has the time of the last change of what readers see, once a file
    was changed since its first version; `former` the former states that may have had another
    address. `gone` are the deleted files, each under a path that no other file ever has.
    """

    content: Path
    files: Mapping[str, FileHistory] = field(default_factory=dict)
    notice: str | None = None
    is_shallow: bool = False
    changes: Mapping[str, datetime] = field(default_factory=dict)
    former: Mapping[str, tuple[FormerFile, ...]] = field(default_factory=dict)
    gone: Mapping[str, GoneFile] = field(default_factory=dict)

    def of(self, path: Path) -> FileHistory | None:
        """Return the history of a file of the content folder, None when unknown."""
        name = self._name(path) or ""
        gone = self.gone.get(name)
        return gone.history if gone else self.files.get(name)

    def change_of(self, path: Path) -> datetime | None:
        """Return the time of the last change of what readers see of a file, if it changed."""
        name = self._name(path)
        return self.changes.get(name) if name else None

    def files_at(self, instant: datetime, paths: Iterable[Path]) -> dict[Path, bytes]:
        """Return the bytes that files of today had at an instant, under the names of then.

        A file that was not there, or that git cannot read any more, is left out.
        """
        time = int(instant.timestamp())
        names = {path: name for path in paths if (name := self._name(path))}
        then = {path: self._name_at(instant, name) for path, name in names.items()}
        try:
            with opened(self.content) as repository:
                prefix = repository.prefix
                found = repository.files_at(time, sorted({prefix + n for n in then.values()}))
        except RepositoryError:
            return {}
        return {path: found[prefix + n] for path, n in then.items() if prefix + n in found}

    def _name_at(self, instant: datetime, name: str) -> str:
        """Return the path that a file of today had at an instant."""
        for former in reversed(self.former.get(name, ())):
            if former.until is None or former.until > instant:
                return former.path
        return name

    def _name(self, path: Path) -> str | None:
        try:
            return path.absolute().relative_to(self.content.absolute()).as_posix()
        except ValueError:
            return None


class Remember(Protocol):
    """A way to make a value once under a name; nothing but the name may shape the value."""

    def __call__(self, name: str, make: Callable[[], T], /) -> T:
        """Return the value."""


def _made_now(_name: str, make: Callable[[], T]) -> T:
    return make()


def read_history(content: Path, remember: Remember = _made_now) -> History:
    """Read the history of a content folder's files from the git repository around it.

    Without a readable and complete repository, the history is empty and has a notice. `remember`
    keeps what the commits tell, under the last one.
    """
    try:
        with opened(content) as repository:
            return _read(content, repository, remember)
    except RepositoryError as error:
        is_shallow = isinstance(error, ShallowCloneError)
        return History(content, notice=str(error), is_shallow=is_shallow)


def _read(content: Path, repository: Repository, remember: Remember) -> History:
    prefix = repository.prefix
    scanned = [file.path.relative_to(content) for file in scan(content).files]
    paths = {prefix + path.as_posix() for path in scanned}
    head = repository.head()
    committed = remember(f"history of {head}", partial(_committed, repository, head))
    state = committed.state
    changes = repository.uncommitted(paths, {p: v.blob for p, v in state.files.items()})
    state = follow([(state, changes)], None)
    files = {path: state.files[path] for path in sorted(paths) if path in state.files}
    last = [*state.files.values(), *_buried(state)]
    known = _told(repository, last, committed.facts, committed.time)
    gone = _gone(state, known, prefix)
    _continue(files.values(), gone, known)
    origins = _origins([*files.values(), *gone], prefix)
    return History(
        content,
        {
            path.removeprefix(prefix): _file_history(origins[version], known[version])
            for path, version in files.items()
        },
        _notice_of_inner_repositories(content, scanned),
        changes={
            path.removeprefix(prefix): time
            for path, version in files.items()
            if known[version].seen.changes and (time := _instant(known[version].seen.time))
        },
        former={
            path.removeprefix(prefix): former
            for path, version in files.items()
            if (former := _former(known[version], prefix))
        },
        gone={
            f"{origins[version]}{_DELETED}": GoneFile(
                _content_path(version.path, prefix) or version.path,
                known[version].head,
                _instant(burial.time),
                _after_deletion(_file_history(origins[version], known[version]), burial),
                _former(known[version], prefix),
            )
            for version, burial in gone.items()
        },
    )


class _Committed(NamedTuple):
    """What the commits tell: the state of their files, the facts of these, the last one's time."""

    state: State
    facts: Mapping[Version, Facts]
    time: int | None


def _committed(repository: Repository, head: str) -> _Committed:
    commits = repository.commits(head)
    time = commits[-1].time if commits else None
    state = trace(commits, repository.changes(commits))
    last = [*state.files.values(), *_buried(state)]
    facts = _told(repository, last, {}, time)
    last += [burial.version for version in last for burial in facts[version].replaced]
    # What is before a version was told: nothing but the version itself is asked for again.
    alone = {version: replace(version, previous=()) for version in last}

    def without_previous(burials: Iterable[Burial]) -> tuple[Burial, ...]:
        return tuple(Burial(alone[burial.version], burial.time) for burial in burials)

    return _Committed(
        State(
            {path: alone[version] for path, version in state.files.items()},
            state.births,
            {path: without_previous(burials) for path, burials in state.buried.items()},
        ),
        {
            alone[version]: replace(
                facts[version], replaced=without_previous(facts[version].replaced)
            )
            for version in dict.fromkeys(last)
        },
        time,
    )


def _buried(state: State) -> Iterator[Version]:
    for burials in state.buried.values():
        yield from (burial.version for burial in burials)


def _told(
    repository: Repository,
    versions: Iterable[Version],
    known: Mapping[Version, Facts],
    head_time: int | None,
) -> dict[Version, Facts]:
    """Return the facts of versions; each blob before them that is not known is read once."""
    new = with_previous(versions, known)
    blobs = dict.fromkeys(version.blob for version in new)
    read: dict[str, Reading] = dict(readings(repository.blobs(blobs)))
    return facts_of(new, read, known, head_time)


def _gone(state: State, facts: Mapping[Version, Facts], prefix: str) -> dict[Version, Burial]:
    """Return the last versions of the deleted contents that do not live elsewhere."""
    alive = {version.birth for version in state.files.values()}
    found: dict[Birth, Burial] = {}
    for burials in state.buried.values():
        for burial in burials:
            birth = burial.version.birth
            if birth not in alive:
                found[birth] = max(found.get(birth, burial), burial, key=_lateness)
    replaced = (b for v in state.files.values() for b in facts[v].replaced)
    every = sorted((*found.values(), *replaced), key=_lateness)
    return {
        burial.version: burial
        for burial in every
        if burial.version.path.startswith(prefix) and _content_path(burial.version.path, prefix)
    }


def _continue(
    living: Iterable[Version], gone: dict[Version, Burial], facts: dict[Version, Facts]
) -> None:
    """Make a file the sequel of the deleted ones whose « identifiant » it bears.

    When all of them are deleted, the last one is the sequel of the others.
    """
    bearers = {facts[version].identifier: version for version in living}
    for version, burial in reversed(list(gone.items())):
        identifier = facts[version].identifier
        sequel = bearers.setdefault(identifier, version) if identifier else version
        if sequel is not version:
            facts[sequel] = continued(facts[sequel], sequel, facts[version], burial)
            del gone[version]


def _lateness(burial: Burial) -> tuple[bool, int]:
    return (burial.time is None, burial.time or 0)


def _file_history(origin: str, facts: Facts) -> FileHistory:
    return FileHistory(
        origin,
        facts.appointment.changes,
        _instant(facts.born),
        _instant(facts.appointment.time),
        _instant(facts.published),
    )


def _after_deletion(history: FileHistory, burial: Burial) -> FileHistory:
    deleted = _instant(burial.time)
    revised = max((time for time in (deleted, history.revised_at) if time), default=None)
    return replace(history, revisions=history.revisions + 1, revised_at=revised)


def _former(facts: Facts, prefix: str) -> tuple[FormerFile, ...]:
    return tuple(
        FormerFile(path, state.head, _instant(state.until))
        for state in facts.earlier
        if (path := _content_path(state.path, prefix))
    )


def _content_path(path: str, prefix: str) -> str | None:
    """Return a path of the repository from the content folder, which may have been renamed since.

    A path that is in no folder of contents gives None.
    """
    path = f"/{path.removeprefix(prefix)}"
    start = max(map(path.rfind, _FOLDERS))
    return path[start + 1 :] if start >= 0 else None


def _instant(time: int | None) -> datetime | None:
    return None if time is None else datetime.fromtimestamp(time, UTC)


def _origins(versions: Iterable[Version], prefix: str) -> dict[Version, str]:
    """Return the origin of each file, all distinct.

    Two files of today have the same birth when two merged branches renamed one file differently, or
    each created a file under the same path. The eldest file, or the first by path, keeps the
    origin.
    """
    eldest_first = sorted(versions, key=lambda version: (version.birth.age, version.path))
    seen: Counter[str] = Counter()
    origins: dict[Version, str] = {}
    for version in eldest_first:
        origin, name = _origin(version.birth, prefix), version.path.removeprefix(prefix)
        seen[origin] += 1
        origins[version] = origin if seen[origin] == 1 else f"{origin}~{name}"
    return origins


def _origin(birth: Birth, prefix: str) -> str:
    """Return the path of a birth from the content folder, which may have been renamed since."""
    path = birth.path
    if path.startswith(prefix):
        path = path.removeprefix(prefix)
    else:
        path = _content_path(path, prefix) or path
    path = unicodedata.normalize("NFC", path)
    return path if birth.rank == 1 else f"{path}~{birth.rank}"


def _notice_of_inner_repositories(content: Path, paths: Iterable[Path]) -> str | None:
    """Return the notice about a folder of contents that is a submodule: its history is not read."""
    folders = {folder for path in paths for folder in path.parents if folder != Path()}
    inner = sorted(str(f) for f in folders if (content / f / ".git").exists())
    if not inner:
        return None
    return (
        f"l’historique est incomplet : « {inner[0]} » est un dépôt dans le dépôt (sous-module). "
        "Placez ces contenus dans le dépôt du contenu, ou donnez à chacun un « identifiant »."
    )
