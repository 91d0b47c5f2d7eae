"""The contents published at an instant, and the others: found by name or address, and why not."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path

from plugins.content.reading import Contents
from plugins.content.record import AnyRecord, has_header
from plugins.dates.in_words import format_day, format_time
from plugins.dates.moments import PARIS
from plugins.french.typography import fold
from plugins.models import GroupHeader, Header, OrganisationHeader, PortraitHeader
from plugins.models.fields import Status

Names = tuple[tuple[str, ...], ...]
"""Every name of a content, folded, by decreasing priority: slug, file name, titles, other names."""


class Selection:
    """The contents as of an aware instant, by type, name, path and address.

    `unpublished` are drafts, contents to come, expired, or without consent; `broken` have a header
    at fault, and are kept so that a reference to a broken content is not a second fault.
    """

    def __init__(
        self,
        contents: Contents,
        now: datetime,
        names: dict[Path, Names],
        finished: Path | None,
    ) -> None:
        """Sort the records; the draft at the path `finished` counts as published."""
        self.contents = contents
        self.now = now
        self.today: date = now.astimezone(PARIS).date()
        self._names = names
        published, unpublished, broken = [], [], []
        for found in contents.records:
            record = _published(found) if found.path == finished else found
            if record.header.status is Status.DRAFT and record.faults:
                unpublished.append(record)
            elif record.faults:
                broken.append(record)
            elif is_published(record.header, now):
                published.append(record)
            else:
                unpublished.append(record)
        self.published: tuple[AnyRecord, ...] = tuple(published)
        self.unpublished: tuple[AnyRecord, ...] = tuple(unpublished)
        self.broken: tuple[AnyRecord, ...] = tuple(broken)

    def find(self, kind: str, name: str | None) -> AnyRecord | None:
        """Return the published content of a type by its name in a reference.

        The name is a slug, else a file name, a title or another name of the content.
        """
        return self._published_by_name.get((kind, fold(name))) if name else None

    def find_unpublished(self, kind: str, name: str) -> AnyRecord | None:
        """Return the unpublished content of a type by its name in a reference."""
        return self._unpublished_by_name.get((kind, fold(name)))

    def find_broken(self, kind: str, name: str) -> AnyRecord | None:
        """Return the content of a type with a header at fault by its name in a reference."""
        return self._broken_by_name.get((kind, fold(name)))

    def of_kind(self, kind: str) -> list[AnyRecord]:
        """Return the published contents of a type, in the order of the files."""
        return self._by_kind.get(kind, [])

    def slugs(self, kind: str) -> tuple[str, ...]:
        """Return the slugs of the published contents of a type."""
        return tuple(record.slug for record in self.of_kind(kind))

    def at_path(self, path: Path) -> AnyRecord | None:
        """Return the content of the file shown as `path`, even unpublished or at fault."""
        return self._by_path.get(path)

    def at_address(self, address: str) -> AnyRecord | None:
        """Return the published content at an address."""
        return self._by_address.get(address)

    def is_unpublished(self, record: AnyRecord) -> bool:
        """Return True for an unpublished content."""
        return record.path in self._unpublished_paths

    def is_broken(self, record: AnyRecord) -> bool:
        """Return True for a content whose header is at fault."""
        return record.path in self._broken_paths

    @cached_property
    def linkable_files(self) -> tuple[str, ...]:
        """The files of the published contents, for links: paths from the content folder."""
        return tuple("/".join(record.path.parts[1:]) for record in self.published)

    @cached_property
    def _by_kind(self) -> dict[str, list[AnyRecord]]:
        found: dict[str, list[AnyRecord]] = {}
        for record in self.published:
            found.setdefault(record.kind.name, []).append(record)
        return found

    @cached_property
    def _by_path(self) -> dict[Path, AnyRecord]:
        return {
            record.path: record for record in (*self.broken, *self.unpublished, *self.published)
        }

    @cached_property
    def _by_address(self) -> dict[str, AnyRecord]:
        return {record.address: record for record in self.published}

    @cached_property
    def _unpublished_paths(self) -> frozenset[Path]:
        return frozenset(record.path for record in self.unpublished)

    @cached_property
    def _broken_paths(self) -> frozenset[Path]:
        return frozenset(record.path for record in self.broken)

    @cached_property
    def _published_by_name(self) -> dict[tuple[str, str], AnyRecord]:
        return self._by_name(self.published)

    @cached_property
    def _unpublished_by_name(self) -> dict[tuple[str, str], AnyRecord]:
        return self._by_name(self.unpublished)

    @cached_property
    def _broken_by_name(self) -> dict[tuple[str, str], AnyRecord]:
        return self._by_name(self.broken)

    def _by_name(self, records: Iterable[AnyRecord]) -> dict[tuple[str, str], AnyRecord]:
        ranked = [(record, self._names_of(record)) for record in records]
        found: dict[tuple[str, str], AnyRecord] = {}
        for rank in range(4):
            for record, names in ranked:
                for name in names[rank]:
                    found.setdefault((record.kind.name, name), record)
        return found

    def _names_of(self, record: AnyRecord) -> Names:
        if record.path not in self._names:
            self._names[record.path] = tuple(
                # The title may be missing from a header at fault.
                tuple(fold(name) for name in names if name)
                for names in _names(record)
            )
        return self._names[record.path]


def _published(record: AnyRecord) -> AnyRecord:
    header = record.header.model_copy(update={"status": Status.PUBLISHED})
    return replace(record, header=header)


def _names(record: AnyRecord) -> Iterator[tuple[str | None, ...]]:
    yield (record.slug,)
    yield (record.path.stem,)
    if has_header(record, GroupHeader):
        yield (record.header.title, record.header.short_title)
        yield record.header.other_names
    else:
        yield (record.header.title,)
        is_organisation = has_header(record, OrganisationHeader)
        yield (record.header.full_name,) if is_organisation else ()  # type: ignore[attr-defined]


def is_published(header: Header, now: datetime) -> bool:
    """Return True when a content is published at an aware instant."""
    return why_unpublished(header, now) is None


def why_unpublished(header: Header, now: datetime) -> str | None:
    """Return in French why a content is not published at an aware instant, None when it is.

    Drafts, contents to come, expired contents (published until their last day included) and
    portraits without consent are not.
    """
    if header.status is Status.DRAFT:
        return "brouillon"
    if isinstance(header, PortraitHeader) and not header.consent:
        return "sans l’accord de la personne"
    if has_expired(header, now):
        assert header.expires_on
        return f"expiré après le {format_day(header.expires_on.day)}"
    starts = appears(header)
    return f"à paraître {on_day(starts)}" if starts and starts > now else None


def has_expired(header: Header, now: datetime) -> bool:
    """Return True when the last day of a content is over."""
    expires = header.expires_on
    return bool(expires and expires.day < now.astimezone(PARIS).date())


def appears(header: Header) -> datetime | None:
    """Return the aware instant from which a content is published, None without a date."""
    starts = (header.publish_on, header.date)
    return max((start.instant for start in starts if start), default=None)


def on_day(instant: datetime) -> str:
    """Return « le 20 mars 2024 », with the hour unless midnight."""
    hour = f" à {format_time(instant.time())}" if instant.time() != time() else ""
    return f"le {format_day(instant.date())}{hour}"
