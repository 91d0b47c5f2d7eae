"""Faults of contents that are not published yet, found on the site of the day they appear."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from plugins.faults import ContentError, Level, as_warning
from plugins.library.library import Library
from plugins.library.links import check as check_links
from plugins.library.loading import load
from plugins.library.schedule import appears, has_expired
from plugins.models import Header
from plugins.models.fields import Status

# The site is read anew for each day, which takes time; later days are judged later.
_NEAREST = 6


def check(library: Library, now: datetime, reserved: dict[str, str]) -> Iterator[ContentError]:
    """Yield as warnings the errors that would stop the site on a day when contents appear.

    `now` is the aware instant of `library`. The six nearest days are examined.
    """
    days = sorted({day for entry in library.unpublished if (day := _day(entry.header, now))})
    for day in islice(days, _NEAREST):
        ahead = load(library.root, day, reserved)
        new = {e.document.path for e in ahead.library.entries if appears(e.header) == day}
        for entry in ahead.library.entries:
            if entry.document.path in new:
                yield from map(as_warning, check_links(entry, ahead.library, None))
        for fault in ahead.faults:
            if fault.path in new and fault.level is Level.ERROR:
                yield as_warning(fault)


def _day(header: Header, now: datetime) -> datetime | None:
    """Return the instant after `now` when a content appears, None for a draft or an expired one."""
    if header.status is Status.DRAFT or has_expired(header, now):
        return None
    day = appears(header)
    return day if day and day > now else None
