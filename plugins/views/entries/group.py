"""A chantier or a group among the other contents: its dates and what speaks of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from plugins.models import GroupHeader
from plugins.models.fields import GroupKind
from plugins.models.mailboxes import mailto
from plugins.views.entries.base import Entry
from plugins.views.entries.letter import LetterEntry
from plugins.views.occurrences import Occurrence
from plugins.views.subscriptions import group_calendar, subscription_address

if TYPE_CHECKING:
    from plugins.views.entries.article import ArticleEntry


class GroupEntry(Entry[GroupHeader]):
    """A chantier or a group."""

    @property
    def kind_label(self) -> str:
        """Return « Chantier » or « Groupe »."""
        return "Chantier" if self.is_chantier else "Groupe"

    @property
    def is_chantier(self) -> bool:
        """Tell chantiers from groups."""
        return self.header.kind is GroupKind.CHANTIER

    @property
    def short_title(self) -> str:
        """Return the name used in tables."""
        return self.header.short_title

    @property
    def state(self) -> str:
        """Return how far it is."""
        return self.header.state

    @property
    def stakes(self) -> str | None:
        """Return what is at stake."""
        return self.header.stakes

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return the other names in use."""
        return self.header.other_names

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name by which another content may call it."""
        stem = self.document.path.stem
        return (self.slug, stem, self.title, self.short_title, *self.other_names)

    @property
    def liaisons(self) -> tuple[str, ...]:
        """Return its référents."""
        return self.header.liaisons

    @property
    def mailbox(self) -> str | None:
        """Return its functional mailbox."""
        return self.header.contact

    @property
    def contact(self) -> str | None:
        """Return the link that writes to it, the subject filled in."""
        return mailto(self.mailbox, self.title) if self.mailbox else None

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return its dates, in order."""
        return tuple(o for o in self.library.occurrences if o.group is self)

    @property
    def occurrences_upcoming(self) -> tuple[Occurrence, ...]:
        """Return its dates to come."""
        return tuple(o for o in self.occurrences if not o.is_past)

    @property
    def occurrences_past(self) -> tuple[Occurrence, ...]:
        """Return its past dates, newest first."""
        return tuple(o for o in reversed(self.occurrences) if o.is_past)

    @property
    def next_occurrence(self) -> Occurrence | None:
        """Return its next date that holds."""
        return next((o for o in self.occurrences_upcoming if not o.is_off), None)

    @property
    def subscription_address(self) -> str | None:
        """Return where one subscribes to its dates, None when there are none."""
        return subscription_address(group_calendar(self.slug)) if self.occurrences else None

    @property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """Return the articles that speak of it."""
        return tuple(article for article in self.library.articles if self in article.groups)

    @property
    def letters(self) -> tuple[LetterEntry, ...]:
        """Return the issues of the letter that speak of it."""
        return tuple(e for e in self.library.citing(self) if isinstance(e, LetterEntry))
