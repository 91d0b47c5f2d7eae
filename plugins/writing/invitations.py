"""Invitations of calendar applications (iCalendar, RFC 5545 and 5546): each becomes a content."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invitation:
    """An event of an invitation, as a content of `evenements/` states it.

    `header` maps front-matter keys to plain values: texts, numbers, lists, mappings. `resume`
    is never there: no invitation has one. `text` is Markdown. `notices` are French sentences:
    what was left out, or is to look at again.
    """

    header: dict[str, object]
    text: str
    notices: tuple[str, ...]


def read_invitation(data: bytes, today: dt.date) -> tuple[Invitation, ...]:
    """Return the events of an iCalendar file, in the order of their dates.

    Raise ValueError, with a French sentence, for a file that holds none.
    """
    raise NotImplementedError
