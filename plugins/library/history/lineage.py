"""The identity of files through commits, renames and merges, computed without git.

A version is the content of a file between two changes; it refers to the previous versions. Every
edge between two commits is followed, not only first parents: a merge gives the same identities
whichever branch was merged into the other (`git pull`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its hash, its committer's time (seconds since 1970), its parents' hashes."""

    name: str
    time: int
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a path between two commits.

    `before` and `after` are hashes of blobs, None where the file does not exist. `source` is the
    former path when git detects a rename; `before` is then the blob at the former path.
    """

    path: str
    before: str | None
    after: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Birth:
    """The first appearance of a file, the `rank`-th file born under this path.

    `time` is the committer's, None in the working tree.
    """

    path: str
    rank: int
    time: int | None

    @property
    def age(self) -> tuple[bool, int, str, int]:
        """Sort key: the eldest first, the working tree last."""
        return (self.time is None, self.time or 0, self.path, self.rank)


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A content of a file: its blob and its path, and the time of the change that made it.

    `time` is None in the working tree. `depth` is greater than the depth of every previous version.
    A version that `is_back` was deleted and put back as it was. Two versions are equal only if they
    are the same object.
    """

    blob: str
    path: str
    time: int | None
    birth: Birth
    previous: tuple[Version, ...] = ()
    depth: int = 0
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Burial:
    """The last version of a deleted file, and the time of the deletion, None if not committed."""

    version: Version
    time: int | None


@dataclass(frozen=True, slots=True)
class State:
    """The files after a commit, by path.

    `births` counts the files born under each path; `buried` holds the files deleted there, each
    once, the last one last.
    """

    files: Mapping[str, Version] = field(default_factory=dict)
    births: Mapping[str, int] = field(default_factory=dict)
    buried: Mapping[str, tuple[Burial, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _View:
    """A commit compared with one of its parents.

    `known` holds the version from which each file comes, `changed` the blob of each file different
    from the parent's; a path in `changed` alone is a new file. `guessed` holds the paths of files
    that were renamed, or deleted and put back; these alone are `back`.
    """

    known: Mapping[str, Version]
    changed: Mapping[str, str]
    guessed: frozenset[str]
    back: frozenset[str]
    births: Mapping[str, int]
    buried: Mapping[str, tuple[Burial, ...]]


def trace(
    commits: Sequence[Commit], changes: Mapping[tuple[str, str | None], Sequence[Change]]
) -> State:
    """Return the state after the last of `commits`, sorted from parents to children.

    `changes` maps (commit, parent) to the changes between the two; the parent of the first commit
    is None.
    """
    heirs = Counter(parent for commit in commits for parent in commit.parents)
    states: dict[str, State] = {}
    state = State()
    for commit in commits:
        sides = [(states[parent], changes[commit.name, parent]) for parent in commit.parents]
        state = follow(sides or [(State(), changes[commit.name, None])], commit.time)
        states[commit.name] = state
        for parent in commit.parents:
            heirs[parent] -= 1
            if not heirs[parent]:
                del states[parent]
    return state


def follow(sides: Sequence[tuple[State, Sequence[Change]]], time: int | None) -> State:
    """Return the state after a commit, from the state of each parent and the changes since it."""
    views = [_view(state, changes, time) for state, changes in sides]
    first = views[0]
    files = dict(first.known)
    births = _merged_births([view.births for view in views])
    born: dict[str, int] = {}
    for path in sorted(_unsettled(views)):
        blob = next((v.changed[path] for v in views if path in v.changed), None)
        previous = _previous(path, views)
        if not previous:
            assert blob is not None
            born[path] = births.get(path, 0) + 1
            files[path] = Version(blob, path, time, Birth(path, born[path], time))
        elif any(path in view.back for view in views):
            next_version = _next_version(blob or previous[0].blob, path, time, previous)
            files[path] = replace(next_version, is_back=True)
        elif len(previous) == 1 and previous[0].path == path and blob in {previous[0].blob, None}:
            files[path] = previous[0]
        else:
            files[path] = _next_version(blob or previous[0].blob, path, time, previous)
    buried = first.buried
    for view in views[1:]:
        if view.buried is not buried:
            buried = _merged_burials(view.buried, buried)
    return State(files, {**births, **born} if born else births, buried)


def sources_of(changes: Iterable[Change]) -> dict[str, str]:
    """Return the former path, possibly unchanged, of each changed file that existed before.

    Git does not detect a rename onto an existing path (two files that swap names, `mv -f`). This
    function does, when an identical blob moves to another path and the former path was deleted or
    overwritten in the same way; otherwise the file is a copy.
    """
    sources: dict[str, str] = {}
    deleted: set[str] = set()
    places: dict[str, str] = {}
    targets: dict[str, str] = {}
    for change in sorted(changes, key=lambda change: change.path):
        if change.source is not None:
            sources[change.path] = change.source
            continue
        if change.before is not None:
            places.setdefault(change.before, change.path)
            if change.after is None:
                deleted.add(change.path)
            else:
                sources[change.path] = change.path
        if change.after is not None:
            targets.setdefault(change.after, change.path)
    moves = {
        target: places[blob]
        for blob, target in targets.items()
        if blob in places and places[blob] != target
    }
    while copies := [t for t, s in moves.items() if s not in deleted and s not in moves]:
        for target in copies:
            del moves[target]
    return sources | moves


def _view(state: State, changes: Sequence[Change], time: int | None) -> _View:
    if not changes:
        return _View(state.files, {}, frozenset(), frozenset(), state.births, state.buried)
    sources = sources_of(changes)
    known = dict(state.files)
    for change in changes:
        known.pop(change.source or change.path, None)
    changed = {change.path: change.after for change in changes if change.after is not None}
    guessed: set[str] = set()
    back: set[str] = set()
    for path, blob in changed.items():
        source = sources.get(path)
        version = state.files.get(source) if source else None
        if version is None:
            # A file deleted by mistake and put back unchanged keeps its identity.
            last = state.buried.get(path, ())[-1:]
            version = next((b.version for b in last if b.version.blob == blob), None)
            back |= {path} if version else set()
        if version is not None:
            known[path] = version
            if source != path:
                guessed.add(path)
    followed = {source for path, source in sources.items() if path in changed}
    dead = {
        path: _with_burial(state.buried.get(path, ()), Burial(state.files[path], time))
        for path in (change.path for change in changes if change.after is None)
        if path not in followed and path in state.files
    }
    return _View(
        known,
        changed,
        frozenset(guessed),
        frozenset(back),
        state.births,
        {**state.buried, **dead} if dead else state.buried,
    )


def _unsettled(views: Sequence[_View]) -> set[str]:
    """Return the paths whose version differs between the commit and some parent."""
    first, *others = views
    paths = set(first.changed)
    for view in others:
        paths |= set(view.changed)
        if view.known is not first.known:
            paths |= {path for path, v in first.known.items() if view.known.get(path) is not v}
    return paths


def _next_version(blob: str, path: str, time: int | None, previous: tuple[Version, ...]) -> Version:
    birth = min((version.birth for version in previous), key=lambda birth: birth.age)
    depth = 1 + max(version.depth for version in previous)
    return Version(blob, path, time, birth, previous, depth)


def _previous(path: str, views: Sequence[_View]) -> tuple[Version, ...]:
    """Return the versions from which a file comes, each once.

    A parent with the file under this path is certain. A rename from another parent is guessed from
    contents: it counts when no parent is certain, or when both versions have the same birth.
    """
    sure: dict[Version, None] = {}
    guesses: dict[Version, None] = {}
    for view in views:
        if version := view.known.get(path):
            (guesses if path in view.guessed else sure)[version] = None
    births = {version.birth for version in sure}
    return (*sure, *(v for v in guesses if v not in sure and (not sure or v.birth in births)))


def _with_burial(burials: tuple[Burial, ...], last: Burial) -> tuple[Burial, ...]:
    """Add the burial of a file, in the place of an earlier one of the same file."""
    return (*(b for b in burials if b.version.birth != last.version.birth), last)


def _merged_burials(
    theirs: Mapping[str, tuple[Burial, ...]], ours: Mapping[str, tuple[Burial, ...]]
) -> Mapping[str, tuple[Burial, ...]]:
    merged = {**theirs, **ours}
    for path in theirs.keys() & ours.keys():
        if theirs[path] is not ours[path]:
            burials = theirs[path]
            for burial in ours[path]:
                burials = _with_burial(burials, burial)
            merged[path] = burials
    return merged


def _merged_births(counts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    merged = counts[0]
    for other in counts[1:]:
        if other is not merged:
            merged = {p: max(merged.get(p, 0), other.get(p, 0)) for p in {**merged, **other}}
    return merged
