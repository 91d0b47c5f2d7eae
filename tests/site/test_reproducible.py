"""The same input gives the same bytes, whoever builds, where and when."""

from __future__ import annotations

from pathlib import Path

from tests.sites import BuiltSite, build_site


def test_two_builds_are_identical(site: BuiltSite, tmp_path: Path) -> None:
    """Build again later, in another process, zone, locale, order of hashes and folder."""
    output = tmp_path / "ailleurs" / "autre-nom"
    build_site(output, LC_ALL="C", PYTHONHASHSEED="20240108", TZ="Pacific/Auckland")
    first, second = _bytes(site.path), _bytes(output)
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
