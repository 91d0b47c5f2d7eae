"""iCalendar (RFC 5545), with the names and addresses of RFC 7986."""

from datetime import UTC, datetime, timedelta
from typing import Final

import icalendar
from icalendar.prop import vCategory, vText

from plugins.core.dates import PARIS
from plugins.outputs.calendar import Calendar, CalendarEvent
from plugins.outputs.text import clean_line, clean_text

MEDIA_TYPE = "text/calendar"
PRODID = "-//Passerelle//Agenda//FR"
REFRESH: Final = timedelta(hours=6)

# The rule since 1996: at one o'clock UTC on the last Sundays of March and October. An onset is
# written in the time that ends (RFC 5545, 3.6.5): 02:00 in winter time, 03:00 in summer time.
_PARIS_TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""

_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def to_ics(calendar: Calendar) -> bytes:
    """Return the calendar as iCalendar: CRLF, lines of 75 octets at most, UTF-8."""
    component = icalendar.Calendar()
    component.add("prodid", PRODID)
    component.add("version", "2.0")
    component.add("calscale", "GREGORIAN")
    if calendar.calendar_address:
        _name(component, calendar, calendar.calendar_address)
    component.add_component(icalendar.Timezone.from_ical(_PARIS_TIMEZONE))
    for event in calendar.events:
        component.add_component(_event(event))
    return bytes(component.to_ical())


def _name(component: icalendar.Calendar, calendar: Calendar, address: str) -> None:
    """Say what the calendar is, where it is, and how often to come back.

    The names of RFC 7986 are followed by those that applications knew before it.
    """
    name, description = clean_line(calendar.name), clean_text(calendar.description).strip(" \t\n")
    component.add("name", _Text(name))
    component.add("x-wr-calname", _Text(name))
    if description:
        component.add("description", _Text(description))
        component.add("x-wr-caldesc", _Text(description))
    component.add("x-wr-timezone", _Text(PARIS.key))
    component.add("url", calendar.address)
    component.add("source", address, parameters={"VALUE": "URI"})
    component.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    component.add("x-published-ttl", icalendar.vDuration(REFRESH))


def _event(event: CalendarEvent) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", _utc(event.stamp))
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    if event.end is not None:
        component.add("dtend", event.end)
    component.add("summary", _Text(clean_line(event.summary)))
    component.add("status", event.status.value)
    component.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    # libical takes a property without a value for a fault.
    if description := clean_text(event.description).strip(" \t\n"):
        component.add("description", _Text(description))
    component.add("url", event.address)
    if location := clean_line(event.location):
        component.add("location", _Text(location))
    if event.online_url:
        component.add(
            "conference",
            event.online_url,
            parameters={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Visioconférence"},
        )
    if categories := [name for category in event.categories if (name := clean_line(category))]:
        values = vCategory(categories)
        values.cats = [_Text(name) for name in categories]
        component.add("categories", values)
    for name, time in (("created", event.created), ("last-modified", event.modified)):
        if time is not None:
            component.add(name, _utc(time))
    return component


class _Text(vText):
    r"""Text escaped as RFC 5545 (3.3.11) says; vText takes a ``\N`` of the text for a line end."""

    def to_ical(self) -> bytes:
        return str(self).translate(_ESCAPES).encode()


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC)
