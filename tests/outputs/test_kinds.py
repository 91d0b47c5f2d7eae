"""An event of each kind, in every output: what subscribers and search engines get."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.content.record import AnyRecord
from plugins.dates.moments import PARIS
from plugins.library.addresses import absolute
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.outputs.calendars.calendar import Calendar
from plugins.outputs.calendars.ics import to_ics
from plugins.outputs.feeds.atom import to_atom
from plugins.outputs.feeds.feed import Feed
from plugins.outputs.feeds.json_feed import to_json_feed
from plugins.outputs.feeds.rss import to_rss
from plugins.views.event_text import calendar_title
from plugins.views.json_ld.events import event_node
from plugins.views.site_calendars import SiteCalendars
from plugins.views.site_feeds import site_feeds
from plugins.views.structured_data import StructuredData, without_empty
from plugins.views.subscriptions import Variant
from tests.contents import event_named
from tests.outputs import calcurse, ical_js, ics_reading, libical
from tests.outputs.conftest import IndexOf, read
from tests.outputs.feed_samples import size
from tests.outputs.ics_reading import seconds

SITE = "https://passerelle.example"
CONTENT = Path(__file__).parent / "kinds"
KINDS = tuple(sorted(path.stem for path in (CONTENT / "evenements").glob("*.md")))

Golden = Callable[[str, str | bytes], None]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return read(shutil.copytree(CONTENT, tmp_path_factory.mktemp("kinds") / "content"))


def calendar_of(index: Index, kind: str) -> Calendar:
    """The event alone in the calendar that holds everything."""
    calendars = SiteCalendars(index, SITE)
    everything = calendars.subscriptions[0]
    wanted = tuple(o for o in everything.occurrences if o.event.slug == kind)
    return calendars.calendar(replace(everything, occurrences=wanted), Variant.WITH_APPROXIMATE)


def feed_of(index: Index, kind: str) -> Feed:
    def render(record: AnyRecord) -> str:
        return f"<p>{record.header.summary}</p>"

    feed = site_feeds(index, SITE, render, size)["agenda"]
    address = absolute(SITE, event_named(index, kind).address)
    return replace(feed, items=tuple(item for item in feed.items if item.address == address))


def test_all_kinds_are_there() -> None:
    assert KINDS == (
        "annule", "approximatif", "hybride", "plusieurs-jours", "recurrent", "reporte", "visio",
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_calendar(kinds: Index, kind: str, golden: Golden) -> None:
    golden(f"kinds/{kind}.ics", to_ics(calendar_of(kinds, kind)))


def test_recurring_event_is_held_when_the_site_says(kinds: Index) -> None:
    ics = to_ics(calendar_of(kinds, "recurrent"))
    held = [
        o for o in kinds.occurrences_of(event_named(kinds, "recurrent")) if not o.is_approximate
    ]
    expected = [
        (seconds(start), seconds(end), calendar_title(o))
        for o in held
        for start, end in (o.period.instants,)
    ]
    for reader in (ics_reading, ical_js):
        found = [e for e in reader.sittings(ics) if "date à confirmer" not in e.summary]
        assert [(e.start, e.end, e.summary) for e in found] == expected


@pytest.mark.parametrize(
    "header",
    [
        "debut: 2024-03-02 22:00\nfin: 2024-03-03 05:00\nrecurrence:\n  regle: FREQ=WEEKLY;COUNT=6",
        "debut: 2024-10-12 23:00\nfin: 2024-10-13 04:00\nrecurrence:\n  regle: FREQ=WEEKLY;COUNT=4",
        """debut: 2024-02-29
fin: 2024-03-02
recurrence:
  regle: FREQ=WEEKLY;INTERVAL=2;COUNT=4
  dates: [2024-03-30]
  exceptions:
    - {date: 2024-03-28, debut: 2024-03-31}
    - {date: 2024-03-14, statut: annulé}""",
        "debut: 2024-01-31 09:00\nrecurrence:\n  regle: FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20241231",
        """debut: 2024-01-08 09:00
fin: 10:00
recurrence:
  dates: [2024-04-01, 2024-11-04 18:00]
  exceptions:
    - {date: 2024-01-08, debut: 2024-01-09}""",
    ],
)
def test_any_recurrence_is_unrolled_alike(index_of: IndexOf, header: str) -> None:
    index = index_of({"evenements/t.md": f"---\ntitre: T\nresume: R.\n{header}\n---\n"})
    ics = to_ics(SiteCalendars(index, SITE).event_calendar(event_named(index, "t")))
    starts = [_start(o) for o in index.occurrences_of(event_named(index, "t"))]
    for reader in (ics_reading, ical_js):
        assert [e.start for e in reader.sittings(ics)] == starts
    if sys.platform == "linux":
        assert libical.read(ics) == ics_reading.read(ics)
    # Where both tell an end, it is the same, over the change of hour too.
    ends = {(e.start, e.end) for e in ics_reading.sittings(ics) if e.end is not None}
    assert ends <= {(e.start, e.end) for e in ical_js.sittings(ics)}
    assert ends <= {(_start(o), _end(o)) for o in index.occurrences_of(event_named(index, "t"))}


def _start(occurrence: Occurrence) -> int:
    period = occurrence.period
    return seconds(period.instants[0] if occurrence.has_hours else period.first_day)


def _end(occurrence: Occurrence) -> int:
    period = occurrence.period
    if occurrence.has_hours:
        return seconds(period.instants[1])
    return seconds(period.last_day + dt.timedelta(days=1))


def test_calcurse_unrolls_the_rule_alike(kinds: Index) -> None:
    ics = to_ics(calendar_of(kinds, "recurrent"))
    days = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    by_rule = [
        start for start, name in calcurse.sittings(ics, *days) if name == "Point des opérateurs"
    ]
    rule = ("2024-02-06", "2024-03-05", "2024-04-02", "2024-05-07", "2024-06-04")
    assert by_rule == [
        seconds(dt.datetime.fromisoformat(f"{d}T17:00").replace(tzinfo=PARIS)) for d in rule
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_feeds(kinds: Index, kind: str, golden: Golden) -> None:
    feed = feed_of(kinds, kind)
    golden(f"kinds/{kind}.rss.xml", to_rss(feed))
    golden(f"kinds/{kind}.atom.xml", to_atom(feed))
    golden(f"kinds/{kind}.feed.json", to_json_feed(feed))


@pytest.mark.parametrize("kind", KINDS)
def test_structured_data(kinds: Index, kind: str, golden: Golden) -> None:
    node = without_empty(event_node(event_named(kinds, kind), StructuredData(kinds, SITE)))
    golden(f"kinds/{kind}.jsonld", json.dumps(node, ensure_ascii=False, indent=2) + "\n")
