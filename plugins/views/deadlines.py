"""The last day to register for an event, among the dates to come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from plugins.dates.in_words import Day

if TYPE_CHECKING:
    from plugins.views.entries.event import EventEntry


@dataclass(frozen=True, eq=False)
class Deadline:
    """The last day to register for an event, shown among the dates to come, and its very end."""

    event: "EventEntry"
    day: Day
    today: date
    ends: datetime

    is_deadline = True
    line = "Dernier jour pour s’inscrire"

    @property
    def title(self) -> str:
        """Return the event's title."""
        return self.event.title

    @property
    def address(self) -> str:
        """Return the address of the event's page."""
        return self.event.address

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601."""
        return self.day.iso

    @property
    def day_numeral(self) -> str:
        """Return « 19 »."""
        return self.day.number

    @property
    def month_label(self) -> str:
        """Return the month's name."""
        return self.day.month
