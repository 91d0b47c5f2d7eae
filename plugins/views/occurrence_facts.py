"""One time at which an event is held, be it the event itself, or one of its sessions: the facts."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.dates.in_words import Day
from plugins.dates.moments import Moment, Period
from plugins.dates.recurrence import Sitting
from plugins.models.event import PartOfDay, Session, Timed
from plugins.models.fields import EventStatus, Mode, Place

if TYPE_CHECKING:
    from plugins.views.entries.event import EventEntry
    from plugins.views.entries.group import GroupEntry


@dataclass(frozen=True, eq=False)
class OccurrenceFacts:
    """An event's sitting: when, how, where, and whether it holds."""

    event: "EventEntry"
    period: Period
    number: int | None = None
    session: Session | None = None
    sitting: Sitting | None = None
    today: date = field(kw_only=True)

    @property
    def _timed(self) -> Timed:
        return self.session or self.event.header

    @property
    def title(self) -> str:
        """Return the event's title."""
        return self.event.title

    @property
    def session_title(self) -> str | None:
        """Return what distinguishes the session, when there is one."""
        part = self.session or self.sitting
        return part.title if part else None

    @property
    def address(self) -> str:
        """Return the address of the event's page, at the session when there are several."""
        return self.event.address + (f"#{self.id}" if self.id else "")

    @property
    def id(self) -> str | None:
        """Return the anchor of the session in the event's page, None when it is the only one."""
        if len(self.event.occurrences) == 1:
            return None
        if self.sitting:
            return f"seance-{self.sitting.original.first.isoformat()}"
        return f"seance-{self.number}" if self.number else None

    @property
    def has_hours(self) -> bool:
        """Tell whether it begins at a known hour."""
        return not self.is_approximate and self.period.start.time is not None

    @property
    def part_of_day(self) -> PartOfDay | None:
        """Return how much of the day it takes, when no hour tells it."""
        if self.period.start.time is not None:
            return None
        return self._timed.part_of_day or self.event.header.part_of_day

    @property
    def starts(self) -> datetime:
        """Return the instant, in Paris time, from which it may be said to be held."""
        if self._is_open_ended:
            return self.period.instants[0].replace(hour=0, minute=0)
        return self.period.instants[0]

    @property
    def ends(self) -> datetime:
        """Return the instant from which it is over; without a known end, the midnight after."""
        if not self._is_open_ended:
            return self.period.instants[1]
        return Period(replace(self.period.start, time=None)).instants[1]

    @property
    def _is_open_ended(self) -> bool:
        start, end = self.period.instants
        return start == end

    @property
    def first(self) -> Day:
        """Return the first day (of those it may fall on, when approximate)."""
        return Day(self.period.first_day)

    @property
    def day(self) -> Day:
        """Return the day under which a list of dates shows it."""
        return self.first

    @property
    def last(self) -> Day:
        """Return the last day."""
        return Day(self.period.last_day)

    @property
    def year(self) -> int:
        """Return the year in which it begins."""
        return self.period.first_day.year

    @property
    def iso(self) -> str:
        """Return the beginning for a `datetime` attribute: a day, a month, a year or an instant."""
        start = self.period.start
        if start.instant is not None:
            return start.instant.isoformat()
        if not start.is_approximate:
            return start.first.isoformat()
        return start.first.strftime("%Y-%m") if len(start.months) == 1 else str(start.first.year)

    @property
    def is_approximate(self) -> bool:
        """Tell whether the day is not known."""
        return self.period.is_approximate

    @property
    def crosses_months(self) -> bool:
        """Tell whether its days are of several months, which its numeral then names."""
        first, last = self.period.first_day, self.period.last_day
        return (first.year, first.month) != (last.year, last.month)

    @property
    def mode(self) -> Mode | None:
        """Return how one takes part; a session without its own mode has the event's."""
        return self._timed.mode or self.event.header.mode

    @property
    def place(self) -> Place | None:
        """Return where it is held; a session without its own place has the event's."""
        return self._timed.place or self.event.header.place

    @property
    def online_url(self) -> str | None:
        """Return the address of the video conference."""
        return self._timed.online_url or self.event.header.online_url

    @property
    def status(self) -> EventStatus:
        """Return the session's status, unless the whole event is cancelled or postponed."""
        whole = self.event.header.event_status
        part = self.session or self.sitting
        if whole in {EventStatus.CANCELLED, EventStatus.POSTPONED} or not part:
            return whole
        return EventStatus(part.status) if part.status else whole

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it will not be held."""
        return self.status is EventStatus.CANCELLED

    @property
    def awaits_date(self) -> bool:
        """Tell whether it is postponed and its new date is not known: its date is the old one."""
        return self.status is EventStatus.POSTPONED and not self.previous_start

    @property
    def previous_start(self) -> Moment | None:
        """Return the date first announced, when it now has another: it is postponed, or moved."""
        if self.sitting and not self.is_cancelled and self.period.start != self.sitting.original:
            return self.sitting.original
        postponed = self.status is EventStatus.POSTPONED
        return self.event.header.previous_start if postponed else None

    @property
    def is_off(self) -> bool:
        """Tell whether nothing will be held at its date: cancelled, or waiting for a new one."""
        return self.is_cancelled or self.awaits_date

    @property
    def is_tentative(self) -> bool:
        """Tell whether it is still to be confirmed (an approximate date always is)."""
        return self.is_approximate or self.status is EventStatus.TENTATIVE

    @property
    def is_past(self) -> bool:
        """Tell whether its last day is over."""
        return self.period.last_day < self.today

    @property
    def is_ongoing(self) -> bool:
        """Tell whether today is one of its days."""
        return (
            not self.is_approximate and self.period.first_day <= self.today <= self.period.last_day
        )

    @property
    def is_deadline(self) -> bool:
        """Tell deadlines from occurrences in a list of dates."""
        return False

    @property
    def group(self) -> "GroupEntry | None":
        """Return the group or chantier that meets."""
        return self.event.group

    @property
    def everyone(self) -> bool:
        """Tell whether it concerns the whole community."""
        return self.event.everyone

    @cached_property
    def sort_key(self) -> tuple[object, ...]:
        """Order by date, an approximate one after the dated ones of its span, then by title."""
        return (self.period.sort_key, self.event.slug, self.number or 0)
