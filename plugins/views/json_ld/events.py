"""Structured data of an event: schema.org Event and EventSeries.

See schema.org and https://developers.google.com/search/docs/appearance/structured-data/event.
An approximate date gives no `startDate`, an offer no price. `location` is never missing: where it
is not known, it is a place that says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.content.record import Record
from plugins.dates.moments import Period
from plugins.french.typography import plain
from plugins.library.occurrences import Occurrence
from plugins.models import EventHeader
from plugins.models.fields import Mode, Place
from plugins.views.event_text import whole_title
from plugins.views.page_graph import image_id
from plugins.views.pages import PageView
from plugins.views.structured_data import SCHEMA, Node, StructuredData, Subject, page_id

_MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}

_MOST = 26

# Google asks for the address of a place; the country is all that is known of this one.
_UNKNOWN_PLACE: Node = {
    "@type": "Place",
    "name": "Lieu à confirmer",
    "address": {"@type": "PostalAddress", "addressCountry": "FR"},
}


def event_entity(
    event: Record[EventHeader], data: StructuredData, page: PageView, _view: object
) -> Subject:
    """Return an event, or the series of its sittings."""
    return Subject(main=event_node(event, data, image_id(page, data)))


def event_node(event: Record[EventHeader], data: StructuredData, image: Node | None = None) -> Node:
    """Return the Event, or the EventSeries with its sittings; `image` refers to its picture."""
    return _Event(event, data, image).node()


@dataclass(frozen=True, slots=True)
class _Event:
    """The nodes of an event."""

    record: Record[EventHeader]
    data: StructuredData
    image: Node | None

    @property
    def header(self) -> EventHeader:
        return self.record.header

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        return self.data.index.occurrences_of(self.record)

    def node(self) -> Node:
        """Return the Event, or the EventSeries with its sittings."""
        if len(self.occurrences) == 1 and not self.occurrences[0].id:
            sitting = self._sitting(self.occurrences[0], _series(self.header))
            return {**sitting, "mainEntityOfPage": self._page()}
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
            "mainEntityOfPage": self._page(),
            **_span(shown),
            "location": _one_or_more(list(self._every_location(shown))),
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
            "eventStatus": f"{SCHEMA}/{_status(occurrence)}",
            "previousStartDate": _previous(occurrence),
            "eventAttendanceMode": f"{SCHEMA}/{mode}" if mode else None,
            "location": _one_or_more(self._location(occurrence)),
            "organizer": self._organizer(),
            "performer": [{"@type": "Person", "name": plain(n)} for n in header.speakers],
            "sponsor": [{"@type": "Organization", "name": plain(n)} for n in header.sponsors],
            "audience": [{"@type": "Audience", "audienceType": plain(n)} for n in header.audience],
            **_capacity(header),
            "offers": None if occurrence.is_off else self._offer(),
            "superEvent": parent,
        }

    def _identity(self) -> Node:
        return {
            "description": plain(self.header.summary),
            "inLanguage": self.header.language,
            "image": self.image,
        }

    def _page(self) -> Node:
        return self.data.reference(page_id(self.record.address))

    def _organizer(self) -> Node:
        index = self.data.index
        owner = index.organisation_of(self.record) or index.group_of(self.record)
        return self.data.organisation(owner) if owner else self.data.publisher()

    def _offer(self) -> Node | None:
        """Return the offer of places, valid until the deadline; None without `places` or `full`."""
        registration = self.header.registration
        if not registration or not (registration.places or registration.full):
            return None
        deadline = registration.deadline
        return {
            "@type": "Offer",
            "url": registration.url or self._absolute(self.record.address),
            "availability": f"{SCHEMA}/{'SoldOut' if registration.full else 'InStock'}",
            "validThrough": Period(deadline).instants[1].isoformat() if deadline else None,
        }

    def _every_location(self, occurrences: Iterable[Occurrence]) -> Iterator[Node]:
        """Yield the places and video conferences of several sittings, each once."""
        told: list[Node] = []
        for place in (place for o in occurrences for place in self._location(o)):
            if place not in told:
                told.append(place)
                yield place

    def _location(self, occurrence: Occurrence) -> list[Node]:
        """Return the place, the video conference or both; a place to confirm without either."""
        places: list[Node] = []
        if occurrence.place:
            places.append(_place(occurrence.place))
        if occurrence.mode in {Mode.ONLINE, Mode.HYBRID}:
            # Without its own link, the video conference is joined from the page.
            url = self._absolute(occurrence.online_url or occurrence.address)
            places.append({"@type": "VirtualLocation", "url": url})
        return places or [_UNKNOWN_PLACE]

    def _absolute(self, address: str) -> str:
        return self.data.absolute(address)


def _span(occurrences: Iterable[Occurrence]) -> Node:
    """Return the first and last day of several sittings, and their status."""
    found = tuple(occurrences)
    known = [o for o in found if not o.is_approximate]
    status = "EventCancelled" if all(o.is_cancelled for o in found) else "EventScheduled"
    return {
        "startDate": _dates(known[0])[0] if known else None,
        "endDate": max(o.period.last_day for o in known).isoformat() if known else None,
        "eventStatus": f"{SCHEMA}/{status}",
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


def _one_or_more(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


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
