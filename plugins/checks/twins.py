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


def check_twins(index: Index) -> Iterator[ContentError]:
    """Yield a warning per content with the text of another, or its title within one type.

    « Copie de X » repeats « X ». Two events of one title are told apart by their days.
    """
    texts: dict[str, AnyRecord] = {}
    titles: dict[tuple[str, str], list[AnyRecord]] = {}
    for record in sorted(index.published, key=_original_first):
        text = record.body.fingerprint
        other = texts.setdefault(text, record) if text else record
        if other is not record:
            yield record.error_at(
                Position(record.source_line),
                None,
                f"le texte est aussi celui de {other.path.as_posix()}. Récrivez-le, ou retirez "
                "l’un des deux fichiers.",
                Level.WARNING,
            )
        same = titles.setdefault((record.kind.name, _named(record)[0]), [])
        twin = next((found for found in same if not _are_told_apart(found, record, index)), None)
        same.append(record)
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


def _are_told_apart(one: AnyRecord, other: AnyRecord, index: Index) -> bool:
    """Return True for two events without a day in common, when neither is named a copy."""
    if not has_header(one, EventHeader) or not has_header(other, EventHeader):
        return False
    is_copy = _named(one)[1] or _named(other)[1]
    return not is_copy and not _days(one, index) & _days(other, index)


def _days(event: Record[EventHeader], index: Index) -> set[object]:
    return {day for sitting in index.occurrences_of(event) for day in sitting.period.days}
