"""The pages of contents: articles, chantiers and groups, organisations, portraits, jobs, pages."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from plugins.content.record import AnyRecord, Record, day_of
from plugins.dates.in_words import Day
from plugins.library.addresses import mailto
from plugins.library.authors import author_address, authors_of
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
    signatures,
    themes_of,
    whole,
)
from plugins.views.event_text import leading, recurrence_line, series_line, whole_when
from plugins.views.pages import Pagination, Slice, paginate
from plugins.views.site import LETTERS, Site
from plugins.views.subscriptions import group_subject, organisation_subject
from plugins.views.teasers import Teaser, see_also, teaser
from plugins.views.texts import Text, TextMaker, headings_of
from plugins.views.topics import held_by_kind
from plugins.views.years import Years

Item = TypeVar("Item")

# Of the contents that a page lists besides its own text, it shows the next or the latest: a page
# does not grow with the site. All are on a list of their own, in pages.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list: its title, its dates in words, its place in its series."""

    title: str
    address: str
    when: str
    series_line: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of contents; `empty_text` is shown when the list is empty.

    `follow` leads to where its subject can be followed.
    """

    items: tuple[Teaser | EventLine, ...]
    pagination: Pagination
    empty_text: str = ""
    years: Years | None = None
    follow: NamedAddress | None = None


@dataclass(frozen=True, slots=True)
class DatesView:
    """A page of the list of all dates of a group."""

    occurrences: tuple[Occurrence, ...]
    pagination: Pagination


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

    authors: tuple[NamedAddress, ...]
    reported_event: NamedAddress | None
    groups: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView(ContentView):
    """A chantier or a group; `contact` is its `mailto:` link.

    The dates are the next and the last ones; those named `all_…` lead to the others, if any.
    """

    is_chantier: bool
    contact: str | None
    next_occurrence: Occurrence | None
    occurrences_upcoming: tuple[Occurrence, ...]
    occurrences_past: tuple[Occurrence, ...]
    all_dates: NamedAddress | None
    subscription_address: str | None
    articles: tuple[Teaser, ...]
    all_articles: NamedAddress | None
    letters: tuple[Teaser, ...]
    all_letters: NamedAddress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView(ContentView):
    """A member network."""

    figures: tuple[Figure, ...]
    events: tuple[EventLine, ...]
    all_events: NamedAddress | None
    follow: NamedAddress | None
    articles: tuple[Teaser, ...]
    all_articles: NamedAddress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortraitView(ContentView):
    """A portrait; `election_day` is the day of the election, if known.

    `signed` leads to what the person has signed, if anything.
    """

    election_day: Day | None
    signed: NamedAddress | None


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
    """A page of the lists of chantiers and of groups; of several pages, one may have no group."""

    chantiers: tuple[CollectiveLine, ...]
    groups: tuple[CollectiveLine, ...]
    pagination: Pagination


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
        authors=signatures(authors_of(article), index),
        reported_event=named(event) if event else None,
        groups=tuple(named(group) for group in index.groups_of(article)),
    )
    return replace(view, see_also=see_also(view, article, site))


def group_view(group: Record[GroupHeader], site: Site) -> GroupView:
    """Return the view of the page of a chantier or a group."""
    index, header = site.index, group.header
    occurrences = index.occurrences_of_group(group)
    coming, over = upcoming(occurrences), past(occurrences)
    articles, letters = index.articles_on(group), index.letters_citing(group)
    view = GroupView(
        **common_fields(group, site),
        is_chantier=header.kind is GroupKind.CHANTIER,
        contact=mailto(header.contact, header.title) if header.contact else None,
        next_occurrence=_next(coming),
        occurrences_upcoming=coming[:SHOWN],
        occurrences_past=over[:SHOWN],
        all_dates=all_of(occurrences, "Toutes les dates", dates_address(group)),
        subscription_address=site.subscription_address(group_subject(group.slug)),
        articles=_teasers(articles, index),
        all_articles=all_of(articles, "Tous les articles", articles_address(group)),
        letters=_teasers(letters, index),
        all_letters=all_of(letters, "Toutes les lettres", LETTERS.address, counted=False),
    )
    return replace(view, see_also=see_also(view, group, site))


def organisation_view(organisation: Record[OrganisationHeader], site: Site) -> OrganisationView:
    """Return the view of an organisation's page."""
    index = site.index
    events, articles = index.events_of(organisation), index.articles_on(organisation)
    view = OrganisationView(
        **common_fields(organisation, site),
        figures=figures(organisation.header),
        events=tuple(event_line(event, index) for event in _nearest(events, index)),
        all_events=all_of(events, "Tous les événements", events_address(organisation)),
        follow=site.follow(organisation_subject(organisation.slug), "Suivre cette organisation"),
        articles=_teasers(articles, index),
        all_articles=all_of(articles, "Tous les articles", articles_address(organisation)),
    )
    return replace(view, see_also=see_also(view, organisation, site))


def all_of(
    found: Sequence[object], title: str, address: str, *, counted: bool = True
) -> NamedAddress | None:
    """Return the way to a whole list, of which a page shows a part; None for a short one."""
    if len(found) <= SHOWN:
        return None
    return whole(title, len(found), address) if counted else NamedAddress(title, address)


def whole_list(address: str, items: Sequence[Item], size: int) -> Iterator[Slice[Item]]:
    """Yield the pages of a list of which another page shows a part, none when it shows all."""
    if len(items) > SHOWN:
        yield from paginate(address, items, size)


def dates_address(group: Record[GroupHeader]) -> str:
    """Return the address of the list of all dates of a group, which has more than `SHOWN`."""
    return f"{group.address}dates/"


def events_address(organisation: Record[OrganisationHeader]) -> str:
    """Return the address of the list of all events of an organisation."""
    return f"{organisation.address}evenements/"


def articles_address(record: Record[GroupHeader] | Record[OrganisationHeader]) -> str:
    """Return the address of the list of all articles on a group or an organisation."""
    return f"{record.address}articles/"


def _teasers(records: Sequence[AnyRecord], index: Index) -> tuple[Teaser, ...]:
    return tuple(teaser(record, index) for record in records[:SHOWN])


def _nearest(events: Sequence[Record[EventHeader]], index: Index) -> Sequence[Record[EventHeader]]:
    """Return the next events and the last held, as many as are shown, latest first."""
    coming = bisect_left(events, True, key=lambda e: index.occurrences_of(e)[0].is_past)
    start = max(0, min(coming - SHOWN // 2, len(events) - SHOWN))
    return events[start : start + SHOWN]


def portrait_view(portrait: Record[PortraitHeader], site: Site) -> PortraitView:
    """Return the view of a portrait's page."""
    election = portrait.header.election
    moment = election.date if election else None
    day = Day(moment.first) if moment and not moment.is_approximate else None
    author = site.index.author_at(author_address(portrait.header.name))
    view = PortraitView(
        **common_fields(portrait, site),
        election_day=day,
        signed=NamedAddress(held_by_kind(author), author.address) if author else None,
    )
    return replace(view, see_also=see_also(view, portrait, site))


def event_line(event: Record[EventHeader], index: Index) -> EventLine:
    """Return an event for a list."""
    header = event.header
    occurrences = index.occurrences_of(event)
    shown = leading(occurrences, SHOWN)
    when = whole_when(shown)
    if len(shown) < len(occurrences):
        when = recurrence_line(header) or f"{when}… ({len(occurrences)} dates)"
    return EventLine(header.title, event.address, when, series_line(header))


def collectives(
    groups: tuple[Record[GroupHeader], ...], index: Index
) -> tuple[CollectiveLine, ...]:
    """Return groups in the order of their next dates; then those without, then those over."""
    lines = (_collective(group, index) for group in groups)
    return tuple(sorted(lines, key=_by_next_date))


def _by_next_date(line: CollectiveLine) -> tuple[object, ...]:
    coming = line.next_occurrence
    if coming is None:
        return (line.is_over, 1)
    return (line.is_over, 0, coming.period.sort_key)


def _collective(group: Record[GroupHeader], index: Index) -> CollectiveLine:
    header = group.header
    return CollectiveLine(
        header.title,
        group.address,
        header.stakes or header.summary,
        _next(upcoming(index.occurrences_of_group(group))),
        header.state is GroupState.FINISHED,
    )


def _next(coming: tuple[Occurrence, ...]) -> Occurrence | None:
    return next((o for o in coming if not o.is_off), None)


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
        "shown_in": tuple(map(named, index.showing(record)[:SHOWN])) if site.is_preview else (),
        "see_also": (),
    }
