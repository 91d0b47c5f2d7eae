"""When a recurring event is held: its rule, its other dates and its exceptions, unrolled.

The hour is that of the clock in Paris, in summer as in winter; an event lasts as long each time
(RFC 5545, 3.8.5.3). Nothing here reads the time of day: the caller gives the horizon.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pydantic_core import InitErrorDetails, ValidationError

from plugins.dates.in_words import format_day
from plugins.dates.moments import PARIS, Moment, Period, Precision, parse_end
from plugins.dates.recurrence_rule import Rule, parse_rule
from plugins.faults import KeyPath

if TYPE_CHECKING:  # the models import this module, to judge what they hold
    from plugins.models.event import Recurrence, RecurrenceException
    from plugins.models.fields import EventStatus

MAX_SITTINGS = 1000
# How far an endless rule is looked at when no horizon is given: beyond its exceptions, in days.
_BEYOND = 400


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time at which a recurring event is held, or was to be held.

    `original` is the date by the rule, which identifies it (RECURRENCE-ID); `period` is when it
    is held; `status` and `title` are None when no exception gives them.
    """

    original: Moment
    period: Period
    status: EventStatus | None = None
    title: str | None = None
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a recurrence; `path` leads from it to the key at fault."""

    path: KeyPath
    value: str
    message: str


def expand(first: Period, recurrence: Recurrence, horizon: dt.date) -> tuple[Sitting, ...]:
    """Return the sittings in order of date, the cancelled ones included.

    `first` is the event's own period and its first sitting; a rule without an end stops at
    `horizon`. Raise ValueError when `faults` would tell of the rule, or past `MAX_SITTINGS`.
    """
    rule = parse_rule(recurrence.rule) if recurrence.rule else None
    found = [
        _sitting(first, original, _exception_for(original, recurrence.exceptions))
        for original in _originals(first, rule, recurrence.dates, horizon)
    ]
    return tuple(sorted(found, key=lambda s: (s.period.sort_key, s.original.sort_key)))


def validate(recurrence: Recurrence, first: Period) -> None:
    """Raise a ValidationError that holds every fault, each at its place below the recurrence.

    Raised by the validator of a field, Pydantic adds the place of that field before them.
    """
    errors = [
        InitErrorDetails(
            type="value_error",
            loc=fault.path,
            input=fault.value,
            ctx={"error": ValueError(fault.message)},
        )
        for fault in faults(recurrence, first)
    ]
    if errors:
        raise ValidationError.from_exception_data("Recurrence", errors)


def faults(
    recurrence: Recurrence, first: Period, horizon: dt.date | None = None
) -> Iterator[Fault]:
    """Yield what forbids unrolling a recurrence, or what in it changes nothing.

    Without a `horizon`, an endless rule is looked at for a year beyond its last exception.
    """
    if not recurrence.rule and not recurrence.dates:
        yield Fault(
            (),
            "",
            "ni règle ni dates : rien ne dit quand l’événement revient. Ajoutez « regle » "
            "ou « dates », ou retirez « recurrence ».",
        )
        return
    if first.is_approximate:
        yield Fault(
            (),
            str(first.start),
            f"« {first.start} » est une date approximative : rien ne peut être compté à partir "
            "d’elle. Donnez à « debut » un jour précis, ou retirez « recurrence ».",
        )
        return
    rule = None
    if recurrence.rule:
        try:
            rule = parse_rule(recurrence.rule)
        except ValueError as error:
            yield Fault(("regle",), recurrence.rule, str(error))
    in_dates = list(_faults_of_dates(first, recurrence.dates))
    yield from in_dates
    if in_dates or (recurrence.rule and rule is None):
        return
    if rule and (fault := _fault_of_rule(first.start, rule, str(recurrence.rule))):
        yield fault
        return
    if horizon is None:
        named = [exception.date.last for exception in recurrence.exceptions]
        horizon = max([first.last_day, *named]) + dt.timedelta(days=_BEYOND)
    try:
        originals = _originals(first, rule, recurrence.dates, horizon)
    except ValueError as error:
        yield Fault(
            ("regle",) if rule else ("dates",), recurrence.rule or str(first.start), str(error)
        )
        return
    yield from _faults_of_exceptions(first, recurrence.exceptions, originals)


def rrule_text(recurrence: Recurrence, first: Period) -> str:
    """Return the value of the RRULE property of the event, nothing when it has no rule."""
    return parse_rule(recurrence.rule).text(first.start) if recurrence.rule else ""


def _originals(
    first: Period, rule: Rule | None, dates: tuple[Moment, ...], horizon: dt.date
) -> list[Moment]:
    """Return the dates of the rule and the others, in order, each once."""
    start = first.start
    days = islice(rule.unroll(start, horizon) if rule else (start.first,), MAX_SITTINGS + 1)
    found = {_moment(day, start.time) for day in days} | {_at_hour(date, start) for date in dates}
    if len(found) > MAX_SITTINGS:
        limit = f"{MAX_SITTINGS:,}".replace(",", "\u202f")
        raise ValueError(
            f"plus de {limit} séances : le calendrier n’en montre pas tant. "
            "Ajoutez UNTIL ou COUNT à la règle, ou espacez les séances."
        )
    return sorted(found, key=lambda moment: moment.sort_key)


def _moment(day: dt.date, time: dt.time | None) -> Moment:
    if time is None:
        return Moment(day, day, None, Precision.DAY, False, day.isoformat())
    return Moment(day, day, time, Precision.TIME, False, f"{day}T{time:%H:%M}")


def _at_hour(date: Moment, start: Moment) -> Moment:
    """Return a bare day at the hour of the event; anything else as it is."""
    return _moment(date.first, start.time) if date.precision is Precision.DAY else date


def _exception_for(
    original: Moment, exceptions: tuple[RecurrenceException, ...]
) -> RecurrenceException | None:
    return next((e for e in exceptions if _names(e.date, original)), None)


def _names(date: Moment, original: Moment) -> bool:
    return date.first == original.first and date.time in (None, original.time)


def _sitting(first: Period, original: Moment, exception: RecurrenceException | None) -> Sitting:
    sitting = Sitting(original, _moved(first, original))
    if exception is None:
        return sitting
    return replace(
        sitting,
        period=_period_of(first, sitting.period, exception),
        status=exception.status,
        title=exception.title,
        is_exception=True,
    )


def _period_of(first: Period, planned: Period, exception: RecurrenceException) -> Period:
    period = planned
    if exception.start is not None:
        start = exception.start
        if start.precision is Precision.DAY and not start.uncertain:
            start = _at_hour(start, first.start)
        period = _moved(first, start)
    if exception.end is not None:
        period = Period(period.start, parse_end(exception.end, period.start))
    return period


def _moved(first: Period, start: Moment) -> Period:
    """Return the period that starts at `start` and lasts as long as `first`."""
    end = first.end
    if start == first.start:
        return first
    if end is None or start.is_approximate or (start.time is None) is not (end.time is None):
        return Period(start)
    if end.time is None:
        return Period(start, _moment(start.first + (end.first - first.start.first), None))
    assert start.instant is not None
    assert start.time is not None
    assert first.duration is not None
    until = (start.instant.astimezone(dt.UTC) + first.duration).astimezone(PARIS)
    if until.fold:
        # The hour that October repeats has one name for two instants: a clock that had not been
        # put back tells a later end, never one before the start.
        until += dt.timedelta(hours=1)
    return Period(start, _moment(until.date(), until.time().replace(tzinfo=None)))


def _fault_of_rule(start: Moment, rule: Rule, text: str) -> Fault | None:
    last = rule.last_day(start)
    if last is not None and last < start.first:
        return Fault(
            ("regle",),
            text,
            f"« UNTIL={rule.parts['UNTIL']} » précède le début ({start}). Corrigez l’un des deux.",
        )
    found = next(rule.matching(start.first), None)
    if found is None:
        return Fault(
            ("regle",), text, f"« {text} » ne donne aucun jour. Corrigez la règle ou retirez-la."
        )
    if found != start.first:
        # RFC 5545, 3.8.5.3: what calendars make of such a start is not defined.
        return Fault(
            ("regle",),
            text,
            f"« {text} » ne donne pas le jour de « debut » ({format_day(start.first, weekday=True)}"
            f"), mais d’abord {format_day(found, weekday=True)}. Écrivez « debut: "
            f"{_moment(found, start.time)} » (une exception peut déplacer cette séance), "
            "ou corrigez la règle.",
        )
    return None


def _faults_of_dates(first: Period, dates: tuple[Moment, ...]) -> Iterator[Fault]:
    for number, date in enumerate(dates):
        message = None
        if date.is_approximate:
            message = (
                f"« {date} » n’est pas un jour précis. Écrivez un jour, par exemple 2024-03-25."
            )
        elif date.time is not None and first.start.time is None:
            message = (
                f"« {date} » a une heure, mais le début ({first.start}) n’en a pas. "
                "Donnez l’heure du début ou retirez celle-ci."
            )
        elif _at_hour(date, first.start).sort_key < first.start.sort_key:
            message = (
                f"« {date} » précède le début ({first.start}). Écrivez en « debut » la première "
                "date, et les autres ici."
            )
        if message:
            yield Fault(("dates", number), str(date), message)


def _faults_of_exceptions(
    first: Period, exceptions: tuple[RecurrenceException, ...], originals: list[Moment]
) -> Iterator[Fault]:
    changed: dict[Moment, Moment] = {}
    sound = True
    for number, exception in enumerate(exceptions):
        found = [original for original in originals if _names(exception.date, original)]
        message = _fault_of_date(exception.date, found, originals)
        if not message and found[0] in changed:
            message = (
                f"« {exception.date} » : une autre exception vise déjà cette séance "
                f"(« {changed[found[0]]} »). Gardez l’une des deux."
            )
        if message:
            yield Fault(("exceptions", number, "date"), str(exception.date), message)
            sound = False
            continue
        changed[found[0]] = exception.date
        for fault in _faults_of_change(first, found[0], exception):
            yield Fault(("exceptions", number, *fault.path), fault.value, fault.message)
            sound = False
    if sound:
        yield from _faults_of_collisions(first, exceptions, originals)


def _fault_of_date(date: Moment, found: list[Moment], originals: list[Moment]) -> str | None:
    if date.is_approximate:
        return f"« {date} » n’est pas un jour précis. Écrivez le jour prévu par la règle."
    if len(found) > 1:
        return (
            f"« {date} » : plusieurs séances sont prévues ce jour-là. "
            f"Ajoutez l’heure, par exemple {found[0]}."
        )
    if found:
        return None
    nearest = min(originals, key=lambda moment: (abs(moment.first - date.first), moment.sort_key))
    return (
        f"« {date} » : aucune séance n’est prévue à cette date. "
        f"La plus proche est « {nearest} » : écrivez-la, ou retirez l’exception."
    )


def _faults_of_change(
    first: Period, original: Moment, exception: RecurrenceException
) -> Iterator[Fault]:
    start = exception.start
    changes = (start, exception.end, exception.status, exception.title)
    if not any(change is not None for change in changes):
        yield Fault(
            (),
            str(exception.date),
            f"« {exception.date} » : l’exception ne change rien. Ajoutez « debut » ou « statut », "
            "ou retirez-la.",
        )
        return
    try:
        _period_of(first, _moved(first, original), exception)
    except ValueError as error:
        yield Fault(("fin",), str(exception.end), str(error))


def _faults_of_collisions(
    first: Period, exceptions: tuple[RecurrenceException, ...], originals: list[Moment]
) -> Iterator[Fault]:
    """Yield a fault per sitting moved to where another one is held."""
    held = Counter(
        sitting.period.start
        for sitting in (_sitting(first, o, _exception_for(o, exceptions)) for o in originals)
        if not _is_cancelled(sitting.status) and not sitting.period.is_approximate
    )
    for number, exception in enumerate(exceptions):
        if exception.start is None or _is_cancelled(exception.status):
            continue
        start = _at_hour(exception.start, first.start)
        if held[start] > 1:
            yield Fault(
                ("exceptions", number, "debut"),
                str(exception.start),
                f"« {exception.start} » : une autre séance est prévue à cette date. "
                "Changez la date, ou annulez l’une des deux.",
            )


def _is_cancelled(status: EventStatus | None) -> bool:
    return status is not None and status.name == "CANCELLED"
