"""A calendar, before it is written as iCalendar, and the colours of its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256


class CalendarStatus(StrEnum):
    """Whether an event is held (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Color:
    """A colour by its name in CSS, and as `#rrggbb` for Apple's applications."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder at an instant, whatever the date of its event."""

    instant: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """How an event comes back: the value of an RRULE, other starts, starts struck out."""

    rule: str
    dates: tuple[date | datetime, ...] = ()
    excluded: tuple[date | datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A dated sitting of an event, or all those of a repetition.

    `start` and `end` are days, or aware Paris times; `end` is excluded, and None when unknown.
    `instead_of` is the start, by the repetition of the same UID, of the sitting that this one
    replaces. `stamp`, `created` and `modified` come from the content, never from the clock;
    `sequence` rises when date, place or status change. Every address is absolute; `point` is
    latitude and longitude in degrees; `description_html` is a whole document.
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
    description_html: str = ""
    location: str = ""
    point: tuple[float, float] | None = None
    online_url: str | None = None
    categories: tuple[str, ...] = ()
    color: Color | None = None
    alarm: Alarm | None = None
    repetition: Repetition | None = None
    instead_of: date | datetime | None = None
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
    color: Color | None = None


# White letters are read on each: its contrast with them is 4.5 at least (WCAG 2.2, 1.4.3).
PALETTE = tuple(
    Color(name, code)
    for name, code in (
        ("crimson", "#dc143c"),
        ("darkgreen", "#006400"),
        ("darkmagenta", "#8b008b"),
        ("darkolivegreen", "#556b2f"),
        ("darkslateblue", "#483d8b"),
        ("darkslategray", "#2f4f4f"),
        ("dimgray", "#696969"),
        ("firebrick", "#b22222"),
        ("indigo", "#4b0082"),
        ("maroon", "#800000"),
        ("mediumblue", "#0000cd"),
        ("mediumvioletred", "#c71585"),
        ("midnightblue", "#191970"),
        ("saddlebrown", "#8b4513"),
        ("sienna", "#a0522d"),
        ("teal", "#008080"),
        ("blueviolet", "#8a2be2"),
        ("royalblue", "#4169e1"),
    )
)


def colors(names: Iterable[str]) -> dict[str, Color]:
    """Return a colour for each name: its own whatever the order, another when that one is taken.

    A name that comes or goes leaves the colours of most others as they are. Past the palette's
    size, colours serve again.
    """
    found: dict[str, Color] = {}
    free = list(PALETTE)
    for name in sorted(set(names)):
        wished = int.from_bytes(sha256(name.encode()).digest()[:4]) % len(PALETTE)
        free = free or list(PALETTE)
        order = (*PALETTE[wished:], *PALETTE[:wished])
        found[name] = next(color for color in order if color in free)
        free.remove(found[name])
    return found
