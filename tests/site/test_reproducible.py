"""The same input gives the same bytes, whoever builds, where and when."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.sites import ROOT, BuiltSite

BUILD = """
import sys, warnings
warnings.simplefilter("error")
from pathlib import Path
from plugins.build.publication import build
sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def test_two_builds_are_identical(site: BuiltSite, tmp_path: Path) -> None:
    """Build again later, in another process, zone, locale, order of hashes and folder.

    In a copy of the project with the same history, which remembers nothing of the first build.
    """
    project, output = tmp_path / "projet", tmp_path / "ailleurs" / "autre-nom"
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "pelicanconf.py", project)
    command = ["git", "rev-parse", "--absolute-git-dir"]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    (project / ".git").write_text(f"gitdir: {found.stdout}", encoding="utf-8")
    environment = {"LC_ALL": "C", "PYTHONHASHSEED": "20240108", "TZ": "Pacific/Auckland"}
    subprocess.run(
        [sys.executable, "-c", BUILD, project / "pelicanconf.py", output],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=True,
        cwd=ROOT,
    )
    first, second = _bytes(site.path), _bytes(output)
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
