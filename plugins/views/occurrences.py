"""One time at which an event is held: what every medium says of it, in the same words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plugins.dates.in_words import (
    day_cell,
    format_approximate,
    format_duration,
    format_period,
    format_times,
    month_name,
    month_short,
    when,
)
from plugins.dates.moments import Period
from plugins.french.typography import NBSP
from plugins.models.fields import EventStatus, Mode
from plugins.views.facets import tags
from plugins.views.occurrence_facts import OccurrenceFacts

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
class Detail:
    """What is said of a sitting under its title; `is_struck` when it holds no longer."""

    text: str
    label: str = ""
    is_struck: bool = False


@dataclass(frozen=True, eq=False)
class Occurrence(OccurrenceFacts):
    """An event's sitting, ready to be told."""

    @property
    def name(self) -> str:
        """Return what tells it from the other sittings of its event: « Première réunion »."""
        return self.session_title or f"Séance{NBSP}{self.event.occurrences.index(self) + 1}"

    @property
    def state_word(self) -> str:
        """Return « Annulé », « Reporté », « Déplacé », « À confirmer », nothing when it holds.

        What a date already says, or what is over, is not to be confirmed once more.
        """
        settled = self.is_approximate or self.is_past
        if self.status in STATUS_LABELS and not (self.status is EventStatus.TENTATIVE and settled):
            return STATUS_LABELS[self.status]
        return "Déplacé" if self.previous_start else ""

    @property
    def state(self) -> str:
        """Return the state in full: « Reporté, nouvelle date à venir »."""
        return f"{self.state_word}, nouvelle date à venir" if self.awaits_date else self.state_word

    @property
    def when(self) -> str:
        """Return the whole sentence: « mercredi 7 février 2024, de 17 h à 18 h 30 ».

        Nothing is left to confirm of an approximate date that is past, or that is off.
        """
        if self.is_approximate:
            is_settled = self.is_past or self.is_off
            return format_period(self.period) if is_settled else when(self.period)
        return ", ".join(part for part in (when(self.period), self.part_of_day) if part)

    @property
    def stated_when(self) -> str:
        """Return the same after its state: « Annulé : mercredi 7 février 2024 »."""
        return f"{self.state}{NBSP}: {self.when}" if self.state else self.when

    @property
    def when_short(self) -> str:
        """Return the hours or the part of the day alone, nothing when they are not known."""
        start, end = self.period.start, self.period.end
        if self.part_of_day:
            return self.part_of_day.capitalize()
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
    def approximate_label(self) -> str:
        """Return « 4e trimestre 2024 », or nothing when the day is known."""
        return format_approximate(self.period.start) if self.is_approximate else ""

    @property
    def previous_when(self) -> str:
        """Return the date first announced in words, or nothing."""
        previous = self.previous_start
        return format_period(Period(previous), weekday=True) if previous else ""

    @property
    def session_label(self) -> str:
        """Return the session's name for a list of several events, unless their title holds it."""
        name = self.session_title or ""
        return "" if name in self.title else name

    @property
    def details(self) -> tuple[Detail, ...]:
        """Return what is said under a title when the day stands beside: hours, mode, place."""
        return tuple(self._details(self.when_short.replace("– ", f"–{NBSP}")))

    @property
    def dated_details(self) -> tuple[Detail, ...]:
        """Return the same where no day stands beside: the whole date comes first."""
        return (Detail(self.when, is_struck=self.is_off), *self._details(""))

    @property
    def planned_details(self) -> tuple[Detail, ...]:
        """Return the parts of a sentence: « mercredi 31 janvier 2024, journée », « en visio »."""
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
        """Return « 12 », « 1er » or « 25–26 »."""
        return "" if self.is_approximate else day_cell(self.period)

    @property
    def named_date(self) -> str:
        """Return what a year's list of dates shows: « 25–26 mars », « 30 mars – 2 avril ».

        An approximate date says what it is of: « Convention, 4e trimestre 2024, date à confirmer ».
        """
        if self.is_approximate:
            return f"{self.title}, {self.when}"
        if self.crosses_months:
            return self.day_numeral
        return f"{self.day_numeral}{NBSP}{self.month_short}"

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
    def mode_label(self) -> str:
        """Return « En visio », or nothing when the mode is not given."""
        return MODE_LABELS[self.mode] if self.mode else ""

    @property
    def mode_note(self) -> str:
        """Return « visio » or « hybride » for a date that holds, where room is scarce."""
        if self.mode is None or self.is_off or self.is_approximate:
            return ""
        return MODE_NOTES.get(self.mode, "")

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
    def live_label(self) -> str:
        """Return « En cours » or « Aujourd’hui » for what is held on the day of the build."""
        if not self.is_ongoing or self.is_off:
            return ""
        return "En cours" if self.period.is_several_days else "Aujourd’hui"

    @cached_property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """Return what a list can be narrowed by: ("collectif", "numerique"), values by spaces."""
        return tuple((name, " ".join(values)) for name, values in tags(self).items())
