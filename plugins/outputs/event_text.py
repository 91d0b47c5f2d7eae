"""What plain texts say of an event, in calendars and feeds alike."""

from dataclasses import dataclass

from plugins.core.entries import EventEntry
from plugins.core.french_dates import format_day, format_time
from plugins.core.models.event import Registration
from plugins.core.models.fields import EventStatus

_PREFIXES = {EventStatus.CANCELLED: "Annulé\u00a0: ", EventStatus.POSTPONED: "Reporté\u00a0: "}


@dataclass(frozen=True, slots=True)
class Step:
    """What a reader can do: words, then where, shown as `target` and reached at `link`."""

    label: str
    target: str = ""
    link: str = ""

    def __str__(self) -> str:
        """Return the step as plain text."""
        return f"{self.label}\u00a0: {self.target}" if self.target else self.label


def status_prefix(status: EventStatus) -> str:
    """Return what stands before the title of an event that is not held as announced."""
    return _PREFIXES.get(status, "")


def registration_steps(event: EventEntry) -> tuple[Step, ...]:
    """Return how to register: the form, the mailbox, and the form of those who cannot come."""
    found, view = event.header.registration, event.registration
    if not found or not view:
        return ()
    steps = []
    label = _registration_label(found)
    if found.url:
        steps.append(Step(label, found.url, found.url))
        label = "Inscription par courriel"
    if found.contact:
        steps.append(Step(label, found.contact, view.mailto or ""))
    if not steps:
        steps.append(Step(label))
    if found.interest:
        steps.append(Step("Intéressé mais pas disponible", found.interest, found.interest))
    return tuple(steps)


def _registration_label(found: Registration) -> str:
    """Return « Inscription jusqu’au 31 janvier 2024 à 12 h (40 places) »."""
    parts = ["Inscription"]
    if found.deadline:
        parts.append(f"jusqu’au {format_day(found.deadline.last)}")
        if found.deadline.time:
            parts.append(f"à {format_time(found.deadline.time)}")
    if found.full:
        parts.append("(complet)")
    elif found.places:
        parts.append(f"({found.places}\u00a0place{'s' if found.places > 1 else ''})")
    return " ".join(parts)
