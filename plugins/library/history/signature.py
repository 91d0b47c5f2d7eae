"""What of an event concerns who has it in a calendar: dates, places, modes, states, recurrence.

Two headers with one signature are the same appointment, however they are written. Values of any
age are read, valid today or not: what is no date is compared as text.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from plugins.dates.parsing import parse_end, parse_moment
from plugins.french.typography import fold
from plugins.front_matter.document import read_document
from plugins.front_matter.yaml_fields import Value
from plugins.models.fields import EventStatus

Signature: TypeAlias = tuple[object, ...]

_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONFIRMED = fold(EventStatus.CONFIRMED)
_OF_THE_WHOLE = frozenset({fold(EventStatus.CANCELLED), fold(EventStatus.POSTPONED)})
_NULLS = frozenset({"", "~", "null"})
_PLACE_FIELDS = ("nom", "adresse", "ville", "coordonnees")
_LONGEST_QUICKLY_READ = 8_000


def read_header(data: bytes) -> Mapping[str, Value] | None:
    """Return the header of a version of a file, None when it cannot be read.

    Most headers are plain: they are read without the places and the checks that cost the time.
    """
    start, end = data.find(b"---"), data.find(b"\n---", 3)
    if start == 0 and 0 < end <= _LONGEST_QUICKLY_READ:
        text = data[3:end].decode("utf-8", errors="replace").replace("\r\n", "\n")
        if "&" not in text and "\ufffd" not in text:
            try:
                values: object = yaml.load(text, _LOADER)  # noqa: S506 - scalars as text only
            except (yaml.YAMLError, RecursionError):
                values = None
            if isinstance(values, dict):
                return values
    document, _ = read_document(Path(), data)
    return document.values if document else None


def signature(header: Mapping[str, Value]) -> Signature:
    """Return what a change of must be told to subscribers; titles and texts are no part of it."""
    event = {key.lower(): value for key, value in header.items()}
    sessions = list(_groups(event.get("seances")))
    if sessions:
        sittings = tuple(_sitting(session, session, event) for session in sessions)
    else:
        sittings = (_sitting(event, {}, event),)
    return (sittings, *(_recurrence(group) for group in _groups(event.get("recurrence"))))


def _sitting(
    dated: Mapping[str, Value], session: Mapping[str, Value], event: Mapping[str, Value]
) -> Signature:
    """Return what is known of a sitting, a session having what the event has and it does not."""

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
    """Return name, street, city and point; a mere text is a name."""
    place = value if isinstance(value, dict) else {"nom": value}
    return tuple(fold(_text(place.get(name))).replace(" ,", ",") for name in _PLACE_FIELDS)


def _status(own: Value, whole: Value) -> str:
    """Return the state of a sitting: that of a whole event given up or postponed wins."""
    of_all = fold(_text(whole)) or _CONFIRMED
    return of_all if of_all in _OF_THE_WHOLE else fold(_text(own)) or of_all


def _recurrence(group: Mapping[str, Value]) -> Signature:
    """Return rule, days and exceptions, whatever the order in which they are given."""
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
