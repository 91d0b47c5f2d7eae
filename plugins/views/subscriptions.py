"""The calendars that one can subscribe to: all dates, those of a group, an organisation, a public.

The name of each stands in its address, `/agenda/<name>.ics`. It begins with what is followed, so
that no two take the same; the variant that also holds approximate dates has a full stop in its
name, which no slug has.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from plugins.french.slugs import slugify
from plugins.french.typography import NBSP, fold
from plugins.library.index import Index
from plugins.library.occurrences import EventName, GroupName, Occurrence

ALL = "tout"
GROUPS = "Par chantier ou groupe"
ORGANISATIONS = "Par organisation"
AUDIENCES = "Par public"
SERIES = "Par série"
HEADINGS = ("", GROUPS, ORGANISATIONS, AUDIENCES, SERIES)

_WITH_APPROXIMATE = ".avec-dates-a-confirmer"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar: its name, the heading it is listed under, its words, its page, its dates.

    `label` is for the narrow lists of calendar applications. The occurrences are in order of date,
    those without a day and those long past included.
    """

    name: str
    heading: str
    title: str
    label: str
    description: str
    page: str
    group: GroupName | None = None
    occurrences: tuple[Occurrence, ...] = ()


def calendar_address(name: str, *, with_approximate: bool = False) -> str:
    """Return where a calendar stands, or its variant that also holds approximate dates."""
    return f"/agenda/{name}{_WITH_APPROXIMATE if with_approximate else ''}.ics"


def subscription_address(name: str) -> str:
    """Return where one learns how to subscribe to a calendar: its place in the page of all."""
    return f"/flux/#{name}"


def group_calendar(slug: str) -> str:
    """Return the name of the calendar of a chantier or a group: one may become the other."""
    return f"collectif-{slug}"


def organisation_calendar(slug: str) -> str:
    """Return the name of the calendar of an organisation."""
    return f"organisation-{slug}"


def subscriptions(index: Index) -> tuple[Subscription, ...]:
    """Return the calendars: the one of all dates, then one for each that some event names.

    It is there as long as one event, were it long past, is: an application must not find it gone.
    What concerns everyone has its own, lest who follows two groups should get it twice.
    """
    everything = Subscription(
        ALL,
        "",
        "Tous les rendez-vous",
        "agenda",
        f"Tous les événements annoncés par {index.site.name}.",
        "/agenda/",
        occurrences=index.occurrences,
    )
    found: dict[str, Subscription] = {}
    dates: dict[str, list[Occurrence]] = {}
    for occurrence in index.occurrences:
        for subscription in _followed(occurrence.event):
            found.setdefault(subscription.name, subscription)
            dates.setdefault(subscription.name, []).append(occurrence)
    complete = (replace(s, occurrences=tuple(dates[s.name])) for s in found.values())
    return (everything, *sorted(complete, key=_rank))


def _rank(subscription: Subscription) -> tuple[int, int, str, str]:
    """Order by heading, then groups in their own order (everyone first), the others by title."""
    order = -1
    if subscription.group:
        order = subscription.group.order
    title = fold(subscription.title)
    return (HEADINGS.index(subscription.heading), order, title, subscription.name)


def _followed(event: EventName) -> Iterator[Subscription]:
    """Yield what an event is followed under, without the dates."""
    if event.everyone:
        yield Subscription(
            group_calendar("tous"),
            GROUPS,
            "Toute la communauté",
            "toute la communauté",
            "Les événements qui concernent toute la communauté.",
            "/agenda/?collectif=tous",
        )
    if group := event.group:
        yield Subscription(
            group_calendar(group.slug),
            GROUPS,
            group.title,
            group.short_title,
            f"Les dates du {group.kind_label.lower()} «{NBSP}{group.title}{NBSP}».",
            group.address,
            group,
        )
    if organisation := event.organisation:
        yield Subscription(
            organisation_calendar(organisation.slug),
            ORGANISATIONS,
            organisation.title,
            organisation.title,
            f"Les événements de l’organisation «{NBSP}{organisation.title}{NBSP}».",
            organisation.address,
        )
    # A name without a Latin letter makes no address.
    for audience in event.audience:
        with suppress(ValueError):
            slug = slugify(audience)
            yield Subscription(
                f"public-{slug}",
                AUDIENCES,
                f"{audience[:1].upper()}{audience[1:]}",
                audience,
                f"Les événements qui s’adressent à ce public{NBSP}: {audience}.",
                f"/agenda/?public={slug}",
            )
    if series := event.series:
        with suppress(ValueError):
            slug = slugify(series)
            yield Subscription(
                f"serie-{slug}",
                SERIES,
                series,
                series,
                f"Les rendez-vous de la série «{NBSP}{series}{NBSP}».",
                f"/agenda/?serie={slug}",
            )
