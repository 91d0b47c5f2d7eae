"""Links that open a web calendar with a form filled in for an occurrence.

Neither Google nor Microsoft documents these links; the parameters come from
github.com/InteractionDesignFoundation/add-event-to-calendar-docs. Google takes local times with the
name of the zone, Outlook takes UTC and turns it into its reader's own time. For whole days, both
take the day after the last. The pages only link to these services and load nothing from them.
"""

from datetime import UTC, date, datetime, timedelta
from html import escape
from urllib.parse import quote, urlencode

from plugins.dates.moments import PARIS
from plugins.french.typography import plain
from plugins.library.occurrences import Occurrence
from plugins.views.base import NamedAddress
from plugins.views.event_text import whole_title

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/action/compose"
OFFICE = "https://outlook.office.com/calendar/0/action/compose"
# Web calendars require an end; one hour is their own default.
DEFAULT_DURATION = timedelta(hours=1)


def calendar_links(occurrence: Occurrence, address: str) -> tuple[NamedAddress, ...]:
    """Return the links for an occurrence, none for an approximate or off date.

    `address` is the absolute address of the event's page.
    """
    if occurrence.is_approximate or occurrence.is_off:
        return ()
    return (
        NamedAddress("Google Agenda", _google(occurrence, address)),
        NamedAddress("Outlook.com", _outlook(OUTLOOK, occurrence, address)),
        NamedAddress("Office 365", _outlook(OFFICE, occurrence, address)),
    )


def _google(occurrence: Occurrence, address: str) -> str:
    bounds = _instants(occurrence)
    if bounds:
        dates = "/".join(moment.strftime("%Y%m%dT%H%M%S") for moment in bounds)
    else:
        dates = "/".join(day.strftime("%Y%m%d") for day in _days(occurrence))
    fields = {
        "action": "TEMPLATE",
        "text": plain(whole_title(occurrence)),
        "dates": dates,
        "ctz": "Europe/Paris",
        "details": "\n\n".join(_details(occurrence, address)),
        "location": _location(occurrence),
    }
    return _link(GOOGLE, fields)


def _outlook(base: str, occurrence: Occurrence, address: str) -> str:
    bounds = _instants(occurrence)
    if bounds:
        start, end = (m.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for m in bounds)
    else:
        start, end = (day.strftime("%Y-%m-%d") for day in _days(occurrence))
    details = (escape(part, quote=False) for part in _details(occurrence, address))
    fields = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": plain(whole_title(occurrence)),
        "startdt": start,
        "enddt": end,
        "allday": "" if bounds else "true",
        # The body is HTML: line feeds would be lost.
        "body": "<br><br>".join(details),
        "location": _location(occurrence),
    }
    return _link(base, fields)


def _link(base: str, fields: dict[str, str]) -> str:
    # Outlook does not decode « + »: spaces are « %20 ».
    query = urlencode({k: v for k, v in fields.items() if v}, quote_via=quote, safe="")
    return f"{base}?{query}"


def _instants(occurrence: Occurrence) -> tuple[datetime, datetime] | None:
    """Return start and end in Paris time, None for whole days."""
    if occurrence.period.start.time is None:
        return None
    start, end = occurrence.period.instants
    if end > start:
        return start, end
    return start, (start.astimezone(UTC) + DEFAULT_DURATION).astimezone(PARIS)


def _days(occurrence: Occurrence) -> tuple[date, date]:
    """Return the first day and the day after the last."""
    return occurrence.period.first_day, occurrence.period.last_day + timedelta(days=1)


def _details(occurrence: Occurrence, address: str) -> tuple[str, ...]:
    """Return the paragraphs of the description: summary, link to join, event's page."""
    join = f"Rejoindre la visioconférence : {occurrence.online_url}"
    summary = plain(occurrence.event.summary)
    return (summary, *((join,) if occurrence.online_url else ()), address)


def _location(occurrence: Occurrence) -> str:
    return plain(", ".join(occurrence.place_parts) or occurrence.online_url or "")
