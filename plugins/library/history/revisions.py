"""How often a file changed in what concerns its subscribers, and when it last did."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plugins.dates.parsing import parse_publication
from plugins.front_matter.yaml_fields import Value
from plugins.library.history.lineage import Version
from plugins.library.history.signature import Signature, read_header, signature


@dataclass(frozen=True, slots=True)
class Facts:
    """Of a version: its signature, how many times that changed to come to it, when it last did.

    `signature` is None as long as no version could be read; `changed` is in seconds since 1970.
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
    """Return the facts of `last` and of all that came before.

    Along each step from a version to the next, revisions and time of change never go down, and
    both rise when the signature changes, were the clock of a committer wrong.
    `read` returns blobs by name; `head_time` is the time of the last commit.
    """
    versions = _with_previous(last)
    # What never changed has nothing to be compared with: it need not be read.
    wanted = {v.blob for v in versions if v.previous or v.time is None}
    wanted |= {p.blob for v in versions for p in v.previous}
    readings = _readings(read(sorted(wanted)))
    facts: dict[Version, Facts] = {}
    for version in versions:
        reading = readings.get(version.blob, _Reading(None, None))
        facts[version] = _facts(version, reading, facts, head_time)
    return facts


def _with_previous(last: Iterable[Version]) -> list[Version]:
    """Return the versions and all that came before them, those first."""
    waiting = list(last)
    found: set[Version] = set()
    while waiting:
        version = waiting.pop()
        if version not in found:
            found.add(version)
            waiting.extend(version.previous)
    return sorted(found, key=lambda version: version.depth)


def _readings(blobs: Mapping[str, bytes]) -> dict[str, _Reading]:
    """Return what each blob says; those with one header are read once."""
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
    """Return when the header says that the file was modified, None when it does not."""
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
    # A version that cannot be read says nothing: the next one is compared with the one before.
    own = reading.signature or next((f.signature for f in before if f.signature), None)
    same = [f for f in before if f.signature in (own, None)]
    others = [f for f in before if f.signature not in (own, None)]
    revisions = max([f.revisions for f in same] + [f.revisions + 1 for f in others])
    times = [f.changed for f in same] + [(f.changed or 0) + 1 for f in others]
    if not same:
        times.append(_time(version, reading, max(f.changed or 0 for f in others), head_time))
    return Facts(own, revisions, max((t for t in times if t is not None), default=None))


def _time(version: Version, reading: _Reading, last: int, head_time: int | None) -> int | None:
    """Return when a change was made: the commit's time, else what the file says, else HEAD's.

    What the file says is old news when it is not after the change before.
    """
    if version.time is not None:
        return version.time
    if reading.modified is not None and reading.modified > last:
        return reading.modified
    return head_time
