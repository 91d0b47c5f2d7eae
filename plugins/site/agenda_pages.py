"""The pages of the agenda: upcoming dates, months, years, the list of events."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from plugins.content.pictures import is_picture_name
from plugins.content.record import Record, last_change
from plugins.dates.in_words import month_year, of_month
from plugins.library.addresses import month_address, year_address
from plugins.models import EventHeader
from plugins.site.static_files import published_weight
from plugins.views import agenda
from plugins.views.agenda import AgendaItem, MonthGroup
from plugins.views.base import NamedAddress, shared_picture
from plugins.views.events import EventView, event_view
from plugins.views.facets import Facet, facets
from plugins.views.matrix import Matrix, matrix
from plugins.views.month_grid import MonthView, month_view
from plugins.views.pages import Page, Slice, paginate
from plugins.views.sheets import ListView, event_line
from plugins.views.site import AGENDA, Site

EVENTS_PER_PAGE = 30
# With more dates, a year's page links to its months instead of listing dates, to stay light.
LISTED_IN_YEAR = 500


@dataclass(frozen=True, slots=True)
class AgendaView:
    """The dates to come, month by month."""

    months: tuple[MonthGroup, ...]
    facets: tuple[Facet, ...]
    years: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: its matrix, and its dates by month, or links to its months when too many."""

    year: int
    matrix: Matrix
    months: tuple[MonthGroup, ...]
    month_links: tuple[NamedAddress, ...]
    facets: tuple[Facet, ...]
    previous: NamedAddress | None
    next: NamedAddress | None


def pages(site: Site) -> Iterator[Page]:
    """Plan the pages of the agenda."""
    index = site.index
    items = agenda.items(index)
    years = agenda.years(items, site.today)
    yield Page(
        AGENDA.address,
        "agenda",
        AGENDA.title,
        "Les prochains rendez-vous de la communauté, mois par mois.",
        section=AGENDA.address,
        view=partial(_agenda, items, years),
    )
    for year in years:
        yield _year(site, year, years)
        for month in range(1, agenda.DECEMBER + 1):
            yield _month(site, items, year, month, years)
    yield from _events(site)
    for event in index.events:
        yield event_page(site, event)


def _agenda(items: tuple[AgendaItem, ...], years: tuple[int, ...]) -> AgendaView:
    upcoming = agenda.upcoming(items)
    return AgendaView(
        agenda.by_month(upcoming),
        facets(upcoming),
        tuple(NamedAddress(str(y), year_address(y)) for y in years),
    )


def _year(site: Site, year: int, years: tuple[int, ...]) -> Page:
    return Page(
        year_address(year),
        "year",
        f"L’année {year}",
        f"Tous les rendez-vous de {year}, par groupe et par chantier.",
        (AGENDA,),
        AGENDA.address,
        view=partial(_year_view, site, year, years),
        frise_year=year,
    )


def _year_view(site: Site, year: int, years: tuple[int, ...]) -> YearView:
    occurrences = [o for o in site.index.occurrences if _in_year(o.period.months, year)]
    listed = occurrences if len(occurrences) <= LISTED_IN_YEAR else []
    return YearView(
        year,
        matrix(site.index, year, lit_day=site.today),
        agenda.by_month(listed),
        () if listed else _month_links(site, year),
        facets(listed),
        _year_link(year - 1, years),
        _year_link(year + 1, years),
    )


def _month_links(site: Site, year: int) -> tuple[NamedAddress, ...]:
    """Return the months of a year with dates, labelled with the number of their dates."""
    return tuple(
        NamedAddress(month.label, month_address(year, month.number))
        for month in site.frise(year).months
        if month.dots or month.rings
    )


def _in_year(months: tuple[tuple[int, int], ...], year: int) -> bool:
    return any(of_year == year for of_year, _ in months)


def _year_link(year: int, years: tuple[int, ...]) -> NamedAddress | None:
    return NamedAddress(str(year), year_address(year)) if year in years else None


def _month(
    site: Site,
    items: tuple[AgendaItem, ...],
    year: int,
    month: int,
    years: tuple[int, ...],
) -> Page:
    def view() -> MonthView:
        return month_view(items, year, month, site.today, years)

    title = month_year(year, month)
    return Page(
        month_address(year, month),
        "month",
        title[:1].upper() + title[1:],
        f"Les rendez-vous {of_month(month)} {year}.",
        (AGENDA, NamedAddress(str(year), year_address(year))),
        AGENDA.address,
        view=view,
        frise_year=year,
        frise_month=month,
    )


def _events(site: Site) -> Iterator[Page]:
    """Plan the list of all events, latest first."""

    def view(part: Slice[Record[EventHeader]]) -> ListView:
        return ListView(tuple(event_line(e, site.index) for e in part.items), part.pagination)

    for part in paginate("/evenements/", site.index.events, EVENTS_PER_PAGE):
        yield Page(
            part.address,
            "events",
            "Tous les événements",
            "Les rendez-vous passés et à venir de la communauté, du plus récent au plus ancien.",
            (AGENDA,),
            AGENDA.address,
            view=partial(view, part),
            pagination=part.pagination,
        )


def event_page(site: Site, event: Record[EventHeader]) -> Page:
    """Plan the page of an event."""
    header = event.header
    return Page(
        event.address,
        "event",
        header.title,
        header.summary,
        (AGENDA,),
        AGENDA.address,
        view=partial(_event_view, event, site),
        image=shared_picture(header.image, site.index.contents),
        lastmod=last_change(event),
    )


def _event_view(event: Record[EventHeader], site: Site) -> EventView:
    documents = (document.file for document in event.header.documents)
    pictures = filter(is_picture_name, documents)
    return event_view(event, site, {file: published_weight(file, site) for file in pictures})
