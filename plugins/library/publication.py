"""When readers could first see a content, and when it last changed for them."""

from datetime import date, datetime

from plugins.content.record import AnyRecord, has_header
from plugins.dates.moments import PARIS
from plugins.library.index import Index
from plugins.models import EventHeader


def published_at(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of publication; for an event, its announcement, from the git history.

    Without a history, an event takes its date of publication, else its first day once it has begun.
    An event to come that has neither gets None: a date in the future would keep it at the top of
    feed readers, and the time of the build would change at each build.
    """
    header = record.header
    history = index.history_of(record) if has_header(record, EventHeader) else None
    if history and history.created_at:
        opened = header.publish_on.instant if header.publish_on else history.created_at
        return max(history.created_at, opened)
    if header.date:
        return header.date.instant
    day = first_day(record, index)
    if day is None or day > index.today:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)


def changed_at(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last change, None when there was none since the publication.

    An event changes when its date, place, mode, status, recurrence or registration deadline does,
    as in the calendars.
    """
    header = record.header
    times = [header.modified.instant] if header.modified else []
    if has_header(record, EventHeader):
        history = index.history_of(record)
        if history and history.revisions and history.changed_at:
            times.append(history.changed_at)
    published = published_at(record, index)
    return max((time for time in times if not published or time > published), default=None)


def last_news(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last change, else of publication, None when neither is known."""
    times = (published_at(record, index), changed_at(record, index))
    return max((time for time in times if time), default=None)


def first_day(record: AnyRecord, index: Index) -> date | None:
    """Return the first day of an event, None for other contents."""
    if not has_header(record, EventHeader):
        return None
    return index.occurrences_of(record)[0].period.first_day
