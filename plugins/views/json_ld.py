"""Structured data of an event's page: schema.org Event and EventSeries, as JSON-LD 1.1.

After schema.org and https://developers.google.com/search/docs/appearance/structured-data/event.
What is not known is left out: an approximate date gives no `startDate`, an offer no price, a place
no country. Every address is absolute.
"""

import json
from collections.abc import Iterable
from typing import Any

from plugins.dates.moments import Period
from plugins.french.typography import plain
from plugins.library.addresses import absolute
from plugins.library.library import Library
from plugins.models.fields import Mode, Place
from plugins.views.entries import EventEntry
from plugins.views.occurrences import Occurrence

_SCHEMA = "https://schema.org"
_MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}

_MOST = 26

Node = dict[str, Any]


def to_json_ld(event: EventEntry, site_url: str) -> str:
    """Return the event as JSON that may stand in a `script` element of a page."""
    node = {"@context": _SCHEMA, **event_node(event, site_url)}
    text = json.dumps(_without_empty(node), ensure_ascii=False, separators=(",", ":"))
    # HTML reads the end of the script, and comments in it, before any JSON (HTML, 13.2.5.4).
    return text.replace("<", "\\u003c")


def event_node(event: EventEntry, site_url: str) -> Node:
    """Return the event; one held several times is a series whose sittings are events."""
    if len(event.occurrences) == 1 and not event.occurrences[0].id:
        return _event(event.occurrences[0], site_url, _series(event))
    shown = _shown(event)
    return {
        "@type": "EventSeries",
        "@id": absolute(site_url, event.address),
        **_identity(event, site_url),
        "name": plain(event.title),
        "url": absolute(site_url, event.address),
        **_span(shown),
        "organizer": _organizer(event, site_url),
        "superEvent": _series(event),
        "subEvent": [_event(o, site_url, _parent(event, site_url)) for o in shown],
    }


def _shown(event: EventEntry) -> tuple[Occurrence, ...]:
    """Return the sittings to tell of: of a recurring event the next ones, at most 26.

    A page does not repeat a hundred times what it is about.
    """
    if not event.header.recurrence:
        return event.occurrences
    return tuple(o for o in event.occurrences if not o.is_past)[:_MOST] or event.occurrences[-1:]


def _event(occurrence: Occurrence, site_url: str, parent: Node | None) -> Node:
    """Return a sitting as an event that says all of itself: search engines take each alone."""
    event = occurrence.event
    address = absolute(site_url, occurrence.address)
    start, end = _dates(occurrence)
    mode = _MODES.get(occurrence.mode) if occurrence.mode else None
    return {
        "@type": "Event",
        "@id": address,
        **_identity(event, site_url),
        "name": plain(" – ".join(n for n in (occurrence.title, occurrence.session_title) if n)),
        "url": address,
        "startDate": start,
        "endDate": end,
        "eventStatus": f"{_SCHEMA}/{_status(occurrence)}",
        "previousStartDate": _previous(occurrence),
        "eventAttendanceMode": f"{_SCHEMA}/{mode}" if mode else None,
        "location": _location(occurrence, site_url),
        "organizer": _organizer(event, site_url),
        "performer": [{"@type": "Person", "name": plain(name)} for name in event.speakers],
        "sponsor": [{"@type": "Organization", "name": plain(name)} for name in event.sponsors],
        "audience": [{"@type": "Audience", "audienceType": plain(name)} for name in event.audience],
        **_capacity(event),
        "offers": None if occurrence.is_off else _offer(event, site_url),
        "superEvent": parent,
    }


def _identity(event: EventEntry, site_url: str) -> Node:
    return {
        "description": plain(event.summary),
        "inLanguage": event.header.language,
        "image": absolute(site_url, event.image.src) if event.image else None,
    }


def _parent(event: EventEntry, site_url: str) -> Node:
    return {
        "@type": "EventSeries",
        "@id": absolute(site_url, event.address),
        "name": plain(event.title),
    }


def _span(occurrences: Iterable[Occurrence]) -> Node:
    """Return the first and last day of what is held several times, and its status."""
    found = tuple(occurrences)
    known = [o for o in found if not o.is_approximate]
    status = "EventCancelled" if all(o.is_cancelled for o in found) else "EventScheduled"
    return {
        "startDate": _dates(known[0])[0] if known else None,
        "endDate": max(o.period.last_day for o in known).isoformat() if known else None,
        "eventStatus": f"{_SCHEMA}/{status}",
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
    """Return the status: rescheduled when a new date is known, postponed as long as none is."""
    if occurrence.is_cancelled:
        return "EventCancelled"
    if occurrence.awaits_date or (occurrence.previous_start and occurrence.is_approximate):
        return "EventPostponed"
    return "EventRescheduled" if occurrence.previous_start else "EventScheduled"


def _previous(occurrence: Occurrence) -> str | None:
    moment = occurrence.previous_start
    if moment is None or moment.is_approximate:
        return None
    return moment.instant.isoformat() if moment.instant else moment.first.isoformat()


def _location(occurrence: Occurrence, site_url: str) -> Node | list[Node] | None:
    """Return the place, the video conference or both."""
    places: list[Node] = []
    if occurrence.mode is not Mode.ONLINE and occurrence.place:
        places.append(_place(occurrence.place))
    if occurrence.mode in {Mode.ONLINE, Mode.HYBRID}:
        # Without a link of its own it is joined from the page.
        url = absolute(site_url, occurrence.online_url or occurrence.address)
        places.append({"@type": "VirtualLocation", "url": url})
    return places[0] if len(places) == 1 else places or None


def _place(place: Place) -> Node:
    name = plain(place.name or place.city or place.address or "")
    address = {
        "@type": "PostalAddress",
        "streetAddress": plain(place.address or ""),
        "addressLocality": plain(place.city or ""),
    }
    latitude, longitude = place.coordinates or (None, None)
    return {
        "@type": "Place",
        "name": name,
        "address": address if place.address or place.city else name,
        "geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        if place.coordinates
        else None,
    }


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


def _capacity(event: EventEntry) -> Node:
    registration = event.header.registration
    if not registration:
        return {}
    return {
        "maximumAttendeeCapacity": registration.places,
        "remainingAttendeeCapacity": 0 if registration.full else None,
    }


def _offer(event: EventEntry, site_url: str) -> Node | None:
    """Return the places to be had, when some are announced, until registration closes."""
    registration = event.header.registration
    if not registration or not (registration.places or registration.full):
        return None
    deadline = registration.deadline
    return {
        "@type": "Offer",
        "url": registration.url or absolute(site_url, event.address),
        "availability": f"{_SCHEMA}/{'SoldOut' if registration.full else 'InStock'}",
        "validThrough": Period(deadline).instants[1].isoformat() if deadline else None,
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
        return {key: item for key, item in cleaned.items() if not _is_empty(item)}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _is_empty(value: object) -> bool:
    """Tell nothing from zero, which says something."""
    return value is None or value in ("", [], {})
