"""What a text says of an event, against what the event's own file says: days, number of sittings.

Only a sentence that links to an event or a group is judged, and only for what it cannot be right
about: an editor who is warned for nothing no longer reads warnings.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from plugins.checks.sentences import Sentence, sentences_of
from plugins.checks.written_days import Mention, Role, WrittenDay, find_days, known_days
from plugins.dates.in_words import format_day, format_period
from plugins.dates.recurrence_rule import parse_rule
from plugins.faults import ContentError, KeyPath, Level, Position, shorten
from plugins.french.typography import fold
from plugins.library.links import BrokenLinkError, links_of, resolve
from plugins.models import Header
from plugins.views.entries import ArticleEntry, Entry, EventEntry, GroupEntry
from plugins.views.occurrences import Occurrence

if TYPE_CHECKING:
    from plugins.library.library import Library


def find(library: Library) -> Iterator[ContentError]:
    """Yield a warning per date or number of sittings that contradicts what its sentence links to.

    A text links by a file or by an address of the site; drafts are neither judged nor believed.
    """
    known: dict[Entry[Header], _Known] = {}
    for entry in library.entries:
        targets = _targets(entry, library)
        if not targets:
            continue
        for target in (*targets.values(), *_subjects(entry)):
            known.setdefault(target, _Known(target))
        subjects = tuple(known[subject] for subject in _subjects(entry))
        starts = [0, *(match.end() for match in re.finditer("\n", entry.document.body))]
        for sentence in sentences_of(entry.body):
            written = dict.fromkeys(link.target for link in sentence.links)
            linked = dict.fromkeys(targets[target] for target in written if target in targets)
            if linked:
                judged = _Judged(entry, starts, sentence, tuple(known[t] for t in linked), subjects)
                yield from judged.wrong_days()
                yield from judged.wrong_numbers()


def _targets(entry: Entry[Header], library: Library) -> dict[str, EventEntry | GroupEntry]:
    """Return the events and groups that a text links to, by the targets as written."""
    found: dict[str, EventEntry | GroupEntry] = {}
    for target in sorted({link.target for link in links_of(entry) if not link.is_image}):
        try:
            address = urlsplit(resolve(target, entry, library))
        except BrokenLinkError:
            continue
        other = None if address.netloc else library.at_address(unquote(address.path))
        if isinstance(other, EventEntry | GroupEntry):
            found[target] = other
    return found


def _subjects(entry: Entry[Header]) -> tuple[EventEntry | GroupEntry, ...]:
    """Return what a text speaks of by its nature, without a link."""
    if isinstance(entry, EventEntry | GroupEntry):
        return (entry,)
    if isinstance(entry, ArticleEntry) and entry.reported_event:
        return (entry.reported_event,)
    return ()


class _Known:
    """What the files say of an event, or of a group by its events."""

    def __init__(self, target: EventEntry | GroupEntry) -> None:
        self.target = target
        self.event = target if isinstance(target, EventEntry) else None

    @cached_property
    def held(self) -> frozenset[WrittenDay]:
        """Return the days on which it is held, or may be when its date is approximate."""
        periods = (occurrence.period for occurrence in self.target.occurrences)
        return known_days({day for period in periods for day in period.days})

    @cached_property
    def announced(self) -> frozenset[WrittenDay]:
        """Return the other days of an event: its registration deadline, its previous date."""
        days: set[dt.date] = set()
        if self.deadline:
            days.add(self.deadline)
        if self.event and (previous := self.event.header.previous_start):
            span = (previous.last - previous.first).days + 1
            days.update(previous.first + dt.timedelta(days=n) for n in range(span))
        return known_days(days)

    @cached_property
    def years(self) -> frozenset[int]:
        """Return the years of its days."""
        return frozenset(day.year for day in self.held | self.announced if day.year is not None)

    @cached_property
    def is_endless(self) -> bool:
        """Tell whether it comes back for ever: only a part of its days is known."""
        recurrence = self.event.header.recurrence if self.event else None
        return bool(recurrence and recurrence.rule and parse_rule(recurrence.rule).is_endless)

    @cached_property
    def deadline(self) -> dt.date | None:
        """Return the last day to register for the event."""
        registration = self.event.header.registration if self.event else None
        return registration.deadline.last if registration and registration.deadline else None

    def numbers(self, since: dt.date | None) -> frozenset[int]:
        """Return every number of sittings that a text published on a day may rightly give.

        They are all of them, those that hold, those of a year, those to come, those already held.
        Nothing is returned when the files do not settle it.
        """
        if self.is_endless:
            return frozenset()
        if self.event:
            group = _Known(self.event.group) if self.event.group else None
            if group:
                return _numbers(self.target.occurrences, since) | group.numbers(since)
            if len(self.target.occurrences) == 1:
                return frozenset()
        return _numbers(self.target.occurrences, since)


def _numbers(occurrences: tuple[Occurrence, ...], since: dt.date | None) -> frozenset[int]:
    sure = tuple(o for o in occurrences if not o.is_approximate)
    found: set[int] = set()
    for chosen in (occurrences, tuple(o for o in occurrences if not o.is_cancelled), sure):
        years = [o.year for o in chosen]
        found |= {len(chosen), *(years.count(year) for year in years)}
        if since:
            ahead = sum(o.period.last_day >= since for o in chosen)
            found |= {ahead, len(chosen) - ahead}
    found |= {len({o.event for o in occurrences})}
    return frozenset(found - {0})


@dataclass(frozen=True)
class _Judged:
    """A sentence, what it links to, and what its text speaks of anyway.

    `starts` are the places in the text where its lines start.
    """

    entry: Entry[Header]
    starts: list[int]
    sentence: Sentence
    linked: tuple[_Known, ...]
    subjects: tuple[_Known, ...]

    def wrong_days(self) -> Iterator[ContentError]:
        """Yield a warning per date that is none of the linked events'.

        Once every event has one of its own days in the sentence, another date is about something
        else; so is one that its own words give to something else (« décret du »).
        """
        events = [known for known in self.linked if known.event]
        if not events:
            return
        right: set[WrittenDay] = set()
        for known in (*self.linked, *self.subjects):
            right |= known.held | known.announced
        undated, wrong = list(events), []
        for mention in find_days(self.sentence.text):
            if mention.role is Role.OTHER:
                continue
            if not mention.agrees(right):
                wrong.append(mention)
                continue
            undated = [known for known in undated if not mention.touches(known.held)]
        for mention in wrong:
            if mention.role is Role.LIMIT:
                yield from self._wrong_limit(mention, events)
            elif about := [known for known in undated if _may_be_of(mention, known)]:
                yield self._warning(mention.text, _says_when(mention, about))

    def _wrong_limit(self, mention: Mention, events: list[_Known]) -> Iterator[ContentError]:
        """Yield a warning when a deadline to register is not the event's."""
        known = next((known for known in events if known.deadline), None)
        if known and known.event and known.deadline and "inscri" in fold(self.sentence.text):
            place = _place(known.event, ("inscription", "avant_le"))
            yield self._warning(
                mention.text,
                "les inscriptions à l’événement lié sont closes le "
                f"{format_day(known.deadline)} ({place})",
            )

    def wrong_numbers(self) -> Iterator[ContentError]:
        """Yield a warning per number of sittings that is not that of what is linked."""
        text = self.sentence.text
        found = [m for m in _NUMBER.finditer(text) if _is_whole(text, m)]
        if not found or _SHARED.search(text):
            return
        published = self.entry.date.day if self.entry.date else None
        numbers = [known.numbers(published) for known in self.linked]
        if not all(numbers):
            return
        right = {len(self.linked), sum(len(k.target.occurrences) for k in self.linked)}
        right = right.union(*numbers)
        for match in found:
            number = _VALUES.get(match["number"].lower()) or int(match["number"])
            vague = any(o.is_approximate for k in self.linked for o in k.target.occurrences)
            if number in right or (vague and number > max(right)):
                continue
            yield self._warning(match[0], _says_how_many(self.linked[0].target))

    def _warning(self, written: str, truth: str) -> ContentError:
        return self.entry.error_at(
            self._locate(written),
            None,
            f"{shorten(written)} : {truth}. Corrigez l’un des deux.",
            Level.WARNING,
        )

    def _locate(self, written: str) -> Position:
        """Return the place of some words in the file: the nearest to the sentence's first link."""
        document, link = self.entry.document, self.sentence.links[0].position
        here = self.starts[link.line - document.body_line] + link.column - 1
        first = max(0, here - _AROUND)
        words = r"[\W_]{1,12}".join(re.escape(word) for word in re.findall(r"\w+", written))
        near = document.body[first : here + _AROUND]
        places = [first + m.start() for m in re.finditer(rf"(?<!\w){words}(?!\w)", near)]
        if not places:
            return link
        place = min(places, key=lambda place: abs(place - here))
        line = bisect(self.starts, place) - 1
        return Position(document.body_line + line, place - self.starts[line] + 1)


_AROUND = 1500
"""In how many characters before and after a link the words of its sentence are looked for."""


def _may_be_of(mention: Mention, known: _Known) -> bool:
    """Tell whether a date is near enough: « le 26 janvier 1984 » is of another time."""
    beyond = 0 if known.is_endless else 1
    return all(any(abs(year - other) <= beyond for other in known.years) for year in mention.years)


def _says_when(mention: Mention, events: list[_Known]) -> str:
    """Return when the events are held: the sitting nearest to what is wrong, and its place."""
    wrong = (day for day in mention.days if not any(day in known.held for known in events))
    written = next(wrong, mention.days[0])
    occurrences = [o for known in events for o in known.target.occurrences]
    nearest = min(occurrences, key=lambda o: (_distance(written, o), o.sort_key))
    place = _place(nearest.event, _path(nearest))
    period = format_period(nearest.period)
    if nearest.is_approximate:
        return f"l’événement lié n’a pour date que « {period} » ({place})"
    several = "notamment " if len(nearest.event.occurrences) > 1 else ""
    when = period if nearest.period.is_several_days else f"le {period}"
    return f"l’événement lié se tient {several}{when} ({place})"


def _distance(written: WrittenDay, occurrence: Occurrence) -> int:
    day = occurrence.period.first_day
    if written.year:
        return abs((written.year - day.year) * 372 + _rank(written.month, written.day, day))
    apart = abs(_rank(written.month, written.day, day))
    return min(apart, 372 - apart)


def _rank(month: int, day: int, other: dt.date) -> int:
    return (month - other.month) * 31 + day - other.day


def _path(occurrence: Occurrence) -> KeyPath:
    """Return where the header of an event gives the date of a sitting."""
    header = occurrence.event.header
    if header.sessions and occurrence.number:
        return ("seances", occurrence.number - 1, "debut")
    if header.recurrence and occurrence.period.start != header.start:
        return ("recurrence",)
    return ("debut",)


def _place(event: EventEntry, path: KeyPath) -> str:
    return f"{event.document.path.as_posix()}:{event.document.locate(path).line}"


_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_VALUES = {word: number for number, word in enumerate(_WORDS, start=2)}
_NUMBER = re.compile(
    rf"(?i)(?<![\w.,'°-])(?P<number>{'|'.join(_WORDS)}|[2-9]|[1-9][0-9])"
    r"\s+(?:réunions|séances|sessions|rencontres)(?!\w)"
)
# A number that is not that of all the sittings: some of them, about so many, so many each.
_BEFORE = re.compile(
    r"""(?ix)
    (?:\b(?:moins|plus|environ|quelque|quelques|près\ de|une|un|ou|à|et|entre|après|déjà|encore
      |autres?|ces|chaque|par|sur|tou[ts]e?s?\ les|dans|d'ici|depuis|prochaines|premières|dernières
      |issue\ des?|jusqu'à|deux|trois)|jusqu'à|\d)
    [\s–-]*$
    """
)
_AFTER = re.compile(
    r"""(?ix)
    ^\s*(?:,\s*)?
    (?:par|sur|déjà|encore|restantes?|suivantes|supplémentaires|passées|tenues|à\ venir|prochaines
      |nouvelles|de\ plus|ont|se\ sont|avaient|étaient|furent|plus\ tôt|plus\ tard|d'affilée
      |\w+elles|plénières|préparatoires|communes|intermédiaires|publiques|internes
      |en\ (?:visio|ligne|présentiel|plénière|une)|à\ distance|physiques|hybrides|ou|d'ici|avant
      |après|depuis|suffi\w+)(?!\w)
    """
)
_SHARED = re.compile(r"(?i)\b(?:chacune?s?|chaque|respectivement|dont|parmi)\b")


def _is_whole(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    return not (_BEFORE.search(before) or _AFTER.match(text[match.end() : match.end() + 40]))


def _says_how_many(target: EventEntry | GroupEntry) -> str:
    """Return how many sittings a target has, and where they are written."""
    occurrences = target.occurrences
    number = len(occurrences)
    kind = "l’événement" if isinstance(target, EventEntry) else f"le {target.kind_label.lower()}"
    events = {o.event: _place(o.event, _path(o)) for o in reversed(occurrences)}
    places = list(dict.fromkeys(reversed(events.values())))
    shown = ", ".join(places[:3]) + (", …" if len(places) > 3 else "")
    counted = "n’a qu’une séance" if number == 1 else f"a {number} séances"
    return f"{kind} lié {counted} ({shown})"
