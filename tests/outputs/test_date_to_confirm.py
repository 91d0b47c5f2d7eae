"""« date à confirmer » in calendars, feeds and JSON-LD: while the day can still be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from plugins.french.typography import plain
from plugins.library.index import Index
from plugins.outputs.calendars.ics import to_ics
from plugins.outputs.feeds.atom import to_atom
from plugins.outputs.feeds.json_feed import to_json_feed
from plugins.outputs.feeds.rss import to_rss
from plugins.theme.theme import Theme
from plugins.views.json_ld.events import event_node
from plugins.views.sheets import collectives
from plugins.views.site import Site
from plugins.views.site_calendars import SiteCalendars
from plugins.views.site_feeds import site_feeds
from plugins.views.structured_data import StructuredData, without_empty
from plugins.views.subscriptions import Variant
from tests.contents import group, index_of, text
from tests.sites import ROOT

SITE = "https://passerelle.example"
WORDS = "date à confirmer"
LINE = "components/collective_line.html"


def ics(index: Index) -> str:
    calendars = SiteCalendars(index, SITE)
    everything = calendars.subscriptions[0]
    # The name of the calendar and its description hold the words whatever its events are.
    data = to_ics(calendars.calendar(everything, Variant.WITH_APPROXIMATE)).decode()
    return data.replace("\r\n ", "").partition("BEGIN:VEVENT")[2]


def feed(index: Index, write: Callable[..., bytes]) -> str:
    return write(site_feeds(index, SITE, lambda _: "<p>T</p>", lambda _: 1)["agenda"]).decode()


OUTPUTS: dict[str, Callable[[Index], str]] = {
    "ICS": ics,
    "RSS": lambda index: feed(index, to_rss),
    "Atom": lambda index: feed(index, to_atom),
    "JSON Feed": lambda index: feed(index, to_json_feed),
}


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    ("header", "is_awaited"),
    [
        ("debut: 2024-T4", True),
        ("debut: 2024-T4\nstatut_evenement: à confirmer", True),
        ("debut: 2024-T4\nstatut_evenement: reporté\ndebut_initial: 2024-02-08", True),
        ("debut: 2024-01", True),
        ("debut: 2023-T4", False),
        ("debut: 2023-12\nstatut_evenement: à confirmer", False),
        ("debut: 2024-T4\nstatut_evenement: annulé", False),
        ("debut: 2024-T4\nstatut_evenement: reporté", False),
        ("debut: 2024-02-08\nstatut_evenement: à confirmer", False),
    ],
)
def test_said_while_the_day_can_be_confirmed(
    tmp_path: Path, output: str, header: str, is_awaited: bool
) -> None:
    index = index_of(tmp_path, {"evenements/e.md": text(header, titre="Rencontre")})
    told = OUTPUTS[output](index).lower()
    assert "rencontre" in told
    assert (WORDS in told) is is_awaited


@pytest.mark.parametrize("start", ["2024-T4", "2023-T4"])
def test_structured_data_give_no_day_that_is_not_known(tmp_path: Path, start: str) -> None:
    index = index_of(tmp_path, {"evenements/e.md": text(f"debut: {start}", titre="Rencontre")})
    node = without_empty(event_node(index.events[0], StructuredData(index, SITE)))
    assert node["name"] == "Rencontre"
    assert {"startDate", "endDate"} & set(node) == set()


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("debut: 2024-T4", "4e trimestre 2024, date à confirmer"),
        ("debut: 2023-T4", "Date à fixer"),
        ("debut: 2024-T4\nstatut_evenement: annulé", "Date à fixer"),
    ],
)
def test_list_of_chantiers(tmp_path: Path, header: str, told: str) -> None:
    event = text(f"collectif: c\n{header}", titre="Rencontre")
    index = index_of(tmp_path, {"evenements/e.md": event, "collectifs/c.md": group("Chantier")})
    site = Site(index, SITE)
    [line] = collectives(index.chantiers, index)
    macros: Any = Theme(ROOT / "theme", site).environment.get_template(LINE).module
    assert told in plain(html.fromstring(str(macros.collective_line(line))).text_content())
