"""A standing page among the other contents."""

from plugins.models import PageHeader
from plugins.views.entries.base import Entry


class PageEntry(Entry[PageHeader]):
    """A standing page."""
