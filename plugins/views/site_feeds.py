"""The feeds of the site: their names, channels and items."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from html import escape
from itertools import chain

from plugins.content.record import AnyRecord, has_header
from plugins.dates.moments import PARIS
from plugins.french.typography import capitalised
from plugins.library.addresses import absolute
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.library.publication import announced_at, first_day, last_news, published_at
from plugins.models import ArticleHeader, EventHeader, LetterHeader
from plugins.models.fields import EventStatus
from plugins.outputs.feeds.feed import Feed, FeedEnclosure, FeedFormat, FeedItem, feed_html
from plugins.views.base import kind_label
from plugins.views.event_text import (
    leading,
    recurrence_line,
    registration_steps,
    state_line,
    status_prefix,
)
from plugins.views.identifiers import content_id, feed_id
from plugins.views.letters import pdf_address

Render = Callable[[AnyRecord], str]
"""The rendering of a content's text as HTML."""
Size = Callable[[str], int]
"""The size, in bytes, of the file at an address of the site."""

LIMIT = 50
_MOST_SITTINGS = 24


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed of the site: its name in addresses, its French texts, its page, its contents."""

    name: str
    title: str
    description: str
    address: str
    records: Callable[[Index], Iterable[AnyRecord]]


CHANNELS = (
    Channel(
        "tout",
        "tout",
        "Les actualités, les événements et les lettres.",
        "/",
        lambda index: chain(index.articles, index.events, index.letters),
    ),
    Channel(
        "actualites",
        "actualités",
        "Les nouvelles, les comptes rendus et les points de droit.",
        "/actualites/",
        lambda index: index.articles,
    ),
    Channel(
        "agenda",
        "agenda",
        "Les événements annoncés, avec leur date, leur lieu et l’inscription.",
        "/agenda/",
        lambda index: index.events,
    ),
    Channel(
        "lettres",
        "la lettre",
        "Chaque numéro de la lettre, en entier.",
        "/lettres/",
        lambda index: index.letters,
    ),
)


class SiteFeeds:
    """The feeds of a site, each made when it is first asked for, as each of their items."""

    def __init__(self, index: Index, site_url: str, render: Render, size: Size) -> None:
        """Take what they are made from."""
        self._index, self._url = index, site_url
        self._render, self._size = render, size
        self.feed = cache(self._feed)
        self._item = cache(self._made_item)

    def records(self, channel: Channel) -> list[AnyRecord]:
        """Return the contents of a feed, at most `LIMIT`, the last published or changed first.

        An event that has no date yet, for want of a history, counts by the distance from its first
        day to that of the build.
        """
        return _latest(channel.records(self._index), self._index)

    def head(self, channel: Channel) -> Feed:
        """Return a feed without its items."""
        site, url = self._index.site, self._url
        return Feed(
            id=feed_id(channel.name, url),
            title=f"{site.name}\u00a0: {channel.title}",
            description=channel.description,
            author=site.publisher or site.name,
            address=absolute(url, channel.address),
            addresses={
                form: absolute(url, feed_address(channel.name, form)) for form in FeedFormat
            },
            language="fr",
            items=(),
        )

    def _feed(self, channel: Channel) -> Feed:
        return replace(self.head(channel), items=tuple(map(self._item, self.records(channel))))

    def _made_item(self, record: AnyRecord) -> FeedItem:
        enclosure = _enclosure(record, self._url, self._size)
        return _item(record, self._index, self._url, self._render(record), enclosure)


def site_feeds(index: Index, site_url: str, render: Render, size: Size) -> dict[str, Feed]:
    """Return the feeds by name."""
    feeds = SiteFeeds(index, site_url, render, size)
    return {channel.name: feeds.feed(channel) for channel in CHANNELS}


def feed_address(name: str, form: FeedFormat) -> str:
    """Return the address of a feed."""
    return f"/flux/{name}.{form}"


def _latest(records: Iterable[AnyRecord], index: Index) -> list[AnyRecord]:
    def age(record: AnyRecord) -> tuple[float, str]:
        if known := last_news(record, index):
            return ((index.now - known).total_seconds(), record.address)
        first = first_day(record, index) or index.today
        return (abs((first - index.today).total_seconds()), record.address)

    return sorted(records, key=age)[:LIMIT]


def _enclosure(record: AnyRecord, site_url: str, size: Size) -> FeedEnclosure | None:
    """Return the PDF of an issue of the letter as enclosure, None for other contents."""
    if not has_header(record, LetterHeader):
        return None
    address = pdf_address(record)
    return FeedEnclosure(absolute(site_url, address), size(address), "application/pdf")


def _item(
    record: AnyRecord, index: Index, site_url: str, html: str, enclosure: FeedEnclosure | None
) -> FeedItem:
    header = record.header
    address = absolute(site_url, record.address)
    return FeedItem(
        id=content_id(record, index, site_url),
        title=status_prefix(_status(record, index)) + header.title,
        address=address,
        published=published_at(record, index),
        updated=announced_at(record, index),
        stamp=last_news(record, index) or _new_year(record, index),
        summary=header.summary,
        content_html=feed_html(_event_facts(record, index) + html, address),
        authors=_authors(record),
        categories=_categories(record, index),
        enclosure=enclosure,
    )


def _new_year(record: AnyRecord, index: Index) -> datetime:
    """Return 1 January of the event's year or of the current year, whichever is earlier.

    Feeds need a date even for an event to come without a date of publication: this date changes
    only at a new year before the event begins.
    """
    year = min(first_day(record, index) or index.today, index.today).year
    return datetime(year, 1, 1, tzinfo=PARIS)


def _status(record: AnyRecord, index: Index) -> EventStatus:
    if not has_header(record, EventHeader):
        return EventStatus.CONFIRMED
    statuses = {occurrence.status for occurrence in index.occurrences_of(record)}
    return statuses.pop() if len(statuses) == 1 else record.header.event_status


def _authors(record: AnyRecord) -> tuple[str, ...]:
    if has_header(record, LetterHeader):
        return record.header.authors or record.header.editors_in_chief
    return record.header.authors


def _categories(record: AnyRecord, index: Index) -> tuple[str, ...]:
    names = [record.kind.label]
    if has_header(record, ArticleHeader):
        names = [kind_label(record)]
        names += [group.header.short_title for group in index.groups_of(record)]
    if has_header(record, EventHeader) and (group := index.group_of(record)):
        names.append(group.header.short_title)
    return tuple(dict.fromkeys((*names, *record.header.themes)))


def _event_facts(record: AnyRecord, index: Index) -> str:
    """Return the dates and places of an event and how to register, as HTML."""
    if not has_header(record, EventHeader):
        return ""
    shown = leading(index.occurrences_of(record), _MOST_SITTINGS)
    lines = [escape(_sitting(occurrence)) for occurrence in shown]
    if rule := recurrence_line(record.header):
        lines.insert(0, escape(capitalised(rule)))
    lines += [step.__html__() for step in registration_steps(record, index)]
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>\n"


def _sitting(occurrence: Occurrence) -> str:
    parts = (
        state_line(occurrence),
        occurrence.session_title or "",
        occurrence.when,
        occurrence.place_line,
    )
    return " · ".join(part for part in parts if part)
