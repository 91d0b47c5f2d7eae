"""Checks of the contents to come, on the site as of their day of publication."""

from collections.abc import Iterator
from datetime import datetime

from plugins.checks.dead_links import check_links
from plugins.checks.references import check as check_references
from plugins.content.record import AnyRecord
from plugins.faults import ContentError, Level, as_warning
from plugins.library.index import Index
from plugins.library.selection import appears, has_expired
from plugins.models import Header
from plugins.models.fields import Status


def check(index: Index) -> Iterator[ContentError]:
    """Yield, as warnings, the faults that would stop the publication on a day to come.

    The index of each day on which a content is to be published is made from the same records.
    """
    days: dict[datetime, list[AnyRecord]] = {}
    for record in index.unpublished:
        if day := _day(record.header, index.now):
            days.setdefault(day, []).append(record)
    for day in sorted(days):
        ahead = index.at(day)
        for record in days[day]:
            faults = (
                *record.text_faults(),
                *check_references(record, ahead),
                *check_links(record, ahead, None),
            )
            yield from (as_warning(fault) for fault in faults if fault.level is Level.ERROR)


def _day(header: Header, now: datetime) -> datetime | None:
    if header.status is Status.DRAFT or has_expired(header, now):
        return None
    day = appears(header)
    return day if day and day > now else None
