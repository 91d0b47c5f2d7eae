"""What plain texts say of an event, in calendars and feeds alike."""

from plugins.core.entries import EventEntry
from plugins.core.french_dates import format_day, format_time
from plugins.core.models.fields import EventStatus

_PREFIXES = {EventStatus.CANCELLED: "Annulé\u00a0: ", EventStatus.POSTPONED: "Reporté\u00a0: "}


def status_prefix(status: EventStatus) -> str:
    """Return what stands before the title of an event that is not held as announced."""
    return _PREFIXES.get(status, "")


def registration_line(event: EventEntry) -> str:
    """Return how to register, until when, and how many may come, in one line, or nothing."""
    found = event.header.registration
    if not found:
        return ""
    parts = [part for part in (found.url, found.contact) if part]
    if found.deadline:
        time = f" à {format_time(found.deadline.time)}" if found.deadline.time else ""
        parts.append(f"jusqu’au {format_day(found.deadline.last)}{time}")
    if found.full:
        parts.append("complet")
    elif found.places:
        parts.append(f"{found.places}\u00a0place{'s' if found.places > 1 else ''}")
    if found.interest:
        parts.append(f"pas disponible mais intéressé\u00a0: {found.interest}")
    return f"Inscription\u00a0: {', '.join(parts)}" if parts else ""
