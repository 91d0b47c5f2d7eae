"""Selections of occurrences: upcoming, past, by month, for an agenda block."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from plugins.dates.in_words import month_year
from plugins.dates.parsing import parse_interval
from plugins.french.slugs import slugify
from plugins.french.typography import fold
from plugins.library.addresses import month_address, year_address
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.views.registration import Deadline, deadline

AgendaItem: TypeAlias = Occurrence | Deadline

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The occurrences of a month, or of a longer approximate period."""

    title: str
    address: str
    occurrences: tuple[Occurrence, ...]
    approximate: tuple[Occurrence, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the group in a page."""
        return f"dates-{slugify(self.title)}"


def years(occurrences: Iterable[Occurrence], today: date) -> tuple[int, ...]:
    """Return the years that have a page: from the first event's to the last's, and today's."""
    found = {today.year}
    for occurrence in occurrences:
        found |= {occurrence.period.first_day.year, occurrence.period.last_day.year}
    return tuple(range(min(found), max(found) + 1))


def upcoming(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return the occurrences that are not over, in order of date."""
    return tuple(o for o in occurrences if not o.is_past)


def past(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return the occurrences that are over, newest first."""
    return tuple(reversed([o for o in occurrences if o.is_past]))


def next_items(index: Index, limit: int) -> tuple[AgendaItem, ...]:
    """Return the next dates, registration deadlines included, in order."""
    found: list[AgendaItem] = [
        o for o in upcoming(index.occurrences) if not o.is_approximate and not o.is_off
    ]
    found += [closing for event in index.events if (closing := deadline(event, index))]
    return tuple(sorted(found, key=_item_key)[:limit])


def _item_key(item: AgendaItem) -> tuple[date, bool, tuple[object, ...] | str]:
    if isinstance(item, Deadline):
        return (item.day.date, True, item.slug)
    return (item.period.first_day, False, item.sort_key)


def by_month(occurrences: Iterable[Occurrence]) -> tuple[MonthGroup, ...]:
    """Return occurrences grouped by the month in which they begin, in the order given.

    An approximate date of several months goes to a group of its own, named after its period.
    """
    groups: dict[tuple[str, str], list[Occurrence]] = {}
    for occurrence in occurrences:
        groups.setdefault(_heading(occurrence), []).append(occurrence)
    return tuple(
        MonthGroup(
            title,
            address,
            tuple(o for o in found if not o.is_approximate),
            tuple(o for o in found if o.is_approximate),
        )
        for (title, address), found in groups.items()
    )


def _heading(occurrence: Occurrence) -> tuple[str, str]:
    first = occurrence.period.first_day
    if occurrence.is_approximate and len(occurrence.period.months) > 1:
        return occurrence.approximate_label, year_address(first.year)
    return month_year(first.year, first.month), month_address(first.year, first.month)


def select(
    index: Index,
    *,
    period: str | None = None,
    group: str | None = None,
    audience: str | None = None,
) -> tuple[Occurrence, ...]:
    """Return the occurrences of an agenda block.

    `period` is an EDTF date or an interval of two (`2024-01/2024-03`); raises ValueError (French)
    for anything else. A group also gets the events for everyone.
    """
    found = index.occurrences
    if period:
        first, last = parse_interval(period)
        found = tuple(o for o in found if o.period.overlaps(first, last))
    if group:
        wanted = index.find("group", group)
        address = wanted.address if wanted else None
        found = tuple(o for o in found if o.everyone or (o.group and o.group.address == address))
    if audience:
        name = fold(audience)
        found = tuple(o for o in found if name in {fold(a) for a in o.event.audience})
    return found
