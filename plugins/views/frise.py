"""*La frise*: a strip of the twelve months of a year, with a mark per date."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date

from plugins.dates.in_words import month_short, month_year
from plugins.library.addresses import month_address, year_address
from plugins.library.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class FriseMonth:
    """A month of the strip: `dots` counts the confirmed dates, `rings` the dates to confirm."""

    number: int
    short: str
    address: str | None
    dots: int
    rings: int
    is_current: bool
    label: str


@dataclass(frozen=True, slots=True)
class Frise:
    """The strip of a year; in an e-mail, an address is None when the site has no page there.

    `read` is the number of the month that the page tells of: it is lit, in place of today's.
    """

    year: int
    address: str | None
    months: tuple[FriseMonth, ...]
    read: int | None = None

    @property
    def label(self) -> str:
        """Return the strip's name."""
        return f"L’année {self.year}"

    @property
    def most_marks(self) -> int:
        """Return the number of marks of the month that has most."""
        return max(month.dots + month.rings for month in self.months)


def frise(occurrences: Iterable[Occurrence], year: int, today: date) -> Frise:
    """Return the strip of a year, from the occurrences that may fall in it.

    A date that is off has no mark, nor has one that is over and whose day was never told.
    """
    dots, rings = [0] * 13, [0] * 13
    for occurrence in occurrences:
        is_over = occurrence.is_past
        if occurrence.is_off or (occurrence.is_approximate and is_over):
            continue
        marks = rings if occurrence.is_tentative and not is_over else dots
        for of_year, month in occurrence.period.months:
            if of_year == year:
                marks[month] += 1
    return Frise(
        year,
        year_address(year),
        tuple(
            FriseMonth(
                month,
                month_short(month),
                month_address(year, month),
                dots[month],
                rings[month],
                (year, month) == (today.year, today.month),
                f"{month_year(year, month)} : {_count(dots[month], rings[month])}",
            )
            for month in range(1, 13)
        ),
    )


def mail_frise(strip: Frise, addresses: Container[str]) -> Frise:
    """Return the strip for an e-mail: without the addresses that are not in `addresses`."""

    def known(address: str | None) -> str | None:
        return address if address in addresses else None

    months = tuple(replace(m, address=known(m.address), is_current=False) for m in strip.months)
    return replace(strip, address=known(strip.address), months=months)


def _count(dots: int, rings: int) -> str:
    if not dots and not rings:
        return "aucun rendez-vous"
    found = [f"{dots} rendez-vous"] if dots else []
    if rings:
        found.append(f"{rings} à confirmer")
    return ", ".join(found)
