"""A content of the site: its header, its text, its address, and what is related to it."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import quote

from plugins.core.bodies import Body, Heading, Part
from plugins.core.dates import Published
from plugins.core.days import Day
from plugins.core.errors import ContentError, Level, Position
from plugins.core.french_dates import format_approximate, format_number
from plugins.core.front_matter import Document, KeyPath
from plugins.core.models import (
    ArticleHeader,
    EventHeader,
    GroupHeader,
    Header,
    JobHeader,
    Kind,
    LetterHeader,
    OrganisationHeader,
    PageHeader,
    PortraitHeader,
)
from plugins.core.models.event import EVERYONE
from plugins.core.models.fields import GroupKind, Mode
from plugins.core.occurrences import Occurrence
from plugins.core.slugs import slugify
from plugins.core.typography import plain

if TYPE_CHECKING:
    from plugins.core.library import Library

H_co = TypeVar("H_co", bound=Header, covariant=True)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address of the site, or of the web, with the name it is shown under."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to be shown; width and height are in pixels, None when unknown."""

    src: str
    alt: str
    caption: str | None
    credit: str | None
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class RenderedParts:
    """Parts of a body with the entry whose links they use; a template turns them into HTML."""

    entry: "Entry[Any]"
    parts: tuple[Part, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.parts)

    def __html__(self) -> str:
        """Return the HTML for the web: what a template shows without escaping."""
        return self.entry.library.expand(self)


@dataclass(eq=False)
class Entry(Generic[H_co]):
    """A content: what its file says, and where it stands among the others."""

    kind: Kind
    document: Document
    header: H_co
    slug: str
    address: str
    library: "Library" = field(repr=False)

    @cached_property
    def body(self) -> Body:
        """Return the text, converted."""
        return self.library.body_of(self.document)

    @property
    def title(self) -> str:
        """Return the title."""
        return self.header.title

    @property
    def summary(self) -> str:
        """Return the summary."""
        return self.header.summary

    @property
    def kind_label(self) -> str:
        """Return the content's nature in words."""
        return self.kind.label

    @property
    def date(self) -> Published | None:
        """Return when it was published."""
        return self.header.date

    @property
    def published(self) -> Day | None:
        """Return the day on which it was published."""
        return Day(self.header.date.day) if self.header.date else None

    @property
    def modified(self) -> Day | None:
        """Return the day of its last important change."""
        return Day(self.header.modified.day) if self.header.modified else None

    @property
    def last_change(self) -> dt.date | None:
        """Return the day of its modification, else of its publication."""
        last = self.header.modified or self.header.date
        return last.day if last else None

    @property
    def authors(self) -> tuple[str, ...]:
        """Return who wrote it."""
        return self.header.authors

    @property
    def themes(self) -> tuple[NamedAddress, ...]:
        """Return its themes with their pages."""
        return tuple(NamedAddress(name, theme_address(name)) for name in self.header.themes)

    @property
    def organisation(self) -> "OrganisationEntry | None":
        """Return the organisation it belongs to."""
        found = self.library.find("organisation", self.header.organisation)
        return cast("OrganisationEntry | None", found)

    @property
    def image(self) -> Picture | None:
        """Return its illustration."""
        return self.library.picture(self.header.image) if self.header.image else None

    @property
    def full_html(self) -> RenderedParts:
        """Return its whole text, ready to be expanded."""
        return RenderedParts(self, self.body.parts)

    @property
    def html(self) -> RenderedParts:
        """Return the text that its page shows."""
        return self.full_html

    @property
    def toc(self) -> tuple[Heading, ...]:
        """Return the headings of its text."""
        return self.body.headings

    @cached_property
    def see_also(self) -> "tuple[Entry[Header], ...]":
        """Return the contents nearest to it."""
        return self.library.see_also(self)

    @property
    def original_address(self) -> str:
        """Return the first address it ever had: what its permanent ids are made of."""
        return self.header.old_addresses[0] if self.header.old_addresses else self.address

    def error(
        self, path: KeyPath, message: str, level: Level = Level.ERROR, field: str | None = None
    ) -> ContentError:
        """Return a fault of this entry at the place of a header field."""
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return ContentError(
            self.document.path, self.document.locate(path), field or name or None, message, level
        )

    def error_at(
        self, position: Position, name: str | None, message: str, level: Level = Level.ERROR
    ) -> ContentError:
        """Return a fault of this entry at a place of its text."""
        return ContentError(self.document.path, position, name, message, level)


class ArticleEntry(Entry[ArticleHeader]):
    """An article."""

    @property
    def kind_label(self) -> str:
        """Return the article's own section."""
        return self.header.section

    @property
    def reported_event(self) -> "EventEntry | None":
        """Return the event it is the report of."""
        return cast("EventEntry | None", self.library.find("event", self.header.event))

    @property
    def groups(self) -> "tuple[GroupEntry, ...]":
        """Return the chantiers and groups it speaks of."""
        found = (self.library.find("group", name) for name in self.header.groups)
        return tuple(cast("GroupEntry", entry) for entry in found if entry)


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """How to register, and whether one still can on the day of the build."""

    url: str | None
    contact: str | None
    mailto: str | None
    deadline: Day | None
    is_closed: bool
    places: int | None
    full: bool
    interest_url: str | None


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
        if header.period is not None:
            return (Occurrence(self, header.period, today=today),)
        found = [
            Occurrence(self, session.period, number, session, today=today)
            for number, session in enumerate(header.sessions, start=1)
            if session.period is not None
        ]
        return tuple(sorted(found, key=lambda occurrence: occurrence.sort_key))

    @property
    def first(self) -> Occurrence:
        """Return the first sitting."""
        return self.occurrences[0]

    @property
    def next_occurrence(self) -> Occurrence | None:
        """Return the next sitting, None when all are over."""
        return next((o for o in self.occurrences if not o.is_past), None)

    @property
    def when(self) -> str:
        """Return when it is held, in one sentence; sessions are separated by « ; »."""
        return " ; ".join(occurrence.when for occurrence in self.occurrences)

    @property
    def place_line(self) -> str:
        """Return mode and place when all sittings share them."""
        lines = {occurrence.place_line for occurrence in self.occurrences}
        return lines.pop() if len(lines) == 1 else ""

    @property
    def mode(self) -> Mode | None:
        """Return how one takes part, when all sittings share it."""
        modes = {occurrence.mode for occurrence in self.occurrences}
        return modes.pop() if len(modes) == 1 else None

    @property
    def state(self) -> str:
        """Return « upcoming », « ongoing » or « past »."""
        if any(occurrence.is_ongoing for occurrence in self.occurrences):
            return "ongoing"
        return "past" if all(o.is_past for o in self.occurrences) else "upcoming"

    @property
    def status(self) -> str:
        """Return the status of the whole event."""
        return self.header.event_status

    @property
    def status_label(self) -> str:
        """Return the status in words, or nothing when it is confirmed."""
        return self.occurrences[0].status_label if len(self.occurrences) == 1 else ""

    @property
    def everyone(self) -> bool:
        """Tell whether it concerns the whole community."""
        return self.header.group == EVERYONE

    @property
    def group(self) -> "GroupEntry | None":
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
    def registration(self) -> RegistrationView | None:
        """Return how to register."""
        found = self.header.registration
        if not found:
            return None
        deadline = found.deadline
        today = self.library.today
        return RegistrationView(
            url=found.url,
            contact=found.contact,
            mailto=mailto(found.contact, f"Inscription : {self.title}") if found.contact else None,
            deadline=Day(deadline.last) if deadline else None,
            is_closed=self.state == "past" or bool(deadline and deadline.last < today),
            places=found.places,
            full=found.full,
            interest_url=found.interest,
        )

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
        return tuple(a for a in self.library.articles if a.reported_event is self)

    @property
    def letters(self) -> "tuple[LetterEntry, ...]":
        """Return the issues of the letter that speak of it."""
        return tuple(e for e in self.library.citing(self) if isinstance(e, LetterEntry))

    @property
    def same_series(self) -> "tuple[EventEntry, ...]":
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


class LetterEntry(Entry[LetterHeader]):
    """An issue of the letter."""

    @property
    def kind_label(self) -> str:
        """Return « La lettre n° 1 »."""
        return f"La lettre n°\u00a0{self.number}"

    @property
    def number(self) -> int:
        """Return the issue's number."""
        return self.header.number

    @property
    def period(self) -> str:
        """Return the period it covers, by default its month."""
        published = Day(self.header.date.day)
        return self.header.period or f"{published.month} {published.year}"

    @property
    def preheader(self) -> str:
        """Return what a mailbox shows after the subject."""
        return self.header.preheader or self.summary

    @property
    def editors_in_chief(self) -> tuple[str, ...]:
        """Return the editors in chief."""
        return self.header.editors_in_chief

    @property
    def contributors(self) -> tuple[str, ...]:
        """Return the contributors."""
        return self.header.contributors

    @property
    def editorial_html(self) -> RenderedParts:
        """Return the opening text: what stands before the first rubric."""
        return RenderedParts(self, self.body.split_opening()[0])

    @property
    def editorial_signature(self) -> str | None:
        """Return who signs the opening text."""
        return self.header.editorial.signature if self.header.editorial else None

    @property
    def editorial_role(self) -> str | None:
        """Return the signatory's function."""
        return self.header.editorial.role if self.header.editorial else None

    @property
    def html(self) -> RenderedParts:
        """Return the rubrics."""
        return RenderedParts(self, self.body.split_opening()[1])

    @property
    def contact(self) -> str | None:
        """Return the mailbox of the letter."""
        return self.header.contact

    @property
    def previous(self) -> "LetterEntry | None":
        """Return the issue before."""
        return next((e for e in self.library.letters if e.number < self.number), None)

    @property
    def next(self) -> "LetterEntry | None":
        """Return the issue after."""
        return next((e for e in reversed(self.library.letters) if e.number > self.number), None)


class GroupEntry(Entry[GroupHeader]):
    """A chantier or a group."""

    @property
    def kind_label(self) -> str:
        """Return « Chantier » or « Groupe »."""
        return "Chantier" if self.is_chantier else "Groupe"

    @property
    def is_chantier(self) -> bool:
        """Tell chantiers from groups."""
        return self.header.kind is GroupKind.CHANTIER

    @property
    def short_title(self) -> str:
        """Return the name used in tables."""
        return self.header.short_title

    @property
    def state(self) -> str:
        """Return how far it is."""
        return self.header.state

    @property
    def stakes(self) -> str | None:
        """Return what is at stake."""
        return self.header.stakes

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return the other names in use."""
        return self.header.other_names

    @property
    def liaisons(self) -> tuple[str, ...]:
        """Return its référents."""
        return self.header.liaisons

    @property
    def mailbox(self) -> str | None:
        """Return its functional mailbox."""
        return self.header.contact

    @property
    def contact(self) -> str | None:
        """Return the link that writes to it, the subject filled in."""
        return mailto(self.mailbox, self.title) if self.mailbox else None

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return its dates, in order."""
        return tuple(o for o in self.library.occurrences if o.group is self)

    @property
    def occurrences_upcoming(self) -> tuple[Occurrence, ...]:
        """Return its dates to come."""
        return tuple(o for o in self.occurrences if not o.is_past)

    @property
    def occurrences_past(self) -> tuple[Occurrence, ...]:
        """Return its past dates, newest first."""
        return tuple(o for o in reversed(self.occurrences) if o.is_past)

    @property
    def next_occurrence(self) -> Occurrence | None:
        """Return its next date that holds."""
        return next((o for o in self.occurrences_upcoming if not o.is_cancelled), None)

    @property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """Return the articles that speak of it."""
        return tuple(article for article in self.library.articles if self in article.groups)

    @property
    def letters(self) -> tuple[LetterEntry, ...]:
        """Return the issues of the letter that speak of it."""
        return tuple(e for e in self.library.citing(self) if isinstance(e, LetterEntry))


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure, its number written the French way."""

    value: str
    label: str
    unit: str | None
    as_of: str | None


class OrganisationEntry(Entry[OrganisationHeader]):
    """A member network."""

    @property
    def full_name(self) -> str | None:
        """Return its name in full."""
        return self.header.full_name

    @property
    def motto(self) -> str | None:
        """Return its motto."""
        return self.header.motto

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return its key figures."""
        return tuple(
            Figure(
                # A year is not grouped: « 2015 », but « 3 000 ».
                str(item.value)
                if item.unit is None and "création" in item.label.lower()
                else format_number(
                    int(item.value) if item.value == int(item.value) else float(item.value)
                ),
                item.label,
                item.unit,
                format_approximate(item.as_of)
                if item.as_of and item.as_of.is_approximate
                else (Day(item.as_of.first).full if item.as_of else None),
            )
            for item in self.header.figures
        )

    @property
    def board(self) -> tuple[object, ...]:
        """Return the members of its board (`name`, `role`)."""
        return self.header.board

    @property
    def partners(self) -> tuple[str, ...]:
        """Return its partners."""
        return self.header.partners

    @property
    def links(self) -> tuple[NamedAddress, ...]:
        """Return its pages elsewhere."""
        return tuple(NamedAddress(link.title, link.url) for link in self.header.links)

    @property
    def membership(self) -> object | None:
        """Return how to join (`url`, `text`)."""
        return self.header.membership

    @property
    def events(self) -> tuple[EventEntry, ...]:
        """Return its events, newest first."""
        return tuple(e for e in self.library.events if e.organisation is self)

    @property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """Return the articles about it, newest first."""
        return tuple(a for a in self.library.articles if a.organisation is self)


@dataclass(frozen=True, slots=True)
class ElectionView:
    """What a person stands for; `date_label` says when, if the day is not known."""

    ballot: str
    seat: str | None
    date: Day | None
    date_label: str | None


class PortraitEntry(Entry[PortraitHeader]):
    """A portrait."""

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.header.name

    @property
    def role(self) -> str | None:
        """Return the person's function."""
        return self.header.role

    @property
    def election(self) -> ElectionView | None:
        """Return what the person stands for."""
        found = self.header.election
        if not found:
            return None
        moment = found.date
        day = Day(moment.first) if moment and not moment.is_approximate else None
        label = format_approximate(moment) if moment and moment.is_approximate else None
        return ElectionView(found.ballot, found.seat, day, label)


class JobEntry(Entry[JobHeader]):
    """A job sheet."""


class PageEntry(Entry[PageHeader]):
    """A standing page."""


ENTRY_CLASSES: dict[str, type[Entry[Header]]] = {
    "article": cast("type[Entry[Header]]", ArticleEntry),
    "event": cast("type[Entry[Header]]", EventEntry),
    "letter": cast("type[Entry[Header]]", LetterEntry),
    "group": cast("type[Entry[Header]]", GroupEntry),
    "organisation": cast("type[Entry[Header]]", OrganisationEntry),
    "portrait": cast("type[Entry[Header]]", PortraitEntry),
    "job": cast("type[Entry[Header]]", JobEntry),
    "page": cast("type[Entry[Header]]", PageEntry),
}


def theme_address(name: str) -> str:
    """Return the address of a theme's page."""
    return f"/themes/{slugify(name)}/"


def mailto(mailbox: str, subject: str | None = None) -> str:
    """Return a `mailto:` link (RFC 6068), its subject filled in."""
    return f"mailto:{mailbox}" + (f"?subject={quote(plain(subject))}" if subject else "")
