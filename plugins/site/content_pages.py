"""The home page, and the pages of all contents but events and the letter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from plugins.content.record import AnyRecord, Record
from plugins.library.addresses import news_address
from plugins.library.index import Index
from plugins.models import ArticleHeader, GroupHeader, OrganisationHeader
from plugins.models.fields import GroupKind
from plugins.models.headers import Layout
from plugins.site.static_files import picture_copies, shared_pictures, static_file
from plugins.views.agenda import AgendaItem, next_items
from plugins.views.base import NamedAddress, named
from plugins.views.json_ld.contents import (
    article_entity,
    group_entity,
    organisation_entity,
    portrait_entity,
)
from plugins.views.json_ld.lists import item_list, list_entity, listed, subject_of
from plugins.views.letters import LetterCover, letter_cover
from plugins.views.matrix import Matrix, matrix
from plugins.views.pages import File, Page, PageView, Slice, paginate
from plugins.views.sheets import (
    CollectiveLine,
    DatesView,
    GroupsView,
    ListView,
    article_view,
    articles_address,
    collectives,
    content_view,
    dates_address,
    group_view,
    organisation_view,
    portrait_view,
    whole_list,
)
from plugins.views.site import (
    CHANTIERS,
    JOBS,
    MENU,
    NEWS,
    ORGANISATIONS,
    PORTRAITS,
    Site,
)
from plugins.views.site_map import site_map
from plugins.views.structured_data import StructuredData, Subject
from plugins.views.subscriptions import (
    group_subject,
    organisation_subject,
)
from plugins.views.teasers import Teaser, teaser
from plugins.views.years import years_of

# No page grows with the site: what is more goes to other pages of the same list.
PER_PAGE = 12
IN_LIST = 24
GROUPS_IN_LIST = 60
DATES_PER_PAGE = 40
NEXT_DATES = 5
NEWS_ON_HOME = 3


@dataclass(frozen=True, slots=True)
class HomeView:
    """The next dates, the latest issue of the letter, the year's matrix, the news."""

    next_occurrences: tuple[AgendaItem, ...]
    letter: LetterCover | None
    news: tuple[Teaser, ...]
    matrix: Matrix


def pages(site: Site) -> Iterator[Page]:
    """Plan the home page, the pages of every collection, and the standing pages."""
    yield from _home(site)
    yield from _articles(site)
    yield from _groups(site)
    yield from _organisations(site)
    index = site.index
    yield from _list(
        site,
        PORTRAITS,
        index.portraits,
        "Les candidats et les membres, présentés avec leur accord.",
        "Aucun portrait n’est publié en ce moment.",
    )
    for portrait in index.portraits:
        make = partial(portrait_view, portrait, site)
        subject = partial(portrait_entity, portrait, site.structured_data)
        page = _page(site, portrait, "portrait", PORTRAITS, make)
        yield replace(page, subject=subject)
    yield from _list(
        site,
        JOBS,
        index.jobs,
        "Les métiers des cadres dirigeants et de leurs équipes.",
        "Aucune fiche métier n’est encore publiée.",
    )
    for job in index.jobs:
        yield _page(site, job, "job", JOBS, partial(content_view, job, site))
    yield from _standing(site)
    yield Page(
        "/404.html",
        "404",
        "Page introuvable",
        "Cette page n’existe pas ou plus.",
        noindex=True,
    )


def files(site: Site) -> Iterator[File]:
    """Plan the files that contents show or link to."""
    index = site.index
    for path in sorted(index.static_used):
        yield static_file(path, site)
    for path in sorted(index.pictures_used):
        yield from picture_copies(path, site)
    yield from shared_pictures(index.published, site).values()


def _home(site: Site) -> Iterator[Page]:
    data = site.index.site
    yield Page(
        "/",
        "home",
        data.name,
        data.description,
        section="/",
        view=partial(_home_view, site),
        subject=partial(_home_entity, site.structured_data),
        texts=lambda: site.index.letters[:1],
    )


def _home_view(site: Site) -> HomeView:
    index = site.index
    return HomeView(
        next_items(index, NEXT_DATES),
        letter_cover(index.letters[0], index) if index.letters else None,
        _news(index),
        matrix(index, site.today.year, lit_day=site.today),
    )


def _home_entity(data: StructuredData, _page: PageView, view: HomeView) -> Subject:
    """Return the lists of the home page, as its sections are called."""
    lists = (
        item_list(data, "/#prochaines-dates", "Prochaines dates", listed(view.next_occurrences)),
        item_list(data, "/#actualites", NEWS.title, view.news),
    )
    return Subject(lists=tuple(found for found in lists if found["numberOfItems"]))


def _news(index: Index) -> tuple[Teaser, ...]:
    """Return the newest articles, the featured article first."""
    lead = next((a for a in index.articles if a.header.lead), None)
    others = [a for a in index.articles if a is not lead]
    return tuple(teaser(a, index) for a in (([lead] if lead else []) + others)[:NEWS_ON_HOME])


def _articles(site: Site) -> Iterator[Page]:
    articles = site.index.articles
    for part in paginate(NEWS.address, articles, PER_PAGE):
        yield Page(
            part.address,
            "articles",
            NEWS.title,
            "Les actualités de la communauté, de la plus récente à la plus ancienne.",
            section=NEWS.address,
            view=partial(_news_list, site.index, part, None),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
            newest=part.newest,
        )
    for year, of_year in site.index.articles_by_year.items():
        yield from _news_of(site, year, of_year)
    for article in articles:
        yield article_page(site, article)


def _news_of(site: Site, year: int, articles: Sequence[Record[ArticleHeader]]) -> Iterator[Page]:
    """Plan the list of the articles of a year."""
    for part in paginate(news_address(year), articles, PER_PAGE):
        yield Page(
            part.address,
            "articles",
            f"Actualités de {year}",
            f"Les actualités de {year}, de la plus récente à la plus ancienne.",
            (NEWS,),
            NEWS.address,
            view=partial(_news_list, site.index, part, year),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _news_list(index: Index, part: Slice[Record[ArticleHeader]], year: int | None) -> ListView:
    counts = {y: len(articles) for y, articles in index.articles_by_year.items()}
    years = years_of(counts, "article", news_address, year)
    return replace(_article_list(index, part), years=years)


def article_page(site: Site, article: Record[ArticleHeader]) -> Page:
    """Plan the page of an article."""
    subject = partial(article_entity, article, site.structured_data)
    page = _page(site, article, "article", NEWS, partial(article_view, article, site))
    return replace(page, subject=subject)


def _groups(site: Site) -> Iterator[Page]:
    index = site.index
    yield from _group_lists(
        site,
        CHANTIERS,
        "Les chantiers et les groupes de la communauté : leurs enjeux, leurs dates.",
        index.groups,
    )
    yield from _group_lists(
        site,
        NamedAddress("Groupes", "/groupes/"),
        "Les groupes de la communauté et leurs prochaines dates.",
        index.other_groups,
        (CHANTIERS,),
    )
    for group in index.groups:
        make = partial(group_view, group, site)
        page = _page(site, group, "group", CHANTIERS, make, group_subject(group.slug))
        yield replace(page, subject=partial(group_entity, group, site.structured_data))
        yield from _dates_of(site, group)
        yield from _articles_of(site, group, CHANTIERS)


def _group_lists(
    site: Site,
    up: NamedAddress,
    description: str,
    groups: tuple[Record[GroupHeader], ...],
    trail: tuple[NamedAddress, ...] = (),
) -> Iterator[Page]:
    """Plan a list of groups: chantiers first, each in the order of their next dates."""

    @cache
    def lines() -> tuple[tuple[CollectiveLine, ...], tuple[CollectiveLine, ...]]:
        kinds = (GroupKind.CHANTIER, GroupKind.GROUP)
        chantiers, others = (
            collectives(tuple(g for g in groups if g.header.kind is kind), site.index)
            for kind in kinds
        )
        return chantiers, others

    def view(part: Slice[int]) -> GroupsView:
        chantiers, others = lines()
        numbers = part.items
        return GroupsView(
            tuple(chantiers[n] for n in numbers if n < len(chantiers)),
            tuple(others[n - len(chantiers)] for n in numbers if n >= len(chantiers)),
            part.pagination,
        )

    for part in paginate(up.address, range(len(groups)), GROUPS_IN_LIST):
        yield Page(
            part.address,
            "groups",
            up.title,
            description,
            trail,
            CHANTIERS.address,
            view=partial(view, part),
            subject=partial(_groups_entity, site.structured_data),
            pagination=part.pagination,
        )


def _groups_entity(data: StructuredData, page: PageView, view: GroupsView) -> Subject:
    return subject_of(data, page, (*view.chantiers, *view.groups))


def _dates_of(site: Site, group: Record[GroupHeader]) -> Iterator[Page]:
    """Plan the list of all dates of a group, latest first, when its page may leave some out."""
    latest_first = site.index.occurrences_of_group(group)[::-1]
    for part in whole_list(dates_address(group), latest_first, DATES_PER_PAGE):
        yield Page(
            part.address,
            "dates",
            f"Dates : {group.header.title}",
            "Toutes les dates, de la plus récente à la plus ancienne.",
            (CHANTIERS, named(group)),
            CHANTIERS.address,
            view=partial(DatesView, part.items, part.pagination),
            subject=partial(_dates_entity, site.structured_data),
            pagination=part.pagination,
        )


def _dates_entity(data: StructuredData, page: PageView, view: DatesView) -> Subject:
    return subject_of(data, page, view.occurrences)


def _organisations(site: Site) -> Iterator[Page]:
    index = site.index
    yield from _list(
        site,
        ORGANISATIONS,
        index.organisations,
        "Les réseaux qui composent la communauté.",
        "Aucune organisation n’est encore présentée.",
    )
    for organisation in index.organisations:
        make = partial(organisation_view, organisation, site)
        subject = organisation_subject(organisation.slug)
        page = _page(site, organisation, "organisation", ORGANISATIONS, make, subject)
        entity = partial(organisation_entity, organisation, site.structured_data)
        yield replace(page, subject=entity)
        yield from _articles_of(site, organisation, ORGANISATIONS)


def _list(
    site: Site, up: NamedAddress, records: Sequence[AnyRecord], description: str, empty: str
) -> Iterator[Page]:
    """Plan the list of contents of a type; `empty` is the text of an empty list."""

    def view(part: Slice[AnyRecord]) -> ListView:
        items = tuple(teaser(record, site.index) for record in part.items)
        return ListView(items, part.pagination, empty_text=empty)

    for part in paginate(up.address, records, IN_LIST):
        yield Page(
            part.address,
            "contents",
            up.title,
            description,
            view=partial(view, part),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _articles_of(
    site: Site,
    record: Record[GroupHeader] | Record[OrganisationHeader],
    up: NamedAddress,
) -> Iterator[Page]:
    """Plan the list of all articles on a group or an organisation, when its page leaves some out.

    Its address stays, since contents are rarely taken back.
    """
    articles = site.index.articles_on(record)
    title = f"Articles : {record.header.title}"
    for part in whole_list(articles_address(record), articles, PER_PAGE):
        yield Page(
            part.address,
            "articles",
            title,
            "Tous les articles, du plus récent au plus ancien.",
            (up, named(record)),
            up.address if up in MENU else None,
            view=partial(_article_list, site.index, part),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _article_list(index: Index, part: Slice[Record[ArticleHeader]]) -> ListView:
    return ListView(tuple(teaser(article, index) for article in part.items), part.pagination)


def _page(
    site: Site,
    record: AnyRecord,
    template: str,
    up: NamedAddress,
    view: Callable[[], object],
    subject: str | None = None,
) -> Page:
    """Plan the page of a content; `subject` is the name of its feed and calendar, if it has any."""
    header = record.header
    return Page(
        record.address,
        template,
        header.title,
        header.summary,
        (up,),
        up.address if up in MENU else None,
        view=view,
        record=record,
        feeds=site.feeds_of(subject, header.title) if subject else (),
        texts=partial(site.index.texts_of, record),
    )


def _standing(site: Site) -> Iterator[Page]:
    for page in site.index.pages:
        header = page.header
        is_map = header.layout is Layout.SITE_MAP
        yield Page(
            page.address,
            "sitemap_page" if is_map else "page",
            header.title,
            header.summary,
            view=partial(site_map, site) if is_map else partial(content_view, page, site),
            record=None if is_map else page,
            texts=partial(site.index.texts_of, page),
        )
