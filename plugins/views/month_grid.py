"""The calendar of a month: weeks from Monday, events as bars, public holidays."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.dates.in_words import Day, month_year, public_holidays
from plugins.library.addresses import month_address
from plugins.views.agenda import AgendaItem
from plugins.views.base import NamedAddress


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a month's grid; the first and last weeks also hold days of other months."""

    day: Day
    is_today: bool
    is_outside: bool
    holiday: str | None = None


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
class MonthView:
    """A month: a grid of weeks from Monday, and the same dates as a list."""

    title: str
    weeks: tuple[Week, ...]
    dated: tuple[AgendaItem, ...]
    approximate: tuple[AgendaItem, ...]
    previous: NamedAddress | None
    next: NamedAddress | None

    @property
    def holidays(self) -> tuple[DayCell, ...]:
        """Return the public holidays of the month."""
        days = (day for week in self.weeks for day in week.days)
        return tuple(day for day in days if day.holiday and not day.is_outside)


def month_view(
    items: Iterable[AgendaItem], year: int, month: int, today: date, pages: Iterable[int]
) -> MonthView:
    """Return the view of a month; `pages` are the years with pages, for the links around."""
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    within = [item for item in items if item.period.overlaps(first, last)]
    dated = tuple(item for item in within if not item.period.is_approximate)
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
        month_year(year, month),
        weeks,
        dated,
        tuple(item for item in within if item.period.is_approximate),
        neighbour(first - timedelta(days=1)),
        neighbour(last + timedelta(days=1)),
    )


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
