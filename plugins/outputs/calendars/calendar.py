"""A calendar to subscribe to, its events and their colours, whatever the format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256


class CalendarStatus(StrEnum):
    """The STATUS of an event (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Color:
    """A colour: its name in CSS 3 (RFC 7986, 5.9), its `#rrggbb` code for Apple's applications."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reminder at an aware instant, whatever the date of its event."""

    instant: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CalendarImage:
    """A picture shown beside an event: its absolute address, its media type."""

    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """How an event recurs: the value of its RRULE, starts added to it, starts excluded from it."""

    rule: str
    dates: tuple[date | datetime, ...] = ()
    excluded: tuple[date | datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A dated sitting of an event, or all the sittings of a recurring one.

    `start` and `end` are days, or aware Paris times; `end` is excluded, and None when unknown.
    `instead_of` is the start of the sitting, in the repetition of the same UID, that this event
    replaces (RECURRENCE-ID). `stamp`, `created` and `modified` come from the content, never from
    the clock; `sequence` rises when date, place, status or deadline change. Every address is
    absolute; `point` is latitude and longitude in degrees; `description_html` is a whole document.
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
    image: CalendarImage | None = None
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
    """Events to subscribe to, or to import once.

    `calendar_address` is the address that a subscriber's application refreshes from. Without one
    the calendar is imported once and has no name: its events join the reader's own calendar.
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
    """Return a colour for each name, whatever their order.

    A name chooses its own colour, or the next one when that is taken: a name that comes or goes
    changes few of the others. Beyond the size of the palette, colours serve again.
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
