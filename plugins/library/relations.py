"""« À voir également »: the contents nearest to one, from their relations."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.french.slugs import slugify
from plugins.models import Header
from plugins.views.entries import (
    ArticleEntry,
    Entry,
    EventEntry,
    GroupEntry,
    JobEntry,
    OrganisationEntry,
)

if TYPE_CHECKING:
    from plugins.library.library import Library

LIMIT = 4
# How much each relation brings two contents together.
NAMED, REPORT, CITED, SERIES, GROUP, ORGANISATION, THEME = 100, 40, 20, 16, 10, 4, 3
# Of those that share a trait, only the newest are weighed: a theme may have thousands of contents.
CANDIDATES = 100


class Relations:
    """The traits of every content but standing pages, and who shares each, newest first."""

    def __init__(self, library: "Library") -> None:
        """Index the library's published contents."""
        self._library = library
        entries = [e for e in library.by_date(library.entries) if e.kind.name != "page"]
        self._rank = {entry: rank for rank, entry in enumerate(entries)}
        self._bearers: dict[str, list[Entry[Header]]] = defaultdict(list)
        self._traits = {entry: dict(_traits(entry)) for entry in entries}
        for entry, traits in self._traits.items():
            for trait in traits:
                if len(self._bearers[trait]) <= CANDIDATES:
                    self._bearers[trait].append(entry)
        self._named: dict[str, list[Entry[Header]]] = defaultdict(list)
        for entry in entries:
            for name in {entry.slug, entry.document.path.stem}:
                self._named[name].append(entry)

    def nearest(self, entry: Entry[Header]) -> tuple[Entry[Header], ...]:
        """Return at most four contents related to one, nearest first; ties go to the newest."""
        scores: Counter[Entry[Header]] = Counter()
        for trait, weight in self._traits.get(entry, dict(_traits(entry))).items():
            for other in self._bearers.get(trait, ()):
                scores[other] += weight
        for other, weight in self._direct(entry):
            scores[other] += weight
        del scores[entry]
        known = [other for other in scores if other in self._rank]
        return tuple(sorted(known, key=lambda e: (-scores[e], self._rank[e]))[:LIMIT])

    def _direct(self, entry: Entry[Header]) -> Iterator[tuple[Entry[Header], int]]:
        """Yield the contents that one names, reports or cites, and those that do it of one."""
        if isinstance(entry, JobEntry):
            for name in entry.header.see_also:
                yield from ((other, NAMED) for other in self._named.get(name, ()))
        if isinstance(entry, ArticleEntry) and entry.reported_event:
            yield entry.reported_event, REPORT
        if isinstance(entry, EventEntry):
            yield from ((report, REPORT) for report in entry.reports)
        cited = {*self._library.citing(entry), *self._library.cited_in(entry)}
        yield from ((other, CITED) for other in cited)


def _traits(entry: Entry[Header]) -> Iterator[tuple[str, int]]:
    """Yield what a content may share with others, and how much that counts."""
    for name in entry.header.themes:
        yield f"theme {slugify(name)}", THEME
    organisation = entry if isinstance(entry, OrganisationEntry) else entry.organisation
    if organisation:
        yield f"organisation {organisation.slug}", ORGANISATION
    if isinstance(entry, EventEntry) and entry.header.series:
        yield f"series {slugify(entry.header.series.name)}", SERIES
    for group in _groups(entry):
        yield f"group {group.slug}", GROUP


def _groups(entry: Entry[Header]) -> tuple[GroupEntry, ...]:
    match entry:
        case GroupEntry():
            return (entry,)
        case EventEntry():
            return (entry.group,) if entry.group else ()
        case ArticleEntry():
            return entry.groups
        case _:
            return ()
