"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from plugins.writing.files import write_all

NEW = {Path("a/un.md"): "Un.\n", Path("a/deux.md"): "Deux.\n"}


def files(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text() for p in root.rglob("*") if p.is_file()}


def test_new_and_changed_files(tmp_path: Path) -> None:
    old = tmp_path / "old.md"
    old.write_text("Avant.")
    old.chmod(0o640)
    write_all(tmp_path, NEW, {Path("old.md"): "Après."})
    assert files(tmp_path) == {"old.md": "Après.", "a/un.md": "Un.\n", "a/deux.md": "Deux.\n"}
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_there_stops_all(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/deux.md").write_text("Le mien.")
    (tmp_path / "old.md").write_text("Avant.")
    with pytest.raises(FileExistsError):
        write_all(tmp_path, NEW, {Path("old.md"): "Après."})
    assert files(tmp_path) == {"a/deux.md": "Le mien.", "old.md": "Avant."}


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_all(tmp_path, NEW, {})
    assert files(tmp_path) == {"a/un.md": "Un.\n", "a/deux.md": "Deux.\n"}
    with pytest.raises(FileExistsError):
        write_all(tmp_path, {Path("a/trois.md"): "Trois.", Path("a/un.md"): "Autre."}, {})
    assert files(tmp_path) == {"a/un.md": "Un.\n", "a/deux.md": "Deux.\n"}


def test_a_full_disk_without_links_keeps_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    def fill(_path: Path) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "read_bytes", fill)
    with pytest.raises(OSError, match="No space left"):
        write_all(tmp_path, NEW, {})
    assert files(tmp_path) == {}
