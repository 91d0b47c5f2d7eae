"""Days, hours and vaguer dates as French says them: « du 25 mars 9h au 26 mars 17h », « T4 2027 ».

What is left out comes from the other end of the period, else from today: the next date is meant.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import isleap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from babel.dates import get_day_names, get_month_names

from plugins.dates.in_words import format_day, weekday_name
from plugins.dates.moments import Moment, Period, Precision
from plugins.dates.parsing import SEASONS, checked_day, parse_end, parse_moment
from plugins.faults import shorten
from plugins.french.typography import plain

_LONGEST = 500
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"


@dataclass(frozen=True, slots=True)
class SaidText:
    """A text as written, and the same without accents nor capitals, sign for sign."""

    written: str
    plain: str

    @classmethod
    def of(cls, text: str) -> SaidText:
        """Return a text on one line; raise ValueError for one that is too long to be a date."""
        written = " ".join(unicodedata.normalize("NFC", text).split()).rstrip(" .,;")
        if len(written) > _LONGEST:
            raise ValueError(
                f"{shorten(written)} est trop long pour une date. Écrivez la date seule."
            )
        return cls(written, "".join(map(_bare, plain(written))))

    def part(self, start: int, end: int | None = None) -> SaidText:
        """Return a part of the text, without the spaces and commas around it."""
        whole = self.plain[start:end]
        begin = start + len(whole) - len(whole.lstrip(" ,"))
        kept = whole.strip(" ,")
        return SaidText(self.written[begin : begin + len(kept)], kept)


def _bare(sign: str) -> str:
    if sign in _DASHES:
        return "-"
    folded = unicodedata.normalize("NFKD", sign)[0].casefold()
    return folded if len(folded) == 1 else sign


def _names(names: Mapping[int, str], shorts: Mapping[int, str]) -> dict[str, int]:
    """Return the numbers of names by name and by abbreviation, without accents nor capitals."""
    found: dict[str, int] = {}
    for number, name in names.items():
        found["".join(map(_bare, name))] = number
        found["".join(map(_bare, shorts[number])).rstrip(".")] = number
    return found


_MONTHS = _names(get_month_names("wide", locale="fr"), get_month_names("abbreviated", locale="fr"))
_MONTHS |= {"fev": 2, "avr": 4, "sep": 9}
_DAYS = _names(get_day_names("wide", locale="fr"), get_day_names("abbreviated", locale="fr"))
# A winter lasts over two years: it has a form of its own.
_SEASONS = {name: code for name, code in SEASONS.items() if name != "hiver"}
_RANKS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_RELATIVE = {"aujourd'hui": 0, "demain": 1, "apres-demain": 2}


def one_of(words: Collection[str]) -> str:
    """Return a pattern of words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


DAY_NAME = rf"(?:{one_of([weekday_name(number) for number in range(7)])})"


def time_pattern(name: str, *, short: bool = False) -> str:
    """Return the pattern of a time; a short one may be a number alone, before « à 10h »."""
    unit = "?" if short else ""
    return (
        rf"(?:(?P<{name}h>[0-9]{{1,2}})(?::(?P<{name}m>[0-9]{{2}})(?![0-9:])"
        rf"|(?: ?h(?:eures?)?(?: ?(?P<{name}n>[0-9]{{2}})(?![0-9]))?){unit})(?!\w)"
        rf"|(?P<{name}w>midi|minuit)\b)"
    )


AT = r"(?:,? ?(?:a |de |des |a partir de )| ?, ?| ?: | |t(?=[0-9]{2}:))"
TO = r"(?: ?- ?| (?:a|jusqu'a) )"


def _bound(n: int, *, timed: bool = True) -> str:
    """Return the pattern of a day, with its time or not, or of a vaguer date; parts may miss."""
    year = rf"(?P<y{n}>[0-9]{{4}})(?![0-9])"
    day = rf"(?P<d{n}>[0-9]{{1,2}})(?:er)?"
    month = rf"(?P<m{n}>{one_of(_MONTHS)})\b\.?"
    weekday = rf"(?:(?P<wd{n}>{one_of(_DAYS)})\b\.? )?"
    rank = rf"(?P<r{n}>[1-4]|{one_of(_RANKS)})(?:er|eme|e)?"
    numbers = (
        rf"(?P<iy{n}>[0-9]{{4}})[-/](?P<im{n}>[0-9]{{2}})[-/](?P<id{n}>[0-9]{{2}})(?![0-9])"
        rf"|(?P<nd{n}>[0-9]{{1,2}})(?:(?P<ns{n}>[/.-])(?P<nm{n}>[0-9]{{1,2}})(?P=ns{n})"
        rf"(?P<ny{n}>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
        rf"|/(?P<nn{n}>[0-9]{{1,2}})(?![0-9/]))"
    )
    days = (
        rf"(?:{weekday}(?:le )?(?:{numbers}|{day}(?: {month}(?: {year})?)?)"
        rf"|(?P<rel{n}>{one_of(_RELATIVE)})\b|(?P<nx{n}>{one_of(_DAYS)}) prochain\b)"
        rf"(?:{AT}{time_pattern(f't{n}')}){'?' if timed else '{0}'}"
    )
    of_year = rf"(?: (?:de )?(?P<py{n}>[0-9]{{4}})(?![0-9]))?"
    parts = (
        rf"(?P<pm{n}>{one_of(_MONTHS)})\b\.?{of_year}"
        rf"|(?P<ps{n}>{one_of(_SEASONS)}){of_year.replace('py', 'sy')}"
        rf"|hiver(?: (?P<w{n}>[0-9]{{4}})(?:[-/](?P<ww{n}>[0-9]{{4}}))?)?"
        rf"|{rank} (?P<k{n}>trimestre|semestre){of_year.replace('py', 'ky')}"
        rf"|(?P<l{n}>[tsq])(?P<ln{n}>[1-4]){of_year.replace('py', 'ly')}"
        rf"|(?P<iso{n}>[0-9]{{4}}(?:-(?:[0-9]{{2}}|[tsq][0-9]))?)(?![0-9-])"
    )
    return rf"(?:(?P<days{n}>{days})|(?P<parts{n}>{parts}))"


_LEADING = r"(?:(?:le|du|de|en|des|d'(?=[aeio])|a l'|au|de l'|l') ?)?"
_BETWEEN = r"(?P<between> ?[-/] ?| (?:jusqu'au|jusqu'a|au|a|et) )(?:l'|le )?"
_HOURS = rf"{AT}{time_pattern('a', short=True)}{TO}{time_pattern('b')}"
_ONE_OR_TWO = re.compile(rf"{_LEADING}{_bound(1)}(?:{_BETWEEN}{_bound(2)})?")
_DAY_AND_HOURS = re.compile(rf"{_LEADING}{_bound(1, timed=False)}{_HOURS}")
_DAYS_AND_HOURS = re.compile(rf"{_LEADING}{_bound(1)}{_BETWEEN}{_bound(2, timed=False)}{_HOURS}")
# A period within a longer text: « du 7 janvier au 24 juin 2027 ».
SPAN = rf"(?:du |de |d')(?:le )?{_bound(1)} (?:au|a) (?:le )?{_bound(2)}"


@dataclass(frozen=True, slots=True)
class _Bound:
    """A day or a vaguer date as said, parts of which may be missing.

    `part` is a code of EDTF as a header writes it (`03`, `T4`, `S1`, `23`); a day alone may turn
    out to be the rank of a quarter.
    """

    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    weekday: int | None = None
    time: str = ""

    @property
    def is_number(self) -> bool:
        """True for « 25 » in « 25-26 mars », « 1er » in « du 1er au 2e trimestre »."""
        return self.day is not None and self.month is None

    @property
    def is_year(self) -> bool:
        """True for « 2027 »."""
        return self.day is None and not self.part

    def moment(self, year: int) -> Moment:
        """Return the moment of a year; raise ValueError for a day that does not exist."""
        if self.month is None or self.day is None:
            return parse_moment(f"{year}-{self.part}" if self.part else str(year))
        day = checked_day(self.text, str(year), str(self.month), str(self.day))
        if self.weekday is not None and day.weekday() != self.weekday:
            raise ValueError(
                f"{shorten(self.text)} : le {format_day(day)} est un {weekday_name(day.weekday())}"
                f", non un {weekday_name(self.weekday)}. Corrigez l’un des deux."
            )
        return parse_moment(f"{day} {self.time}".strip())

    def exists(self, year: int) -> bool:
        """Return False for the 29th of February of a common year."""
        return (self.month, self.day) != (2, 29) or isleap(year)


def read_period(said: SaidText, today: dt.date) -> Period | None:
    """Return the period that a text says, None when it has not the form of one."""
    if found := _DAY_AND_HOURS.fullmatch(said.plain):
        bound = _bound_of(said, found, 1, today)
        if bound.month is None:
            return None
        start, end = clock(found, "a"), clock(found, "b")
        first = _next(replace(bound, time=start), today)
        return Period(first, end_of_hours(first, end))
    if found := _DAYS_AND_HOURS.fullmatch(said.plain):
        days = said.part(0, found.end("days2")).written
        raise ValueError(
            f"{shorten(said.written)} : on ne sait pas si l’événement dure aussi la nuit. Écrivez "
            "« du 25 mars 9h au 26 mars 17h » s’il dure du début à la fin ; sinon "
            f"{shorten(days)}, ou un jour par séance dans « seances »."
        )
    if not (found := _ONE_OR_TWO.fullmatch(said.plain)):
        return None
    first_bound = _bound_of(said, found, 1, today)
    if found["between"] is None:
        return None if first_bound.is_number else Period(_next(first_bound, today))
    second_bound = _bound_of(said, found, 2, today)
    if second_bound.is_number or (second_bound.is_year and first_bound.year is None):
        return None
    bounds = _both(first_bound, second_bound, today)
    if found["between"].strip() == "et":
        _check_neighbours(said, *bounds)
    return Period(*bounds)


def end_of_hours(start: Moment, end: str) -> Moment:
    """Return the end at a time of the day of the start, « minuit » being the end of the day."""
    if end == "minuit":
        return parse_moment(f"{start.first + dt.timedelta(days=1)} 00:00")
    return parse_end(end, start)


def _check_neighbours(said: SaidText, start: Moment, end: Moment) -> None:
    days = {start.precision, end.precision} == {Precision.DAY}
    if not days or end.first - start.first != dt.timedelta(days=1):
        raise ValueError(
            f"{shorten(said.written)} : ces dates ne sont pas deux jours qui se suivent. Écrivez "
            "la première ; les autres vont dans « seances »."
        )


def clock(found: re.Match[str], name: str) -> str:
    """Return a time as headers write it; midnight is the end of a day only."""
    if word := found[f"{name}w"]:
        return "12:00" if word == "midi" else "minuit"
    hour = found[f"{name}h"]
    return f"{int(hour):02}:{found[f'{name}m'] or found[f'{name}n'] or '00'}" if hour else ""


def _bound_of(said: SaidText, found: re.Match[str], n: int, today: dt.date) -> _Bound:
    """Return the bound that a match holds; refuse what French leaves open."""
    kind = "days" if found[f"days{n}"] else "parts"
    text = said.part(*found.span(f"{kind}{n}")).written
    if kind == "parts":
        return _part_of(text, found, n, today)
    time = clock(found, f"t{n}")
    if time == "minuit":
        raise ValueError(f"{shorten(text)} : écrivez 00:00, à la date du jour qui commence.")
    if word := found[f"rel{n}"]:
        day = today + dt.timedelta(days=_RELATIVE[word])
        return _Bound(text, day.year, day.month, day.day, time=time)
    if word := found[f"nx{n}"]:
        day = _coming(text, _DAYS[word], today)
        return _Bound(text, day.year, day.month, day.day, time=time)
    weekday = _DAYS[found[f"wd{n}"]] if found[f"wd{n}"] else None
    year = found[f"iy{n}"] or found[f"ny{n}"] or found[f"y{n}"]
    if year and len(year) == 2:
        year = f"20{year}"
    month = found[f"im{n}"] or found[f"nm{n}"] or found[f"nn{n}"]
    if name := found[f"m{n}"]:
        month = str(_MONTHS[name])
    day_number = found[f"id{n}"] or found[f"nd{n}"] or found[f"d{n}"]
    return _Bound(
        text,
        int(year) if year else None,
        int(month) if month else None,
        int(day_number),
        weekday=weekday,
        time=time,
    )


def _part_of(text: str, found: re.Match[str], n: int, today: dt.date) -> _Bound:
    """Return a month, quarter, semester, season or year."""
    if written := found[f"iso{n}"]:
        year, _, part = written.upper().partition("-")
        return _Bound(text, int(year), part=part)
    year = found[f"py{n}"] or found[f"sy{n}"] or found[f"ky{n}"] or found[f"ly{n}"]
    if name := found[f"pm{n}"]:
        part = f"{_MONTHS[name]:02}"
    elif name := found[f"ps{n}"]:
        part = str(_SEASONS[name])
    elif kind := found[f"k{n}"]:
        rank = found[f"r{n}"]
        part = f"{kind[0].upper()}{_RANKS.get(rank) or rank}"
    elif letter := found[f"l{n}"]:
        part = f"{letter.upper()}{found[f'ln{n}']}"
    else:
        return _Bound(text, _winter(text, found[f"w{n}"], found[f"ww{n}"], today), part="24")
    return _Bound(text, int(year) if year else None, part=part)


def _winter(text: str, first: str | None, second: str | None, today: dt.date) -> int:
    """Return the year in which a winter begins; a winter of one year may be either of two."""
    if first and second and int(second) == int(first) + 1:
        return int(first)
    year = int(first or today.year + 1)
    raise ValueError(
        f"{shorten(text)} : un hiver tient sur deux années. Écrivez « hiver {year - 1}-{year} » ou "
        f"« hiver {year}-{year + 1} »."
    )


def _coming(text: str, weekday: int, today: dt.date) -> dt.date:
    """Return « mardi prochain » when the next one is also the one of next week."""
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    day = today + dt.timedelta(days=ahead)
    if weekday > today.weekday():
        later = day + dt.timedelta(days=7)
        raise ValueError(
            f"{shorten(text)} peut être le {format_day(day)} ou le {format_day(later)}. "
            "Écrivez le jour."
        )
    return day


def _next(bound: _Bound, today: dt.date) -> Moment:
    """Return the moment of a bound; without a year, the next one from today.

    A day that no year has is refused; the weekday is judged on the day that is meant.
    """
    if bound.year is not None:
        return bound.moment(bound.year)
    bare = replace(bound, weekday=None, time="")
    year = today.year
    while not bare.exists(year) or bare.moment(year).last < today:
        year += 1
    return bound.moment(year)


def _both(first: _Bound, second: _Bound, today: dt.date) -> tuple[Moment, Moment]:
    """Return the two moments of a period; each takes what it leaves out from the other."""
    if first.is_number:
        if second.part[:1] in ("T", "S", "Q"):
            first = replace(first, day=None, part=f"{second.part[0]}{first.day}", year=second.year)
        else:
            first = replace(first, month=second.month, year=second.year)
    elif first.year is None and second.year is not None:
        follows = _order(first) > _order(second)
        first = replace(first, year=second.year - 1 if follows else second.year)
    start = _next(first, today)
    if second.year is None:
        year = start.first.year
        if not first.is_number and _order(second) < _order(first):
            year += 1
        second = replace(second, year=year)
    assert second.year is not None
    return start, second.moment(second.year)


def _order(bound: _Bound) -> tuple[int, int]:
    """Return the place of a bound within a year: month and day."""
    if bound.part:
        first = parse_moment(f"2000-{bound.part}").first
        return first.month, first.day
    return bound.month or 1, bound.day or 1
