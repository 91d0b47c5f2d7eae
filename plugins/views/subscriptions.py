"""Calendars for subscription: all dates, or those of a group, an organisation, an audience.

The address of a calendar is `/agenda/<name>.ics`. Its name begins with its kind, so that names are
unique; a variant adds a full stop, which no slug contains.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from plugins.french.slugs import slugify
from plugins.french.typography import NBSP, fold
from plugins.library.former import announced_occurrences
from plugins.library.index import Index
from plugins.library.occurrences import EventName, GroupName, Occurrence

ALL = "tout"
GENERAL = ""
GROUPS = "Par chantier ou groupe"
THEMES = "Par thème"
ORGANISATIONS = "Par organisation"
AUDIENCES = "Par public"
SERIES = "Par série"
AUTHORS = "Par auteur"
HEADINGS = (GENERAL, GROUPS, THEMES, ORGANISATIONS, AUDIENCES, SERIES, AUTHORS)
"""Those of calendars and feeds, in the order of the page of subscriptions."""


class Variant(StrEnum):
    """What a calendar holds besides sittings on a known day; the value ends its name."""

    PLAIN = ""
    WITH_APPROXIMATE = ".avec-dates-a-confirmer"
    WITH_DEADLINES = ".avec-echeances"

    @property
    def additions(self) -> str:
        """What it adds: « dates limites d’inscription », nothing for the plain calendar."""
        return _ADDITIONS[self]


_ADDITIONS = {
    Variant.PLAIN: "",
    Variant.WITH_APPROXIMATE: "dates à confirmer",
    Variant.WITH_DEADLINES: "dates limites d’inscription",
}


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar: its name, its heading in lists, its French texts, its page, its occurrences.

    `label` is for the narrow lists of calendar applications. The occurrences are in order of date,
    approximate and long past dates included.
    """

    name: str
    heading: str
    title: str
    label: str
    description: str
    page: str
    group: GroupName | None = None
    occurrences: tuple[Occurrence, ...] = ()


def calendar_address(name: str, variant: Variant = Variant.PLAIN) -> str:
    """Return the address of a calendar, or of a variant of it."""
    return f"/agenda/{name}{variant}.ics"


def group_subject(slug: str) -> str:
    """Return the name of the calendar and of the feed of a chantier or a group.

    It is the same if one becomes the other.
    """
    return f"collectif-{slug}"


def organisation_subject(slug: str) -> str:
    """Return the name of the calendar and of the feed of an organisation."""
    return f"organisation-{slug}"


def series_subject(name: str) -> str:
    """Return the name of the calendar and of the feed of a series, which has a slug."""
    return f"serie-{slugify(name)}"


def subscriptions(index: Index) -> tuple[Subscription, ...]:
    """Return the calendar of all dates, then one per group, organisation… that an event names.

    A calendar stays even with past events only: subscribed applications must still find it. Events
    for everyone have their own calendar, so that followers of two groups do not get them twice.
    """
    announced = index.once(announced_occurrences)
    everything = Subscription(
        ALL,
        GENERAL,
        "Tous les rendez-vous",
        "agenda",
        f"Tous les événements annoncés par {index.site.name}.",
        "/agenda/",
        occurrences=announced,
    )
    found: dict[str, Subscription] = {}
    dates: dict[str, list[Occurrence]] = {}
    for occurrence in announced:
        for subscription in _followed(occurrence.event):
            found.setdefault(subscription.name, subscription)
            dates.setdefault(subscription.name, []).append(occurrence)
    complete = (replace(s, occurrences=tuple(dates[s.name])) for s in found.values())
    return (everything, *sorted(complete, key=_rank))


def _rank(subscription: Subscription) -> tuple[int, int, str, str]:
    """Sort key: heading, then groups in their own order (everyone first), others by title."""
    order = -1
    if subscription.group:
        order = subscription.group.order
    title = fold(subscription.title)
    return (HEADINGS.index(subscription.heading), order, title, subscription.name)


def _followed(event: EventName) -> Iterator[Subscription]:
    """Yield the calendars of an event, without occurrences."""
    if event.everyone:
        yield Subscription(
            group_subject("tous"),
            GROUPS,
            "Toute la communauté",
            "toute la communauté",
            "Les événements qui concernent toute la communauté.",
            "/agenda/?collectif=tous",
        )
    if group := event.group:
        yield Subscription(
            group_subject(group.slug),
            GROUPS,
            group.title,
            group.short_title,
            f"Les dates du {group.kind_label.lower()} «{NBSP}{group.title}{NBSP}».",
            group.address,
            group,
        )
    if organisation := event.organisation:
        yield Subscription(
            organisation_subject(organisation.slug),
            ORGANISATIONS,
            organisation.title,
            organisation.title,
            f"Les événements de l’organisation «{NBSP}{organisation.title}{NBSP}».",
            organisation.address,
        )
    # A name without a Latin letter has no slug, so no address.
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
            yield Subscription(
                series_subject(series),
                SERIES,
                series,
                series,
                f"Les rendez-vous de la série «{NBSP}{series}{NBSP}».",
                f"/agenda/?serie={slugify(series)}",
            )
