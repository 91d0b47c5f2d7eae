"""The site as a whole: its index, its web address, its day, the data common to all pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache, cached_property
from urllib.parse import urlsplit

from markupsafe import Markup

from plugins.dates.in_words import Day
from plugins.library import addresses
from plugins.library.index import Index
from plugins.library.relations import Relations
from plugins.outputs.feeds.feed import FeedFormat
from plugins.views.base import NamedAddress, named
from plugins.views.channels import feed_address
from plugins.views.frise import Frise, frise
from plugins.views.heads import article_of, picture_of
from plugins.views.page_graph import page_graph, site_nodes
from plugins.views.pages import FeedLink, Page, PageView
from plugins.views.structured_data import StructuredData
from plugins.views.subjects import subject_of, subject_places
from plugins.views.subscriptions import calendar_address

NEWS = NamedAddress("Actualités", "/actualites/")
AGENDA = NamedAddress("Agenda", "/agenda/")
LETTERS = NamedAddress("La lettre", "/lettres/")
CHANTIERS = NamedAddress("Chantiers et groupes", "/chantiers/")
ORGANISATIONS = NamedAddress("Organisations", "/organisations/")
PORTRAITS = NamedAddress("Portraits", "/portraits/")
JOBS = NamedAddress("Métiers", "/metiers/")
THEMES = NamedAddress("Thèmes", "/themes/")
AUTHORS = NamedAddress("Auteurs", "/auteurs/")
SUBSCRIPTIONS = NamedAddress("S’abonner", "/flux/")
SEARCH = NamedAddress("Recherche", "/recherche/")
SEARCH_INDEX = "/recherche/index/"
FORM = "/admin/"
ICS = "text/calendar"
MENU = (NamedAddress("Accueil", "/"), NEWS, AGENDA, LETTERS, CHANTIERS)

# The addresses reserved for the site's own pages, with their French names.
RESERVED = {
    FORM: "le formulaire",
    "/actualites/": "la liste des actualités",
    "/agenda/": "l’agenda",
    "/auteurs/": "la liste des auteurs",
    "/chantiers/": "la liste des chantiers",
    "/courriel/": "le dossier des images des courriels",
    "/evenements/": "la liste des événements",
    "/flux/": "la page des abonnements",
    "/groupes/": "la liste des groupes",
    "/images/": "le dossier des images",
    "/lettres/": "la liste des lettres",
    "/metiers/": "la liste des métiers",
    "/organisations/": "la liste des organisations",
    "/partage/": "le dossier des images de partage",
    "/portraits/": "la liste des portraits",
    "/recherche/": "la recherche",
    "/tailles/": "le dossier des images réduites",
    "/theme/": "le dossier de l’habillage",
    "/themes/": "la liste des thèmes",
}


@dataclass(frozen=True, slots=True)
class SiteView:
    """The data of the site common to all pages; `now` is only given in previews that stand still.

    `sections` are the lists of contents that only the footer leads to.
    """

    name: str
    tagline: str
    description: str
    contact: str
    publisher: str | None
    search: NamedAddress
    menu: tuple[NamedAddress, ...]
    sections: tuple[NamedAddress, ...]
    footer_menu: tuple[NamedAddress, ...]
    preview_note: str | None
    now: datetime | None


@dataclass(frozen=True)
class Site:
    """The source of all views: the index and the address, `url`, which has no trailing slash.

    A preview `stands_still` when its instant is not that of its reader's clock.
    """

    index: Index
    url: str
    is_preview: bool = False
    stands_still: bool = True

    @property
    def now(self) -> datetime:
        """The aware instant of the build."""
        return self.index.now

    @property
    def today(self) -> date:
        """The day of the build."""
        return self.index.today

    @cached_property
    def base(self) -> str:
        """The path of the site's address, empty at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def relations(self) -> Relations:
        """The relations between contents."""
        return Relations(self.index)

    def link(self, address: str) -> str:
        """Return the `href` of an address in a page; addresses of the web are unchanged."""
        return f"{self.base}{addresses.quoted(address)}" if address.startswith("/") else address

    def absolute(self, address: str) -> str:
        """Return an address, escaped; an address of the site gets its scheme and host."""
        return addresses.absolute(self.url, address)

    def subscription_address(self, subject: str) -> str | None:
        """Return the address at which a subject is offered to be followed, None for no subject."""
        return self.index.once(subject_places).get(subject)

    def follow(self, subject: str, title: str) -> NamedAddress | None:
        """Return the way to where a subject is offered, under a title, None for no subject."""
        address = self.subscription_address(subject)
        return NamedAddress(title, address) if address else None

    def feeds_of(self, subject: str, title: str) -> tuple[FeedLink, ...]:
        """Return the feed and the calendar of a subject, to announce in the head of its page."""
        found = subject_of(self.index, subject)
        if found is None:
            return ()
        rss = FeedFormat.RSS
        links = []
        if found.channel:
            links.append(FeedLink(f"{title} : flux", feed_address(subject, rss), rss.media_type))
        if found.calendar:
            links.append(FeedLink(f"{title} : calendrier", calendar_address(subject), ICS))
        return tuple(links)

    def frise(self, year: int | None = None) -> Frise:
        """Return the strip of a year, by default the current year."""
        return self._frise_of(year or self.today.year)

    @cached_property
    def _frise_of(self) -> Callable[[int], Frise]:
        """The function that makes the strip of each year once."""

        def make(year: int) -> Frise:
            return frise(self.index.occurrences_in(year), year, self.today)

        return cache(make)

    @cached_property
    def view(self) -> SiteView:
        """The data of the site common to all pages."""
        data = self.index.site
        day = Day(self.today).full
        note = f"Aperçu arrêté au {day} : les dates sont celles de ce jour-là."
        return SiteView(
            name=data.name,
            tagline=data.tagline,
            description=data.description,
            contact=data.contact,
            publisher=data.publisher,
            search=SEARCH,
            menu=MENU,
            sections=tuple(self._sections()),
            footer_menu=(
                SUBSCRIPTIONS,
                *(named(p) for p in self.index.pages if p.header.menu is not None),
            ),
            preview_note=note if self.is_preview else None,
            now=self.now if self.is_preview and self.stands_still else None,
        )

    def _sections(self) -> Iterator[NamedAddress]:
        """Yield the lists of contents that the menu leaves out, when they hold something."""
        index = self.index
        held = (
            (ORGANISATIONS, index.organisations),
            (PORTRAITS, index.portraits),
            (JOBS, index.jobs),
            (THEMES, index.themes),
            (AUTHORS, index.authors),
        )
        yield from (section for section, contents in held if contents)

    @cached_property
    def feeds(self) -> tuple[FeedLink, ...]:
        """The feeds and the calendar announced in the head of every page."""
        name, rss = self.index.site.name, FeedFormat.RSS.media_type
        return (
            FeedLink(f"{name} : tout", "/flux/tout.rss.xml", rss),
            FeedLink(f"{name} : actualités", "/flux/actualites.rss.xml", rss),
            FeedLink(f"{name} : agenda", "/flux/agenda.rss.xml", rss),
            FeedLink(f"{name} : la lettre", "/flux/lettres.rss.xml", rss),
            FeedLink(f"{name} : calendrier", "/agenda/tout.ics", ICS),
        )

    def page_view(self, page: Page) -> "RenderedPage":
        """Return the complete data of a page, for its template."""
        view = page.view()
        head = {item.name: getattr(page, item.name) for item in fields(PageView)}
        head["image"] = picture_of(page, self.index)
        head["article"] = article_of(page, self.index)
        head["feeds"] = (*self.feeds, *page.feeds)
        shown = PageView(**head)
        return RenderedPage(
            page=replace(shown, json_ld=self._json_ld(page, shown, view)),
            site=self.view,
            frise=replace(self.frise(page.frise_year), read=page.frise_month),
            view=view,
        )

    def _json_ld(self, page: Page, shown: PageView, view: object) -> Markup | None:
        """Return the structured data of a page, None of one that search engines leave out."""
        if page.noindex:
            return None
        subject = page.subject(shown, view)
        return page_graph(shown, subject, self.structured_data, self._site_nodes)

    @cached_property
    def structured_data(self) -> StructuredData:
        """The source of what search engines are told."""
        return StructuredData(self.index, self.url)

    @cached_property
    def _site_nodes(self) -> str:
        return site_nodes(self.structured_data)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The complete data of a page; with one theme, equal data give the same HTML.

    `page` is its head, `site` what all pages share, `frise` the strip of its year, `view` its own
    data.
    """

    page: PageView
    site: SiteView
    frise: Frise
    view: object
