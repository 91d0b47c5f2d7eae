"""What the versions of a file tell together: when it was published and changed, where it was."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plugins.library.history.lineage import Burial, Version
from plugins.library.history.readings import Reading, Shape


@dataclass(frozen=True, slots=True)
class Track:
    """A value followed from version to version: its changes so far, the time of the last one.

    `value` is None until a version can be read; `time` is in seconds since 1970. Neither `changes`
    nor `time` ever decreases, and both increase when the value changes, even if the clock of a
    committer was wrong.
    """

    value: Hashable
    changes: int
    time: int | None


@dataclass(frozen=True, slots=True)
class Shaped:
    """A state in which a file's page may have had an address of its own.

    `head` is the header of then, `until` the time of the next state, None if not committed.
    """

    path: str
    shape: Shape
    head: bytes
    until: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a file at one of its versions.

    `born` is the time of its first version, `published` that of the first one that was no draft, in
    seconds since 1970; `earlier` are its states of another path or shape than this version's, the
    latest first. `replaced` are the contents of another « identifiant » that were written over.
    """

    shape: Shape
    head: bytes
    identifier: str
    born: int | None
    published: int | None
    appointment: Track
    seen: Track
    earlier: tuple[Shaped, ...] = ()
    replaced: tuple[Burial, ...] = ()


def facts_of(
    versions: Iterable[Version],
    readings: Mapping[str, Reading],
    known: Mapping[Version, Facts],
    head_time: int | None,
) -> dict[Version, Facts]:
    """Return the facts of versions and of all before them, but for those that are `known`.

    `readings` has that of each of their blobs; `head_time` is the time of the last commit.
    """
    facts = dict(known)
    for version in with_previous(versions, known):
        before = [(previous, facts[previous]) for previous in version.previous]
        facts[version] = _facts(version, readings[version.blob], before, head_time)
    return facts


def with_previous(last: Iterable[Version], known: Mapping[Version, Facts]) -> list[Version]:
    """Return versions and all before them, the earliest first, but for those that are known."""
    waiting = list(last)
    found: set[Version] = set()
    while waiting:
        version = waiting.pop()
        if version not in found and version not in known:
            found.add(version)
            waiting.extend(version.previous)
    return sorted(found, key=lambda version: version.depth)


def _facts(
    version: Version,
    reading: Reading,
    before: Sequence[tuple[Version, Facts]],
    head_time: int | None,
) -> Facts:
    # An « identifiant » wins over git, which only compares texts.
    others = [(previous, facts) for previous, facts in before if _is_other(reading, facts)]
    replaced = [Burial(previous, version.time) for previous, _ in others]
    before = [pair for pair in before if pair not in others]
    tracks = [facts.appointment for _, facts in before], [facts.seen for _, facts in before]
    born = [facts.born for _, facts in before if facts.born is not None]
    published = [facts.published for _, facts in before if facts.published is not None]
    if not published and not reading.is_draft and version.time is not None:
        published = [version.time]
    return Facts(
        reading.shape,
        reading.head,
        reading.identifier,
        min(born, default=version.birth.time if not others else version.time),
        min(published, default=None),
        _followed(reading.appointment, tracks[0], version, reading, head_time),
        _followed(reading.seen, tracks[1], version, reading, head_time),
        _earlier(version, reading, before),
        tuple(dict.fromkeys((*replaced, *(b for _, facts in before for b in facts.replaced)))),
    )


def _is_other(reading: Reading, before: Facts) -> bool:
    return bool(reading.identifier and before.identifier not in {"", reading.identifier})


def continued(facts: Facts, version: Version, before: Facts, burial: Burial) -> Facts:
    """Return the facts of a file that bears the « identifiant » of a deleted one, as its sequel."""
    last = burial.version
    until = facts.born
    is_at_once = burial.time == until
    earlier = _latest([Shaped(last.path, before.shape, before.head, until), *before.earlier])
    published = [time for time in (before.published, facts.published) if time is not None]
    return replace(
        facts,
        born=before.born,
        published=min(published, default=None),
        appointment=_joined(before.appointment, facts.appointment, is_at_once=is_at_once),
        seen=_joined(before.seen, facts.seen, is_at_once=is_at_once),
        earlier=_without(_latest([*facts.earlier, *earlier]), version.path, facts.shape),
    )


def _joined(before: Track, after: Track, *, is_at_once: bool) -> Track:
    if is_at_once and not after.changes and after.value == before.value:
        return before
    # A deletion that was seen, and the return, are changes too.
    more = 1 if is_at_once else 2
    return Track(after.value, before.changes + after.changes + more, after.time)


def _followed(
    value: Hashable,
    before: Sequence[Track],
    version: Version,
    reading: Reading,
    head_time: int | None,
) -> Track:
    if not before:
        return Track(value, 0, reading.modified if version.time is None else version.time)
    if value is None:
        # An unreadable version keeps the previous value, to be compared with the next.
        value = next((track.value for track in before if track.value is not None), None)
    same = [track for track in before if track.value in (value, None)]
    others = [track for track in before if track.value not in (value, None)]
    changes = max([t.changes for t in same] + [t.changes + 1 for t in others])
    times = [t.time for t in same] + [(t.time or 0) + 1 for t in others]
    if version.is_back:
        # Its deletion was a change too, and seen.
        changes += 2
    if not same or version.is_back:
        last = max(track.time or 0 for track in before)
        times.append(_time(version, reading, last, head_time))
    return Track(value, changes, max((time for time in times if time is not None), default=None))


def _time(version: Version, reading: Reading, last: int, head_time: int | None) -> int | None:
    """Return the time of a change: its commit's, else the file's `modifie`, else HEAD's.

    A `modifie` that is not after `last`, the previous change, was not updated: it is ignored.
    """
    if version.time is not None:
        return version.time
    if reading.modified is not None and reading.modified > last:
        return reading.modified
    return head_time


def _earlier(
    version: Version, reading: Reading, before: Sequence[tuple[Version, Facts]]
) -> tuple[Shaped, ...]:
    """Return the earlier states of another path or shape, each once, the latest first."""
    states = []
    for previous, facts in before:
        states.append(Shaped(previous.path, facts.shape, facts.head, version.time))
        states += facts.earlier
    return _without(_latest(states), version.path, reading.shape)


def _latest(states: Iterable[Shaped]) -> tuple[Shaped, ...]:
    """Return the latest of the states of one path and shape, each, the latest first."""
    found: dict[tuple[str, Shape], Shaped] = {}
    for state in states:
        place = (state.path, state.shape)
        found[place] = max(found.get(place, state), state, key=_recency)
    return tuple(sorted(found.values(), key=_recency, reverse=True))


def _without(states: Iterable[Shaped], path: str, shape: Shape) -> tuple[Shaped, ...]:
    return tuple(state for state in states if (state.path, state.shape) != (path, shape))


def _recency(state: Shaped) -> tuple[bool, int]:
    return (state.until is None, state.until or 0)
