"""The home page, and the pages of all contents but events and the letter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from plugins.content.record import AnyRecord, Record, last_change
from plugins.library.index import Index, Topic
from plugins.models import ArticleHeader, GroupHeader, OrganisationHeader
from plugins.models.fields import GroupKind
from plugins.models.headers import Layout
from plugins.site.static_files import picture_copies, shared_pictures, static_file
from plugins.views.agenda import AgendaItem, next_items
from plugins.views.base import NamedAddress, named, shared_picture, whole
from plugins.views.channels import theme_subject
from plugins.views.letters import LetterCover, letter_cover
from plugins.views.matrix import Matrix, matrix
from plugins.views.pages import File, Page, Slice, paginate
from plugins.views.sheets import (
    CollectiveLine,
    DatesView,
    GroupsView,
    ListView,
    SiteMapSection,
    SiteMapView,
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
    AGENDA,
    CHANTIERS,
    JOBS,
    LETTERS,
    MENU,
    NEWS,
    ORGANISATIONS,
    PORTRAITS,
    SUBSCRIPTIONS,
    THEMES,
    Site,
)
from plugins.views.subscriptions import (
    group_subject,
    organisation_subject,
)
from plugins.views.teasers import Teaser, teaser

# No page grows with the site: what is more goes to other pages of the same list.
PER_PAGE = 12
IN_LIST = 24
GROUPS_IN_LIST = 60
DATES_PER_PAGE = 40
THEMES_IN_LIST = 100
IN_SITE_MAP = 40
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
        index,
        PORTRAITS,
        index.portraits,
        "Les candidats et les membres, présentés avec leur accord.",
        "Aucun portrait n’est publié en ce moment.",
    )
    for portrait in index.portraits:
        yield _page(site, portrait, "portrait", PORTRAITS, partial(portrait_view, portrait, site))
    yield from _list(
        index,
        JOBS,
        index.jobs,
        "Les métiers des cadres dirigeants et de leurs équipes.",
        "Aucune fiche métier n’est encore publiée.",
    )
    for job in index.jobs:
        yield _page(site, job, "job", JOBS, partial(content_view, job, site))
    yield from _themes(site)
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
            view=partial(_article_list, site.index, part),
            pagination=part.pagination,
        )
    for article in articles:
        yield article_page(site, article)


def article_page(site: Site, article: Record[ArticleHeader]) -> Page:
    """Plan the page of an article."""
    return _page(site, article, "article", NEWS, partial(article_view, article, site))


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
        yield _page(site, group, "group", CHANTIERS, make, group_subject(group.slug))
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
            pagination=part.pagination,
        )


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
            pagination=part.pagination,
        )


def _organisations(site: Site) -> Iterator[Page]:
    index = site.index
    yield from _list(
        index,
        ORGANISATIONS,
        index.organisations,
        "Les réseaux qui composent la communauté.",
        "Aucune organisation n’est encore présentée.",
    )
    for organisation in index.organisations:
        make = partial(organisation_view, organisation, site)
        subject = organisation_subject(organisation.slug)
        yield _page(site, organisation, "organisation", ORGANISATIONS, make, subject)
        yield from _articles_of(site, organisation, ORGANISATIONS)


def _list(
    index: Index, up: NamedAddress, records: Sequence[AnyRecord], description: str, empty: str
) -> Iterator[Page]:
    """Plan the list of contents of a type; `empty` is the text of an empty list."""

    def view(part: Slice[AnyRecord]) -> ListView:
        items = tuple(teaser(record, index) for record in part.items)
        return ListView(items, part.pagination, empty_text=empty)

    for part in paginate(up.address, records, IN_LIST):
        yield Page(
            part.address,
            "contents",
            up.title,
            description,
            view=partial(view, part),
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
        image=shared_picture(header.image, site.index.contents),
        lastmod=last_change(record),
        feeds=site.feeds_of(subject, header.title) if subject else (),
        texts=partial(site.index.texts_of, record),
    )


def _themes(site: Site) -> Iterator[Page]:
    themes = site.index.themes
    for some in paginate(THEMES.address, _links(themes), THEMES_IN_LIST):
        yield Page(
            some.address,
            "themes",
            THEMES.title,
            "Les thèmes dont parle la communauté.",
            view=partial(ListView, some.items, some.pagination),
            pagination=some.pagination,
        )
    for theme in themes:
        for part in paginate(theme.address, theme.records, PER_PAGE):
            yield Page(
                part.address,
                "theme",
                theme.title,
                theme.summary or f"Tout ce qui touche au thème « {theme.title} ».",
                (THEMES,),
                view=partial(_theme_view, site, theme, part),
                pagination=part.pagination,
                feeds=site.feeds_of(theme_subject(theme.title), theme.title),
            )


def _theme_view(site: Site, topic: Topic, part: Slice[AnyRecord]) -> ListView:
    items = tuple(teaser(record, site.index) for record in part.items)
    follow = site.follow(theme_subject(topic.title), "Suivre ce thème")
    return ListView(items, part.pagination, summary=topic.summary, follow=follow)


def _standing(site: Site) -> Iterator[Page]:
    for page in site.index.pages:
        header = page.header
        is_map = header.layout is Layout.SITE_MAP
        yield Page(
            page.address,
            "sitemap_page" if is_map else "page",
            header.title,
            header.summary,
            view=partial(_site_map, site) if is_map else partial(content_view, page, site),
            texts=partial(site.index.texts_of, page),
        )


def _site_map(site: Site) -> SiteMapView:
    index = site.index
    pages = (SUBSCRIPTIONS, *(named(page) for page in index.pages))
    sections = (
        _section(NEWS, index.articles, "Toutes les actualités"),
        _section(AGENDA, index.events, "Tous les événements", "/evenements/"),
        _section(LETTERS, index.letters, "Toutes les lettres"),
        _section(CHANTIERS, index.groups, "Tous les chantiers et groupes"),
        _section(ORGANISATIONS, index.organisations, "Toutes les organisations"),
        _section(PORTRAITS, index.portraits, "Tous les portraits"),
        _section(JOBS, index.jobs, "Tous les métiers"),
        _map_section(THEMES, _links(index.themes), "Tous les thèmes"),
        SiteMapSection("Le site", None, pages),
    )
    return SiteMapView(tuple(section for section in sections if section.items))


def _links(themes: Iterable[Topic]) -> tuple[NamedAddress, ...]:
    return tuple(NamedAddress(theme.title, theme.address) for theme in themes)


def _section(
    up: NamedAddress, records: Sequence[AnyRecord], all_of_them: str, address: str | None = None
) -> SiteMapSection:
    return _map_section(up, [named(record) for record in records], all_of_them, address)


def _map_section(
    up: NamedAddress, items: Sequence[NamedAddress], all_of_them: str, address: str | None = None
) -> SiteMapSection:
    """Return a section of the site map: its first contents, and the way to the whole list."""
    more = whole(all_of_them, len(items), address or up.address)
    is_cut = len(items) > IN_SITE_MAP
    return SiteMapSection(
        up.title, up.address, tuple(items[:IN_SITE_MAP]), more if is_cut else None
    )
