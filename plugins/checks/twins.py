"""Contents that repeat another one: a copied file whose title or text was never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import ContentError, Level, Position, shorten
from plugins.french.typography import fold, plain
from plugins.library.index import Index
from plugins.models import EventHeader

_COPY = re.compile(
    r"(?P<before>copie de |copy of )?(?P<name>.+?)"
    r"(?P<after>(?: [-–]|,)? \(?(?:copie|copy)(?: \(?\d+)?\)?)?"
)


def same_texts(index: Index) -> Iterator[ContentError]:
    """Yield a warning per content with the text of another."""
    by_text: dict[str, list[AnyRecord]] = {}
    for record in index.published:
        if text := record.body.fingerprint:
            by_text.setdefault(text, []).append(record)
    for records in by_text.values():
        first, *others = sorted(records, key=_original_first) if records[1:] else records
        for record in others:
            yield record.error_at(
                Position(record.source_line),
                None,
                f"le texte est aussi celui de {first.path.as_posix()}. Récrivez-le, ou retirez "
                "l’un des deux fichiers.",
                Level.WARNING,
            )


def same_titles(index: Index) -> Iterator[ContentError]:
    """Yield a warning per content with the title of another of its type.

    « Copie de X » repeats « X ». Two events of one title are told apart by their days.
    """
    titles: dict[tuple[str, str], _Same] = {}
    for record in sorted(index.published, key=_original_first):
        same = titles.setdefault((record.kind.name, _named(record)[0]), _Same())
        twin = same.twin_of(record, index)
        same.add(record, index)
        if twin:
            yield record.error(
                ("titre",),
                f"{shorten(record.header.title)} : {twin.path.as_posix()} a le même titre. "
                "Changez l’un des deux, ou retirez l’un des deux fichiers.",
                Level.WARNING,
            )


def _named(record: AnyRecord) -> tuple[str, bool]:
    """Return the title without the words of a copy, folded, and whether it has such words."""
    found = _COPY.fullmatch(fold(plain(record.header.title)))
    assert found
    return found["name"], bool(found["before"] or found["after"])


def _original_first(record: AnyRecord) -> tuple[bool, bool, str]:
    """Sort key: of two contents that are the same, the copy is told."""
    file = _COPY.fullmatch(fold(re.sub(r"[-_]+", " ", record.path.stem)))
    return (
        _named(record)[1],
        bool(file and (file["before"] or file["after"])),
        record.path.as_posix(),
    )


class _Same:
    """The contents of one type and title. Two events are told apart by their days, but a copy."""

    def __init__(self) -> None:
        self._records: list[AnyRecord] = []
        self._first_copy: int | None = None
        self._first_on: dict[object, int] = {}

    def twin_of(self, record: AnyRecord, index: Index) -> AnyRecord | None:
        """Return the first content that a content repeats; each of its days is looked up."""
        if not self._records:
            return None
        if not has_header(record, EventHeader) or _named(record)[1]:
            return self._records[0]
        ranks = [self._first_on.get(day) for day in _days(record, index)]
        known = [rank for rank in (*ranks, self._first_copy) if rank is not None]
        return self._records[min(known)] if known else None

    def add(self, record: AnyRecord, index: Index) -> None:
        """Add a content."""
        rank = len(self._records)
        self._records.append(record)
        if has_header(record, EventHeader):
            for day in _days(record, index):
                self._first_on.setdefault(day, rank)
            if _named(record)[1] and self._first_copy is None:
                self._first_copy = rank


def _days(event: Record[EventHeader], index: Index) -> set[object]:
    return {day for sitting in index.occurrences_of(event) for day in sitting.period.days}
