"""Published pages whose address changed: links and bookmarks to the former one lead nowhere."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plugins.content.reading import read_record
from plugins.content.record import AnyRecord
from plugins.faults import START, ContentError, Level
from plugins.french.typography import fold
from plugins.library.history.former import FormerFile
from plugins.library.index import Index
from plugins.library.selection import appears
from plugins.models import KINDS, Header, PortraitHeader
from plugins.models.fields import Status

_KINDS = {kind.folder: kind for kind in KINDS}


def moved_pages(index: Index) -> Iterator[ContentError]:
    """Yield a warning for each former address of a published content.

    Readers may know an address under which a publication was possible. It is not told when `alias`
    keeps it or another content has it; nor when both the file's name and the title changed, since
    git then only supposes that one file became the other.
    """
    former = index.history.former if index.history else {}
    for record in index.published if former else ():
        told: set[str] = set()
        for file in former.get(Path(*record.path.parts[1:]).as_posix(), ()):
            address = _shown_at(file, record, index)
            if address and address not in told:
                told.add(address)
                yield ContentError(
                    record.path,
                    record.positions.get(("slug",), START),
                    "slug" if ("slug",) in record.positions else None,
                    f"l’adresse de cette page était {address}, elle est maintenant "
                    f"{record.address} : les liens et les favoris qui mènent à l’ancienne sont "
                    "rompus. Rendez-la-lui, ou gardez-la en mémoire dans l’en-tête : "
                    f"« alias: {address} ».",
                    Level.WARNING,
                )


def _shown_at(file: FormerFile, record: AnyRecord, index: Index) -> str | None:
    """Return the other address at which readers could see a former state of a content."""
    kind = _KINDS[file.path.partition("/")[0]]
    before = read_record(kind, Path(index.contents.root.name) / file.path, file.data)
    is_renamed = before.path != record.path
    if is_renamed and fold(before.header.title) != fold(record.header.title):
        return None
    is_known = (
        before.address == record.address
        or before.address in record.header.old_addresses
        or index.at_address(before.address)
    )
    could_be_seen = not before.faults and _appeared(before.header, file.until or index.now)
    return before.address if could_be_seen and not is_known else None


def _appeared(header: Header, until: datetime) -> bool:
    starts = appears(header)
    return (
        header.status is Status.PUBLISHED
        and (not isinstance(header, PortraitHeader) or header.consent)
        and (starts is None or starts <= until)
    )
