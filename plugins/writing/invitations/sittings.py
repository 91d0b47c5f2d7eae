"""An invitation to one sitting of a series: the item of `exceptions` that it makes of the series.

The rest of the series is never touched. What cannot be written for certain is told line by line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.content.reading import read_record
from plugins.content.record import Record, has_header
from plugins.dates.moments import Moment, Period
from plugins.dates.parsing import parse_end, parse_moment
from plugins.dates.recurrence import RecurrenceSet, moved
from plugins.front_matter.document import Document, read_document
from plugins.front_matter.yaml_fields import Value
from plugins.models import EventHeader
from plugins.models.fields import EventStatus
from plugins.writing.invitations.dates import day_of
from plugins.writing.invitations.reading import Invitation
from plugins.writing.invitations.updates import extent, set_again
from plugins.writing.yaml_text import STEP, yaml_lines

Item = dict[str, Value]
_RECURRENCE, _EXCEPTIONS = ("recurrence",), ("recurrence", "exceptions")
_KEPT = ("debut", "fin", "titre")


class UnsureError(ValueError):
    """A sitting cannot be changed for certain: a French reason, and the lines to write by hand."""

    def __init__(self, reason: str, lines: Mapping[str, object]) -> None:
        super().__init__(reason)
        self.lines = [line for name, value in lines.items() for line in yaml_lines(name, value)]


@dataclass(frozen=True, slots=True)
class SittingChange:
    """An item of `exceptions` before and after an invitation, None for none, and its rank."""

    number: int
    before: Item | None
    after: Item | None


def sitting_change(
    event: Record[EventHeader], invitation: Invitation, written: Mapping[str, Value]
) -> SittingChange:
    """Return the exception that an invitation to one sitting makes in the content of its series.

    `written` are the values of the content's header. Raise UnsureError when the sitting is not
    one of a recurrence, or not that one alone.
    """
    planned = invitation.planned
    assert planned is not None
    own = _own(invitation)
    item: Item = {"date": str(planned.first), **own}
    whole: dict[str, object] = {"recurrence": {"exceptions": [item]}}
    series = event.header.recurrence_set
    if event.header.sessions:
        session = {"debut": own.pop("debut", str(planned)), **own}
        raise UnsureError(
            "ses dates sont des « seances ». Changez celle qui est prévue ce jour-là",
            {"seances": [session]},
        )
    # A draft may wait for its summary.
    if series is None and any(fault.field != "resume" for fault in event.faults):
        raise UnsureError(
            "son en-tête a une erreur. Corrigez-la (make verifier la montre), puis recommencez", {}
        )
    if series is None:
        status = {"statut_evenement": own.pop("statut")} if "statut" in own else {}
        raise UnsureError("il n’a pas de « recurrence »", {**own, **status})
    if invitation.is_onward:
        raise UnsureError(
            "elle vaut aussi pour les séances suivantes. Écrivez un élément pour chacune", whole
        )
    original = _original(series, planned)
    if original is None:
        is_off = own.get("statut") == EventStatus.CANCELLED.value
        day = {"recurrence": {"dates": [own.get("debut", str(planned))]}}
        raise UnsureError("aucune séance n’y est prévue à cette date", {} if is_off else day)
    items = _items(written)
    number = next(
        (n for n, there in enumerate(items) if _is_of(there, original)),
        len(items),
    )
    before = items[number] if number < len(items) else None
    date = before["date"] if before else day_of(original, series.first)
    after: Item = {"date": date, **_changed(series, original, planned, own, before or {})}
    return SittingChange(number, before, after if len(after) > 1 else None)


def with_sitting(
    event: Record[EventHeader], text: str, change: SittingChange, written: Mapping[str, Value]
) -> str:
    """Return the text of a series with one of its exceptions changed; all the rest stays.

    Raise UnsureError when that cannot be done for certain.
    """
    if change.before == change.after:
        return text
    reason = "son en-tête ne se change pas ligne à ligne"
    told = {"recurrence": {"exceptions": [change.after]}} if change.after else {}
    # The name of a field may have capitals.
    if (recurrence := written.get("recurrence")) is None:
        raise UnsureError(reason, told)
    lines = text.replace("\r\n", "\n").split("\n")
    items = _items(written)
    items[change.number : change.number + 1] = [change.after] if change.after else []
    group: Item = dict(recurrence) if isinstance(recurrence, dict) else {"chaque": recurrence}
    group.pop("exceptions", None)
    group |= {"exceptions": list(items)} if items else {}
    _edit(event.path, lines, change, len(items))
    new = set_again(event.path, text, "\n".join(lines), {"recurrence": group})
    if new is not None:
        record = read_record(event.kind, event.path, new.encode())
        if has_header(record, EventHeader) and record.header.recurrence:
            return new
        of_it = (f.message for f in record.faults if (f.field or "").startswith("recurrence"))
        reason = next(of_it, reason).rstrip(".")
    raise UnsureError(reason, told)


def _own(invitation: Invitation) -> Item:
    """Return what the invitation says of its sitting, without its planned day."""
    header, planned = invitation.header, str(invitation.planned)
    status = header.get("statut_evenement")
    told = {"debut": header["debut"], "fin": header.get("fin"), "statut": status}
    if told["debut"] == planned and status == EventStatus.CANCELLED:
        told = {"statut": status}
    return {name: str(value) for name, value in told.items() if value}


def _original(series: RecurrenceSet, planned: Moment) -> Moment | None:
    """Return the planned sitting of a day, at that hour when there are several; None if unsure."""
    sittings = series.sittings(planned.first, planned.first)
    found = [s.original for s in sittings if s.original.first == planned.first]
    if len(found) > 1:
        found = [original for original in found if original.time == planned.time]
    return found[0] if len(found) == 1 else None


def _items(written: Mapping[str, Value]) -> list[Item]:
    recurrence = written.get("recurrence")
    items = recurrence.get("exceptions") if isinstance(recurrence, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _is_of(item: Item, original: Moment) -> bool:
    try:
        date = parse_moment(str(item.get("date")))
    except ValueError:
        return False
    return date.first == original.first and date.time in (None, original.time)


def _changed(
    series: RecurrenceSet, original: Moment, planned: Moment, own: Item, before: Item
) -> Item:
    """Return an exception without its date: the new one, with what the invitation cannot tell."""
    if own.get("statut") == EventStatus.CANCELLED.value:
        kept = {name: before[name] for name in _KEPT if name in before}
        return kept | {"statut": own["statut"]}
    start = parse_moment(str(own["debut"]))
    new: Item = {} if start == planned else {"debut": own["debut"]}
    end = parse_end(str(own["fin"]), start) if "fin" in own else None
    usual = moved(series.first, start if new else original)
    is_told = end and end != Period(usual.start, usual.end).end
    if is_told and (new or series.first.end):
        new["fin"] = own["fin"]
    kept = {name: before[name] for name in ("titre",) if name in before}
    status = {"statut": own["statut"]} if "statut" in own else {}
    return new | kept | status


def _edit(path: Path, lines: list[str], change: SittingChange, left: int) -> None:
    """Change the lines of one exception, which `left` exceptions remain after."""
    document = _read(path, lines)
    if document is None or document.pelican:
        return
    at = document.keys[_RECURRENCE].line - 1
    if not isinstance(document.values["recurrence"], dict):
        phrase = lines[at].partition(":")[2].strip()
        lines[at : at + 1] = ["recurrence:", f"{STEP}chaque: {phrase}"]
        document = _read(path, lines)
        if document is None:
            return
    items = _items(document.values)
    dash = STEP * 2
    if items:
        first = lines[document.positions[(*_EXCEPTIONS, 0)].line - 1]
        dash = first[: len(first) - len(first.lstrip())]
    new = _lines_of(change.after, dash) if change.after else []
    if change.before is None:
        _add(lines, document, new, has_items=bool(items))
    elif left == 0:
        start, end = extent(lines, document, _EXCEPTIONS)
        del lines[start:end]
    else:
        start, end = extent(lines, document, (*_EXCEPTIONS, change.number))
        lines[start:end] = new


def _add(lines: list[str], document: Document, new: list[str], *, has_items: bool) -> None:
    """Put an exception after the others, else in the place of the commented field."""
    if has_items or _EXCEPTIONS in document.keys:
        _, end = extent(lines, document, _EXCEPTIONS)
        lines[end:end] = new
        return
    _, end = extent(lines, document, _RECURRENCE)
    unused = f"#{STEP}exceptions:"
    following = (n for n in range(end, document.body_line - 1) if lines[n] == unused)
    at = next(following, None)
    # A commented field further down may be that of another group.
    if at is not None and all(re.match(r"\s*(?:#|$)", line) for line in lines[end:at]):
        lines[at : at + 1] = [unused[1:], *new]
    else:
        lines[end:end] = [unused[1:], *new]


def _lines_of(item: Item, dash: str) -> list[str]:
    return [f"{dash}{line.removeprefix(STEP)}" for line in [*yaml_lines("_", [item])][1:]]


def _read(path: Path, lines: list[str]) -> Document | None:
    document, _ = read_document(path, "\n".join(lines).encode())
    return document
