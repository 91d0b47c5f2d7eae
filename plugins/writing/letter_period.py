"""The months that an issue of the letter covers, as its `periode` says, and those of the next."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plugins.dates.in_words import format_approximate, format_period, month_name
from plugins.dates.moments import YEARS, Moment, Period, Precision
from plugins.dates.parsing import parse_moment
from plugins.french.typography import fold

_MONTHS = {fold(month_name(number)): number for number in range(1, 13)}
_PARTS = ("T1", "T2", "T3", "T4", "S1", "S2", "21", "22", "23", "24")
_RANKS = {"premier": "1er", "deuxieme": "2e", "second": "2e", "troisieme": "3e", "quatrieme": "4e"}
_CODE = re.compile(r"(?P<part>[ts][1-4]) (?P<year>\d{4})")
_WORDS = re.compile(rf"(?P<month>{'|'.join(_MONTHS)})|(?P<year>\d{{4}})|a|au|de|d'|du|et|[-–—,/ ]")


@dataclass(frozen=True, slots=True)
class Months:
    """Whole months that follow each other; `first` counts the months since year 0.

    `precision` is that of the French name of the whole (« 1er trimestre 2024 »), None when it is
    told from month to month.
    """

    first: int
    length: int = 1
    precision: Precision | None = Precision.MONTH

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        return _day(self.first + self.length, 1) - timedelta(days=1)

    @property
    def words(self) -> str:
        """« janvier 2024 », « 1er trimestre 2024 », « de janvier à mars 2024 »."""
        if self.precision:
            return format_approximate(_named(self.first, self.precision))
        bounds = (self.first, self.first + self.length - 1)
        return format_period(Period(*(_named(month, Precision.MONTH) for month in bounds)))

    def later(self, times: int) -> "Months":
        """Return as many months, later by so many times their length."""
        return replace(self, first=self.first + times * self.length)


def _named(first: int, precision: Precision) -> Moment:
    """Return the month, quarter, season, semester or year that begins with a month."""
    year, month = divmod(first, 12)
    part = {
        Precision.MONTH: f"-{month + 1:02}",
        Precision.QUARTER: f"-T{month // 3 + 1}",
        Precision.SEASON: f"-{20 + (month + 1) // 3}",
        Precision.SEMESTER: f"-S{month // 6 + 1}",
    }
    return parse_moment(f"{year}{part.get(precision, '')}")


def read_months(text: str) -> Months | None:
    """Return the months that a `periode` names, None when its words are not known for certain."""
    told = " ".join(_RANKS.get(word, word) for word in fold(text).split())
    if months := _from_month_to_month(told):
        return months
    if found := _CODE.fullmatch(told):
        return _months_of(f"{found['year']}-{found['part'].upper()}")
    for year in re.findall(r"\d{4}", told)[:1]:
        for form in (year, *(f"{year}-{part}" for part in _PARTS)):
            months = _months_of(form)
            if months and fold(months.words) == told:
                return months
    return None


def _months_of(form: str) -> Months | None:
    try:
        moment = parse_moment(form)
    except ValueError:
        return None
    return Months(month_of(moment.first), len(moment.months), moment.precision)


def _from_month_to_month(told: str) -> Months | None:
    """Return the months from the first to the last that a text names, with nothing else."""
    found = list(_WORDS.finditer(told))
    if "".join(match[0] for match in found) != told:
        return None
    months = [_MONTHS[match["month"]] - 1 for match in found if match["month"]]
    years = [int(match["year"]) for match in found if match["year"]]
    is_sound = months and len(years) in {1, 2} and found[-1]["year"]
    if not is_sound or any(year not in YEARS for year in years):
        return None
    last = 12 * years[-1] + months[-1]
    first = 12 * years[0] + months[0]
    if len(years) == 1 and months[0] > months[-1]:
        first -= 12
    length = last - first + 1
    if not 1 <= length <= 12:
        return None
    return Months(first, length, Precision.MONTH if length == 1 else None)


def month_of(day: date) -> int:
    """Return the number of a day's month since year 0."""
    return 12 * day.year + day.month - 1


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, the last one when the month is shorter."""
    return _day(month_of(day) + months, day.day)


def interval(span: tuple[date, date]) -> str:
    """Return days from a first to a last as the option of a block: « 2024-01-08/2024-02-07 »."""
    return "/".join(day.isoformat() for day in span)


def _day(month: int, day: int) -> date:
    year, rest = divmod(month, 12)
    return date(year, rest + 1, min(day, monthrange(year, rest + 1)[1]))
