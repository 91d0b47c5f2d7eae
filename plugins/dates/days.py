"""A day, ready to be shown in French."""

from dataclasses import dataclass
from datetime import date

from plugins.dates.in_words import format_day, month_name, month_short, weekday_name


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A calendar day and its French names."""

    date: date

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601, for `datetime` attributes."""
        return self.date.isoformat()

    @property
    def number(self) -> str:
        """Return « 1er », « 2 », … « 31 »."""
        return "1er" if self.date.day == 1 else str(self.date.day)

    @property
    def month(self) -> str:
        """Return the month's name."""
        return month_name(self.date.month)

    @property
    def month_short(self) -> str:
        """Return the month's abbreviation."""
        return month_short(self.date.month)

    @property
    def year(self) -> int:
        """Return the year."""
        return self.date.year

    @property
    def weekday(self) -> str:
        """Return « vendredi »."""
        return weekday_name(self.date)

    @property
    def full(self) -> str:
        """Return « 12 janvier 2024 »."""
        return format_day(self.date)

    @property
    def with_weekday(self) -> str:
        """Return « vendredi 12 janvier 2024 »."""
        return format_day(self.date, weekday=True)
