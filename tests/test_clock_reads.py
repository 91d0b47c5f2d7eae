"""No module below the tasks reads the clock: the day is an argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.sites import ROOT

# What tells the time of day, by module or class; `monotonic` only measures durations.
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "path": {"getmtime"},
}


def test_nothing_below_the_tasks_reads_the_clock() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "plugins").rglob("*.py"))
        for line in _clock_reads(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import datetime\ndatetime.datetime.now()", [2]),
        ("import datetime as dt\ndt.date.today()", [2]),
        ("from datetime import date, datetime, UTC\n\ndatetime.now(UTC); date.today()", [3, 3]),
        ("import time\ntime.time()", [2]),
        ("from time import time\ntime()", [2]),
        ("import time\ntime.monotonic()", []),
        ("record.today\nindex.today.year\nclock.time", []),
    ],
)
def test_clock_reads_are_seen(source: str, lines: list[int]) -> None:
    assert list(_clock_reads(ast.parse(source))) == lines


def _clock_reads(tree: ast.AST) -> Iterator[int]:
    bare = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
        if alias.name in CLOCKS["time"]
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in bare:
            yield node.lineno
        if isinstance(called, ast.Attribute):
            holder = called.value
            name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
            if called.attr in CLOCKS.get(name, ()):
                yield node.lineno
