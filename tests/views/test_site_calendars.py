"""What the calendars hold, and that nothing but the content moves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.library.index import Index
from plugins.outputs.calendars.calendar import Calendar, CalendarEvent
from plugins.outputs.calendars.ics import to_ics
from plugins.views.events import ics_address, session_ics_address, with_own_file
from plugins.views.site_calendars import SiteCalendars
from plugins.views.subscriptions import Variant
from tests.contents import SVG, event_named, index_of as new_index, text
from tests.outputs.conftest import NOW, IndexOf
from tests.outputs.ics_reading import events, instant

SITE = "https://passerelle.example"

Golden = Callable[[str, str | bytes], None]


def site_calendar(index: Index, name: str = "tout", variant: Variant = Variant.PLAIN) -> Calendar:
    calendars = SiteCalendars(index, SITE)
    [found] = [s for s in calendars.subscriptions if s.name == name]
    return calendars.calendar(found, variant)


def own(index: Index, slug: str) -> Calendar:
    return SiteCalendars(index, SITE).event_calendar(event_named(index, slug))


def only(index: Index, slug: str) -> CalendarEvent:
    [found] = own(index, slug).events
    return found


def test_every_dated_sitting_from_thirteen_months_back(index: Index) -> None:
    calendar = site_calendar(index)
    assert [e.summary for e in calendar.events] == [
        "Treize mois",
        "Reporté\u00a0: Plénière",
        "Webinaire des opérateurs",
        "Annulé\u00a0: Petit déjeuner",
        "Séminaire de printemps",
        "Nuits blanches – Par-dessus minuit",
        "Nuits blanches – L’heure qui n’existe pas",
        "Visite du port (à confirmer)",
        "Rentrée anticipée",
        "Nuits blanches – L’heure qui passe deux fois",
        "Annulé\u00a0: Nuits blanches – Supprimée",
    ]
    assert calendar.calendar_address == "https://passerelle.example/agenda/tout.ics"
    assert len({e.uid for e in calendar.events}) == len(calendar.events)


@pytest.mark.parametrize(
    ("today", "is_kept"),
    [("2024-01-08", True), ("2024-01-31", True), ("2024-02-01", False)],
)
def test_past_is_kept_for_thirteen_months(index_of: IndexOf, today: str, *, is_kept: bool) -> None:
    index = index_of({}, dt.datetime.fromisoformat(f"{today}T12:00+01:00"))
    titles = {e.summary for e in site_calendar(index).events}
    assert ("Treize mois" in titles) is is_kept
    assert only(index, "ancien").summary == "Très ancien"


@pytest.mark.parametrize(
    ("slug", "start", "end", "status", "is_busy"),
    [
        ("webinaire", "2024-02-07T17:00:00+01:00", "2024-02-07T18:30:00+01:00", "CONFIRMED", True),
        ("ete", "2024-07-03T09:00:00+02:00", None, "CONFIRMED", True),
        ("limite", "2022-12-08", "2022-12-09", "CONFIRMED", False),
        ("seminaire", "2024-03-25", "2024-03-27", "CONFIRMED", False),
        ("a-confirmer", "2024-06-14", "2024-06-15", "TENTATIVE", False),
        ("reporte", "2024-02-05", "2024-02-06", "TENTATIVE", False),
        ("annule", "2024-02-14T08:30:00+01:00", "2024-02-14T09:30:00+01:00", "CANCELLED", False),
    ],
)
def test_span_and_status(
    index: Index, slug: str, start: str, end: str | None, status: str, *, is_busy: bool
) -> None:
    found = only(index, slug)
    assert found.start.isoformat() == start
    assert (found.end and found.end.isoformat()) == end
    assert (found.status, found.is_busy) == (status, is_busy)


def test_hard_hours(index: Index) -> None:
    read = events(to_ics(own(index, "nuits")))
    assert [
        (instant(e.dtstart.value).isoformat(), instant(e.dtend.value).isoformat())
        for e in read[:-1]
    ] == [
        ("2024-03-29T21:00:00+00:00", "2024-03-30T00:30:00+00:00"),
        # That night has no 02:30: by the winter time before it, it is 03:30 (RFC 5545, 3.3.5).
        ("2024-03-31T01:30:00+00:00", "2024-03-31T03:00:00+00:00"),
        ("2024-10-26T23:30:00+00:00", "2024-10-27T03:00:00+00:00"),
    ]
    assert instant(read[-1].dtstart.value).isoformat() == "2024-12-02T17:00:00+00:00"
    assert not hasattr(read[-1], "dtend")


def test_description_says_how_to_join_and_to_register(index: Index) -> None:
    found = only(index, "webinaire")
    assert found.description.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Une heure et demie pour, ensemble, bâtir ; et décider.\n\n"
        "En visio\n"
        "Rejoindre la visioconférence : https://visio.example/salle?id=1,2\n"
        "Inscription jusqu’au 31 janvier 2024 à 12 h (40 places) : "
        "inscriptions@passerelle.example\n"
        "Intéressé, mais pas disponible ? Dites-le-nous : https://formulaire.example/interet\n"
        "En savoir plus : https://passerelle.example/evenements/webinaire/"
    )
    assert found.location == "En visio"
    assert found.online_url == "https://visio.example/salle?id=1,2"
    assert found.categories == ("Numérique", "Vie du réseau")


@pytest.mark.parametrize(
    ("slug", "location"),
    [
        ("ete", "Tour Séquoia, salle 1\u202f; escalier B, 1 place Carpeaux, Puteaux"),
        ("seminaire", "Lyon"),
        ("limite", ""),
    ],
)
def test_location(index: Index, slug: str, location: str) -> None:
    assert only(index, slug).location == location


def test_a_remote_session_is_not_at_the_place_of_its_event(index_of: IndexOf) -> None:
    text = (
        "---\ntitre: T\nresume: R.\nmodalite: présentiel\n"
        "lieu: { nom: Tour Séquoia, coordonnees: '48.89, 2.24' }\n"
        "lien_visio: https://visio.example/salle\n"
        "seances:\n  - debut: 2024-05-02\n  - debut: 2024-05-03\n    modalite: visio\n---\n"
    )
    there, remote = own(index_of({"evenements/t.md": text}), "t").events
    assert (there.location, there.point, there.online_url) == ("Tour Séquoia", (48.89, 2.24), None)
    assert (remote.location, remote.point) == ("En visio", None)
    assert remote.online_url == "https://visio.example/salle"
    for said in (remote.description, remote.description_html):
        assert "Séquoia" not in said


def test_sessions_lead_to_their_place_in_the_page(index: Index) -> None:
    assert [e.address for e in own(index, "nuits").events] == [
        f"https://passerelle.example/evenements/nuits/#seance-{n}" for n in (1, 2, 3, 5)
    ]


def test_online_address_is_a_uri(index: Index) -> None:
    assert only(index, "seminaire").online_url == "https://visio.example/s%C3%A9minaire"


def test_approximate_date_is_no_day(index: Index) -> None:
    assert own(index, "approximatif").events == ()
    assert ics_address(event_named(index, "approximatif"), index) is None


@pytest.mark.parametrize(
    ("slug", "stamp"),
    [("webinaire", "2024-01-04T00:00:00+01:00"), ("seminaire", "1970-01-01T00:00:00+00:00")],
)
def test_stamp_comes_from_the_content(index: Index, slug: str, stamp: str) -> None:
    assert only(index, slug).stamp.isoformat() == stamp


def test_nothing_moves_on_another_day(index: Index, index_of: IndexOf) -> None:
    later = index_of({}, NOW + dt.timedelta(days=20))
    assert to_ics(site_calendar(later)) == to_ics(site_calendar(index))


def test_golden(index: Index, golden: Golden) -> None:
    ics = to_ics(site_calendar(index))
    assert len(events(ics)) == 11
    golden("ics/tout.ics", ics)


def test_golden_event(index: Index, golden: Golden) -> None:
    ics = to_ics(own(index, "nuits"))
    assert len(events(ics)) == 4
    golden("ics/nuits.ics", ics)


def test_each_sitting_of_several_has_a_file_of_its_own(index: Index) -> None:
    event = event_named(index, "nuits")
    found = with_own_file(event, index)
    assert [session_ics_address(o) for o in found] == [
        f"/evenements/nuits/seance-{number}.ics" for number in (1, 2, 3, 5)
    ]
    calendars = SiteCalendars(index, SITE)
    together = calendars.event_calendar(event).events
    assert [calendars.session_calendar(o).events for o in found] == [(e,) for e in together]


def test_a_recurring_event_has_files_of_its_next_sittings(index_of: IndexOf) -> None:
    """Each is an event by itself: with the UID of the whole, a second one would replace it."""
    header = "debut: 2023-01-02 09:00\nrecurrence:\n  regle: FREQ=WEEKLY;COUNT=300"
    index = index_of({"evenements/t.md": f"---\ntitre: T\nresume: R.\n{header}\n---\n"})
    event = event_named(index, "t")
    found = with_own_file(event, index)
    assert len(found) == 12
    assert session_ics_address(found[0]) == "/evenements/t/seance-2024-01-08.ics"
    calendars = SiteCalendars(index, SITE)
    [first], [second] = (calendars.session_calendar(o).events for o in found[:2])
    [whole] = calendars.event_calendar(event).events
    assert len({first.uid, second.uid, whole.uid}) == 3
    assert (first.repetition, first.instead_of) == (None, None)
    [read] = events(to_ics(calendars.session_calendar(found[0])))
    assert instant(read.dtstart.value).isoformat() == "2024-01-08T08:00:00+00:00"


def test_an_event_of_one_date_has_one_file(index: Index) -> None:
    assert with_own_file(event_named(index, "webinaire"), index) == ()


def test_the_picture_of_an_event_is_a_photograph(tmp_path: Path) -> None:
    """Few applications show a drawing."""
    photograph = BytesIO()
    Image.linear_gradient("L").save(photograph, "PNG")
    files: dict[str, str | bytes] = {
        f"evenements/{name}.md": text(
            f"debut: 2024-05-02\nimage:\n  fichier: images/{file}\n  alt: A", titre=name
        )
        for name, file in (("p", "p.png"), ("d", "d.svg"))
    }
    files |= {"images/p.png": photograph.getvalue(), "images/d.svg": SVG}
    made = new_index(tmp_path, files)
    shown = {slug: only(made, slug).image for slug in "pd"}
    assert shown["d"] is None
    assert shown["p"]
    assert shown["p"].media_type == "image/jpeg"
    assert shown["p"].address.startswith(f"{SITE}/tailles/images/p.png")
