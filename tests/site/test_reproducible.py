"""The same input gives the same bytes, whoever builds, where and when."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT, BuiltSite

BUILD = """
import sys
from pathlib import Path
from plugins.publication import build
sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def test_two_builds_are_identical(site: BuiltSite, tmp_path: Path) -> None:
    """Build again later, in another process, zone, locale, order of hashes and folder."""
    output = tmp_path / "ailleurs" / "autre-nom"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, ROOT / "pelicanconf.py", output],
        env={
            **os.environ,
            "LC_ALL": "C",
            "PYTHONHASHSEED": "20240108",
            "PYTHONPATH": str(ROOT),
            "TZ": "Pacific/Auckland",
        },
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = _bytes(site.path), _bytes(output)
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
