"""The domain and the serializers stand by themselves, without Pelican."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.sites import ROOT

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
names = [module.name for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
print(*(name for name in sys.modules if name.partition(".")[0] == "pelican"))
"""


@pytest.mark.parametrize("package", ["plugins.core", "plugins.outputs"])
def test_package_never_imports_pelican(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, package],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
