"""When readers could first see a content, and when it last changed for them."""

from datetime import date, datetime

from plugins.content.record import AnyRecord, has_header
from plugins.dates.moments import PARIS
from plugins.library.index import Index
from plugins.models import EventHeader


def published_at(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of publication: the date that it bears, else that of the git history.

    An event is dated by its announcement, never by `date` when a history knows better: subscribers
    saw it then. Without either, it takes its first day once it has begun. An event to come that has
    neither gets None: a date in the future would keep it at the top of feed readers, and the time
    of the build would change at each build. A preview of a day before a publication knows nothing
    of it.
    """
    header = record.header
    history = index.history_of(record)
    known = history.published_at if history else None
    known = None if known and known > index.now else known
    is_event = has_header(record, EventHeader)
    if known and (is_event or not header.date):
        return max(known, header.publish_on.instant) if header.publish_on else known
    if header.date:
        return header.date.instant
    day = first_day(record, index)
    if day is None or day > index.today:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)


def changed_at(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last change of what readers see, None if none since publication.

    It is that of the git history, or the one in `modifie` when later. A preview may live on a day
    before it.
    """
    header, known = record.header, index.change_of(record)
    times = [header.modified.instant] if header.modified else []
    times += [known] if known and known <= index.now else []
    return _latest_since(published_at(record, index), times)


def announced_at(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last change that is news, None if none since publication.

    An event changes when its date, place, mode, status, recurrence or registration deadline does,
    as in the calendars; other contents when `modifie` says so: a mended word is no news.
    """
    header = record.header
    times = [header.modified.instant] if header.modified else []
    history = index.history_of(record) if has_header(record, EventHeader) else None
    if history and history.revisions and history.revised_at and history.revised_at <= index.now:
        times.append(history.revised_at)
    return _latest_since(published_at(record, index), times)


def last_news(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last news, else of publication, None when neither is known."""
    times = (published_at(record, index), announced_at(record, index))
    return max((time for time in times if time), default=None)


def last_change(record: AnyRecord, index: Index) -> datetime | None:
    """Return the time of the last change, else of publication, until now; None if not known."""
    times = (published_at(record, index), changed_at(record, index), announced_at(record, index))
    return max((time for time in times if time and time <= index.now), default=None)


def first_day(record: AnyRecord, index: Index) -> date | None:
    """Return the first day of an event, None for other contents."""
    if not has_header(record, EventHeader):
        return None
    return index.occurrences_of(record)[0].period.first_day


def _latest_since(published: datetime | None, times: list[datetime]) -> datetime | None:
    return max((time for time in times if not published or time > published), default=None)
