"""When an event comes back, in words: « chaque mois, le premier mardi, à 17 h, 6 fois »."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from plugins.dates.in_words import (
    day_number,
    format_day,
    format_time,
    month_name,
    of_month,
    weekday_name,
)
from plugins.dates.moments import Period
from plugins.dates.recurrence import RecurrenceSet
from plugins.dates.recurrence_rule import Rule, parse_rule
from plugins.french.typography import NBSP

_FEW = 3
_WORKING_DAYS = {0, 1, 2, 3, 4}
_NUMBERS = (
    *("un", "deux", "trois", "quatre", "cinq", "six"),
    *("sept", "huit", "neuf", "dix", "onze", "douze"),
)
_RANKS = {
    1: "premier",
    2: "deuxième",
    3: "troisième",
    4: "quatrième",
    5: "cinquième",
    -1: "dernier",
    -2: "avant-dernier",
}


def describe(recurrence: RecurrenceSet) -> str:
    """Return « chaque mois, le premier mardi, à 17 h, jusqu’au 30 juin 2024 ».

    Return nothing without a rule, or for a rule too particular for a short sentence.
    """
    first = recurrence.first
    rule = parse_rule(recurrence.rule) if recurrence.rule else None
    rule, months_off = _without_long_lists(rule) if rule else (None, ())
    rhythm = _RHYTHMS[rule.frequency](rule, first.start.first) if rule else ""
    if not rule or not rhythm:
        return ""
    if months_off:
        rhythm += f", sauf en {_listed([month_name(month) for month in months_off])}"
    end = ""
    if rule.count is not None:
        end = f"{rule.count}{NBSP}fois"
    elif (last := rule.last_day(first.start)) is not None:
        end = f"jusqu’au {format_day(last)}"
    dates = [format_day(date.first) for date in recurrence.dates]
    others = f"ainsi que {_listed([f'le {day}' for day in dates])}" if dates else ""
    if len(dates) > _FEW:
        others = f"ainsi que {len(dates)} autres jours"
    off = [format_day(day.first) for day in recurrence.excluded]
    without = f"sauf {_listed([f'le {day}' for day in off])}" if off else ""
    if len(off) > _FEW:
        without = f"sauf {len(off)} jours"
    return ", ".join(part for part in (rhythm, _hours(first), end, others, without) if part)


def _without_long_lists(rule: Rule) -> tuple[Rule, tuple[int, ...]]:
    """Return a rule of nearly all months as one of every month, and the months left out."""
    off = tuple(month for month in range(1, 13) if month not in rule.months)
    if rule.frequency == "YEARLY" or not rule.months or len(off) > _FEW:
        return rule, ()
    return replace(rule, months=()), off


def _daily(rule: Rule, _start: dt.date) -> str:
    if _is_every_working_day(rule):
        return "chaque jour du lundi au vendredi"
    if rule.days or rule.months or rule.month_days or rule.positions:
        return ""
    return (
        "chaque jour" if rule.interval == 1 else f"tous les {number_in_words(rule.interval)} jours"
    )


def _weekly(rule: Rule, start: dt.date) -> str:
    if rule.months or rule.positions:
        return ""
    if _is_every_working_day(rule):
        return "chaque jour du lundi au vendredi"
    names = [weekday_name(day) for _, day in sorted(rule.days)] or [weekday_name(start.weekday())]
    if len(names) == 1:
        if rule.interval == 1:
            return f"chaque {names[0]}"
        return f"un {names[0]} sur {number_in_words(rule.interval)}"
    head = (
        "chaque semaine"
        if rule.interval == 1
        else f"toutes les {number_in_words(rule.interval)} semaines"
    )
    return f"{head}, {_listed([f'le {name}' for name in names])}"


def _monthly(rule: Rule, start: dt.date) -> str:
    days = _days_of_month(rule) if _has_days(rule) else f"le {day_number(start.day)}"
    if not days:
        return ""
    if rule.months and rule.interval == 1:
        return f"en {_listed([month_name(month) for month in sorted(rule.months)])}, {days}"
    if rule.months:
        return ""
    head = (
        "chaque mois" if rule.interval == 1 else f"tous les {number_in_words(rule.interval)} mois"
    )
    return f"{head}, {days}"


def _yearly(rule: Rule, start: dt.date) -> str:
    if rule.weeks or rule.year_days or len(rule.months) > 1:
        return ""
    if _has_days(rule) and not rule.months:
        return ""
    month = rule.months[0] if rule.months else start.month
    days = _days_of_month(rule) if _has_days(rule) else f"le {day_number(start.day)}"
    if not days:
        return ""
    head = (
        "chaque année" if rule.interval == 1 else f"tous les {number_in_words(rule.interval)} ans"
    )
    of_its_month = NBSP + month_name(month) if days[-1].isdigit() or days.endswith("1er") else ""
    return f"{head} {days}{of_its_month or ' ' + of_month(month)}"


_RHYTHMS = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def _is_every_working_day(rule: Rule) -> bool:
    return (
        {day for _, day in rule.days} == _WORKING_DAYS
        and rule.interval == 1
        and not (rule.months or rule.month_days or rule.positions)
    )


def _has_days(rule: Rule) -> bool:
    return bool(rule.days or rule.month_days or rule.positions)


def _days_of_month(rule: Rule) -> str:
    """Return « le premier et le troisième mardi », « le 15 », nothing for a more complex rule."""
    if rule.month_days and not (rule.days or rule.positions):
        if rule.month_days == (-1,):
            return "le dernier jour"
        if min(rule.month_days) < 0:
            return ""
        return _listed([f"le {day_number(day)}" for day in sorted(rule.month_days)])
    ranks = [rank for rank, _ in rule.days]
    weekdays = {day for _, day in rule.days}
    if rule.positions and ranks == [0]:
        ranks = list(rule.positions)
    elif rule.positions:
        return ""
    if rule.month_days or len(weekdays) != 1 or not set(ranks) <= _RANKS.keys():
        return ""
    ranks.sort(key=lambda rank: (rank < 0, rank))
    return f"{_listed([f'le {_RANKS[rank]}' for rank in ranks])} {weekday_name(weekdays.pop())}"


def number_in_words(number: int) -> str:
    """Return « deux » for 2, up to « douze »; digits beyond."""
    return _NUMBERS[number - 1] if number <= len(_NUMBERS) else str(number)


def _listed(items: list[str]) -> str:
    return " et ".join(part for part in (", ".join(items[:-1]), items[-1]) if part)


def _hours(first: Period) -> str:
    start, end = first.start.time, first.end.time if first.end else None
    if start is None:
        return ""
    if end is None or first.is_several_days:
        return f"à {format_time(start)}"
    return f"de {format_time(start)} à {'minuit' if end == dt.time(0) else format_time(end)}"
