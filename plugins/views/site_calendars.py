"""The calendars of the site: their names, events, recurrences and reminders."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import PurePosixPath

from plugins.content.record import Record
from plugins.dates.moments import PARIS, Moment, Period
from plugins.french.typography import NBSP
from plugins.library.addresses import absolute
from plugins.library.former import withdrawn_events
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.models import EventHeader
from plugins.models.fields import Mode
from plugins.outputs.calendars.calendar import (
    Alarm,
    Calendar,
    CalendarEvent,
    CalendarImage,
    CalendarStatus,
    Color,
    Repetition,
    colors,
)
from plugins.views.base import shared_picture
from plugins.views.deadlines import Deadline, deadlines
from plugins.views.event_text import (
    calendar_title,
    deadline_label,
    html_description,
    html_registration,
    plain_description,
    plain_registration,
    whole_title,
)
from plugins.views.identifiers import deadline_uid, occurrence_uid
from plugins.views.subscriptions import Subscription, Variant, calendar_address, subscriptions

MONTHS_KEPT = 13

# DTSTAMP of an event without history or dates in its header: older than any it may get, so that
# applications that compare stamps see its first date as an update.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)

# The reminder of a registration deadline comes the day before, when offices open.
_REMINDER = time(9, tzinfo=PARIS)


_ADDED = {
    Variant.WITH_APPROXIMATE: " Ce dont le jour n’est pas fixé y occupe toute sa période.",
    Variant.WITH_DEADLINES: " Le dernier jour pour s’inscrire y est aussi.",
}

_PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}

# With RDATE but no RRULE, ical.js loses the first date.
_ONCE = "FREQ=DAILY;COUNT=1"


class SiteCalendars:
    """The calendars of an index; each event is made once."""

    def __init__(self, index: Index, site_url: str) -> None:
        """Take the index and the site's address."""
        self._index = index
        self._site_url = site_url
        self._first = _kept_from(index.today)
        self._events: dict[tuple[str, int], CalendarEvent] = {}
        self._recurrences: dict[str, tuple[CalendarEvent, ...]] = {}

    @cached_property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return the calendars offered for subscription."""
        return self._index.once(subscriptions)

    def calendar(self, subscription: Subscription, variant: Variant = Variant.PLAIN) -> Calendar:
        """Return a calendar, past events kept for 13 months.

        One variant adds approximate dates, over all their possible days; the other, registration
        deadlines, which then bear the reminder in place of their event.
        """
        address = calendar_address(subscription.name, variant)
        label = f"{self._index.site.name}{NBSP}: {subscription.label}"
        description = subscription.description
        kept = (o for o in subscription.occurrences if o.period.last_day >= self._first)
        events = tuple(self._of(kept, with_approximate=variant is Variant.WITH_APPROXIMATE))
        if variant.additions:
            label += f", {variant.additions} comprises"
            description += _ADDED[variant]
        if variant is Variant.WITH_DEADLINES:
            closings = self._deadlines(subscription.occurrences)
            told = {closing.alarm for closing in closings}
            events = tuple(replace(e, alarm=None) if e.alarm in told else e for e in events)
            events += closings
        return Calendar(
            name=label,
            description=description,
            address=absolute(self._site_url, subscription.page),
            events=events,
            calendar_address=absolute(self._site_url, address),
            color=self._colors.get(subscription.group.slug) if subscription.group else None,
        )

    def event_calendar(self, event: Record[EventHeader]) -> Calendar:
        """Return an event's own file, `/evenements/<slug>.ics`: its sittings with an exact day."""
        return Calendar(
            name=event.header.title,
            description=event.header.summary,
            address=absolute(self._site_url, event.address),
            events=tuple(self._of(self._index.occurrences_of(event), with_approximate=False)),
        )

    def _event_at(self, occurrence: Occurrence) -> Record[EventHeader]:
        """Return the event of an occurrence; one that was withdrawn has no file any more."""
        withdrawn = self._withdrawn.get(occurrence.event.address)
        return withdrawn or self._index.event_at(occurrence)

    @cached_property
    def _withdrawn(self) -> dict[str, Record[EventHeader]]:
        return {event.address: event for event in self._index.once(withdrawn_events)}

    def session_calendar(self, occurrence: Occurrence) -> Calendar:
        """Return the file of one sitting, as `session_ics_address` names it.

        One of a recurring event is an event by itself there, with a UID of its own: applications
        disagree on a RECURRENCE-ID without its series.
        """
        return Calendar(
            name=whole_title(occurrence),
            description=occurrence.event.summary,
            address=absolute(self._site_url, occurrence.address),
            events=(self._single(occurrence),),
        )

    @cached_property
    def _colors(self) -> dict[str, Color]:
        return colors(group.slug for group in self._index.groups)

    def _of(
        self, occurrences: Iterable[Occurrence], *, with_approximate: bool
    ) -> Iterator[CalendarEvent]:
        """Yield the calendar events of occurrences; a recurring event comes once, at its first."""
        repeated: set[str] = set()
        for occurrence in occurrences:
            address = occurrence.event.address
            if occurrence.is_approximate:
                if with_approximate:
                    yield self._single(occurrence)
            elif not occurrence.original:
                yield self._single(occurrence)
            elif address not in repeated:
                repeated.add(address)
                yield from self._recurring(self._event_at(occurrence))

    def _deadlines(self, occurrences: Iterable[Occurrence]) -> tuple[CalendarEvent, ...]:
        """Return the registration deadlines of the events of occurrences, in order of date."""
        addresses = dict.fromkeys(occurrence.event.address for occurrence in occurrences)
        found = (self._deadline_at[a] for a in addresses if a in self._deadline_at)
        kept = (deadline for deadline in found if deadline.first.date >= self._first)
        return tuple(self._deadline(d) for d in sorted(kept, key=lambda d: d.sort_key))

    @cached_property
    def _deadline_at(self) -> dict[str, Deadline]:
        return {deadline.address: deadline for deadline in deadlines(self._index)}

    def _deadline(self, deadline: Deadline) -> CalendarEvent:
        """Return a deadline as an entry of its own: a day, or an hour without length."""
        index, moment = self._index, deadline.moment
        opened = deadline.occurrences[0]
        event = self._event_at(opened)
        address = absolute(self._site_url, event.address)
        return replace(
            self._event(event, opened),
            uid=deadline_uid(index.identifier_of(event), self._site_url),
            summary=deadline.whole_title,
            start=moment.instant or moment.first,
            end=None if moment.instant else moment.first + timedelta(days=1),
            address=address,
            status=CalendarStatus.CONFIRMED,
            is_busy=False,
            description=plain_registration(event, index, address),
            description_html=html_registration(event, index, address),
            location="",
            point=None,
            online_url=None,
            image=None,
            alarm=_alarm(event.header),
        )

    def _single(self, occurrence: Occurrence) -> CalendarEvent:
        key = (occurrence.event.address, occurrence.rank)
        if key not in self._events:
            self._events[key] = self._event(self._event_at(occurrence), occurrence)
        return self._events[key]

    def _recurring(self, event: Record[EventHeader]) -> tuple[CalendarEvent, ...]:
        """Return a recurring event, then each of its sittings that differs from the others.

        A sitting moved to an approximate date is excluded (EXDATE): it has no day.
        """
        if event.address not in self._recurrences:
            index = self._index
            whole = index.whole(event)
            named = (*index.occurrences_of(event), *index.named_occurrences(event))
            occurrences = sorted(named, key=lambda occurrence: occurrence.sort_key)
            master = replace(
                self._event(event, whole),
                repetition=_repetition(event.header),
                alarm=None if whole.is_off else _alarm(event.header),
            )
            others = (
                replace(
                    self._event(event, occurrence),
                    uid=master.uid,
                    instead_of=_start(occurrence.original),
                    alarm=None,
                )
                for occurrence in occurrences
                if _differs(occurrence, whole)
                and occurrence.original
                and not occurrence.is_approximate
            )
            self._recurrences[event.address] = (master, *others)
        return self._recurrences[event.address]

    def _event(self, event: Record[EventHeader], occurrence: Occurrence) -> CalendarEvent:
        index = self._index
        start, end = _bounds(occurrence)
        status = _status(occurrence)
        address = absolute(self._site_url, occurrence.address)
        created, modified = self._times(event)
        history = index.history_of(event)
        url = occurrence.online_url
        return CalendarEvent(
            uid=occurrence_uid(occurrence, index.identifier_of(event), self._site_url),
            summary=calendar_title(occurrence),
            start=start,
            end=end,
            stamp=modified or created or _NO_STAMP,
            address=address,
            status=status,
            is_busy=isinstance(start, datetime) and status is CalendarStatus.CONFIRMED,
            description=plain_description(event, index, occurrence, address),
            description_html=html_description(event, index, occurrence, address),
            location=_location(occurrence),
            point=occurrence.place.coordinates if occurrence.place else None,
            online_url=absolute(self._site_url, url) if url else None,
            image=self._image(event),
            categories=_categories(event.header, occurrence),
            color=self._colors.get(occurrence.group.slug) if occurrence.group else None,
            alarm=_alarm(event.header) if self._is_first_held(event, occurrence) else None,
            created=created,
            modified=modified,
            sequence=history.revisions if history else 0,
        )

    def _image(self, event: Record[EventHeader]) -> CalendarImage | None:
        """Return the picture of an event, None for a drawing: few applications show SVG."""
        picture = shared_picture(event.header.image, self._index.contents)
        media_type = _PICTURES.get(PurePosixPath(picture.src).suffix.lower()) if picture else None
        if not picture or not media_type:
            return None
        return CalendarImage(absolute(self._site_url, picture.src), media_type)

    def _times(self, event: Record[EventHeader]) -> tuple[datetime | None, datetime | None]:
        """Return the times of an event's creation and of its last change, as its history has it.

        The times come from the git history, else from the header.
        """
        header, history = event.header, self._index.history_of(event)
        created = history.created_at if history else None
        modified = history.revised_at if history else None
        return (
            created or (header.date.instant if header.date else None),
            modified or (header.modified.instant if header.modified else None),
        )

    def _is_first_held(self, event: Record[EventHeader], occurrence: Occurrence) -> bool:
        every = self._index.occurrences_of(event)
        first = next((o for o in every if not o.is_off and not o.is_approximate), None)
        return first is not None and first == occurrence


def _kept_from(today: date) -> date:
    """Return the first day, the first of a month, from which past events are kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)


def _differs(occurrence: Occurrence, whole: Occurrence) -> bool:
    """Return True when a sitting needs an entry of its own (RECURRENCE-ID).

    A sitting across a change of the clocks does: applications disagree on its end.
    """
    if occurrence.is_exception:
        return True
    return _on_the_clock(occurrence.period) != _on_the_clock(whole.period)


def _on_the_clock(period: Period) -> timedelta | None:
    """Return the difference of local times between start and end, None without times."""
    start, end = period.start, period.end
    if end is None or start.instant is None or end.instant is None:
        return None
    return end.instant.replace(tzinfo=None) - start.instant.replace(tzinfo=None)


def _repetition(header: EventHeader) -> Repetition:
    """Return the rule of a recurrence, its additional starts and its excluded starts."""
    recurrence = header.recurrence_set
    assert recurrence is not None
    sittings = sorted(recurrence.named_sittings(), key=lambda s: s.original.sort_key)
    return Repetition(
        recurrence.rrule or _ONCE,
        dates=tuple(_start(s.original) for s in sittings if s.is_added),
        excluded=(
            *(_start(s.original) for s in sittings if s.period.is_approximate),
            *map(_start, recurrence.excluded_starts),
        ),
    )


def _start(moment: Moment) -> date:
    return moment.instant or moment.first


def _bounds(occurrence: Occurrence) -> tuple[date, date | None]:
    """Return start and exclusive end: days, or Paris times (end None when unknown)."""
    period = occurrence.period
    if occurrence.is_approximate or period.start.instant is None:
        return period.first_day, period.last_day + timedelta(days=1)
    start, end = period.instants
    return start, end if end > start else None


def _status(occurrence: Occurrence) -> CalendarStatus:
    """Return the status; iCalendar has none for events postponed without a new date."""
    if occurrence.is_cancelled:
        return CalendarStatus.CANCELLED
    if occurrence.awaits_date or occurrence.is_tentative:
        return CalendarStatus.TENTATIVE
    return CalendarStatus.CONFIRMED


def _location(occurrence: Occurrence) -> str:
    if occurrence.place_parts:
        return ", ".join(occurrence.place_parts)
    return occurrence.mode_label if occurrence.mode is Mode.ONLINE else ""


def _categories(header: EventHeader, occurrence: Occurrence) -> tuple[str, ...]:
    event = occurrence.event
    names = (event.group.short_title if event.group else "", event.series, *header.themes)
    return tuple(dict.fromkeys(name for name in names if name))


def _alarm(header: EventHeader) -> Alarm | None:
    """Return the reminder of the registration deadline, None without one or for a full event.

    Applications ignore past alarms (RFC 5545, 3.6.6), so the reminder does not depend on the day of
    the build.
    """
    registration = header.registration
    if not registration or not registration.deadline or registration.full:
        return None
    day = registration.deadline.first - timedelta(days=1)
    text = f"{deadline_label(registration)}{NBSP}: {header.title}"
    return Alarm(datetime.combine(day, _REMINDER), text)
