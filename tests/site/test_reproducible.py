"""The same input gives the same bytes, whoever builds, where and when."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.sites import ROOT, BuiltSite, build_site


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
    build_site(output, project / "pelicanconf.py", **environment)
    first, second = _bytes(site.path), _bytes(output)
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
