"""What is to come, judged on the site of the day when it appears."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from plugins.core.errors import ContentError, Level, as_warning
from plugins.core.library import Library
from plugins.core.links import check as check_links
from plugins.core.loading import load
from plugins.core.models import Header
from plugins.core.models.fields import Status
from plugins.core.schedule import appears, has_expired

# The site is read anew for each: what comes later is judged later.
_NEAREST = 6


def check(library: Library, now: datetime, reserved: dict[str, str]) -> Iterator[ContentError]:
    """Yield, as warnings, what would stop the site on the days when contents are to appear.

    `now` is the aware instant of `library`; only the nearest days are looked at.
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
    if header.status is Status.DRAFT or has_expired(header, now):
        return None
    day = appears(header)
    return day if day and day > now else None
