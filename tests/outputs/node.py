"""Run a script of the tests with Node."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tooling import NODE


def run(script: Path, text: str, *arguments: str) -> str:
    """Return what the script writes when it reads the text; fail with its message."""
    node = NODE.path()
    if node is None:
        pytest.fail("Node is missing: « make test » installs it", pytrace=False)
    done = subprocess.run(
        (node, script, *arguments),
        check=False,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
