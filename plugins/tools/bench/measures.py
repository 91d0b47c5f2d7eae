"""Processes timed from start to end, and what several runs of one say together.

Run as a file it measures one command, from a process that holds nothing but the standard library:
the peak memory that the kernel tells of a child begins with that of its parent.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_KIB = 1 if sys.platform == "darwin" else 1024  # unit of ru_maxrss, in bytes


class BenchError(Exception):
    """A command of the benchmark failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: seconds by the clock, seconds of CPU, bytes of the largest process at its peak.

    A process counts with the children that it waited for.
    """

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a tool's scenario on so many articles, and the HTML pages there were after it."""

    tool: str
    scenario: str
    articles: int
    pages: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Summary:
    """The runs of one scenario on one number of articles; times are in seconds."""

    tool: str
    scenario: str
    articles: int
    pages: int
    runs: int
    wall: float
    fastest: float
    slowest: float
    cpu: float
    memory: int


def measured(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Measure:
    """Run a command in a folder and measure it. Raises BenchError when it fails."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, *command],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command)}\n{done.stdout}{done.stderr}".strip())
    return Measure(**json.loads(done.stdout))


def summaries(runs: Sequence[Run]) -> list[Summary]:
    """Return a summary per number of articles, tool and scenario, in the order of the runs."""
    groups: dict[tuple[int, str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.articles, run.tool, run.scenario), []).append(run)
    return [
        Summary(
            tool=tool,
            scenario=scenario,
            articles=articles,
            pages=max(run.pages for run in group),
            runs=len(group),
            wall=median(run.measure.wall for run in group),
            fastest=min(run.measure.wall for run in group),
            slowest=max(run.measure.wall for run in group),
            cpu=median(run.measure.cpu for run in group),
            memory=max(run.measure.memory for run in group),
        )
        for (articles, tool, scenario), group in groups.items()
    ]


def _measure(command: Sequence[str]) -> int:
    """Run a command; print its measure in JSON, or what it said when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.buffer.write(said)
        return 1
    cpu, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIB
    print(json.dumps({"wall": wall, "cpu": cpu, "memory": memory}))
    return 0


if __name__ == "__main__":
    raise SystemExit(_measure(sys.argv[1:]))
