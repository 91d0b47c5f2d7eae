"""Filters of a list of dates: group, organisation, audience, mode, series.

The *tags* of a date are the values that match it; a *facet* offers the values found in a list. What
matches an occurrence matches its registration deadline. Names and values are used in addresses
(`?collectif=numerique`), so they are French and made of slugs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins.french.slugs import slugify
from plugins.french.typography import capitalised, fold
from plugins.models.fields import Mode
from plugins.views.agenda import AgendaItem
from plugins.views.deadlines import Deadline

EVERYONE = "tous"
_GROUPS = "collectif"
# A hybrid event matches both modes.
_MODES = {
    Mode.IN_PERSON: ("presentiel",),
    Mode.ONLINE: ("visio",),
    Mode.HYBRID: ("hybride", "presentiel", "visio"),
    Mode.UNDECIDED: ("a-definir",),
}
_MODE_LABELS = {
    "presentiel": "En présentiel",
    "visio": "En visio",
    "hybride": "Les deux à la fois",
    "a-definir": "À définir",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose; `address` is a page with the same dates, without filters, if any."""

    value: str
    label: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its options; `any_label` is the label of no filter."""

    name: str
    label: str
    any_label: str
    options: tuple[Option, ...]

    @property
    def is_of_groups(self) -> bool:
        """True for the facet of groups and chantiers, whose pages need no filters."""
        return self.name == _GROUPS


_FACETS = (
    (_GROUPS, "Chantier ou groupe", "Tous"),
    ("organisation", "Organisation", "Toutes"),
    ("public", "Public", "Tous"),
    ("modalite", "Modalité", "Toutes"),
    ("serie", "Série", "Toutes"),
)


def tags(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """Return the values that match a date, by facet: ("collectif", "numerique").

    Several values are separated by spaces; facets without a value are absent. An event for everyone
    matches every group: the page's script knows `EVERYONE`.
    """
    return tuple(
        (name, " ".join(option.value for option in options))
        for name, options in _options(item).items()
        if options
    )


def facets(dates: Iterable[AgendaItem]) -> tuple[Facet, ...]:
    """Return the facets of a list of dates, without those that would filter out nothing."""
    found: dict[str, dict[str, Option]] = {name: {} for name, _, _ in _FACETS}
    answers: dict[str, set[frozenset[str]]] = {name: set() for name, _, _ in _FACETS}
    for item in dates:
        options = _options(item)
        for name, _, _ in _FACETS:
            answers[name].add(frozenset(option.value for option in options[name]))
            for option in options[name]:
                found[name].setdefault(option.value, option)
    return tuple(
        Facet(name, label, any_label, _ordered(name, found[name]))
        for name, label, any_label in _FACETS
        if found[name] and len(answers[name]) > 1
    )


def _options(item: AgendaItem) -> dict[str, tuple[Option, ...]]:
    event = item.event
    occurrences = item.occurrences if isinstance(item, Deadline) else (item,)
    modes = {value: None for o in occurrences if o.mode for value in _MODES[o.mode]}
    group, organisation, series = event.group, event.organisation, event.series
    if item.everyone:
        groups: tuple[Option, ...] = (Option(EVERYONE, "Toute la communauté"),)
    else:
        groups = (Option(group.slug, group.title, group.address),) if group else ()
    return {
        "collectif": groups,
        "organisation": (Option(organisation.slug, organisation.title, organisation.address),)
        if organisation
        else (),
        "public": tuple(Option(_value(name), capitalised(name)) for name in event.audience),
        "modalite": tuple(Option(value, _MODE_LABELS[value]) for value in modes),
        "serie": (Option(slugify(series), series),) if series else (),
    }


def _ordered(name: str, options: Mapping[str, Option]) -> tuple[Option, ...]:
    """Return options by label, everyone first; modes in their own order."""
    if name == "modalite":
        return tuple(options[value] for value in _MODE_LABELS if value in options)
    return tuple(sorted(options.values(), key=lambda o: (o.value != EVERYONE, fold(o.label))))


def _value(text: str) -> str:
    """Return a text as a value of an address, even without a slug."""
    try:
        return slugify(text)
    except ValueError:
        return "-".join(fold(text).split())
