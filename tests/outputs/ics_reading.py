"""Read iCalendar without the index that wrote it."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import Any

import vobject
from dateutil import tz  # type: ignore[import-untyped]

from plugins.dates.moments import PARIS

LIMIT = 75


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event as a index understands it, in seconds since 1970.

    A day has no instant: its midnight in UTC stands for it.
    """

    uid: str
    summary: str
    start: int
    end: int | None


def events(ics: bytes) -> list[Any]:
    """Return the events as vobject reads them; raise whatever it finds wrong."""
    check_lines(ics)
    calendar = vobject.readOne(ics.decode())
    calendar.validate(raiseException=True)
    return list(getattr(calendar, "vevent_list", []))


def read(ics: bytes) -> list[ReadEvent]:
    """Return the events as vobject reads them, comparable with other libraries'."""
    return [
        ReadEvent(
            event.uid.value,
            event.summary.value,
            seconds(event.dtstart.value),
            seconds(event.dtend.value) if hasattr(event, "dtend") else None,
        )
        for event in events(ics)
    ]


def sittings(ics: bytes) -> list[ReadEvent]:
    """Return when the events are held, unrolled by dateutil, by start."""
    found = events(ics)
    replaced = {
        (event.uid.value, seconds(event.recurrence_id.value))
        for event in found
        if hasattr(event, "recurrence_id")
    }
    held: list[ReadEvent] = []
    for event, read_event in zip(found, read(ics), strict=True):
        starts = {read_event.start}
        if event.rruleset:
            starts = {seconds(_alike(start, event.dtstart.value)) for start in event.rruleset}
            starts -= {start for uid, start in replaced if uid == read_event.uid}
        lasts = None if read_event.end is None else read_event.end - read_event.start
        held += [
            replace(read_event, start=start, end=None if lasts is None else start + lasts)
            for start in sorted(starts)
        ]
    return sorted(held, key=lambda event: (event.start, event.summary))


def _alike(start: dt.datetime, first: dt.date) -> dt.date:
    """Return what vobject unrolled, a wall clock without a zone, as the first is: day or time."""
    if not isinstance(first, dt.datetime):
        return start.date()
    return start.replace(tzinfo=first.tzinfo)


def seconds(value: dt.date) -> int:
    """Return an instant in seconds since 1970, as `ReadEvent` has it."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    assert value.tzinfo is not None
    return int(value.timestamp())


def check_lines(ics: bytes) -> None:
    """Assert what RFC 5545 (3.1) says of lines, and that no character is cut."""
    assert ics.endswith(b"\r\n")
    for line in ics.removesuffix(b"\r\n").split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert 0 < len(line) <= LIMIT, line
        assert line.decode("utf-8")


def instant(value: dt.date) -> dt.datetime:
    """Return an instant in UTC; a day begins at midnight in Paris."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=PARIS)
    assert value.tzinfo is not None
    return value.astimezone(dt.UTC)


def timezone(ics: bytes) -> dt.tzinfo:
    """Return the VTIMEZONE as dateutil understands it."""
    text = ics.decode()
    start, end = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE")
    found = tz.tzical(io.StringIO(f"{text[start:end]}END:VTIMEZONE\r\n")).get()
    assert isinstance(found, dt.tzinfo)
    return found
