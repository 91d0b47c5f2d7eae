"""Feeds, calendars and files for machines: ICS, OPML, robots, manifest, security.txt, sitemap."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from plugins.content.record import AnyRecord
from plugins.french.slugs import slugify
from plugins.french.typography import capitalised, with_plain_spaces
from plugins.library.index import Index
from plugins.library.publication import last_change
from plugins.library.reuse import Reuse
from plugins.outputs.calendars.calendar import Calendar
from plugins.outputs.feeds import atom, json_feed, rss
from plugins.outputs.feeds.feed import Feed, FeedFormat, to_opml
from plugins.outputs.web import (
    Icon,
    MappedPage,
    to_manifest,
    to_robots,
    to_security_txt,
    to_sitemap,
    to_sitemap_index,
)
from plugins.store import Store, key_of, store_of
from plugins.theme.theme import Theme
from plugins.views.base import NamedAddress, picture_at, whole
from plugins.views.events import ics_address, session_ics_address, with_own_file
from plugins.views.pages import FeedLink, File, Page, Pagination, Slice
from plugins.views.site import SUBSCRIPTIONS, Site
from plugins.views.site_calendars import SiteCalendars
from plugins.views.site_feeds import CHANNELS, Channel, SiteFeeds, feed_address
from plugins.views.subscriptions import (
    SHOWN,
    Subscription,
    Variant,
    calendar_address,
    calendars_by_heading,
    whole_lists,
)
from plugins.views.texts import TextMaker


@dataclass(frozen=True, slots=True)
class Format:
    """A format that every feed is written in."""

    form: FeedFormat
    label: str
    mime: str
    serialize: Callable[[Feed], bytes]


# Addresses in one file of the sitemap; the protocol allows 50 000, and 50 MB.
_IN_SITEMAP = 1000

FORMATS = (
    Format(FeedFormat.RSS, "RSS", rss.MEDIA_TYPE, rss.to_rss),
    Format(FeedFormat.ATOM, "Atom", atom.MEDIA_TYPE, atom.to_atom),
    Format(FeedFormat.JSON, "JSON", json_feed.MEDIA_TYPE, json_feed.to_json_feed),
)
"""The first format is the default."""


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """A feed, in the page of subscriptions; the title of a format is « RSS », « Atom »."""

    title: str
    description: str
    formats: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class VariantInfo:
    """A variant of a calendar: « dates à confirmer », its absolute addresses."""

    additions: str
    https: str
    webcal: str


@dataclass(frozen=True, slots=True)
class CalendarInfo:
    """A calendar, in the page of subscriptions; the addresses are absolute.

    `id` is its anchor in the page.
    """

    id: str
    title: str
    description: str
    https: str
    webcal: str
    variants: tuple[VariantInfo, ...]


@dataclass(frozen=True, slots=True)
class CalendarGroup:
    """Calendars under one heading; the calendar of all dates has none.

    `more` leads to all of them, when too many for the page of subscriptions.
    """

    heading: str
    calendars: tuple[CalendarInfo, ...]
    more: NamedAddress | None = None

    @property
    def id(self) -> str:
        """Return the anchor of the group in the page."""
        return f"agendas-{slugify(self.heading)}" if self.heading else "agendas-tout"


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """The feeds and calendars offered for subscription."""

    feeds: tuple[FeedInfo, ...]
    calendars: tuple[CalendarGroup, ...]


@dataclass(frozen=True, slots=True)
class CalendarsView:
    """A page of the list of all calendars under one heading."""

    calendars: tuple[CalendarInfo, ...]
    pagination: Pagination


def pages(
    site: Site, theme: Theme, plan: Sequence[Page | File], reuse: Reuse
) -> Iterator[Page | File]:
    """Plan the feeds, the calendars, their page and the files for machines.

    `plan` is read when they are rendered, the whole site then being planned.
    """
    yield from _feed_files(site, _feeds(site, theme, plan, reuse))
    calendars = SiteCalendars(site.index, site.url)
    yield from _calendar_files(site, calendars)
    yield from _subscriptions(site)
    yield File("/robots.txt", partial(_robots, site))
    yield File("/manifest.webmanifest", partial(_manifest, site, theme))
    yield File(
        "/.well-known/security.txt",
        lambda: to_security_txt(
            site.index.site.contact, site.absolute("/.well-known/security.txt"), site.today
        ),
    )


def _feeds(site: Site, theme: Theme, plan: Sequence[Page | File], reuse: Reuse) -> SiteFeeds:
    def text(record: AnyRecord) -> str:
        return theme.expand_absolute(TextMaker(record, site.index, lit_day=None).illustrated())

    @cache
    def files() -> dict[str, File]:
        return {item.address: item for item in plan if isinstance(item, File)}

    def size(address: str) -> int:
        file = files()[address]
        return reuse(f"size of {address}", lambda: len(file.content()), file.texts)

    return SiteFeeds(site.index, site.url, text, size)


def _feed_files(site: Site, feeds: SiteFeeds) -> Iterator[File]:
    for channel in CHANNELS:
        texts = partial(_texts_in, site.index, feeds, channel)
        for form in FORMATS:
            content = partial(_feed_file, feeds, channel, form)
            yield File(feed_address(channel.name, form.form), content, texts)
    yield File(
        "/flux/abonnements.opml",
        lambda: to_opml(site.index.site.name, map(feeds.head, CHANNELS)),
    )


def _feed_file(feeds: SiteFeeds, channel: Channel, form: Format) -> bytes:
    return form.serialize(feeds.feed(channel))


def _texts_in(index: Index, feeds: SiteFeeds, channel: Channel) -> Iterator[AnyRecord]:
    for record in feeds.records(channel):
        yield from index.texts_of(record)


def _calendar_files(site: Site, calendars: SiteCalendars) -> Iterator[File]:
    store = store_of(site.index.contents.root.absolute().parent)
    for subscription in calendars.subscriptions:
        for variant in Variant:
            address = calendar_address(subscription.name, variant)
            make = partial(calendars.calendar, subscription, variant)
            yield File(address, partial(_ics, store, make))
    for event in site.index.events:
        if own := ics_address(event, site.index):
            yield File(own, partial(_ics, store, partial(calendars.event_calendar, event)))
        for sitting in with_own_file(event, site.index):
            make = partial(calendars.session_calendar, sitting)
            yield File(session_ics_address(sitting), partial(_ics, store, make))


def _ics(store: Store, calendar: Callable[[], Calendar]) -> bytes:
    """Return a calendar's file, written once for all builds: it takes the longest of all files."""
    from plugins.outputs.calendars.ics import to_ics  # noqa: PLC0415 - slow to load, rarely needed

    found = calendar()
    return store.made(key_of("ics", repr(found)), partial(to_ics, found))


def _subscriptions(site: Site) -> Iterator[Page]:
    yield Page(
        SUBSCRIPTIONS.address,
        "flux",
        SUBSCRIPTIONS.title,
        "Suivre la communauté dans son calendrier, son lecteur de flux ou sa messagerie.",
        view=partial(_view, site),
    )
    for heading, calendars in calendars_by_heading(site.index).items():
        for part in whole_lists(heading, calendars):
            yield Page(
                part.address,
                "calendars",
                f"Agendas {heading.lower()}",
                "Les agendas à suivre dans son calendrier.",
                (SUBSCRIPTIONS,),
                view=partial(_calendars_view, site, part),
                pagination=part.pagination,
            )


def _view(site: Site) -> SubscriptionsView:
    return SubscriptionsView(
        tuple(_feed_info(channel) for channel in CHANNELS),
        tuple(
            _calendar_group(site, heading, calendars)
            for heading, calendars in calendars_by_heading(site.index).items()
        ),
    )


def _calendar_group(site: Site, heading: str, calendars: tuple[Subscription, ...]) -> CalendarGroup:
    lists = whole_lists(heading, calendars)
    title = f"Tous les agendas {heading.lower()}"
    return CalendarGroup(
        heading,
        tuple(_calendar_info(site, calendar) for calendar in calendars[:SHOWN]),
        whole(title, len(calendars), lists[0].address) if lists else None,
    )


def _calendars_view(site: Site, part: Slice[Subscription]) -> CalendarsView:
    return CalendarsView(
        tuple(_calendar_info(site, calendar) for calendar in part.items), part.pagination
    )


def _calendar_info(site: Site, subscription: Subscription) -> CalendarInfo:
    plain, *variants = (
        VariantInfo(variant.additions, address, _webcal(address))
        for variant in Variant
        for address in (site.absolute(calendar_address(subscription.name, variant)),)
    )
    return CalendarInfo(
        subscription.name,
        subscription.title,
        subscription.description,
        plain.https,
        plain.webcal,
        tuple(variants),
    )


def _webcal(address: str) -> str:
    """Return the `webcal:` address, which browsers pass to the calendar application."""
    return "webcal:" + address.partition(":")[2]


def _feed_info(channel: Channel) -> FeedInfo:
    formats = tuple(
        FeedLink(form.label, feed_address(channel.name, form.form), form.mime) for form in FORMATS
    )
    return FeedInfo(capitalised(channel.title), channel.description, formats)


def sitemap_files(site: Site, plan: Sequence[Page | File]) -> Iterator[File]:
    """Plan the sitemap of a whole plan: one file, or an index of several of a bounded size."""
    found = {page.address: page for page in plan if isinstance(page, Page) and not page.noindex}
    pages = [found[address] for address in sorted(found)]
    parts = [pages[n : n + _IN_SITEMAP] for n in range(0, len(pages), _IN_SITEMAP)]
    if len(parts) <= 1:
        yield _sitemap_file("/sitemap.xml", site, pages)
        return
    addresses = [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield File("/sitemap.xml", partial(to_sitemap_index, list(map(site.absolute, addresses))))
    for address, part in zip(addresses, parts, strict=True):
        yield _sitemap_file(address, site, part)


def _sitemap_file(address: str, site: Site, pages: Sequence[Page]) -> File:
    # It tells when the words of each content changed.
    return File(address, partial(_sitemap, site, pages), lambda: site.index.published)


def _sitemap(site: Site, pages: Iterable[Page]) -> bytes:
    return to_sitemap(
        MappedPage(site.absolute(page.address), _last_change(page, site), _pictures(page, site))
        for page in pages
    )


def _last_change(page: Page, site: Site) -> datetime | None:
    """Return when a page last changed for its readers, None when it cannot be told."""
    index = site.index
    records = [page.record] if page.record else page.newest
    times = (last_change(record, index) for record in records)
    return max((time for time in times if time), default=None)


def _pictures(page: Page, site: Site) -> tuple[str, ...]:
    """Return the address of the picture at the head of a content."""
    image = page.record.header.image if page.record else None
    return (site.absolute(picture_at(f"/{image.file}", site.index.contents).src),) if image else ()


def _manifest(site: Site, theme: Theme) -> bytes:
    icons = (
        Icon(theme.asset("icon-192.png"), 192),
        Icon(theme.asset("icon-512.png"), 512),
        Icon(theme.asset("icon-maskable-512.png"), 512, is_maskable=True),
    )
    data = site.index.site
    name, description = map(with_plain_spaces, (data.name, data.description))
    return to_manifest(name, description, site.link("/"), theme.card_colours.paper, icons)


def _robots(site: Site) -> bytes:
    return to_robots(site.absolute("/sitemap.xml"), may_index=not site.is_preview)
