"""« À voir également »: the contents most related to a content."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path

from plugins.content.record import AnyRecord, Record, has_header
from plugins.french.slugs import slugify
from plugins.library.index import Index
from plugins.models import (
    ArticleHeader,
    EventHeader,
    GroupHeader,
    JobHeader,
    OrganisationHeader,
)

LIMIT = 4
# The weight of each relation.
NAMED, REPORT, CITED, SERIES, GROUP, ORGANISATION, THEME = 100, 40, 20, 16, 10, 4, 3
# Only the newest contents that share a trait count: a theme may have thousands of contents.
CANDIDATES = 100


class Relations:
    """The traits of every content except standing pages, and the contents that share them."""

    def __init__(self, index: Index) -> None:
        """Take the index; the traits are gathered at the first call of `nearest`."""
        self._index = index

    def nearest(
        self, record: AnyRecord, besides: Container[str] = frozenset()
    ) -> tuple[AnyRecord, ...]:
        """Return at most four related contents, by decreasing weight, newest first on ties.

        Left out are the contents at the addresses `besides`, and the cancelled events.
        """
        scores: Counter[int] = Counter()
        traits = self._traits_of(record)
        for trait, weight in traits.items():
            for rank in self._bearers.get(trait, ()):
                scores[rank] += weight
        for other, weight in self._direct(record):
            if (own := self._rank.get(other.path)) is not None:
                scores[own] += weight
        scores.pop(self._rank.get(record.path, -1), None)
        best = (self._records[rank] for _, rank in sorted((-n, rank) for rank, n in scores.items()))
        return tuple(islice((other for other in best if other.address not in besides), LIMIT))

    @cached_property
    def _records(self) -> tuple[AnyRecord, ...]:
        """The contents that may be related, newest first: each is known by its rank."""
        index = self._index
        return tuple(
            record
            for record in index.newest_first
            if record.kind.name != "page" and not index.is_cancelled(record)
        )

    @cached_property
    def _rank(self) -> dict[Path, int]:
        return {record.path: rank for rank, record in enumerate(self._records)}

    @cached_property
    def _bearers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for rank, record in enumerate(self._records):
            for trait in self._traits_of(record):
                if len(found[trait]) <= CANDIDATES:
                    found[trait].append(rank)
        return found

    @cached_property
    def _named(self) -> dict[str, list[AnyRecord]]:
        found: dict[str, list[AnyRecord]] = defaultdict(list)
        for record in self._records:
            for name in {record.slug, record.path.stem}:
                found[name].append(record)
        return found

    def _direct(self, record: AnyRecord) -> Iterator[tuple[AnyRecord, int]]:
        """Yield the contents that a content names, reports or cites, or that report or cite it."""
        index = self._index
        if has_header(record, JobHeader):
            for name in record.header.see_also:
                yield from ((other, NAMED) for other in self._named.get(name, ()))
        elif has_header(record, ArticleHeader):
            if event := index.reported_event(record):
                yield event, REPORT
        elif has_header(record, EventHeader):
            yield from ((report, REPORT) for report in index.reports_of(record))
        cited = dict.fromkeys((*index.citing(record), *index.cited_in(record)))
        yield from ((other, CITED) for other in cited)

    def _traits_of(self, record: AnyRecord) -> Mapping[str, int]:
        return self._index.found(_traits_of, record)


def _traits_of(index: Index, record: AnyRecord) -> dict[str, int]:
    """Return the traits of a content (theme, organisation, series, group) with their weights."""
    found = {f"theme {slugify(name)}": THEME for name in record.header.themes}
    is_organisation = has_header(record, OrganisationHeader)
    organisation = record if is_organisation else index.organisation_of(record)
    if organisation:
        found[f"organisation {organisation.slug}"] = ORGANISATION
    if has_header(record, EventHeader) and record.header.series:
        found[f"series {slugify(record.header.series.name)}"] = SERIES
    return found | {f"group {group.slug}": GROUP for group in _groups_of(index, record)}


def _groups_of(index: Index, record: AnyRecord) -> tuple[Record[GroupHeader], ...]:
    if has_header(record, GroupHeader):
        return (record,)
    if has_header(record, EventHeader):
        group = index.group_of(record)
        return (group,) if group else ()
    if has_header(record, ArticleHeader):
        return index.groups_of(record)
    return ()
