"""The year matrix: rows are groups and chantiers, columns are months; our signature."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.core.agenda_addresses import month_address
from plugins.core.french_dates import day_cell, month_name, month_short
from plugins.core.occurrences import Occurrence

if TYPE_CHECKING:
    from plugins.core.library import Library

MONTHS = range(1, 13)
EVERYONE_TITLE = "Toute la communauté"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A month, or a run of months that look the same in every row."""

    months: tuple[int, ...]
    title: str
    full: str
    address: str | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """A date in a cell; `text` replaces the number when the day is not known."""

    occurrence: Occurrence
    label: str
    text: str
    month_label: str
    year: int

    @property
    def address(self) -> str:
        """Return the address of the event."""
        return self.occurrence.address

    @property
    def state(self) -> str:
        """Return « annulé », « reporté », « à confirmer », nothing when it holds."""
        return self.occurrence.state_word.lower()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what stands beside the number: its state, then « visio » or « hybride »."""
        return tuple(note for note in (self.state, self.occurrence.mode_note) if note)

    @property
    def aria_label(self) -> str:
        """Return the whole, what is seen of it first (WCAG 2.5.3): « 25–26 mars 2024 : … »."""
        seen = f"{self.label} {self.month_label} {self.year}"
        mode = f", {self.occurrence.mode_label.lower()}" if self.occurrence.mode_label else ""
        state = f" ({self.occurrence.state.lower()})" if self.occurrence.state else ""
        return f"{seen}{mode} : {self.occurrence.title}{state}"

    @property
    def is_approximate(self) -> bool:
        """Tell whether the day is not known."""
        return self.occurrence.is_approximate

    @property
    def is_off(self) -> bool:
        """Tell whether nothing will be held then."""
        return self.occurrence.is_off

    @property
    def is_tentative(self) -> bool:
        """Tell whether it is to be confirmed."""
        return self.occurrence.is_tentative


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell as HTML has it: one covered by another's span is not there."""

    items: tuple[MatrixItem, ...]
    columns: tuple[MatrixColumn, ...]
    row_span: int = 1

    @property
    def column_span(self) -> int:
        """Return the number of columns it covers."""
        return len(self.columns)

    @property
    def column_title(self) -> str:
        """Return the name of its months, for where the header cannot be seen."""
        first, last = self.columns[0].months[0], self.columns[-1].months[-1]
        return month_name(first) if first == last else f"{month_name(first)} – {month_name(last)}"

    @property
    def is_current(self) -> bool:
        """Tell whether it stands in the current month."""
        return self.column_span == 1 and self.columns[0].is_current

    @property
    def is_approximate(self) -> bool:
        """Tell whether it only holds dates not known."""
        return bool(self.items) and all(item.is_approximate for item in self.items)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A line of a group or a chantier, or of what stands outside them.

    `header_span` is the number of lines that its heading covers, 0 for the lines after the first.
    """

    title: str
    address: str | None
    cells: tuple[MatrixCell, ...]
    header_span: int = 1

    @property
    def is_empty(self) -> bool:
        """Tell whether it has no date of its own."""
        return not any(cell.items for cell in self.cells)


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """The dates of a group, of an organisation or of everyone, for where no table can be shown."""

    title: str
    address: str | None
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A year at a glance; without rows when nothing happens in it.

    `lines` say the same as `rows`, one heading each: what spans all rows stands under everyone.
    """

    year: int
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    lines: tuple[MatrixLine, ...] = ()

    @property
    def label(self) -> str:
        """Return the table's caption."""
        return f"Les dates de {self.year}, par groupe et par chantier"


def matrix(
    library: "Library",
    year: int,
    *,
    lit_day: date | None = None,
    all_groups: bool = False,
    only_busy: bool = False,
) -> Matrix:
    """Return the matrix of a year.

    Rows are the groups with a date in it (all of them with `all_groups`), then organisations'
    events, then the rest. An approximate date that concerns everyone spans all rows. Columns are
    the twelve months, or, with `only_busy`, those in which something may be held. The month of
    `lit_day` is lit, and so has a column of its own; without it nothing depends on a day.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    within = [o for o in library.occurrences if o.period.overlaps(first, last)]
    lines = _lines(library, within, all_groups=all_groups)
    for_all = [o for o in within if o.everyone]
    spanning = [o for o in for_all if o.is_approximate]
    dated_for_all = tuple(o for o in for_all if not o.is_approximate)
    if dated_for_all or (spanning and not lines):
        own = dated_for_all if lines else tuple(for_all)
        lines.insert(0, MatrixLine(EVERYONE_TITLE, None, own))
        spanning = spanning if len(lines) > 1 else []
    if not lines:
        return Matrix(year, (), ())
    columns = _columns(within, year, lit_day)
    if only_busy:
        columns = tuple(c for c in columns if any(_indexes(o, [c], year) for o in within))
    rows = tuple(_rows(lines, spanning, columns, year))
    return Matrix(year, columns, rows, _with_everyone(lines, for_all))


def _with_everyone(
    lines: Sequence[MatrixLine], for_all: Sequence[Occurrence]
) -> tuple[MatrixLine, ...]:
    """Return the lines, what concerns everyone first, under one heading."""
    others = tuple(line for line in lines if line.title != EVERYONE_TITLE)
    return (MatrixLine(EVERYONE_TITLE, None, tuple(for_all)), *others) if for_all else others


def _lines(
    library: "Library", within: Sequence[Occurrence], *, all_groups: bool
) -> list[MatrixLine]:
    lines = []
    for group in library.groups:
        own = tuple(o for o in within if o.group is group)
        if own or all_groups:
            lines.append(MatrixLine(group.short_title, group.address, own))
    outside = [o for o in within if not o.group and not o.everyone]
    for organisation in library.organisations:
        own = tuple(o for o in outside if o.event.organisation is organisation)
        if own:
            lines.append(MatrixLine(organisation.title, organisation.address, own))
    rest = tuple(o for o in outside if not o.event.organisation)
    if rest:
        lines.append(MatrixLine("Autres rendez-vous", None, rest))
    return lines


def _columns(
    within: Iterable[Occurrence], year: int, lit_day: date | None
) -> tuple[MatrixColumn, ...]:
    """Return the months, those that look the same in every row run together."""
    within = list(within)
    lit_month = lit_day.month if lit_day and lit_day.year == year else None

    def look(month: int) -> tuple[object, ...]:
        here = [o for o in within if (year, month) in o.period.months]
        if any(not o.is_approximate for o in here) or month == lit_month:
            return (month,)
        return ("run", *(id(o) for o in here))

    columns = []
    for _, run in groupby(MONTHS, key=look):
        months = tuple(run)
        alone = len(months) == 1
        title = (
            month_short(months[0])
            if alone
            else f"{month_short(months[0])} – {month_short(months[-1])}"
        )
        full = (
            month_name(months[0])
            if alone
            else f"de {month_name(months[0])} à {month_name(months[-1])}"
        )
        columns.append(
            MatrixColumn(
                months,
                title,
                full,
                month_address(year, months[0]) if alone else None,
                lit_month in months,
            )
        )
    return tuple(columns)


def _rows(
    lines: Sequence[MatrixLine],
    spanning: Sequence[Occurrence],
    columns: Sequence[MatrixColumn],
    year: int,
) -> Iterable[MatrixRow]:
    """Yield the rows; what spans all of them is a cell of the first when nothing is in its way."""
    taken = {i for line in lines for o in line.occurrences for i in _indexes(o, columns, year)}
    blocks: dict[int, Occurrence] = {}
    covered: set[int] = set()
    left = []
    for occurrence in spanning:
        indexes = _indexes(occurrence, columns, year)
        if (taken | covered) & set(indexes):
            left.append(occurrence)
            continue
        covered |= set(indexes)
        blocks[indexes[0]] = occurrence
    tracks = [
        _tracks((*line.occurrences, *left) if line is lines[0] else line.occurrences, columns, year)
        for line in lines
    ]
    height = sum(len(of_line) for of_line in tracks)
    for line, of_line in zip(lines, tracks, strict=True):
        for number, track in enumerate(of_line):
            cells = dict(_cells(track, columns, year, covered))
            if line is lines[0] and number == 0:
                for index, occurrence in blocks.items():
                    cells[index] = _spanning_cell(occurrence, columns, year, height)
            yield MatrixRow(
                line.title,
                line.address,
                tuple(cells[index] for index in sorted(cells)),
                len(of_line) if number == 0 else 0,
            )


def _tracks(
    occurrences: Sequence[Occurrence], columns: Sequence[MatrixColumn], year: int
) -> list[list[Occurrence]]:
    """Return what stands on each line of a row.

    Known days share the first line; a date whose day is not known covers every month it may fall
    in, on the first line where nothing else stands there.
    """
    tracks = [[o for o in occurrences if not o.is_approximate]]
    for occurrence in occurrences:
        if not occurrence.is_approximate:
            continue
        wanted = set(_indexes(occurrence, columns, year))
        for track in tracks:
            if not any(wanted & set(_indexes(other, columns, year)) for other in track):
                track.append(occurrence)
                break
        else:
            tracks.append([occurrence])
    return tracks


def _cells(
    track: Sequence[Occurrence], columns: Sequence[MatrixColumn], year: int, covered: set[int]
) -> Iterator[tuple[int, MatrixCell]]:
    """Yield the cells of a line, each with the column in which it begins."""
    index = 0
    while index < len(columns):
        here = [o for o in track if index in _indexes(o, columns, year)]
        if index in covered:
            index += 1
        elif here and here[0].is_approximate:
            yield index, _spanning_cell(here[0], columns, year, 1)
            index = _indexes(here[0], columns, year)[-1] + 1
        else:
            items = tuple(_item(o, columns[index], year) for o in here)
            yield index, MatrixCell(items, (columns[index],))
            index += 1


def _spanning_cell(
    occurrence: Occurrence, columns: Sequence[MatrixColumn], year: int, height: int
) -> MatrixCell:
    indexes = _indexes(occurrence, columns, year)
    item = _item(occurrence, columns[indexes[0]], year)
    return MatrixCell((item,), tuple(columns[i] for i in indexes), height)


def _indexes(occurrence: Occurrence, columns: Sequence[MatrixColumn], year: int) -> list[int]:
    months = {month for of_year, month in occurrence.period.months if of_year == year}
    return [i for i, column in enumerate(columns) if months & set(column.months)]


def _item(occurrence: Occurrence, column: MatrixColumn, year: int) -> MatrixItem:
    if occurrence.is_approximate:
        tail = occurrence.approximate_label if occurrence.is_past else "date à confirmer"
        text = occurrence.title if occurrence.is_off else f"{occurrence.title}, {tail}"
        return MatrixItem(occurrence, "", text, occurrence.approximate_label, year)
    month = column.months[0]
    label = day_cell(occurrence.period, (year, month))
    return MatrixItem(occurrence, label, "", month_name(month), year)
