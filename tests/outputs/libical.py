"""Read iCalendar with libical, on which the calendars of GNOME and KDE are built."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import Structure, c_char_p, c_int, c_int64, c_void_p
from functools import cache

from tests.outputs.ics_reading import ReadEvent
from tests.tooling import LIBICAL


class _Time(Structure):
    """`struct icaltimetype` (libical 3)."""

    _fields_ = (
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", c_int),
        ("is_daylight", c_int),
        ("zone", c_void_p),
    )


_SIGNATURES = {
    "icalparser_parse_string": ((c_char_p,), c_void_p),
    "icalcomponent_count_errors": ((c_void_p,), c_int),
    "icalcomponent_string_to_kind": ((c_char_p,), c_int),
    "icalcomponent_get_first_component": ((c_void_p, c_int), c_void_p),
    "icalcomponent_get_next_component": ((c_void_p, c_int), c_void_p),
    "icalcomponent_get_uid": ((c_void_p,), c_char_p),
    "icalcomponent_get_summary": ((c_void_p,), c_char_p),
    "icalcomponent_get_dtstart": ((c_void_p,), _Time),
    "icalcomponent_get_first_property": ((c_void_p, c_int), c_void_p),
    "icalproperty_string_to_kind": ((c_char_p,), c_int),
    "icalcomponent_get_dtend": ((c_void_p,), _Time),
    "icaltime_as_timet_with_zone": ((_Time, c_void_p), c_int64),
    "icalcomponent_as_ical_string": ((c_void_p,), c_char_p),
    "icalcomponent_free": ((c_void_p,), None),
    "icalrestriction_check": ((c_void_p,), c_int),
}


def read(ics: bytes) -> list[ReadEvent]:
    """Return the events of a calendar; fail on any fault that libical finds."""
    index = _library()
    calendar = index.icalparser_parse_string(ics)
    assert calendar, "libical reads no calendar"
    try:
        assert index.icalcomponent_count_errors(calendar) == 0, _told(calendar)
        assert index.icalrestriction_check(calendar) == 1, _told(calendar)
        return list(_events(calendar))
    finally:
        index.icalcomponent_free(calendar)


def _told(calendar: int) -> str:
    """Return the calendar as libical writes it: X-LIC-ERROR tells its faults."""
    return bytes(_library().icalcomponent_as_ical_string(calendar)).decode()


def _events(calendar: int) -> Iterator[ReadEvent]:
    index = _library()
    kind = index.icalcomponent_string_to_kind(b"VEVENT")
    dtend = index.icalproperty_string_to_kind(b"DTEND")
    event = index.icalcomponent_get_first_component(calendar, kind)
    while event:
        has_end = index.icalcomponent_get_first_property(event, dtend)
        yield ReadEvent(
            index.icalcomponent_get_uid(event).decode(),
            index.icalcomponent_get_summary(event).decode(),
            _seconds(index.icalcomponent_get_dtstart(event)),
            _seconds(index.icalcomponent_get_dtend(event)) if has_end else None,
        )
        event = index.icalcomponent_get_next_component(calendar, kind)


def _seconds(time: _Time) -> int:
    assert time.is_date or time.zone, "a time without a zone"
    return int(_library().icaltime_as_timet_with_zone(time, time.zone))


@cache
def _library() -> ctypes.CDLL:
    index = ctypes.CDLL(LIBICAL.name)
    for name, (arguments, result) in _SIGNATURES.items():
        function = getattr(index, name)
        function.argtypes, function.restype = arguments, result
    return index
