"""Occurrences of an event: its sessions, the sittings of its recurrence, or its single date."""

from dataclasses import dataclass
from datetime import date

from plugins.content.record import Record
from plugins.dates.moments import Moment, Period
from plugins.dates.recurrence import Sitting, days_shown
from plugins.library.occurrences import EventName, Occurrence
from plugins.models import EventHeader
from plugins.models.event import Session
from plugins.models.fields import EventStatus, Mode


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of an event's header, with its session or its sitting of a recurrence, if any."""

    period: Period
    number: int | None = None
    session: Session | None = None
    sitting: Sitting | None = None


def anchors(header: EventHeader, today: date) -> frozenset[str]:
    """Return the anchors of the occurrences in an event's page."""
    dates = _dates(header, today)
    return frozenset(anchor for date in dates if (anchor := _anchor(date, len(dates))))


def occurrences_of(
    record: Record[EventHeader], event: EventName, today: date
) -> tuple[Occurrence, ...]:
    """Return the occurrences of an event in order of date, as of a day; at least one."""
    dates = _dates(record.header, today)
    return tuple(
        _occurrence(record.header, event, date, rank, len(dates), today)
        for rank, date in enumerate(dates, start=1)
    )


def whole(record: Record[EventHeader], event: EventName, today: date) -> Occurrence:
    """Return the first occurrence of a recurring event, without its exceptions."""
    assert record.header.period is not None
    return _occurrence(record.header, event, _Date(record.header.period), 1, 1, today)


def named_occurrences(
    record: Record[EventHeader], event: EventName, today: date
) -> tuple[Occurrence, ...]:
    """Return the occurrences that a header names and the page does not show, in any year."""
    recurrence = record.header.recurrence_set
    shown = _dates(record.header, today)
    known = {found.sitting for found in shown}
    named = recurrence.named_sittings() if recurrence else ()
    others = (_Date(s.period, sitting=s) for s in named if s not in known)
    return tuple(
        _occurrence(record.header, event, found, rank, rank, today)
        for rank, found in enumerate(others, start=len(shown) + 1)
    )


def _dates(header: EventHeader, today: date) -> tuple[_Date, ...]:
    """Return the dates of an event; for an endless rule, the dates of the years shown."""
    if recurrence := header.recurrence_set:
        sittings = recurrence.sittings(*days_shown(today))
        return tuple(_Date(sitting.period, sitting=sitting) for sitting in sittings)
    if header.period is not None:
        return (_Date(header.period),)
    found = [
        _Date(session.period, number, session)
        for number, session in enumerate(header.sessions, start=1)
        if session.period is not None
    ]
    return tuple(sorted(found, key=lambda date: (date.period.sort_key, date.number or 0)))


def _anchor(date: _Date, of: int) -> str | None:
    if of == 1:
        return None
    if date.sitting:
        return f"seance-{date.sitting.original.first.isoformat()}"
    return f"seance-{date.number}" if date.number else None


def _occurrence(
    header: EventHeader, event: EventName, found: _Date, rank: int, of: int, today: date
) -> Occurrence:
    timed = found.session or header
    part = found.session or found.sitting
    mode = timed.mode or header.mode
    first, last = found.period.first_day, found.period.last_day
    status = _status(header, part)
    return Occurrence(
        event=event,
        period=found.period,
        rank=rank,
        id=_anchor(found, of),
        number=found.number,
        original=found.sitting.original if found.sitting else None,
        is_exception=bool(found.sitting and found.sitting.is_exception),
        session_title=part.title if part else None,
        # The hour is more precise than the part of the day.
        part_of_day=None
        if found.period.start.time is not None
        else timed.part_of_day or header.part_of_day,
        mode=mode,
        # A sitting is nowhere but where its mode says: what its event gives the others is not its.
        place=None if mode is Mode.ONLINE else timed.place or header.place,
        online_url=None if mode is Mode.IN_PERSON else timed.online_url or header.online_url,
        status=status,
        previous_start=_previous_start(header, found, status),
        is_past=last < today,
        is_ongoing=not found.period.is_approximate and first <= today <= last,
    )


def _status(header: EventHeader, part: Session | Sitting | None) -> EventStatus:
    """Return the status of a session or sitting; a cancelled or postponed event prevails."""
    whole = header.event_status
    if whole in {EventStatus.CANCELLED, EventStatus.POSTPONED} or not part:
        return whole
    return EventStatus(part.status) if part.status else whole


def _previous_start(header: EventHeader, found: _Date, status: EventStatus) -> Moment | None:
    """Return the date first announced of a postponed or moved date, None for any other."""
    is_cancelled = status is EventStatus.CANCELLED
    if found.sitting and not is_cancelled and found.period.start != found.sitting.original:
        return found.sitting.original
    return header.previous_start if status is EventStatus.POSTPONED else None
