"""Recurrences as French says them: « chaque premier mardi à 8h30, sauf août, 10 fois ».

The phrase is that of `chaque` in a header (`recurrence_phrases`); around it stand the hours, the
exceptions and the end. The first day is the first one that matches, from today or from the day or
month that is said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from plugins.dates.in_words import month_name
from plugins.dates.moments import Moment, Period, Precision
from plugins.dates.parsing import parse_moment
from plugins.dates.recurrence import RecurrenceSet
from plugins.dates.recurrence_phrases import NUMBERS, excluded, rule_of, without_months
from plugins.dates.recurrence_rule import Rule, parse_rule
from plugins.dates.said_periods import (
    AT,
    SPAN,
    TO,
    SaidText,
    clock,
    end_of_hours,
    one_of,
    read_period,
    time_pattern,
)
from plugins.faults import shorten

_MAX_TIMES = 1000
_MONTHS = 12
_RETURNS = re.compile(
    r"(?:chaque|tous|toutes|les) |un [a-z]+ sur |.*\b(?:du|de chaque|de tous les) mois\b"
    r"|.*\bune semaine sur |en .*,"
)
_CLAUSES = re.compile(
    rf",? ?de {time_pattern('a', short=True)}{TO}{time_pattern('b')}(?!\w)"
    rf"|{AT}{time_pattern('c')}{TO}{time_pattern('d')}(?!\w)"
    rf"|{AT}{time_pattern('e')}(?!\w)"
    rf"|,? (?P<span>{SPAN})(?!\w)"
    r"|,? (?P<without>sauf|excepte|hors) "
    r"|,? (?P<others>ainsi que) "
    r"|,? (?P<since>a (?:partir|compter) d(?:u |e |')|depuis (?:le )?|des (?!mois)(?:le )?)"
    r"|,? (?P<until>jusqu')(?=au |en |a (?:la )?fin )"
    rf"|,? (?P<times>[0-9]+|{one_of(NUMBERS)}) (?:fois|seances)\b"
)


@dataclass(frozen=True, slots=True)
class SaidRecurrence:
    """An event that comes back: its first period, and the parts of `recurrence` in a header."""

    first: Period
    every: str
    without: tuple[str, ...] = ()
    until: str | None = None
    times: int | None = None
    dates: tuple[str, ...] = ()


@dataclass
class _Clauses:
    """What stands around the phrase, each said once but for the exceptions."""

    hours: list[tuple[str, str]] = field(default_factory=list)
    without: list[SaidText] = field(default_factory=list)
    others: list[SaidText] = field(default_factory=list)
    since: list[SaidText] = field(default_factory=list)
    until: list[SaidText] = field(default_factory=list)
    spans: list[SaidText] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    @property
    def are_single(self) -> bool:
        """True when no clause is said twice; a span says both ends."""
        starts, ends = [*self.spans, *self.since], [*self.spans, *self.until]
        return all(len(clauses) <= 1 for clauses in (self.hours, starts, ends, self.times))


def read_recurrence(said: SaidText, today: dt.date) -> SaidRecurrence | None:
    """Return the recurrence that a text says, None when it has not the form of one.

    Raise ValueError for one that cannot be, or whose days are left open.
    """
    if not _RETURNS.match(said.plain):
        return None
    phrase, clauses = _clauses(said)
    if clauses is None or not clauses.are_single:
        return None
    try:
        rule = rule_of(phrase.written)
    except ValueError:
        return None
    months, days = _months_and_days(clauses.without)
    _check_months(said, rule, months)
    parsed = parse_rule(without_months(rule, months))
    span = _span(clauses.spans, today)
    since = span.start if span else _since(clauses.since, today)
    _check_is_sure(phrase, parsed, since)
    first_day, days = _first_day(phrase, parsed, since.first if since else today, days)
    start, end = clauses.hours[0] if clauses.hours else ("", "")
    first = parse_moment(f"{first_day} {start}".strip())
    found = SaidRecurrence(
        Period(first, end_of_hours(first, end) if end else None),
        _every(phrase),
        (*(month_name(month) for month in months), *map(str, days)),
        str(span.last_day) if span else _until(clauses.until, first_day),
        next(iter(clauses.times), None),
        tuple(map(str, _days(clauses.others))),
    )
    _check(said, found, without_months(rule, months), days)
    return found


def _clauses(said: SaidText) -> tuple[SaidText, _Clauses | None]:
    """Return the phrase, and the clauses after it: None when one of them is not understood."""
    matches = list(_CLAUSES.finditer(said.plain))
    starts = [*(found.start() for found in matches), len(said.plain)]
    phrase = said.part(0, starts[0])
    clauses = _Clauses()
    for found, end in zip(matches, starts[1:], strict=True):
        content = said.part(found.end(), end)
        for name in ("without", "others", "since", "until"):
            if found[name]:
                getattr(clauses, name).append(content)
                break
        else:
            if content.plain:
                return phrase, None
            if found["span"]:
                clauses.spans.append(said.part(*found.span("span")))
            elif times := found["times"]:
                clauses.times.append(NUMBERS.get(times) or int(times))
            else:
                clauses.hours.append(_hours(found))
    return phrase, clauses


def _hours(found: re.Match[str]) -> tuple[str, str]:
    if found["eh"] or found["ew"]:
        return clock(found, "e"), ""
    if found["ah"] or found["aw"]:
        return clock(found, "a"), clock(found, "b")
    return clock(found, "c"), clock(found, "d")


def _items(texts: Iterable[SaidText]) -> list[SaidText]:
    """Return the items of lists « le 4 mai 2027 et le 11 mai 2027 »."""
    items = []
    for text in texts:
        cuts = [
            found.span()
            for found in re.finditer(r", ?(?:et )?| et |(?<=[a-z])-(?=[a-z])", text.plain)
        ]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text.plain)]
        items += [text.part(start, end) for start, end in zip(starts, ends, strict=True)]
    return items


def _months_and_days(texts: Iterable[SaidText]) -> tuple[tuple[int, ...], list[Moment]]:
    """Return the months, and the days with their year, of lists."""
    months: dict[int, None] = {}
    days: list[Moment] = []
    for item in _items(texts):
        if re.search(r"[0-9](?:er)? [^\W0-9]+$", item.plain):
            raise ValueError(f"{shorten(item.written)} : ajoutez l’année de ce jour.")
        found = excluded(item.written)
        if isinstance(found, Moment):
            days.append(found)
        else:
            months |= dict.fromkeys(found)
    return tuple(months), days


def _days(texts: Iterable[SaidText]) -> list[Moment]:
    months, days = _months_and_days(texts)
    if months:
        raise ValueError("« ainsi que » : écrivez des jours, par exemple « 4 mai 2027 ».")
    return days


def _check_months(said: SaidText, rule: str, months: tuple[int, ...]) -> None:
    if months and (rule.startswith("FREQ=YEARLY") or "BYMONTH=" in rule):
        raise ValueError(
            f"{shorten(said.written)} : les mois où l’événement revient sont déjà dits. Retirez "
            "ceux qui suivent « sauf »."
        )
    if len(months) == _MONTHS:
        raise ValueError(f"{shorten(said.written)} : tous les mois sont exclus. Retirez-en.")


def _span(texts: list[SaidText], today: dt.date) -> Period | None:
    """Return the period « du 7 janvier au 24 juin 2027 », in which the event comes back."""
    if not texts:
        return None
    (text,) = texts
    found = read_period(text, today)
    if found is None or found.start.time is not None or not re.search(r"[0-9]{4}", text.plain):
        raise ValueError(
            f"{shorten(text.written)} n’est pas une période d’une année connue. Écrivez par "
            "exemple « du 7 janvier au 24 juin 2027 »."
        )
    return found


def _since(texts: list[SaidText], today: dt.date) -> Moment | None:
    """Return the day, or the month, from which the event comes back, None when it is not said."""
    if not texts:
        return None
    (text,) = texts
    found = read_period(text, today)
    if found is None or found.end is not None or found.start.time is not None:
        raise ValueError(
            f"{shorten(text.written)} n’est ni un jour ni un mois. Écrivez par exemple "
            "« à partir du 26 février 2027 » ou « à partir de septembre 2027 »."
        )
    if re.search(r"[0-9]{4}", text.plain) or found.start.first >= today:
        return found.start
    return replace(found.start, first=today)


def _check_is_sure(phrase: SaidText, rule: Rule, since: Moment | None) -> None:
    """Refuse a rhythm whose day or week is left open."""
    names_days = rule.frequency == "DAILY" or rule.days or rule.month_days
    if not names_days and (since is None or since.precision is not Precision.DAY):
        raise ValueError(
            f"{shorten(phrase.written)} ne dit pas quel jour. Ajoutez le premier jour, par exemple "
            "« à partir du 26 février 2027 »."
        )
    if rule.interval > 1 and since is None:
        raise ValueError(
            f"{shorten(phrase.written)} ne dit pas quand cela commence. Ajoutez par exemple "
            "« à partir du 26 février 2027 »."
        )


def _first_day(
    phrase: SaidText, rule: Rule, begin: dt.date, without: list[Moment]
) -> tuple[dt.date, list[Moment]]:
    """Return the first day that is held, and the days without the event that come after it.

    The interval is counted from that day.
    """
    off = {day.first: day for day in without}
    for day in replace(rule, interval=1).matching(begin):
        if day not in off:
            return day, list(off.values())
        del off[day]
    raise ValueError(f"{shorten(phrase.written)} ne donne aucun jour. Corrigez-le.")


_UNTIL = re.compile(r"(?:(?P<day>au )|(?P<whole>en |a (?:la )?fin (?:de |d'|du )?))")


def _until(texts: list[SaidText], first_day: dt.date) -> str | None:
    """Return the last day: « jusqu’au 30 juin » or the last of a month, a quarter, a year."""
    if not texts:
        return None
    (text,) = texts
    word = _UNTIL.match(text.plain)
    found = read_period(text.part(word.end()), first_day) if word else None
    is_day = found is not None and found.start.precision is Precision.DAY
    if (
        word is None
        or found is None
        or found.end is not None
        or found.start.time is not None
        or is_day is not bool(word["day"])
    ):
        raise ValueError(
            f"{shorten('jusqu’' + text.written)} n’est pas compris. Écrivez par exemple "
            "« jusqu’au 30 juin 2027 »."
        )
    return str(found.start.last)


def _every(phrase: SaidText) -> str:
    """Return a phrase as the guide writes it after `chaque`: « premier mardi du mois »."""
    found = re.match(r"(?:chaque |les? )*(?P<mois>mois,? les? )?", phrase.plain)
    assert found is not None
    return phrase.part(found.end()).written + (" du mois" if found["mois"] else "")


def _check(said: SaidText, found: SaidRecurrence, rule: str, without: list[Moment]) -> None:
    """Refuse what the header of an event would refuse."""
    if found.until and found.times is not None:
        raise ValueError(
            f"{shorten(said.written)} : « jusqu’au » et « fois » disent tous deux la fin. "
            "Gardez l’un des deux."
        )
    if found.times is not None and not 1 <= found.times <= _MAX_TIMES:
        raise ValueError(f"{shorten(said.written)} : écrivez de 1 à 1\u202f000 fois.")
    if found.until:
        rule += f";UNTIL={found.until.replace('-', '')}"
    elif found.times:
        rule += f";COUNT={found.times}"
    dates = tuple(map(parse_moment, found.dates))
    recurrence = RecurrenceSet(found.first, rule, dates, (), tuple(without), found.every)
    for fault in recurrence.faults():
        raise ValueError(fault.message)
