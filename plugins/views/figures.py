"""The key figures of an organisation, their numbers written the French way."""

from dataclasses import dataclass

from plugins.dates.in_words import Day, format_approximate
from plugins.models import OrganisationHeader


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure, its number and its date in words."""

    value: str
    label: str
    unit: str | None
    as_of: str | None


def figures(header: OrganisationHeader) -> tuple[Figure, ...]:
    """Return the key figures of an organisation."""
    return tuple(
        Figure(
            item.number,
            item.label,
            item.shown_unit,
            format_approximate(item.as_of)
            if item.as_of and item.as_of.is_approximate
            else (Day(item.as_of.first).full if item.as_of else None),
        )
        for item in header.figures
    )
