"""A job sheet among the other contents."""

from plugins.models import JobHeader
from plugins.views.entries.base import Entry


class JobEntry(Entry[JobHeader]):
    """A job sheet."""
