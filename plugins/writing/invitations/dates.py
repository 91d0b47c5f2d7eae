"""The dates of an invitation: its start, its end and its sittings, as a header states them.

A recurrence becomes a phrase (`chaque`) when one says it, else a rule (`regle`), else a list of
`dates`: each form is unrolled by the model, and kept only if it gives the sittings that the
invitation has in its own time zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, takewhile

import icalendar
from icalendar.error import BrokenCalendarProperty
from pydantic import ValidationError

from plugins.dates.in_words import format_day
from plugins.dates.moments import PARIS, YEARS, Moment, Period, in_paris
from plugins.dates.recurrence import MAX_SITTINGS, RecurrenceSet, Sitting, moved
from plugins.dates.recurrence_in_words import describe
from plugins.dates.recurrence_rule import parse_rule
from plugins.dates.said import read_said, said_period
from plugins.faults import shorten
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.writing.invitations.texts import properties, text_of, title_of

_Raw = dt.date | dt.datetime

# How far an endless recurrence is compared, or listed, beyond the present year.
_YEARS_AHEAD = 2
# What a rule with an end may give at most, before it is refused or cut.
_MOST = 10_000
_FAR = dt.date(YEARS[-1], 12, 31)


@dataclass
class Dates:
    """The dates of an event in a header (`debut`, `fin`, `recurrence`), and what is to be told."""

    header: dict[str, object] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def read_dates(
    event: icalendar.Component, changes: Sequence[icalendar.Component], today: dt.date
) -> Dates:
    """Return the dates of an event and of its changed sittings.

    Raise ValueError, with a French sentence, for an event without a readable start.
    """
    dates = Dates(notices=_notices_of_zone(event))
    period = _period(event, dates.notices)
    dates.header = dict(said_period(period).header())
    if any(name in event for name in ("RRULE", "RDATE")):
        _add_recurrence(dates, event, period, today)
    for change in sorted(changes, key=lambda change: planned_start_of(change).sort_key):
        _add_change(dates, event, change)
    return dates


def _raw_of(event: icalendar.Component, name: str) -> _Raw | None:
    """Return the date or time of a property; raise ValueError for an unreadable one."""
    try:
        found = next((value.dt for value in properties(event, name)), None)
    except (BrokenCalendarProperty, AttributeError):
        found = ""
    if found is None or isinstance(found, dt.date):
        return found
    raise ValueError(f"sa date « {name} » n’est pas lisible.")


def _start_of(event: icalendar.Component) -> _Raw:
    """Return the start of an event; a cancelled sitting may only have its planned date."""
    start = _raw_of(event, "DTSTART") or _raw_of(event, "RECURRENCE-ID")
    if start is None:
        raise ValueError("l’événement n’a pas de date de début.")
    if start.year not in YEARS:
        raise ValueError(f"l’année {start.year} est hors de {YEARS[0]}-{YEARS[-1]}.")
    return start


def planned_start_of(change: icalendar.Component) -> Moment:
    """Return when a changed sitting of a series was planned."""
    return _moment(_raw_of(change, "RECURRENCE-ID"))


def is_onward(change: icalendar.Component) -> bool:
    """Return True for the change of a sitting and of those that follow it (RFC 5545, 3.2.13)."""
    return any("RANGE" in value.params for value in properties(change, "RECURRENCE-ID"))


def _is_whole_day(event: icalendar.Component) -> bool:
    """Return True for an event of whole days, which Outlook may write from midnight to midnight."""
    start, end = _start_of(event), _raw_of(event, "DTEND")
    if not isinstance(start, dt.datetime):
        return True
    flag = text_of(event, "X-MICROSOFT-CDO-ALLDAYEVENT").upper()
    bounds = [start, end if isinstance(end, dt.datetime) else start]
    return flag == "TRUE" and all(bound.time() == dt.time(0) for bound in bounds)


def _moment(raw: _Raw | None, *, whole_day: bool = False) -> Moment:
    """Return a moment in Paris; a time without a zone is one of Paris."""
    assert raw is not None
    if whole_day or not isinstance(raw, dt.datetime):
        return Moment.at(dt.date(raw.year, raw.month, raw.day))
    local = in_paris(raw.replace(second=0, microsecond=0))
    return Moment.at(local.date(), local.time().replace(tzinfo=None, fold=0))


def _period(event: icalendar.Component, notices: list[str]) -> Period:
    """Return the period of an event; the DTEND of whole days is the day after (RFC 5545, 3.6.1)."""
    whole_day = _is_whole_day(event)
    start = _moment(_start_of(event), whole_day=whole_day)
    end = _end(event, start, whole_day=whole_day)
    if end is None or end == start:
        return Period(start)
    try:
        return Period(start, end)
    except ValueError:
        notices.append(f"La fin ({end}) précède le début ({start}) : elle est laissée de côté.")
        return Period(start)


def _end(event: icalendar.Component, start: Moment, *, whole_day: bool) -> Moment | None:
    raw = _raw_of(event, "DTEND")
    if raw is None:
        with suppress(BrokenCalendarProperty, AttributeError, TypeError):
            begin = _start_of(event)
            raw = next((_later(begin, d.dt) for d in properties(event, "DURATION")), None)
    if raw is None:
        return None
    end = _moment(raw, whole_day=whole_day or not isinstance(raw, dt.datetime))
    if whole_day:
        last = end.first - dt.timedelta(days=1)
        return Moment.at(max(last, start.first))
    return end if end.time is not None else None


def _later(begin: _Raw, duration: dt.timedelta) -> _Raw:
    """Return a time after a duration, which is elapsed time (RFC 5545, 3.3.6)."""
    if isinstance(begin, dt.datetime) and begin.tzinfo:
        return (begin.astimezone(dt.UTC) + duration).astimezone(begin.tzinfo)
    return begin + duration


def _notices_of_zone(event: icalendar.Component) -> list[str]:
    start = _start_of(event)
    if not isinstance(start, dt.datetime) or _is_whole_day(event):
        return []
    name = next((str(p.params.get("TZID", "")) for p in properties(event, "DTSTART")), "")
    if start.tzinfo is None:
        if not name:
            return []
        notice = (
            f"Le fuseau horaire {shorten(name)} est inconnu : les heures sont prises pour celles "
            "de Paris. Vérifiez-les."
        )
        return [notice]
    shown = start.astimezone(PARIS)
    if shown.utcoffset() == start.utcoffset() or start.tzname() == "UTC":
        return []
    notice = (
        f"Les heures du fuseau {shorten(name or start.tzname())} sont converties en heures de "
        f"Paris : le début, {start:%H:%M}, est à {shown:%H:%M}."
    )
    return [notice]


# Recurrences -------------------------------------------------------------------------------------


def _add_recurrence(
    dates: Dates, event: icalendar.Component, period: Period, today: dt.date
) -> None:
    """Add the recurrence in the first form that gives the sittings of the invitation."""
    horizon = dt.date(max(today, period.first_day).year + _YEARS_AHEAD, 12, 31)
    try:
        planned = _planned(event, horizon)
    except (ValueError, BrokenCalendarProperty, OverflowError):
        dates.notices.append("La récurrence n’est pas lisible : ajoutez « recurrence » vous-même.")
        return
    if not planned:
        dates.notices.append("Toutes les séances de la série sont annulées.")
        return
    first = moved(period, planned[0])
    dates.header = dict(said_period(first).header())
    if len(planned) == 1:
        return
    for recurrence in _forms(event, first, planned, horizon):
        header = {**dates.header, "recurrence": recurrence}
        if _held(header, horizon) == planned:
            dates.header = header
            return
    kept = planned[: MAX_SITTINGS - 1]
    days = [day_of(moment, first) for moment in kept[1:]]
    dates.header["recurrence"] = {"dates": days}
    if not properties(event, "RRULE") and len(kept) == len(planned):
        return
    dates.notices.append(
        "La série ne se dit pas par une règle à l’heure de Paris : ses séances sont écrites une à "
        f"une, jusqu’au {format_day(kept[-1].first)}."
    )


def _planned(event: icalendar.Component, horizon: dt.date) -> list[Moment]:
    """Return the planned sittings in order: the rule, RDATE, without EXDATE (RFC 5545, 3.8.5)."""
    whole_day = _is_whole_day(event)
    raws = chain(_by_rules(event, horizon), _dates(event, "RDATE"))
    found = {_moment(raw, whole_day=whole_day) for raw in raws}
    for raw in _dates(event, "EXDATE"):
        off = _moment(raw, whole_day=whole_day)
        found = {moment for moment in found if not _names(off, moment)}
    return sorted(found, key=lambda moment: moment.sort_key)


def _names(date: Moment, moment: Moment) -> bool:
    """Return True when a date names a moment; a day alone names what is held on it."""
    return date.first == moment.first and date.time in (None, moment.time)


def _dates(event: icalendar.Component, name: str) -> list[_Raw]:
    """Return the dates of RDATE or EXDATE, on several lines or not; of a period, its start."""
    values = [value.dt for dates in properties(event, name) for value in dates.dts]
    starts = [value[0] if isinstance(value, tuple) else value for value in values]
    if not all(isinstance(start, dt.date) for start in starts):
        raise ValueError(f"une date de « {name} » n’est pas lisible.")
    return starts


def _by_rules(event: icalendar.Component, horizon: dt.date) -> Iterator[_Raw]:
    """Yield the start and the days of the rules at its hour, in the zone of the event.

    An endless rule stops at `horizon`.
    """
    start = _start_of(event)
    yield start
    for value in properties(event, "RRULE"):
        rule = parse_rule(_written(value))
        days = (day for day in rule.matching(_day(start)) if day != _day(start))
        raws: Iterator[_Raw] = (_on(day, start) for day in days)
        if "UNTIL" in value:
            raws = takewhile(partial(_is_before, value["UNTIL"][0]), raws)
        elif rule.is_endless:
            raws = takewhile(lambda raw: _day(raw) <= horizon, raws)
        # The start is the first of those that COUNT tells (RFC 5545, 3.3.10).
        yield from islice(raws, min(rule.count or _MOST, _MOST) - 1)


def _day(raw: _Raw) -> dt.date:
    return raw.date() if isinstance(raw, dt.datetime) else raw


def _on(day: dt.date, start: _Raw) -> _Raw:
    """Return a day at the hour of a start, in its zone."""
    if isinstance(start, dt.datetime):
        return dt.datetime.combine(day, start.time(), start.tzinfo)
    return day


def _is_before(until: _Raw, raw: _Raw) -> bool:
    """Return True for a date not after UNTIL, which may be a day, or a time with a zone or not."""
    if not isinstance(until, dt.datetime) or not isinstance(raw, dt.datetime):
        return _day(raw) <= _day(until)
    if until.tzinfo is None or raw.tzinfo is None:
        return raw.replace(tzinfo=None) <= until.replace(tzinfo=None)
    return raw <= until


def _written(rule: icalendar.vRecur) -> str:
    return bytes(rule.to_ical()).decode()  # type: ignore[no-untyped-call]


def _forms(
    event: icalendar.Component, first: Period, planned: Sequence[Moment], horizon: dt.date
) -> Iterator[dict[str, object]]:
    """Yield the ways to state the planned sittings by a rule: a phrase, then the rule itself."""
    try:
        (rule,) = properties(event, "RRULE")
        text = _rule_in_paris(rule, event, first)
        given = [s.original for s in RecurrenceSet(first, text).sittings(first.first_day, horizon)]
    except ValueError:
        return
    off = [day_of(moment, first) for moment in given if moment not in set(planned)]
    added = [day_of(moment, first) for moment in planned if moment not in set(given)]
    if len(off) > len(_dates(event, "EXDATE")) or len(added) > len(_dates(event, "RDATE")):
        return
    if phrase := _phrase(first, text):
        without = phrase.get("sauf", [])
        assert isinstance(without, list)
        yield phrase | _filled(sauf=[*without, *off], dates=added)
    cancelled = [{"date": day, "statut": EventStatus.CANCELLED.value} for day in off]
    yield {"regle": text} | _filled(dates=added, exceptions=cancelled)


def _filled(**values: Sequence[object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _rule_in_paris(rule: icalendar.vRecur, event: icalendar.Component, first: Period) -> str:
    """Return the text of a rule that starts at the first period, without what goes by itself."""
    parsed = parse_rule(_written(rule))
    parts = dict(parsed.parts)
    for name, value in {"INTERVAL": "1", "WKST": "MO"}.items():
        if parts.get(name) == value:
            del parts[name]
    if last := parsed.last_day(first.start):
        parts["UNTIL"] = f"{last:%Y%m%d}"
    if parsed.count:
        whole_day = _is_whole_day(event)
        given = {_moment(raw, whole_day=whole_day) for raw in _by_rules(event, _FAR)}
        before = sum(moment.sort_key < first.start.sort_key for moment in given)
        parts["COUNT"] = str(parsed.count - before)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _phrase(first: Period, rule: str) -> dict[str, object] | None:
    """Return a rule as a phrase, None when the site has no words for it."""
    day = Period(Moment.at(first.first_day))
    words = describe(RecurrenceSet(day, rule))
    if not words:
        return None
    said = read_said(f"{words}, à partir du {format_day(first.first_day)}", first.first_day)
    found = said.header()["recurrence"]
    assert isinstance(found, dict)
    return found


def day_of(moment: Moment, first: Period) -> str:
    """Return the day of a sitting, with its time when it is not that of the first."""
    return str(moment if moment.time != first.start.time else moment.first)


def _event_of(header: Mapping[str, object]) -> EventHeader:
    return EventHeader.model_validate({"titre": "—", "resume": "—", **header})


def _held(header: Mapping[str, object], horizon: dt.date) -> list[Moment] | None:
    """Return the sittings of a header that are not cancelled, None for a header at fault."""
    try:
        found = _event_of(header).recurrence_set
    except ValidationError:
        return None
    assert found is not None
    sittings = found.sittings(found.first.first_day, horizon)
    return [s.original for s in sittings if s.status != EventStatus.CANCELLED]


# Changed sittings --------------------------------------------------------------------------------


def _add_change(dates: Dates, event: icalendar.Component, change: icalendar.Component) -> None:
    """Add an exception for a sitting that is moved, cancelled or told apart."""
    original = _moment(_raw_of(change, "RECURRENCE-ID"), whole_day=_is_whole_day(event))
    found = _event_of(dates.header).recurrence_set
    sittings = found.sittings(original.first, original.first) if found else ()
    sitting = next((s for s in sittings if _names(original, s.original)), None)
    shown = format_day(original.first)
    if found is None or sitting is None:
        dates.notices.append(f"La séance du {shown} n’est pas de la série : elle manque.")
        return
    if is_onward(change):
        dates.notices.append(
            f"Ce qui change le {shown} vaut aussi pour les séances suivantes : seule celle-ci est "
            "changée. Écrivez les autres dans « exceptions »."
        )
    exception = _exception(found, sitting, event, change, dates.notices)
    if not exception:
        return
    recurrence = dates.header["recurrence"]
    assert isinstance(recurrence, dict)
    date = day_of(sitting.original, found.first)
    exceptions = [*recurrence.get("exceptions", []), {"date": date, **exception}]
    header = {**dates.header, "recurrence": {**recurrence, "exceptions": exceptions}}
    try:
        _event_of(header)
    except ValidationError as error:
        message = str(error.errors()[0]["ctx"]["error"])
        dates.notices.append(f"La séance du {shown} n’a pas pu être changée : {message}")
    else:
        dates.header = header


def _exception(
    found: RecurrenceSet,
    sitting: Sitting,
    event: icalendar.Component,
    change: icalendar.Component,
    notices: list[str],
) -> dict[str, object]:
    if text_of(change, "STATUS").upper() == "CANCELLED":
        return {"statut": EventStatus.CANCELLED.value}
    exception: dict[str, object] = {}
    period = _period(change, notices)
    if period.start != sitting.original:
        exception["debut"] = str(period.start)
    if period.end and period.end != moved(found.first, period.start).end:
        exception["fin"] = said_period(period).end
    if (title := title_of(change)) and title != title_of(event):
        exception["titre"] = title
    if text_of(change, "STATUS").upper() == "TENTATIVE":
        exception["statut"] = EventStatus.TENTATIVE.value
    if text_of(change, "LOCATION") != text_of(event, "LOCATION"):
        notices.append(
            f"La séance du {format_day(sitting.original.first)} a son propre lieu : "
            f"{shorten(text_of(change, 'LOCATION'))}. Dites-le dans le texte."
        )
    return exception
