"""Structured data of an event's page: schema.org Event and EventSeries, as JSON-LD 1.1.

What is not known is left out: an approximate date gives no `startDate`, an unknown price no offer
price. Every address is absolute.
"""

import json
from typing import Any

from plugins.core.entries import EventEntry
from plugins.core.library import Library
from plugins.core.models.fields import EventStatus, Mode
from plugins.core.occurrences import Occurrence
from plugins.core.typography import plain
from plugins.outputs.addresses import absolute

_SCHEMA = "https://schema.org"
_MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}

Node = dict[str, Any]


def to_json_ld(event: EventEntry, site_url: str) -> str:
    """Return the event as JSON that may stand in a `script` element of a page."""
    node = {"@context": _SCHEMA, **event_node(event, site_url)}
    text = json.dumps(_without_empty(node), ensure_ascii=False, separators=(",", ":"))
    # Inside `script`, HTML ends at « </ » whatever the JSON says (HTML, 13.2.5.4).
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def event_node(event: EventEntry, site_url: str) -> Node:
    """Return the event with its sittings: itself when there is one, `subEvent` when several."""
    own = event.occurrences[0] if len(event.occurrences) == 1 else None
    return {
        "@type": "Event",
        "@id": absolute(site_url, event.address),
        "name": plain(event.title),
        "description": plain(event.summary),
        "url": absolute(site_url, event.address),
        "inLanguage": "fr",
        "image": absolute(site_url, event.image.src) if event.image else None,
        **(_sitting(own, site_url) if own else _span(event)),
        "organizer": _organizer(event, site_url),
        "performer": [{"@type": "Person", "name": plain(name)} for name in event.speakers],
        "sponsor": [{"@type": "Organization", "name": plain(name)} for name in event.sponsors],
        "audience": [{"@type": "Audience", "audienceType": plain(name)} for name in event.audience],
        "offers": _offer(event, site_url),
        "superEvent": _series(event),
        "subEvent": [] if own else [_sub_event(o, site_url) for o in event.occurrences],
    }


def _sub_event(occurrence: Occurrence, site_url: str) -> Node:
    name = " – ".join(part for part in (occurrence.title, occurrence.session_title) if part)
    address = absolute(site_url, occurrence.address)
    return {
        "@type": "Event",
        "@id": address,
        "name": plain(name),
        "url": address,
        **_sitting(occurrence, site_url),
    }


def _sitting(occurrence: Occurrence, site_url: str) -> Node:
    """Return what changes from one sitting to the next: dates, status, mode, place."""
    start, end = _dates(occurrence)
    return {
        "startDate": start,
        "endDate": end,
        "eventStatus": f"{_SCHEMA}/{_status(occurrence)}",
        "previousStartDate": _previous(occurrence),
        "eventAttendanceMode": f"{_SCHEMA}/{_MODES[occurrence.mode]}"
        if occurrence.mode in _MODES
        else None,
        "location": _location(occurrence, site_url),
    }


def _span(event: EventEntry) -> Node:
    """Return the first and last day of an event in several sittings, and its status."""
    known = [o for o in event.occurrences if not o.is_approximate]
    status = "EventCancelled" if all(o.is_cancelled for o in event.occurrences) else None
    return {
        "startDate": _dates(known[0])[0] if known else None,
        "endDate": max(o.period.last_day for o in known).isoformat() if known else None,
        "eventStatus": f"{_SCHEMA}/{status or 'EventScheduled'}",
    }


def _dates(occurrence: Occurrence) -> tuple[str | None, str | None]:
    """Return start and end: days, or instants with the offset of Paris on that day."""
    if occurrence.is_approximate:
        return None, None
    period = occurrence.period
    if period.start.instant is None:
        return period.first_day.isoformat(), period.last_day.isoformat()
    start, end = period.instants
    return start.isoformat(), end.isoformat() if end > start else None


def _status(occurrence: Occurrence) -> str:
    if occurrence.is_cancelled:
        return "EventCancelled"
    if occurrence.status is EventStatus.POSTPONED:
        # Rescheduled when the new date is known (schema.org EventStatusType).
        return "EventRescheduled" if occurrence.event.header.previous_start else "EventPostponed"
    return "EventScheduled"


def _previous(occurrence: Occurrence) -> str | None:
    moment = occurrence.event.header.previous_start
    if moment is None or moment.is_approximate:
        return None
    return moment.instant.isoformat() if moment.instant else moment.first.isoformat()


def _location(occurrence: Occurrence, site_url: str) -> Node | list[Node] | None:
    places: list[Node] = []
    if occurrence.mode is not Mode.ONLINE and (place := occurrence.place):
        point = place.coordinates
        places.append(
            {
                "@type": "Place",
                "name": plain(place.name or place.city or place.address or ""),
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": plain(place.address or ""),
                    "addressLocality": plain(place.city or ""),
                    "addressCountry": "FR",
                },
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": point[0],
                    "longitude": point[1],
                }
                if point
                else None,
            }
        )
    if occurrence.mode in {Mode.ONLINE, Mode.HYBRID}:
        url = occurrence.online_url or absolute(site_url, occurrence.event.address)
        places.append({"@type": "VirtualLocation", "url": url})
    return places[0] if len(places) == 1 else places or None


def _organizer(event: EventEntry, site_url: str) -> Node:
    library: Library = event.library
    owner = event.organisation or event.group
    if owner:
        return {
            "@type": "Organization",
            "name": plain(owner.title),
            "url": absolute(site_url, owner.address),
        }
    return {
        "@type": "Organization",
        "name": plain(library.site.publisher or library.site.name),
        "url": absolute(site_url, "/"),
    }


def _offer(event: EventEntry, site_url: str) -> Node | None:
    registration = event.header.registration
    if not registration or not (registration.places or registration.full):
        return None
    deadline = registration.deadline
    until = deadline.instant or deadline.first if deadline else None
    return {
        "@type": "Offer",
        "url": registration.url or absolute(site_url, event.address),
        "availability": f"{_SCHEMA}/{'SoldOut' if registration.full else 'InStock'}",
        "validThrough": until.isoformat() if until else None,
        "inventoryLevel": {"@type": "QuantitativeValue", "value": registration.places}
        if registration.places
        else None,
    }


def _series(event: EventEntry) -> Node | None:
    series = event.header.series
    if not series:
        return None
    season = f", saison {series.season}" if series.season else ""
    return {"@type": "EventSeries", "name": plain(f"{series.name}{season}")}


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a node without what is not known."""
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
