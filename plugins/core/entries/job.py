"""A job sheet among the other contents."""

from plugins.core.entries.base import Entry
from plugins.core.models import JobHeader


class JobEntry(Entry[JobHeader]):
    """A job sheet."""
