"""An occurrence: one time at which an event is held, in the same words in every medium."""

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
# The usual mode and an undecided mode get no note.
MODE_NOTES = {Mode.ONLINE: "visio", Mode.HYBRID: "hybride"}
STATUS_LABELS = {
    EventStatus.TENTATIVE: "À confirmer",
    EventStatus.POSTPONED: "Reporté",
    EventStatus.CANCELLED: "Annulé",
}


@dataclass(frozen=True, slots=True)
class GroupName:
    """A chantier or a group, for its events; `kind_label` is « Chantier » or « Groupe »."""

    slug: str
    title: str
    short_title: str
    kind_label: str
    address: str
    order: int


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation, for its events."""

    slug: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class EventName:
    """The data of an event common to its occurrences: title, address, group, audience."""

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
    """A fact shown under a title, struck through when no longer true."""

    text: str
    label: str = ""
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sitting of an event: its date, mode, place and status, and their French words.

    `rank` is its place, from 1, among the occurrences of the event; `number` the place of its
    session in the file; `original` its date by the recurrence rule; `is_exception` tells that it
    departs from the rule. `id` is its anchor in the event's page, None for a single occurrence.
    `previous_start` is the date first announced, when another date replaced it.
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
        """The address of the event's page, with the anchor of the occurrence if any."""
        return self.event.address + (f"#{self.id}" if self.id else "")

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Sort key: date, approximate dates after the exact dates of their period, then event."""
        return (self.period.sort_key, self.event.slug, self.number or 0)

    @property
    def group(self) -> GroupName | None:
        """The group or chantier that holds the event."""
        return self.event.group

    @property
    def everyone(self) -> bool:
        """True when the event concerns the whole community."""
        return self.event.everyone

    @property
    def is_deadline(self) -> bool:
        """False: lists of dates mix occurrences with registration deadlines."""
        return False

    # When

    @property
    def has_hours(self) -> bool:
        """True when the start time is known."""
        return not self.is_approximate and self.period.start.time is not None

    @property
    def starts(self) -> datetime:
        """The start, in Paris time; midnight of the first day for an open-ended occurrence."""
        if self._is_open_ended:
            return self.period.instants[0].replace(hour=0, minute=0)
        return self.period.instants[0]

    @property
    def ends(self) -> datetime:
        """The end, in Paris time; without a known end, the following midnight."""
        if not self._is_open_ended:
            return self.period.instants[1]
        return Period(replace(self.period.start, time=None)).instants[1]

    @property
    def _is_open_ended(self) -> bool:
        start, end = self.period.instants
        return start == end

    @property
    def first(self) -> Day:
        """The first day; for an approximate date, the first possible day."""
        return Day(self.period.first_day)

    @property
    def last(self) -> Day:
        """The last day."""
        return Day(self.period.last_day)

    @property
    def year(self) -> int:
        """The year of the first day."""
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
        """True when the first and last days are in different months."""
        first, last = self.period.first_day, self.period.last_day
        return (first.year, first.month) != (last.year, last.month)

    # Whether it holds

    @property
    def is_cancelled(self) -> bool:
        """True when the occurrence is cancelled."""
        return self.status is EventStatus.CANCELLED

    @property
    def awaits_date(self) -> bool:
        """True when postponed without a new date; the date shown is the old one."""
        return self.status is EventStatus.POSTPONED and not self.previous_start

    @property
    def is_off(self) -> bool:
        """True when cancelled, or postponed without a new date."""
        return self.is_cancelled or self.awaits_date

    @property
    def is_tentative(self) -> bool:
        """True when the occurrence is to be confirmed; approximate dates always are."""
        return self.is_approximate or self.status is EventStatus.TENTATIVE

    @property
    def awaits_day(self) -> bool:
        """True when the day is not known and can still be confirmed."""
        return self.is_approximate and not self.is_past and not self.is_off

    @property
    def is_to_confirm(self) -> bool:
        """True when the status is « à confirmer »."""
        return self.status is EventStatus.TENTATIVE

    # In words

    @property
    def name(self) -> str:
        """The name among the event's occurrences: « Première réunion », « Séance 2 »."""
        return self.session_title or f"Séance{NBSP}{self.rank}"

    @property
    def state_word(self) -> str:
        """« Annulé », « Reporté », « Déplacé », « À confirmer », or nothing.

        « À confirmer » is left out for past dates and for dates whose words already say so.
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
        """The date and times: « mercredi 7 février 2024, de 17 h à 18 h 30 ».

        A past or off approximate date is not marked « à confirmer ».
        """
        if self.is_approximate:
            return when(self.period) if self.awaits_day else format_period(self.period)
        return ", ".join(part for part in (when(self.period), self.part_of_day) if part)

    @property
    def needs_sentence(self) -> bool:
        """True when days in numerals and hours do not say the date, which `when` does.

        Such are an approximate date, and days with hours of their own or in two years.
        """
        years_differ = self.period.first_day.year != self.period.last_day.year
        own_hours = self.period.is_several_days and self.has_hours
        return self.is_approximate or own_hours or years_differ

    @property
    def stated_when(self) -> str:
        """The date and times, after the state: « Annulé : mercredi 7 février 2024 »."""
        return f"{self.state}{NBSP}: {self.when}" if self.state else self.when

    @property
    def when_short(self) -> str:
        """The hours or the part of the day, nothing when unknown."""
        start, end = self.period.start, self.period.end
        if self.part_of_day:
            return self.part_of_day.capitalize()
        if start.time is None or self.period.is_several_days:
            return ""
        return format_times(start.time, end.time if end else None)

    @property
    def duration_label(self) -> str:
        """« 1 h 30 » or « 2 jours », nothing when unknown or one whole day."""
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
        """The session's title for lists of several events, unless the event's title contains it."""
        name = self.session_title or ""
        return "" if name in self.title else name

    @property
    def details(self) -> tuple[Detail, ...]:
        """The facts under a title, next to the day: hours, mode, place."""
        return tuple(self._details(self.when_short.replace("– ", f"–{NBSP}")))

    @property
    def dated_details(self) -> tuple[Detail, ...]:
        """The facts under a title where the day is not shown: the full date, mode, place."""
        return (Detail(self.when, is_struck=self.is_off), *self._details(""))

    @property
    def planned_details(self) -> tuple[Detail, ...]:
        """The date and mode in words: « mercredi 31 janvier 2024, journée », « en visio »."""
        mode = (Detail(self.mode_label.lower()),) if self.mode_label else ()
        return (Detail(self.when, is_struck=self.is_off), *mode, *self._previous())

    def _details(self, hours: str) -> Iterator[Detail]:
        yield from self._previous()
        for text in (hours, self.mode_label, ", ".join(self.place_parts)):
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
        """« 2024 », or « 2024–2025 » when the days are of two years."""
        first, last = self.period.first_day.year, self.period.last_day.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def month_label(self) -> str:
        """The name of the month of the first day."""
        return month_name(self.period.first_day.month)

    @property
    def month_short(self) -> str:
        """The abbreviation of the month of the first day."""
        return month_short(self.period.first_day.month)

    @property
    def mode_label(self) -> str:
        """« En visio », or nothing when the mode is not given."""
        return MODE_LABELS[self.mode] if self.mode else ""

    @property
    def mode_note(self) -> str:
        """« visio » or « hybride » for narrow places; nothing for an approximate or off date."""
        if self.mode is None or self.is_off or self.is_approximate:
            return ""
        return MODE_NOTES.get(self.mode, "")

    @property
    def place_parts(self) -> tuple[str, ...]:
        """The place's name, street and city, where known."""
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
        """« En cours » or « Aujourd’hui » for an occurrence held on the day of the build."""
        if not self.is_ongoing or self.is_off:
            return ""
        return "En cours" if self.period.is_several_days else "Aujourd’hui"
