"""Feeds, calendars and files for machines: ICS, OPML, sitemap, robots, security.txt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from plugins.content.record import AnyRecord, Record
from plugins.french.slugs import slugify
from plugins.french.typography import capitalised
from plugins.models import EventHeader
from plugins.outputs.calendars.ics import to_ics
from plugins.outputs.feeds import atom, json_feed, rss
from plugins.outputs.feeds.feed import Feed, FeedFormat, to_opml
from plugins.outputs.web import to_robots, to_security_txt, to_sitemap
from plugins.theme.theme import Theme
from plugins.views.events import ics_address
from plugins.views.pages import FeedLink, File, Page
from plugins.views.site import SUBSCRIPTIONS, Site
from plugins.views.site_calendars import SiteCalendars
from plugins.views.site_feeds import CHANNELS, Channel, feed_address, site_feeds
from plugins.views.subscriptions import Subscription, Variant, calendar_address
from plugins.views.texts import TextMaker


@dataclass(frozen=True, slots=True)
class Format:
    """A format that every feed is written in."""

    form: FeedFormat
    label: str
    mime: str
    serialize: Callable[[Feed], bytes]


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
    """Calendars under one heading; the calendar of all dates has none."""

    heading: str
    calendars: tuple[CalendarInfo, ...]

    @property
    def id(self) -> str:
        """Return the anchor of the group in the page."""
        return f"agendas-{slugify(self.heading)}" if self.heading else "agendas-tout"


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """The feeds and calendars offered for subscription."""

    feeds: tuple[FeedInfo, ...]
    calendars: tuple[CalendarGroup, ...]


def pages(site: Site, theme: Theme, plan: Sequence[Page | File]) -> Iterator[Page | File]:
    """Plan the feeds, the calendars, their page and the files for machines.

    `plan` is read when they are rendered, the whole site then being planned.
    """
    feeds = _feeds(site, theme, plan)
    yield from _feed_files(site, feeds)
    calendars = SiteCalendars(site.index, site.url)
    yield from _calendar_files(site, calendars)
    yield _subscriptions(site, calendars)
    yield File("/sitemap.xml", partial(_sitemap, site, plan))
    yield File("/robots.txt", partial(_robots, site))
    yield File(
        "/.well-known/security.txt",
        lambda: to_security_txt(
            site.index.site.contact, site.absolute("/.well-known/security.txt"), site.today
        ),
    )


def _feeds(site: Site, theme: Theme, plan: Sequence[Page | File]) -> Callable[[], dict[str, Feed]]:
    """Return a function that makes all feeds at its first call."""

    def text(record: AnyRecord) -> str:
        return theme.expand_absolute(TextMaker(record, site.index, lit_day=None).illustrated())

    @cache
    def files() -> dict[str, File]:
        return {item.address: item for item in plan if isinstance(item, File)}

    def size(address: str) -> int:
        return len(files()[address].content())

    return cache(lambda: site_feeds(site.index, site.url, text, size))


def _feed_files(site: Site, feeds: Callable[[], dict[str, Feed]]) -> Iterator[File]:
    for channel in CHANNELS:
        for form in FORMATS:
            content = partial(_feed_file, feeds, channel.name, form)
            yield File(feed_address(channel.name, form.form), content)
    yield File("/flux/abonnements.opml", lambda: to_opml(site.index.site.name, feeds().values()))


def _feed_file(feeds: Callable[[], dict[str, Feed]], name: str, form: Format) -> bytes:
    return form.serialize(feeds()[name])


def _calendar_files(site: Site, calendars: SiteCalendars) -> Iterator[File]:
    for subscription in calendars.subscriptions:
        for variant in Variant:
            address = calendar_address(subscription.name, variant)
            yield File(address, partial(_calendar_file, calendars, subscription, variant))
    for event in site.index.events:
        if own := ics_address(event, site.index):
            yield File(own, partial(_event_file, calendars, event))


def _calendar_file(calendars: SiteCalendars, subscription: Subscription, variant: Variant) -> bytes:
    return to_ics(calendars.calendar(subscription, variant))


def _event_file(calendars: SiteCalendars, event: Record[EventHeader]) -> bytes:
    return to_ics(calendars.event_calendar(event))


def _subscriptions(site: Site, calendars: SiteCalendars) -> Page:
    return Page(
        SUBSCRIPTIONS.address,
        "flux",
        SUBSCRIPTIONS.title,
        "Suivre la communauté dans son calendrier, son lecteur de flux ou sa messagerie.",
        view=partial(_view, site, calendars),
    )


def _view(site: Site, calendars: SiteCalendars) -> SubscriptionsView:
    by_heading = groupby(calendars.subscriptions, key=lambda subscription: subscription.heading)
    return SubscriptionsView(
        tuple(_feed_info(channel) for channel in CHANNELS),
        tuple(
            CalendarGroup(heading, tuple(_calendar_info(site, found) for found in group))
            for heading, group in by_heading
        ),
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


def _sitemap(site: Site, plan: Sequence[Page | File]) -> bytes:
    pages = (p for p in plan if isinstance(p, Page) and not p.noindex)
    return to_sitemap((site.absolute(page.address), page.lastmod) for page in pages)


def _robots(site: Site) -> bytes:
    return to_robots(site.absolute("/sitemap.xml"), may_index=not site.is_preview)
