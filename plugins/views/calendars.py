"""The calendars of the site: what each is called and holds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from plugins.dates.moments import PARIS, Moment, Period
from plugins.dates.recurrence import expand, rrule_text
from plugins.french.typography import NBSP
from plugins.library.addresses import absolute
from plugins.library.library import Library
from plugins.models.fields import Mode
from plugins.outputs.calendars.calendar import (
    Alarm,
    Calendar,
    CalendarEvent,
    CalendarStatus,
    Color,
    Repetition,
    colors,
)
from plugins.views.entries import EventEntry
from plugins.views.event_text import (
    calendar_title,
    deadline_label,
    html_description,
    plain_description,
)
from plugins.views.identifiers import occurrence_uid
from plugins.views.occurrences import Occurrence
from plugins.views.subscriptions import Subscription, calendar_address, subscriptions

MONTHS_KEPT = 13

# Of when a content that has no date says nothing: older than any date it may get, so that its
# first date is news to the applications that compare stamps.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)

# A reminder of the last day to register comes the day before, when offices open.
_REMINDER = time(9, tzinfo=PARIS)


# Beside other dates alone, ical.js forgets the first one.
_ONCE = "FREQ=DAILY;COUNT=1"


class SiteCalendars:
    """The calendars of a library, their events made once."""

    def __init__(self, library: Library, site_url: str) -> None:
        """Take the library and the site's address."""
        self.library = library
        self._site_url = site_url
        self._first = _kept_from(library.today)
        self._events: dict[Occurrence, CalendarEvent] = {}
        self._recurrences: dict[EventEntry, tuple[CalendarEvent, ...]] = {}

    @cached_property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return what one can subscribe to."""
        return subscriptions(self.library)

    def calendar(self, subscription: Subscription, *, with_approximate: bool = False) -> Calendar:
        """Return a calendar, past events kept for 13 months.

        `with_approximate` also gives the events without a day, over all the days they may fall on.
        """
        address = calendar_address(subscription.name, with_approximate=with_approximate)
        label = f"{self.library.site.name}{NBSP}: {subscription.label}"
        description = subscription.description
        if with_approximate:
            label += ", dates à confirmer comprises"
            description += " Ce dont le jour n’est pas fixé y occupe toute sa période."
        kept = (o for o in subscription.occurrences if o.period.last_day >= self._first)
        return Calendar(
            name=label,
            description=description,
            address=absolute(self._site_url, subscription.page),
            events=tuple(self._of(kept, with_approximate=with_approximate)),
            calendar_address=absolute(self._site_url, address),
            color=self._colors.get(subscription.group.slug) if subscription.group else None,
        )

    def event_calendar(self, event: EventEntry) -> Calendar:
        """Return an event's own file, `/evenements/<slug>.ics`: the sittings with a day."""
        return Calendar(
            name=event.title,
            description=event.summary,
            address=absolute(self._site_url, event.address),
            events=tuple(self._of(event.occurrences, with_approximate=False)),
        )

    @cached_property
    def _colors(self) -> dict[str, Color]:
        return colors(group.slug for group in self.library.groups)

    def _of(
        self, occurrences: Iterable[Occurrence], *, with_approximate: bool
    ) -> Iterator[CalendarEvent]:
        """Yield the events; the first occurrence of a recurring one stands for all of them."""
        repeated: set[EventEntry] = set()
        for occurrence in occurrences:
            event = occurrence.event
            if occurrence.is_approximate:
                if with_approximate:
                    yield self._single(occurrence)
            elif not occurrence.sitting:
                yield self._single(occurrence)
            elif event not in repeated:
                repeated.add(event)
                yield from self._recurring(event)

    def _single(self, occurrence: Occurrence) -> CalendarEvent:
        if occurrence not in self._events:
            self._events[occurrence] = self._event(occurrence)
        return self._events[occurrence]

    def _recurring(self, event: EventEntry) -> tuple[CalendarEvent, ...]:
        """Return a recurring event, then each of its sittings that differs from the others.

        One that was put off to an approximate date is struck out: it has no day.
        """
        if event not in self._recurrences:
            whole = _whole(event)
            changed = [o for o in event.occurrences if _differs(o, whole)]
            others = (
                replace(
                    self._event(o),
                    uid=occurrence_uid(whole, self._site_url),
                    instead_of=_start(o.sitting.original),
                    alarm=None,
                )
                for o in changed
                if o.sitting and not o.is_approximate
            )
            master = replace(
                self._event(whole),
                repetition=_repetition(event),
                alarm=None if whole.is_off else _alarm(event),
            )
            self._recurrences[event] = (master, *others)
        return self._recurrences[event]

    def _event(self, occurrence: Occurrence) -> CalendarEvent:
        event = occurrence.event
        start, end = _bounds(occurrence)
        status = _status(occurrence)
        address = absolute(self._site_url, occurrence.address)
        created, modified = _times(event)
        url = occurrence.online_url
        return CalendarEvent(
            uid=occurrence_uid(occurrence, self._site_url),
            summary=calendar_title(occurrence),
            start=start,
            end=end,
            stamp=modified or created or _NO_STAMP,
            address=address,
            status=status,
            is_busy=isinstance(start, datetime) and status is CalendarStatus.CONFIRMED,
            description=plain_description(occurrence, address),
            description_html=html_description(occurrence, address),
            location=_location(occurrence),
            point=occurrence.place.coordinates if occurrence.place else None,
            online_url=absolute(self._site_url, url) if url else None,
            categories=_categories(event),
            color=self._colors.get(event.group.slug) if event.group else None,
            alarm=_alarm(event) if occurrence is _first_held(event) else None,
            created=created,
            modified=modified,
            sequence=event.history.revisions if event.history else 0,
        )


def _kept_from(today: date) -> date:
    """Return the first of the month from which past events are kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)


def _whole(event: EventEntry) -> Occurrence:
    """Return a recurring event as a sitting: the first one, as if nothing changed it."""
    assert event.header.period is not None
    return Occurrence(event, event.header.period, today=event.library.today)


def _differs(occurrence: Occurrence, whole: Occurrence) -> bool:
    """Tell whether a sitting must be told apart.

    So is one of a night when the hour changes: applications do not agree on when it ends.
    """
    if occurrence.sitting and occurrence.sitting.is_exception:
        return True
    return _on_the_clock(occurrence.period) != _on_the_clock(whole.period)


def _on_the_clock(period: Period) -> timedelta | None:
    """Return how far the hands of a clock go from start to end, None when there are no hours."""
    start, end = period.start, period.end
    if end is None or start.instant is None or end.instant is None:
        return None
    return end.instant.replace(tzinfo=None) - start.instant.replace(tzinfo=None)


def _repetition(event: EventEntry) -> Repetition:
    """Return the rule, the starts that it does not give, and those without a day any more."""
    recurrence, first = event.header.recurrence, event.header.period
    assert recurrence is not None
    assert first is not None
    by_rule = recurrence.model_copy(update={"dates": (), "exceptions": ()})
    known = {sitting.original for sitting in expand(first, by_rule, event.horizon)}
    sittings = sorted(
        (o.sitting for o in event.occurrences if o.sitting),
        key=lambda sitting: sitting.original.sort_key,
    )
    return Repetition(
        rrule_text(recurrence, first) or _ONCE,
        dates=tuple(_start(s.original) for s in sittings if s.original not in known),
        excluded=tuple(_start(s.original) for s in sittings if s.period.is_approximate),
    )


def _start(moment: Moment) -> date:
    return moment.instant or moment.first


def _bounds(occurrence: Occurrence) -> tuple[date, date | None]:
    """Return the start and the excluded end: days, or Paris times (no end when none is known)."""
    period = occurrence.period
    if occurrence.is_approximate or period.start.instant is None:
        return period.first_day, period.last_day + timedelta(days=1)
    start, end = period.instants
    return start, end if end > start else None


def _status(occurrence: Occurrence) -> CalendarStatus:
    """Return the status; iCalendar has no word for what is put off to an unknown day."""
    if occurrence.is_cancelled:
        return CalendarStatus.CANCELLED
    if occurrence.awaits_date or occurrence.is_tentative:
        return CalendarStatus.TENTATIVE
    return CalendarStatus.CONFIRMED


def _times(event: EventEntry) -> tuple[datetime | None, datetime | None]:
    """Return when the event was created, and when its date, place or status last changed.

    The history knows; without one, what the header says.
    """
    header, history = event.header, event.history
    created = history.created_at if history else None
    modified = history.changed_at if history else None
    return (
        created or (header.date.instant if header.date else None),
        modified or (header.modified.instant if header.modified else None),
    )


def _location(occurrence: Occurrence) -> str:
    if occurrence.place_parts:
        return ", ".join(occurrence.place_parts)
    return occurrence.mode_label if occurrence.mode is Mode.ONLINE else ""


def _categories(event: EventEntry) -> tuple[str, ...]:
    series = event.header.series
    names = (
        event.group.short_title if event.group else "",
        series.name if series else "",
        *event.header.themes,
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _first_held(event: EventEntry) -> Occurrence | None:
    return next((o for o in event.occurrences if not o.is_off and not o.is_approximate), None)


def _alarm(event: EventEntry) -> Alarm | None:
    """Return the reminder that registration ends soon.

    An application that is given it after its time says nothing (RFC 5545, 3.6.6): it need not know
    the day of the build.
    """
    registration = event.header.registration
    if not registration or not registration.deadline or registration.full:
        return None
    day = registration.deadline.first - timedelta(days=1)
    text = f"{deadline_label(registration)}{NBSP}: {event.title}"
    return Alarm(datetime.combine(day, _REMINDER), text)
