"""The pages of subscriptions: what one can follow, what is in it, and by which addresses."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.content.record import AnyRecord
from plugins.dates.in_words import Day
from plugins.dates.moments import PARIS
from plugins.french.quantities import count
from plugins.french.slugs import slugify
from plugins.library.publication import last_news
from plugins.outputs.feeds.feed import FeedFormat
from plugins.views.base import NamedAddress, whole
from plugins.views.channels import (
    AGENDA,
    EVERYTHING,
    LETTERS,
    NEWS,
    Channel,
    channel_of,
    feed_address,
)
from plugins.views.pages import FeedLink, Pagination, Slice
from plugins.views.site import Site
from plugins.views.site_feeds import title_of
from plugins.views.subjects import Subject, shown, subjects_by_heading, whole_lists
from plugins.views.subscriptions import (
    ALL,
    Subscription,
    Variant,
    calendar_address,
    subscriptions,
)


@dataclass(frozen=True, slots=True)
class Latest:
    """The content of a feed that appeared or changed last."""

    title: str
    address: str
    day: Day


@dataclass(frozen=True, slots=True)
class FeedOffer:
    """A feed: what is in it, in words, its formats, of which the first is the default."""

    title: str
    description: str
    contents: str
    formats: tuple[FeedLink, ...]
    latest: Latest | None


@dataclass(frozen=True, slots=True)
class VariantOffer:
    """A variant of a calendar: « dates à confirmer », its absolute addresses."""

    additions: str
    https: str
    webcal: str


@dataclass(frozen=True, slots=True)
class CalendarOffer:
    """A calendar; the addresses are absolute."""

    title: str
    contents: str
    https: str
    webcal: str
    variants: tuple[VariantOffer, ...]


@dataclass(frozen=True, slots=True)
class SubjectOffer:
    """A subject to follow; `id` is its anchor, `address` that of its page."""

    id: str
    title: str
    address: str
    feed: FeedOffer | None
    calendar: CalendarOffer | None


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """Subjects under one heading; `more` leads to all of them, when too many for the page."""

    heading: str
    number: int
    subjects: tuple[SubjectOffer, ...]
    more: NamedAddress | None

    @property
    def id(self) -> str:
        """Return the anchor of the group in the page."""
        return slugify(self.heading)


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """The three first choices, the feed of everything, then all else that one can follow."""

    letters: FeedOffer
    dates: CalendarOffer
    agenda: FeedOffer
    news: FeedOffer
    everything: FeedOffer
    groups: tuple[SubjectGroup, ...]


@dataclass(frozen=True, slots=True)
class SubjectsView:
    """A page of the list of all subjects under one heading."""

    subjects: tuple[SubjectOffer, ...]
    pagination: Pagination


def subscriptions_view(site: Site) -> SubscriptionsView:
    """Return the view of the page of subscriptions."""
    index = site.index

    def feed(general: Channel) -> FeedOffer:
        return _feed(channel_of(index, general.name) or general, site)

    (dates,) = (s for s in index.once(subscriptions) if s.name == ALL)
    return SubscriptionsView(
        letters=feed(LETTERS),
        dates=_calendar(dates, site),
        agenda=feed(AGENDA),
        news=feed(NEWS),
        everything=feed(EVERYTHING),
        groups=tuple(
            _group(heading, subjects, site)
            for heading, subjects in subjects_by_heading(index).items()
        ),
    )


def subjects_view(part: Slice[Subject], site: Site) -> SubjectsView:
    """Return the view of a page of the list of all subjects under one heading."""
    return SubjectsView(tuple(_subject(subject, site) for subject in part.items), part.pagination)


def _group(heading: str, subjects: tuple[Subject, ...], site: Site) -> SubjectGroup:
    lists = whole_lists(heading, subjects)
    return SubjectGroup(
        heading,
        len(subjects),
        tuple(_subject(subject, site) for subject in shown(subjects)),
        whole("Tout voir", len(subjects), lists[0].address) if lists else None,
    )


def _subject(subject: Subject, site: Site) -> SubjectOffer:
    return SubjectOffer(
        subject.name,
        subject.title,
        subject.page,
        _feed(subject.channel, site) if subject.channel else None,
        _calendar(subject.calendar, site) if subject.calendar else None,
    )


def _feed(channel: Channel, site: Site) -> FeedOffer:
    formats = (
        FeedLink(form.label, feed_address(channel.name, form), form.media_type)
        for form in FeedFormat
    )
    return FeedOffer(
        channel.title,
        channel.description,
        _counted(channel.records),
        tuple(formats),
        _latest(channel, site),
    )


def _counted(records: Iterable[AnyRecord]) -> str:
    """Return what a feed holds: « 12 articles, 5 événements, 1 lettre »."""
    found: dict[str, int] = {}
    for record in records:
        label = record.kind.label.lower()
        found[label] = found.get(label, 0) + 1
    return ", ".join(count(number, label) for label, number in found.items())


def _latest(channel: Channel, site: Site) -> Latest | None:
    """Return what appeared last; a preview may live on a day before what the history tells."""
    for record in channel.records:
        news = last_news(record, site.index)
        if news and news <= site.now:
            day = Day(news.astimezone(PARIS).date())
            return Latest(title_of(record, site.index), record.address, day)
    return None


def _calendar(calendar: Subscription, site: Site) -> CalendarOffer:
    plain, *variants = (
        VariantOffer(variant.additions, address, _webcal(address))
        for variant in Variant
        for address in (site.absolute(calendar_address(calendar.name, variant)),)
    )
    return CalendarOffer(
        calendar.title,
        count(len(calendar.occurrences), "date"),
        plain.https,
        plain.webcal,
        tuple(variants),
    )


def _webcal(address: str) -> str:
    """Return the `webcal:` address, which browsers pass to the calendar application."""
    return "webcal:" + address.partition(":")[2]
