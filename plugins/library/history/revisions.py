"""The revisions of an event: the changes to announce to its calendar subscribers.

The signature of a header holds its dates, places, modes, states and recurrence, and the
registration deadline, which is an entry of some calendars. Two headers with
the same signature are the same appointment, however they are written. Headers of any age are read,
valid today or not: an invalid date is compared as text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from plugins.dates.parsing import parse_end, parse_moment, parse_publication
from plugins.french.typography import fold
from plugins.front_matter.document import read_document
from plugins.front_matter.yaml_fields import Value
from plugins.library.history.lineage import Version
from plugins.models.fields import EventStatus

Signature: TypeAlias = tuple[object, ...]

_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONFIRMED = fold(EventStatus.CONFIRMED)
_OF_THE_WHOLE = frozenset({fold(EventStatus.CANCELLED), fold(EventStatus.POSTPONED)})
_NULLS = frozenset({"", "~", "null"})
_PLACE_FIELDS = ("nom", "adresse", "ville", "coordonnees")
_LONGEST_QUICKLY_READ = 8_000


@dataclass(frozen=True, slots=True)
class Facts:
    """The signature of a version, the number of changes so far, the time of the last change.

    `signature` is None until a version can be read; `changed` is in seconds since 1970.
    """

    signature: Signature | None
    revisions: int
    changed: int | None


@dataclass(frozen=True, slots=True)
class _Reading:
    signature: Signature | None
    modified: int | None


def revise(
    last: Iterable[Version],
    read: Callable[[Iterable[str]], Mapping[str, bytes]],
    head_time: int | None,
) -> dict[Version, Facts]:
    """Return the facts of the versions `last` and of all their previous versions.

    From a version to the next, `revisions` and `changed` never decrease, and both increase when the
    signature changes, even if the clock of a committer was wrong. `read` returns the contents of
    blobs by hash; `head_time` is the time of the last commit.
    """
    versions = _with_previous(last)
    # A version without a previous and a next version is never compared: no need to read it.
    wanted = {v.blob for v in versions if v.previous or v.time is None}
    wanted |= {p.blob for v in versions for p in v.previous}
    readings = _readings(read(sorted(wanted)))
    facts: dict[Version, Facts] = {}
    for version in versions:
        reading = readings.get(version.blob, _Reading(None, None))
        facts[version] = _facts(version, reading, facts, head_time)
    return facts


def _with_previous(last: Iterable[Version]) -> list[Version]:
    """Return versions and all versions before them, the earliest first."""
    waiting = list(last)
    found: set[Version] = set()
    while waiting:
        version = waiting.pop()
        if version not in found:
            found.add(version)
            waiting.extend(version.previous)
    return sorted(found, key=lambda version: version.depth)


def _readings(blobs: Mapping[str, bytes]) -> dict[str, _Reading]:
    """Return the reading of each blob; blobs with the same header are read once."""
    by_header: dict[bytes, _Reading] = {}
    readings: dict[str, _Reading] = {}
    for name, data in blobs.items():
        end = data.find(b"\n---", 3)
        key = data[:end] if data.startswith(b"---") and end > 0 else data
        if key not in by_header:
            header = read_header(data)
            by_header[key] = (
                _Reading(None, None)
                if header is None
                else _Reading(signature(header), _modified(header))
            )
        readings[name] = by_header[key]
    return readings


def _modified(header: Mapping[str, Value]) -> int | None:
    """Return the time of `modifie`, in seconds since 1970, None when absent or invalid."""
    for key, value in header.items():
        if key.lower() in {"modifie", "modified"} and isinstance(value, str):
            try:
                return int(parse_publication(value).instant.timestamp())
            except ValueError:
                return None
    return None


def _facts(
    version: Version, reading: _Reading, known: Mapping[Version, Facts], head_time: int | None
) -> Facts:
    before = [known[previous] for previous in version.previous]
    if not before:
        time = reading.modified if version.time is None else version.time
        return Facts(reading.signature, 0, time)
    # An unreadable version keeps the previous signature, to be compared with the next.
    own = reading.signature or next((f.signature for f in before if f.signature), None)
    same = [f for f in before if f.signature in (own, None)]
    others = [f for f in before if f.signature not in (own, None)]
    revisions = max([f.revisions for f in same] + [f.revisions + 1 for f in others])
    times = [f.changed for f in same] + [(f.changed or 0) + 1 for f in others]
    if not same:
        times.append(_time(version, reading, max(f.changed or 0 for f in others), head_time))
    return Facts(own, revisions, max((t for t in times if t is not None), default=None))


def _time(version: Version, reading: _Reading, last: int, head_time: int | None) -> int | None:
    """Return the time of a change: its commit's, else the file's `modifie`, else HEAD's.

    A `modifie` that is not after `last`, the previous change, was not updated: it is ignored.
    """
    if version.time is not None:
        return version.time
    if reading.modified is not None and reading.modified > last:
        return reading.modified
    return head_time


def read_header(data: bytes) -> Mapping[str, Value] | None:
    """Return the header in a file's bytes, None when unreadable.

    Most headers are simple: they are read without positions and checks, which are slow.
    """
    start, end = data.find(b"---"), data.find(b"\n---", 3)
    if start == 0 and 0 < end <= _LONGEST_QUICKLY_READ:
        text = data[3:end].decode("utf-8", errors="replace").replace("\r\n", "\n")
        if "&" not in text and "\ufffd" not in text:
            try:
                values: object = yaml.load(text, _LOADER)  # noqa: S506 - scalars as text only
            except (yaml.YAMLError, RecursionError):
                values = None
            if isinstance(values, dict):
                return values
    document, _ = read_document(Path(), data)
    return document.values if document else None


def signature(header: Mapping[str, Value]) -> Signature:
    """Return the signature of a header, which excludes titles and texts."""
    event = {key.lower(): value for key, value in header.items()}
    sessions = list(_groups(event.get("seances")))
    if sessions:
        sittings = tuple(_sitting(session, session, event) for session in sessions)
    else:
        sittings = (_sitting(event, {}, event),)
    deadlines = tuple(
        _moment(text)
        for group in _groups(event.get("inscription"))
        if (text := _text(group.get("avant_le")))
    )
    recurrences = (_recurrence(group) for group in _groups(event.get("recurrence")))
    return (sittings, deadlines, *recurrences)


def _sitting(
    dated: Mapping[str, Value], session: Mapping[str, Value], event: Mapping[str, Value]
) -> Signature:
    """Return the signature of a sitting; a session inherits the event's values that it lacks."""

    def inherited(name: str) -> Value:
        return session.get(name) if _is_given(session.get(name)) else event.get(name)

    return (
        *_span(dated),
        fold(_text(inherited("modalite"))),
        _place(inherited("lieu")),
        _text(inherited("lien_visio")),
        _status(session.get("statut"), event.get("statut_evenement")),
    )


def _span(group: Mapping[str, Value]) -> tuple[str, str]:
    start, end = _text(group.get("debut")), _text(group.get("fin"))
    return _moment(start), _end(end, start)


@lru_cache(maxsize=4096)
def _moment(text: str) -> str:
    try:
        return parse_moment(text).text
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _end(text: str, start: str) -> str:
    try:
        return parse_end(text, parse_moment(start)).text
    except ValueError:
        return text


def _place(value: Value) -> Signature:
    """Return the name, street, city and coordinates of a place; a plain text is a name."""
    place = value if isinstance(value, dict) else {"nom": value}
    return tuple(fold(_text(place.get(name))).replace(" ,", ",") for name in _PLACE_FIELDS)


def _status(own: Value, whole: Value) -> str:
    """Return the state of a sitting; the state of a cancelled or postponed event prevails."""
    of_all = fold(_text(whole)) or _CONFIRMED
    return of_all if of_all in _OF_THE_WHOLE else fold(_text(own)) or of_all


def _recurrence(group: Mapping[str, Value]) -> Signature:
    """Return the rule, days and exceptions of a recurrence, each sorted."""
    rule = "".join(_text(group.get("regle")).upper().split()).removeprefix("RRULE:")
    dates = group.get("dates")
    days = dates if isinstance(dates, list) else _text(dates).replace(";", ",").split(",")
    exceptions = (
        (_moment(_text(item.get("date"))), *_span(item), fold(_text(item.get("statut"))))
        for item in _groups(group.get("exceptions"))
    )
    return (
        tuple(sorted(part for part in rule.split(";") if part)),
        tuple(sorted(_moment(_text(day)) for day in days if _is_given(day))),
        tuple(sorted(exceptions)),
    )


def _groups(value: Value) -> Iterator[Mapping[str, Value]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _is_given(value: Value) -> bool:
    return bool(_text(value))


def _text(value: Value) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(text for item in value if (text := _text(item)))
    text = " ".join((value or "").split())
    return "" if text.lower() in _NULLS else text
