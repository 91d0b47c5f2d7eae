"""The calendars that one can subscribe to: which there are, and what each says of itself."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.library.index import Index
from plugins.outputs.calendars.calendar import PALETTE, CalendarStatus, colors
from plugins.outputs.calendars.ics import to_ics
from plugins.views.site_calendars import SiteCalendars
from plugins.views.subscriptions import Variant, calendar_address, subscriptions
from tests.outputs.conftest import IndexOf
from tests.outputs.ics_reading import events

SITE = "https://passerelle.example"
GROUP = "---\ntitre: {0}\nresume: R.\ngenre: {1}\ntitre_court: {0}\n---\n"
FILES: dict[str, str | None] = {
    "collectifs/etudes.md": GROUP.format("Études", "groupe"),
    "collectifs/muet.md": GROUP.format("Muet", "groupe"),
    "organisations/etudes.md": "---\ntitre: Études & Cie\nresume: R.\n---\n",
    "evenements/a.md": "---\ntitre: A\nresume: R.\ndebut: 2024-03\ncollectif: etudes\n"
    "organisation: etudes\npublic: [cadres, Études]\nserie: {nom: Études}\n---\n",
    "evenements/b.md": "---\ntitre: B\nresume: R.\ndebut: 2024-03-05\npublic: [Cadres]\n---\n",
    "evenements/c.md": "---\ntitre: C\nresume: R.\ndebut: 2019-03-05\npublic: anciens\n---\n",
}


def test_one_for_each_that_an_event_names(index_of: IndexOf) -> None:
    found = subscriptions(index_of(FILES))
    groups = "Par chantier ou groupe"
    assert [(s.name, s.heading, s.title, len(s.occurrences)) for s in found] == [
        ("tout", "", "Tous les rendez-vous", 17),
        ("collectif-tous", groups, "Toute la communauté", 1),
        ("collectif-numerique", groups, "Approfondir la transformation numérique", 1),
        ("collectif-etudes", groups, "Études", 1),
        ("organisation-etudes", "Par organisation", "Études & Cie", 1),
        ("public-anciens", "Par public", "Anciens", 1),
        ("public-cadres", "Par public", "Cadres", 2),
        ("public-etudes", "Par public", "Études", 1),
        ("serie-etudes", "Par série", "Études", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["collectif-etudes", "public-cadres", "public-anciens"])
def test_default_and_variant(index_of: IndexOf, name: str) -> None:
    calendars = SiteCalendars(index_of(FILES), SITE)
    [found] = [s for s in calendars.subscriptions if s.name == name]
    plain = calendars.calendar(found)
    complete = calendars.calendar(found, Variant.WITH_APPROXIMATE)
    dated = {"collectif-etudes": [], "public-cadres": ["B"], "public-anciens": []}[name]
    vague = [] if name == "public-anciens" else ["A (date à confirmer)"]
    assert [e.summary for e in plain.events] == dated
    assert [e.summary for e in complete.events] == dated + vague
    for event in complete.events[len(dated) :]:
        assert (event.start, event.end) == (dt.date(2024, 3, 1), dt.date(2024, 4, 1))
        assert (event.status, event.is_busy) == (CalendarStatus.TENTATIVE, False)
    assert plain.calendar_address == f"{SITE}/agenda/{name}.ics"
    assert complete.calendar_address == f"{SITE}/agenda/{name}.avec-dates-a-confirmer.ics"
    assert plain.name != complete.name
    assert len(events(to_ics(plain))) == len(plain.events)


def test_uid_is_one_in_all_calendars(index_of: IndexOf) -> None:
    calendars = SiteCalendars(index_of(FILES), SITE)
    found = {
        e.uid
        for s in calendars.subscriptions
        for e in calendars.calendar(s, Variant.WITH_APPROXIMATE).events
        if e.summary.startswith("A ")
    }
    assert len(found) == 1


def test_no_two_addresses_are_alike(index: Index) -> None:
    addresses = [
        calendar_address(s.name, variant) for s in subscriptions(index) for variant in Variant
    ]
    assert len(set(addresses)) == len(addresses)


def test_group_has_its_colour(index_of: IndexOf) -> None:
    calendars = SiteCalendars(index_of(FILES), SITE)
    everything, *others = calendars.subscriptions
    [group] = [s for s in others if s.name == "collectif-numerique"]
    ics = to_ics(calendars.calendar(group)).decode()
    color = calendars.calendar(group).color
    assert color is not None
    assert ics.count(f"COLOR:{color.name}\r\n") == 2
    assert f"X-APPLE-CALENDAR-COLOR:{color.code}\r\n" in ics
    assert to_ics(calendars.calendar(everything)).decode().count("COLOR:") == 1


def test_colours_are_told_apart_and_stay() -> None:
    names = [f"groupe-{n}" for n in range(len(PALETTE))]
    found = colors(names)
    assert len(set(found.values())) == len(PALETTE)
    assert colors(reversed(names)) == found
    assert len(colors([*names, "un-de-plus"])) == len(PALETTE) + 1
    few = colors(names[:6])
    more = colors([*names[:6], "zzz"])
    assert {name: more[name] for name in few} == few


@pytest.mark.parametrize(
    ("registration", "status", "trigger"),
    [
        ("{avant_le: 2024-01-31 12:00, contact: a@b.example}", "", "20240130T080000Z"),
        ("{avant_le: 2024-07-02, contact: a@b.example}", "", "20240701T070000Z"),
        ("{avant_le: 2024-04-01}", "", "20240331T070000Z"),
        ("{avant_le: 2024-04-01, complet: oui}", "", None),
        ("{avant_le: 2024-04-01}", "statut_evenement: annulé\n", None),
        ("{places: 3}", "", None),
    ],
)
def test_reminder_of_the_last_day(
    index_of: IndexOf, registration: str, status: str, trigger: str | None
) -> None:
    text = (
        "---\ntitre: T\nresume: R.\nseances:\n  - debut: 2024-08-01\n  - debut: 2024-08-02\n"
        f"{status}inscription: {registration}\n---\n"
    )
    index = index_of({"evenements/t.md": text})
    event = next(e for e in index.events if e.slug == "t")
    ics = to_ics(SiteCalendars(index, SITE).event_calendar(event)).decode()
    assert ics.count("BEGIN:VALARM") == (1 if trigger else 0)
    if trigger:
        assert f"TRIGGER;VALUE=DATE-TIME:{trigger}\r\n" in ics
        assert ics.index("BEGIN:VALARM") < ics.index("END:VEVENT")
