"""The feeds of the site, with their items: what each says of a content."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from html import escape
from pathlib import PurePosixPath

from plugins.content.record import AnyRecord, has_header
from plugins.dates.moments import PARIS
from plugins.french.typography import capitalised
from plugins.library.addresses import absolute
from plugins.library.authors import authors_of
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.library.publication import announced_at, first_day, last_news, published_at
from plugins.models import ArticleHeader, EventHeader, LetterHeader
from plugins.models.fields import EventStatus, Image
from plugins.outputs.feeds.feed import (
    Addresses,
    Feed,
    FeedEnclosure,
    FeedFormat,
    FeedItem,
    FeedPicture,
    feed_html,
)
from plugins.outputs.picture_copies import MEDIA_TYPES
from plugins.views.base import kind_label, picture
from plugins.views.channels import Channel, FeedPage, channels, feed_address, pages_of
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

_MOST_SITTINGS = 24


class SiteFeeds:
    """The feeds of a site, each made when it is first asked for, as each of their items."""

    def __init__(
        self,
        index: Index,
        site_url: str,
        render: Render,
        size: Size,
        hub: str | None = None,
        style: str | None = None,
    ) -> None:
        """Take what they are made from, the hub to announce and the style sheet for browsers."""
        self._index, self._url = index, site_url
        self._render, self._size = render, size
        self._hub, self._style = hub, style
        self._item = cache(self._made_item)
        self._identifier = cache(partial(content_id, index=index, site_url=site_url))

    def pages(self, channel: Channel) -> tuple[FeedPage, ...]:
        """Return the pages of a feed: the one to subscribe to, then its archives."""
        return pages_of(channel, self._identifier)

    def head(self, channel: Channel, name: str | None = None) -> Feed:
        """Return a feed without its items, or the page of a feed that has a name of its own."""
        site, url = self._index.site, self._url
        return Feed(
            id=feed_id(channel.name, url),
            title=f"{site.name}\u00a0: {channel.title}",
            description=channel.description,
            author=site.publisher or site.name,
            address=absolute(url, channel.page),
            addresses=self._addresses(name or channel.name),
            language="fr",
            items=(),
            style=self._style,
        )

    def feed(self, channel: Channel, page: FeedPage) -> Feed:
        """Return a page of a feed."""
        return replace(
            self.head(channel, page.name),
            items=tuple(map(self._item, page.records)),
            current=self._addresses(channel.name) if page.is_archive else None,
            previous=self._addresses(page.previous) if page.previous else None,
            following=self._addresses(page.following) if page.following else None,
            hub=None if page.is_archive else self._hub,
        )

    def _addresses(self, name: str) -> Addresses:
        return {form: absolute(self._url, feed_address(name, form)) for form in FeedFormat}

    def _made_item(self, record: AnyRecord) -> FeedItem:
        return _item(record, self._index, self._url, self._render(record), self._size)


def site_feeds(index: Index, site_url: str, render: Render, size: Size) -> dict[str, Feed]:
    """Return the feeds by name, without their archives."""
    feeds = SiteFeeds(index, site_url, render, size)
    return {
        channel.name: feeds.feed(channel, feeds.pages(channel)[0])
        for channel in index.once(channels)
    }


def title_of(record: AnyRecord, index: Index) -> str:
    """Return the title of a content in feeds: « Annulé : … », « Reporté : … » for an event."""
    return status_prefix(_status(record, index)) + record.header.title


def _item(record: AnyRecord, index: Index, site_url: str, html: str, size: Size) -> FeedItem:
    header = record.header
    address = absolute(site_url, record.address)
    return FeedItem(
        id=content_id(record, index, site_url),
        title=title_of(record, index),
        address=address,
        published=published_at(record, index),
        updated=announced_at(record, index),
        stamp=last_news(record, index) or _new_year(record, index),
        summary=header.summary,
        content_html=feed_html(_event_facts(record, index) + html, address),
        authors=authors_of(record),
        categories=_categories(record, index),
        enclosure=_pdf(record, site_url, size),
        picture=_picture(header.image, index, site_url, size) if header.image else None,
    )


def _pdf(record: AnyRecord, site_url: str, size: Size) -> FeedEnclosure | None:
    """Return the PDF of an issue of the letter, None for other contents."""
    if not has_header(record, LetterHeader):
        return None
    address = pdf_address(record)
    return FeedEnclosure(absolute(site_url, address), size(address), "application/pdf")


def _picture(image: Image, index: Index, site_url: str, size: Size) -> FeedPicture:
    """Return the picture of a content, in its copy for feeds."""
    shown = picture(image, index.contents)
    copy = shown.feed
    address = copy.address if copy else shown.src
    media_type = MEDIA_TYPES[PurePosixPath(address).suffix.lower()]
    width, height = (copy.width, copy.height) if copy else (shown.width, shown.height)
    file = FeedEnclosure(absolute(site_url, address), size(address), media_type)
    return FeedPicture(file, width, height, shown.alt)


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
