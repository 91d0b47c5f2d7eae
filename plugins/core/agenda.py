"""Questions asked of the events: what is next, what a month holds, what an agenda block wants."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from plugins.core.entries import EventEntry, NamedAddress
from plugins.core.french_dates import month_name, month_year
from plugins.core.intervals import parse_interval
from plugins.core.occurrences import Deadline, Occurrence
from plugins.core.slugs import slugify
from plugins.core.typography import fold

AgendaItem: TypeAlias = Occurrence | Deadline

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The occurrences of a month, dated ones first, or of a longer span without days."""

    title: str
    address: str
    occurrences: tuple[Occurrence, ...]
    approximate: tuple[Occurrence, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the group in a page."""
        return f"dates-{slugify(self.title)}"


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month's grid; the first and last weeks also hold days of other months."""

    date: date
    is_today: bool
    is_outside: bool
    occurrences: tuple[Occurrence, ...]
    holiday: str | None = None

    @property
    def day(self) -> int:
        """Return the day of the month."""
        return self.date.day

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: a grid of weeks from Monday, and the list that says the same."""

    year: int
    number: int
    title: str
    address: str
    weeks: tuple[tuple[DayCell, ...], ...]
    occurrences: tuple[Occurrence, ...]
    approximate: tuple[Occurrence, ...]
    previous: NamedAddress | None
    next: NamedAddress | None

    @property
    def year_address(self) -> str:
        """Return the address of the year."""
        return year_address(self.year)

    @property
    def name(self) -> str:
        """Return the month's name."""
        return month_name(self.number)


def year_address(year: int) -> str:
    """Return the address of a year's page."""
    return f"/agenda/{year:04d}/"


def month_address(year: int, month: int) -> str:
    """Return the address of a month's page."""
    return f"/agenda/{year:04d}/{month:02d}/"


def years(occurrences: Iterable[Occurrence], today: date) -> tuple[int, ...]:
    """Return the years that have a page: from the first event's to the last's, and today's."""
    found = {today.year}
    for occurrence in occurrences:
        found |= {occurrence.period.first_day.year, occurrence.period.last_day.year}
    return tuple(range(min(found), max(found) + 1))


def upcoming(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return what is not over, in order of date."""
    return tuple(o for o in occurrences if not o.is_past)


def past(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Return what is over, newest first."""
    return tuple(reversed([o for o in occurrences if o.is_past]))


def next_items(
    events: Iterable[EventEntry], occurrences: Iterable[Occurrence], limit: int
) -> tuple[AgendaItem, ...]:
    """Return the next dates, last days to register among them, in order."""
    found: list[AgendaItem] = [
        o for o in upcoming(occurrences) if not o.is_approximate and not o.is_cancelled
    ]
    for event in events:
        registration = event.registration
        if registration and registration.deadline and not registration.is_closed:
            found.append(Deadline(event, registration.deadline, event.library.today))
    return tuple(sorted(found, key=_item_key)[:limit])


def _item_key(item: AgendaItem) -> tuple[date, bool, tuple[object, ...] | str]:
    if isinstance(item, Deadline):
        return (item.day.date, True, item.event.slug)
    return (item.period.first_day, False, item.sort_key)


def by_month(occurrences: Iterable[Occurrence]) -> tuple[MonthGroup, ...]:
    """Return occurrences grouped by the month in which they begin, in the order given.

    One whose span is longer than a month stands in a group of its own, named by that span.
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


def month_view(
    occurrences: Iterable[Occurrence], year: int, month: int, today: date, pages: Iterable[int]
) -> MonthView:
    """Return a month; `pages` are the years that have pages, for what comes before and after."""
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    within = [o for o in occurrences if o.period.overlaps(first, last)]
    dated = tuple(o for o in within if not o.is_approximate)
    known = set(pages)

    def neighbour(day: date) -> NamedAddress | None:
        if day.year not in known:
            return None
        return NamedAddress(month_year(day.year, day.month), month_address(day.year, day.month))

    weeks = tuple(
        tuple(
            DayCell(
                day,
                day == today,
                day.month != month,
                tuple(o for o in dated if o.period.first_day <= day <= o.period.last_day),
            )
            for day in week
        )
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(year, month)
    )
    return MonthView(
        year,
        month,
        month_year(year, month),
        month_address(year, month),
        weeks,
        dated,
        tuple(o for o in within if o.is_approximate),
        neighbour(first - timedelta(days=1)),
        neighbour(last + timedelta(days=1)),
    )


def select(
    occurrences: Iterable[Occurrence],
    *,
    period: str | None = None,
    group: str | None = None,
    audience: str | None = None,
) -> tuple[Occurrence, ...]:
    """Return the occurrences that an agenda block asks for.

    `period` is an EDTF date or an interval of two (`2024-01/2024-03`); raises ValueError (French)
    when it is neither. A group also gets what concerns everyone.
    """
    found = tuple(occurrences)
    if period:
        first, last = parse_interval(period)
        found = tuple(o for o in found if o.period.overlaps(first, last))
    if group:
        wanted = fold(group)
        found = tuple(
            o
            for o in found
            if o.everyone or (o.group and wanted in {fold(o.group.slug), fold(o.group.title)})
        )
    if audience:
        wanted = fold(audience)
        found = tuple(o for o in found if wanted in {fold(a) for a in o.event.audience})
    return found
