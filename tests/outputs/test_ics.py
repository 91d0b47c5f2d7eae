"""iCalendar is read as it was meant by readers that did not write it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import given

from plugins.dates.moments import PARIS
from plugins.outputs.calendars.calendar import CalendarEvent, CalendarStatus
from plugins.outputs.calendars.ics import to_ics
from tests.outputs.calendar_samples import CALENDAR, WEBINAR
from tests.outputs.ics_reading import check_lines, events, instant, timezone
from tests.outputs.strategies import letters, texts, titles


def lines(ics: bytes) -> list[str]:
    return ics.decode().replace("\r\n ", "").split("\r\n")


def test_calendar_names_itself_to_old_and_new_applications() -> None:
    head = lines(to_ics(CALENDAR))
    for line in (
        "VERSION:2.0",
        "PRODID:-//Passerelle//Agenda//FR",
        "CALSCALE:GREGORIAN",
        "NAME:Passerelle\u00a0: agenda",
        "X-WR-CALNAME:Passerelle\u00a0: agenda",
        "DESCRIPTION:Tous les événements\\, ensemble.",
        "X-WR-CALDESC:Tous les événements\\, ensemble.",
        "X-WR-TIMEZONE:Europe/Paris",
        "URL:https://passerelle.example/agenda/",
        "SOURCE;VALUE=URI:https://passerelle.example/agenda/tout.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ):
        assert head.count(line) == 1, line
    assert not any(line.startswith("METHOD") for line in head)


def test_file_taken_once_has_no_name() -> None:
    head = lines(to_ics(replace(CALENDAR, calendar_address=None)))
    assert head[: head.index("BEGIN:VTIMEZONE")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Passerelle//Agenda//FR",
        "CALSCALE:GREGORIAN",
    ]


def test_event() -> None:
    written = lines(to_ics(CALENDAR))
    written = written[written.index("BEGIN:VEVENT") + 1 : written.index("END:VEVENT")]
    assert sorted(written) == [
        "CATEGORIES:Opérateurs\\, agences,Numérique",
        (
            "CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Visioconférence;VALUE=URI:"
            "https://visio.example/salle?id=1,2"
        ),
        "CREATED:20231220T090000Z",
        "DESCRIPTION:Une ligne\\, puis\\nune autre \\; avec un \\\\.",
        "DTEND;TZID=Europe/Paris:20240207T183000",
        "DTSTAMP:20240103T230000Z",
        "DTSTART;TZID=Europe/Paris:20240207T170000",
        (
            "IMAGE;DISPLAY=BADGE;FMTTYPE=image/jpeg;VALUE=URI:"
            "https://passerelle.example/images/webinaire-1200.jpg"
        ),
        "LAST-MODIFIED:20240103T230000Z",
        "LOCATION:Tour Séquoia\\, Puteaux",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "SUMMARY:Webinaire\\, à destination \\; des opérateurs",
        "TRANSP:OPAQUE",
        "UID:96ffac9e-2345-58e0-9407-98041fd4b447",
        "URL:https://passerelle.example/evenements/webinaire/",
    ]


def test_event_that_says_little() -> None:
    little = CalendarEvent(
        uid="u",
        summary="T",
        start=dt.date(2024, 3, 25),
        end=dt.date(2024, 3, 27),
        stamp=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        address="https://a/",
        status=CalendarStatus.TENTATIVE,
        is_busy=False,
        description="D",
    )
    written = lines(to_ics(replace(CALENDAR, events=(little,))))
    assert written[written.index("BEGIN:VEVENT") + 1 : written.index("END:VEVENT")] == [
        "SUMMARY:T",
        "DTSTART;VALUE=DATE:20240325",
        "DTEND;VALUE=DATE:20240327",
        "DTSTAMP:20240101T000000Z",
        "UID:u",
        "SEQUENCE:0",
        "DESCRIPTION:D",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "URL:https://a/",
    ]


@pytest.mark.parametrize(
    ("start", "end", "starts", "ends"),
    [
        ("2024-02-07T17:00", "2024-02-07T18:30", "2024-02-07T16:00Z", "2024-02-07T17:30Z"),
        ("2024-07-03T09:00", "2024-07-03T10:00", "2024-07-03T07:00Z", "2024-07-03T08:00Z"),
        ("2024-03-29T22:00", "2024-03-30T01:30", "2024-03-29T21:00Z", "2024-03-30T00:30Z"),
        ("2024-03-31T01:59", "2024-03-31T03:00", "2024-03-31T00:59Z", "2024-03-31T01:00Z"),
        ("2024-10-27T01:30", "2024-10-27T04:00", "2024-10-26T23:30Z", "2024-10-27T03:00Z"),
        ("2024-10-27T02:30", "2024-10-27T03:00", "2024-10-27T00:30Z", "2024-10-27T02:00Z"),
    ],
)
def test_instants_in_both_seasons(start: str, end: str, starts: str, ends: str) -> None:
    first, last = (dt.datetime.fromisoformat(t).replace(tzinfo=PARIS) for t in (start, end))
    ics = to_ics(replace(CALENDAR, events=(replace(WEBINAR, start=first, end=last),)))
    [event] = events(ics)
    assert instant(event.dtstart.value) == dt.datetime.fromisoformat(starts)
    assert instant(event.dtend.value) == dt.datetime.fromisoformat(ends)
    # The same by the offsets of the VTIMEZONE alone.
    rule = timezone(ics)
    assert first.replace(tzinfo=rule).astimezone(dt.UTC) == dt.datetime.fromisoformat(starts)
    assert last.replace(tzinfo=rule).astimezone(dt.UTC) == dt.datetime.fromisoformat(ends)


def test_timezone_agrees_with_the_tz_database() -> None:
    rule = timezone(to_ics(CALENDAR))
    hour = dt.datetime(1997, 1, 1)  # noqa: DTZ001 - a wall clock
    while hour.year < 2038:
        # Of an hour that does not exist, or exists twice, tests of instants speak.
        if not (hour.hour == 2 and hour.month in {3, 10} and hour.day > 24):
            assert hour.replace(tzinfo=rule).utcoffset() == hour.replace(tzinfo=PARIS).utcoffset()
        hour += dt.timedelta(hours=1 if hour.month in {3, 10} and hour.day > 23 else 24)


def test_no_event_is_still_a_calendar() -> None:
    assert events(to_ics(replace(CALENDAR, events=()))) == []


def test_backslash_before_a_letter_is_no_line_end() -> None:
    # icalendar's own vText makes one of « \N ».
    event = replace(WEBINAR, summary=r"C:\NUIT\nuit", categories=(r"\N", r"a\,b"))
    ics = to_ics(replace(CALENDAR, events=(event,)))
    assert r"SUMMARY:C:\\NUIT\\nuit" in lines(ics)
    assert r"CATEGORIES:\\N,a\\\,b" in lines(ics)
    [read] = events(ics)
    assert read.summary.value == r"C:\NUIT\nuit"
    assert read.categories.value == [r"\N", r"a\,b"]


@given(titles, texts, texts, titles)
def test_any_text_is_read_back(title: str, description: str, location: str, name: str) -> None:
    event = replace(
        WEBINAR, summary=title, description=description, location=location, categories=(name,)
    )
    ics = to_ics(replace(CALENDAR, name=name, description=description, events=(event,)))
    [read] = events(ics)
    for shown, said in (
        (read.summary.value, title),
        (read.getChildValue("description", ""), description),
        ("".join(read.categories.value), name),
    ):
        assert letters(shown) == letters(said)
        assert not any(category(c) in {"Cc", "Cs"} for c in shown if c not in "\n\t")


@given(texts)
def test_folding_never_cuts_a_character(title: str) -> None:
    check_lines(to_ics(replace(CALENDAR, events=(replace(WEBINAR, summary=title * 3),))))
