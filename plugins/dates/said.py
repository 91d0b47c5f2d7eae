"""Dates as people say them in French: each becomes what a header states.

A text is read as a whole or refused: nothing is guessed. Where French leaves the year out, it is
the next date from today that is meant; what French leaves open (« mardi prochain » on a Monday,
« 25-26 mars de 9h à 17h ») is refused with the two readings. Every error is a ``ValueError`` whose
French sentence says what was read, what was not, and how to write it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from plugins.dates.moments import Period, Precision
from plugins.dates.parsing import parse_moment
from plugins.dates.said_periods import DAY_NAME, SaidText, read_period
from plugins.dates.said_recurrences import read_recurrence
from plugins.faults import shorten

_ADVICE = (
    "Écrivez par exemple « 7 février 2027 17h », « 25-26 mars 2027 », « T4 2027 » "
    "ou « chaque premier mardi du mois à 17h »."
)
_ADVICE_DAY = "Écrivez par exemple « 7 février 2027 », « 7 février 2027 17h » ou « 2027-02-07 »."


@dataclass(frozen=True, slots=True)
class Said:
    """When an event takes place, in the accepted forms of a header; an empty part is not said.

    `start` and `end` are moments (`2027-02-07 17:00`, `2027-T4`), `end` also a time of the day of
    the start. `every`, `without`, `until`, `times` and `dates` are parts of a recurrence.
    """

    start: str
    end: str | None = None
    every: str | None = None
    without: tuple[str, ...] = ()
    until: str | None = None
    times: int | None = None
    dates: tuple[str, ...] = ()

    def header(self) -> dict[str, object]:
        """Return the header's keys and values: `debut`, `fin`, `recurrence`, those that are said.

        Texts, but for `recurrence`: a mapping of `chaque`, `sauf` (a list), `jusqu_au`, `fois`
        (a number) and `dates` (a list).
        """
        recurrence = {
            "chaque": self.every,
            "sauf": list(self.without),
            "jusqu_au": self.until,
            "fois": self.times,
            "dates": list(self.dates),
        }
        values = {
            "debut": self.start,
            "fin": self.end,
            "recurrence": _filled(recurrence) if self.every else None,
        }
        return _filled(values)


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def read_said(text: str, today: dt.date) -> Said:
    """Return when an event takes place, as a French text says it.

    « 25-26 mars », « T4 2027 », « chaque premier mardi sauf août »: without a year, the next one
    from `today`. Raise ValueError, with a French sentence, for a text not understood for certain.
    """
    said = SaidText.of(text)
    found = _read(said, today)
    if found is None:
        raise ValueError(_refusal(said, today))
    return found


def read_day(text: str, today: dt.date) -> str:
    """Return the one day, or the time of a day, that a French text says: « 7 février 17h ».

    Raise ValueError, with a French sentence, for anything else.
    """
    said = SaidText.of(text)
    found = _read(said, today)
    if found is None:
        raise ValueError(f"{shorten(said.written)} n’est pas un jour. {_ADVICE_DAY}")
    moment = parse_moment(found.start)
    if found.end or found.every or moment.is_approximate:
        raise ValueError(f"{shorten(said.written)} n’est pas un jour précis. {_ADVICE_DAY}")
    return found.start


def said_period(period: Period) -> Said:
    """Return a period in the forms of a header, the end of a single day as a time."""
    end = period.end
    if end is None:
        return Said(str(period.start))
    if end.time is not None and end.first == period.start.first:
        return Said(str(period.start), f"{end.time:%H:%M}")
    return Said(str(period.start), str(end))


def _refusal(said: SaidText, today: dt.date) -> str:
    """Return the message for a text that is not understood, with what of its beginning is."""
    shown = shorten(said.written)
    if not said.written:
        return f"Aucune date n’est donnée. {_ADVICE}"
    if re.fullmatch(rf"{DAY_NAME}(?:(?:, ?| et ){DAY_NAME})*", said.plain):
        return (
            f"{shown} : écrivez le jour du mois, ou « chaque {said.written} » si l’événement "
            "revient."
        )
    if found := re.match(r"(?:le |la )?(?:debut|mi|fin|courant)[ -](?:de |d')?", said.plain):
        month = said.part(found.end())
        if _read(month, today):
            word = found[0].strip(" -")
            return (
                f"{shown} : une date ne garde pas « {word} ». Écrivez {shorten(month.written)}, "
                "ou les jours possibles."
            )
    for space in reversed([found.start() for found in re.finditer(r"[ ,]+", said.plain)]):
        beginning = said.part(0, space)
        with suppress(ValueError):
            if _read(beginning, today):
                rest = shorten(said.part(space).written)
                return f"{shorten(beginning.written)} est compris, mais pas {rest}. {_ADVICE}"
    return f"{shown} n’est pas compris. {_ADVICE}"


_TO_CONFIRM = re.compile(r"(?: ?\?|[ ,]*\(?(?:date )?a confirmer\)?)$")


def _read(said: SaidText, today: dt.date) -> Said | None:
    """Return what a text says, None when it has no known form; refuse what cannot be."""
    with suppress(ValueError):
        return Said(str(parse_moment(said.written)))
    if found := _TO_CONFIRM.search(said.plain):
        certain = read_period(said.part(0, found.start()), today)
        return _to_confirm(said, certain, asked="?" in found[0]) if certain else None
    if period := read_period(said, today):
        return said_period(period)
    if recurrence := read_recurrence(said, today):
        return replace(
            said_period(recurrence.first),
            every=recurrence.every,
            without=recurrence.without,
            until=recurrence.until,
            times=recurrence.times,
            dates=recurrence.dates,
        )
    return None


def _to_confirm(said: SaidText, period: Period, *, asked: bool) -> Said:
    """Mark the days of a period as doubtful; a vaguer date is to confirm by itself."""
    bounds = [period.start] if period.end is None else [period.start, period.end]
    if any(bound.time is not None for bound in bounds):
        raise ValueError(
            f"{shorten(said.written)} : une date à confirmer n’a pas d’heure. Retirez l’heure, ou "
            "retirez « à confirmer » et écrivez « statut_evenement: à confirmer »."
        )
    if all(bound.precision is Precision.DAY for bound in bounds) or asked:
        bounds = [bound if bound.uncertain else parse_moment(f"{bound}?") for bound in bounds]
    return said_period(Period(*bounds))
