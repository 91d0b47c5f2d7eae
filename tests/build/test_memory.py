"""What a build remembers: the same records, and each file read once for all builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins import store
from plugins.build import memory
from plugins.build.memory import Memory
from plugins.content.reading import read_contents, read_record
from plugins.content.record import AnyRecord
from plugins.models import Kind
from plugins.store import Store
from tests.sites import ROOT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "content", tmp_path / "content")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read to a record."""
    found: list[str] = []

    def counted(kind: Kind, path: Path, data: bytes) -> AnyRecord:
        found.append(str(path))
        return read_record(kind, path, data)

    monkeypatch.setattr(memory, "read_record", counted)
    # In this process, where they are counted.
    monkeypatch.setattr(memory, "spread", lambda work, items, _tell: [work(item) for item in items])
    return found


def records(content: Path) -> tuple[AnyRecord, ...]:
    return read_contents(content, Memory(Store(content.parent / ".cache")).records).records


def test_remembered_records_are_those_of_the_files(content: Path, read: list[str]) -> None:
    expected = read_contents(content).records
    assert records(content) == expected
    assert len(read) == len(expected)
    assert records(content) == expected
    assert len(read) == len(expected)


def test_an_edit_reads_one_file(content: Path, read: list[str]) -> None:
    before = records(content)
    read.clear()
    path = content / "articles/operateurs-webinaire.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nUn mot de plus.\n", encoding="utf-8")
    after = records(content)
    assert read == ["content/articles/operateurs-webinaire.md"]
    assert after == read_contents(content).records
    assert [new.path for old, new in zip(before, after, strict=True) if old != new] == [
        Path("content/articles/operateurs-webinaire.md")
    ]


def test_a_renamed_file_is_read_again(content: Path, read: list[str]) -> None:
    """Its path shapes its record: an address, the place of its faults."""
    records(content)
    read.clear()
    (content / "articles/operateurs-webinaire.md").rename(content / "articles/autre.md")
    assert "/actualites/autre/" in {record.address for record in records(content)}
    assert read == ["content/articles/autre.md"]


def test_a_change_of_the_program_reads_all_anew(
    content: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = records(content)
    read.clear()
    monkeypatch.setattr(store, "program", lambda: b"another version")
    assert records(content) == expected
    assert len(read) == len(expected)


def test_a_value_is_made_once_under_a_name(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    first, second = (Memory(Store(tmp_path)) for _ in range(2))
    assert [first.value("a", make), second.value("a", make), first.value("b", make)] == [1, 1, 2]
