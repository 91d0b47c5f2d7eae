"""The domain and the serializers stand by themselves, without Pelican."""

from __future__ import annotations

import ast
import subprocess
import sys
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


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""]
