"""Feeds, calendars and files for machines: ICS, OPML, robots, manifest, security.txt, sitemap."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import chain

from plugins.content.record import AnyRecord
from plugins.french.typography import with_plain_spaces
from plugins.library.index import Index
from plugins.library.publication import last_change
from plugins.library.reuse import Reuse
from plugins.outputs.calendars.calendar import Calendar
from plugins.outputs.feeds import atom, json_feed, rss
from plugins.outputs.feeds.feed import Feed, FeedFormat, FeedItem, to_opml
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
from plugins.theme.theme import FEED_STYLE, Theme
from plugins.views.base import picture_at
from plugins.views.channels import Channel, FeedPage, channels, feed_address
from plugins.views.events import ics_address, session_ics_address, with_own_file
from plugins.views.offers import subjects_view, subscriptions_view
from plugins.views.pages import File, Page
from plugins.views.site import SUBSCRIPTIONS, Site
from plugins.views.site_calendars import SiteCalendars
from plugins.views.site_feeds import SiteFeeds
from plugins.views.subjects import subjects_by_heading, whole_lists
from plugins.views.subscriptions import (
    AUTHORS,
    GENERAL,
    GROUPS,
    ORGANISATIONS,
    SERIES,
    THEMES,
    Variant,
    calendar_address,
)
from plugins.views.texts import TextMaker

# Addresses in one file of the sitemap; the protocol allows 50 000, and 50 MB.
_IN_SITEMAP = 1000

_FOLDERS = {
    GENERAL: "Général",
    GROUPS: "Chantiers et groupes",
    THEMES: "Thèmes",
    ORGANISATIONS: "Organisations",
    SERIES: "Séries",
    AUTHORS: "Auteurs",
}

Item = Callable[[FeedItem], bytes]

FORMATS: dict[FeedFormat, tuple[Callable[[Feed, Item], bytes], Item]] = {
    FeedFormat.RSS: (rss.to_rss, rss.rss_item),
    FeedFormat.ATOM: (atom.to_atom, atom.atom_entry),
    FeedFormat.JSON: (json_feed.to_json_feed, json_feed.json_item),
}
"""How a feed is written in each format, and how each of its items is."""


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

    hub = None if site.is_preview else site.index.site.hub
    return SiteFeeds(site.index, site.url, text, size, hub, site.link(FEED_STYLE))


def _feed_files(site: Site, feeds: SiteFeeds) -> Iterator[File]:
    index = site.index
    texts_of = cache(index.texts_of)
    # Each item is written once in each format, whatever the number of feeds that hold it.
    items = {form: cache(item) for form, (_, item) in FORMATS.items()}

    def texts(page: FeedPage) -> Iterator[AnyRecord]:
        return chain.from_iterable(map(texts_of, page.records))

    def written(channel: Channel, page: FeedPage, form: FeedFormat) -> bytes:
        write, _ = FORMATS[form]
        return write(feeds.feed(channel, page), items[form])

    for channel in index.once(channels):
        for page in feeds.pages(channel):
            for form in FeedFormat:
                content = partial(written, channel, page, form)
                yield File(feed_address(page.name, form), content, partial(texts, page))
    yield File(
        "/flux/abonnements.opml", lambda: to_opml(index.site.name, _in_folders(feeds, index))
    )


def _in_folders(feeds: SiteFeeds, index: Index) -> dict[str, list[Feed]]:
    """Return the feeds, without items, in the folders that readers are to make of them."""
    found: dict[str, list[Feed]] = {}
    for channel in index.once(channels):
        found.setdefault(_FOLDERS[channel.heading], []).append(feeds.head(channel))
    return found


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
        view=partial(subscriptions_view, site),
    )
    for heading, subjects in subjects_by_heading(site.index).items():
        for part in whole_lists(heading, subjects):
            yield Page(
                part.address,
                "subjects",
                f"S’abonner {heading.lower()}",
                "Les flux et les agendas à suivre.",
                (SUBSCRIPTIONS,),
                view=partial(subjects_view, part, site),
                pagination=part.pagination,
            )


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
