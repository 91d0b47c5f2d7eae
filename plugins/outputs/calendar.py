"""A calendar, before it is written as iCalendar."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CalendarStatus(StrEnum):
    """Whether an event is held (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A dated sitting of an event.

    `start` and `end` are days, or aware Paris times; `end` is excluded, and None when unknown.
    `stamp`, `created` and `modified` come from the content, never from the clock. `sequence` is to
    rise when date, place or status change. Every address is absolute.
    """

    uid: str
    summary: str
    start: date | datetime
    end: date | datetime | None
    stamp: datetime
    address: str
    status: CalendarStatus
    is_busy: bool
    description: str
    location: str = ""
    online_url: str | None = None
    categories: tuple[str, ...] = ()
    created: datetime | None = None
    modified: datetime | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """Events to add to one's own calendar.

    `calendar_address` is where a subscriber's application finds it again; without one it is taken
    once, and has no name of its own: applications put its events in the calendar they have.
    """

    name: str
    description: str
    address: str
    events: tuple[CalendarEvent, ...]
    calendar_address: str | None = None
