"""What an invitation changes in the content that it made, and the lines that say so."""

import re
from collections.abc import Mapping
from pathlib import Path

from plugins.content.record import Record
from plugins.dates.moments import Moment
from plugins.dates.recurrence import RecurrenceSet, days_shown
from plugins.faults import KeyPath
from plugins.front_matter.document import Document, read_data, read_document
from plugins.front_matter.yaml_fields import Value
from plugins.library.index import Index
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.writing.yaml_text import yaml_lines

_DATES = ("debut", "fin", "seances", "recurrence")

Changes = Mapping[str, Value]
"""The new value of each field of a header that changes; None for a field that goes."""

_OFF: Changes = {"statut_evenement": EventStatus.CANCELLED.value}


def changes_of(
    event: Record[EventHeader],
    new: Record[EventHeader],
    index: Index,
    written: Mapping[str, Value],
    stated: Mapping[str, Value],
) -> Changes:
    """Return what an invitation says otherwise than an event: its dates, its place, its status.

    `written` and `stated` are the values of both headers, as texts. What the invitation does not
    say stays; so does what the event says in other words, or with more of them.
    """
    changed: dict[str, Value] = {}

    def take(*names: str) -> None:
        for name in names:
            if written.get(name) != stated.get(name):
                changed[name] = stated.get(name)

    old_header, header = event.header, new.header
    is_off = header.event_status is EventStatus.CANCELLED
    if is_off and (old_header.recurrence or old_header.sessions):
        # The whole series is cancelled as it stands, its changed sittings included.
        return {} if old_header.event_status is header.event_status else _OFF
    if _sittings(event, index) != _sittings(new, index) and not _is_same_series(event, new, index):
        take(*_DATES)
    if header.place and (not old_header.place or old_header.place.name != header.place.name):
        take("lieu", "modalite")
    if header.online_url and old_header.online_url != header.online_url:
        take("lien_visio", "modalite")
    was_off = old_header.event_status is EventStatus.CANCELLED
    if header.event_status is not old_header.event_status and (
        was_off or "statut_evenement" in stated
    ):
        changed["statut_evenement"] = header.event_status.value
    return changed


def _sittings(event: Record[EventHeader], index: Index) -> list[object]:
    """Return when an event takes place, and the sittings whose status is not its own."""
    general = event.header.event_status
    return [
        (sitting.period, None if sitting.status is general else sitting.status)
        for sitting in index.occurrences_of(event)
    ]


def _is_same_series(event: Record[EventHeader], new: Record[EventHeader], index: Index) -> bool:
    """Return True for a series that comes back without its moved sittings: they stay moved.

    Applications send those apart from the series.
    """
    old_set, new_set = event.header.recurrence_set, new.header.recurrence_set
    if old_set is None or new_set is None or old_set.first != new_set.first:
        return False
    return new_set.changes == () and _held(old_set, index) == _held(new_set, index)


def _held(series: RecurrenceSet, index: Index) -> list[Moment]:
    """Return when the sittings were planned, those that are cancelled left out."""
    sittings = series.sittings(*days_shown(index.today))
    return [s.original for s in sittings if s.status is not EventStatus.CANCELLED]


def updated(path: Path, text: str, changes: Changes) -> str:
    """Return the text of a content with other values in its header; all the rest stays.

    Raise ValueError, with the lines to write by hand, when that cannot be done for certain.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    for name, value in changes.items():
        document, _ = read_document(path, "\n".join(lines).encode())
        if document and not document.pelican:
            _set(lines, document, name, value)
    new = set_again(path, text, "\n".join(lines), changes)
    if new is not None:
        return new
    told = "\n".join(line for name, value in changes.items() for line in yaml_lines(name, value))
    raise ValueError(f"Écrivez vous-même dans {path.as_posix()} :\n{told}")


def set_again(path: Path, text: str, new: str, changes: Changes) -> str | None:
    """Return a new text with the line ends of the one before, None if it says anything else.

    It says the values of the text before, but for those that change, and has the same body.
    """
    before, _ = read_document(path, text.encode())
    after, _ = read_document(path, new.encode())
    if before and after and after.body == before.body:
        wanted = {k: v for k, v in {**before.values, **changes}.items() if v is not None}
        if {k: v for k, v in after.values.items() if v is not None} == wanted:
            return new.replace("\n", "\r\n") if "\r\n" in text else new
    return None


def _set(lines: list[str], document: Document, name: str, value: Value) -> None:
    """Put a value in the lines of a file; None takes the field away."""
    new = [] if value is None else list(yaml_lines(name, value))
    if (name,) in document.keys:
        start, end = extent(lines, document, (name,))
        if len(new) == 1 and end == start + 1:
            new[0] += _remark(lines[start])
    elif f"#{name}:" in lines[: document.body_line - 1]:
        start = lines.index(f"#{name}:")
        end = start + 1
    else:
        beside = "debut" if ("debut",) in document.keys else "titre"
        _, start = extent(lines, document, (beside,))
        end = start
    lines[start:end] = new


def extent(lines: list[str], document: Document, path: KeyPath) -> tuple[int, int]:
    """Return the first line of a value with its key and the one after it, from 0.

    Remarks below it are left out.
    """
    within = {p: place.line - 1 for p, place in document.keys.items() if p[: len(path)] == path}
    start = min(within.values())
    others = (place.line - 1 for p, place in document.keys.items() if p not in within)
    end = min((line for line in others if line > start), default=document.body_line - 2)
    while end > start + 1 and re.match(r"\s*(?:#|$)", lines[end - 1]):
        end -= 1
    return start, end


def _remark(line: str) -> str:
    """Return the remark at the end of a field’s line, with the space before it."""
    for found in re.finditer(r"\s+#(?:\s|$)", line):
        bare = line[: found.start()]
        if _values(bare) == _values(line):
            return line[found.start() :]
    return ""


def _values(line: str) -> Mapping[str, Value] | None:
    document, _ = read_data(Path(), line.encode(), "")
    return document.values if document else None
