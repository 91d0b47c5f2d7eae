"""An event that has come back for many years: no site becomes too long to be built."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.content.record import Record
from plugins.library.index import Index
from plugins.library.links import BrokenLinkError
from plugins.models import EventHeader
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from tests.contents import Files, article, event_named, index_of, text, write
from tests.outputs import ics_reading
from tests.site.broken_links import broken_links
from tests.sites import ROOT, BuiltSite, build_site

NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)


def endless(start: str, rule: str, more: str = "") -> Files:
    return {"evenements/a.md": text(f"debut: {start}\nrecurrence:\n  regle: {rule}\n{more}")}


CASES = {
    "every day for three years": endless("2024-01-02", "FREQ=DAILY"),
    "every week for twenty years": endless("2006-01-02", "FREQ=WEEKLY"),
    "every week, beside an article of 2062": {
        **endless("2024-01-02", "FREQ=WEEKLY"),
        "articles/a.md": article("", "").replace("2024-01-03", "2062-01-03"),
    },
    "every sitting cancelled": endless(
        "2026-01-02", "FREQ=YEARLY;INTERVAL=5", "  exceptions: [{date: 2026-01-02, statut: annulé}]"
    ),
    "every fifty years": endless("1950-01-02", "FREQ=YEARLY;INTERVAL=50"),
    "from 2062 on": endless("2062-01-02", "FREQ=WEEKLY"),
    "a sitting of another year linked to": {
        **endless("1996-01-01", "FREQ=WEEKLY"),
        "articles/a.md": article("", "[Séance](../evenements/a.md#seance-1996-01-08)\n"),
    },
    "a month that is over linked to": {
        **endless("2024-01-02", "FREQ=WEEKLY"),
        "articles/a.md": article("", "[Mars](/agenda/2024/03/)\n"),
    },
}


def event_of(
    folder: Path, files: Files, now: dt.datetime = NOW
) -> tuple[Index, Record[EventHeader]]:
    index = index_of(folder, files, now)
    return index, event_named(index, "a")


@pytest.mark.parametrize("name", CASES)
def test_a_site_is_loaded(tmp_path: Path, name: str) -> None:
    """Each event has a sitting at least, within the years shown when there is one."""
    index, event = event_of(tmp_path, CASES[name])
    occurrences = index.occurrences_of(event)
    years = {occurrence.year for occurrence in occurrences}
    assert years <= set(range(2006, 2028)) or len(occurrences) == 1


def test_a_site_is_built(tmp_path: Path) -> None:
    """All the cases stand beside each other in one site, each under its own names."""
    for number, files in enumerate(CASES.values()):
        renamed = {
            path.replace("a.md", f"a{number}.md"): str(found).replace("/a.md", f"/a{number}.md")
            for path, found in files.items()
        }
        write(tmp_path / "content", renamed)
    settings = tmp_path / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"PATH = 'content'\nTHEME = {str(ROOT / 'theme')!r}\n",
        encoding="utf-8",
    )
    said = build_site(tmp_path / "output", settings, SOURCE_DATE_EPOCH=str(int(NOW.timestamp())))
    assert "ne vient pas de votre contenu" not in said
    built = BuiltSite(tmp_path / "output")
    assert {path.name for path in (built.path / "evenements").iterdir() if path.is_dir()} == {
        f"a{number}" for number in range(len(CASES))
    }
    assert broken_links(built) == []


def test_a_link_to_no_sitting_is_refused(tmp_path: Path) -> None:
    index, event = event_of(tmp_path, endless("1996-01-01", "FREQ=WEEKLY"))
    with pytest.raises(BrokenLinkError, match="pas d’intertitre « #seance-2024-01-09 »"):
        index.resolve(event, "a.md#seance-2024-01-09")
    assert index.resolve(event, "a.md?x=1#seance-1996-01-08") == "/evenements/a/?x=1"
    shown = "/evenements/a/#seance-2024-01-08"
    assert index.resolve(event, "a.md#seance-2024-01-08") == shown


def test_a_letter_of_a_past_year_keeps_its_dates(tmp_path: Path) -> None:
    """A letter is not rewritten by the time that passes."""
    files = endless("2024-01-02", "FREQ=WEEKLY")
    dates = [
        [o.id for o in event_of(tmp_path / str(year), files, NOW.replace(year=year))[0].occurrences]
        for year in (2024, 2026, 2044)
    ]
    of_2024 = [[day for day in found if day and day.startswith("seance-2024")] for found in dates]
    assert len(of_2024[0]) == 53
    assert of_2024[0] == of_2024[1] == of_2024[2]


def test_a_sitting_keeps_its_identity_when_the_years_shown_move_on(tmp_path: Path) -> None:
    events = [
        event_of(tmp_path / str(year), endless("2000-01-03", "FREQ=DAILY"), NOW.replace(year=year))
        for year in (2026, 2027)
    ]
    ids, later = (
        [occurrence.id for occurrence in index.occurrences_of(event)] for index, event in events
    )
    assert (ids[0], later[0]) == ("seance-2006-01-01", "seance-2007-01-01")
    assert ids[365:] == later[: len(ids) - 365]


def test_a_calendar_has_the_rule_from_its_start_and_every_exception(tmp_path: Path) -> None:
    """Applications unroll the rule themselves: they need the exceptions of every year."""
    more = (
        "  dates: [2024-03-01 09:00]\n"
        "  exceptions:\n"
        "    - {date: 2024-01-09, statut: annulé}\n"
        "    - {date: 2024-01-16, debut: 2024-02}\n"
        "    - {date: 2030-01-01, debut: 2030-01-02}\n"
    )
    index, event = event_of(tmp_path, endless("2024-01-02 17:00", "FREQ=WEEKLY", more))
    calendar = SiteCalendars(index, "https://passerelle.example").event_calendar(event)
    master, *others = ics_reading.events(to_ics(calendar))
    assert master.dtstart.value.isoformat() == "2024-01-02T17:00:00+01:00"
    assert master.rrule.value == "FREQ=WEEKLY"
    assert [str(date) for date in master.rdate.value] == ["2024-03-01 09:00:00+01:00"]
    assert [str(date) for date in master.exdate.value] == ["2024-01-16 17:00:00+01:00"]
    assert [(str(o.recurrence_id.value), str(o.dtstart.value)) for o in others] == [
        ("2024-01-09 17:00:00+01:00", "2024-01-09 17:00:00+01:00"),
        ("2030-01-01 17:00:00+01:00", "2030-01-02 17:00:00+01:00"),
    ]
    assert {o.uid.value for o in others} == {master.uid.value}
