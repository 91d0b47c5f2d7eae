"""The registration deadlines of events, among the dates of an agenda: the same in every medium."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.content.record import Record
from plugins.dates.in_words import Day, format_time, when
from plugins.dates.moments import Moment, Period
from plugins.french.typography import NBSP
from plugins.library.index import Index
from plugins.library.occurrences import EventName, GroupName, Occurrence
from plugins.models import EventHeader
from plugins.views.registration import registration


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, or hour, to register for an event; `occurrences` are those one registers for.

    `is_past` tells that its day is over.
    """

    event: EventName
    moment: Moment
    occurrences: tuple[Occurrence, ...]
    is_past: bool

    @property
    def is_deadline(self) -> bool:
        """True: lists of dates mix deadlines with occurrences."""
        return True

    @property
    def label(self) -> str:
        """What closes, before the title: « Clôture des inscriptions : »."""
        return f"Clôture des inscriptions{NBSP}:"

    @property
    def title(self) -> str:
        """The event's title."""
        return self.event.title

    @property
    def whole_title(self) -> str:
        """The title where the label cannot be set apart: « Clôture des inscriptions : Atelier »."""
        return f"{self.label} {self.title}"

    @property
    def address(self) -> str:
        """The address of the event's page."""
        return self.event.address

    @property
    def group(self) -> GroupName | None:
        """The group or chantier that holds the event."""
        return self.event.group

    @property
    def everyone(self) -> bool:
        """True when the event concerns the whole community."""
        return self.event.everyone

    @property
    def period(self) -> Period:
        """The day, or the hour."""
        return Period(self.moment)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Sort key: as an occurrence's of the same date, and before it."""
        return (self.period.sort_key, self.event.slug, -1)

    @property
    def ends(self) -> dt.datetime:
        """The instant after which nobody registers, in Paris time."""
        return self.period.instants[1]

    @property
    def first(self) -> Day:
        """The day."""
        return Day(self.moment.first)

    @property
    def last(self) -> Day:
        """The day too."""
        return self.first

    @property
    def day_numeral(self) -> str:
        """« 19 »."""
        return self.first.number

    @property
    def month_label(self) -> str:
        """The month's name."""
        return self.first.month

    @property
    def when(self) -> str:
        """The date and the hour: « vendredi 16 février 2024 à 12 h »."""
        return when(self.period)

    @property
    def hour(self) -> str:
        """« jusqu’à 12 h », nothing for a whole day."""
        return f"jusqu’à {format_time(self.moment.time)}" if self.moment.time else ""


def deadline_of(event: Record[EventHeader], index: Index) -> Deadline | None:
    """Return the registration deadline of an event, None when there is nothing to register for.

    Nobody registers for what is off, full or over. A deadline that only comes once a sitting of its
    day has begun says nothing more than the sitting: one registers until then.
    """
    found = registration(event, index)
    fields = event.header.registration
    if not found or found.is_full or not fields or not fields.deadline:
        return None
    occurrences = index.occurrences_of(event)
    open_to = tuple(o for o in occurrences if not o.is_off and not o.is_past)
    deadline = Deadline(open_to[0].event, fields.deadline, open_to, found.is_closed)
    held = (o for o in open_to if not o.is_approximate)
    if any(_has_begun(occurrence, deadline) for occurrence in held):
        return None
    return deadline


def deadlines(index: Index) -> Iterator[Deadline]:
    """Yield the registration deadline of each event that has one."""
    for event in index.events:
        if found := deadline_of(event, index):
            yield found


def _has_begun(occurrence: Occurrence, deadline: Deadline) -> bool:
    day, period = deadline.first.date, occurrence.period
    return period.first_day <= day <= period.last_day and period.instants[0] <= deadline.ends
