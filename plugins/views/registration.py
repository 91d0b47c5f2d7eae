"""Registration for an event: how, until when, and whether it is open."""

import datetime as dt
from dataclasses import dataclass

from plugins.content.record import Record
from plugins.dates.in_words import Day, when
from plugins.dates.moments import Period
from plugins.french.quantities import count
from plugins.library.addresses import mailto
from plugins.library.index import Index
from plugins.models import EventHeader
from plugins.models.event import Registration as RegistrationFields
from plugins.views.base import NamedAddress

FULL = "Complet\u00a0: il ne reste aucune place."
INTEREST = "Intéressé, mais pas disponible\u202f? Dites-le-nous"


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of registration: its day, an instant of Paris, and the day or the hour in words."""

    day: Day
    instant: dt.datetime
    label: str


@dataclass(frozen=True, slots=True)
class Registration:
    """How to register; `is_closed` on the day of the build."""

    form: NamedAddress | None
    mailbox: NamedAddress | None
    interest: NamedAddress | None
    closing: Closing | None
    is_closed: bool
    is_full: bool
    places_label: str

    @property
    def is_open(self) -> bool:
        """Return True when registration is possible on the day of the build."""
        return not self.is_closed and not self.is_full

    @property
    def action(self) -> str:
        """Return « S’inscrire », or nothing when only the form of interest is given."""
        return "S’inscrire" if self.ways or self.closing or self.places_label else ""

    @property
    def ways(self) -> tuple[NamedAddress, ...]:
        """Return the ways to register: form, mailbox."""
        return tuple(way for way in (self.form, self.mailbox) if way)

    @property
    def until(self) -> str:
        """Return « jusqu’au vendredi 16 février 2024 à 12 h », nothing without a deadline."""
        return f"jusqu’au {self.closing.label}" if self.closing else ""

    @property
    def full_notice(self) -> str:
        """Return the notice of a full event, or nothing."""
        return FULL if self.is_full else ""

    @property
    def closed_notice(self) -> str:
        """Return the notice for after the deadline, nothing without a deadline."""
        return f"Inscriptions closes depuis le {self.closing.label}." if self.closing else ""

    @property
    def notice(self) -> str:
        """Return why registration is closed on the day of the build, nothing when open."""
        return self.closed_notice if self.is_closed else self.full_notice


def registration(event: Record[EventHeader], index: Index) -> Registration | None:
    """Return how to register for an event, None when all its dates are over or off."""
    found = event.header.registration
    if not found or all(o.is_off or o.is_past for o in index.occurrences_of(event)):
        return None
    return Registration(
        form=NamedAddress("formulaire en ligne", found.url) if found.url else None,
        mailbox=mailbox(event.header),
        interest=NamedAddress(INTEREST, found.interest) if found.interest else None,
        closing=_closing(found),
        is_closed=bool(found.deadline and found.deadline.last < index.today),
        is_full=found.full,
        places_label=count(found.places, "place") if found.places else "",
    )


def mailbox(header: EventHeader) -> NamedAddress | None:
    """Return the mailbox for registrations, as a link with the subject filled in."""
    contact = header.registration and header.registration.contact
    return (
        NamedAddress(contact, mailto(contact, f"Inscription : {header.title}")) if contact else None
    )


def _closing(found: RegistrationFields) -> Closing | None:
    if not found.deadline:
        return None
    period = Period(found.deadline)
    return Closing(Day(found.deadline.last), period.instants[1], when(period))
