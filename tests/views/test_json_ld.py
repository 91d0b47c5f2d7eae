"""Structured data: valid inside a page, and what search engines ask of an event."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.library.index import Index
from plugins.views.json_ld.events import event_node
from plugins.views.structured_data import StructuredData, without_empty
from tests.contents import event_named
from tests.outputs.conftest import IndexOf

SITE = "https://passerelle.example"
UNKNOWN = {
    "@type": "Place",
    "name": "Lieu à confirmer",
    "address": {"@type": "PostalAddress", "addressCountry": "FR"},
}


def node(index: Index, slug: str) -> dict[str, Any]:
    data = StructuredData(index, SITE)
    read: dict[str, Any] = without_empty(event_node(event_named(index, slug), data))
    return read


def made(index_of: IndexOf, header: str) -> dict[str, Any]:
    text = f"---\ntitre: T\nresume: R.\n{header}\n---\n"
    return node(index_of({"evenements/t.md": text}), "t")


def test_sessions_are_a_series_of_events_that_say_all(index: Index) -> None:
    series = node(index, "nuits")
    assert series["@type"] == "EventSeries"
    assert (series["startDate"], series["endDate"]) == ("2024-03-29T22:00:00+01:00", "2024-12-02")
    sessions = series["subEvent"]
    assert [s["@type"] for s in sessions] == ["Event"] * 5
    assert {s["superEvent"]["@id"] for s in sessions} == {series["@id"]}
    assert [s.get("startDate") for s in sessions] == [
        "2024-03-29T22:00:00+01:00",
        "2024-03-31T03:30:00+02:00",
        "2024-10-27T01:30:00+02:00",
        None,
        "2024-12-02T18:00:00+01:00",
    ]
    assert sessions[-1]["eventStatus"] == "https://schema.org/EventCancelled"
    for session in sessions:
        assert {"name", "description", "organizer", "url", "eventStatus"} <= session.keys()


def test_a_long_recurrence_tells_the_next_sittings(index_of: IndexOf) -> None:
    found = made(
        index_of,
        "debut: 2023-01-02 09:00\nrecurrence:\n  regle: FREQ=WEEKLY;COUNT=300",
    )
    assert len(found["subEvent"]) == 26
    assert found["subEvent"][0]["startDate"] == "2024-01-08T09:00:00+01:00"


def test_a_remote_session_is_not_at_the_place_of_its_event(index_of: IndexOf) -> None:
    found = made(
        index_of,
        "modalite: présentiel\nlieu: Lyon\nlien_visio: https://v.example/\n"
        "seances:\n  - debut: 2024-05-02\n  - debut: 2024-05-03\n    modalite: visio",
    )
    assert [session["location"] for session in found["subEvent"]] == [
        {"@type": "Place", "name": "Lyon", "address": "Lyon"},
        {"@type": "VirtualLocation", "url": "https://v.example/"},
    ]


@pytest.mark.parametrize(
    ("header", "status", "previous"),
    [
        ("debut: 2024-05-02", "EventScheduled", None),
        ("debut: 2024-05-02\nstatut_evenement: à confirmer", "EventScheduled", None),
        ("debut: 2024-05-02\nstatut_evenement: annulé", "EventCancelled", None),
        ("debut: 2024-05-02\nstatut_evenement: reporté", "EventPostponed", None),
        (
            "debut: 2024-05-02\nstatut_evenement: reporté\ndebut_initial: 2024-03-01 09:00",
            "EventRescheduled",
            "2024-03-01T09:00:00+01:00",
        ),
        (
            "debut: 2024-06\nstatut_evenement: reporté\ndebut_initial: 2024-03-01",
            "EventPostponed",
            "2024-03-01",
        ),
    ],
)
def test_status(index_of: IndexOf, header: str, status: str, previous: str | None) -> None:
    found = made(index_of, header)
    assert found["eventStatus"] == f"https://schema.org/{status}"
    assert found.get("previousStartDate") == previous


@pytest.mark.parametrize(
    ("header", "mode", "location"),
    [
        ("modalite: visio", "OnlineEventAttendanceMode",
         {"@type": "VirtualLocation", "url": f"{SITE}/evenements/t/"}),
        ("modalite: présentiel\nlieu: Lyon", "OfflineEventAttendanceMode",
         {"@type": "Place", "name": "Lyon", "address": "Lyon"}),
        ("modalite: présentiel", "OfflineEventAttendanceMode", UNKNOWN),
        ("modalite: à définir", None, UNKNOWN),
        ("", None, UNKNOWN),
        ("modalite: à définir\nlieu: {ville: Lyon}", None,
         {"@type": "Place", "name": "Lyon",
          "address": {"@type": "PostalAddress", "addressLocality": "Lyon"}}),
        ("modalite: hybride\nlieu: Lyon\nlien_visio: https://v.example/",
         "MixedEventAttendanceMode",
         [{"@type": "Place", "name": "Lyon", "address": "Lyon"},
          {"@type": "VirtualLocation", "url": "https://v.example/"}]),
        ("modalite: visio\nlieu: Lyon\nlien_visio: https://v.example/", "OnlineEventAttendanceMode",
         {"@type": "VirtualLocation", "url": "https://v.example/"}),
    ],
)  # fmt: skip
def test_mode_and_location(
    index_of: IndexOf, header: str, mode: str | None, location: object
) -> None:
    found = made(index_of, f"debut: 2024-05-02\n{header}")
    assert found.get("eventAttendanceMode") == (mode and f"https://schema.org/{mode}")
    assert found.get("location") == location


@pytest.mark.parametrize(
    ("registration", "offer"),
    [
        ("{contact: a@b.example}", None),
        ("{places: 12, avant_le: 2024-04-30}", ("InStock", "2024-05-01T00:00:00+02:00")),
        ("{places: 12, complet: oui}", ("SoldOut", None)),
    ],
)
def test_offer(index_of: IndexOf, registration: str, offer: tuple[str, str | None] | None) -> None:
    found = made(index_of, f"debut: 2024-05-02\ninscription: {registration}").get("offers")
    assert (found is None) is (offer is None)
    if offer and found:
        assert found["availability"] == f"https://schema.org/{offer[0]}"
        assert found.get("validThrough") == offer[1]
        assert found["url"] == f"{SITE}/evenements/t/"


def test_cancelled_offers_nothing(index_of: IndexOf) -> None:
    found = made(index_of, "debut: 2024-05-02\nstatut_evenement: annulé\ninscription: {places: 12}")
    assert "offers" not in found
