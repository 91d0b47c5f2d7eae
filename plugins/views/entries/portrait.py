"""A portrait among the other contents."""

from dataclasses import dataclass

from plugins.dates.in_words import Day, format_approximate
from plugins.models import PortraitHeader
from plugins.views.entries.base import Entry


@dataclass(frozen=True, slots=True)
class ElectionView:
    """What a person stands for; `date_label` says when, if the day is not known."""

    ballot: str
    seat: str | None
    date: Day | None
    date_label: str | None


class PortraitEntry(Entry[PortraitHeader]):
    """A portrait."""

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.header.name

    @property
    def role(self) -> str | None:
        """Return the person's function."""
        return self.header.role

    @property
    def election(self) -> ElectionView | None:
        """Return what the person stands for."""
        found = self.header.election
        if not found:
            return None
        moment = found.date
        day = Day(moment.first) if moment and not moment.is_approximate else None
        label = format_approximate(moment) if moment and moment.is_approximate else None
        return ElectionView(found.ballot, found.seat, day, label)
