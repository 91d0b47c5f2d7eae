"""The years of a list: where each is, how much it holds, which one is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plugins.french.quantities import format_number
from plugins.views.base import NamedAddress

# The years that a list leads to, the nearest; each leads to those beside it.
MOST = 12


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of a list, and how much it holds: « 12 », « articles »."""

    title: str
    address: str
    number: str
    noun: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a list, newest first; those beside the one that is shown, if any."""

    links: tuple[YearLink, ...]
    previous: NamedAddress | None = None
    next: NamedAddress | None = None

    @property
    def is_of_one(self) -> bool:
        """True on the page of a year."""
        return any(link.is_shown for link in self.links)


def years_of(
    counts: Mapping[int, int], noun: str, address: Callable[[int], str], shown: int | None = None
) -> Years:
    """Return the years of a list from the number of items in each, called by a noun."""
    newest_first = sorted(counts, reverse=True)
    around = shown if shown is not None else max(newest_first, default=0)
    near = sorted(newest_first, key=lambda year: abs(year - around))[:MOST]
    return Years(
        tuple(
            YearLink(
                str(year),
                address(year),
                format_number(counts[year]),
                f"{noun}s" if counts[year] > 1 else noun,
                year == shown,
            )
            for year in sorted(near, reverse=True)
        ),
        *(_beside(newest_first, shown, address) if shown is not None else ()),
    )


def _beside(
    newest_first: list[int], shown: int, address: Callable[[int], str]
) -> tuple[NamedAddress | None, NamedAddress | None]:
    """Return the years before and after one, whatever lies between."""
    place = newest_first.index(shown)
    before = newest_first[place + 1 : place + 2]
    after = newest_first[max(place - 1, 0) : place]
    previous, following = (
        NamedAddress(str(found[0]), address(found[0])) if found else None
        for found in (before, after)
    )
    return previous, following
