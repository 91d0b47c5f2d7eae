"""The feeds of the site: what there is to follow, and which contents each feed holds.

The name of a feed begins with its kind, so that names are unique; it is that of the calendar of the
same subject. A feed holds what is announced as it appears: articles, events, issues of the letter.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain

from plugins.content.record import AnyRecord, has_header
from plugins.french.slugs import slugify
from plugins.french.typography import NBSP, fold
from plugins.library.authors import author_address, authors_of
from plugins.library.former import announced_events
from plugins.library.index import Index, group_name
from plugins.library.links import theme_address
from plugins.library.occurrences import GroupName
from plugins.library.publication import first_day, last_news, published_at
from plugins.models import ArticleHeader, EventHeader
from plugins.outputs.feeds.feed import FeedFormat
from plugins.views.subscriptions import (
    AUTHORS,
    GENERAL,
    GROUPS,
    HEADINGS,
    ORGANISATIONS,
    SERIES,
    THEMES,
    group_subject,
    organisation_subject,
    series_subject,
)

LIMIT = 50
"""The contents of a feed, and of each of its archives."""
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: its name, its heading in lists, its French texts, its page, its contents.

    The `records` are those last published or changed first, `published` the same in the order of
    their first publication, which no edit changes.
    """

    name: str
    heading: str
    title: str
    description: str
    page: str
    group: GroupName | None = None
    records: tuple[AnyRecord, ...] = ()
    published: tuple[AnyRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed: the one to subscribe to, or an archive (RFC 5005, 4).

    `name` is that of its address; `previous` and `following` are the names of the archives beside
    it. The latest archive is followed by the feed itself, to which a walk through them leads.
    """

    name: str
    records: tuple[AnyRecord, ...]
    is_archive: bool = False
    previous: str | None = None
    following: str | None = None


EVERYTHING = Channel("tout", GENERAL, "tout", "Les actualités, les événements et les lettres.", "/")
NEWS = Channel(
    "actualites",
    GENERAL,
    "actualités",
    "Les nouvelles, les comptes rendus et les points de droit.",
    "/actualites/",
)
AGENDA = Channel(
    "agenda",
    GENERAL,
    "agenda",
    "Les événements annoncés, avec leur date, leur lieu et l’inscription.",
    "/agenda/",
)
LETTERS = Channel(
    "lettres", GENERAL, "la lettre", "Chaque numéro de la lettre, en entier.", "/lettres/"
)
_GENERAL = (EVERYTHING, NEWS, AGENDA, LETTERS)


def channels(index: Index) -> tuple[Channel, ...]:
    """Return the general feeds, then one per group, theme… that a content names."""
    contents = tuple(chain(index.articles, announced_events(index), index.letters))
    found = {channel.name: channel for channel in _GENERAL}
    names: dict[AnyRecord, dict[str, None]] = {}
    for record in contents:
        names[record] = dict.fromkeys((EVERYTHING.name, _section(record).name))
        for channel in _followed(record, index):
            found.setdefault(channel.name, channel)
            names[record][channel.name] = None
    orders = {record: _orders(record, index) for record in contents}

    def gathered(which: int) -> dict[str, list[AnyRecord]]:
        """Return the contents of each feed in the order of publication, or in that of news."""
        records: dict[str, list[AnyRecord]] = {name: [] for name in found}
        for record in sorted(contents, key=lambda record: orders[record][which]):
            for name in names[record]:
                records[name].append(record)
        return records

    published, latest = gathered(0), gathered(1)
    complete = (
        replace(channel, records=tuple(latest[name]), published=tuple(published[name]))
        for name, channel in found.items()
    )
    return tuple(sorted(complete, key=_rank))


def feed_address(name: str, form: FeedFormat) -> str:
    """Return the address of a feed, or of a page of it."""
    return f"/flux/{name}.{form}"


def channel_of(index: Index, name: str) -> Channel | None:
    """Return the feed of a name, None when no content is in it."""
    return index.once(_by_name).get(name)


def _by_name(index: Index) -> dict[str, Channel]:
    return {channel.name: channel for channel in index.once(channels)}


def author_subject(name: str) -> str:
    """Return the name of an author's feed; ValueError for a name without a Latin letter."""
    return f"auteur-{slugify(name)}"


def theme_subject(name: str) -> str:
    """Return the name of a theme's feed."""
    return f"theme-{slugify(name)}"


def pages_of(channel: Channel, identifier: Callable[[AnyRecord], str]) -> tuple[FeedPage, ...]:
    """Return the pages of a feed: the one to subscribe to, then the archives, latest first.

    Archives are filled from the oldest content on, in the order of first publication, each with as
    many as it can hold; the feed holds all that is in none, and what changed last. The address of
    an archive tells which contents it holds and come before it: when one of them goes, or another
    comes among them, it is another archive, so that no reader takes it for one that it has read.
    """
    records, full = channel.published, 0
    if len(records) > LIMIT:
        full = len(records) // LIMIT
    digest, names = sha256(), []
    for number in range(full):
        for record in records[number * LIMIT : (number + 1) * LIMIT]:
            digest.update(f"{identifier(record)}\n".encode())
        names.append(f"archives/{channel.name}.{number + 1}-{digest.hexdigest()[:_DIGITS]}")
    archives = (
        FeedPage(
            name,
            records[number * LIMIT : (number + 1) * LIMIT],
            is_archive=True,
            previous=names[number - 1] if number else None,
            following=names[number + 1] if number + 1 < full else channel.name,
        )
        for number, name in enumerate(names)
    )
    last = names[-1] if names else None
    shown = FeedPage(channel.name, _shown(channel, records[full * LIMIT :]), previous=last)
    return (shown, *reversed(tuple(archives)))


def _shown(channel: Channel, unarchived: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
    """Return the contents in no archive, and as many of the others as there is room for."""
    kept, room = set(unarchived), LIMIT - len(unarchived)
    found = []
    for record in channel.records:
        if record in kept:
            found.append(record)
        elif room > 0:
            room -= 1
            found.append(record)
    return tuple(found)


_Order = tuple[int, float, str]


def _orders(record: AnyRecord, index: Index) -> tuple[_Order, _Order]:
    """Return the places of a content in the orders of first publication and of latest news.

    An event of which no date is known, for want of a history, is no news: it comes after all that
    is dated, the nearest first. One whose announcement is not known counts as the oldest.
    """
    day = float((first_day(record, index) or index.today).toordinal())
    first, latest = (0, day, record.address), (1, day, record.address)
    if published := published_at(record, index):
        first = (1, published.timestamp(), record.address)
    if news := last_news(record, index):
        latest = (0, -news.timestamp(), record.address)
    return first, latest


def _section(record: AnyRecord) -> Channel:
    if has_header(record, ArticleHeader):
        return NEWS
    return AGENDA if has_header(record, EventHeader) else LETTERS


def _followed(record: AnyRecord, index: Index) -> Iterator[Channel]:
    """Yield the feeds that a content is in besides the general ones, without contents."""
    header = record.header
    groups = index.groups_of(record) if has_header(record, ArticleHeader) else ()
    if has_header(record, EventHeader):
        group = index.group_of(record)
        groups = (group,) if group else ()
    for group in groups:
        title = group.header.title
        yield Channel(
            group_subject(group.slug),
            GROUPS,
            title,
            f"Les articles et les dates du {group.header.kind.label.lower()} "
            f"«{NBSP}{title}{NBSP}».",
            group.address,
            group_name(group),
        )
    topics = index.once(_topics)
    for theme in header.themes:
        # A deleted event, announced as cancelled, may bear a theme that no content has any more.
        if named := topics.get(theme_address(theme)):
            yield Channel(
                theme_subject(theme),
                THEMES,
                named,
                f"Ce qui paraît sur le thème «{NBSP}{named}{NBSP}».",
                theme_address(theme),
            )
    if organisation := index.organisation_of(record):
        title = organisation.header.title
        yield Channel(
            organisation_subject(organisation.slug),
            ORGANISATIONS,
            title,
            f"Les articles et les dates de l’organisation «{NBSP}{title}{NBSP}».",
            organisation.address,
        )
    if has_header(record, EventHeader) and (series := record.header.series):
        with suppress(ValueError):
            yield Channel(
                series_subject(series.name),
                SERIES,
                series.name,
                f"Les rendez-vous de la série «{NBSP}{series.name}{NBSP}».",
                f"/agenda/?serie={slugify(series.name)}",
            )
    for author in authors_of(record):
        with suppress(ValueError):
            yield Channel(
                author_subject(author),
                AUTHORS,
                f"{author[:1].upper()}{author[1:]}",
                f"Ce qui paraît sous la signature «{NBSP}{author}{NBSP}».",
                author_address(author) or "/",
            )


def _topics(index: Index) -> dict[str, str]:
    return {topic.address: topic.title for topic in index.themes}


def _rank(channel: Channel) -> tuple[int, int, str, str]:
    """Sort key: heading, then groups in their own order, others by title."""
    heading = HEADINGS.index(channel.heading)
    if channel.heading == GENERAL:
        return (heading, [general.name for general in _GENERAL].index(channel.name), "", "")
    order = channel.group.order if channel.group else 0
    return (heading, order, fold(channel.title), channel.name)
