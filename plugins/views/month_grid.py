"""The calendar of a month: weeks from Monday, events as bars, public holidays."""

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from plugins.dates.in_words import Day, month_year, public_holidays
from plugins.library.addresses import month_address
from plugins.views.agenda import AgendaItem
from plugins.views.base import NamedAddress
from plugins.views.pages import Slice


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month's grid; the first and last weeks also hold days of other months.

    Where dates are too many for the grid, `count` is the number of the day's, of which `count_noun`
    is the noun, and `dates_address` leads to those that begin on it, if any.
    """

    day: Day
    is_today: bool
    is_outside: bool
    holiday: str | None = None
    count: int = 0
    count_noun: str = ""
    dates_address: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell under the days of a week: a bar over the days of an item of the agenda, or nothing.

    `head` is its first day. `continues_before` and `continues_after` tell that the item has
    days in the previous or next week or month. An empty cell goes down to the end of the week.
    """

    head: DayCell
    item: AgendaItem | None = None
    column_span: int = 1
    row_span: int = 1
    continues_before: bool = False
    continues_after: bool = False

    @property
    def opens_week(self) -> bool:
        """Return True for a cell of Monday, which has no line on its left."""
        return self.head.day.date.weekday() == calendar.MONDAY

    @property
    def last_day(self) -> date:
        """Return the last day of the cell."""
        return self.head.day.date + timedelta(days=self.column_span - 1)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from Monday, and the lanes of bars under them."""

    days: tuple[DayCell, ...]
    lanes: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class DayDates:
    """The dates of a list that begin on a day, or the approximate ones, without a day."""

    day: Day | None
    items: tuple[AgendaItem, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the day in a page."""
        return f"jour-{self.day.iso}" if self.day else "dates-a-confirmer"


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: a grid of weeks from Monday, and the same dates as a list.

    Of a month with many dates the list is in pages, day by day, and only the first has the grid.
    """

    title: str
    weeks: tuple[Week, ...]
    dated: tuple[AgendaItem, ...]
    approximate: tuple[AgendaItem, ...]
    previous: NamedAddress | None
    next: NamedAddress | None
    days: tuple[DayDates, ...] = ()

    @property
    def holidays(self) -> tuple[DayCell, ...]:
        """Return the public holidays of the month."""
        days = (day for week in self.weeks for day in week.days)
        return tuple(day for day in days if day.holiday and not day.is_outside)


def month_view(
    items: Iterable[AgendaItem], year: int, month: int, today: date, pages: Iterable[int]
) -> MonthView:
    """Return the view of a month; `pages` are the years with pages, for the links around."""
    first, last = _bounds(year, month)
    within = [item for item in items if item.period.overlaps(first, last)]
    dated = tuple(item for item in within if not item.period.is_approximate)
    return MonthView(
        month_year(year, month),
        _weeks(year, month, today, dated),
        dated,
        tuple(item for item in within if item.period.is_approximate),
        *_neighbours(year, month, pages),
    )


def crowded_month_view(
    dates: Sequence[AgendaItem],
    part: Slice[AgendaItem],
    month: tuple[int, int],
    today: date,
    pages: Iterable[int],
) -> MonthView:
    """Return the view of a page of a month whose `dates` are too many for one.

    `part` is a slice of the dates, `ordered`. Each day of the grid has the number of its dates.
    """
    first, last = _bounds(*month)
    listed = ordered(dates)
    places = {_day_in(item, first): n for n, item in reversed(list(enumerate(listed)))}
    held, closings = (
        Counter(
            day
            for item in listed
            if item.is_deadline is of_deadlines and not item.period.is_approximate
            for day in _days_within(item, first, last)
        )
        for of_deadlines in (False, True)
    )

    def told(cell: DayCell) -> DayCell:
        day = cell.day.date
        if cell.is_outside:
            return cell
        # A registration deadline is no date of the community: it is told where nothing else is.
        number, noun = (held[day], "date") if held[day] else (closings[day], "clôture")
        address = None
        if day in places:
            page = part.pagination.address_of(places[day] // part.size + 1)
            address = f"{page}#jour-{day.isoformat()}"
        plural = "s" if number > 1 else ""
        return replace(cell, count=number, count_noun=noun + plural, dates_address=address)

    is_first = part.pagination.number == 1
    weeks = _weeks(*month, today, ()) if is_first else ()
    by_day = groupby(part.items, key=lambda item: _day_in(item, first))
    return MonthView(
        month_year(*month),
        tuple(Week(tuple(map(told, week.days)), ()) for week in weeks),
        (),
        (),
        *_neighbours(*month, pages),
        tuple(DayDates(Day(day) if day else None, tuple(items)) for day, items in by_day),
    )


def ordered(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return the dates of a month as its list has them: approximate ones last."""
    dated = (item for item in items if not item.period.is_approximate)
    return (*dated, *(item for item in items if item.period.is_approximate))


def _day_in(item: AgendaItem, first: date) -> date | None:
    """Return the first day of a date in a month, None for an approximate one."""
    return None if item.period.is_approximate else max(item.period.first_day, first)


def _days_within(item: AgendaItem, first: date, last: date) -> Iterator[date]:
    start, end = max(item.period.first_day, first), min(item.period.last_day, last)
    yield from (start + timedelta(days=n) for n in range((end - start).days + 1))


def _bounds(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _weeks(year: int, month: int, today: date, dated: Iterable[AgendaItem]) -> tuple[Week, ...]:
    return tuple(
        _week(days, month, today, dated)
        for days in calendar.Calendar(calendar.MONDAY).monthdatescalendar(year, month)
    )


def _neighbours(
    year: int, month: int, pages: Iterable[int]
) -> tuple[NamedAddress | None, NamedAddress | None]:
    """Return the months before and after, None where no page is."""
    first, last = _bounds(year, month)
    known = set(pages)

    def neighbour(day: date) -> NamedAddress | None:
        if day.year not in known:
            return None
        return NamedAddress(month_year(day.year, day.month), month_address(day.year, day.month))

    return neighbour(first - timedelta(days=1)), neighbour(last + timedelta(days=1))


def _week(days: Sequence[date], month: int, today: date, items: Iterable[AgendaItem]) -> Week:
    """Return a week; of the items with the same first day, the longest is on top."""
    cells = [
        DayCell(Day(day), day == today, day.month != month, public_holidays(day.year).get(day))
        for day in days
    ]
    inside = [i for i, cell in enumerate(cells) if not cell.is_outside]
    shown = (days[inside[0]], days[inside[-1]])
    here = sorted(
        (item for item in items if item.period.overlaps(*shown)),
        key=lambda i: (i.period.first_day, -i.period.last_day.toordinal(), i.sort_key),
    )
    lanes: list[list[Cell]] = []
    for item in here:
        bar = _bar(item, cells, inside)
        lane = next((lane for lane in lanes if lane[-1].last_day < bar.head.day.date), None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return Week(tuple(cells), tuple(_filled(lanes, cells)))


def _bar(item: AgendaItem, cells: Sequence[DayCell], inside: Sequence[int]) -> Cell:
    """Return the bar of an item in a week, limited to the days of the month."""
    first, last = item.period.first_day, item.period.last_day
    own = [i for i in inside if first <= cells[i].day.date <= last]
    return Cell(
        cells[own[0]],
        item,
        column_span=len(own),
        continues_before=first < cells[own[0]].day.date,
        continues_after=last > cells[own[-1]].day.date,
    )


def _filled(
    lanes: Sequence[Sequence[Cell]], cells: Sequence[DayCell]
) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each lane; below its last bar, a day has one tall empty cell."""
    depth = {
        head: max((n for n, lane in enumerate(lanes, 1) if _covers(lane, head.day)), default=0)
        for head in cells
    }
    for number, lane in enumerate(lanes):
        bars = {bar.head: bar for bar in lane}
        row = []
        for head in cells:
            if head in bars:
                row.append(bars[head])
            elif _covers(lane, head.day) or depth[head] < number:
                continue
            elif depth[head] == number:
                row.append(Cell(head, row_span=len(lanes) - number))
            else:
                row.append(Cell(head))
        yield tuple(row)


def _covers(lane: Iterable[Cell], day: Day) -> bool:
    return any(bar.head.day.date <= day.date <= bar.last_day for bar in lane)
