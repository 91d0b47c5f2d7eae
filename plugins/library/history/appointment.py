"""The appointment that an event's header makes, of which subscribers are told each change.

Its signature holds the dates, places, modes, states and recurrence, and the registration deadline,
which is an entry of some calendars. Two headers with the same signature are the same appointment,
however they are written. Headers of any age are read, valid today or not: an invalid date is
compared as text.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from plugins.dates.parsing import parse_end, parse_moment
from plugins.french.typography import fold
from plugins.front_matter.yaml_fields import Value
from plugins.models.fields import EventStatus

Signature: TypeAlias = tuple[object, ...]

_CONFIRMED = fold(EventStatus.CONFIRMED)
_OF_THE_WHOLE = frozenset({fold(EventStatus.CANCELLED), fold(EventStatus.POSTPONED)})
_NULLS = frozenset({"", "~", "null"})
_PLACE_FIELDS = ("nom", "adresse", "ville", "coordonnees")


def signature(header: Mapping[str, Value]) -> Signature:
    """Return the signature of a header, which excludes titles and texts."""
    event = {key.lower(): value for key, value in header.items()}
    sessions = list(_groups(event.get("seances")))
    if sessions:
        sittings = tuple(_sitting(session, session, event) for session in sessions)
    else:
        sittings = (_sitting(event, {}, event),)
    deadlines = tuple(
        _moment(text)
        for group in _groups(event.get("inscription"))
        if (text := _text(group.get("avant_le")))
    )
    recurrences = (_recurrence(group) for group in _groups(event.get("recurrence")))
    return (sittings, deadlines, *recurrences)


def _sitting(
    dated: Mapping[str, Value], session: Mapping[str, Value], event: Mapping[str, Value]
) -> Signature:
    """Return the signature of a sitting; a session inherits the event's values that it lacks."""

    def inherited(name: str) -> Value:
        return session.get(name) if _is_given(session.get(name)) else event.get(name)

    return (
        *_span(dated),
        fold(_text(inherited("modalite"))),
        _place(inherited("lieu")),
        _text(inherited("lien_visio")),
        _status(session.get("statut"), event.get("statut_evenement")),
    )


def _span(group: Mapping[str, Value]) -> tuple[str, str]:
    start, end = _text(group.get("debut")), _text(group.get("fin"))
    return _moment(start), _end(end, start)


@lru_cache(maxsize=4096)
def _moment(text: str) -> str:
    try:
        return parse_moment(text).text
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _end(text: str, start: str) -> str:
    try:
        return parse_end(text, parse_moment(start)).text
    except ValueError:
        return text


def _place(value: Value) -> Signature:
    """Return the name, street, city and coordinates of a place; a plain text is a name."""
    place = value if isinstance(value, dict) else {"nom": value}
    return tuple(fold(_text(place.get(name))).replace(" ,", ",") for name in _PLACE_FIELDS)


def _status(own: Value, whole: Value) -> str:
    """Return the state of a sitting; the state of a cancelled or postponed event prevails."""
    of_all = fold(_text(whole)) or _CONFIRMED
    return of_all if of_all in _OF_THE_WHOLE else fold(_text(own)) or of_all


def _recurrence(group: Mapping[str, Value]) -> Signature:
    """Return the rule, days and exceptions of a recurrence, each sorted."""
    rule = "".join(_text(group.get("regle")).upper().split()).removeprefix("RRULE:")
    dates = group.get("dates")
    days = dates if isinstance(dates, list) else _text(dates).replace(";", ",").split(",")
    exceptions = (
        (_moment(_text(item.get("date"))), *_span(item), fold(_text(item.get("statut"))))
        for item in _groups(group.get("exceptions"))
    )
    return (
        tuple(sorted(part for part in rule.split(";") if part)),
        tuple(sorted(_moment(_text(day)) for day in days if _is_given(day))),
        tuple(sorted(exceptions)),
    )


def _groups(value: Value) -> Iterator[Mapping[str, Value]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _is_given(value: Value) -> bool:
    return bool(_text(value))


def _text(value: Value) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(text for item in value if (text := _text(item)))
    text = " ".join((value or "").split())
    return "" if text.lower() in _NULLS else text
