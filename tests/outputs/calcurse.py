"""Read iCalendar with calcurse, a calendar program of Debian with a parser of its own.

It knows neither RDATE nor RECURRENCE-ID: of a recurring event it keeps the rule and EXDATE, and
what replaces a sitting is one more appointment.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.dates.moments import PARIS
from tests.outputs.ics_reading import ReadEvent, seconds
from tests.tooling import CALCURSE

_TIMED = re.compile(
    r"(?P<start>\S+ @ \S+) -> (?P<end>\S+ @ [0-9:]+)"
    r"(?: \{.*?\})? ?(?:>[0-9a-f]+ ?)?[|!](?P<summary>.*)"
)
_DAYS = re.compile(
    r"(?P<first>\S+) \[1\] (?:\{1D -> (?P<last>\S+)\} )?(?:>[0-9a-f]+ )?(?P<summary>.*)"
)


def read(ics: bytes) -> list[ReadEvent]:
    """Return the events of a calendar by start; fail on anything that calcurse skips.

    It keeps no UID, and takes an unknown end for the start.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = _import(folder, ics, "UTC")
        assert re.search(r"\b0 skipped", told), told
        lines = (Path(folder) / "apts").read_text(encoding="utf-8").splitlines()
    return sorted((_event(line) for line in lines), key=lambda e: (e.start, e.summary))


def as_kept(events: list[ReadEvent]) -> list[ReadEvent]:
    """Return events as calcurse keeps them: no UID, and the start for an end that is not known."""
    kept = (replace(e, uid="", end=e.start if e.end is None else e.end) for e in events)
    return sorted(kept, key=lambda event: (event.start, event.summary))


def sittings(ics: bytes, first: dt.date, last: dt.date) -> list[tuple[int, str]]:
    """Return the start of what is held from one day to another, repetitions unrolled in Paris."""
    line = "--format-{}=%(start:%s)\t%m\n"
    with tempfile.TemporaryDirectory() as folder:
        _import(folder, ics, PARIS.key)
        days = (f"--from={first:%m/%d/%Y}", f"--to={last:%m/%d/%Y}")
        formats = (line.format("apt"), line.format("recur-apt"))
        told = _calcurse(folder, PARIS.key, "-Q", *days, *formats)
    rows = (row.partition("\t") for row in told.splitlines() if "\t" in row)
    return sorted((int(start), summary) for start, _, summary in rows)


def _import(folder: str, ics: bytes, zone: str) -> str:
    path = Path(folder) / "calendar.ics"
    path.write_bytes(ics)
    return _calcurse(folder, zone, "-i", str(path))


def _calcurse(folder: str, zone: str, *arguments: str) -> str:
    program = CALCURSE.path()
    if program is None:
        pytest.fail("calcurse is missing: « make test » installs it", pytrace=False)
    done = subprocess.run(
        (program, "-D", folder, "-C", folder, *arguments),
        check=False,
        capture_output=True,
        env={**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8"},
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _event(line: str) -> ReadEvent:
    if found := _TIMED.fullmatch(line):
        start, end = (
            seconds(dt.datetime.strptime(found[name], "%m/%d/%Y @ %H:%M").replace(tzinfo=dt.UTC))
            for name in ("start", "end")
        )
        return ReadEvent("", found["summary"], start, end)
    days = _DAYS.fullmatch(line)
    assert days, line
    first = _day(days["first"])
    last = _day(days["last"]) if days["last"] else first
    end = seconds(last + dt.timedelta(days=1))
    return ReadEvent("", days["summary"], seconds(first), end)


def _day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=dt.UTC).date()
