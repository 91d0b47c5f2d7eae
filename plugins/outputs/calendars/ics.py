"""iCalendar (RFC 5545), with the names, addresses and colours of RFC 7986.

The HTML description is X-ALT-DESC, which Outlook reads: libical knows no STYLED-DESCRIPTION
(RFC 9073) and takes it for a fault.
"""

from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import icalendar
from icalendar.prop import vCategory, vText

from plugins.dates.moments import PARIS
from plugins.outputs.calendars.calendar import Alarm, Calendar, CalendarEvent, Repetition
from plugins.outputs.characters import clean_line, clean_text

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

# A list is written bare, as FEATURE must be (RFC 7986, 6.3); `icalendar.Conference` quotes it.
_CONFERENCE: Final[dict[str, Any]] = {
    "VALUE": "URI",
    "FEATURE": ["AUDIO", "VIDEO"],
    "LABEL": "Visioconférence",
}

_END = b"END:VCALENDAR\r\n"
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def to_ics(calendar: Calendar) -> bytes:
    """Write the calendar as iCalendar: UTF-8, CRLF, lines of 75 octets at most."""
    component = icalendar.Calendar()
    component.add("prodid", PRODID)
    component.add("version", "2.0")
    component.add("calscale", "GREGORIAN")
    if calendar.calendar_address:
        _name(component, calendar, calendar.calendar_address)
    head = bytes(component.to_ical()).removesuffix(_END)
    return b"".join((head, _timezone(), *map(_written, calendar.events), _END))


@cache
def _timezone() -> bytes:
    return bytes(icalendar.Timezone.from_ical(_PARIS_TIMEZONE).to_ical())


def _name(component: icalendar.Calendar, calendar: Calendar, address: str) -> None:
    """Add the name, address, colour and refresh interval of the calendar.

    Properties of RFC 7986 are followed by those that applications knew before it.
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
    if color := calendar.color:
        component.add("color", color.name)
        component.add("x-apple-calendar-color", _Text(color.code))


@lru_cache(maxsize=20_000)
def _written(event: CalendarEvent) -> bytes:
    """Write an event, once: the same stands in several calendars."""
    return bytes(_event(event).to_ical())


def _event(event: CalendarEvent) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", _utc(event.stamp))
    component.add("sequence", event.sequence)
    for name, time in (("created", event.created), ("last-modified", event.modified)):
        if time is not None:
            component.add(name, _utc(time))
    component.add("dtstart", event.start)
    if event.end is not None:
        component.add("dtend", event.end)
    if event.repetition:
        _repeat(component, event.repetition)
    if event.instead_of:
        component.add("recurrence-id", event.instead_of)
    component.add("status", event.status.value)
    component.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    _describe(component, event)
    _locate(component, event)
    if event.alarm:
        component.add_component(_alarm(event.alarm))
    return component


def _repeat(component: icalendar.Event, repetition: Repetition) -> None:
    component.add("rrule", icalendar.vRecur.from_ical(repetition.rule))
    for name, values in (("rdate", repetition.dates), ("exdate", repetition.excluded)):
        # One value a line: some programs read no list.
        for value in values:
            kind = {} if isinstance(value, datetime) else {"VALUE": "DATE"}
            component.add(name, [value], parameters=kind)


def _describe(component: icalendar.Event, event: CalendarEvent) -> None:
    component.add("summary", _Text(clean_line(event.summary)))
    component.add("url", event.address)
    # libical takes a property without a value for a fault.
    if description := clean_text(event.description).strip(" \t\n"):
        component.add("description", _Text(description))
    if html := clean_line(event.description_html):
        component.add("x-alt-desc", _Text(html), parameters={"FMTTYPE": "text/html"})
    if categories := [name for category in event.categories if (name := clean_line(category))]:
        values = vCategory(categories)
        values.cats = [_Text(name) for name in categories]
        component.add("categories", values)
    if event.color:
        component.add("color", event.color.name)
    if image := event.image:
        component.add(
            "image",
            image.address,
            parameters={"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": image.media_type},
        )


def _locate(component: icalendar.Event, event: CalendarEvent) -> None:
    if location := clean_line(event.location):
        component.add("location", _Text(location))
    if event.point:
        component.add("geo", event.point)
    if event.online_url:
        component.add("conference", event.online_url, parameters=_CONFERENCE)


def _alarm(alarm: Alarm) -> icalendar.Alarm:
    component = icalendar.Alarm()
    component.add("action", "DISPLAY")
    component.add("description", _Text(clean_line(alarm.text)))
    component.add("trigger", _utc(alarm.instant), parameters={"VALUE": "DATE-TIME"})
    return component


class _Text(vText):
    r"""Text escaped by RFC 5545 (3.3.11); vText would take ``\N`` in the text for a line end."""

    def to_ical(self) -> bytes:
        return str(self).translate(_ESCAPES).encode()


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC)
