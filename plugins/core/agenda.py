"""Questions asked of the events: what is next, what a month holds, what an agenda block wants."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from plugins.core.dates import Period
from plugins.core.days import Day
from plugins.core.entries import EventEntry, NamedAddress
from plugins.core.french_dates import month_name, month_year, when
from plugins.core.intervals import parse_interval
from plugins.core.occurrences import Deadline, Occurrence
from plugins.core.public_holidays import public_holidays
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
class Closing:
    """The end of registration: an instant of Paris, and the day or the hour in words."""

    instant: datetime
    label: str

    @property
    def iso(self) -> str:
        """Return the instant as ISO 8601, with its offset."""
        return self.instant.isoformat()


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month's grid; the first and last weeks also hold days of other months."""

    date: date
    is_today: bool
    is_outside: bool
    holiday: str | None = None

    @property
    def number(self) -> str:
        """Return « 1er », « 2 », … « 31 »."""
        return Day(self.date).number

    @property
    def label(self) -> str:
        """Return « mercredi 1er mai 2024 »."""
        return Day(self.date).with_weekday

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell under the days of a week: a bar over the days of an occurrence, or nothing.

    `continues_before` and `continues_after` tell that the occurrence goes on in another week, or
    in another month. An empty cell goes down to the end of the week.
    """

    day: DayCell
    occurrence: Occurrence | None = None
    column_span: int = 1
    row_span: int = 1
    continues_before: bool = False
    continues_after: bool = False

    @property
    def last_day(self) -> date:
        """Return the last day it covers."""
        return self.day.date + timedelta(days=self.column_span - 1)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday and, under them, as many lanes as occurrences that meet."""

    days: tuple[DayCell, ...]
    lanes: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: a grid of weeks from Monday, and the list that says the same."""

    year: int
    number: int
    title: str
    address: str
    weeks: tuple[Week, ...]
    occurrences: tuple[Occurrence, ...]
    approximate: tuple[Occurrence, ...]
    previous: NamedAddress | None
    next: NamedAddress | None

    @property
    def holidays(self) -> tuple[DayCell, ...]:
        """Return the public holidays of the month."""
        days = (day for week in self.weeks for day in week.days)
        return tuple(day for day in days if day.holiday and not day.is_outside)

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
        o for o in upcoming(occurrences) if not o.is_approximate and not o.is_off
    ]
    for event in events:
        registration, closes = event.registration, closing(event)
        if registration and registration.deadline and closes and not registration.is_closed:
            today = event.library.today
            found.append(Deadline(event, registration.deadline, today, closes.instant))
    return tuple(sorted(found, key=_item_key)[:limit])


def closing(event: EventEntry) -> Closing | None:
    """Return when registration for an event closes, None when no deadline is given."""
    registration = event.header.registration
    if not registration or not registration.deadline:
        return None
    period = Period(registration.deadline)
    return Closing(period.instants[1], when(period))


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
        _week(days, month, today, dated)
        for days in calendar.Calendar(calendar.MONDAY).monthdatescalendar(year, month)
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


def _week(days: Sequence[date], month: int, today: date, occurrences: Iterable[Occurrence]) -> Week:
    """Return a week; what lasts longest lies on top of what begins on the same day."""
    cells = [
        DayCell(day, day == today, day.month != month, public_holidays(day.year).get(day))
        for day in days
    ]
    inside = [i for i, cell in enumerate(cells) if not cell.is_outside]
    shown = (days[inside[0]], days[inside[-1]])
    here = sorted(
        (o for o in occurrences if o.period.overlaps(*shown)),
        key=lambda o: (o.period.first_day, -o.period.last_day.toordinal(), o.sort_key),
    )
    lanes: list[list[Cell]] = []
    for occurrence in here:
        bar = _bar(occurrence, cells, inside)
        lane = next((lane for lane in lanes if lane[-1].last_day < bar.day.date), None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return Week(tuple(cells), tuple(_filled(lanes, cells)))


def _bar(occurrence: Occurrence, cells: Sequence[DayCell], inside: Sequence[int]) -> Cell:
    """Return the bar of an occurrence over the days of a week that belong to the month."""
    first, last = occurrence.period.first_day, occurrence.period.last_day
    own = [i for i in inside if first <= cells[i].date <= last]
    return Cell(
        cells[own[0]],
        occurrence,
        column_span=len(own),
        continues_before=first < cells[own[0]].date,
        continues_after=last > cells[own[-1]].date,
    )


def _filled(
    lanes: Sequence[Sequence[Cell]], cells: Sequence[DayCell]
) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each lane; under the last bar of a day, one empty cell goes down."""
    depth = {
        day.date: max((n for n, lane in enumerate(lanes, 1) if _covers(lane, day.date)), default=0)
        for day in cells
    }
    for number, lane in enumerate(lanes):
        bars = {bar.day.date: bar for bar in lane}
        row = []
        for day in cells:
            if day.date in bars:
                row.append(bars[day.date])
            elif _covers(lane, day.date) or depth[day.date] < number:
                continue
            elif depth[day.date] == number:
                row.append(Cell(day, row_span=len(lanes) - number))
            else:
                row.append(Cell(day))
        yield tuple(row)


def _covers(lane: Iterable[Cell], day: date) -> bool:
    return any(bar.day.date <= day <= bar.last_day for bar in lane)


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
            if o.everyone or (o.group and wanted in {fold(name) for name in o.group.names})
        )
    if audience:
        wanted = fold(audience)
        found = tuple(o for o in found if wanted in {fold(a) for a in o.event.audience})
    return found
