"""Fields of an event that contradict each other, told as warnings; the editor decides."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.checks.oversights import FAR
from plugins.content.record import Record
from plugins.dates.moments import Moment
from plugins.faults import ContentError, Edit, KeyPath, Level, shorten
from plugins.library.index import Index
from plugins.models import EventHeader
from plugins.models.event import Timed
from plugins.models.fields import EventStatus, Mode, Place

# A date that lasts longer, in days, has probably a mistyped month or year.
_LONGEST = 60
# A deadline further before its event, in days, has probably a mistyped year.
_YEAR = 366
# An event put off by more days than these takes registrations anew.
_MOVED = 7
# The south, north, west and east of Metropolitan France and of the parts overseas, in degrees.
_FRANCE = (
    (41.3, 51.2, -5.2, 9.7),  # Metropolitan France
    (14.3, 18.2, -63.2, -60.8),  # Antilles
    (2.1, 5.8, -54.7, -51.6),  # Guyane
    (-21.5, -20.8, 55.2, 55.9),  # La Réunion
    (-13.1, -12.6, 45.0, 45.4),  # Mayotte
    (46.7, 47.2, -56.5, -56.1),  # Saint-Pierre-et-Miquelon
    (-23.0, -19.5, 163.5, 168.2),  # Nouvelle-Calédonie
    (-14.4, -13.1, -178.3, -176.1),  # Wallis-et-Futuna
    (-28.0, -7.8, -155.0, -134.3),  # Polynésie française
)


def event_facts(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning per field of an event that another of its fields contradicts."""
    yield from _places_not_shown(event, index)
    yield from _times_that_occur_twice(event)
    yield from _long_spans(event)
    yield from _deadline(event, index)
    yield from _announced_too_late(event, index)
    yield from _inverted_coordinates(event)


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


def _long_spans(event: Record[EventHeader]) -> Iterator[ContentError]:
    """Yield a warning per date that lasts more than `_LONGEST` days without a break."""
    for path, part in _parts(event.header):
        period = part.period
        if not period or not period.end or period.is_approximate:
            continue
        days = (period.last_day - period.first_day).days + 1
        if days > _LONGEST:
            yield event.error(
                (*path, "fin"),
                f"« {period.end} » : du {period.start.first} au {period.last_day}, cela dure "
                f"{days} jours. Vérifiez les deux dates ; pour plusieurs rencontres, écrivez des "
                "« seances ».",
                Level.WARNING,
            )


def _deadline(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning for a deadline of another year, or of the date before a postponement."""
    header = event.header
    deadline = header.registration and header.registration.deadline
    if not header.registration or not deadline:
        return
    first = min(occurrence.period.first_day for occurrence in index.occurrences_of(event))
    last = max(occurrence.period.last_day for occurrence in index.occurrences_of(event))
    previous = header.previous_start
    if (first - deadline.last).days > _YEAR:
        yield event.error(
            ("inscription", "avant_le"),
            f"« {deadline} » précède de plus d’un an l’événement, dont le premier jour est "
            f"{first}. Vérifiez l’année.",
            Level.WARNING,
        )
    elif (
        previous
        and deadline.last <= previous.last
        and (first - previous.last).days > _MOVED
        and last >= index.today
        and header.event_status is not EventStatus.CANCELLED
        and not header.registration.full
    ):
        yield event.error(
            ("inscription", "avant_le"),
            f"« {deadline} » est le dernier jour de l’ancienne date ({previous}), et l’événement "
            f"est reporté au {first}. Donnez le nouveau, ou écrivez « complet: oui ».",
            Level.WARNING,
        )


def _announced_too_late(event: Record[EventHeader], index: Index) -> Iterator[ContentError]:
    """Yield a warning for a past event, all of it years before the file that announces it."""
    history, date = index.history_of(event), event.header.date
    created = history.created_at.date() if history and history.created_at else index.today
    announced = min(created, date.day) if date else created
    last = max(occurrence.period.last_day for occurrence in index.occurrences_of(event))
    if (announced - last).days > FAR:
        path: KeyPath = ("debut",) if event.header.start else ("seances",)
        yield event.error(
            path,
            f"« {last} » : l’événement est passé depuis {announced.year - last.year} ans quand ce "
            "fichier l’annonce. Vérifiez l’année ; pour une archive, écrivez « date », son jour de "
            "publication.",
            Level.WARNING,
        )


def _inverted_coordinates(event: Record[EventHeader]) -> Iterator[ContentError]:
    """Yield a warning per point out of France that is in France once its numbers are swapped."""
    for path, part in _parts(event.header):
        point = part.place.coordinates if part.place else None
        if point and not _is_in_france(*point) and _is_in_france(*reversed(point)):
            first, second = point
            place = (*path, "lieu", "coordonnees")
            yield event.error(
                place,
                f"« {first}, {second} » n’est pas en France, et y serait dans l’autre ordre. "
                f"Écrivez la latitude d’abord : {second}, {first}.",
                Level.WARNING,
                edits=(Edit(event.locate(place), f"{first}, {second}", f"{second}, {first}"),),
            )


def _is_in_france(latitude: float, longitude: float) -> bool:
    return any(
        south <= latitude <= north and west <= longitude <= east
        for south, north, west, east in _FRANCE
    )


def _name(place: Place) -> str:
    return place.name or place.address or place.city or ""
