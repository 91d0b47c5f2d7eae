"""Read iCalendar with ical.js, which reads it for Thunderbird and Nextcloud."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.outputs.ics_reading import ReadEvent
from tests.tooling import NODE

_SCRIPT = Path(__file__).with_suffix(".mjs")


def read(calendars: Iterable[bytes]) -> list[list[ReadEvent]]:
    """Return the events of each calendar; fail on what ical.js refuses."""
    return _run(calendars)


def sittings(ics: bytes) -> list[ReadEvent]:
    """Return when the events of a calendar are held, repetitions unrolled, by start."""
    [found] = _run([ics], "sittings")
    return sorted(found, key=lambda event: (event.start, event.summary))


def _run(calendars: Iterable[bytes], *arguments: str) -> list[list[ReadEvent]]:
    node = NODE.path()
    if node is None:
        pytest.fail("Node is missing: « make test » installs it", pytrace=False)
    done = subprocess.run(
        (node, _SCRIPT, *arguments),
        check=False,
        input=json.dumps([ics.decode() for ics in calendars]),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return [[ReadEvent(**event) for event in events] for events in json.loads(done.stdout)]
