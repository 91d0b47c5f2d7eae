"""The domain and the serializers stand by themselves: no Pelican, no clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import ROOT

IMPORT_ALL = """
import importlib, pkgutil, sys

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pelican":
            raise ImportError(f"{name} is not to be imported")

sys.meta_path.insert(0, Refusal())
package = importlib.import_module(sys.argv[1])
names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
PURE = (
    "checks",
    "content",
    "dates",
    "french",
    "front_matter",
    "library",
    "mailing",
    "markdown",
    "models",
    "outputs",
    "site",
    "theme",
    "views",
)
# What tells the time of day, by module or class; `monotonic` only measures durations.
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "path": {"getmtime"},
}


def modules(*packages: str) -> list[Path]:
    found = [path for package in packages for path in (ROOT / "plugins" / package).rglob("*.py")]
    assert found
    return sorted(found)


@pytest.mark.parametrize("package", PURE)
def test_package_works_where_pelican_cannot_be_imported(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, f"plugins.{package}"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= len(list((ROOT / "plugins" / package).glob("[!_]*.py")))


def test_no_module_names_pelican_in_an_import() -> None:
    """Not even inside a function, where running would not show it."""
    knowing = {ROOT / "plugins" / "passerelle.py", *modules("build")}
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("")
        if path not in knowing
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imported(node)
        if name.partition(".")[0] == "pelican"
    ]
    assert faults == []


def test_nothing_below_the_tasks_reads_the_clock() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules("")
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
        ("entry.today\nlibrary.today.year\nclock.time", []),
    ],
)
def test_clock_reads_are_seen(source: str, lines: list[int]) -> None:
    assert list(_clock_reads(ast.parse(source))) == lines


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""]


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
