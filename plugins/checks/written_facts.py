"""Days and hours in words that cannot be: « mardi 8 février 2024 », « de 18 h à 17 h ».

Texts and headers are read alike. Only what no reading makes right is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from plugins.content.record import AnyRecord, Record, day_of, has_header
from plugins.dates.in_words import format_day, month_name, weekday_name
from plugins.faults import ContentError, Level, Position, shorten
from plugins.french.typography import fold, plain
from plugins.library.index import Index
from plugins.markdown.bodies import Sentence
from plugins.markdown.sentences import LINK_END, LINK_START
from plugins.models import EventHeader
from plugins.models.fields import texts_in

Days: TypeAlias = frozenset[dt.date]


def written_facts(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a warning per impossible day or span of hours, in a header then in its text."""
    held = _days_of(record, index)
    for path, value in texts_in(record.header):
        if path[:1] not in record.positions:  # a summary made of the text, a default
            continue
        for written, message in _mistakes(plain(value), held):
            yield record.error(path, f"{shorten(written)} : {message}", Level.WARNING)
    found: dict[str, str] = {}
    for sentence in record.body.sentences:
        text = sentence.text.replace(LINK_START, "").replace(LINK_END, "")
        # The days of a linked event say the year of a day without one; most sentences have none.
        is_dated = bool(sentence.links) and bool(_DAY.search(text))
        linked = _days_linked(sentence, record, index) if is_dated else frozenset()
        found.update(_mistakes(text, held | linked))
    source = index.contents.source_of(record) if found else ""
    for written, message in found.items():
        for place in _places(written, source, record.source_line):
            yield record.error_at(place, None, f"{shorten(written)} : {message}", Level.WARNING)


def _days_of(record: AnyRecord, index: Index) -> Days:
    """Return the days of an event, or the day of another content."""
    if has_header(record, EventHeader):
        return _days_held(record, index)
    day = day_of(record)
    return frozenset((day.date,) if day else ())


def _days_held(event: Record[EventHeader], index: Index) -> Days:
    """Return the days of an event, the one first announced included."""
    days = {day for sitting in index.occurrences_of(event) for day in sitting.period.days}
    previous = event.header.previous_start
    return frozenset(days | ({previous.first} if previous else set()))


def _days_linked(sentence: Sentence, record: AnyRecord, index: Index) -> Days:
    """Return the days of the events to which a sentence links."""
    linked = (index.linked(record, link.target) for link in sentence.links)
    events = (found for found in linked if found and has_header(found, EventHeader))
    return frozenset().union(*(_days_held(event, index) for event in events))


def _places(written: str, source: str, first_line: int) -> Iterator[Position]:
    """Yield each place of words in a text; the text's beginning when they are nowhere whole."""
    words = r"[\W_]{1,12}".join(map(re.escape, re.findall(r"\w+", written)))
    found = [match.start() for match in re.finditer(rf"(?<!\w){words}(?!\w)", source)]
    yield from (Position.at(source, place, first_line) for place in found or [0])


def _mistakes(text: str, held: Days) -> Iterator[tuple[str, str]]:
    """Yield the words of each mistake, with what is wrong and what to do."""
    yield from _wrong_weekdays(text, held)
    yield from _backward_spans(text)


# Weekdays.

_WEEKDAYS = {weekday_name(number): number for number in range(7)}
_WEEKDAY = "|".join(_WEEKDAYS)
_MONTHS = {number: fold(month_name(number)) for number in range(1, 13)}
_MONTH = (
    r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre"
    r"|d[ée]cembre|(?:janv?|f[ée]vr?|avr|juill?|sept|oct|nov|d[ée]c)\."
)
_D = r"(?:1er|3[01]|[12][0-9]|0?[1-9])"
_Y = r"(?:1[89]|2[01])[0-9]{2}"
_DAY = re.compile(
    rf"""(?ix)
    (?<!\w)(?P<weekday>{_WEEKDAY})\s+(?P<day>{_D})(?!\w)
    (?: (?P<sign>[/.])(?P<number>1[0-2]|0?[1-9])(?P=sign)(?P<short_year>{_Y})(?!\w)
      | \s+(?P<month>{_MONTH})(?!\w)(?:\s+(?P<year>{_Y})(?!\w))?
    )?
    """
)
# What stands between two days when the second one gives the month, or the year, of both.
_AND = re.compile(
    r"(?i)(?:,?\s+(?:à|de)\s+[0-9]{1,2}\s*h(?:\s*[0-9]{2})?)?"
    r"\s*(?:,|et|ou|puis|au|–|-)\s*(?:(?:le|du)\s+)?"
)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date in a text, from `start` to `end`, `year` None when not written."""

    start: int
    end: int
    weekday: int
    day: int
    month: int
    year: int | None


def _wrong_weekdays(text: str, held: Days) -> Iterator[tuple[str, str]]:
    """Yield the dates whose weekday is another one, and those that do not exist.

    Without a year, a date is of the year of the day held on it; when none is, of a year around
    the days known, unless the sentence names a year.
    """
    has_year = re.search(rf"(?<!\w)(?:{_Y}|1[0-7][0-9]{{2}})(?!\w)", text)
    for found in _dates(text):
        years = {found.year} if found.year else set()
        if not years and not has_year:
            same = {day.year for day in held if (day.month, day.day) == (found.month, found.day)}
            years = same or {day.year + n for day in held for n in (-1, 0, 1)}
        days = [day for year in sorted(years) if (day := _day(year, found))]
        if not years or found.weekday in {day.weekday() for day in days}:
            continue
        yield text[found.start : found.end], _right_weekday(found, days)


def _right_weekday(found: _Date, days: list[dt.date]) -> str:
    if not days:
        return "ce jour n’existe pas. Corrigez la date."
    if len(days) == 1:
        right = weekday_name(days[0].weekday())
        return f"le {format_day(days[0])} est un {right}. Corrigez le jour ou la date."
    years = ", ni en ".join(str(day.year) for day in days)
    return (
        f"ce jour n’est un {weekday_name(found.weekday)} ni en {years}. "
        "Corrigez le jour ou la date."
    )


def _dates(text: str) -> Iterator[_Date]:
    """Yield the dates with a weekday, from the last; « mardi 6 et jeudi 8 février » are two."""
    after: _Date | None = None
    for match in reversed(list(_DAY.finditer(text))):
        number, month, year = int(match["day"].lower().rstrip("er")), _month(match), None
        if written := match["year"] or match["short_year"]:
            year = int(written)
        end = match.end()
        if after and _AND.fullmatch(text, match.end(), after.start):
            if month is None and number <= after.day:
                month, year, end = after.month, after.year, after.end
            elif month and year is None and after.year:
                year, end = after.year - (month > after.month), after.end
        if month is None:
            after = None
            continue
        weekday = _WEEKDAYS[match["weekday"].lower()]
        after = _Date(match.start(), end, weekday, number, month, year)
        yield after


def _month(match: re.Match[str]) -> int | None:
    if match["number"]:
        return int(match["number"])
    written = fold(match["month"] or "").rstrip(".")
    return (
        next((n for n, name in _MONTHS.items() if name.startswith(written)), None)
        if written
        else None
    )


def _day(year: int, found: _Date) -> dt.date | None:
    try:
        return dt.date(year, found.month, found.day)
    except ValueError:
        return None


# Spans that end before they begin.

_TIME = r"(?:[01]?[0-9]|2[0-3])(?:\s*(?:h|heures?)(?:\s*[0-5][0-9])?|:[0-5][0-9])"
_NOON_OR_TIME = rf"(?:midi|{_TIME})(?!\w)"
# Where hours are those at which something is held, and no move from one hour to another.
_HELD = (
    r"lieu|tient|tiendra|tiennent|tiendront|ouverte?s?|matin|soir|réunion|séance|webinaire|atelier"
    r"|journée|déjeuner|dîner|rendez-vous|rencontre|conférence|permanence|accueil|visite|séminaire"
)
_HOURS = re.compile(
    rf"""(?ix)
    (?:^|[,:;(|–—·]|(?<!\w)(?:{_WEEKDAY}|{_MONTH}|{_Y}|{_HELD}))\s*
    (?P<span>
      (?:de\s+|entre\s+)?(?P<from>{_NOON_OR_TIME})\s*(?:à|et|–|—|-)\s*(?P<to>{_NOON_OR_TIME})
    )
    (?!,?\s+(?:le|du)\s+(?:lendemain|jour|{_WEEKDAY}|[0-9]))
    """
)
_DAYS = re.compile(rf"(?i)(?<!\w)du\s+(?P<from>{_D})\s+au\s+(?P<to>{_D})\s+(?:{_MONTH})(?!\w)")
# In a sentence with such a word, a span may be a move: « avancé de 18 h à 17 h ».
_MOVE = re.compile(r"(?i)(?<!\w)(?:avanc|chang|décal|déplac|modif|pass|raccourc|ramen|rédui|réduc)")
# A night lasts at most so many minutes: « de 22 h à 2 h », « de 17 h à 8 h ».
_NIGHT = 16 * 60


def _backward_spans(text: str) -> Iterator[tuple[str, str]]:
    """Yield the spans of hours, and of days of a month, whose end precedes the beginning."""
    if _MOVE.search(text):
        return
    for found in _HOURS.finditer(text):
        start, end = _minutes(found["from"]), _minutes(found["to"])
        if end < start and end + 24 * 60 - start > _NIGHT:
            yield found["span"], "la fin précède le début. Corrigez l’une des deux heures."
    for found in _DAYS.finditer(text):
        first, last = (int(found[name].lower().rstrip("er")) for name in ("from", "to"))
        if last < first:
            yield found[0], "la fin précède le début. Corrigez l’un des deux jours."


def _minutes(time: str) -> int:
    if time.lower() == "midi":
        return 12 * 60
    hours, minutes = ([*re.findall(r"[0-9]+", time), "0"])[:2]
    return int(hours) * 60 + int(minutes)
