"""Articles, chantiers and groups, organisations, portraits, jobs, themes, standing pages."""

from collections.abc import Iterator, Sequence
from typing import Any

from pelican import signals

from plugins.models.headers import Layout
from plugins.site.generator import Planned, PlannedGenerator, planner
from plugins.theme.theme import Theme
from plugins.views.entries import Entry, NamedAddress, OrganisationEntry
from plugins.views.pages import FeedLink, File, Page, paginate
from plugins.views.site import MENU, Site
from plugins.views.subscriptions import (
    calendar_address,
    group_calendar,
    organisation_calendar,
)

NEWS = NamedAddress("Actualités", "/actualites/")
CHANTIERS = NamedAddress("Chantiers et groupes", "/chantiers/")
ORGANISATIONS = NamedAddress("Organisations", "/organisations/")
PORTRAITS = NamedAddress("Portraits", "/portraits/")
JOBS = NamedAddress("Métiers", "/metiers/")
THEMES = NamedAddress("Thèmes", "/themes/")
PER_PAGE = 12
ICS = "text/calendar"


def pages(site: Site, theme: Theme) -> Iterator[Planned]:
    """Plan the pages of every collection, the standing pages, and the files they use."""
    yield from _articles(site)
    yield from _groups(site)
    library = site.library
    yield from _simple(
        library.organisations,
        "organisation",
        ORGANISATIONS,
        "Les réseaux qui composent la communauté.",
        "Aucune organisation n’est encore présentée.",
    )
    yield from _simple(
        library.portraits,
        "portrait",
        PORTRAITS,
        "Les candidats et les membres, présentés avec leur accord.",
        "Aucun portrait n’est publié en ce moment.",
    )
    yield from _simple(
        library.jobs,
        "job",
        JOBS,
        "Les métiers des cadres dirigeants et de leurs équipes.",
        "Aucune fiche métier n’est encore publiée.",
    )
    yield from _themes(site)
    yield from _standing(site)
    yield Page(
        "/404.html",
        "404",
        "Page introuvable",
        "Cette page n’existe pas ou plus.",
        "404",
        noindex=True,
    )
    for path in sorted(site.library.static_used):
        yield File(f"/{path}", (site.library.root / path).read_bytes)
    yield from theme.files()


def _articles(site: Site) -> Iterator[Page]:
    articles = site.library.articles
    for part in paginate(NEWS.address, articles, PER_PAGE):
        yield Page(
            part.address,
            "articles",
            NEWS.title,
            "Les actualités de la communauté, de la plus récente à la plus ancienne.",
            "articles",
            section=NEWS.address,
            context={"entries": part.items, "pagination": part.pagination},
            pagination=part.pagination,
        )
    for article in articles:
        yield _of_entry(article, "article", (NEWS,), NEWS.address)


def _groups(site: Site) -> Iterator[Page]:
    context = {"chantiers": site.library.chantiers, "groups": site.library.other_groups}
    yield Page(
        CHANTIERS.address,
        "groups",
        CHANTIERS.title,
        "Les chantiers et les groupes de la communauté : leurs enjeux, leurs dates.",
        "groups",
        section=CHANTIERS.address,
        context=context,
    )
    yield Page(
        "/groupes/",
        "groups",
        "Groupes",
        "Les groupes de la communauté et leurs prochaines dates.",
        "groups",
        (CHANTIERS,),
        CHANTIERS.address,
        context={**context, "chantiers": ()},
    )
    for group in site.library.groups:
        calendar = group_calendar(group.slug) if group.subscription_address else None
        yield _of_entry(group, "group", (CHANTIERS,), CHANTIERS.address, calendar)


def _simple(
    entries: Sequence[Entry[Any]], template: str, up: NamedAddress, description: str, empty: str
) -> Iterator[Page]:
    """Plan a list of contents, `empty` when there are none, and their pages."""
    yield Page(
        up.address,
        "entries",
        up.title,
        description,
        "entries",
        context={"entries": entries, "empty_text": empty},
    )
    for entry in entries:
        calendar = None
        if isinstance(entry, OrganisationEntry) and entry.subscription_address:
            calendar = organisation_calendar(entry.slug)
        yield _of_entry(entry, template, (up,), None, calendar)


def _of_entry(
    entry: Entry[Any],
    template: str,
    trail: tuple[NamedAddress, ...],
    section: str | None,
    calendar: str | None = None,
) -> Page:
    """Plan the page of a content; `calendar` is the name of the calendar it announces."""
    feeds: tuple[FeedLink, ...] = ()
    if calendar:
        feeds = (FeedLink(f"{entry.title} : calendrier", calendar_address(calendar), ICS),)
    return Page(
        entry.address,
        template,
        entry.title,
        entry.summary,
        template,
        trail,
        section,
        context={"entry": entry},
        image=entry.image.src if entry.image else None,
        lastmod=entry.last_change,
        feeds=feeds,
    )


def _themes(site: Site) -> Iterator[Page]:
    yield Page(
        THEMES.address,
        "themes",
        THEMES.title,
        "Les thèmes dont parle la communauté.",
        "themes",
        context={"entries": site.library.themes},
    )
    for theme in site.library.themes:
        for part in paginate(theme.address, theme.entries, PER_PAGE):
            yield Page(
                part.address,
                "theme",
                theme.title,
                theme.summary or f"Tout ce qui touche au thème « {theme.title} ».",
                "theme",
                (THEMES,),
                context={"theme": theme, "entries": part.items, "pagination": part.pagination},
                pagination=part.pagination,
            )


def _standing(site: Site) -> Iterator[Page]:
    for page in site.library.pages:
        context: dict[str, Any] = {"entry": page}
        template = "page"
        if page.header.layout is Layout.SITE_MAP:
            template = "sitemap_page"
            context["sections"] = _site_map(site)
        yield Page(page.address, template, page.title, page.summary, template, context=context)


class SiteSection:
    """A part of the site map: a list and what is in it."""

    def __init__(self, up: NamedAddress | str, entries: Sequence[Any]) -> None:
        """Take the list, or the name of what has no page of its own, and its contents."""
        self.title = up if isinstance(up, str) else up.title
        self.address = None if isinstance(up, str) else up.address
        self.items = tuple(NamedAddress(entry.title, entry.address) for entry in entries)


def _site_map(site: Site) -> tuple[SiteSection, ...]:
    library = site.library
    agenda = next(item for item in MENU if item.address == "/agenda/")
    letters = next(item for item in MENU if item.address == "/lettres/")
    sections = (
        SiteSection(NEWS, library.articles),
        SiteSection(agenda, library.events),
        SiteSection(letters, library.letters),
        SiteSection(CHANTIERS, library.groups),
        SiteSection(ORGANISATIONS, library.organisations),
        SiteSection(PORTRAITS, library.portraits),
        SiteSection(JOBS, library.jobs),
        SiteSection(THEMES, library.themes),
        SiteSection("Le site", library.pages),
    )
    return tuple(section for section in sections if section.items)


def _generator(_pelican: object) -> type[PlannedGenerator]:
    return planner(pages)


def register() -> None:
    """Give Pelican the generator."""
    signals.get_generators.connect(_generator)
