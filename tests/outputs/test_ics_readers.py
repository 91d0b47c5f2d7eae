"""Applications built on libical and on ical.js read what was meant."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from plugins.dates.moments import PARIS
from plugins.outputs.calendars.calendar import CalendarEvent
from plugins.outputs.calendars.ics import to_ics
from tests.conftest import GOLDEN
from tests.outputs import calcurse, ical_js, ics_reading, libical
from tests.outputs.calendar_samples import CALENDAR, WEBINAR
from tests.outputs.ics_reading import ReadEvent, seconds
from tests.outputs.strategies import letters, texts, titles

GOLDEN_FILES = sorted([*(GOLDEN / "ics").glob("*.ics"), *(GOLDEN / "kinds").glob("*.ics")])

only_on_linux = pytest.mark.skipif(sys.platform != "linux", reason="libical is Debian's")


def read_by_libical(ics: bytes) -> list[ReadEvent]:
    return libical.read(ics)


def read_by_ical_js(ics: bytes) -> list[ReadEvent]:
    [found] = ical_js.read([ics])
    return found


READERS = [
    pytest.param(read_by_libical, marks=only_on_linux, id="libical"),
    pytest.param(read_by_ical_js, id="ical.js"),
]
Reader = Callable[[bytes], list[ReadEvent]]


def event(number: int, start: str, end: str | None, summary: str = "Titre") -> CalendarEvent:
    return replace(
        WEBINAR,
        uid=f"u{number}",
        summary=summary,
        start=paris(start),
        end=paris(end) if end else None,
    )


def paris(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(time).replace(tzinfo=PARIS)


HARD = (
    event(1, "2024-02-07T17:00", "2024-02-07T18:30", r"Virgule, point-virgule ; « \N »"),
    event(2, "2024-07-03T09:00", None, "é" * 80),
    event(3, "2024-03-29T22:00", "2024-03-30T01:30", "👩🏽‍🚀 🇫🇷 " * 12),
    event(4, "2024-03-31T01:59", "2024-03-31T03:00"),
    event(5, "2024-10-27T01:30", "2024-10-27T04:00"),
    event(9, "2024-03-30T22:00", "2024-03-31T05:00"),
    event(10, "2024-10-26T23:00", "2024-10-27T03:30"),
    event(6, "2031-06-30T23:30", "2031-07-01T00:15", 'Deux-points : et "guillemets"'),
    replace(WEBINAR, uid="u7", start=dt.date(2024, 3, 25), end=dt.date(2024, 3, 27)),
    replace(WEBINAR, uid="u8", start=dt.date(2024, 2, 29), end=dt.date(2024, 3, 1)),
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_hard_hours_and_texts(reader: Reader) -> None:
    assert reader(to_ics(replace(CALENDAR, events=HARD))) == [
        ReadEvent(e.uid, e.summary.strip(), seconds(e.start), seconds(e.end) if e.end else None)
        for e in HARD
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", GOLDEN_FILES, ids=lambda path: path.stem)
def test_golden_files(reader: Reader, path: Path) -> None:
    ics = path.read_bytes()
    assert reader(ics) == ics_reading.read(ics)


def test_hard_hours_and_texts_in_calcurse() -> None:
    ics = to_ics(replace(CALENDAR, events=HARD))
    assert calcurse.read(ics) == calcurse.as_kept(ics_reading.read(ics))


@pytest.mark.parametrize("path", GOLDEN_FILES, ids=lambda path: path.stem)
def test_golden_files_in_calcurse(path: Path) -> None:
    ics = path.read_bytes()
    assert calcurse.read(ics) == calcurse.as_kept(ics_reading.read(ics))


@only_on_linux
@given(titles, texts)
def test_any_text_is_read_by_libical(title: str, text: str) -> None:
    wordy = replace(
        WEBINAR, summary=title, description=text, location=text, categories=(title, text)
    )
    [found] = libical.read(to_ics(replace(CALENDAR, description=text, events=(wordy,))))
    assert letters(found.summary) == letters(title)


@only_on_linux
@pytest.mark.parametrize(
    ("written", "broken"),
    [
        (b"DTSTART;TZID=Europe/Paris:20240207T170000", b"DTSTART;TZID=Europe/Paris:7 fevrier"),
        (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nSTATUS:CONFIRMED"),
        (b"VERSION:2.0", b"X-VERSION:2.0"),
    ],
)
def test_libical_is_strict(written: bytes, broken: bytes) -> None:
    ics = to_ics(CALENDAR)
    assert written in ics
    with pytest.raises(AssertionError, match="X-LIC-ERROR"):
        libical.read(ics.replace(written, broken))


def test_ical_js_is_strict() -> None:
    with pytest.raises(AssertionError, match="ParserError"):
        read_by_ical_js(to_ics(CALENDAR).replace(b"END:VEVENT\r\n", b""))
