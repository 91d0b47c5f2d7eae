"""The site as a whole: its library, its address on the web, its clock, what every page shows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlsplit

from plugins.dates.days import Day
from plugins.faults import ContentError, ContentErrors, Level
from plugins.library.addresses import absolute, quoted
from plugins.library.library import Library
from plugins.views.entries import NamedAddress
from plugins.views.frise import Frise, frise
from plugins.views.pages import FeedLink, File, Page

MENU = (
    NamedAddress("Accueil", "/"),
    NamedAddress("Actualités", "/actualites/"),
    NamedAddress("Agenda", "/agenda/"),
    NamedAddress("La lettre", "/lettres/"),
    NamedAddress("Chantiers et groupes", "/chantiers/"),
)

# The addresses of the site's own pages, which no content may take, and what they are.
RESERVED = {
    "/actualites/": "la liste des actualités",
    "/agenda/": "l’agenda",
    "/chantiers/": "la liste des chantiers",
    "/courriel/": "le dossier des images des courriels",
    "/evenements/": "la liste des événements",
    "/flux/": "la page des abonnements",
    "/groupes/": "la liste des groupes",
    "/images/": "le dossier des images",
    "/lettres/": "la liste des lettres",
    "/metiers/": "la liste des métiers",
    "/organisations/": "la liste des organisations",
    "/portraits/": "la liste des portraits",
    "/recherche/": "la recherche",
    "/theme/": "le dossier de l’habillage",
    "/themes/": "la liste des thèmes",
}


@dataclass(frozen=True)
class Site:
    """What pages and outputs are made of.

    `url` has no trailing slash; `plan` is every page and file of the site, complete once all
    adapters have planned theirs. `notices` are the faults that only writing brings to light:
    warnings, and errors for which nothing of it may be kept.
    """

    library: Library
    url: str
    now: datetime
    is_preview: bool = False
    plan: list[Page | File] = field(default_factory=list)
    notices: list[ContentError] = field(default_factory=list)
    _frises: dict[int, Frise] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day of the build."""
        return self.library.today

    @property
    def day(self) -> Day:
        """Return the day of the build, in words."""
        return Day(self.today)

    @property
    def name(self) -> str:
        """Return the site's name."""
        return self.library.site.name

    @property
    def tagline(self) -> str:
        """Return the words under the name."""
        return self.library.site.tagline

    @property
    def description(self) -> str:
        """Return what the site is."""
        return self.library.site.description

    @property
    def contact(self) -> str:
        """Return the site's mailbox."""
        return self.library.site.contact

    @property
    def publisher(self) -> str | None:
        """Return who publishes the site."""
        return self.library.site.publisher

    @cached_property
    def base(self) -> str:
        """Return the path under which the site lives: empty at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")

    def told_notices(self) -> list[ContentError]:
        """Return the warnings that writing brought to light; raises ContentErrors on any error."""
        if any(notice.level is Level.ERROR for notice in self.notices):
            raise ContentErrors(self.notices)
        return self.notices

    def link(self, address: str) -> str:
        """Return what a page writes in `href` for an address of the site, or of the web."""
        return f"{self.base}{quoted(address)}" if address.startswith("/") else address

    def absolute(self, address: str) -> str:
        """Return an address of the site with scheme and host; one of the web as it is, escaped."""
        return absolute(self.url, address)

    def frise(self, year: int | None = None) -> Frise:
        """Return the strip of a year, today's by default."""
        year = year or self.today.year
        if year not in self._frises:
            self._frises[year] = frise(self.library.occurrences, year, self.today)
        return self._frises[year]

    @property
    def footer_menu(self) -> tuple[NamedAddress, ...]:
        """Return the standing pages shown at the foot of every page."""
        pages = (p for p in self.library.pages if p.header.menu is not None)
        return tuple(NamedAddress(page.title, page.address) for page in pages)

    @property
    def preview_note(self) -> str | None:
        """Return what a preview says of its clock."""
        if not self.is_preview:
            return None
        return f"Aperçu arrêté au {self.day.full} : les dates sont celles de ce jour-là."

    @property
    def feeds(self) -> tuple[FeedLink, ...]:
        """Return the feeds and the calendar that every page announces."""
        rss = "application/rss+xml"
        return (
            FeedLink(f"{self.name} : tout", "/flux/tout.rss.xml", rss),
            FeedLink(f"{self.name} : actualités", "/flux/actualites.rss.xml", rss),
            FeedLink(f"{self.name} : agenda", "/flux/agenda.rss.xml", rss),
            FeedLink(f"{self.name} : la lettre", "/flux/lettres.rss.xml", rss),
            FeedLink(f"{self.name} : calendrier", "/agenda/tout.ics", "text/calendar"),
        )
