"""Dates as people say them in French: each becomes what a header states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """When an event takes place, in the accepted forms of a header; an empty part is not said.

    `start` and `end` are moments (`2027-02-07 17:00`, `2027-T4`). `every`, `until`, `times` and
    `without` are the keys of `recurrence`.
    """

    start: str
    end: str | None = None
    every: str | None = None
    until: str | None = None
    times: int | None = None
    without: tuple[str, ...] = ()

    def header(self) -> dict[str, object]:
        """Return the header's keys and values: `debut`, `fin`, `recurrence`, those that are said.

        Texts, but for `recurrence`: a mapping of `chaque`, `jusqu_au`, `fois` (a number) and
        `sauf` (a list of texts).
        """
        raise NotImplementedError


def read_said(text: str, today: dt.date) -> Said:
    """Return when an event takes place, as a French text says it.

    « 25-26 mars », « T4 2027 », « chaque premier mardi sauf août »: without a year, the next one
    from `today`. Raise ValueError, with a French sentence, for a text not understood for certain.
    """
    raise NotImplementedError


def read_day(text: str, today: dt.date) -> str:
    """Return the one day, or the time of a day, that a French text says: « 7 février 17h ».

    Raise ValueError, with a French sentence, for anything else.
    """
    raise NotImplementedError
