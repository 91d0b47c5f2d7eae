"""The next issue of the letter, proposed from what happened since the last one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from plugins.content.record import Record, has_header
from plugins.french.typography import capitalised, typeset
from plugins.library.index import Index
from plugins.library.selection import State, appears, has_expired, on_day
from plugins.models import LetterHeader
from plugins.models.fields import Status
from plugins.views.base import kind_label
from plugins.writing.letter_facts import facts_of
from plugins.writing.letter_header import ProposedHeader
from plugins.writing.letter_period import Months, month_of, months_later, read_months
from plugins.writing.letter_pieces import PieceMaker
from plugins.writing.letter_text import LetterText


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file to write: its path from the root of the repository, and its text, ended by a newline.

    `path` begins with the name of the content folder: `content/lettres/2.md`.
    """

    path: Path
    text: str


def propose(index: Index) -> Proposal:
    """Return the next issue of the letter, as of the day of an index; nothing is written.

    It is a draft of that day. Its period follows that of the last issue, with the same length: as
    many lengths later as have begun since its day. The coming dates go from its day to the eve of
    the day when the following issue is expected, one length later, or to the end of its period when
    that is later: so no date falls between two issues. Without an issue, the period is the month,
    and articles of the month before are new. Without a readable `periode`, the length is the time
    between the last two issues, in whole months.

    It holds every date and registration deadline of the coming days, every article since the last
    issue, every announced date that does not hold any more, every chantier or group whose state is
    new: the last two as git tells. When nothing happened, it is a frame.

    Raises `ValueError`, in French, when an issue is there that is not published yet.
    """
    issues = _issues(index)
    _check_none_waits(index, issues)
    last = issues[0] if issues else None
    months, period = _next_months(issues, index.today)
    expected = months_later(index.today, months.length) - timedelta(days=1)
    span = (index.today, max(expected, months.last_day))
    since = last.header.date.day if last else months_later(index.today, -months.length)
    facts = facts_of(index, span, since, last)
    number = last.header.number + 1 if last else 1
    path = _path(index, last, number)
    header = ProposedHeader(index, facts, span, number, period, last)
    pieces = PieceMaker(index, facts, span, path.parent, last).pieces()
    text = LetterText(index, tuple(pieces), span, last)
    return Proposal(path, f"---\n{header.written()}---\n{text.written()}")


def _issues(index: Index) -> tuple[Record[LetterHeader], ...]:
    """Return the issues that were published, the last one first, those that have expired too."""
    aside = (r for r in index.unpublished if has_expired(r.header, index.now))
    expired = (record for record in aside if has_header(record, LetterHeader))
    found = (*index.letters, *(r for r in expired if r.header.status is not Status.DRAFT))
    return tuple(sorted(found, key=lambda issue: issue.header.number, reverse=True))


def _check_none_waits(index: Index, issues: Sequence[Record[LetterHeader]]) -> None:
    """Refuse a proposal beside an issue that is begun, ready for its day, or at fault."""
    last = issues[0].header.number if issues else 0
    for record in (*index.broken, *index.unpublished):
        if not has_header(record, LetterHeader) or record in issues:
            continue
        file, header = record.path.as_posix(), record.header
        if index.state_of(record) is State.BROKEN:
            raise ValueError(typeset(f"Une lettre est en faute : {file}. Corrigez-la d’abord."))
        # A draft may not be numbered yet.
        if header.number and header.number <= last:
            continue
        name = kind_label(record) if header.number else "Une lettre"
        day = appears(header)
        if header.status is Status.DRAFT or day is None:
            raise ValueError(
                typeset(
                    f"{name} est déjà commencée : {file}. Complétez-la, ou supprimez ce fichier "
                    "pour une autre proposition."
                )
            )
        raise ValueError(
            typeset(
                f"{name} est prête, et paraîtra {on_day(day)} : {file}. La suivante se prépare "
                "quand elle a paru."
            )
        )


def _next_months(issues: Sequence[Record[LetterHeader]], today: date) -> tuple[Months, str | None]:
    """Return the months of the next issue, and its `periode`.

    `periode` is empty when the last issue has none, None when its words are not known.
    """
    this_month = Months(month_of(today))
    if not issues:
        return this_month, this_month.words
    last = issues[0].header
    if not last.period:
        return this_month, ""
    sent = month_of(last.date.day)
    if months := read_months(last.period):
        months = months.later(max(1, (month_of(today) - sent) // months.length))
        return months, capitalised(months.words) if last.period[0].isupper() else months.words
    rhythm = sent - month_of(issues[1].header.date.day) if len(issues) > 1 else 1
    return Months(this_month.first, min(max(1, rhythm), 12), None), None


def _path(index: Index, last: Record[LetterHeader] | None, number: int) -> Path:
    """Return the path of the next issue, beside the last one and named like it."""
    if last is None:
        return Path(index.contents.root.name, "lettres", f"{number}.md")
    named = re.fullmatch(rf"(?P<before>.*?)(?P<number>0*{last.header.number})", last.path.stem)
    if named is None:
        return last.path.with_name(f"{number}.md")
    return last.path.with_name(f"{named['before']}{number:0{len(named['number'])}}.md")
