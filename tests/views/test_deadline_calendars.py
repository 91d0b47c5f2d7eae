"""`<name>.avec-echeances.ics`: the events of a calendar, and the last days to register."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.library.index import Index
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from plugins.views.subscriptions import Variant
from tests.contents import event_named, group, index_of, text
from tests.outputs import ical_js, ics_reading

SITE = "https://passerelle.example"
GROUP = {"collectifs/numerique.md": group("Num")}
DAY = "inscription: {contact: a@b.example, avant_le: 2024-01-31}"


def built(root: Path, *headers: str) -> SiteCalendars:
    return SiteCalendars(indexed(root, *headers), SITE)


def indexed(root: Path, *headers: str) -> Index:
    events = {
        f"evenements/e{n}.md": text(header, titre=f"E{n}") for n, header in enumerate(headers, 1)
    }
    return index_of(root, {**GROUP, **events})


def ics(calendars: SiteCalendars, name: str = "tout", variant: Variant = Variant.PLAIN) -> bytes:
    [found] = [s for s in calendars.subscriptions if s.name == name]
    return to_ics(calendars.calendar(found, variant))


def entry(data: bytes, summary: str) -> dict[str, str]:
    """Return the lines of one entry, then of its alarm, by the name before their value."""
    lines = data.decode().replace("\r\n ", "")
    [one] = [e for e in lines.split("BEGIN:VEVENT")[1:] if f"SUMMARY:{summary}\r\n" in e]
    return dict(line.split(":", 1) for line in reversed(one.split("\r\n")) if ":" in line)


def summaries(data: bytes) -> list[str]:
    return [event.summary.replace("\u00a0", " ") for event in ics_reading.read(data)]


TITLE = "Clôture des inscriptions\u00a0: E1"


def test_a_day_is_an_entry_of_its_own(tmp_path: Path) -> None:
    header = f"debut: 2024-02-08 18:00\nlieu: Paris\ncollectif: numerique\n{DAY}"
    found = entry(ics(built(tmp_path, header), variant=Variant.WITH_DEADLINES), TITLE)
    assert found["DTSTART;VALUE=DATE"] == "20240131"
    assert found["DTEND;VALUE=DATE"] == "20240201"
    assert (found["TRANSP"], found["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    assert found["URL"] == f"{SITE}/evenements/e1/"
    assert found["TRIGGER;VALUE=DATE-TIME"] == "20240130T080000Z"
    assert "Inscription jusqu’au 31\u00a0janvier 2024\u00a0: a@b.example" in found["DESCRIPTION"]
    assert "LOCATION" not in found


def test_an_hour_is_kept_in_paris_time(tmp_path: Path) -> None:
    header = "debut: 2024-08-08\ninscription: {avant_le: 2024-07-01 12:00}"
    found = entry(ics(built(tmp_path, header), variant=Variant.WITH_DEADLINES), TITLE)
    assert found["DTSTART;TZID=Europe/Paris"] == "20240701T120000"
    assert "DTEND;TZID=Europe/Paris" not in found
    assert found["TRANSP"] == "TRANSPARENT"


def test_who_does_not_ask_has_the_events_alone(tmp_path: Path) -> None:
    calendars = built(tmp_path, f"debut: 2024-02-08\n{DAY}")
    assert summaries(ics(calendars)) == ["E1"]
    assert summaries(ics(calendars, variant=Variant.WITH_APPROXIMATE)) == ["E1"]
    asked = ics(calendars, variant=Variant.WITH_DEADLINES)
    assert summaries(asked) == ["E1", "Clôture des inscriptions : E1"]
    assert (
        "X-WR-CALNAME:Essai\u00a0: agenda\\, dates limites d’inscription comprises\r\n"
        in asked.decode()
    )


def test_one_reminder_rings_for_a_deadline(tmp_path: Path) -> None:
    """That of the deadline; without an entry of its own, that of the event."""
    calendars = built(
        tmp_path,
        f"debut: 2024-02-08\n{DAY}",
        "debut: 2024-02-09\ninscription: {avant_le: 2024-02-09}",
    )
    plain, asked = ics(calendars), ics(calendars, variant=Variant.WITH_DEADLINES)
    assert plain.count(b"BEGIN:VALARM") == asked.count(b"BEGIN:VALARM") == 2
    assert "ACTION" in entry(plain, "E1")
    assert "ACTION" not in entry(asked, "E1")
    assert "ACTION" in entry(asked, TITLE)
    assert "ACTION" in entry(asked, "E2")


def test_every_calendar_of_the_event_has_it_once_under_one_uid(tmp_path: Path) -> None:
    sessions = "seances: [{debut: 2024-02-08}, {debut: 2024-03-08}]"
    header = f"collectif: numerique\npublic: cadres\n{sessions}\n{DAY}"
    calendars = built(tmp_path, header, "debut: 2024-03-01")
    names = [s.name for s in calendars.subscriptions]
    assert names == ["tout", "collectif-numerique", "public-cadres"]
    found = [
        e.uid
        for name in names
        for e in ics_reading.read(ics(calendars, name, Variant.WITH_DEADLINES))
        if e.summary == TITLE
    ]
    assert len(found) == 3
    assert len(set(found)) == 1


def test_the_uid_stays_when_title_day_and_hour_change(tmp_path: Path) -> None:
    first = "identifiant: atelier\ndebut: 2024-02-08\ninscription: {avant_le: 2024-01-31}"
    second = "identifiant: atelier\ndebut: 2024-03-08\ninscription: {avant_le: 2024-02-28 12:00}"
    uids = [
        entry(ics(built(tmp_path / name, header), variant=Variant.WITH_DEADLINES), TITLE)["UID"]
        for name, header in (("a", first), ("b", second))
    ]
    assert uids == ["b03e8c09-9ace-5750-a287-d2beab0cf9fe"] * 2


@pytest.mark.parametrize(
    "header",
    [
        f"debut: 2024-02-08\nstatut_evenement: annulé\n{DAY}",
        f"debut: 2024-02-08\nstatut_evenement: reporté\n{DAY}",
        "debut: 2024-02-08\ninscription: {avant_le: 2024-01-31, complet: oui}",
        "debut: 2024-01-05\ninscription: {avant_le: 2024-01-03}",
        "debut: 2024-01-31\ninscription: {avant_le: 2024-01-31}",
    ],
)
def test_it_goes_away_with_the_reason_to_register(tmp_path: Path, header: str) -> None:
    found = summaries(ics(built(tmp_path, header), variant=Variant.WITH_DEADLINES))
    assert [summary for summary in found if "Clôture" in summary] == []
    assert len(found) == 1


def test_an_event_without_a_day_has_its_deadline(tmp_path: Path) -> None:
    found = ics(built(tmp_path, f"debut: 2024-T2\n{DAY}"), variant=Variant.WITH_DEADLINES)
    assert summaries(found) == ["Clôture des inscriptions : E1"]


def test_a_recurring_event_has_one_deadline(tmp_path: Path) -> None:
    header = f"debut: 2024-02-06\nrecurrence: {{regle: FREQ=WEEKLY;BYDAY=TU}}\n{DAY}"
    found = ics(built(tmp_path, header), variant=Variant.WITH_DEADLINES)
    assert summaries(found) == ["E1", "Clôture des inscriptions : E1"]


def test_the_file_of_an_event_is_the_event(tmp_path: Path) -> None:
    index = indexed(tmp_path, f"debut: 2024-02-08\n{DAY}")
    own = SiteCalendars(index, SITE).event_calendar(event_named(index, "e1"))
    assert summaries(to_ics(own)) == ["E1"]


def test_libraries_read_what_vobject_reads(tmp_path: Path) -> None:
    asked = ics(
        built(
            tmp_path,
            f"debut: 2024-02-08\n{DAY}",
            "debut: 2024-08-08\ninscription: {avant_le: 2024-07-01 12:00}",
        ),
        variant=Variant.WITH_DEADLINES,
    )
    [read] = ical_js.read([asked])
    assert read == ics_reading.read(asked)
    assert len(read) == 4
