"""What the next issue of the letter has to tell: dates to come, new articles, changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from plugins.content.reading import read_record
from plugins.content.record import AnyRecord, Record, has_header
from plugins.dates.moments import PARIS
from plugins.library.event_dates import occurrences_of
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.library.selection import appears, is_published
from plugins.models import ArticleHeader, EventHeader, GroupHeader, LetterHeader
from plugins.models.fields import GroupState
from plugins.views.agenda import AgendaItem, select
from plugins.writing.letter_rubrics import cited

Former: TypeAlias = Mapping[Path, AnyRecord | None]
"""The contents changed since an issue, as they were then, None for what readers did not see."""


@dataclass(frozen=True, slots=True)
class ComingEvent:
    """An event, and its dates and registration deadline of the coming days, in order."""

    event: Record[EventHeader]
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event, and its announced dates that do not hold any more, as they were."""

    event: Record[EventHeader]
    gone: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class ChangedGroup:
    """A chantier or a group whose state is new; `before` is the former one, None when it is new."""

    group: Record[GroupHeader]
    before: GroupState | None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that an issue has to tell.

    Events are in order of their first date, of the coming days or gone, articles newest first,
    groups in the order of the site. `items` are the dates of the coming days, in order; `shown` are
    the files of the contents that the last issue showed or linked to.
    """

    items: tuple[AgendaItem, ...]
    events: tuple[ComingEvent, ...]
    changes: tuple[ChangedEvent, ...]
    articles: tuple[Record[ArticleHeader], ...]
    groups: tuple[ChangedGroup, ...]
    shown: frozenset[Path]

    def __bool__(self) -> bool:
        """True when there is anything to tell."""
        return any((self.items, self.changes, self.articles, self.groups))


def facts_of(
    index: Index, span: tuple[date, date], since: date, last: Record[LetterHeader] | None
) -> LetterFacts:
    """Return what there is to tell after an issue, None for the first.

    `span` holds the first and the last of the coming days, `since` the day from which articles are
    new. What has changed, git alone tells: without a history, nothing has.
    """
    items = select(index, span=span)
    sent = _sent(last, index) if last else None
    former = _former(index, sent) if sent else {}
    shown = {record.path for record in cited(last.body.parts, last, index)} if last else set()
    return LetterFacts(
        items,
        _coming(items, index),
        _changed_events(index, former, sent) if sent else (),
        tuple(
            article
            for article in index.articles
            if article.path not in shown and _is_new(article, index, since, sent)
        ),
        _changed_groups(index, former),
        frozenset(shown),
    )


def _sent(last: Record[LetterHeader], index: Index) -> datetime:
    """Return the instant of an issue: its date, or when git has it published, if that is later."""
    published = _published_in_git(last, index)
    return max(last.header.date.instant, published or last.header.date.instant)


def _published_in_git(record: AnyRecord, index: Index) -> datetime | None:
    history = index.history_of(record)
    known = history.published_at if history else None
    return known if known and known <= index.now else None


def _coming(items: Iterable[AgendaItem], index: Index) -> tuple[ComingEvent, ...]:
    found: dict[str, list[AgendaItem]] = {}
    for item in items:
        found.setdefault(item.event.address, []).append(item)
    coming = ((index.at_address(address), tuple(dates)) for address, dates in found.items())
    return tuple(ComingEvent(e, dates) for e, dates in coming if e and has_header(e, EventHeader))


def _is_new(
    article: Record[ArticleHeader], index: Index, since: date, sent: datetime | None
) -> bool:
    """Return True for an article that readers could first see since a day.

    One of an earlier date is new when git has it published after the last issue.
    """
    day = appears(article.header)
    published = _published_in_git(article, index)
    return bool((day and day.date() >= since) or (sent and published and published > sent))


def _changed_events(index: Index, former: Former, sent: datetime) -> tuple[ChangedEvent, ...]:
    changes = (
        ChangedEvent(event, _gone(event, was, index, sent))
        for event in index.events
        if (was := former.get(event.path)) and has_header(was, EventHeader)
    )
    return tuple(sorted((c for c in changes if c.gone), key=lambda c: c.gone[0].sort_key))


def _gone(
    event: Record[EventHeader], was: Record[EventHeader], index: Index, sent: datetime
) -> tuple[Occurrence, ...]:
    """Return the announced dates that do not hold any more."""
    now = index.occurrences_of(event)
    held = {occurrence.period for occurrence in now if not occurrence.is_off}
    return tuple(
        then
        for then in occurrences_of(was, now[0].event, sent.astimezone(PARIS).date())
        if not then.is_off and not then.is_past and then.period not in held
    )


def _changed_groups(index: Index, former: Former) -> tuple[ChangedGroup, ...]:
    changed = (
        ChangedGroup(group, _state(former[group.path]))
        for group in index.groups
        if group.path in former
    )
    return tuple(c for c in changed if c.before is not c.group.header.state)


def _state(group: AnyRecord | None) -> GroupState | None:
    return group.header.state if group and has_header(group, GroupHeader) else None


def _former(index: Index, sent: datetime) -> Former:
    """Return the events, chantiers and groups changed since an instant, as they were then."""
    every: tuple[AnyRecord, ...] = (*index.events, *index.groups)
    changed = [record for record in every if _has_changed(record, index, sent)]
    if not (changed and index.history):
        return {}
    base = index.contents.root.parent
    before = index.history.files_at(sent, [base / record.path for record in changed])
    return {r.path: _as_it_was(r, before.get(base / r.path), sent) for r in changed}


def _as_it_was(record: AnyRecord, data: bytes | None, sent: datetime) -> AnyRecord | None:
    """Return a content read from the bytes of then, None when readers did not see it."""
    was = read_record(record.kind, record.path, data) if data is not None else None
    return was if was and not was.faults and is_published(was.header, sent) else None


def _has_changed(record: AnyRecord, index: Index, sent: datetime) -> bool:
    """Return True when readers see another file than at an instant, or a new one."""
    history = index.history_of(record)
    times = (history.published_at, index.change_of(record)) if history else ()
    return any(time and sent < time <= index.now for time in times)
