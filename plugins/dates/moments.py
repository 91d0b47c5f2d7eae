"""Moments, periods and publication dates; the instant of a build.

They sort, compare, and list the days and months on which they may fall. Times are wall-clock
times of Europe/Paris.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
YEARS = range(1800, 2200)


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
    """A point of the calendar, exact or approximate.

    ``first`` and ``last`` bound its possible days, both included; ``time`` is the wall clock of
    Europe/Paris; ``uncertain`` is the EDTF qualifier ``?``, ``~`` or ``%``; ``text`` is the
    canonical form (ISO 8601-1 for a day or a time, EDTF of ISO 8601-2 for an approximate date).
    """

    first: dt.date
    last: dt.date
    time: dt.time | None
    precision: Precision
    uncertain: bool
    text: str

    @classmethod
    def at(cls, day: dt.date, time: dt.time | None = None, mark: str = "") -> Moment:
        """Return a day, or a time of a day; `mark` is the EDTF qualifier of a doubtful day."""
        precision = Precision.DAY if time is None else Precision.TIME
        clock = "" if time is None else f"T{time:%H:%M}"
        return cls(day, day, time, precision, bool(mark), f"{day}{clock}{mark}")

    @property
    def is_approximate(self) -> bool:
        """True when no calendar may show the moment as a sure day."""
        return self.uncertain or self.precision not in (Precision.TIME, Precision.DAY)

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """The sort key; an approximate moment comes after every dated one of its span.

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
        """The aware Paris time, None when no time is given.

        A time inside the spring gap, which a recurrence may give, is read with the offset before
        the gap, so 2024-03-31 02:30 is 03:30 CEST; one that occurs twice in autumn is the first
        (RFC 5545, 3.3.5).
        """
        if self.time is None:
            return None
        return in_paris(dt.datetime.combine(self.first, self.time))

    @property
    def occurs_twice(self) -> bool:
        """True for a time of the night when clocks go back: it is said twice."""
        if self.instant is None:
            return False
        first, second = (self.instant.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))
        return first < second

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Each (year, month) in which the moment may fall."""
        return _months(self.first, self.last)

    def __str__(self) -> str:
        """Return the text that an editor would write: a quarter is T4, a semester S2."""
        year, dash, part = self.text.partition("-")
        if self.precision is Precision.QUARTER:
            return f"{year}{dash}T{int(part[:2]) - 32}{part[2:]}"
        if self.precision is Precision.SEMESTER:
            return f"{year}{dash}S{int(part[:2]) - 39}{part[2:]}"
        return self.text.replace("T", " ")


@dataclass(frozen=True, slots=True)
class Period:
    """A span from a start to an end, or without a known end.

    Raise ValueError when the end precedes the start, or when only one of them has a time.
    """

    start: Moment
    end: Moment | None = None

    def __post_init__(self) -> None:
        """Refuse bounds that cannot be shown or put in a calendar."""
        if self.end is not None:
            _check_order(self.start, self.end)

    @property
    def first_day(self) -> dt.date:
        """The first day that the period may touch."""
        return self.start.first

    @property
    def last_day(self) -> dt.date:
        """The last day that the period may touch; an end at midnight belongs to the day before."""
        if self.end is None:
            return self.start.last
        last = self.end.last
        if self.end.time == dt.time(0) and last > self.start.first:
            last -= dt.timedelta(days=1)
        return max(self.start.last, last)

    @property
    def is_approximate(self) -> bool:
        """True when one of its bounds is approximate."""
        return self.start.is_approximate or (self.end is not None and self.end.is_approximate)

    @property
    def is_several_days(self) -> bool:
        """True when the period surely touches more than one day."""
        return not self.is_approximate and self.first_day != self.last_day

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Each day that the period may touch."""
        span = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + dt.timedelta(days=n) for n in range(span))

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Each (year, month) that the period may touch."""
        return _months(self.first_day, self.last_day)

    @property
    def duration(self) -> dt.timedelta | None:
        """The time elapsed, whole days for dates without a time, None when unknown."""
        if self.is_approximate:
            return None
        if self.start.instant is None:
            return dt.timedelta(days=len(self.days))
        if self.end is None or self.end.instant is None:
            return None
        return self.end.instant.astimezone(dt.UTC) - self.start.instant.astimezone(dt.UTC)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """The aware Paris times between which the whole period falls, the second one excluded.

        Without a time, these are the midnights around the days it may touch; with a start time
        and no end, both are the start.
        """
        start = self.start.instant or in_paris(midnight(self.first_day))
        if self.end is not None and self.end.instant is not None:
            return start, self.end.instant
        if self.start.instant is not None:
            return start, start
        return start, in_paris(midnight(self.last_day + dt.timedelta(days=1)))

    @property
    def sort_key(self) -> tuple[tuple[int, int, int, str], int]:
        """The sort key: by start, then by last day, the shortest first."""
        return (self.start.sort_key, self.last_day.toordinal())

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Return True when the period may touch a day from ``first`` to ``last``, both included."""
        return self.first_day <= last and self.last_day >= first


@dataclass(frozen=True, slots=True)
class Published:
    """When a content was published or modified: an aware Paris time, midnight for a bare day."""

    instant: dt.datetime
    has_time: bool

    @property
    def day(self) -> dt.date:
        """The day in Paris."""
        return self.instant.date()


def in_paris(moment: dt.datetime) -> dt.datetime:
    """Return a time in Paris, a naive one being of Paris; one in the spring gap moves past it."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=PARIS)
    return aware.astimezone(dt.UTC).astimezone(PARIS)


def midnight(day: dt.date) -> dt.datetime:
    """Return the midnight at which a day begins, a naive time."""
    return dt.datetime.combine(day, dt.time(0))


def build_instant(configured: dt.datetime | str, epoch: str | None) -> dt.datetime:
    """Return the instant that the build takes for now, in Europe/Paris.

    `epoch` is `SOURCE_DATE_EPOCH` (seconds, reproducible-builds.org): it wins over the
    configuration's value, which is local Paris time when it names no offset. Raises ValueError
    (French) for another form, or a year out of `YEARS`.
    """
    if epoch:
        try:
            instant = dt.datetime.fromtimestamp(int(epoch), dt.UTC).astimezone(PARIS)
        except (ValueError, OverflowError, OSError):
            raise ValueError(
                f"SOURCE_DATE_EPOCH vaut « {epoch} » : un nombre de secondes est attendu. "
                "Corrigez la variable ou retirez-la."
            ) from None
        return _within_years("SOURCE_DATE_EPOCH", epoch, instant)
    if isinstance(configured, str):
        try:
            configured = dt.datetime.fromisoformat(configured)
        except ValueError:
            raise ValueError(
                f"BUILD_DATE vaut « {configured} » : écrivez par exemple 2024-01-08 09:00."
            ) from None
    aware = configured.replace(tzinfo=configured.tzinfo or PARIS)
    return _within_years("BUILD_DATE", str(configured), aware.astimezone(PARIS))


def _months(first: dt.date, last: dt.date) -> tuple[tuple[int, int], ...]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple((n // 12, n % 12 + 1) for n in numbers)


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


def _within_years(name: str, value: str, instant: dt.datetime) -> dt.datetime:
    if instant.year not in YEARS:
        raise ValueError(
            f"{name} vaut « {value} » : l’année {instant.year} est hors de {YEARS[0]}-{YEARS[-1]}. "
            "Corrigez-la."
        )
    return instant
