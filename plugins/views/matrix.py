"""The year matrix: rows are groups and chantiers, columns are months."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from plugins.dates.in_words import day_cell, month_name, month_short
from plugins.french.quantities import count
from plugins.library.addresses import month_address
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence

MONTHS = range(1, 13)
EVERYONE_TITLE = "Toute la communauté"
# Dates in a year, and lines of a table, above which a matrix counts the ones and joins the others.
MOST_DATES = 150
MOST_LINES = 16


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
    """Return the columns of the twelve months; with `only_busy`, of the months with possible dates.

    A month with an exact date has a column of its own; so has the lit month.
    """
    within = list(occurrences)

    def look(month: int) -> tuple[object, ...]:
        here = [o for o in within if (year, month) in o.period.months]
        if any(not o.is_approximate for o in here) or month == lit_month:
            return (month,)
        return ("run", *here)

    found = (_column(tuple(run), year, lit_month) for _, run in groupby(MONTHS, key=look))
    return tuple(c for c in found if not only_busy or any(places(o, [c], year) for o in within))


def places(occurrence: Occurrence, columns: Sequence[MatrixColumn], year: int) -> tuple[int, ...]:
    """Return the consecutive columns in which an occurrence may fall."""
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


_Places: TypeAlias = dict[Occurrence, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """A date in a cell; `text` replaces the number of an approximate date."""

    occurrence: Occurrence
    label: str
    text: str
    month_label: str
    year: int

    @property
    def state(self) -> str:
        """Return « annulé », « reporté », « à confirmer », or nothing."""
        return self.occurrence.state_word.lower()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the notes beside the number: the state, then « visio » or « hybride »."""
        return tuple(note for note in (self.state, self.occurrence.mode_note) if note)

    @property
    def aria_label(self) -> str:
        """Return the full label, visible text first (WCAG 2.5.3): « 25–26 mars 2024 : … »."""
        seen = f"{self.label} {self.month_label} {self.year}"
        mode = f", {self.occurrence.mode_label.lower()}" if self.occurrence.mode_label else ""
        state = f" ({self.occurrence.state.lower()})" if self.occurrence.state else ""
        return f"{seen}{mode} : {self.occurrence.title}{state}"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of an HTML table; cells covered by another's span are absent.

    In a matrix that counts its dates, `count` is their number and `count_label` says it in full.
    """

    items: tuple[MatrixItem, ...]
    columns: tuple[MatrixColumn, ...]
    row_span: int = 1
    count: int = 0
    count_label: str = ""

    @property
    def is_empty(self) -> bool:
        """Return True for a cell without dates."""
        return not self.items and not self.count

    @property
    def column_span(self) -> int:
        """Return the `colspan`."""
        return len(self.columns)

    @property
    def column_title(self) -> str:
        """Return the names of its months, for screens without the table header."""
        first, last = self.columns[0].months[0], self.columns[-1].months[-1]
        return month_name(first) if first == last else f"{month_name(first)} – {month_name(last)}"

    @property
    def is_current(self) -> bool:
        """Return True for a cell of the lit month alone."""
        return self.column_span == 1 and self.columns[0].is_current

    @property
    def is_approximate(self) -> bool:
        """Return True when all its dates are approximate, and there is at least one."""
        return bool(self.items) and all(item.occurrence.is_approximate for item in self.items)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A line of the table: of a group, an organisation, everyone or the other events.

    `header_span` is the `rowspan` of the heading, 0 for the lines after the first.
    """

    title: str
    address: str | None
    cells: tuple[MatrixCell, ...]
    header_span: int = 1


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """The dates of a group, of an organisation or of everyone; only their number when many."""

    title: str
    address: str | None
    occurrences: tuple[Occurrence, ...]
    count_label: str = ""


def rows_of(
    lines: Sequence[MatrixLine], columns: Sequence[MatrixColumn], year: int
) -> tuple[MatrixRow, ...]:
    """Return the table rows of matrix lines, everyone first.

    An approximate date for everyone is a band over all rows, where its columns are free.
    """
    found = {o: places(o, columns, year) for line in lines for o in line.occurrences}
    tracks = [_tracks(line.occurrences, found) for line in lines]
    height = sum(len(of_line) for of_line in tracks)
    bands = {place: height for band in _bands(found) for place in found[band]}
    return tuple(
        MatrixRow(
            line.title,
            line.address,
            tuple(_cells(track, found, columns, year, bands)),
            len(of_line) if number == 0 else 0,
        )
        for line, of_line in zip(lines, tracks, strict=True)
        for number, track in enumerate(of_line)
    )


def _bands(found: _Places) -> Iterator[Occurrence]:
    for band in filter(_is_open_to_all, found):
        others = (o for o in found if set(found[o]) & set(found[band]))
        if all(_is_open_to_all(other) and found[other] == found[band] for other in others):
            yield band


def _is_open_to_all(occurrence: Occurrence) -> bool:
    return occurrence.everyone and occurrence.is_approximate


def _tracks(occurrences: Sequence[Occurrence], found: _Places) -> list[list[Occurrence]]:
    """Return the occurrences of each line of a row.

    Exact dates share the first line. An approximate date covers every possible month, on the first
    line where these months are free or hold only dates of exactly the same months.
    """
    tracks = [[o for o in occurrences if not o.is_approximate]]
    for occurrence in occurrences:
        if not occurrence.is_approximate:
            continue
        for track in tracks:
            if all(_stand_together(occurrence, other, found) for other in track):
                track.append(occurrence)
                break
        else:
            tracks.append([occurrence])
    return tracks


def _stand_together(one: Occurrence, other: Occurrence, found: _Places) -> bool:
    if other.is_approximate and found[one] == found[other]:
        return True
    return not set(found[one]) & set(found[other])


def _cells(
    track: Sequence[Occurrence],
    found: _Places,
    columns: Sequence[MatrixColumn],
    year: int,
    bands: dict[int, int],
) -> Iterator[MatrixCell]:
    """Yield the cells of a line; `bands` gives the number of lines that each band covers."""
    place = 0
    while place < len(columns):
        here = [o for o in track if place in found[o]]
        end = place + 1
        if here and here[0].is_approximate:
            end = found[here[0]][-1] + 1
        if here or place not in bands:
            items = tuple(_item(o, columns[place], year) for o in here)
            yield MatrixCell(items, tuple(columns[place:end]), bands.get(place, 1))
        place = end


def _item(occurrence: Occurrence, column: MatrixColumn, year: int) -> MatrixItem:
    if occurrence.is_approximate:
        tail = occurrence.approximate_label if occurrence.is_past else "date à confirmer"
        text = occurrence.title if occurrence.is_off else f"{occurrence.title}, {tail}"
        return MatrixItem(occurrence, "", text, occurrence.approximate_label, year)
    month = column.months[0]
    label = day_cell(occurrence.period, (year, month))
    return MatrixItem(occurrence, label, "", month_name(month), year)


class Breadth(StrEnum):
    """The minimum width at which a matrix is shown as a table, by its name in the style sheets."""

    NARROW = "narrow"
    FULL = "full"
    BROAD = "broad"
    ENDLESS = "endless"


# Sum of the longest word of the names and of each column, plus three letters for padding.
_MOST_LETTERS = {Breadth.NARROW: 90, Breadth.FULL: 140, Breadth.BROAD: 180}
_EDGES = 3


def breadth_of(columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> Breadth:
    """Return the least breadth at which no word of a cell or a heading is cut."""
    letters = _longest(row.title for row in rows)
    for column in columns:
        cells = (c for row in rows for c in row.cells if not c.is_empty and column in c.columns)
        letters += _EDGES + max([len(column.title), *map(_letters_of, cells)])
    return next((b for b, most in _MOST_LETTERS.items() if letters <= most), Breadth.ENDLESS)


def _letters_of(cell: MatrixCell) -> float:
    """Return the number of letters that a cell needs in each of its columns."""
    if cell.count:
        return len(count(cell.count, "date"))
    words = (w for i in cell.items for w in (i.label, i.text, i.state, *i.notes))
    return _longest(words) / cell.column_span


def _longest(texts: Iterable[str]) -> float:
    """Return the length of the longest word, no-break spaces included."""
    return max((len(word) for text in texts for word in text.split(" ")), default=0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix of a year; it has no rows when the year has no dates.

    `lines` hold the dates of `rows` as lists with headings, for screens too narrow for a table.
    With too many dates for a table, all are counted.
    """

    year: int
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    lines: tuple[MatrixLine, ...] = ()
    is_counted: bool = False

    @property
    def breadth(self) -> Breadth:
        """Return the least breadth at which no word of the table is cut."""
        return breadth_of(self.columns, self.rows)

    @property
    def label(self) -> str:
        """Return the table's caption."""
        told = "Le nombre de dates" if self.is_counted else "Les dates"
        return f"{told} de {self.year}, par groupe et par chantier"


def matrix(
    index: Index,
    year: int,
    *,
    lit_day: date | None = None,
    only_busy: bool = False,
) -> Matrix:
    """Return the matrix of a year.

    Rows are everyone, the groups with a date in the year, the organisations, then the other events.
    Columns are the twelve months, or, with `only_busy`, the months with possible dates. The month
    of `lit_day` is lit and has a column of its own; without `lit_day`, the matrix does not depend
    on the day of the build. A year of more than `MOST_DATES` has their numbers, month by month.
    """
    within = index.occurrences_in(year)
    lines = _lines(index, within)
    if not lines:
        return Matrix(year, (), ())
    lit_month = lit_day.month if lit_day and lit_day.year == year else None
    if len(within) > MOST_DATES:
        return _counted(lines, year, lit_month, only_busy=only_busy)
    columns = columns_of(within, year, lit_month, only_busy=only_busy)
    return Matrix(year, columns, rows_of(lines, columns, year), lines)


def _counted(
    lines: Sequence[MatrixLine], year: int, lit_month: int | None, *, only_busy: bool
) -> Matrix:
    """Return the matrix of a year with many dates: of each line and month, their number."""
    shown = list(lines)
    if len(shown) > MOST_LINES:
        rest = tuple(o for line in shown[MOST_LINES - 1 :] for o in line.occurrences)
        shown[MOST_LINES - 1 :] = [MatrixLine("Autres groupes et organisations", None, rest)]
    counts = [
        Counter(
            month
            for occurrence in line.occurrences
            for of_year, month in occurrence.period.months
            if of_year == year
        )
        for line in shown
    ]
    months = [m for m in MONTHS if not only_busy or any(found[m] for found in counts)]
    columns = tuple(_column((month,), year, lit_month) for month in months)

    def cell(line: MatrixLine, column: MatrixColumn, number: int) -> MatrixCell:
        label = f"{count(number, 'date')} en {column.full} {year} : {line.title}"
        return MatrixCell((), (column,), count=number, count_label=label if number else "")

    rows = tuple(
        MatrixRow(
            line.title,
            line.address,
            tuple(cell(line, column, found[column.months[0]]) for column in columns),
        )
        for line, found in zip(shown, counts, strict=True)
    )
    told = (
        MatrixLine(line.title, line.address, (), count(len(line.occurrences), "date"))
        for line in shown
    )
    return Matrix(year, columns, rows, tuple(told), is_counted=True)


def _lines(index: Index, within: Sequence[Occurrence]) -> tuple[MatrixLine, ...]:
    found: dict[str | None, list[Occurrence]] = {}
    for occurrence in within:
        found.setdefault(_line_of(occurrence), []).append(occurrence)
    titles: dict[str | None, str] = {
        EVERYONE_TITLE: EVERYONE_TITLE,
        **{group.address: group.header.short_title for group in index.groups},
        **{network.address: network.header.title for network in index.organisations},
        None: "Autres rendez-vous",
    }
    return tuple(
        MatrixLine(title, None if line == EVERYONE_TITLE else line, tuple(found[line]))
        for line, title in titles.items()
        if line in found
    )


def _line_of(occurrence: Occurrence) -> str | None:
    """Return the address of the group, else of the organisation; the title of the line of all."""
    if occurrence.everyone:
        return EVERYONE_TITLE
    holder = occurrence.group or occurrence.event.organisation
    return holder.address if holder else None
