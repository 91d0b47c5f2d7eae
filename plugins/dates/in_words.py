"""Dates, times, durations and public holidays in French words, in plain text.

Names come from CLDR (Babel), never from the process locale. No-break spaces are those of
``plugins.french.typography``: U+00A0 between a day and its month and around « h », U+202F between
groups of digits. The ordinals 1er and 4e stay plain; ``typeset_html`` raises them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from plugins.dates.moments import Moment, Period, Precision

_NBSP = "\u00a0"
_MONTHS: dict[int, str] = dict(get_month_names("wide", locale="fr"))
# CLDR shortens « avril » to « avr. »; French usage keeps it whole.
_SHORT_MONTHS: dict[int, str] = {**get_month_names("abbreviated", locale="fr"), 4: "avril"}
_WEEKDAYS: dict[int, str] = dict(get_day_names("wide", locale="fr"))
_SEASONS = {"21": "printemps", "22": "été", "23": "automne", "24": "hiver"}


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A calendar day and its French names."""

    date: dt.date

    @property
    def iso(self) -> str:
        """The day as ISO 8601, for `datetime` attributes."""
        return self.date.isoformat()

    @property
    def number(self) -> str:
        """« 1er », « 2 », … « 31 »."""
        return day_number(self.date.day)

    @property
    def month(self) -> str:
        """The name of the month."""
        return month_name(self.date.month)

    @property
    def month_short(self) -> str:
        """The abbreviation of the month."""
        return month_short(self.date.month)

    @property
    def year(self) -> int:
        """The year, a number."""
        return self.date.year

    @property
    def weekday(self) -> str:
        """« vendredi »."""
        return weekday_name(self.date.weekday())

    @property
    def full(self) -> str:
        """« 12 janvier 2024 »."""
        return format_day(self.date)

    @property
    def with_weekday(self) -> str:
        """« vendredi 12 janvier 2024 »."""
        return format_day(self.date, weekday=True)


def when(period: Period) -> str:
    """Return a period with its times: « mercredi 7 février 2024, de 17 h à 18 h 30 »."""
    if period.is_approximate:
        return f"{format_period(period, weekday=True)}, date à confirmer"
    start, end = period.start, period.end
    if start.time is None:
        return format_period(period, weekday=True)
    first = format_day(period.first_day, weekday=True)
    if end is None or end.time is None:
        return f"{first} à {format_time(start.time)}"
    if not period.is_several_days:
        until = "minuit" if end.time == dt.time(0) else format_time(end.time)
        return f"{first}, de {format_time(start.time)} à {until}"
    same_year = period.first_day.year == end.first.year
    last = format_day(end.first, weekday=True, year=not same_year)
    return f"du {first} à {format_time(start.time)} au {last} à {format_time(end.time)}"


def format_day(day: dt.date, *, weekday: bool = False, year: bool = True) -> str:
    """Return « lundi 25 mars 2024 »; the first of a month is « 1er »."""
    name = f"{_WEEKDAYS[day.weekday()]} " if weekday else ""
    tail = f" {day.year}" if year else ""
    return f"{name}{day_number(day.day)}{_NBSP}{_MONTHS[day.month]}{tail}"


def format_period(period: Period, *, weekday: bool = False, year: bool = True) -> str:
    """Return the days of a period, without times: « du 25 au 26 mars 2024 », « mars 2024 »."""
    if period.is_approximate:
        return _approximate_period(period)
    first, last = period.first_day, period.last_day
    if first == last:
        return format_day(first, weekday=weekday, year=year)
    end = format_day(last, weekday=weekday, year=year)
    if first.year != last.year:
        start = format_day(first, weekday=weekday, year=year)
    elif first.month != last.month:
        start = format_day(first, weekday=weekday, year=False)
    else:
        start = format_day(first, weekday=weekday, year=False).partition(_NBSP)[0]
    return f"du {start} au {end}"


def format_approximate(moment: Moment) -> str:
    """Return « 4e trimestre 2024 », « mars 2024 », « hiver 2024-2025 », « 2024 »; a day in full."""
    year = moment.first.year
    match moment.precision:
        case Precision.TIME | Precision.DAY:
            return format_day(moment.first)
        case Precision.MONTH:
            return month_year(year, moment.first.month)
        case Precision.QUARTER:
            return f"{_ordinal(moment.first.month // 3 + 1)}{_NBSP}trimestre {year}"
        case Precision.SEMESTER:
            return f"{_ordinal(moment.first.month // 6 + 1)}{_NBSP}semestre {year}"
        case Precision.SEASON:
            years = f"{year}-{moment.last.year}" if moment.last.year != year else str(year)
            return f"{_SEASONS[moment.text[5:7]]} {years}"
        case Precision.YEAR:
            return str(year)


def format_time(time: dt.time) -> str:
    """Return « 17 h », « 9 h 05 »."""
    minutes = f"{_NBSP}{time.minute:02}" if time.minute else ""
    return f"{time.hour}{_NBSP}h{minutes}"


def format_times(start: dt.time, end: dt.time | None = None) -> str:
    """Return « 17 h – 18 h 30 », or the start alone."""
    return format_time(start) if end is None else f"{format_time(start)}{_NBSP}– {format_time(end)}"


def format_duration(duration: dt.timedelta) -> str:
    """Return « 45 min », « 1 h 30 », « 2 jours »; raise ValueError for a negative one."""
    if duration < dt.timedelta(0):
        raise ValueError("Une durée ne peut pas être négative. Corrigez le début ou la fin.")
    hours, minutes = divmod(duration.seconds // 60, 60)
    parts = []
    if duration.days:
        parts.append(f"{duration.days}{_NBSP}{'jours' if duration.days > 1 else 'jour'}")
    if hours:
        parts.append(format_time(dt.time(hours, minutes)))
    elif minutes or not duration.days:
        parts.append(f"{minutes}{_NBSP}min")
    return " ".join(parts)


def day_cell(period: Period, month: tuple[int, int] | None = None) -> str:
    """Return the text of a period in the matrix, in the cell of a (year, month): « 12 », « 25–26 ».

    A period that crosses months points to the others (« 30 → », « → 2 », « → »); without a
    month given, it names them (« 30 mars – 2 avril »). A date vaguer than a day is
    « à confirmer », a doubtful day « 12 ? ».
    """
    first, last = period.first_day, period.last_day
    if any(m.precision not in (Precision.TIME, Precision.DAY) for m in _bounds(period)):
        return f"à{_NBSP}confirmer"
    if (first.year, first.month) == (last.year, last.month):
        cell = day_number(first.day) if first == last else f"{day_number(first.day)}–{last.day}"
    elif month is None:
        cell = f"{_short_day(first)}{_NBSP}– {_short_day(last)}"
    elif month == (first.year, first.month):
        cell = f"{day_number(first.day)}{_NBSP}→"
    elif month == (last.year, last.month):
        cell = f"→{_NBSP}{day_number(last.day)}"
    else:
        cell = "→"
    return f"{cell}\u202f?" if period.is_approximate else cell


def day_number(day: int) -> str:
    """Return « 1er », « 2 », … « 31 »."""
    return "1er" if day == 1 else str(day)


def weekday_name(weekday: int) -> str:
    """Return « lundi » for 0."""
    return _WEEKDAYS[weekday]


def month_name(month: int) -> str:
    """Return « janvier » for 1."""
    return _MONTHS[month]


def month_short(month: int) -> str:
    """Return « janv. » for 1; mars, avril, mai, juin and août stay whole."""
    return _SHORT_MONTHS[month]


def month_year(year: int, month: int) -> str:
    """Return « janvier 2024 »."""
    return f"{_MONTHS[month]} {year}"


def of_month(month: int) -> str:
    """Return « de mars », « d’avril »."""
    name = _MONTHS[month]
    return f"d\u2019{name}" if name[0] in "ao" else f"de {name}"


@lru_cache(maxsize=256)
def public_holidays(year: int) -> dict[dt.date, str]:
    """Return the name of each public holiday of a year, in order of date.

    Two that fall on one day share it, as on the 1st of May 2008: « Ascension et Fête du Travail ».
    The library knows those that can be foretold; a year beyond has none.
    """
    from holidays import country_holidays  # noqa: PLC0415 - slow to load, and grids alone need it

    found = country_holidays("FR", years=year, language="fr")
    return {day: " et ".join(found.get_list(day)) for day in sorted(found)}


def _approximate_period(period: Period) -> str:
    """Return both bounds of an approximate period, their common year or word said once."""
    start, end = period.start, period.end
    if end is None or end.text == start.text:
        return format_approximate(start)
    kinds = (start.precision, end.precision)
    same_year = start.first.year == end.first.year
    if kinds == (Precision.MONTH, Precision.MONTH):
        head = of_month(start.first.month) + ("" if same_year else f" {start.first.year}")
        return f"{head} à {format_approximate(end)}"
    if kinds == (Precision.YEAR, Precision.YEAR):
        return f"de {start.first.year} à {end.first.year}"
    if same_year and kinds in (
        (Precision.QUARTER, Precision.QUARTER),
        (Precision.SEMESTER, Precision.SEMESTER),
    ):
        return f"du {format_approximate(start).partition(_NBSP)[0]} au {format_approximate(end)}"
    if all(m.precision in (Precision.TIME, Precision.DAY) for m in (start, end)):
        if start.first == end.first:
            return format_day(start.first)
        return f"du {format_day(start.first, year=not same_year)} au {format_day(end.first)}"
    return f"{format_approximate(start)}{_NBSP}– {format_approximate(end)}"


def _bounds(period: Period) -> tuple[Moment, ...]:
    return (period.start,) if period.end is None else (period.start, period.end)


def _ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"


def _short_day(day: dt.date) -> str:
    return f"{day_number(day.day)}{_NBSP}{_SHORT_MONTHS[day.month]}"
