"""The agenda: what is next, every month and year, every event."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup
from pelican import signals

from plugins.dates.in_words import month_year, of_month
from plugins.library.addresses import month_address, year_address
from plugins.site.generator import PlannedGenerator, planner
from plugins.theme.theme import Theme
from plugins.views import agenda
from plugins.views.calendar_links import calendar_links
from plugins.views.entries import EventEntry, NamedAddress
from plugins.views.facets import facets
from plugins.views.json_ld import to_json_ld
from plugins.views.matrix import matrix
from plugins.views.month_grid import month_view
from plugins.views.occurrences import Occurrence
from plugins.views.pages import Page, paginate
from plugins.views.site import Site

AGENDA = NamedAddress("Agenda", "/agenda/")
EVENTS_PER_PAGE = 30
# Past this, the page of a year leaves the list of dates to its months: it must stay light.
LISTED_IN_YEAR = 500
# How many of its next sittings an event's page can put forward without a new build.
LEADS = 12


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting on its event's page, with the links that put it in a web calendar."""

    occurrence: Occurrence
    calendar_links: tuple[NamedAddress, ...]


def pages(site: Site, _theme: Theme) -> Iterator[Page]:
    """Plan the pages of the agenda."""
    years = agenda.years(site.library.occurrences, site.today)
    yield _agenda(site, years)
    for year in years:
        yield _year(site, year, years)
        for month in range(1, agenda.DECEMBER + 1):
            yield _month(site, year, month, years)
    yield from _events(site)
    for event in site.library.events:
        yield _event(site, event)


def _agenda(site: Site, years: tuple[int, ...]) -> Page:
    upcoming = agenda.upcoming(site.library.occurrences)
    return Page(
        AGENDA.address,
        "agenda",
        AGENDA.title,
        "Les prochains rendez-vous de la communauté, mois par mois.",
        "agenda",
        section=AGENDA.address,
        context={
            "months": agenda.by_month(upcoming),
            "facets": facets(upcoming),
            "past_address": "/evenements/",
            "years": tuple(NamedAddress(str(y), year_address(y)) for y in years),
        },
    )


def _year(site: Site, year: int, years: tuple[int, ...]) -> Page:
    occurrences = [o for o in site.library.occurrences if _in_year(o.period.months, year)]
    listed = occurrences if len(occurrences) <= LISTED_IN_YEAR else []
    return Page(
        year_address(year),
        "year",
        f"L’année {year}",
        f"Tous les rendez-vous de {year}, par groupe et par chantier.",
        "year",
        (AGENDA,),
        AGENDA.address,
        context={
            "year": year,
            "matrix": matrix(site.library, year, lit_day=site.today),
            "months": agenda.by_month(listed),
            "month_links": () if listed else _month_links(site, year),
            "facets": facets(listed),
            "previous": _year_link(year - 1, years),
            "next": _year_link(year + 1, years),
        },
        frise_year=year,
    )


def _month_links(site: Site, year: int) -> tuple[NamedAddress, ...]:
    """Return the months of a year that hold something, each said with its number of dates."""
    months = site.frise(year).months
    return tuple(NamedAddress(m.label, m.address) for m in months if m.dots or m.rings)


def _in_year(months: tuple[tuple[int, int], ...], year: int) -> bool:
    return any(of_year == year for of_year, _ in months)


def _year_link(year: int, years: tuple[int, ...]) -> NamedAddress | None:
    return NamedAddress(str(year), year_address(year)) if year in years else None


def _month(site: Site, year: int, month: int, years: tuple[int, ...]) -> Page:
    title = month_year(year, month)
    return Page(
        month_address(year, month),
        "month",
        title[:1].upper() + title[1:],
        f"Les rendez-vous {of_month(month)} {year}.",
        "month",
        (AGENDA, NamedAddress(str(year), year_address(year))),
        AGENDA.address,
        context={"month": month_view(site.library.occurrences, year, month, site.today, years)},
        frise_year=year,
    )


def _events(site: Site) -> Iterator[Page]:
    """Plan the list of all events, latest first."""
    for part in paginate("/evenements/", site.library.events, EVENTS_PER_PAGE):
        yield Page(
            part.address,
            "events",
            "Tous les événements",
            "Les rendez-vous passés et à venir de la communauté, du plus récent au plus ancien.",
            "events",
            (AGENDA,),
            AGENDA.address,
            context={"entries": part.items, "pagination": part.pagination},
            pagination=part.pagination,
        )


def _event(site: Site, event: EventEntry) -> Page:
    return Page(
        event.address,
        "event",
        event.title,
        event.summary,
        "event",
        (AGENDA,),
        AGENDA.address,
        context={
            "entry": event,
            "state": _state(event),
            "leads": _leads(event),
            "sittings": _sittings(site, event),
            "json_ld": Markup(to_json_ld(event, site.url)),  # noqa: S704 - made for a script
        },
        image=event.image.src if event.image else None,
        lastmod=event.last_change,
    )


def _state(event: EventEntry) -> str:
    """Return « off », « past », « today », « ongoing » or « upcoming », on the day of the build."""
    held = [o for o in event.occurrences if not o.is_off]
    if not held:
        return "off"
    if all(o.is_past for o in held):
        return "past"
    live = [o for o in held if o.is_ongoing]
    if not live:
        return "upcoming"
    return "ongoing" if any(o.period.is_several_days for o in live) else "today"


def _leads(event: EventEntry) -> tuple[Occurrence, ...]:
    """Return the sittings that the page may put forward, the one it puts forward first."""
    first = event.occurrences.index(event.lead_occurrence)
    return event.occurrences[first : first + LEADS]


def _sittings(site: Site, event: EventEntry) -> tuple[SittingView, ...]:
    return tuple(
        SittingView(occurrence, calendar_links(occurrence, site.absolute(occurrence.address)))
        for occurrence in event.occurrences
    )


def _generator(_pelican: object) -> type[PlannedGenerator]:
    return planner(pages)


def register() -> None:
    """Give Pelican the generator."""
    signals.get_generators.connect(_generator)
