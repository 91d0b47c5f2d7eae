"""Days of an event in a text that contradict the event's own file.

Only unambiguous contradictions are reported: after false warnings, editors stop reading warnings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from plugins.content.record import AnyRecord, Record, has_header
from plugins.dates.in_words import format_period, month_name
from plugins.dates.recurrence_rule import parse_rule
from plugins.faults import ContentError, KeyPath, Level, Position, shorten
from plugins.french.typography import fold, plain
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.markdown.bodies import Sentence
from plugins.markdown.sentences import LINK_END, LINK_START
from plugins.models import EventHeader


def find(index: Index) -> Iterator[ContentError]:
    """Yield a warning per sentence that gives an event a wrong day.

    A sentence is judged when it links to one event, once, and contains one full day (day and
    month), in one of the forms of `_GIVEN`. The right days are those on which the event is or may
    be held, and those in its file: registration deadline, date before a postponement, date in the
    title. Without a year, a day is right in any year. An event with an endless rule is not judged:
    not all its days are known.
    """
    days_of = cache(partial(_days_of, index=index))
    for record in index.published:
        for sentence in record.body.sentences:
            written = _only_day(sentence) if sentence.links else None
            linked = _only_event(sentence, record, index) if written else None
            if not written or not linked:
                continue
            number, event = linked
            day, right = _read(written), days_of(event)
            if right and day not in right and _is_given(sentence, number, written):
                truth = _says_when(day, event, index)
                yield record.error_at(
                    _locate(written[0], sentence.links[number].position, record, index),
                    None,
                    f"{shorten(written[0])} : {truth}. Corrigez l’un des deux.",
                    Level.WARNING,
                )


# The events, from the index.


def _only_event(
    sentence: Sentence, record: AnyRecord, index: Index
) -> tuple[int, Record[EventHeader]] | None:
    """Return the only event that a sentence links to, with the rank of its link.

    Return None for a sentence without a link to an event, or with several, even to the same event.
    """
    found = [
        (number, event)
        for number, link in enumerate(sentence.links)
        if (event := index.linked(record, link.target)) and has_header(event, EventHeader)
    ]
    return found[0] if len(found) == 1 else None


def _days_of(event: Record[EventHeader], index: Index) -> set[_Day]:
    """Return the days of an event and those in its file, with and without their year.

    The set is empty when not all days are known.
    """
    header = event.header
    if _is_endless(header):
        return set()
    days = {day for occurrence in index.occurrences_of(event) for day in occurrence.period.days}
    if header.registration and header.registration.deadline:
        days.add(header.registration.deadline.last)
    if previous := header.previous_start:
        span = (previous.last - previous.first).days + 1
        days.update(previous.first + dt.timedelta(days=n) for n in range(span))
    written = {_Day(year, day.month, day.day) for day in days for year in (day.year, None)}
    return written.union(map(_read, _DAY.finditer(plain(header.title))))


def _is_endless(header: EventHeader) -> bool:
    recurrence = header.recurrence
    return bool(recurrence and recurrence.rule and parse_rule(recurrence.rule).is_endless)


# Days in a sentence.


class _Day(NamedTuple):
    """A day as written, `year` None when not written."""

    year: int | None
    month: int
    day: int


_MONTHS = {number: fold(month_name(number)) for number in range(1, 13)}
_D = r"(?:1er|3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_Y = r"(?:1[89]|2[01])[0-9]{2}(?![0-9])"
_DAY = re.compile(
    rf"""(?ix)
    (?<![\w/-])(?P<iso_year>{_Y})-(?P<iso_month>[01][0-9])-(?P<iso_day>[0-3][0-9])(?![\w/-])
  | (?<![\w/.,-])(?P<left_day>{_D})(?P<sign>[/.-])(?P<left_month>1[0-2]|0?[1-9])(?P=sign)
      (?P<left_year>{_Y})(?![\w/-]|\.[0-9])
  | (?<![\w/.,°–-])(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?
      (?P<day>{_D})\s+
      (?P<month>janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre
        |d[ée]cembre|(?:janv?|f[ée]vr?|avr|juill?|sept|oct|nov|d[ée]c)\.)
      (?:\s+(?P<year>{_Y}))?(?!\w)
    """
)


def _only_day(sentence: Sentence) -> re.Match[str] | None:
    """Return the only full day in a sentence, None without one or with several."""
    found = list(islice(_DAY.finditer(sentence.text), 2))
    return found[0] if len(found) == 1 else None


def _read(written: re.Match[str]) -> _Day:
    def value(name: str) -> str:
        return written[name] or written[f"iso_{name}"] or written[f"left_{name}"] or ""

    written_month = fold(value("month")).rstrip(".")
    months = (number for number, name in _MONTHS.items() if name.startswith(written_month))
    month = next(months, None) or int(written_month)
    year = int(value("year")) if value("year") else None
    return _Day(year, month, int(value("day").lower().rstrip("er")))


_SIGN = "\ue002"  # A private character, like those of the links, that replaces the day.
_LINK = f"{LINK_START}[^{LINK_END}]*{LINK_END}"
_ARTICLE = r"(?:(?:le|la|les|un|une|ce|cet|cette|notre|votre)\s+|l'\s*)?"
_HELD = r"(?:\s*[,:|–—]|\s+(?:a\s+lieu|aura\s+lieu|a\s+eu\s+lieu|se\s+tient|se\s+tiendra))\s+"
# The forms in which the words of a sentence give a day to an event. « Rendez-vous le [9 février] »,
# « [lancement du 9 février] », « [lancement] (9 février) »: in the link, or just after it.
# « Le [lancement] a lieu le 9 février, à midi »: the event begins the sentence.
# « 9 février : le [lancement] »: the whole sentence.
_GIVEN = re.compile(
    rf"""(?ix)
    {LINK_START}\s*(?:le\s+)?{_SIGN}\s*{LINK_END}
  | {LINK_START}[^{LINK_END}]*{LINK_END}?\s*(?:du\s+|\((?:le\s+)?){_SIGN}
  | ^\W*{_ARTICLE}{_LINK}{_HELD}(?:le\s+)?{_SIGN}
  | ^\W*(?:le\s+)?{_SIGN}{_HELD}{_ARTICLE}{_LINK}\s*(?:\||\W*$)
    """
)


def _is_given(sentence: Sentence, number: int, written: re.Match[str]) -> bool:
    """Return True when a sentence gives a day to the event of its `number`-th link, from 0."""
    text = sentence.text[: written.start()] + _SIGN + sentence.text[written.end() :]
    first, *others = text.split(LINK_START)
    marked = (
        LINK_START + other if n == number else other.replace(LINK_END, "")
        for n, other in enumerate(others)
    )
    return bool(_GIVEN.search(first + "".join(marked)))


# The warning.


def _says_when(written: _Day, event: Record[EventHeader], index: Index) -> str:
    """Return in French the sitting nearest to a wrong day, with its place in the event's file.

    « l’événement lié se tient notamment le 2 février 2024 (content/evenements/a.md:5) »
    """
    occurrences = index.occurrences_of(event)
    nearest = min(occurrences, key=lambda o: (_distance(written, o), o.sort_key))
    line = event.locate(_path(event.header, nearest)).line
    place = f"{event.path.as_posix()}:{line}"
    period = format_period(nearest.period)
    if nearest.is_approximate:
        return f"l’événement lié n’a pour date que « {period} » ({place})"
    several = "notamment " if len(occurrences) > 1 else ""
    when = period if nearest.period.is_several_days else f"le {period}"
    return f"l’événement lié se tient {several}{when} ({place})"


def _distance(written: _Day, occurrence: Occurrence) -> int:
    """Return the approximate number of days between a written day, maybe invalid, and a sitting."""
    first = occurrence.period.first_day
    years = (written.year or first.year) - first.year
    return abs(years * 372 + (written.month - first.month) * 31 + written.day - first.day)


def _path(header: EventHeader, occurrence: Occurrence) -> KeyPath:
    """Return the key of a sitting's date in the header of its event."""
    if header.sessions and occurrence.number:
        return ("seances", occurrence.number - 1, "debut")
    if header.recurrence and occurrence.period.start != header.start:
        return ("recurrence",)
    return ("debut",)


_AROUND = 1500
"""Number of characters before and after a link in which the words of its sentence are sought."""


def _locate(written: str, link: Position, record: AnyRecord, index: Index) -> Position:
    """Return the place of words in the file, the nearest to the link of their sentence."""
    body = index.contents.source_of(record)
    lines = body.split("\n")[: link.line - record.source_line]
    here = sum(len(line) + 1 for line in lines) + link.column - 1
    start = max(0, here - _AROUND)
    words = r"[\W_]{1,12}".join(re.escape(word) for word in re.findall(r"\w+", written))
    found = re.finditer(rf"(?<!\w){words}(?!\w)", body[start : here + _AROUND])
    places = [start + match.start() for match in found]
    if not places:
        return link
    place = min(places, key=lambda place: abs(place - here))
    return Position.at(body, place, record.source_line)
