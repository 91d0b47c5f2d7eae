"""Read iCalendar with ical.js, which reads it for Thunderbird and Nextcloud."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.outputs import node
from tests.outputs.ics_reading import ReadEvent

_SCRIPT = Path(__file__).with_suffix(".mjs")


def read(calendars: Iterable[bytes]) -> list[list[ReadEvent]]:
    """Return the events of each calendar; fail on what ical.js refuses."""
    return _run(calendars)


def sittings(ics: bytes) -> list[ReadEvent]:
    """Return when the events of a calendar are held, repetitions unrolled, by start."""
    [found] = _run([ics], "sittings")
    return sorted(found, key=lambda event: (event.start, event.summary))


def _run(calendars: Iterable[bytes], *arguments: str) -> list[list[ReadEvent]]:
    text = json.dumps([ics.decode() for ics in calendars])
    return [
        [ReadEvent(**event) for event in events]
        for events in json.loads(node.run(_SCRIPT, text, *arguments))
    ]
