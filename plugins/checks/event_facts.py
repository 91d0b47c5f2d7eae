"""Fields of an event that contradict each other, told as warnings; the editor decides."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.content.record import Record
from plugins.dates.moments import Moment
from plugins.faults import ContentError, KeyPath, Level, shorten
from plugins.library.index import Index
from plugins.models import EventHeader
from plugins.models.event import Timed
from plugins.models.fields import Mode, Place


def event_facts(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning per field of an event that another of its fields contradicts."""
    yield from _places_not_shown(event, index)
    yield from _times_that_occur_twice(event)


def _parts(header: EventHeader) -> Iterator[tuple[KeyPath, Timed]]:
    """Yield the event and its sessions, each with its path in the header."""
    yield (), header
    for number, session in enumerate(header.sessions):
        yield ("seances", number), session


def _places_not_shown(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning for a place of what is held online only, and for a link in person only."""
    every = {occurrence.mode for occurrence in index.occurrences_of(event)}
    for path, part in _parts(event.header):
        modes = {part.mode or event.header.mode} if path else every
        who = "la séance se tient" if path else "tout se tient"
        if modes == {Mode.ONLINE} and part.place:
            yield event.error(
                (*path, "lieu"),
                f"{shorten(_name(part.place))} n’est montré nulle part : {who} en visio. Retirez "
                "« lieu », ou écrivez « modalite: hybride ».",
                Level.WARNING,
            )
        if modes == {Mode.IN_PERSON} and part.online_url:
            yield event.error(
                (*path, "lien_visio"),
                f"{shorten(part.online_url)} n’est montré nulle part : {who} en présentiel. "
                "Retirez « lien_visio », ou écrivez « modalite: hybride ».",
                Level.WARNING,
            )


def _times_that_occur_twice(event: Record[EventHeader]) -> Iterator[ContentError]:
    """Yield a warning per time of the night when clocks go back, of which the first is taken."""
    registration = event.header.registration
    times: dict[KeyPath, Moment | None] = {}
    times["inscription", "avant_le"] = registration.deadline if registration else None
    for path, part in _parts(event.header):
        times[*path, "debut"] = part.start
        times[*path, "fin"] = part.period.end if part.period else None
    for path, time in times.items():
        if time and time.occurs_twice:
            yield event.error(
                path,
                f"« {time} » arrive deux fois, car on passe à l’heure d’hiver : le site retient la "
                "première. Écrivez plutôt une heure avant 02:00, ou à partir de 03:00.",
                Level.WARNING,
            )


def _name(place: Place) -> str:
    return place.name or place.address or place.city or ""
