"""An occurrence: one time at which an event is held, told in the same words by every medium."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plugins.dates.in_words import (
    Day,
    day_cell,
    format_approximate,
    format_duration,
    format_period,
    format_times,
    month_name,
    month_short,
    when,
)
from plugins.dates.moments import Moment, Period
from plugins.french.typography import NBSP
from plugins.models.event import PartOfDay
from plugins.models.fields import EventStatus, Mode, Place

MODE_LABELS = {
    Mode.IN_PERSON: "En présentiel",
    Mode.ONLINE: "En visio",
    Mode.HYBRID: "En présentiel et en visio",
    Mode.UNDECIDED: "Modalités à définir",
}
# What is usual, or still open, goes without saying.
MODE_NOTES = {Mode.ONLINE: "visio", Mode.HYBRID: "hybride"}
STATUS_LABELS = {
    EventStatus.TENTATIVE: "À confirmer",
    EventStatus.POSTPONED: "Reporté",
    EventStatus.CANCELLED: "Annulé",
}


@dataclass(frozen=True, slots=True)
class GroupName:
    """A chantier or a group, as an event names it; `kind_label` is « Chantier » or « Groupe »."""

    slug: str
    title: str
    short_title: str
    kind_label: str
    address: str
    order: int


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation, as an event names it."""

    slug: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class EventName:
    """An event as each of its occurrences bears it: identity, and whom it concerns."""

    slug: str
    title: str
    summary: str
    address: str
    everyone: bool
    group: GroupName | None
    organisation: OrganisationName | None
    audience: tuple[str, ...]
    series: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact told under a title; `is_struck` when it holds no longer."""

    text: str
    label: str = ""
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event's sitting: when, how and where, whether it holds, and how that is told.

    `rank` is its place, from 1, among the occurrences of the event; `number` that of a session in
    the file; `original` the date that a recurrence gives it, `is_exception` when it is not held as
    the rule says. `id` is its anchor in the event's page, None when it is the only one.
    `previous_start` is the date first announced, when it now has another.
    """

    event: EventName
    period: Period
    rank: int
    id: str | None
    number: int | None
    original: Moment | None
    is_exception: bool
    session_title: str | None
    part_of_day: PartOfDay | None
    mode: Mode | None
    place: Place | None
    online_url: str | None
    status: EventStatus
    previous_start: Moment | None
    is_past: bool
    is_ongoing: bool

    # Identity

    @property
    def title(self) -> str:
        """The event's title."""
        return self.event.title

    @property
    def address(self) -> str:
        """The address of the event's page, at this occurrence when there are several."""
        return self.event.address + (f"#{self.id}" if self.id else "")

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Order by date, an approximate one after the dated ones of its span, then by event."""
        return (self.period.sort_key, self.event.slug, self.number or 0)

    @property
    def group(self) -> GroupName | None:
        """The group or chantier that meets."""
        return self.event.group

    @property
    def everyone(self) -> bool:
        """True when it concerns the whole community."""
        return self.event.everyone

    @property
    def is_deadline(self) -> bool:
        """False: a list of dates also holds deadlines."""
        return False

    # When

    @property
    def has_hours(self) -> bool:
        """True when the hour at which it begins is known."""
        return not self.is_approximate and self.period.start.time is not None

    @property
    def starts(self) -> datetime:
        """The instant, in Paris time, from which it may be said to be held."""
        if self._is_open_ended:
            return self.period.instants[0].replace(hour=0, minute=0)
        return self.period.instants[0]

    @property
    def ends(self) -> datetime:
        """The instant from which it is over; without a known end, the midnight after."""
        if not self._is_open_ended:
            return self.period.instants[1]
        return Period(replace(self.period.start, time=None)).instants[1]

    @property
    def _is_open_ended(self) -> bool:
        start, end = self.period.instants
        return start == end

    @property
    def first(self) -> Day:
        """The first day (of those it may fall on, when approximate)."""
        return Day(self.period.first_day)

    @property
    def day(self) -> Day:
        """The day under which a list of dates shows it."""
        return self.first

    @property
    def last(self) -> Day:
        """The last day."""
        return Day(self.period.last_day)

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.period.first_day.year

    @property
    def iso(self) -> str:
        """The beginning for a `datetime` attribute: a day, a month, a year or an instant."""
        start = self.period.start
        if start.instant is not None:
            return start.instant.isoformat()
        if not start.is_approximate:
            return start.first.isoformat()
        return start.first.strftime("%Y-%m") if len(start.months) == 1 else str(start.first.year)

    @property
    def is_approximate(self) -> bool:
        """True when the day is not known."""
        return self.period.is_approximate

    @property
    def crosses_months(self) -> bool:
        """True when its days are of several months, which its numeral then names."""
        first, last = self.period.first_day, self.period.last_day
        return (first.year, first.month) != (last.year, last.month)

    # Whether it holds

    @property
    def is_cancelled(self) -> bool:
        """True when it will not be held."""
        return self.status is EventStatus.CANCELLED

    @property
    def awaits_date(self) -> bool:
        """True when it is postponed to a day not known yet: its date is the old one."""
        return self.status is EventStatus.POSTPONED and not self.previous_start

    @property
    def is_off(self) -> bool:
        """True when nothing will be held at its date: cancelled, or waiting for a new one."""
        return self.is_cancelled or self.awaits_date

    @property
    def is_tentative(self) -> bool:
        """True when it is still to be confirmed (an approximate date always is)."""
        return self.is_approximate or self.status is EventStatus.TENTATIVE

    @property
    def is_to_confirm(self) -> bool:
        """True when its status says that it is to be confirmed."""
        return self.status is EventStatus.TENTATIVE

    # In words

    @property
    def name(self) -> str:
        """Its name among the occurrences of its event: « Première réunion », « Séance 2 »."""
        return self.session_title or f"Séance{NBSP}{self.rank}"

    @property
    def state_word(self) -> str:
        """« Annulé », « Reporté », « Déplacé », « À confirmer », nothing when it holds.

        A date that says so itself, or that is over, is not to be confirmed once more.
        """
        settled = self.is_approximate or self.is_past
        if self.status in STATUS_LABELS and not (self.is_to_confirm and settled):
            return STATUS_LABELS[self.status]
        return "Déplacé" if self.previous_start else ""

    @property
    def state(self) -> str:
        """The state in full: « Reporté, nouvelle date à venir »."""
        return f"{self.state_word}, nouvelle date à venir" if self.awaits_date else self.state_word

    @property
    def when(self) -> str:
        """The whole sentence: « mercredi 7 février 2024, de 17 h à 18 h 30 ».

        Nothing is left to confirm of an approximate date that is past, or that is off.
        """
        if self.is_approximate:
            is_settled = self.is_past or self.is_off
            return format_period(self.period) if is_settled else when(self.period)
        return ", ".join(part for part in (when(self.period), self.part_of_day) if part)

    @property
    def stated_when(self) -> str:
        """The same after its state: « Annulé : mercredi 7 février 2024 »."""
        return f"{self.state}{NBSP}: {self.when}" if self.state else self.when

    @property
    def when_short(self) -> str:
        """The hours or the part of the day alone, nothing when they are not known."""
        start, end = self.period.start, self.period.end
        if self.part_of_day:
            return self.part_of_day.capitalize()
        if start.time is None or self.period.is_several_days:
            return ""
        return format_times(start.time, end.time if end else None)

    @property
    def duration_label(self) -> str:
        """« 1 h 30 » or « 2 jours », nothing when it is not known or one whole day."""
        duration = self.period.duration
        if not duration or (not self.has_hours and not self.period.is_several_days):
            return ""
        return format_duration(duration)

    @property
    def approximate_label(self) -> str:
        """« 4e trimestre 2024 », or nothing when the day is known."""
        return format_approximate(self.period.start) if self.is_approximate else ""

    @property
    def previous_when(self) -> str:
        """The date first announced in words, or nothing."""
        previous = self.previous_start
        return format_period(Period(previous), weekday=True) if previous else ""

    @property
    def session_label(self) -> str:
        """The session's name for a list of several events, unless their title holds it."""
        name = self.session_title or ""
        return "" if name in self.title else name

    @property
    def details(self) -> tuple[Detail, ...]:
        """The facts under a title when the day stands beside: hours, mode, place."""
        return tuple(self._details(self.when_short.replace("– ", f"–{NBSP}")))

    @property
    def dated_details(self) -> tuple[Detail, ...]:
        """The same where no day stands beside: the whole date comes first."""
        return (Detail(self.when, is_struck=self.is_off), *self._details(""))

    @property
    def planned_details(self) -> tuple[Detail, ...]:
        """The parts of a sentence: « mercredi 31 janvier 2024, journée », « en visio »."""
        mode = (Detail(self.mode_label.lower()),) if self.mode_label else ()
        return (Detail(self.when, is_struck=self.is_off), *mode, *self._previous())

    def _details(self, hours: str) -> Iterator[Detail]:
        yield from self._previous()
        for text in (hours, self.place_line):
            if text:
                yield Detail(text)

    def _previous(self) -> Iterator[Detail]:
        if self.previous_when:
            yield Detail(self.previous_when, "d’abord annoncé", is_struck=True)

    @property
    def day_numeral(self) -> str:
        """« 12 », « 1er » or « 25–26 »."""
        return "" if self.is_approximate else day_cell(self.period)

    @property
    def named_date(self) -> str:
        """The date in a year's list: « 25–26 mars », « 30 mars – 2 avril ».

        An approximate date names its event: « Convention, 4e trimestre 2024, date à confirmer ».
        """
        if self.is_approximate:
            return f"{self.title}, {self.when}"
        if self.crosses_months:
            return self.day_numeral
        return f"{self.day_numeral}{NBSP}{self.month_short}"

    @property
    def years(self) -> str:
        """« 2024 », or « 2024–2025 » when it goes past the new year."""
        first, last = self.period.first_day.year, self.period.last_day.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def month_label(self) -> str:
        """The name of the month in which it begins."""
        return month_name(self.period.first_day.month)

    @property
    def month_short(self) -> str:
        """The abbreviation of the month in which it begins."""
        return month_short(self.period.first_day.month)

    @property
    def mode_label(self) -> str:
        """« En visio », or nothing when the mode is not given."""
        return MODE_LABELS[self.mode] if self.mode else ""

    @property
    def mode_note(self) -> str:
        """« visio » or « hybride » for a date that holds, where room is scarce."""
        if self.mode is None or self.is_off or self.is_approximate:
            return ""
        return MODE_NOTES.get(self.mode, "")

    @property
    def place_parts(self) -> tuple[str, ...]:
        """The place's name, street and city, as far as they are known."""
        place = self.place
        if not place:
            return ()
        return tuple(part for part in (place.name, place.address, place.city) if part)

    @property
    def place_line(self) -> str:
        """Mode and place on one line: « En présentiel · La Défense »."""
        return " · ".join(part for part in (self.mode_label, ", ".join(self.place_parts)) if part)

    @property
    def live_label(self) -> str:
        """« En cours » or « Aujourd’hui » for an event of the day of the build."""
        if not self.is_ongoing or self.is_off:
            return ""
        return "En cours" if self.period.is_several_days else "Aujourd’hui"
