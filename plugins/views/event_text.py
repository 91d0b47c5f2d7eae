"""The description of an event in words, for calendars and feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from plugins.content.record import Record
from plugins.dates.in_words import format_day, format_period, format_time
from plugins.dates.recurrence_in_words import describe
from plugins.french.typography import NBSP
from plugins.library.index import Index
from plugins.library.occurrences import STATUS_LABELS, Occurrence
from plugins.models import EventHeader
from plugins.models.event import Registration
from plugins.models.fields import EventStatus
from plugins.views.registration import INTEREST, mailbox

_PREFIXED = {EventStatus.CANCELLED, EventStatus.POSTPONED}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a description: a fact, or an action with its `target` and the `link` to it."""

    label: str
    target: str = ""
    link: str = ""

    def __str__(self) -> str:
        """Return the step as plain text."""
        return f"{self.label}{NBSP}: {self.target}" if self.target else self.label

    def __html__(self) -> str:
        """Return the step as HTML."""
        if not self.link:
            return escape(str(self), quote=False)
        link = f'<a href="{escape(self.link)}">{escape(self.target, quote=False)}</a>'
        return f"{escape(self.label, quote=False)}{NBSP}: {link}"


def status_prefix(status: EventStatus) -> str:
    """Return « Annulé : » or « Reporté : », to precede a title, or nothing."""
    return f"{STATUS_LABELS[status]}{NBSP}: " if status in _PREFIXED else ""


def whole_title(occurrence: Occurrence) -> str:
    """Return the title of the event and that of the session."""
    return " – ".join(part for part in (occurrence.title, occurrence.session_title) if part)


def calendar_title(occurrence: Occurrence) -> str:
    """Return the title in a calendar, where readers see only a title and a day.

    The title includes the state, when the day is not certain: « Annulé : … », « … (date à
    confirmer) ».
    """
    title = whole_title(occurrence)
    if occurrence.is_off:
        return status_prefix(occurrence.status) + title
    if occurrence.awaits_day:
        return f"{title} (date à confirmer)"
    if occurrence.previous_start and not occurrence.is_approximate:
        return f"{title} (nouvelle date)"
    awaits = occurrence.is_to_confirm and not occurrence.is_approximate and not occurrence.is_past
    return f"{title} (à confirmer)" if awaits else title


def plain_description(
    event: Record[EventHeader], index: Index, occurrence: Occurrence, address: str
) -> str:
    """Return the description of an occurrence as plain text; `address`, its page, is absolute."""
    return _plain(event, _facts(event, index, occurrence, address))


def html_description(
    event: Record[EventHeader], index: Index, occurrence: Occurrence, address: str
) -> str:
    """Return the description as a whole HTML document, which Outlook requires."""
    return _html(event, _facts(event, index, occurrence, address))


def plain_registration(event: Record[EventHeader], index: Index, address: str) -> str:
    """Return how to register as plain text, for the last day to do so."""
    return _plain(event, (*registration_steps(event, index), _read_more(address)))


def html_registration(event: Record[EventHeader], index: Index, address: str) -> str:
    """Return how to register as a whole HTML document, which Outlook requires."""
    return _html(event, (*registration_steps(event, index), _read_more(address)))


def _plain(event: Record[EventHeader], steps: Iterable[Step]) -> str:
    return "\n\n".join((event.header.summary, "\n".join(map(str, steps))))


def _html(event: Record[EventHeader], steps: Iterable[Step]) -> str:
    summary = escape(event.header.summary, quote=False)
    facts = "<br>".join(step.__html__() for step in steps)
    return f"<html><body><p>{summary}</p><p>{facts}</p></body></html>"


def _read_more(address: str) -> Step:
    return Step("En savoir plus", address, address)


def _facts(
    event: Record[EventHeader], index: Index, occurrence: Occurrence, address: str
) -> Iterator[Step]:
    """Yield the facts besides title and date, then how to take part."""
    header = event.header
    lines = (
        _state(occurrence),
        series_line(header),
        occurrence.part_of_day.capitalize() if occurrence.part_of_day else "",
        occurrence.place_line,
        f"Public{NBSP}: {', '.join(header.audience)}" if header.audience else "",
        f"Avec {', '.join(header.speakers)}" if header.speakers else "",
        f"Avec le soutien de {', '.join(header.sponsors)}" if header.sponsors else "",
    )
    yield from (Step(line) for line in lines if line)
    if not occurrence.is_off:
        if url := occurrence.online_url:
            yield Step("Rejoindre la visioconférence", url, url)
        yield from registration_steps(event, index)
    yield _read_more(address)


def _state(occurrence: Occurrence) -> str:
    """Return the state in words, with an approximate date; nothing for a confirmed date."""
    if occurrence.is_approximate:
        label = "Date à confirmer" if occurrence.awaits_day else "Date"
        approximate = f"{label}{NBSP}: {occurrence.approximate_label}"
        return " · ".join(part for part in (state_line(occurrence), approximate) if part)
    return state_line(occurrence)


def state_line(occurrence: Occurrence) -> str:
    """Return the state in words, with the date first announced, if another."""
    previous = f"d’abord annoncé{NBSP}: {occurrence.previous_when}"
    parts = (occurrence.state, previous if occurrence.previous_when else "")
    return ", ".join(part for part in parts if part)


def registration_steps(event: Record[EventHeader], index: Index) -> tuple[Step, ...]:
    """Return how to register: form, mailbox, form for those who cannot come.

    Closed registration makes no difference: a text sent or kept does not change with the day.
    """
    found = event.header.registration
    if not found or all(occurrence.is_off for occurrence in index.occurrences_of(event)):
        return ()
    steps = []
    label = _registration_label(found)
    if found.url:
        steps.append(Step(label, found.url, found.url))
        label = "Inscription par courriel"
    if way := mailbox(event.header):
        steps.append(Step(label, way.title, way.address))
    if not steps:
        steps.append(Step(label))
    if found.interest:
        steps.append(Step(INTEREST, found.interest, found.interest))
    return tuple(steps)


def deadline_label(found: Registration) -> str:
    """Return « Inscription jusqu’au 31 janvier 2024 à 12 h »."""
    parts = ["Inscription"]
    if found.deadline:
        parts.append(f"jusqu’au {format_day(found.deadline.last)}")
        if found.deadline.time:
            parts.append(f"à {format_time(found.deadline.time)}")
    return " ".join(parts)


def _registration_label(found: Registration) -> str:
    """Return « Inscription jusqu’au 31 janvier 2024 à 12 h (40 places) »."""
    label = deadline_label(found)
    if found.full:
        return f"{label} (complet)"
    if found.places:
        return f"{label} ({found.places}{NBSP}place{'s' if found.places > 1 else ''})"
    return label


def series_line(header: EventHeader) -> str:
    """Return « 3e déjeuner passerelle, saison 2023 », or nothing."""
    series = header.series
    if not series:
        return ""
    name = series.name
    if series.number:
        ordinal = "1er" if series.number == 1 else f"{series.number}e"
        name = f"{ordinal}{NBSP}{name[:1].lower()}{name[1:]}"
    return f"{name}, saison{NBSP}{series.season}" if series.season else name


def recurrence_line(header: EventHeader) -> str:
    """Return the rule in words: « chaque mois, le premier mardi, à 17 h », or nothing."""
    recurrence = header.recurrence_set
    return describe(recurrence) if recurrence else ""


def whole_when(occurrences: Iterable[Occurrence]) -> str:
    """Return the dates and states of occurrences in one sentence, separated by « ; »."""
    return " ; ".join(occurrence.stated_when for occurrence in occurrences)


def short_when(event: Record[EventHeader], index: Index) -> str:
    """Return « 31 janvier 2024 et 3 autres dates »; for a rule, the rule."""
    if rule := recurrence_line(event.header):
        return rule
    occurrences = index.occurrences_of(event)
    one = leading_one(occurrences)
    when = one.when if one.is_approximate else format_period(one.period)
    return " ".join(filter(None, (when, other_dates(len(occurrences) - 1))))


def other_dates(number: int) -> str:
    """Return « et 3 autres dates », or nothing."""
    if number > 1:
        return f"et {number}{NBSP}autres dates"
    return "et une autre date" if number else ""


def leading_one(occurrences: tuple[Occurrence, ...]) -> Occurrence:
    """Return the occurrence that stands for an event: the next one held, else the last one."""
    held = [o for o in occurrences if not o.is_off] or list(occurrences)
    return next((o for o in held if not o.is_past), held[-1])


def leading(occurrences: tuple[Occurrence, ...], most: int) -> tuple[Occurrence, ...]:
    """Return at most `most` occurrences: all, else the next ones, else the last ones."""
    if len(occurrences) <= most:
        return occurrences
    upcoming = tuple(o for o in occurrences if not o.is_past)
    return upcoming[:most] or occurrences[-1:]
