"""The Nu checker, which tells what is not valid HTML."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.tooling import JAVA, VNU

# Less than half the time for a site as small as ours: what is compiled best is compiled too late.
# The schema of HTML needs a deeper stack then.
_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


def faults(pages: Iterable[Path]) -> list[str]:
    """Return a line per error and warning of the pages."""
    java = JAVA.path()
    if java is None or not VNU.exists():
        pytest.fail("Java or the Nu checker is missing: « make test » installs it", pytrace=False)
    command: list[str | Path] = [java, *_OPTIONS, "-jar", VNU, "--format", "json", "--stdout"]
    command += ["--exit-zero-always", "--skip-info-messages", *pages]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [_line(message) for message in json.loads(done.stdout)["messages"]]


def _line(message: dict[str, str | int]) -> str:
    place = f"{message.get('url')}:{message.get('lastLine', '')}:{message.get('firstColumn', '')}"
    kind = message.get("subType") or message["type"]
    return f"{place} {kind}: {message['message']} | {message.get('extract', '')}"
