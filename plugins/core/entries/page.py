"""A standing page among the other contents."""

from plugins.core.entries.base import Entry
from plugins.core.models import PageHeader


class PageEntry(Entry[PageHeader]):
    """A standing page."""
