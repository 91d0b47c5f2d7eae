"""The columns of the year matrix: months, those that look the same in every row run together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from plugins.dates.in_words import month_name, month_short
from plugins.library.addresses import month_address
from plugins.views.occurrences import Occurrence

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A month, or a run of months."""

    months: tuple[int, ...]
    title: str
    full: str
    address: str | None
    is_current: bool


def columns_of(
    occurrences: Iterable[Occurrence], year: int, lit_month: int | None, *, only_busy: bool
) -> tuple[MatrixColumn, ...]:
    """Return the twelve months, or with `only_busy` those in which something may be held.

    A month in which a known day falls has a column of its own, and so has the lit one.
    """
    within = list(occurrences)

    def look(month: int) -> tuple[object, ...]:
        here = [o for o in within if (year, month) in o.period.months]
        if any(not o.is_approximate for o in here) or month == lit_month:
            return (month,)
        return ("run", *(id(o) for o in here))

    found = (_column(tuple(run), year, lit_month) for _, run in groupby(MONTHS, key=look))
    return tuple(c for c in found if not only_busy or any(places(o, [c], year) for o in within))


def places(occurrence: Occurrence, columns: Sequence[MatrixColumn], year: int) -> tuple[int, ...]:
    """Return which columns an occurrence may fall in: they follow each other."""
    months = {month for of_year, month in occurrence.period.months if of_year == year}
    return tuple(i for i, column in enumerate(columns) if months & set(column.months))


def _column(months: tuple[int, ...], year: int, lit_month: int | None) -> MatrixColumn:
    first, last = months[0], months[-1]
    is_current = lit_month in months
    if first == last:
        address = month_address(year, first)
        return MatrixColumn(months, month_short(first), month_name(first), address, is_current)
    title = f"{month_short(first)} – {month_short(last)}"
    full = f"de {month_name(first)} à {month_name(last)}"
    return MatrixColumn(months, title, full, None, is_current)
