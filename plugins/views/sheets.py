"""The pages of contents: articles, chantiers and groups, organisations, portraits, jobs, pages."""

from dataclasses import dataclass, replace
from typing import Any

from plugins.content.record import AnyRecord, Record, day_of
from plugins.dates.in_words import Day
from plugins.library.addresses import mailto
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.markdown.bodies import Heading
from plugins.models import (
    ArticleHeader,
    EventHeader,
    GroupHeader,
    Header,
    OrganisationHeader,
    PortraitHeader,
)
from plugins.models.fields import GroupKind, GroupState
from plugins.views.agenda import past, upcoming
from plugins.views.base import (
    Figure,
    NamedAddress,
    Picture,
    figures,
    kind_label,
    named,
    picture,
    themes_of,
)
from plugins.views.event_text import series_line, whole_when
from plugins.views.pages import Pagination
from plugins.views.site import Site
from plugins.views.subscriptions import (
    group_calendar,
    organisation_calendar,
    subscription_address,
)
from plugins.views.teasers import Teaser, see_also, teaser
from plugins.views.texts import Text, TextMaker, headings_of


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list: its title, its dates in words, its place in its series."""

    title: str
    address: str
    when: str
    series_line: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of contents or themes; `empty_text` is shown when the list is empty."""

    items: tuple[Teaser | EventLine | NamedAddress, ...]
    pagination: Pagination | None = None
    empty_text: str = ""
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class SiteMapSection:
    """A section of the site map: a list and its contents; `address` only with a page of its own."""

    title: str
    address: str | None
    items: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """The site map."""

    sections: tuple[SiteMapSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView:
    """A content: what its header says, and what it gets from the index.

    `shown_in` are the contents that show its text, in previews: readers need not know them.
    """

    header: Header
    kind_label: str
    published: Day | None
    modified: Day | None
    themes: tuple[NamedAddress, ...]
    organisation: NamedAddress | None
    image: Picture | None
    text: Text
    toc: tuple[Heading, ...]
    see_also: tuple[Teaser, ...]
    shown_in: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(ContentView):
    """An article."""

    reported_event: NamedAddress | None
    groups: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView(ContentView):
    """A chantier or a group; `contact` is its `mailto:` link."""

    is_chantier: bool
    contact: str | None
    next_occurrence: Occurrence | None
    occurrences_upcoming: tuple[Occurrence, ...]
    occurrences_past: tuple[Occurrence, ...]
    subscription_address: str | None
    articles: tuple[Teaser, ...]
    letters: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView(ContentView):
    """A member network."""

    figures: tuple[Figure, ...]
    events: tuple[EventLine, ...]
    subscription_address: str | None
    articles: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortraitView(ContentView):
    """A portrait; `election_day` is the day of the election, if known."""

    election_day: Day | None


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """A chantier or a group in a list."""

    title: str
    address: str
    stakes: str
    next_occurrence: Occurrence | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class GroupsView:
    """The lists of chantiers and of groups."""

    chantiers: tuple[CollectiveLine, ...]
    groups: tuple[CollectiveLine, ...]


def content_view(record: AnyRecord, site: Site) -> ContentView:
    """Return the view of a job sheet or of a standing page."""
    view = ContentView(**common_fields(record, site))
    return replace(view, see_also=see_also(view, record, site))


def article_view(article: Record[ArticleHeader], site: Site) -> ArticleView:
    """Return the view of an article's page."""
    index = site.index
    event = index.reported_event(article)
    view = ArticleView(
        **common_fields(article, site),
        reported_event=named(event) if event else None,
        groups=tuple(named(group) for group in index.groups_of(article)),
    )
    return replace(view, see_also=see_also(view, article, site))


def group_view(group: Record[GroupHeader], site: Site) -> GroupView:
    """Return the view of the page of a chantier or a group."""
    index, header = site.index, group.header
    occurrences = index.occurrences_of_group(group)
    address = subscription_address(group_calendar(group.slug)) if occurrences else None
    view = GroupView(
        **common_fields(group, site),
        is_chantier=header.kind is GroupKind.CHANTIER,
        contact=mailto(header.contact, header.title) if header.contact else None,
        next_occurrence=_next(occurrences),
        occurrences_upcoming=upcoming(occurrences),
        occurrences_past=past(occurrences),
        subscription_address=address,
        articles=tuple(teaser(article, index) for article in index.articles_on(group)),
        letters=tuple(teaser(letter, index) for letter in index.letters_citing(group)),
    )
    return replace(view, see_also=see_also(view, group, site))


def organisation_view(organisation: Record[OrganisationHeader], site: Site) -> OrganisationView:
    """Return the view of an organisation's page."""
    index = site.index
    events = tuple(event_line(event, index) for event in index.events_of(organisation))
    address = subscription_address(organisation_calendar(organisation.slug)) if events else None
    view = OrganisationView(
        **common_fields(organisation, site),
        figures=figures(organisation.header),
        events=events,
        subscription_address=address,
        articles=tuple(teaser(article, index) for article in index.articles_on(organisation)),
    )
    return replace(view, see_also=see_also(view, organisation, site))


def portrait_view(portrait: Record[PortraitHeader], site: Site) -> PortraitView:
    """Return the view of a portrait's page."""
    election = portrait.header.election
    moment = election.date if election else None
    day = Day(moment.first) if moment and not moment.is_approximate else None
    view = PortraitView(**common_fields(portrait, site), election_day=day)
    return replace(view, see_also=see_also(view, portrait, site))


def event_line(event: Record[EventHeader], index: Index) -> EventLine:
    """Return an event for a list."""
    header = event.header
    when = whole_when(index.occurrences_of(event))
    return EventLine(header.title, event.address, when, series_line(header))


def groups_view(
    chantiers: tuple[Record[GroupHeader], ...], groups: tuple[Record[GroupHeader], ...], site: Site
) -> GroupsView:
    """Return the view of the lists of chantiers and of groups."""
    return GroupsView(
        _collectives(chantiers, site),
        _collectives(groups, site),
    )


def _collectives(groups: tuple[Record[GroupHeader], ...], site: Site) -> tuple[CollectiveLine, ...]:
    """Return groups in the order of their next dates; then those without, then those over."""
    lines = (_collective(group, site) for group in groups)
    return tuple(sorted(lines, key=_by_next_date))


def _by_next_date(line: CollectiveLine) -> tuple[object, ...]:
    coming = line.next_occurrence
    if coming is None:
        return (line.is_over, 1)
    return (line.is_over, 0, coming.period.sort_key)


def _collective(group: Record[GroupHeader], site: Site) -> CollectiveLine:
    header = group.header
    return CollectiveLine(
        header.title,
        group.address,
        header.stakes or header.summary,
        _next(site.index.occurrences_of_group(group)),
        header.state is GroupState.FINISHED,
    )


def _next(occurrences: tuple[Occurrence, ...]) -> Occurrence | None:
    return next((o for o in upcoming(occurrences) if not o.is_off), None)


def common_fields(record: AnyRecord, site: Site) -> dict[str, Any]:
    """Return the fields of `ContentView`, by name, without « À voir également »."""
    index, header = site.index, record.header
    organisation = index.organisation_of(record)
    modified = header.modified
    text = TextMaker(record, index, lit_day=site.today).whole()
    return {
        "header": header,
        "kind_label": kind_label(record),
        "published": day_of(record),
        "modified": Day(modified.day) if modified else None,
        "themes": themes_of(record),
        "organisation": named(organisation) if organisation else None,
        "image": picture(header.image, index.contents) if header.image else None,
        "text": text,
        "toc": headings_of(text),
        "shown_in": tuple(map(named, index.showing(record))) if site.is_preview else (),
        "see_also": (),
    }
