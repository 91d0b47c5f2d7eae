"""An article among the other contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from plugins.models import ArticleHeader
from plugins.views.entries.base import Entry

if TYPE_CHECKING:
    from plugins.views.entries.event import EventEntry
    from plugins.views.entries.group import GroupEntry


class ArticleEntry(Entry[ArticleHeader]):
    """An article."""

    @property
    def kind_label(self) -> str:
        """Return the article's own section."""
        return self.header.section

    @property
    def reported_event(self) -> EventEntry | None:
        """Return the event it is the report of."""
        return cast("EventEntry | None", self.library.find("event", self.header.event))

    @property
    def groups(self) -> tuple[GroupEntry, ...]:
        """Return the chantiers and groups it speaks of."""
        found = (self.library.find("group", name) for name in self.header.groups)
        return tuple(cast("GroupEntry", entry) for entry in found if entry)
