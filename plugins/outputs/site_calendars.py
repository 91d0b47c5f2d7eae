"""The calendars of the site: what each is called and holds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from plugins.core.entries import EventEntry
from plugins.core.library import Library
from plugins.core.models.fields import EventStatus, Mode
from plugins.core.occurrences import Occurrence
from plugins.outputs.addresses import absolute, occurrence_uid
from plugins.outputs.calendar import Calendar, CalendarEvent, CalendarStatus
from plugins.outputs.event_text import registration_steps, status_prefix

MONTHS_KEPT = 13

# Of when a content that has no date says nothing: older than any date it may get, so that its
# first date is news to the applications that compare stamps.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)

_STATUSES = {
    EventStatus.CONFIRMED: CalendarStatus.CONFIRMED,
    EventStatus.TENTATIVE: CalendarStatus.TENTATIVE,
    # iCalendar has no word for it: the day is no longer sure, the event is not given up.
    EventStatus.POSTPONED: CalendarStatus.TENTATIVE,
    EventStatus.CANCELLED: CalendarStatus.CANCELLED,
}


def site_calendar(library: Library, site_url: str) -> Calendar:
    """Return the calendar of all events, `/agenda/tout.ics`."""
    first = _kept_from(library.today)
    return Calendar(
        name=f"{library.site.name}\u00a0: agenda",
        description=f"Tous les événements annoncés par {library.site.name}.",
        address=absolute(site_url, "/agenda/"),
        events=_events((o for o in library.occurrences if o.period.last_day >= first), site_url),
        calendar_address=absolute(site_url, "/agenda/tout.ics"),
    )


def event_calendar(event: EventEntry, site_url: str) -> Calendar | None:
    """Return an event's own file, `/evenements/<slug>.ics`, None when no day is known."""
    events = _events(event.occurrences, site_url)
    if not events:
        return None
    return Calendar(event.title, event.summary, absolute(site_url, event.address), events)


def _kept_from(today: date) -> date:
    """Return the first of the month from which past events are kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)


def _events(occurrences: Iterable[Occurrence], site_url: str) -> tuple[CalendarEvent, ...]:
    """Return what can be put on a day: an approximate date is no day."""
    return tuple(_event(o, site_url) for o in occurrences if not o.is_approximate)


def _event(occurrence: Occurrence, site_url: str) -> CalendarEvent:
    event = occurrence.event
    header = event.header
    dated = header.modified or header.date
    start, end = _bounds(occurrence)
    is_timed = isinstance(start, datetime)
    return CalendarEvent(
        uid=occurrence_uid(event, occurrence.number, site_url),
        summary=_summary(occurrence),
        start=start,
        end=end,
        stamp=dated.instant if dated else _NO_STAMP,
        address=absolute(site_url, occurrence.address),
        status=_STATUSES[occurrence.status],
        is_busy=is_timed and _STATUSES[occurrence.status] is CalendarStatus.CONFIRMED,
        description=_description(occurrence, site_url),
        location=_location(occurrence),
        online_url=_online_url(occurrence, site_url),
        categories=(event.group.short_title,) if event.group else (),
        created=header.date.instant if header.date else None,
        modified=header.modified.instant if header.modified else None,
    )


def _bounds(occurrence: Occurrence) -> tuple[date, date | None]:
    """Return the start and the excluded end: days, or Paris times (no end when none is known)."""
    period = occurrence.period
    if period.start.instant is None:
        return period.first_day, period.last_day + timedelta(days=1)
    start, end = period.instants
    return start, end if end > start else None


def _summary(occurrence: Occurrence) -> str:
    parts = (occurrence.title, occurrence.session_title)
    return status_prefix(occurrence.status) + " – ".join(part for part in parts if part)


def _location(occurrence: Occurrence) -> str:
    if occurrence.place_parts:
        return ", ".join(occurrence.place_parts)
    return occurrence.mode_label if occurrence.mode is Mode.ONLINE else ""


def _online_url(occurrence: Occurrence, site_url: str) -> str | None:
    return absolute(site_url, occurrence.online_url) if occurrence.online_url else None


def _description(occurrence: Occurrence, site_url: str) -> str:
    event = occurrence.event
    facts = [occurrence.place_line]
    if occurrence.online_url:
        facts.append(f"Rejoindre la visioconférence\u00a0: {occurrence.online_url}")
    if event.speakers:
        facts.append(f"Avec {', '.join(event.speakers)}")
    facts.extend(str(step) for step in registration_steps(event))
    facts.append(f"En savoir plus\u00a0: {absolute(site_url, occurrence.address)}")
    return "\n\n".join((event.summary, "\n".join(fact for fact in facts if fact)))
