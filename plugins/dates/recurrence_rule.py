"""The recurrence rule of an event: an RRULE (RFC 5545, 3.3.10), read, unrolled, written.

Rules count in days: the hour is that of the event. Every error is a ``ValueError`` whose French
sentence quotes the value and says what to write instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import Any

from dateutil.rrule import (  # type: ignore[import-untyped]
    DAILY,
    MONTHLY,
    WEEKLY,
    YEARLY,
    rrule,
    weekday,
)

from plugins.dates.moments import PARIS, YEARS, Moment
from plugins.faults import shorten

EXAMPLE = "FREQ=MONTHLY;BYDAY=1TU;COUNT=6"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}

# A rule that never gives a day is searched by dateutil to the year 9999. The calendar repeats
# itself every 400 years (146,097 days, whole weeks): unrolling it there keeps the search short.
_AHEAD = 7600


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a rule; an empty one sets no condition.

    `days` are pairs of a rank in the month or year (0: every one) and a weekday (0: Monday).
    `until` is a day, included, or a local time of Paris.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: dt.date | dt.datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    parts: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_endless(self) -> bool:
        """True when neither COUNT nor UNTIL ends the rule."""
        return self.count is None and self.until is None

    def last_day(self, start: Moment) -> dt.date | None:
        """Return the last day that UNTIL allows at the hour of `start`, None without UNTIL."""
        if not isinstance(self.until, dt.datetime):
            return self.until
        too_late = start.time is not None and start.time > self.until.time()
        return self.until.date() - dt.timedelta(days=1 if too_late else 0)

    def unroll(self, start: Moment, last_day: dt.date) -> Iterator[dt.date]:
        """Yield the days in order, that of `start` being the first and counted in COUNT.

        A rule without an end stops at `last_day`. Raise ValueError past the years that dates know.
        """
        last = self.last_day(start) or (last_day if self.is_endless else None)
        others = (day for day in self.matching(start.first) if day != start.first)
        days: Iterator[dt.date] = others
        if last is not None:
            days = takewhile(lambda day: day <= last, others)
        for day in islice(chain((start.first,), days), self.count):
            if day.year not in YEARS:
                raise ValueError(
                    f"la règle va au-delà de {YEARS[-1]}. Donnez-lui une fin plus proche."
                )
            yield day

    def matching(self, start: dt.date) -> Iterator[dt.date]:
        """Yield the days that match, from `start` on, without an end; `start` may not match."""
        rule = rrule(
            _FREQUENCIES[self.frequency],
            dtstart=dt.datetime(start.year + _AHEAD, start.month, start.day),  # noqa: DTZ001
            interval=self.interval,
            wkst=self.week_start,
            bysetpos=self.positions or None,
            bymonth=self.months or None,
            bymonthday=self.month_days or None,
            byyearday=self.year_days or None,
            byweekno=self.weeks or None,
            byweekday=[weekday(day, rank or None) for rank, day in self.days] or None,
        )
        for found in rule:
            yield dt.date(found.year - _AHEAD, found.month, found.day)

    def text(self, start: Moment) -> str:
        """Return the value of an RRULE property whose DTSTART is `start`.

        UNTIL is a day beside a DATE, an instant of UTC beside a local time (RFC 5545, 3.3.10).
        """
        parts = {**self.parts, **({"UNTIL": self._until_text(start)} if self.until else {})}
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def _until_text(self, start: Moment) -> str:
        if start.time is None:
            last = self.last_day(start)
            assert last is not None
            return f"{last:%Y%m%d}"
        until = self.until
        assert until is not None
        if not isinstance(until, dt.datetime):
            until = dt.datetime.combine(until, dt.time(23, 59, 59))
        return f"{until.replace(tzinfo=PARIS).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def parse_rule(text: str) -> Rule:
    """Return the rule that a text states; raise ValueError for anything else.

    Accepted is what RFC 5545 allows from a day upwards: no hours, minutes, seconds.
    """
    parts = _split(text)
    ordered = {name: parts[name] for name in _PARTS if name in parts}
    values: dict[str, Any] = {}
    for name, text_of_part in parts.items():
        attribute, read = _PARTS[name]
        values[attribute] = read(text_of_part)
    _check_together(parts, values["frequency"])
    rule = Rule(**values, parts=ordered)
    _check_ranks(rule)
    return rule


def _split(text: str) -> dict[str, str]:
    value = "".join(text.upper().split()).removeprefix("RRULE:").strip(";")
    parts: dict[str, str] = {}
    for part in value.split(";"):
        name, equals, content = part.partition("=")
        if "DTSTART" in name:
            raise ValueError(
                f"{shorten(part)} : la date vient de « debut ». Retirez DTSTART de la règle."
            )
        if not equals or not content:
            raise ValueError(
                f"{shorten(text)} n’est pas une règle lisible. Écrivez par exemple {EXAMPLE} "
                "(le premier mardi de chaque mois, six fois)."
            )
        if name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            raise ValueError(
                f"{shorten(part)} : l’heure est celle de « debut ». Retirez {name} de la règle."
            )
        if name not in _PARTS:
            raise ValueError(
                f"{shorten(part)} : {name} est inconnu. Écrivez par exemple {EXAMPLE}."
            )
        if name in parts:
            raise ValueError(f"{shorten(part)} : {name} est déjà donné. Gardez l’un des deux.")
        parts[name] = content
    if "FREQ" not in parts:
        raise ValueError(
            f"{shorten(text)} ne dit pas à quel rythme. "
            "Ajoutez FREQ=DAILY, WEEKLY, MONTHLY ou YEARLY."
        )
    return parts


def _frequency(value: str) -> str:
    if value in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise ValueError(
            f"« FREQ={value} » : un événement revient au plus une fois par jour. "
            "Écrivez FREQ=DAILY, WEEKLY, MONTHLY ou YEARLY."
        )
    if value not in _FREQUENCIES:
        raise ValueError(
            f"{shorten('FREQ=' + value)} n’est pas un rythme. Écrivez FREQ=DAILY (chaque jour), "
            "WEEKLY (semaine), MONTHLY (mois) ou YEARLY (année)."
        )
    return value


def _positive(name: str) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"0*[1-9][0-9]{0,3}", value):
            raise ValueError(
                f"{shorten(f'{name}={value}')} : un nombre entier à partir de 1 est attendu. "
                f"Écrivez par exemple {name}=2."
            )
        return int(value)

    return read


_UNTIL = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?(Z)?)?")


def _until(value: str) -> dt.date | dt.datetime:
    """Return a day, or a local time of Paris."""
    found = _UNTIL.fullmatch(value)
    if found and int(found[1]) in YEARS:
        with suppress(ValueError):
            day = dt.date(int(found[1]), int(found[2]), int(found[3]))
            if not found[4]:
                return day
            clock = dt.time(int(found[4]), int(found[5]), int(found[6] or 0))
            until = dt.datetime.combine(day, clock, dt.UTC if found[7] else PARIS)
            return until.astimezone(PARIS).replace(tzinfo=None, fold=0)
    raise ValueError(
        f"{shorten('UNTIL=' + value)} n’est pas un jour. Écrivez par exemple UNTIL=20240630."
    )


_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def _days(value: str) -> tuple[tuple[int, int], ...]:
    found = []
    for item in value.split(","):
        match = _DAY.fullmatch(item)
        if not match or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise ValueError(
                f"{shorten(item)} n’est pas un jour de BYDAY. Écrivez MO, TU, WE, TH, FR, SA, SU "
                "(du lundi au dimanche), avec un rang s’il le faut : 1TU, le premier mardi, "
                "-1FR, le dernier vendredi."
            )
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _numbers(name: str, last: int, *, signed: bool = True) -> Callable[[str], tuple[int, ...]]:
    def read(value: str) -> tuple[int, ...]:
        found = []
        for item in value.split(","):
            number = int(item) if re.fullmatch(r"[+-]?[0-9]{1,3}", item) else 0
            if not 1 <= abs(number) <= last or (number < 0 and not signed):
                bounds = f"de 1 à {last}" + (f", ou de -{last} à -1" if signed else "")
                raise ValueError(
                    f"{shorten(item)} : {name} attend un nombre {bounds}. Corrigez-le."
                )
            found.append(number)
        return tuple(dict.fromkeys(found))

    return read


def _week_start(value: str) -> int:
    if value not in WEEKDAYS:
        raise ValueError(f"{shorten('WKST=' + value)} n’est pas un jour. Écrivez WKST=MO.")
    return WEEKDAYS.index(value)


# The parts of a rule in the order in which they are written, each with its attribute and reader.
_PARTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _positive("INTERVAL")),
    "COUNT": ("count", _positive("COUNT")),
    "UNTIL": ("until", _until),
    "BYMONTH": ("months", _numbers("BYMONTH", 12, signed=False)),
    "BYWEEKNO": ("weeks", _numbers("BYWEEKNO", 53)),
    "BYYEARDAY": ("year_days", _numbers("BYYEARDAY", 366)),
    "BYMONTHDAY": ("month_days", _numbers("BYMONTHDAY", 31)),
    "BYDAY": ("days", _days),
    "BYSETPOS": ("positions", _numbers("BYSETPOS", 366)),
    "WKST": ("week_start", _week_start),
}
_ONLY_WITH = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
}


def _check_together(parts: dict[str, str], frequency: str) -> None:
    """Refuse the parts that RFC 5545 forbids beside one another."""
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError(
            f"« COUNT={parts['COUNT']} » et « UNTIL={parts['UNTIL']} » terminent tous deux la "
            "règle. Gardez l’un des deux."
        )
    for name, frequencies in _ONLY_WITH.items():
        if name in parts and frequency not in frequencies:
            raise ValueError(
                f"« {name}={parts[name]} » ne va pas avec FREQ={frequency}, mais avec "
                f"{' ou '.join(frequencies)}. Changez l’un des deux."
            )
    if "BYSETPOS" in parts and not any(
        name.startswith("BY") and name != "BYSETPOS" for name in parts
    ):
        raise ValueError(
            f"« BYSETPOS={parts['BYSETPOS']} » choisit parmi des jours qui manquent. "
            "Ajoutez-les, par exemple BYDAY=MO,TU,WE,TH,FR."
        )


def _check_ranks(rule: Rule) -> None:
    """Refuse the rank of a weekday where there is no month nor year to count in."""
    highest = {"MONTHLY": 5, "YEARLY": 5 if rule.months else 53}.get(rule.frequency, 0)
    if rule.weeks:
        highest = 0
    for rank, day in rule.days:
        if rank and not highest:
            raise ValueError(
                f"« BYDAY={rank}{WEEKDAYS[day]} » : un rang ne va qu’avec FREQ=MONTHLY ou YEARLY. "
                f"Écrivez BYDAY={WEEKDAYS[day]}."
            )
        if abs(rank) > highest:
            raise ValueError(
                f"« BYDAY={rank}{WEEKDAYS[day]} » : un mois n’a pas plus de cinq semaines. "
                "Écrivez un rang de 1 à 5, ou de -5 à -1."
            )
