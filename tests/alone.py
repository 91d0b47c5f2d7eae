"""Test files run by themselves, each in a Python that has seen no other."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sites import ROOT


def every_test_file() -> list[Path]:
    """Return every test file, from the root, in a stable order."""
    folder = ROOT / "tests"
    found = (path for path in folder.rglob("test_*.py") if "node_modules" not in path.parts)
    return sorted(path.relative_to(ROOT) for path in found)


def seed(config: pytest.Config) -> int:
    """Return what the order of a run is drawn from; 0 when tests run as they are written."""
    value = config.getoption("randomly_seed", 0)
    return value if isinstance(value, int) else 0


def run_alone(file: Path, order: int | None = None) -> tuple[int, str]:
    """Return pytest's exit status for one file, and what it said; the order is drawn anew."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
    if order is not None:
        command.append(f"--randomly-seed={order}")
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def run_each_alone(say: Callable[[str], None]) -> bool:
    """Run every test file by itself, as many at a time as there are cores; True if all pass."""

    def run(file: Path) -> bool:
        start = time.monotonic()
        status, said = run_alone(file)
        say(f"{'échec' if status else 'réussi'} {time.monotonic() - start:6.1f} s  {file}")
        if status:
            say(said)
        return status == 0

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return all(list(pool.map(run, every_test_file())))
