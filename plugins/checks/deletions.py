"""Events to come whose files were deleted: their subscribers are not told."""

from collections.abc import Iterator
from pathlib import Path

from plugins.content.reading import read_record
from plugins.content.record import has_header
from plugins.faults import START, ContentError, Level
from plugins.library.index import Index
from plugins.library.selection import is_published
from plugins.models import KINDS, EventHeader
from plugins.models.fields import EventStatus

_KIND = next(kind for kind in KINDS if kind.header is EventHeader)


def deleted_events(index: Index) -> Iterator[ContentError]:
    """Yield a warning for each deleted event that is still to come, unless it was cancelled.

    An event of the same title, or at the same address, takes its place.
    """
    deleted = index.history.deleted if index.history else {}
    for name, data in deleted.items():
        path = Path(index.contents.root.name) / name
        record = read_record(_KIND, path, data)
        if record.faults or not has_header(record, EventHeader):
            continue
        header = record.header
        if not is_published(header, index.now) or header.event_status is EventStatus.CANCELLED:
            continue
        if index.contents.named("event", header.title) or index.contents.by_address.get(
            record.address
        ):
            continue
        last = max(o.period.last_day for o in index.occurrences_of(record))
        if last >= index.today:
            yield ContentError(
                path,
                START,
                None,
                f"« {header.title} », un événement à venir, a été supprimé. S’il était annoncé, "
                "remettez son fichier avec « statut_evenement: annulé » : les calendriers de ceux "
                "qui l’ont noté le diront.",
                Level.WARNING,
            )
