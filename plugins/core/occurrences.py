"""One time at which an event is held: the event itself, or one of its sessions."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.core.dates import Moment, Period
from plugins.core.days import Day
from plugins.core.facets import tags
from plugins.core.french_dates import (
    day_cell,
    format_approximate,
    format_duration,
    format_period,
    format_times,
    month_name,
    month_short,
    when,
)
from plugins.core.models.event import Session, Timed
from plugins.core.models.fields import EventStatus, Mode, Place
from plugins.core.recurrence import Sitting

if TYPE_CHECKING:
    from plugins.core.entries.event import EventEntry
    from plugins.core.entries.group import GroupEntry

MODE_LABELS = {
    Mode.IN_PERSON: "En présentiel",
    Mode.ONLINE: "En visio",
    Mode.HYBRID: "En présentiel et en visio",
    Mode.UNDECIDED: "Modalités à définir",
}
MODE_WORDS = {
    Mode.IN_PERSON: "présentiel",
    Mode.ONLINE: "visio",
    Mode.HYBRID: "hybride",
    Mode.UNDECIDED: "à définir",
}
STATUS_LABELS = {
    EventStatus.TENTATIVE: "À confirmer",
    EventStatus.POSTPONED: "Reporté",
    EventStatus.CANCELLED: "Annulé",
}


@dataclass(frozen=True, eq=False)
class Occurrence:
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
    def when(self) -> str:
        """Return the whole sentence: « mercredi 7 février 2024, de 17 h à 18 h 30 ».

        A past date that was never known closer has nothing left to confirm.
        """
        if self.is_approximate and self.is_past:
            return format_period(self.period)
        return when(self.period)

    @property
    def when_short(self) -> str:
        """Return the hours alone, or nothing when they are not known."""
        start, end = self.period.start, self.period.end
        if start.time is None or self.period.is_several_days:
            return ""
        return format_times(start.time, end.time if end else None)

    @property
    def duration_label(self) -> str:
        """Return « 1 h 30 » or « 2 jours », nothing when it is not known or one whole day."""
        duration = self.period.duration
        if not duration or (not self.has_hours and not self.period.is_several_days):
            return ""
        return format_duration(duration)

    @property
    def has_hours(self) -> bool:
        """Tell whether it begins at a known hour."""
        return not self.is_approximate and self.period.start.time is not None

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
    def approximate_label(self) -> str:
        """Return « 4e trimestre 2024 », or nothing when the day is known."""
        return format_approximate(self.period.start) if self.is_approximate else ""

    @property
    def day_numeral(self) -> str:
        """Return « 12 », « 1er » or « 25–26 »."""
        return "" if self.is_approximate else day_cell(self.period)

    @property
    def short_date(self) -> str:
        """Return « 25–26 mars », « 30 mars – 2 avril » or « 4e trimestre 2024 »."""
        if self.is_approximate:
            return self.approximate_label
        if self.crosses_months:
            return self.day_numeral
        return f"{self.day_numeral}\u00a0{self.month_short}"

    @property
    def crosses_months(self) -> bool:
        """Tell whether its days are of several months, which its numeral then names."""
        first, last = self.period.first_day, self.period.last_day
        return (first.year, first.month) != (last.year, last.month)

    @property
    def years(self) -> str:
        """Return « 2024 », or « 2024–2025 » when it goes past the new year."""
        first, last = self.period.first_day.year, self.period.last_day.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def month_label(self) -> str:
        """Return the name of the month in which it begins."""
        return month_name(self.period.first_day.month)

    @property
    def month_short(self) -> str:
        """Return the abbreviation of the month in which it begins."""
        return month_short(self.period.first_day.month)

    @property
    def year(self) -> int:
        """Return the year in which it begins."""
        return self.period.first_day.year

    @property
    def mode(self) -> Mode | None:
        """Return how one takes part; a session without its own mode has the event's."""
        return self._timed.mode or self.event.header.mode

    @property
    def mode_label(self) -> str:
        """Return « En visio », or nothing when the mode is not given."""
        return MODE_LABELS[self.mode] if self.mode else ""

    @property
    def mode_word(self) -> str:
        """Return « visio », or nothing when the mode is not given."""
        return MODE_WORDS[self.mode] if self.mode else ""

    @property
    def place(self) -> Place | None:
        """Return where it is held; a session without its own place has the event's."""
        return self._timed.place or self.event.header.place

    @property
    def place_parts(self) -> tuple[str, ...]:
        """Return the place's name, street and city, as far as they are known."""
        place = self.place
        if not place:
            return ()
        return tuple(part for part in (place.name, place.address, place.city) if part)

    @property
    def place_line(self) -> str:
        """Return mode and place on one line: « En présentiel · La Défense »."""
        return " · ".join(part for part in (self.mode_label, ", ".join(self.place_parts)) if part)

    @property
    def line(self) -> str:
        """Return what a list says under the title: session, hours, mode and place."""
        parts = (self.session_title or "", self.when_short, self.place_line)
        return " · ".join(part for part in parts if part)

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
        return part.status or whole

    @property
    def status_label(self) -> str:
        """Return the status in words, or nothing when it is confirmed."""
        return STATUS_LABELS.get(self.status, "")

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
    def previous_when(self) -> str:
        """Return the date first announced in words, or nothing."""
        previous = self.previous_start
        return format_period(Period(previous), weekday=True) if previous else ""

    @property
    def is_off(self) -> bool:
        """Tell whether nothing will be held at its date: cancelled, or waiting for a new one."""
        return self.is_cancelled or self.awaits_date

    @property
    def is_tentative(self) -> bool:
        """Tell whether it is still to be confirmed (an approximate date always is)."""
        return self.is_approximate or self.status is EventStatus.TENTATIVE

    @property
    def marks(self) -> str:
        """Return the mark in *la frise*: « dot » or « ring »."""
        return "ring" if self.is_tentative else "dot"

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
    def live_label(self) -> str:
        """Return « En cours » or « Aujourd’hui » for what is held on the day of the build."""
        if not self.is_ongoing or self.is_off:
            return ""
        return "En cours" if self.period.is_several_days else "Aujourd’hui"

    @cached_property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """Return what a list can be narrowed by: ("collectif", "numerique"), values by spaces."""
        return tuple((name, " ".join(values)) for name, values in tags(self).items())

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

    @property
    def aria_label(self) -> str:
        """Return date, mode and title in one sentence, for a link that shows only a number."""
        tail = f", {self.mode_label.lower()}" if self.mode_label else ""
        status = f" ({self.status_label.lower()})" if self.status_label else ""
        return f"{self.when}{tail} : {self.title}{status}"


@dataclass(frozen=True, eq=False)
class Deadline:
    """The last day to register for an event, shown among the dates to come, and its very end."""

    event: "EventEntry"
    day: Day
    today: date
    ends: datetime

    is_deadline = True
    line = "Dernier jour pour s’inscrire"
    status_label = ""
    is_cancelled = False
    is_approximate = False

    @property
    def title(self) -> str:
        """Return the event's title."""
        return self.event.title

    @property
    def address(self) -> str:
        """Return the address of the event's page."""
        return self.event.address

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601."""
        return self.day.iso

    @property
    def day_numeral(self) -> str:
        """Return « 19 »."""
        return self.day.number

    @property
    def month_label(self) -> str:
        """Return the month's name."""
        return self.day.month

    @property
    def month_short(self) -> str:
        """Return the month's abbreviation."""
        return self.day.month_short

    @property
    def year(self) -> int:
        """Return the year."""
        return self.day.year
