"""The feeds of the site: what each is called and holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from itertools import chain

from plugins.dates.moments import PARIS
from plugins.library.addresses import absolute
from plugins.library.library import Library
from plugins.models import Header
from plugins.models.fields import EventStatus
from plugins.outputs.feeds.feed import Feed, FeedEnclosure, FeedFormat, FeedItem, feed_html
from plugins.views.entries import ArticleEntry, Entry, EventEntry, LetterEntry
from plugins.views.event_text import registration_steps, state_line, status_prefix
from plugins.views.identifiers import entry_id, feed_id
from plugins.views.occurrences import Occurrence

Render = Callable[[Entry[Header]], str]
"""Return the text of a content as HTML."""
Size = Callable[[str], int]
"""Return the size, in bytes, of the file that stands at an address of the site."""

LIMIT = 50
_MOST_SITTINGS = 24


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed that the site offers: its name in addresses, its words, its page, what it follows."""

    name: str
    title: str
    description: str
    address: str
    entries: Callable[[Library], Iterable[Entry[Header]]]


CHANNELS = (
    Channel(
        "tout",
        "tout",
        "Les actualités, les événements et les lettres.",
        "/",
        lambda library: chain(library.articles, library.events, library.letters),
    ),
    Channel(
        "actualites",
        "actualités",
        "Les nouvelles, les comptes rendus et les points de droit.",
        "/actualites/",
        lambda library: library.articles,
    ),
    Channel(
        "agenda",
        "agenda",
        "Les événements annoncés, avec leur date, leur lieu et l’inscription.",
        "/agenda/",
        lambda library: library.events,
    ),
    Channel(
        "lettres",
        "la lettre",
        "Chaque numéro de la lettre, en entier.",
        "/lettres/",
        lambda library: library.letters,
    ),
)
FEED_NAMES = tuple(channel.name for channel in CHANNELS)


def site_feeds(library: Library, site_url: str, render: Render, size: Size) -> dict[str, Feed]:
    """Return the feeds by name.

    Each holds the contents nearest to the day of the build, at most `LIMIT`, nearest first: with
    what is dated from the past alone, that is newest first; an event announced without a date of
    publication stands by the day on which it begins.
    """

    @cache
    def item(entry: Entry[Header]) -> FeedItem:
        return _item(entry, site_url, render(entry), _enclosure(entry, site_url, size))

    return {
        channel.name: Feed(
            id=feed_id(channel.name, site_url),
            title=f"{library.site.name}\u00a0: {channel.title}",
            description=channel.description,
            author=library.site.publisher or library.site.name,
            address=absolute(site_url, channel.address),
            addresses={
                form: absolute(site_url, feed_address(channel.name, form)) for form in FeedFormat
            },
            language="fr",
            items=tuple(item(e) for e in _nearest(channel.entries(library), library.today)),
        )
        for channel in CHANNELS
    }


def feed_address(name: str, form: FeedFormat) -> str:
    """Return where a feed stands on the site."""
    return f"/flux/{name}.{form}"


def _nearest(entries: Iterable[Entry[Header]], today: date) -> list[Entry[Header]]:
    def distance(entry: Entry[Header]) -> tuple[int, str]:
        day = entry.date.day if entry.date else _first_day(entry) or date.min
        return (abs((day - today).days), entry.address)

    return sorted(entries, key=distance)[:LIMIT]


def _enclosure(entry: Entry[Header], site_url: str, size: Size) -> FeedEnclosure | None:
    """Return the PDF of an issue of the letter."""
    if not isinstance(entry, LetterEntry):
        return None
    address = entry.pdf_address
    return FeedEnclosure(absolute(site_url, address), size(address), "application/pdf")


def _item(
    entry: Entry[Header], site_url: str, html: str, enclosure: FeedEnclosure | None
) -> FeedItem:
    address = absolute(site_url, entry.address)
    published = _published(entry)
    updated = entry.header.modified.instant if entry.header.modified else None
    return FeedItem(
        id=entry_id(entry, site_url),
        title=status_prefix(_status(entry)) + entry.title,
        address=address,
        published=published,
        updated=updated,
        stamp=max((time for time in (published, updated) if time), default=_new_year(entry)),
        summary=entry.summary,
        content_html=feed_html(_event_facts(entry) + html, address),
        authors=_authors(entry),
        categories=_categories(entry),
        enclosure=enclosure,
    )


def _published(entry: Entry[Header]) -> datetime | None:
    """Return when a content appeared: its date; else, for an event that has begun, its first day.

    An event to come that has no date of publication has none here either: a date in the future
    would keep it above everything else in readers, and one from the clock would change at each
    build.
    """
    if entry.date:
        return entry.date.instant
    day = _first_day(entry)
    if day is None or day > entry.library.today:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)


def _new_year(entry: Entry[Header]) -> datetime:
    """Return the first of January of an event's year, or of this year when that one is to come.

    It is what a feed says of an event to come that has no date of publication where it must say
    something: it does not move before the event begins, save once at the new year before it.
    """
    today = entry.library.today
    year = min(_first_day(entry) or today, today).year
    return datetime(year, 1, 1, tzinfo=PARIS)


def _first_day(entry: Entry[Header]) -> date | None:
    return entry.first.period.first_day if isinstance(entry, EventEntry) else None


def _status(entry: Entry[Header]) -> EventStatus:
    if not isinstance(entry, EventEntry):
        return EventStatus.CONFIRMED
    statuses = {occurrence.status for occurrence in entry.occurrences}
    return statuses.pop() if len(statuses) == 1 else entry.header.event_status


def _authors(entry: Entry[Header]) -> tuple[str, ...]:
    if isinstance(entry, LetterEntry):
        return entry.authors or entry.editors_in_chief
    return entry.authors


def _categories(entry: Entry[Header]) -> tuple[str, ...]:
    names = [entry.kind_label] if isinstance(entry, ArticleEntry) else [entry.kind.label]
    if isinstance(entry, ArticleEntry):
        names += [group.short_title for group in entry.groups]
    if isinstance(entry, EventEntry) and entry.group:
        names.append(entry.group.short_title)
    return tuple(dict.fromkeys((*names, *entry.header.themes)))


def _event_facts(entry: Entry[Header]) -> str:
    """Return when and where an event is held, and how to register: what a reader wants first."""
    if not isinstance(entry, EventEntry):
        return ""
    lines = [
        escape(_sitting(occurrence)) for occurrence in entry.leading_occurrences(_MOST_SITTINGS)
    ]
    if entry.recurrence_line:
        lines.insert(0, escape(_capitalised(entry.recurrence_line)))
    lines += [step.__html__() for step in registration_steps(entry)]
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>\n"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sitting(occurrence: Occurrence) -> str:
    parts = (
        state_line(occurrence),
        occurrence.session_title or "",
        occurrence.when,
        occurrence.place_line,
    )
    return " · ".join(part for part in parts if part)
