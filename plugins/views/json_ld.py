"""Structured data of an event's page: schema.org Event and EventSeries, as JSON-LD 1.1.

See schema.org and https://developers.google.com/search/docs/appearance/structured-data/event.
Unknown values are left out: an approximate date gives no `startDate`, an offer no price, a place no
country. Every address is absolute.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plugins.content.record import Record
from plugins.dates.moments import Period
from plugins.french.typography import plain
from plugins.library.addresses import absolute
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.models import EventHeader
from plugins.models.fields import Mode, Place
from plugins.views.base import shared_picture
from plugins.views.event_text import whole_title

_SCHEMA = "https://schema.org"
_MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}

_MOST = 26

Node = dict[str, Any]


def to_json_ld(event: Record[EventHeader], index: Index, site_url: str) -> str:
    """Return the event as JSON-LD, escaped for a `script` element."""
    node = {"@context": _SCHEMA, **_Event(event, index, site_url).node()}
    text = json.dumps(_without_empty(node), ensure_ascii=False, separators=(",", ":"))
    # HTML parses end tags and comments before the JSON (HTML, 13.2.5.4).
    return text.replace("<", "\\u003c")


@dataclass(frozen=True, slots=True)
class _Event:
    """The JSON-LD nodes of an event."""

    record: Record[EventHeader]
    index: Index
    site_url: str

    @property
    def header(self) -> EventHeader:
        return self.record.header

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        return self.index.occurrences_of(self.record)

    def node(self) -> Node:
        """Return the Event, or the EventSeries with its sittings."""
        if len(self.occurrences) == 1 and not self.occurrences[0].id:
            return self._sitting(self.occurrences[0], _series(self.header))
        shown = self._shown()
        address = self._absolute(self.record.address)
        name = plain(self.header.title)
        parent: Node = {"@type": "EventSeries", "@id": address, "name": name}
        return {
            "@type": "EventSeries",
            "@id": address,
            **self._identity(),
            "name": name,
            "url": address,
            **_span(shown),
            "organizer": self._organizer(),
            "superEvent": _series(self.header),
            "subEvent": [self._sitting(o, parent) for o in shown],
        }

    def _shown(self) -> tuple[Occurrence, ...]:
        """Return the sittings to list; of a recurring event, the next ones, at most 26.

        More sittings would make the page heavy for little use.
        """
        every = self.occurrences
        if not self.header.recurrence:
            return every
        return tuple(o for o in every if not o.is_past)[:_MOST] or every[-1:]

    def _sitting(self, occurrence: Occurrence, parent: Node | None) -> Node:
        """Return a sitting as a complete Event: search engines read each one separately."""
        header = self.header
        address = self._absolute(occurrence.address)
        start, end = _dates(occurrence)
        mode = _MODES.get(occurrence.mode) if occurrence.mode else None
        return {
            "@type": "Event",
            "@id": address,
            **self._identity(),
            "name": plain(whole_title(occurrence)),
            "url": address,
            "startDate": start,
            "endDate": end,
            "eventStatus": f"{_SCHEMA}/{_status(occurrence)}",
            "previousStartDate": _previous(occurrence),
            "eventAttendanceMode": f"{_SCHEMA}/{mode}" if mode else None,
            "location": _location(occurrence, self.site_url),
            "organizer": self._organizer(),
            "performer": [{"@type": "Person", "name": plain(n)} for n in header.speakers],
            "sponsor": [{"@type": "Organization", "name": plain(n)} for n in header.sponsors],
            "audience": [{"@type": "Audience", "audienceType": plain(n)} for n in header.audience],
            **_capacity(header),
            "offers": None if occurrence.is_off else self._offer(),
            "superEvent": parent,
        }

    def _identity(self) -> Node:
        image = shared_picture(self.header.image, self.index.contents)
        return {
            "description": plain(self.header.summary),
            "inLanguage": self.header.language,
            "image": self._absolute(image.src) if image else None,
        }

    def _organizer(self) -> Node:
        owner = self.index.organisation_of(self.record) or self.index.group_of(self.record)
        if owner:
            return {
                "@type": "Organization",
                "name": plain(owner.header.title),
                "url": self._absolute(owner.address),
            }
        site = self.index.site
        return {
            "@type": "Organization",
            "name": plain(site.publisher or site.name),
            "url": self._absolute("/"),
        }

    def _offer(self) -> Node | None:
        """Return the offer of places, valid until the deadline; None without `places` or `full`."""
        registration = self.header.registration
        if not registration or not (registration.places or registration.full):
            return None
        deadline = registration.deadline
        return {
            "@type": "Offer",
            "url": registration.url or self._absolute(self.record.address),
            "availability": f"{_SCHEMA}/{'SoldOut' if registration.full else 'InStock'}",
            "validThrough": Period(deadline).instants[1].isoformat() if deadline else None,
        }

    def _absolute(self, address: str) -> str:
        return absolute(self.site_url, address)


def _span(occurrences: Iterable[Occurrence]) -> Node:
    """Return the first and last day of several sittings, and their status."""
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
    """Return the status: EventRescheduled with a new date, EventPostponed without."""
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
    if occurrence.place:
        places.append(_place(occurrence.place))
    if occurrence.mode in {Mode.ONLINE, Mode.HYBRID}:
        # Without its own link, the video conference is joined from the page.
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


def _capacity(header: EventHeader) -> Node:
    registration = header.registration
    if not registration:
        return {}
    return {
        "maximumAttendeeCapacity": registration.places,
        "remainingAttendeeCapacity": 0 if registration.full else None,
    }


def _series(header: EventHeader) -> Node | None:
    series = header.series
    if not series:
        return None
    season = f", saison {series.season}" if series.season else ""
    return {"@type": "EventSeries", "name": plain(f"{series.name}{season}")}


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a node without empty values."""
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if not _is_empty(item)}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _is_empty(value: object) -> bool:
    """Return True for an empty value; zero is a value."""
    return value is None or value in ("", [], {})
