"""What is kept from one run to the next: found again, or made anew, but never in the way."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from plugins.outputs.pdf.cache import PdfCache

KEY = "0123abcd"


@pytest.fixture
def cache(tmp_path: Path) -> PdfCache:
    return PdfCache(tmp_path / "cache", most=3)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", bytes(100_000)])
def test_it_gives_back_what_was_put(cache: PdfCache, data: bytes) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, data)
    assert cache.get(KEY) == data
    cache.put(KEY, b"other")
    assert cache.get(KEY) == b"other"


@pytest.mark.parametrize("size", [0, 10, 32, 36])
def test_what_is_cut_off_is_not_taken(cache: PdfCache, tmp_path: Path, size: int) -> None:
    cache.put(KEY, b"%PDF-1.7")
    path = tmp_path / "cache" / KEY
    path.write_bytes(path.read_bytes()[:size])
    assert cache.get(KEY) is None


def test_what_is_changed_is_not_taken(cache: PdfCache, tmp_path: Path) -> None:
    cache.put(KEY, b"%PDF-1.7")
    path = tmp_path / "cache" / KEY
    path.write_bytes(path.read_bytes().replace(b"1.7", b"1.8"))
    assert cache.get(KEY) is None


def test_the_last_used_are_kept(cache: PdfCache, tmp_path: Path) -> None:
    for number in range(3):
        cache.put(f"{number}", b"x")
        os.utime(tmp_path / "cache" / f"{number}", (number, number))
    (tmp_path / "cache" / ".left-by-a-killed-run").write_bytes(b"")
    os.utime(tmp_path / "cache" / ".left-by-a-killed-run", (0, 0))
    assert cache.get("0") == b"x"
    cache.put("3", b"x")
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["0", "2", "3"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    cache = PdfCache(tmp_path / "cache", most=3)
    cache.put(KEY, b"x")
    assert cache.get(KEY) is None


def test_a_folder_in_the_place_of_a_file_is_no_reason_to_fail(
    cache: PdfCache, tmp_path: Path
) -> None:
    (tmp_path / "cache" / KEY).mkdir(parents=True)
    cache.put(KEY, b"x")
    assert cache.get(KEY) is None
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [KEY]


def test_two_runs_at_once_never_read_half_a_file(cache: PdfCache) -> None:
    contents = {bytes([number]) * 50_000 for number in range(4)}

    def write(data: bytes) -> None:
        for _ in range(20):
            cache.put(KEY, data)

    threads = [threading.Thread(target=write, args=(data,)) for data in contents]
    for thread in threads:
        thread.start()
    found = {cache.get(KEY) for _ in range(200)}
    for thread in threads:
        thread.join()
    assert found <= {*contents, None}
    assert cache.get(KEY) in contents
