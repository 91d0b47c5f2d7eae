"""Selections of dates: upcoming, past, by month, for an agenda block."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeAlias, TypeVar

from plugins.dates.in_words import format_approximate, month_year
from plugins.dates.parsing import parse_interval
from plugins.french.slugs import slugify
from plugins.french.typography import fold
from plugins.library.addresses import month_address, year_address
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.views.base import NamedAddress, whole
from plugins.views.deadlines import Deadline, deadlines

AgendaItem: TypeAlias = Occurrence | Deadline
Item = TypeVar("Item", bound=AgendaItem)

DECEMBER = 12

# A text, a letter's above all, shows no more dates in one block.
MOST_IN_TEXT = 60


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The dates of a month, or of a longer approximate period; deadlines are among the dated."""

    title: str
    address: str
    dated: tuple[AgendaItem, ...]
    approximate: tuple[AgendaItem, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the group in a page."""
        return f"dates-{slugify(self.title)}"


def items(index: Index) -> tuple[AgendaItem, ...]:
    """Return every occurrence and every registration deadline, in order of date."""
    return index.once(_items)


def _items(index: Index) -> tuple[AgendaItem, ...]:
    return tuple(sorted((*index.occurrences, *deadlines(index)), key=lambda item: item.sort_key))


def items_in(index: Index, year: int, month: int) -> tuple[AgendaItem, ...]:
    """Return the dates that may fall in a month, in order."""
    return index.once(_by_month).get((year, month), ())


def _by_month(index: Index) -> dict[tuple[int, int], tuple[AgendaItem, ...]]:
    found: dict[tuple[int, int], list[AgendaItem]] = {}
    for item in items(index):
        for month in item.period.months:
            found.setdefault(month, []).append(item)
    return {month: tuple(dates) for month, dates in found.items()}


def upcoming_items(index: Index) -> tuple[AgendaItem, ...]:
    """Return the dates that are not over, in order."""
    return index.once(_upcoming)


def _upcoming(index: Index) -> tuple[AgendaItem, ...]:
    return upcoming(items(index))


def years(dates: Iterable[AgendaItem], today: date) -> tuple[int, ...]:
    """Return the years that have a page: from the first date's to the last's, and today's."""
    found = {today.year}
    for item in dates:
        found |= {item.period.first_day.year, item.period.last_day.year}
    return tuple(range(min(found), max(found) + 1))


def upcoming(dates: Iterable[Item]) -> tuple[Item, ...]:
    """Return the dates that are not over, in the order given."""
    return tuple(item for item in dates if not item.is_past)


def past(dates: Iterable[Item]) -> tuple[Item, ...]:
    """Return the dates that are over, in order of date, newest first."""
    return tuple(reversed([item for item in dates if item.is_past]))


@dataclass(frozen=True, slots=True)
class Window:
    """The next dates, and the number of those that begin in each later month.

    Registration deadlines are among the dates, and not counted.
    """

    items: tuple[AgendaItem, ...]
    later: tuple[tuple[int, int, int], ...]


def window(index: Index, most: int) -> Window:
    """Return at most `most` dates that are not over: whole months, unless the first has more.

    A later month is its year, its number and its count; so is the month that was cut.
    """
    found = upcoming_items(index)
    if len(found) <= most:
        return Window(found, ())
    begin = [(item.period.first_day.year, item.period.first_day.month) for item in found]
    shown = begin.index(begin[most]) or most
    later = list(zip(begin[shown:], found[shown:], strict=True))
    counts = Counter(month for month, item in later if not item.is_deadline)
    months = sorted({month for month, _ in later})
    return Window(found[:shown], tuple((*month, counts[month]) for month in months))


def next_items(index: Index, limit: int) -> tuple[AgendaItem, ...]:
    """Return the next dates, registration deadlines included, in order."""
    found = (i for i in upcoming_items(index) if isinstance(i, Deadline) or _is_firm(i))
    return tuple(islice(found, limit))


def _is_firm(occurrence: Occurrence) -> bool:
    return not occurrence.is_approximate and not occurrence.is_off


def by_month(dates: Iterable[AgendaItem]) -> tuple[MonthGroup, ...]:
    """Return dates grouped by the month in which they begin, in the order given.

    An approximate date of several months goes to a group of its own, named after its period.
    """
    groups: dict[tuple[str, str], list[AgendaItem]] = {}
    for item in dates:
        groups.setdefault(_heading(item), []).append(item)
    return tuple(
        MonthGroup(
            title,
            address,
            tuple(item for item in found if not item.period.is_approximate),
            tuple(item for item in found if item.period.is_approximate),
        )
        for (title, address), found in groups.items()
    )


def _heading(item: AgendaItem) -> tuple[str, str]:
    period = item.period
    first = period.first_day
    if period.is_approximate and len(period.months) > 1:
        return format_approximate(period.start), year_address(first.year)
    return month_year(first.year, first.month), month_address(first.year, first.month)


@dataclass(frozen=True, slots=True)
class AgendaList:
    """The dates of an agenda block; `more` leads to the others, if too many for a text."""

    items: tuple[AgendaItem, ...]
    more: NamedAddress | None = None


def select(
    index: Index,
    *,
    period: str | None = None,
    group: str | None = None,
    audience: str | None = None,
    span: tuple[date, date] | None = None,
) -> tuple[AgendaItem, ...]:
    """Return the dates of an agenda block, registration deadlines by their own day.

    `period` is an EDTF date or an interval of two (`2024-01/2024-03`); raises ValueError (French)
    for anything else. Without one, the dates are those of `span`, by default all. A group also
    gets the events for everyone.
    """
    found = items(index)
    if bounds := parse_interval(period) if period else span:
        found = _within(index, *bounds)
    if group:
        wanted = index.find("group", group)
        address = wanted.address if wanted else None
        found = tuple(i for i in found if i.everyone or (i.group and i.group.address == address))
    if audience:
        name = fold(audience)
        found = tuple(i for i in found if name in {fold(a) for a in i.event.audience})
    return found


def _within(index: Index, first: date, last: date) -> tuple[AgendaItem, ...]:
    by_month = index.once(_by_month)
    wanted = {m for m in by_month if (first.year, first.month) <= m <= (last.year, last.month)}
    found = {item: None for month in sorted(wanted) for item in by_month[month]}
    within = (item for item in found if item.period.overlaps(first, last))
    return tuple(sorted(within, key=lambda item: item.sort_key))


def shown_in_text(found: tuple[AgendaItem, ...], day: date, address: str) -> AgendaList:
    """Return what a text shows of selected dates: those from a day on, else the last ones.

    `address` is that of the page which has them all. The day of a letter is its own: what it
    showed when it was sent it shows ever after.
    """
    if len(found) <= MOST_IN_TEXT:
        return AgendaList(found)
    first = next((n for n, i in enumerate(found) if i.period.last_day >= day), len(found))
    start = min(first, len(found) - MOST_IN_TEXT)
    shown = found[start : start + MOST_IN_TEXT]
    return AgendaList(shown, whole("Toutes les dates", len(found), address))
