"""An event among the other contents: its sittings, its registration, what speaks of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from plugins.dates.recurrence import days_shown
from plugins.dates.recurrence_in_words import describe
from plugins.french.slugs import slugify
from plugins.library.history import FileHistory
from plugins.models import EventHeader
from plugins.models.event import EVERYONE
from plugins.views.entries.base import Entry
from plugins.views.entries.letter import LetterEntry
from plugins.views.occurrences import Occurrence
from plugins.views.registration import Registration, registration

if TYPE_CHECKING:
    from plugins.views.entries.article import ArticleEntry
    from plugins.views.entries.group import GroupEntry


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A file to download."""

    title: str
    address: str
    size_label: str


class EventEntry(Entry[EventHeader]):
    """An event."""

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return its sittings in order of date."""
        header, today = self.header, self.library.today
        if recurrence := header.recurrence_set:
            sittings = recurrence.sittings(*days_shown(today))
            return tuple(Occurrence(self, s.period, sitting=s, today=today) for s in sittings)
        if header.period is not None:
            return (Occurrence(self, header.period, today=today),)
        found = [
            Occurrence(self, session.period, number, session, today=today)
            for number, session in enumerate(header.sessions, start=1)
            if session.period is not None
        ]
        return tuple(sorted(found, key=lambda occurrence: occurrence.sort_key))

    @property
    def recurrence_line(self) -> str:
        """Return the rule in words: « chaque mois, le premier mardi, à 17 h », or nothing."""
        recurrence = self.header.recurrence_set
        return describe(recurrence) if recurrence else ""

    @cached_property
    def history(self) -> FileHistory | None:
        """Return how its file came to be what it is, None when nothing keeps track of it."""
        history = self.library.history
        return history.of(self.library.root.parent / self.document.path) if history else None

    @property
    def identifier(self) -> str:
        """Return what identifies it for ever, whatever its file, its slug and its title become."""
        if self.header.identifier:
            return self.header.identifier
        folder, _, path = self.document.path.as_posix().partition("/")
        return self.history.origin if self.history else path or folder

    @property
    def first(self) -> Occurrence:
        """Return the first sitting."""
        return self.occurrences[0]

    @property
    def next_occurrence(self) -> Occurrence | None:
        """Return the next sitting, None when all are over."""
        return next((o for o in self.occurrences if not o.is_past), None)

    def leading_occurrences(self, most: int) -> tuple[Occurrence, ...]:
        """Return its sittings; of more than `most`, the next ones, else the last one."""
        if len(self.occurrences) <= most:
            return self.occurrences
        upcoming = tuple(o for o in self.occurrences if not o.is_past)
        return upcoming[:most] or self.occurrences[-1:]

    @property
    def lead_occurrence(self) -> Occurrence:
        """Return the sitting that its page puts forward: the next one, else the first."""
        return self.next_occurrence or self.first

    @property
    def when(self) -> str:
        """Return when it is held, or is not, in one sentence; sessions are separated by « ; »."""
        return " ; ".join(occurrence.stated_when for occurrence in self.occurrences)

    @property
    def status(self) -> str:
        """Return the status of the whole event."""
        return self.header.event_status

    @property
    def everyone(self) -> bool:
        """Tell whether it concerns the whole community."""
        return self.header.group == EVERYONE

    @cached_property
    def group(self) -> GroupEntry | None:
        """Return the chantier or group that meets."""
        found = None if self.everyone else self.library.find("group", self.header.group)
        return cast("GroupEntry | None", found)

    @property
    def series_line(self) -> str:
        """Return « 3e déjeuner passerelle, saison 2023 », or nothing."""
        series = self.header.series
        if not series:
            return ""
        name = series.name
        if series.number:
            ordinal = "1er" if series.number == 1 else f"{series.number}e"
            name = f"{ordinal}\u00a0{name[:1].lower()}{name[1:]}"
        return f"{name}, saison\u00a0{series.season}" if series.season else name

    @property
    def registration(self) -> Registration | None:
        """Return how to register for what is left of it."""
        return registration(self)

    @property
    def ics_address(self) -> str | None:
        """Return the address of the event's own calendar file, None when no day is known."""
        if all(occurrence.is_approximate for occurrence in self.occurrences):
            return None
        return self.address.rstrip("/") + ".ics"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return who speaks."""
        return self.header.speakers

    @property
    def sponsors(self) -> tuple[str, ...]:
        """Return who supports it."""
        return self.header.sponsors

    @property
    def audience(self) -> tuple[str, ...]:
        """Return whom it is for."""
        return self.header.audience

    @property
    def documents(self) -> tuple[DocumentLink, ...]:
        """Return the files that go with it."""
        return tuple(
            DocumentLink(item.title, f"/{item.file}", self.library.size_label(item.file))
            for item in self.header.documents
        )

    @property
    def reports(self) -> tuple[ArticleEntry, ...]:
        """Return the articles that report it."""
        return tuple(self.library.reports.get(self, ()))

    @property
    def letters(self) -> tuple[LetterEntry, ...]:
        """Return the issues of the letter that speak of it."""
        return tuple(e for e in self.library.citing(self) if isinstance(e, LetterEntry))

    @property
    def same_series(self) -> tuple[EventEntry, ...]:
        """Return the other events of its series, newest first."""
        series = self.header.series
        if not series:
            return ()
        return tuple(
            event
            for event in self.library.events
            if event is not self
            and event.header.series
            and slugify(event.header.series.name) == slugify(series.name)
        )
