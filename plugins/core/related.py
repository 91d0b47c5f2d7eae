"""« À voir également »: the contents nearest to one, from their relations."""

from typing import TYPE_CHECKING

from plugins.core.entries import (
    ArticleEntry,
    Entry,
    EventEntry,
    GroupEntry,
    JobEntry,
    OrganisationEntry,
)
from plugins.core.models import Header
from plugins.core.slugs import slugify

if TYPE_CHECKING:
    from plugins.core.library import Library

LIMIT = 4
# How much each relation brings two contents together.
NAMED, REPORT, CITED, SERIES, GROUP, ORGANISATION, THEME = 100, 40, 20, 16, 10, 4, 3


def nearest(entry: Entry[Header], library: "Library") -> tuple[Entry[Header], ...]:
    """Return at most four contents related to one, nearest first; ties go to the newest."""
    scores = {
        other: score
        for other in library.entries
        if other is not entry
        and other.kind.name != "page"
        and (score := _score(entry, other, library))
    }
    order = {other: rank for rank, other in enumerate(library.by_date(scores))}
    return tuple(sorted(scores, key=lambda other: (-scores[other], order[other]))[:LIMIT])


def _score(one: Entry[Header], other: Entry[Header], library: "Library") -> int:
    score = NAMED if isinstance(one, JobEntry) and _names(one, other) else 0
    if _reports(one, other) or _reports(other, one):
        score += REPORT
    if other in library.citing(one) or one in library.citing(other):
        score += CITED
    if (series := _series(one)) and series == _series(other):
        score += SERIES
    score += GROUP * len(_groups(one) & _groups(other))
    if (organisation := _organisation(one)) and organisation == _organisation(other):
        score += ORGANISATION
    themes = {slugify(name) for name in one.header.themes}
    return score + THEME * len(themes & {slugify(name) for name in other.header.themes})


def _names(job: JobEntry, other: Entry[Header]) -> bool:
    return other.slug in job.header.see_also


def _reports(one: Entry[Header], other: Entry[Header]) -> bool:
    return isinstance(one, ArticleEntry) and one.reported_event is other


def _series(entry: Entry[Header]) -> str | None:
    series = entry.header.series if isinstance(entry, EventEntry) else None
    return slugify(series.name) if series else None


def _groups(entry: Entry[Header]) -> frozenset[str]:
    if isinstance(entry, GroupEntry):
        return frozenset({entry.slug})
    if isinstance(entry, EventEntry):
        return frozenset({entry.group.slug}) if entry.group else frozenset()
    if isinstance(entry, ArticleEntry):
        return frozenset(group.slug for group in entry.groups)
    return frozenset()


def _organisation(entry: Entry[Header]) -> str | None:
    if isinstance(entry, OrganisationEntry):
        return entry.slug
    return entry.organisation.slug if entry.organisation else None
