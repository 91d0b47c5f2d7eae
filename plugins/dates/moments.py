"""When something happens or was published: moments, periods and publication dates.

An editor writes a day, a local time or an approximate date; this module turns that text into a
value that sorts, compares and tells which days and months it may fall on. Wall-clock times are
those of Europe/Paris. Every error is a ``ValueError`` whose French sentence quotes the value and
says what to write instead; the caller adds file, line and field.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import get_month_names
from dateutil import parser as dateutil_parser  # type: ignore[import-untyped]
from edtf import parse_edtf
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

PARIS = ZoneInfo("Europe/Paris")
YEARS = range(1800, 2200)

T = TypeVar("T")


class Precision(StrEnum):
    """How closely a moment is known, from the finest to the coarsest."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    SEMESTER = "semester"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar, as closely as it is known.

    ``first`` and ``last`` are the days it may fall on, both included; ``time`` is the wall clock
    of Europe/Paris; ``uncertain`` is the EDTF qualifier ``?``, ``~`` or ``%``; ``text`` is the
    canonical form (ISO 8601-1 for a day or a time, EDTF of ISO 8601-2 for an approximate date).
    """

    first: dt.date
    last: dt.date
    time: dt.time | None
    precision: Precision
    uncertain: bool
    text: str

    @property
    def is_approximate(self) -> bool:
        """Tell whether no calendar may show it as a sure day."""
        return self.uncertain or self.precision not in (Precision.TIME, Precision.DAY)

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Return the key that puts an approximate moment after every dated one of its span.

        Within one day, whole days come before times; approximate moments that end on the same
        day come from the narrowest to the widest.
        """
        if self.is_approximate:
            return (self.last.toordinal(), 1, -self.first.toordinal(), self.text)
        if self.instant is None:
            return (self.first.toordinal(), 0, -1, self.text)
        minutes = self.instant.hour * 60 + self.instant.minute
        return (self.first.toordinal(), 0, minutes, self.text)

    @property
    def instant(self) -> dt.datetime | None:
        """Return the aware Paris time, or None when no time is given.

        A time inside the spring gap is read with the offset before the gap, so 2024-03-31 02:30
        is 03:30 CEST; one that occurs twice in autumn is the first (RFC 5545, 3.3.5).
        """
        if self.time is None:
            return None
        return _in_paris(dt.datetime.combine(self.first, self.time))

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Return each (year, month) that it may fall in."""
        return _months(self.first, self.last)

    def __str__(self) -> str:
        """Return what an editor would write."""
        return self.text.replace("T", " ")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read a field of this type with ``parse_moment``."""
        return _text_schema(cls, parse_moment, lambda moment: moment.text)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the field to the editor's tools."""
        return {
            "type": "string",
            "description": (
                "Un jour (2024-03-25), une heure de Paris (2024-02-07 17:00) ou une date "
                "approximative : un mois (2024-03), un trimestre (2024-T4), un semestre "
                "(2024-S1), une saison (2024-21, printemps, à 2024-24, hiver) ou une année "
                "(2024). Un « ? » à la fin signale une date à confirmer."
            ),
            "examples": ["2024-03-25", "2024-02-07 17:00", "2024-03", "2024-T4", "2024-S1", "2024"],
        }


@dataclass(frozen=True, slots=True)
class Period:
    """What lasts from a start to an end, or has no known end.

    Raise ValueError when the end precedes the start, or when only one of them has a time.
    """

    start: Moment
    end: Moment | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be shown or put in a calendar."""
        if self.end is not None:
            _check_order(self.start, self.end)

    @property
    def first_day(self) -> dt.date:
        """Return the first day that it may touch."""
        return self.start.first

    @property
    def last_day(self) -> dt.date:
        """Return the last day that it may touch; an end at midnight belongs to the day before."""
        if self.end is None:
            return self.start.last
        last = self.end.last
        if self.end.time == dt.time(0) and last > self.start.first:
            last -= dt.timedelta(days=1)
        return max(self.start.last, last)

    @property
    def is_approximate(self) -> bool:
        """Tell whether one of its bounds is approximate."""
        return self.start.is_approximate or (self.end is not None and self.end.is_approximate)

    @property
    def is_several_days(self) -> bool:
        """Tell whether it is known to touch more than one day."""
        return not self.is_approximate and self.first_day != self.last_day

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Return each day that it may touch."""
        span = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + dt.timedelta(days=n) for n in range(span))

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Return each (year, month) that it may touch."""
        return _months(self.first_day, self.last_day)

    @property
    def duration(self) -> dt.timedelta | None:
        """Return the time elapsed, whole days for dates without a time, None when unknown."""
        if self.is_approximate:
            return None
        if self.start.instant is None:
            return dt.timedelta(days=len(self.days))
        if self.end is None or self.end.instant is None:
            return None
        return self.end.instant.astimezone(dt.UTC) - self.start.instant.astimezone(dt.UTC)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """Return the aware Paris times between which all of it falls, the second one excluded.

        Without a time, these are the midnights around the days it may touch; with a start time
        and no end, both are the start.
        """
        start = self.start.instant or _in_paris(_midnight(self.first_day))
        if self.end is not None and self.end.instant is not None:
            return start, self.end.instant
        if self.start.instant is not None:
            return start, start
        return start, _in_paris(_midnight(self.last_day + dt.timedelta(days=1)))

    @property
    def sort_key(self) -> tuple[tuple[int, int, int, str], int]:
        """Return the key of its start, then of its last day, the shortest first."""
        return (self.start.sort_key, self.last_day.toordinal())

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether it may touch a day from ``first`` to ``last``, both included."""
        return self.first_day <= last and self.last_day >= first


@dataclass(frozen=True, slots=True)
class Published:
    """When a content was published or modified: an aware Paris time, midnight for a mere day."""

    instant: dt.datetime
    has_time: bool

    @property
    def day(self) -> dt.date:
        """Return the day in Paris."""
        return self.instant.date()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read a field of this type with ``parse_publication``."""
        return _text_schema(cls, parse_publication, lambda value: value.instant.isoformat())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the field to the editor's tools."""
        return {
            "type": "string",
            "description": "Un jour (2024-01-08) ou une heure de Paris (2024-01-08 09:30).",
            "examples": ["2024-01-08", "2024-01-08 09:30"],
        }


_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::00)?| ?h(?: ?(?P<after_h>[0-9]{2}))?)"
_TIME_ALONE = re.compile(_TIME)
_DAY_OR_TIME = re.compile(
    rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?P<mark>[?~%])?"
    rf"(?:(?:T|[ ])(?P<time>{_TIME}))?"
)
_APPROXIMATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<part>[0-9]{2}|[TQ][0-9]|S[0-9]))?(?P<mark>[?~%])?"
)
_SYNONYMS = {
    **{f"{letter}{n}": str(32 + n) for letter in "TQ" for n in range(1, 5)},
    **{f"S{n}": str(39 + n) for n in (1, 2)},
}
_PARTS = {
    **{f"{n:02}": Precision.MONTH for n in range(1, 13)},
    **{str(n): Precision.SEASON for n in range(21, 25)},
    **{str(n): Precision.QUARTER for n in range(33, 37)},
    **{str(n): Precision.SEMESTER for n in (40, 41)},
}


def parse_moment(text: str) -> Moment:
    """Return the moment that a text states.

    It is a day (``2024-03-25``), a Paris time (``2024-02-07 17:00``, ``T17:00``, ``17h``,
    ``17 h 30``) or an EDTF date of level 1 or 2: year, month, season (21 to 24), quarter (33 to
    36, also ``T1`` or ``Q1``), semester (40, 41, also ``S1``), with ``?``, ``~`` or ``%``.
    Raise ValueError for anything else.
    """
    value = _squeezed(text)
    if found := _DAY_OR_TIME.fullmatch(value):
        day = _day(text, found["year"], found["month"], found["day"])
        mark = found["mark"] or ""
        if not found["time"]:
            return Moment(day, day, None, Precision.DAY, bool(mark), f"{day.isoformat()}{mark}")
        if mark:
            raise ValueError(
                f"{_quoted(text)} mêle « {mark} » et une heure : écrivez {day}{mark} sans l’heure, "
                f"ou {day} {found['time']} sans « {mark} »."
            )
        clock = _time(text, found)
        return Moment(day, day, clock, Precision.TIME, False, f"{day}T{clock:%H:%M}")
    if found := _APPROXIMATE.fullmatch(value.upper()):
        return _approximate(text, found["year"], found["part"], found["mark"] or "")
    raise ValueError(_advice(text))


def parse_end(text: str, start: Moment) -> Moment:
    """Return the end that a text states: a moment, or a mere time on the day of ``start``.

    Raise ValueError as ``parse_moment`` does, and when a mere time has no day to belong to.
    """
    found = _TIME_ALONE.fullmatch(_squeezed(text))
    if found is None:
        return parse_moment(text)
    clock = _time(text, found)
    if start.time is None:
        raise ValueError(
            f"{_quoted(text)} est une heure, mais le début ({start}) n’en a pas. "
            "Ajoutez l’heure du début ou donnez un jour de fin."
        )
    day = start.first
    return Moment(day, day, clock, Precision.TIME, False, f"{day}T{clock:%H:%M}")


def parse_day(text: str) -> dt.date:
    """Return the day that ``AAAA-MM-JJ`` states; raise ValueError for anything else."""
    moment = parse_moment(text)
    if moment.precision is not Precision.DAY or moment.uncertain:
        raise ValueError(f"{_quoted(text)} : il faut un jour précis, par exemple 2024-03-25.")
    return moment.first


_PUBLICATION = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>[-/])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
    r"(?:(?:T|[ ])(?P<hour>[0-9]{1,2})(?::|[ ]?h[ ]?)(?P<minute>[0-9]{2})?"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"[ ]?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ENGLISH_MONTH = re.compile(
    r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)


def parse_publication(text: str) -> Published:
    """Return when a content was published, from what Pelican accepts and is not ambiguous.

    A day or a time as in ``2010-12-03 10:20``, with ``/`` for ``-``, seconds, an ISO 8601 offset,
    or a date with an English month name. A time without an offset is one of Paris.
    Raise ValueError for anything else, day-first and month-first numbers included.
    """
    value = _squeezed(text)
    if found := _PUBLICATION.fullmatch(value):
        day = _day(text, found["year"], found["month"], found["day"])
        if found["hour"] is None:
            return Published(_in_paris(_midnight(day)), has_time=False)
        clock = _time(text, found).replace(second=_second(text, found["second"]))
        local = dt.datetime.combine(day, clock)
        return Published(_in_paris(_with_zone(text, local, found["zone"])), has_time=True)
    if len(value) <= 60 and _ENGLISH_MONTH.search(value):
        return _english(text, value)
    if any(_APPROXIMATE.fullmatch(form.upper()) for form in (value, right_form(value) or "")):
        raise ValueError(f"{_quoted(text)} : il faut un jour précis, par exemple 2024-03-25.")
    raise ValueError(_advice(text))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in _squeezed(text))
    return f"« {shown[:40] + '…' if len(shown) > 40 else shown} »"


def _in_paris(moment: dt.datetime) -> dt.datetime:
    """Return the time in Paris, a naive one being read there; through UTC to leave the gap."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=PARIS)
    return aware.astimezone(dt.UTC).astimezone(PARIS)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0))


def _months(first: dt.date, last: dt.date) -> tuple[tuple[int, int], ...]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple((n // 12, n % 12 + 1) for n in numbers)


def _text_schema(
    cls: type[T], parse: Callable[[str], T], text_of: Callable[[T], str]
) -> CoreSchema:
    """Return a schema that takes the value itself or its text, and gives the text back in JSON."""

    def read(value: object) -> T:
        if isinstance(value, cls):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | dt.date):
            raise ValueError(f"{_quoted(str(value))} n’est pas une date. {_FORMS}")  # noqa: TRY004
        return parse(str(value))

    return core_schema.no_info_plain_validator_function(
        read,
        serialization=core_schema.plain_serializer_function_ser_schema(
            text_of, return_schema=core_schema.str_schema(), when_used="json"
        ),
    )


def _check_order(start: Moment, end: Moment) -> None:
    if start.time is not None and end.time is None:
        raise ValueError(
            f"« {end} » n’a pas d’heure mais le début ({start}) en a une. "
            "Donnez l’heure de la fin, ou retirez-la, ou retirez celle du début."
        )
    if start.time is None and end.time is not None:
        raise ValueError(
            f"« {end} » a une heure mais le début ({start}) n’en a pas. "
            "Donnez l’heure du début ou retirez celle de la fin."
        )
    same_day = start.time is not None and start.first == end.first
    shown_start = f"{start.time:%H:%M}" if same_day else str(start)
    shown_end = f"{end.time:%H:%M}" if same_day else str(end)
    if start.instant is not None and end.instant is not None:
        if end.instant == start.instant:
            raise ValueError(f"« {shown_end} » est aussi le début. Corrigez la fin ou retirez-la.")
        precedes = end.instant < start.instant
    else:
        precedes = end.last < start.first
    if precedes:
        remedy = "Corrigez l’un des deux."
        if same_day and end.time is not None and end.time <= dt.time(8):
            next_day = end.first + dt.timedelta(days=1)
            remedy = f"Si la fin est le lendemain, écrivez {next_day} {shown_end}."
        raise ValueError(f"« {shown_end} » précède le début ({shown_start}). {remedy}")


_FORMS = (
    "Écrivez un jour (2024-03-25), une heure (2024-02-07 17:00), un mois (2024-03), "
    "un trimestre (2024-T4), un semestre (2024-S1), une saison (de 2024-21, le printemps, à "
    "2024-24, l’hiver) ou une année (2024)."
)
_MONTH_NAMES = dict(get_month_names("wide", locale="fr"))


def _year(text: str, year: str) -> int:
    if int(year) not in YEARS:
        raise ValueError(
            f"{_quoted(text)} : l’année {year} est hors de {YEARS[0]}-{YEARS[-1]}. Corrigez-la."
        )
    return int(year)


def _day(text: str, year: str, month: str, day: str) -> dt.date:
    y, m, d = _year(text, year), int(month), int(day)
    if not 1 <= m <= 12:
        raise ValueError(
            f"{_quoted(text)} : il n’y a pas de mois {month}. Écrivez année-mois-jour, "
            "par exemple 2024-03-25."
        )
    length = monthrange(y, m)[1]
    if not 1 <= d <= length:
        raise ValueError(
            f"{_quoted(text)} n’existe pas : {_MONTH_NAMES[m]} {y} a {length} jours. "
            "Corrigez le jour."
        )
    return dt.date(y, m, d)


def _time(text: str, found: re.Match[str]) -> dt.time:
    groups = found.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or groups.get("after_h") or 0)
    if hour == 24 and minute == 0:
        raise ValueError(f"{_quoted(text)} : minuit s’écrit 00:00, à la date du lendemain.")
    if hour > 23 or minute > 59:
        raise ValueError(
            f"{_quoted(text)} : {hour:02}:{minute:02} n’est pas une heure. "
            "Écrivez une heure de 00:00 à 23:59."
        )
    return dt.time(hour, minute)


def _approximate(text: str, year: str, part: str | None, mark: str) -> Moment:
    """Return an approximate moment, its bounds being those of the edtf library.

    Two forms it lacks are ours: a qualifier after a season, and a winter that runs to the end of
    February (ISO 8601-2 leaves it open; the library stops at 31 December).
    """
    _year(text, year)
    code = _SYNONYMS.get(part, part) if part else None
    precision = Precision.YEAR if code is None else _PARTS.get(code)
    if precision is None:
        raise ValueError(
            f"{_quoted(text)} : « {part} » n’est ni un mois (01 à 12), ni un trimestre (T1 à T4), "
            "ni un semestre (S1, S2), ni une saison (21 à 24). Corrigez-le."
        )
    canonical = year if code is None else f"{year}-{code}"
    parsed = parse_edtf(canonical)
    first, last = (dt.date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))
    if code == "24":
        last = dt.date(int(year) + 1, 3, 1) - dt.timedelta(days=1)
    return Moment(first, last, None, precision, bool(mark), canonical + mark)


def _second(text: str, second: str | None) -> int:
    if second and int(second) > 59:
        raise ValueError(f"{_quoted(text)} : {second} n’est pas une seconde. Écrivez 00 à 59.")
    return int(second or 0)


def _with_zone(text: str, local: dt.datetime, zone: str | None) -> dt.datetime:
    if zone is None:
        return local
    if zone in ("Z", "UTC", "GMT"):
        return local.replace(tzinfo=dt.UTC)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(
            f"{_quoted(text)} : « {zone} » n’est pas un décalage horaire. Retirez-le pour écrire "
            "l’heure de Paris."
        )
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return local.replace(tzinfo=dt.timezone(-offset if zone[0] == "-" else offset))


def _english(text: str, value: str) -> Published:
    """Read an English date twice, with two defaults, to refuse one that lacks a part."""

    def zone(name: str | None, offset: int | None) -> dt.tzinfo | None:
        if offset is not None:
            return dt.timezone(dt.timedelta(seconds=offset))
        if name is None:
            return None
        if name in ("UTC", "GMT", "Z"):
            return dt.UTC
        raise ValueError(name)

    defaults = (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2, 1, 1))  # noqa: DTZ001
    try:
        one, two = (
            dateutil_parser.parse(value, default=default, tzinfos=zone) for default in defaults
        )
    except (ValueError, OverflowError, TypeError):
        raise ValueError(_advice(text)) from None
    if one.date() != two.date():
        raise ValueError(f"{_quoted(text)} est incomplet : il faut un jour, un mois et une année.")
    _year(text, str(one.year))
    if one.time() != two.time():
        return Published(_in_paris(_midnight(one.date())), has_time=False)
    return Published(_in_paris(one.replace(microsecond=0)), has_time=True)


_NUMERIC = re.compile(
    r"(?:(?P<d>[0-9]{1,2})[/. -](?P<m>[0-9]{1,2})[/. -](?P<y>[0-9]{4})"
    r"|(?P<y2>[0-9]{4})[/. -]?(?P<m2>[0-9]{1,2})[/. -]?(?P<d2>[0-9]{1,2}))"
    rf"(?:(?:T|,?[ ](?:à[ ])?)(?P<time>{_TIME}))?"
)
_WORDS = re.compile(
    r"(?i)(?:[a-z]+di |dimanche |le |(?:début|mi|fin|courant)[ -])*"
    r"(?:(?P<d>[0-9]{1,2})(?:er)? )?(?P<name>[^\W\d]{3,9})\.? "
    rf"(?P<y>[0-9]{{4}})(?:,?[ ](?:à[ ])?(?P<time>{_TIME}))?"
)
_PART_FIRST = re.compile(r"(?i)(?P<part>[TSQ])(?P<n>[1-4])[ /-](?P<y>[0-9]{4})")
_MONTH_OF_YEAR = re.compile(
    r"(?P<m>[0-9]{1,2})[/. -](?P<y>[0-9]{4})|(?P<y2>[0-9]{4})[/. ](?P<m2>[0-9]{1,2})"
)
_PART_IN_WORDS = re.compile(
    r"(?i)(?P<n>[1-4])(?:er|e|ème|eme)? (?P<part>trimestre|semestre)(?: de)? (?P<y>[0-9]{4})"
)
_SEASONS = {"printemps": 21, "été": 22, "ete": 22, "automne": 23, "hiver": 24}


def _advice(text: str) -> str:
    """Return the message for a text that is no date, with the right form when it shows."""
    value = _squeezed(text)
    if not value:
        return f"La date est vide. {_FORMS}"
    if len(value) > 60:
        return f"{_quoted(text)} n’est pas une date. {_FORMS}"
    if _TIME_ALONE.fullmatch(value):
        return f"{_quoted(text)} n’a pas de jour : écrivez par exemple 2024-02-07 17:00."
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*(?:Z|[+-][0-9]{2}:?[0-9]{2})$", value):
        return f"{_quoted(text)} : écrivez l’heure de Paris, sans décalage ({value[:10]} 17:00)."
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{1,2}:[0-9]{2}:", value):
        return f"{_quoted(text)} : écrivez l’heure sans secondes ({value[:10]} 17:00)."
    if right := right_form(value):
        return f"{_quoted(text)} : écrivez {right}."
    if re.search(r"[0-9](?:/|\.\.|[ ]?au[ ])", value):
        return f"{_quoted(text)} : écrivez une seule date ; la fin a son propre champ."
    return f"{_quoted(text)} n’est pas une date. {_FORMS}"


def right_form(value: str) -> str | None:
    """Return the accepted form of a date written in a known other way, None for a real doubt."""
    if found := _PART_IN_WORDS.fullmatch(value) or _PART_FIRST.fullmatch(value):
        right = f"{found['y']}-{found['part'][0].upper()}{found['n']}"
    elif found := _MONTH_OF_YEAR.fullmatch(value):
        right = f"{found['y'] or found['y2']}-{int(found['m'] or found['m2']):02}"
    elif found := _NUMERIC.fullmatch(value):
        year, month, day = (found[k] or found[f"{k}2"] for k in ("y", "m", "d"))
        right = _joined(year, int(month), int(day), found)
    elif found := _WORDS.fullmatch(value):
        name = found["name"].lower()
        numbers = [n for n, full in _MONTH_NAMES.items() if full == name or _is_short(name, full)]
        if name in _SEASONS and not found["d"]:
            right = f"{found['y']}-{_SEASONS[name]}"
        elif len(numbers) == 1:
            right = _joined(found["y"], numbers[0], int(found["d"] or 0), found)
        else:
            return None
    else:
        return None
    try:
        parse_moment(right)
    except ValueError:
        return None
    return right


def _is_short(name: str, full: str) -> bool:
    return len(name) >= 3 and full.startswith(name)


def _joined(year: str, month: int, day: int, found: re.Match[str]) -> str:
    joined = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    if found["time"]:
        joined += f" {int(found['hour']):02}:{found['minute'] or found['after_h'] or '00'}"
    return joined
