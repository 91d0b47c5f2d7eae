"""A member network among the other contents: its figures, its events, its news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.dates.in_words import Day, format_approximate
from plugins.models import OrganisationHeader
from plugins.models.headers import Membership, Officer
from plugins.views.entries.base import Entry, NamedAddress
from plugins.views.subscriptions import organisation_calendar, subscription_address

if TYPE_CHECKING:
    from plugins.views.entries.article import ArticleEntry
    from plugins.views.entries.event import EventEntry


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure, its number written the French way."""

    value: str
    label: str
    unit: str | None
    as_of: str | None


class OrganisationEntry(Entry[OrganisationHeader]):
    """A member network."""

    @property
    def full_name(self) -> str | None:
        """Return its name in full."""
        return self.header.full_name

    @property
    def motto(self) -> str | None:
        """Return its motto."""
        return self.header.motto

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return its key figures."""
        return tuple(
            Figure(
                item.number,
                item.label,
                item.shown_unit,
                format_approximate(item.as_of)
                if item.as_of and item.as_of.is_approximate
                else (Day(item.as_of.first).full if item.as_of else None),
            )
            for item in self.header.figures
        )

    @property
    def board(self) -> tuple[Officer, ...]:
        """Return the members of its board (`name`, `role`)."""
        return self.header.board

    @property
    def partners(self) -> tuple[str, ...]:
        """Return its partners."""
        return self.header.partners

    @property
    def links(self) -> tuple[NamedAddress, ...]:
        """Return its pages elsewhere."""
        return tuple(NamedAddress(link.title, link.url) for link in self.header.links)

    @property
    def membership(self) -> Membership | None:
        """Return how to join (`url`, `text`)."""
        return self.header.membership

    @property
    def events(self) -> tuple[EventEntry, ...]:
        """Return its events, newest first."""
        return tuple(e for e in self.library.events if e.organisation is self)

    @property
    def subscription_address(self) -> str | None:
        """Return where one subscribes to its events, None when there are none."""
        return subscription_address(organisation_calendar(self.slug)) if self.events else None

    @property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """Return the articles about it, newest first."""
        return tuple(a for a in self.library.articles if a.organisation is self)
