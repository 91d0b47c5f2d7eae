"""The addresses that were, and where they lead now; the published contents that are gone.

Git tells them: a renamed file keeps its readers, a deleted one is missed. An editor adds to it by
`alias`, in a header, and by `donnees/adresses.yaml`, for addresses that no content has any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from plugins.content.reading import read_record
from plugins.content.record import AnyRecord, Record, has_header
from plugins.library.history import FormerFile
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.library.selection import appears, has_expired
from plugins.models import KINDS, EventHeader, Header, PortraitHeader
from plugins.models.fields import EventStatus, Status

REMEMBERED = timedelta(days=365)
"""How long a deleted event stays cancelled in the calendars, and a deletion is told of."""

_KINDS = {kind.folder: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Departed:
    """A deleted content that readers could see; `record` has no text, and a path of its own.

    `path` is that of its file in messages; `target` is where its address leads by `adresses.yaml`:
    empty for « supprimé », None when nothing says it.
    """

    path: Path
    record: AnyRecord
    deleted_at: datetime
    target: str | None


class _Held(NamedTuple):
    """An address that a content held until an instant, and where it leads now, if anywhere."""

    address: str
    until: datetime
    target: str | None


def first_address(record: AnyRecord, index: Index) -> str:
    """Return the first address that a content had."""
    former = index.once(former_addresses).get(record.path, ())
    return (*record.header.old_addresses, *former, record.address)[0]


def redirections(index: Index) -> dict[str, str]:
    """Return the address to which each former one leads.

    Of several contents at one address, the last one counts. `alias` comes before what git tells,
    `adresses.yaml` before both. An address where a content is published leads nowhere else.
    """
    found = {held.address: held.target for held in sorted(_held(index), key=_until)}
    for record in index.published:
        found |= {with_slash(old): record.address for old in record.header.old_addresses}
    found |= _written(index)
    pages = {event.address for event in index.once(withdrawn_events)}
    return {
        former: target
        for former, target in sorted(found.items())
        if target and target != former and former not in pages and not index.at_address(former)
    }


def removed(index: Index) -> tuple[str, ...]:
    """Return the addresses whose page was removed, as `adresses.yaml` says."""
    pages = {event.address for event in index.once(withdrawn_events)}
    found = (address for address, target in _written(index).items() if not target)
    return tuple(a for a in sorted(found) if a not in pages and not index.at_address(a))


def with_slash(address: str) -> str:
    """Return the address of the page that answers: `/2019/bilan` is the folder `/2019/bilan/`."""
    name = address.rpartition("/")[2]
    return address if not name or "." in name else f"{address}/"


def former_addresses(index: Index) -> dict[Path, tuple[str, ...]]:
    """Return the other addresses at which readers could see each content, the first one first."""
    former = index.history.former if index.history else {}
    found = {}
    for record in index.contents.records if former else ():
        states = former.get(Path(*record.path.parts[1:]).as_posix(), ())
        found[record.path] = _addresses(states, record, index)
    for departed in index.once(departures):
        found[departed.record.path] = _addresses(_states(departed, index), departed.record, index)
    return {path: addresses for path, addresses in found.items() if addresses}


def departures(index: Index) -> tuple[Departed, ...]:
    """Return the deleted contents that readers could see and whose address is nobody's now."""
    gone = index.history.gone if index.history else {}
    written = _written(index)
    found = []
    for name, file in gone.items():
        record = _as_of(file.path, file.head, index)
        deleted_at = file.deleted_at or index.now
        if (
            _could_be_seen(record, deleted_at)
            and not has_expired(record.header, deleted_at)
            and not index.at_address(record.address)
        ):
            own = replace(record, path=Path(index.contents.root.name, name))
            target = written.get(record.address)
            found.append(Departed(record.path, own, deleted_at, target))
    return tuple(sorted(found, key=lambda departed: (departed.record.address, departed.path)))


def unanswered(index: Index) -> Iterator[Departed]:
    """Yield the deleted contents of which nothing says where their address leads, for a year."""
    taken = {with_slash(old) for r in index.published for old in r.header.old_addresses}
    for departed in index.once(departures):
        is_known = departed.target is not None or departed.record.address in taken
        if not is_known and departed.deleted_at + REMEMBERED > index.now:
            yield departed


def withdrawn_events(index: Index) -> tuple[Record[EventHeader], ...]:
    """Return the events deleted before they were held, as cancelled, for a year.

    Who noted one must learn it. An event whose address leads elsewhere is replaced, not cancelled.
    """
    taken = {with_slash(old) for r in index.published for old in r.header.old_addresses}
    return tuple(
        event
        for departed in index.once(departures)
        if has_header(departed.record, EventHeader)
        and not departed.target
        and departed.record.address not in taken
        and departed.deleted_at + REMEMBERED > index.now
        and _was_to_come(event := _cancelled(departed.record), departed.deleted_at, index)
    )


def announced_events(index: Index) -> tuple[Record[EventHeader], ...]:
    """Return the events, latest first, then those withdrawn: what subscribers were told of."""
    return (*index.events, *index.once(withdrawn_events))


def announced_occurrences(index: Index) -> tuple[Occurrence, ...]:
    """Return the occurrences of the events, withdrawn ones included, in order of date."""
    withdrawn = index.once(withdrawn_events)
    if not withdrawn:
        return index.occurrences
    others = (occurrence for event in withdrawn for occurrence in index.occurrences_of(event))
    return tuple(sorted((*index.occurrences, *others), key=lambda found: found.sort_key))


def _was_to_come(event: Record[EventHeader], deleted_at: datetime, index: Index) -> bool:
    last = max(occurrence.period.last_day for occurrence in index.occurrences_of(event))
    return last >= deleted_at.date()


def _cancelled(event: Record[EventHeader]) -> Record[EventHeader]:
    """Return an event as cancelled, without the files that may be gone too."""
    changes = {"event_status": EventStatus.CANCELLED, "image": None, "documents": ()}
    return replace(event, header=event.header.model_copy(update=changes))


def _held(index: Index) -> Iterator[_Held]:
    """Yield the former addresses of all contents, and those of the deleted ones."""
    former = index.history.former if index.history else {}
    for record in index.published if former else ():
        states = former.get(Path(*record.path.parts[1:]).as_posix(), ())
        for address, until in _seen_at(states, index):
            yield _Held(address, until, record.address)
    withdrawn = {event.address for event in index.once(withdrawn_events)}
    for departed in index.once(departures):
        own = departed.record.address
        target = own if own in withdrawn else departed.target
        yield _Held(own, departed.deleted_at, target)
        for address, until in _seen_at(_states(departed, index), index):
            yield _Held(address, until, target)


def _until(held: _Held) -> datetime:
    return held.until


def _written(index: Index) -> dict[str, str]:
    return {with_slash(item.former): item.target for item in index.contents.addresses}


def _states(departed: Departed, index: Index) -> tuple[FormerFile, ...]:
    assert index.history
    return index.history.gone[
        departed.record.path.relative_to(index.contents.root.name).as_posix()
    ].former


def _addresses(states: Iterable[FormerFile], record: AnyRecord, index: Index) -> tuple[str, ...]:
    seen = reversed([address for address, _ in _seen_at(states, index)])
    return tuple(dict.fromkeys(address for address in seen if address != record.address))


def _seen_at(states: Iterable[FormerFile], index: Index) -> Iterator[tuple[str, datetime]]:
    """Yield the addresses at which readers could see former states, and until when."""
    for state in states:
        until = state.until or index.now
        record = _as_of(state.path, state.head, index)
        if _could_be_seen(record, until):
            yield record.address, until


def _as_of(path: str, head: bytes, index: Index) -> AnyRecord:
    """Return the record of a header alone, as it was."""
    kind = _KINDS[path.partition("/")[0]]
    return read_record(kind, Path(index.contents.root.name) / path, head)


def _could_be_seen(record: AnyRecord, until: datetime) -> bool:
    header: Header = record.header
    starts = appears(header)
    return (
        not record.faults
        and header.status is Status.PUBLISHED
        and (not isinstance(header, PortraitHeader) or header.consent)
        and (starts is None or starts <= until)
    )
