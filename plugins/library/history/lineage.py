"""Who a file is, through commits, renames and merges: a pure function of the history's shape.

A version is what a file held from one change to the next. Along every edge of the graph of commits,
not only along first parents, a file goes from a version to itself or to one that knows it as a
previous one: a merge made the wrong way round (a `git pull`) changes nothing to who is who.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its name, its committer time (seconds since 1970) and its parents' names."""

    name: str
    time: int
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a path from one commit to the next.

    `before` and `after` are names of blobs, None where there is no file. `source` is the path
    that git takes it to be renamed from: `before` is that file's, then.
    """

    path: str
    before: str | None
    after: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Birth:
    """The first time that a file was seen: the `rank`-th one born under its path.

    `time` is the committer's, None in the working tree.
    """

    path: str
    rank: int
    time: int | None

    @property
    def age(self) -> tuple[bool, int, str, int]:
        """Return the key that puts the eldest first."""
        return (self.time is None, self.time or 0, self.path, self.rank)


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """What a file held: a blob, since a time (None in the working tree), after other versions.

    `depth` is more than that of every previous version.
    """

    blob: str
    time: int | None
    birth: Birth
    previous: tuple[Version, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The files as of a commit: those alive, how many were born under each path, the last dead."""

    files: Mapping[str, Version] = field(default_factory=dict)
    births: Mapping[str, int] = field(default_factory=dict)
    buried: Mapping[str, Version] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _View:
    """A commit seen from one of its parents.

    `known` gives the version that each file comes from, `changed` the blobs that this parent had
    not; a file of `changed` alone is new. `guessed` holds the paths of the files that had another
    path, or were restored.
    """

    known: Mapping[str, Version]
    changed: Mapping[str, str]
    guessed: frozenset[str]
    births: Mapping[str, int]
    buried: Mapping[str, Version]


def trace(
    commits: Sequence[Commit], changes: Mapping[tuple[str, str | None], Sequence[Change]]
) -> State:
    """Return the files as of the last of `commits`, which go from parents to children.

    `changes` holds what each commit changed since each of its parents, or since nothing (None).
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
    """Return the files after a commit, from its parents' files and what it changed since each."""
    views = [_view(state, changes) for state, changes in sides]
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
            files[path] = Version(blob, time, Birth(path, born[path], time))
        elif len(previous) == 1 and blob in {previous[0].blob, None}:
            files[path] = previous[0]
        else:
            files[path] = _next_version(blob or previous[0].blob, time, previous)
    buried = first.buried
    for view in views[1:]:
        if view.buried is not buried:
            buried = {**view.buried, **buried}
    return State(files, {**births, **born} if born else births, buried)


def sources_of(changes: Iterable[Change]) -> dict[str, str]:
    """Return, for each file that is not new, the path it comes from: its own, or another.

    Git sees no rename onto a path that was taken: two files that swap their names, or `mv -f`.
    A blob found whole where another file was says it; that other file must have gone, or have
    been replaced in the same way, else it is a copy.
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


def _view(state: State, changes: Sequence[Change]) -> _View:
    if not changes:
        return _View(state.files, {}, frozenset(), state.births, state.buried)
    sources = sources_of(changes)
    known = dict(state.files)
    for change in changes:
        known.pop(change.source or change.path, None)
    changed = {change.path: change.after for change in changes if change.after is not None}
    guessed: set[str] = set()
    for path, blob in changed.items():
        source = sources.get(path)
        version = state.files.get(source) if source else None
        if version is None:
            # Taken away by mistake, put back as it was.
            buried = state.buried.get(path)
            version = buried if buried and buried.blob == blob else None
        if version is not None:
            known[path] = version
            if source != path:
                guessed.add(path)
    followed = {source for path, source in sources.items() if path in changed}
    dead = {
        change.path: state.files[change.path]
        for change in changes
        if change.path not in followed and change.after is None and change.path in state.files
    }
    return _View(
        known,
        changed,
        frozenset(guessed),
        state.births,
        {**state.buried, **dead} if dead else state.buried,
    )


def _unsettled(views: Sequence[_View]) -> set[str]:
    """Return the paths of which a parent has not the very version that the commit has."""
    first, *others = views
    paths = set(first.changed)
    for view in others:
        paths |= set(view.changed)
        if view.known is not first.known:
            paths |= {path for path, v in first.known.items() if view.known.get(path) is not v}
    return paths


def _next_version(blob: str, time: int | None, previous: tuple[Version, ...]) -> Version:
    birth = min((version.birth for version in previous), key=lambda birth: birth.age)
    return Version(blob, time, birth, previous, 1 + max(version.depth for version in previous))


def _previous(path: str, views: Sequence[_View]) -> tuple[Version, ...]:
    """Return the versions that a file comes from, each once.

    A parent that has it under this path knows who it is. A rename seen from another parent is a
    guess from contents: it counts when none has it, or when it tells of the same file.
    """
    sure: dict[Version, None] = {}
    guesses: dict[Version, None] = {}
    for view in views:
        if version := view.known.get(path):
            (guesses if path in view.guessed else sure)[version] = None
    births = {version.birth for version in sure}
    return (*sure, *(v for v in guesses if v not in sure and (not sure or v.birth in births)))


def _merged_births(counts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    merged = counts[0]
    for other in counts[1:]:
        if other is not merged:
            merged = {p: max(merged.get(p, 0), other.get(p, 0)) for p in {**merged, **other}}
    return merged
