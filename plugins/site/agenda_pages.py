"""The pages of the agenda: upcoming dates, months, years, the list of events."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from plugins.content.pictures import is_picture_name
from plugins.content.record import Record
from plugins.dates.in_words import month_year, of_month
from plugins.french.quantities import count
from plugins.french.typography import capitalised
from plugins.library.addresses import month_address, year_address
from plugins.models import EventHeader, OrganisationHeader
from plugins.site.static_files import published_weight
from plugins.views import agenda
from plugins.views.agenda import AgendaItem, MonthGroup
from plugins.views.base import NamedAddress, named
from plugins.views.events import EventView, event_view, whole_series
from plugins.views.facets import Facet, facets
from plugins.views.json_ld.events import event_entity
from plugins.views.json_ld.lists import list_entity, listed, subject_of
from plugins.views.matrix import Matrix, matrix
from plugins.views.month_grid import MonthView, crowded_month_view, month_view, ordered
from plugins.views.pages import Page, PageView, Slice, paginate
from plugins.views.sheets import ListView, event_line, events_address, whole_list
from plugins.views.site import AGENDA, ORGANISATIONS, Site
from plugins.views.structured_data import StructuredData, Subject
from plugins.views.subscriptions import series_subject
from plugins.views.years import years_of

EVENTS_PER_PAGE = 30
# With more dates, a year's page links to its months instead of listing dates, to stay light.
LISTED_IN_YEAR = 150
# With more dates to come, the agenda leads to later months, and after these to years.
MOST_UPCOMING = 100
MOST_MONTHS = 12
# The years that the agenda leads to, the nearest; each leads to those beside it.
MOST_YEARS = 12
# With more dates, a month lists them in pages, and its grid counts those of each day.
LISTED_IN_MONTH = 100


@dataclass(frozen=True, slots=True)
class AgendaView:
    """The next dates, month by month; `later` leads to those that are too many for the page."""

    months: tuple[MonthGroup, ...]
    later: tuple[NamedAddress, ...]
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
    years = agenda.years(agenda.items(index), site.today)
    yield Page(
        AGENDA.address,
        "agenda",
        AGENDA.title,
        "Les prochains rendez-vous de la communauté, mois par mois.",
        section=AGENDA.address,
        view=partial(_agenda, site, years),
        subject=partial(_agenda_entity, site.structured_data),
    )
    for year in years:
        yield _year(site, year, years)
        for month in range(1, agenda.DECEMBER + 1):
            yield from _month(site, year, month, years)
    yield from _events(site)
    yield from _series(site)
    for organisation in index.organisations:
        yield from _events_of(site, organisation)
    for event in index.events:
        yield event_page(site, event)


def _agenda(site: Site, years: tuple[int, ...]) -> AgendaView:
    window = agenda.window(site.index, MOST_UPCOMING)
    around = sorted(sorted(years, key=lambda year: abs(year - site.today.year))[:MOST_YEARS])
    return AgendaView(
        agenda.by_month(window.items),
        _later(window),
        facets(window.items),
        tuple(NamedAddress(str(y), year_address(y)) for y in around),
    )


def _agenda_entity(data: StructuredData, page: PageView, view: AgendaView) -> Subject:
    return subject_of(data, page, listed(item for month in view.months for item in month.dated))


def _later(window: agenda.Window) -> tuple[NamedAddress, ...]:
    """Return the later months with the number of their dates, then the years after them."""
    near, far = window.later[:MOST_MONTHS], window.later[MOST_MONTHS:]
    months = (_counted(month_year(y, m), month_address(y, m), dates) for y, m, dates in near)
    counts: Counter[int] = Counter()
    for year, _, dates in far:
        counts[year] += dates
    years = (_counted(str(year), year_address(year), counts[year]) for year in sorted(counts))
    return (*months, *years)


def _counted(title: str, address: str, dates: int) -> NamedAddress:
    name = capitalised(title)
    return NamedAddress(f"{name} : {count(dates, 'date')}" if dates else name, address)


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
    occurrences = site.index.occurrences_in(year)
    listed = occurrences if len(occurrences) <= LISTED_IN_YEAR else ()
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
        NamedAddress(capitalised(month.label), month_address(year, month.number))
        for month in site.frise(year).months
        if month.dots or month.rings
    )


def _year_link(year: int, years: tuple[int, ...]) -> NamedAddress | None:
    return NamedAddress(str(year), year_address(year)) if year in years else None


def _month(site: Site, year: int, month: int, years: tuple[int, ...]) -> Iterator[Page]:
    dates = agenda.items_in(site.index, year, month)
    title = capitalised(month_year(year, month))

    def view(part: Slice[AgendaItem]) -> MonthView:
        if part.pagination.total == 1:
            return month_view(dates, year, month, site.today, years)
        return crowded_month_view(dates, part, (year, month), site.today, years)

    for part in paginate(month_address(year, month), ordered(dates), LISTED_IN_MONTH):
        yield Page(
            part.address,
            "month",
            title,
            f"Les rendez-vous {of_month(month)} {year}.",
            (AGENDA, NamedAddress(str(year), year_address(year))),
            AGENDA.address,
            view=partial(view, part),
            pagination=part.pagination,
            frise_year=year,
            frise_month=month,
        )


def _events(site: Site) -> Iterator[Page]:
    """Plan the list of all events, latest first."""
    for part in paginate("/evenements/", site.index.events, EVENTS_PER_PAGE):
        yield Page(
            part.address,
            "events",
            "Tous les événements",
            "Les rendez-vous passés et à venir de la communauté, du plus récent au plus ancien.",
            (AGENDA,),
            AGENDA.address,
            view=partial(_all_events, part, site),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _all_events(part: Slice[Record[EventHeader]], site: Site) -> ListView:
    counts = {year: len(dates) for year, dates in site.index.occurrences_by_year.items()}
    return replace(_event_list(part, site), years=years_of(counts, "date", year_address))


def _series(site: Site) -> Iterator[Page]:
    """Plan the list of all events of each series that is too long for their pages."""
    for events in site.index.series:
        whole = whole_series(events[0], site.index)
        name = events[0].header.series.name if events[0].header.series else ""
        if not whole:
            continue
        subject = series_subject(name)
        follow = site.follow(subject, "Suivre cette série")
        for part in paginate(whole.address, events, EVENTS_PER_PAGE):
            yield Page(
                part.address,
                "events",
                name,
                "Tous les rendez-vous de la série, du plus récent au plus ancien.",
                (AGENDA,),
                AGENDA.address,
                view=partial(_event_list, part, site, follow),
                subject=partial(list_entity, site.structured_data),
                pagination=part.pagination,
                feeds=site.feeds_of(subject, name),
            )


def _events_of(site: Site, organisation: Record[OrganisationHeader]) -> Iterator[Page]:
    """Plan the list of all events of an organisation, when its page leaves some out."""
    events = site.index.events_of(organisation)
    for part in whole_list(events_address(organisation), events, EVENTS_PER_PAGE):
        yield Page(
            part.address,
            "events",
            f"Événements : {organisation.header.title}",
            "Tous les rendez-vous, du plus récent au plus ancien.",
            (ORGANISATIONS, named(organisation)),
            view=partial(_event_list, part, site),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _event_list(
    part: Slice[Record[EventHeader]], site: Site, follow: NamedAddress | None = None
) -> ListView:
    items = tuple(event_line(event, site.index) for event in part.items)
    return ListView(items, part.pagination, follow=follow)


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
        record=event,
        subject=partial(event_entity, event, site.structured_data),
        texts=partial(site.index.texts_of, event),
    )


def _event_view(event: Record[EventHeader], site: Site) -> EventView:
    documents = (document.file for document in event.header.documents)
    pictures = filter(is_picture_name, documents)
    return event_view(event, site, {file: published_weight(file, site) for file in pictures})
