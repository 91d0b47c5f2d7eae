"""The site map: every section of the site, by year where it goes on for years."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from typing import TypeVar

from plugins.content.record import AnyRecord, Record
from plugins.library.addresses import news_address, year_address
from plugins.library.index import Index, Topic
from plugins.models import ArticleHeader, EventHeader
from plugins.views.base import NamedAddress, named, whole
from plugins.views.site import (
    AGENDA,
    AUTHORS,
    CHANTIERS,
    JOBS,
    LETTERS,
    NEWS,
    ORGANISATIONS,
    PORTRAITS,
    SUBSCRIPTIONS,
    THEMES,
    Site,
)

R = TypeVar("R", bound=AnyRecord)

# The map does not grow with the site: what is more is on the lists that it leads to.
SHOWN = 40
YEARS = 10
SHOWN_IN_YEAR = 20


@dataclass(frozen=True, slots=True)
class SiteMapYear:
    """A year of a section: its first contents, and the way to all of it; `more` if some lack."""

    year: NamedAddress
    items: tuple[NamedAddress, ...]
    more: NamedAddress | None


@dataclass(frozen=True, slots=True)
class SiteMapSection:
    """A section of the site map: a list and its contents; `address` only with a page of its own.

    The contents of a section that has `years` are in them. `more` leads to the contents that are
    left out, if any.
    """

    title: str
    address: str | None
    items: tuple[NamedAddress, ...]
    years: tuple[SiteMapYear, ...] = ()
    more: NamedAddress | None = None


@dataclass(frozen=True, slots=True)
class SiteMapView:
    """The site map."""

    sections: tuple[SiteMapSection, ...]


def site_map(site: Site) -> SiteMapView:
    """Return the site map."""
    index = site.index
    pages = (SUBSCRIPTIONS, *(named(page) for page in index.pages))
    sections = (
        _articles(index),
        _events(index),
        _section(LETTERS, index.letters, "Toutes les lettres"),
        _section(CHANTIERS, index.groups, "Tous les chantiers et groupes"),
        _section(ORGANISATIONS, index.organisations, "Toutes les organisations"),
        _section(PORTRAITS, index.portraits, "Tous les portraits"),
        _section(JOBS, index.jobs, "Tous les métiers"),
        _of_addresses(THEMES, _links(index.themes), "Tous les thèmes"),
        _of_addresses(AUTHORS, _links(index.authors), "Tous les auteurs"),
        SiteMapSection("Le site", None, pages),
    )
    return SiteMapView(tuple(s for s in sections if s.items or s.years))


def _articles(index: Index) -> SiteMapSection:
    years = tuple(_years(index.articles, _year_of_article, news_address))
    all_of_them = whole("Toutes les actualités", len(index.articles), NEWS.address)
    return _by_year(NEWS, years, index.articles, all_of_them)


def _events(index: Index) -> SiteMapSection:
    year_of = partial(_year_of_event, index)
    years = tuple(_years(index.events, year_of, year_address))
    all_of_them = whole("Tous les événements", len(index.events), "/evenements/")
    return _by_year(AGENDA, years, index.events, all_of_them)


def _by_year(
    up: NamedAddress,
    years: tuple[SiteMapYear, ...],
    records: Sequence[AnyRecord],
    all_of_them: NamedAddress,
) -> SiteMapSection:
    is_cut = sum(len(year.items) for year in years) < len(records)
    return SiteMapSection(up.title, up.address, (), years, all_of_them if is_cut else None)


def _year_of_article(article: Record[ArticleHeader]) -> int:
    return article.header.date.day.year


def _year_of_event(index: Index, event: Record[EventHeader]) -> int:
    return index.occurrences_of(event)[0].period.first_day.year


def _years(
    records: Sequence[R], year_of: Callable[[R], int], address: Callable[[int], str]
) -> Iterator[SiteMapYear]:
    """Yield the latest years of contents, latest first; `address` is that of a year."""
    for year, found in islice(groupby(records, year_of), YEARS):
        items = tuple(map(named, found))
        title = NamedAddress(str(year), address(year))
        more = whole(f"Toute l’année {year}", len(items), title.address)
        is_cut = len(items) > SHOWN_IN_YEAR
        yield SiteMapYear(title, items[:SHOWN_IN_YEAR], more if is_cut else None)


def _section(up: NamedAddress, records: Sequence[AnyRecord], all_of_them: str) -> SiteMapSection:
    return _of_addresses(up, [named(record) for record in records], all_of_them)


def _of_addresses(
    up: NamedAddress, items: Sequence[NamedAddress], all_of_them: str
) -> SiteMapSection:
    """Return a section: its first contents, and the way to the whole list."""
    more = whole(all_of_them, len(items), up.address) if len(items) > SHOWN else None
    return SiteMapSection(up.title, up.address, tuple(items[:SHOWN]), more=more)


def _links(topics: Iterable[Topic]) -> tuple[NamedAddress, ...]:
    return tuple(NamedAddress(topic.title, topic.address) for topic in topics)
