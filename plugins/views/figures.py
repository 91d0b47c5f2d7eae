"""The key figures of an organisation, their numbers written the French way."""

from dataclasses import dataclass

from plugins.dates.in_words import Day, format_approximate
from plugins.french.quantities import format_number
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
            # A year is not grouped: « 2015 », but « 3 000 ».
            str(item.value)
            if item.unit is None and "création" in item.label.lower()
            else format_number(
                int(item.value) if item.value == int(item.value) else float(item.value)
            ),
            item.label,
            item.unit,
            format_approximate(item.as_of)
            if item.as_of and item.as_of.is_approximate
            else (Day(item.as_of.first).full if item.as_of else None),
        )
        for item in header.figures
    )
