"""What one can follow: the subjects of calendars and of feeds, and where each is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from plugins.french.typography import fold
from plugins.library.index import Index
from plugins.views.channels import Channel, channels
from plugins.views.pages import Slice, paginate
from plugins.views.subscriptions import (
    ALL,
    AUDIENCES,
    AUTHORS,
    GENERAL,
    GROUPS,
    HEADINGS,
    ORGANISATIONS,
    SERIES,
    THEMES,
    Subscription,
    subscriptions,
)

PLACE = "/flux/"
_FOLDERS = {
    GROUPS: "collectifs",
    THEMES: "themes",
    ORGANISATIONS: "organisations",
    SERIES: "series",
    AUDIENCES: "publics",
    AUTHORS: "auteurs",
}

# Of more subjects under one heading, the page of subscriptions shows a few, and leads to a list of
# all in pages.
_MOST_SHOWN = 16
_FEW = 8
_PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject to follow by its calendar, its feed or both; they have one name."""

    name: str
    heading: str
    title: str
    page: str
    calendar: Subscription | None
    channel: Channel | None


def subjects_by_heading(index: Index) -> dict[str, tuple[Subject, ...]]:
    """Return the subjects under the headings of the page of subscriptions, in its order.

    What is general is none: the page offers it first.
    """
    return index.once(_by_heading)


def subject_of(index: Index, name: str) -> Subject | None:
    """Return a subject by its name, None when nothing is published of it."""
    return index.once(_by_name).get(name)


def subject_places(index: Index) -> dict[str, str]:
    """Return the address at which each subject is offered, by its name."""
    found = {ALL: f"{PLACE}#{ALL}"}
    for heading, subjects in subjects_by_heading(index).items():
        for part in whole_lists(heading, subjects):
            found.update({subject.name: f"{part.address}#{subject.name}" for subject in part.items})
        found.update({subject.name: f"{PLACE}#{subject.name}" for subject in shown(subjects)})
    return found


def shown(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Return the subjects of a heading that the page of subscriptions shows."""
    return subjects if len(subjects) <= _MOST_SHOWN else subjects[:_FEW]


def whole_lists(heading: str, subjects: Sequence[Subject]) -> tuple[Slice[Subject], ...]:
    """Return all subjects of a heading in pages of their own, none when few enough."""
    if len(subjects) <= _MOST_SHOWN:
        return ()
    return tuple(paginate(f"{PLACE}{_FOLDERS[heading]}/", subjects, _PER_PAGE))


def _by_name(index: Index) -> dict[str, Subject]:
    return {s.name: s for subjects in subjects_by_heading(index).values() for s in subjects}


def _by_heading(index: Index) -> dict[str, tuple[Subject, ...]]:
    calendars = {calendar.name: calendar for calendar in index.once(subscriptions)}
    feeds = {channel.name: channel for channel in index.once(channels)}
    found = []
    for name in dict.fromkeys((*calendars, *feeds)):
        calendar, feed = calendars.get(name), feeds.get(name)
        told = feed or calendar
        assert told
        if told.heading != GENERAL:
            found.append(Subject(name, told.heading, told.title, told.page, calendar, feed))
    by_heading = groupby(sorted(found, key=_rank), key=lambda subject: subject.heading)
    return {heading: tuple(subjects) for heading, subjects in by_heading}


def _rank(subject: Subject) -> tuple[int, int, str, str]:
    """Sort key: heading, then groups in their own order (everyone first), others by title."""
    told = subject.channel or subject.calendar
    order = told.group.order if told and told.group else -1
    return (HEADINGS.index(subject.heading), order, fold(subject.title), subject.name)
