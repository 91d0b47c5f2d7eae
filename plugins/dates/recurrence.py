"""The sittings of a recurring event: its rule, its other dates and its exceptions, unrolled.

The hour is that of the clock in Paris, in summer as in winter; an event lasts as long each time
(RFC 5545, 3.8.5.3). The days to show are the caller's: nothing here reads the time of day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from plugins.dates.in_words import format_day
from plugins.dates.moments import PARIS, YEARS, Moment, Period, Precision
from plugins.dates.parsing import parse_end
from plugins.dates.recurrence_rule import Rule, parse_rule
from plugins.faults import KeyPath

MAX_SITTINGS = 1000
# How many years of the past of an endless rule are shown: their letters and pages keep its dates.
YEARS_KEPT = 20
# How far beyond the last date that a header names a rule is looked at, in days: the sitting
# nearest to a wrong exception may come after it.
_BEYOND = 400
_LIMITS = ("Ajoutez UNTIL ou COUNT à la règle", "Ajoutez « jusqu_au » ou « fois »")


@dataclass(frozen=True, slots=True)
class Change:
    """An exception: the sitting of a date, moved, cancelled or told apart.

    None leaves what the rule gives; `end` may be a time of the day of the start.
    """

    date: Moment
    start: Moment | None = None
    end: str | None = None
    status: str | None = None
    title: str | None = None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time at which a recurring event is held, or was to be held.

    `original` is the planned date, which identifies it (RECURRENCE-ID); `period` is when it is
    held; `status` and `title` are None when no exception gives them. `is_added` marks a date
    that the rule does not give (RDATE).
    """

    original: Moment
    period: Period
    status: str | None = None
    title: str | None = None
    is_exception: bool = False
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a recurrence; `path` leads from the recurrence to the key at fault."""

    path: KeyPath
    value: str
    message: str


def days_shown(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days within which an endless rule is shown: from 20 years ago to next year."""
    return dt.date(today.year - YEARS_KEPT, 1, 1), dt.date(today.year + 1, 12, 31)


@dataclass(frozen=True, slots=True)
class RecurrenceSet:
    """All the sittings of a recurring event (RFC 5545, 3.8.5).

    `first` is the event's own period and its first sitting, `rule` the text of an RRULE, `dates`
    the days beside it, `excluded` days that it gives and on which nothing is held (EXDATE).
    `phrase` is how the editor wrote the rule, when it was in words.
    """

    first: Period
    rule: str | None = None
    dates: tuple[Moment, ...] = ()
    changes: tuple[Change, ...] = ()
    excluded: tuple[Moment, ...] = ()
    phrase: str | None = None

    @property
    def is_endless(self) -> bool:
        """True when the rule goes on for ever."""
        rule = self._parsed()
        return rule is not None and rule.is_endless

    @property
    def rrule(self) -> str:
        """The value of the RRULE property, empty when there is no rule."""
        rule = self._parsed()
        return rule.text(self.first.start) if rule else ""

    @property
    def text(self) -> str:
        """The rule as the editor wrote it, in words or not; empty when there is none."""
        return self.phrase or self.rule or ""

    @property
    def excluded_starts(self) -> tuple[Moment, ...]:
        """The days on which nothing is held, at the hour of the event."""
        return tuple(_at_hour(day, self.first.start) for day in self.excluded)

    def sittings(self, first_day: dt.date, last_day: dt.date) -> tuple[Sitting, ...]:
        """Return the sittings in order of date, the cancelled ones included: one at least.

        An endless rule gives the sittings planned or held from `first_day` to `last_day`; without
        any, the last one before, else the first of all. Any other rule gives all its sittings,
        whatever these days. Raise ValueError for a rule that `faults` refuses.
        """
        planned = self._planned(last_day)
        if not self.is_endless:
            return _in_order(self._sittings(planned, self._added(planned)))
        within = [day for day in planned if first_day <= day <= last_day]
        shown = {
            *self._sittings(within, ()),
            *(s for s in self.named_sittings() if _touches(s, first_day, last_day)),
        }
        return _in_order(shown or self._sittings(planned[-1:], ()))

    def plans(self, day: dt.date) -> bool:
        """Return True when a sitting is planned on the day, shown or not."""
        return day in self._planned(day) or any(date.first == day for date in self.dates)

    def named_sittings(self) -> tuple[Sitting, ...]:
        """Return the sittings that `dates` and `changes` name, in order of date, of any year."""
        named = {date.last for date in (*self.dates, *(change.date for change in self.changes))}
        if not named:
            return ()
        planned = self._planned(max(named))
        return _in_order(
            self._sittings([day for day in planned if day in named], self._added(planned))
        )

    def faults(self) -> Iterator[Fault]:
        """Yield each fault of the recurrence: it cannot be unrolled, or a part changes nothing.

        A rule with an end gives 1,000 sittings at most; an endless one is never too long.
        """
        if fault := self._fault_of_start():
            yield fault
            return
        rule = None
        if self.rule:
            try:
                rule = parse_rule(self.rule)
            except ValueError as error:
                yield self._fault_of_text(str(error))
        in_dates = list(_faults_of_dates(self.first, self.dates))
        yield from in_dates
        if in_dates or (self.rule and rule is None):
            return
        if rule and (message := _fault_of_rule(self.first.start, rule, self)):
            yield self._fault_of_text(message)
            return
        if faults := list(self._faults_of_excluded()):
            yield from faults
            return
        try:
            originals = self._judged_originals()
        except ValueError as error:
            if rule:
                yield self._fault_of_text(str(error))
            else:
                yield Fault(("dates",), str(self.first.start), str(error))
            return
        yield from self._faults_of_changes(originals)

    def _fault_of_text(self, message: str) -> Fault:
        return Fault(("chaque" if self.phrase else "regle",), self.text, message)

    def _faults_of_excluded(self) -> Iterator[Fault]:
        """Yield a fault per excluded day on which nothing would be held, or all begins."""
        whole = replace(self, dates=(), excluded=())
        for day in self.excluded:
            if day.first == self.first.start.first:
                message = (
                    f"« {day} » est le jour de « debut ». Écrivez en « debut » la première date "
                    "où l’événement a lieu."
                )
            elif whole.plans(day.first):
                continue
            else:
                message = (
                    f"« {day} » : rien n’est prévu ce jour-là. Corrigez la date, ou retirez-la."
                )
            yield Fault(("sauf",), str(day), message)

    def _parsed(self) -> Rule | None:
        return parse_rule(self.rule) if self.rule else None

    def _planned(self, last_day: dt.date) -> list[dt.date]:
        """Return the first day and those of the rule, up to `last_day` for an endless rule."""
        rule, start = self._parsed(), self.first.start
        if rule is None:
            return [start.first]
        days = rule.unroll(start, min(last_day, dt.date(YEARS[-1], 12, 31)))
        excluded = {day.first for day in self.excluded}
        planned = islice(days, None if rule.is_endless else MAX_SITTINGS + 1)
        return [day for day in planned if day not in excluded]

    def _added(self, planned: Collection[dt.date]) -> set[Moment]:
        """Return the other dates that the rule does not give."""
        days, start = set(planned), self.first.start
        dates = {_at_hour(date, start) for date in self.dates}
        return {date for date in dates if date.first not in days or date.time != start.time}

    def _sittings(self, planned: Iterable[dt.date], added: Iterable[Moment]) -> set[Sitting]:
        time = self.first.start.time
        return {
            *(self._sitting(Moment.at(day, time)) for day in planned),
            *(replace(self._sitting(date), is_added=True) for date in added),
        }

    def _sitting(self, original: Moment) -> Sitting:
        sitting = Sitting(original, moved(self.first, original))
        change = next((c for c in self.changes if _names(c.date, original)), None)
        if change is None:
            return sitting
        return replace(
            sitting,
            period=_period_of(self.first, sitting.period, change),
            status=change.status,
            title=change.title,
            is_exception=True,
        )

    def _fault_of_start(self) -> Fault | None:
        if not self.rule and not self.dates:
            return Fault(
                (),
                "",
                "ni règle ni dates : rien ne dit quand l’événement revient. Ajoutez « regle » "
                "ou « dates », ou retirez « recurrence ».",
            )
        start = self.first.start
        if self.first.is_approximate:
            return Fault(
                (),
                str(start),
                f"« {start} » est une date approximative : rien ne peut être compté à partir "
                "d’elle. Donnez à « debut » un jour précis, ou retirez « recurrence ».",
            )
        return None

    def _judged_originals(self) -> list[Moment]:
        """Return the planned dates in order, as far as the exceptions may name them.

        Raise ValueError past the years that dates know, and past the sittings that are allowed.
        """
        named = [self.first.last_day, *(change.date.last for change in self.changes)]
        planned = self._planned(max(named) + dt.timedelta(days=_BEYOND))
        time = self.first.start.time
        originals = {Moment.at(day, time) for day in planned} | self._added(planned)
        if len(originals) > MAX_SITTINGS and not self.is_endless:
            limit = f"{MAX_SITTINGS:,}".replace(",", "\u202f")
            raise ValueError(
                f"plus de {limit} séances : le calendrier n’en montre pas tant. "
                f"{_LIMITS[self.phrase is not None]}, ou espacez les séances."
            )
        return sorted(originals, key=lambda moment: moment.sort_key)

    def _faults_of_changes(self, originals: list[Moment]) -> Iterator[Fault]:
        changed: dict[Moment, Moment] = {}
        sound = True
        for number, change in enumerate(self.changes):
            found = [original for original in originals if _names(change.date, original)]
            message = _fault_of_date(change.date, found, originals)
            if not message and found[0] in changed:
                message = (
                    f"« {change.date} » : une autre exception vise déjà cette séance "
                    f"(« {changed[found[0]]} »). Gardez l’une des deux."
                )
            if message:
                yield Fault(("exceptions", number, "date"), str(change.date), message)
                sound = False
                continue
            changed[found[0]] = change.date
            for fault in _faults_of_change(self.first, found[0], change):
                yield Fault(("exceptions", number, *fault.path), fault.value, fault.message)
                sound = False
        if sound:
            yield from self._faults_of_collisions(originals)

    def _faults_of_collisions(self, originals: list[Moment]) -> Iterator[Fault]:
        """Yield a fault per sitting moved to where another one is held."""
        if not self.changes:
            return
        cancelled = [change.date for change in self.changes if change.is_cancelled]
        held = Counter(
            self._sitting(original).period.start
            for original in originals
            if not any(_names(date, original) for date in cancelled)
        )
        for number, change in enumerate(self.changes):
            if change.start is None or change.is_cancelled or change.start.is_approximate:
                continue
            if held[_at_hour(change.start, self.first.start)] > 1:
                yield Fault(
                    ("exceptions", number, "debut"),
                    str(change.start),
                    f"« {change.start} » : une autre séance est prévue à cette date. "
                    "Changez la date, ou annulez l’une des deux.",
                )


def _in_order(sittings: Iterable[Sitting]) -> tuple[Sitting, ...]:
    return tuple(sorted(sittings, key=lambda s: (s.period.sort_key, s.original.sort_key)))


def _touches(sitting: Sitting, first_day: dt.date, last_day: dt.date) -> bool:
    is_planned = first_day <= sitting.original.first <= last_day
    return is_planned or sitting.period.overlaps(first_day, last_day)


def _at_hour(date: Moment, start: Moment) -> Moment:
    """Return a bare day at the hour of the event, any other moment unchanged."""
    return Moment.at(date.first, start.time) if date.precision is Precision.DAY else date


def _names(date: Moment, original: Moment) -> bool:
    return date.first == original.first and date.time in (None, original.time)


def _period_of(first: Period, planned: Period, change: Change) -> Period:
    period = planned
    if change.start is not None:
        start = change.start
        if start.precision is Precision.DAY and not start.uncertain:
            start = _at_hour(start, first.start)
        period = moved(first, start)
    if change.end is not None:
        period = Period(period.start, parse_end(change.end, period.start))
    return period


def moved(first: Period, start: Moment) -> Period:
    """Return the period that starts at `start` and lasts as long as `first`."""
    end = first.end
    if start == first.start:
        return first
    if end is None or start.is_approximate or (start.time is None) is not (end.time is None):
        return Period(start)
    if end.time is None:
        return Period(start, Moment.at(start.first + (end.first - first.start.first), None))
    assert start.instant is not None
    assert start.time is not None
    assert first.duration is not None
    until = (start.instant.astimezone(dt.UTC) + first.duration).astimezone(PARIS)
    if until.fold:
        # The hour that October repeats has one name for two instants: a clock that had not been
        # put back tells a later end, never one before the start.
        until += dt.timedelta(hours=1)
    return Period(start, Moment.at(until.date(), until.time().replace(tzinfo=None)))


def _fault_of_rule(start: Moment, rule: Rule, recurrence: RecurrenceSet) -> str | None:
    """Return in French why a rule does not go with the start of the event."""
    last = rule.last_day(start)
    if last is not None and last < start.first:
        end = f"jusqu_au: {last}" if recurrence.phrase else f"UNTIL={rule.parts['UNTIL']}"
        return f"« {end} » précède le début ({start}). Corrigez l’un des deux."
    text = recurrence.text
    found = next(rule.matching(start.first), None)
    if found is None:
        return f"« {text} » ne donne aucun jour. Corrigez la règle ou retirez-la."
    if found != start.first:
        # RFC 5545, 3.8.5.3: what calendars make of such a start is not defined.
        return (
            f"« {text} » ne donne pas le jour de « debut » ({format_day(start.first, weekday=True)}"
            f"), mais d’abord {format_day(found, weekday=True)}. Écrivez « debut: "
            f"{Moment.at(found, start.time)} » (une exception peut déplacer cette séance), "
            "ou corrigez la règle."
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


def _faults_of_change(first: Period, original: Moment, change: Change) -> Iterator[Fault]:
    start = change.start
    told = (start, change.end, change.status, change.title)
    if all(value is None for value in told):
        yield Fault(
            (),
            str(change.date),
            f"« {change.date} » : l’exception ne change rien. Ajoutez « debut » ou « statut », "
            "ou retirez-la.",
        )
        return
    try:
        _period_of(first, moved(first, original), change)
    except ValueError as error:
        yield Fault(("fin",), str(change.end), str(error))
