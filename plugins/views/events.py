"""The page of an event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from plugins.content.record import Record
from plugins.french.slugs import slugify
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.views.base import DocumentLink, NamedAddress, document_link, whole
from plugins.views.calendar_links import calendar_links
from plugins.views.event_text import recurrence_line, series_line
from plugins.views.registration import Registration, registration
from plugins.views.sheets import SHOWN, ContentView, EventLine, common_fields, event_line
from plugins.views.site import Site
from plugins.views.teasers import Teaser, see_also, teaser

# Number of next sittings that an event's page can put forward without a new build.
LEADS = 12


@dataclass(frozen=True, slots=True)
class SittingView:
    """A sitting on its event's page, with the ways to put it in a calendar."""

    occurrence: Occurrence
    calendar_links: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView(ContentView):
    """An event.

    `state` is « off », « past », « today », « ongoing » or « upcoming », on the day of the build.
    `leads` are the sittings to put forward: the first now, the others as days go by. Of a long
    series `same_series` are the nearest events, and `whole_series` leads to all.
    """

    state: str
    is_cancelled: bool
    is_postponed: bool
    is_to_confirm: bool
    series_line: str
    leads: tuple[Occurrence, ...]
    sittings: tuple[SittingView, ...]
    registration: Registration | None
    ics_address: str | None
    group: Teaser | None
    recurrence_line: str
    documents: tuple[DocumentLink, ...]
    reports: tuple[Teaser, ...]
    letters: tuple[Teaser, ...]
    same_series: tuple[EventLine, ...]
    whole_series: NamedAddress | None


def event_view(
    event: Record[EventHeader], site: Site, weights: Mapping[str, int] = MappingProxyType({})
) -> EventView:
    """Return the view of an event's page; `weights` are those online of its pictures to download.

    A file to download that has none there is published as it is.
    """
    index, header = site.index, event.header
    occurrences = index.occurrences_of(event)
    group = index.group_of(event)
    view = EventView(
        **common_fields(event, site),
        state=_state(occurrences),
        is_cancelled=header.event_status is EventStatus.CANCELLED,
        is_postponed=header.event_status is EventStatus.POSTPONED,
        is_to_confirm=header.event_status is EventStatus.TENTATIVE,
        series_line=series_line(header),
        leads=_leads(occurrences),
        sittings=_sittings(event, site),
        registration=registration(event, index),
        ics_address=ics_address(event, index),
        group=teaser(group, index) if group else None,
        recurrence_line=recurrence_line(header),
        documents=tuple(
            document_link(d, index.contents, weights.get(d.file)) for d in header.documents
        ),
        reports=tuple(teaser(report, index) for report in index.reports_of(event)[:SHOWN]),
        letters=tuple(teaser(letter, index) for letter in index.letters_citing(event)[:SHOWN]),
        same_series=tuple(event_line(e, index) for e in index.near_in_series(event, SHOWN)),
        whole_series=whole_series(event, index),
    )
    return replace(view, see_also=see_also(view, event, site))


def whole_series(event: Record[EventHeader], index: Index) -> NamedAddress | None:
    """Return the way to all events of a series; None for a short one, or a name without a slug."""
    series = event.header.series
    every = index.series_of(event)
    # The event itself is not among the others.
    if not series or len(every) <= SHOWN + 1:
        return None
    return whole("Toute la série", len(every), f"/evenements/series/{slugify(series.name)}/")


def ics_address(event: Record[EventHeader], index: Index) -> str | None:
    """Return the address of an event's calendar file, None when all its dates are approximate."""
    if all(occurrence.is_approximate for occurrence in index.occurrences_of(event)):
        return None
    return event.address.rstrip("/") + ".ics"


def session_ics_address(occurrence: Occurrence) -> str:
    """Return the address of the calendar file of one sitting among several."""
    return f"{occurrence.event.address}{occurrence.id}.ics"


def with_own_file(event: Record[EventHeader], index: Index) -> tuple[Occurrence, ...]:
    """Return the sittings that have a calendar file each; of a recurring event, the next ones."""
    dated = (o for o in index.occurrences_of(event) if o.id and not o.is_approximate)
    if event.header.recurrence:
        return tuple(islice((o for o in dated if not o.is_past), LEADS))
    return tuple(dated)


def _sittings(event: Record[EventHeader], site: Site) -> tuple[SittingView, ...]:
    with_file = {occurrence.rank for occurrence in with_own_file(event, site.index)}
    return tuple(
        SittingView(o, _ways(o, site, has_file=o.rank in with_file))
        for o in site.index.occurrences_of(event)
    )


def _ways(occurrence: Occurrence, site: Site, *, has_file: bool) -> tuple[NamedAddress, ...]:
    """Return the ways to put a sitting in a calendar, its own file first."""
    links = calendar_links(occurrence, site.absolute(occurrence.address))
    if links and has_file:
        return (NamedAddress("Fichier ICS", session_ics_address(occurrence)), *links)
    return links


def _state(occurrences: tuple[Occurrence, ...]) -> str:
    held = [o for o in occurrences if not o.is_off]
    if not held:
        return "off"
    if all(o.is_past for o in held):
        return "past"
    live = [o for o in held if o.is_ongoing]
    if not live:
        return "upcoming"
    return "ongoing" if any(o.period.is_several_days for o in live) else "today"


def _leads(occurrences: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """Return the next sittings; when all are over, the first ones."""
    first = next((n for n, o in enumerate(occurrences) if not o.is_past), 0)
    return occurrences[first : first + LEADS]
