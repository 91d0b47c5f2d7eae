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
    node = NODE.path()
    if node is None:
        pytest.fail("Node is missing: « make test » installs it", pytrace=False)
    texts = json.dumps([ics.decode() for ics in calendars])
    done = subprocess.run(
        (node, _SCRIPT), check=False, input=texts, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return [[ReadEvent(**event) for event in events] for events in json.loads(done.stdout)]
