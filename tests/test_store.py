"""What is kept from one run to the next: found again, or made anew, but never in the way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plugins import store as store_module
from plugins.store import Store, key_of
from tests.sites import ROOT

KEY = "record:0123abcd"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit=1000)


def file_of(folder: Path) -> Path:
    [found] = folder.glob("*.sqlite")
    return found


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", bytes(1000)])
def test_it_gives_back_what_was_put(store: Store, data: bytes) -> None:
    assert store.get(KEY) is None
    store.put(KEY, data)
    assert store.get(KEY) == data
    store.put(KEY, b"other")
    assert store.get(KEY) == b"other"


def test_many_entries_are_found_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    entries = {f"record:{number}": b"%d" % number for number in range(2000)}
    store.keep(entries)
    assert store.found([*entries, "record:x"]) == entries


def test_another_run_finds_them(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"x")
    store.close()
    assert Store(tmp_path / "cache").get(KEY) == b"x"


def test_the_file_alone_can_be_carried_elsewhere(store: Store, tmp_path: Path) -> None:
    """As a CI does: what SQLite holds back in other files is written at the end."""
    store.put(KEY, b"x")
    store.close()
    (tmp_path / "other").mkdir()
    name = file_of(tmp_path / "cache").name
    (tmp_path / "other" / name).write_bytes((tmp_path / "cache" / name).read_bytes())
    assert Store(tmp_path / "other").get(KEY) == b"x"


@pytest.mark.parametrize("size", [0, 10, 100, 4096, 5000])
def test_a_file_cut_short_is_thrown_away(store: Store, tmp_path: Path, size: int) -> None:
    store.put(KEY, bytes(900))
    store.close()
    path = file_of(tmp_path / "cache")
    path.write_bytes(path.read_bytes()[:size])
    again = Store(tmp_path / "cache")
    assert again.get(KEY) is None
    again.put(KEY, b"x")
    assert again.get(KEY) == b"x"


def test_a_file_that_is_no_database_is_thrown_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"x")
    store.close()
    path = file_of(tmp_path)
    path.write_bytes(b"<html>" * 1000)
    assert store.get(KEY) is None
    store.put(KEY, b"x")
    assert store.get(KEY) == b"x"


def test_what_is_changed_is_not_taken(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"%PDF-1.7")
    store.close()
    path = file_of(tmp_path / "cache")
    path.write_bytes(path.read_bytes().replace(b"PDF-1.7", b"PDF-1.8"))
    assert Store(tmp_path / "cache").get(KEY) is None


def test_what_was_not_used_for_the_longest_goes_first(store: Store, tmp_path: Path) -> None:
    for number in range(9):
        store.put(f"{number}", bytes(100))
    store.close()
    with sqlite3.connect(file_of(tmp_path / "cache")) as connection:
        connection.execute("UPDATE entries SET day = day - 1")
    connection.close()
    again = Store(tmp_path / "cache", limit=1000)
    assert again.get("0") == bytes(100)
    again.put("9", bytes(100))
    again.put("10", bytes(100))
    kept = [number for number in range(11) if again.get(f"{number}")]
    assert kept == [0, *range(5, 11)]


def test_what_is_larger_than_the_store_is_not_kept(store: Store) -> None:
    store.put(KEY, bytes(1001))
    assert store.get(KEY) is None


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    store = Store(tmp_path / "cache")
    store.put(KEY, b"x")
    assert store.get(KEY) is None


def test_a_folder_in_the_place_of_the_file_is_no_reason_to_fail(tmp_path: Path) -> None:
    Store(tmp_path / "other").put(KEY, b"x")
    (tmp_path / file_of(tmp_path / "other").name).mkdir()
    store = Store(tmp_path)
    store.put(KEY, b"x")
    assert store.get(KEY) is None


def test_threads_never_read_half_an_entry(tmp_path: Path) -> None:
    store = Store(tmp_path)
    contents = {bytes([number]) * 50_000 for number in range(4)}

    def write(data: bytes) -> None:
        for _ in range(20):
            store.put(KEY, data)

    threads = [threading.Thread(target=write, args=(data,)) for data in contents]
    for thread in threads:
        thread.start()
    found = {store.get(KEY) for _ in range(200)}
    for thread in threads:
        thread.join()
    assert found <= {*contents, None}
    assert store.get(KEY) in contents


WRITER = """
import sys
from pathlib import Path
from plugins import store as store_module
from plugins.store import Store, key_of
store = Store(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    store.keep({f"{sys.argv[3]}:{number}:{n}": bytes(2000) for n in range(20)})
    print(number, flush=True)
"""


def writer(folder: Path, times: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(times), name]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_runs_keep_what_each_made(tmp_path: Path) -> None:
    runs = [writer(tmp_path, 10, name) for name in "ab"]
    for run in runs:
        run.communicate()
        assert run.returncode == 0
    keys = [f"{name}:{number}:{n}" for name in "ab" for number in range(10) for n in range(20)]
    assert len(Store(tmp_path).found(keys)) == len(keys)


def test_a_killed_run_leaves_what_it_had_kept(tmp_path: Path) -> None:
    run = writer(tmp_path, 1_000_000, "a")
    assert run.stdout
    for _ in range(5):
        run.stdout.readline()
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    keys = [f"a:{number}:{n}" for number in range(5) for n in range(20)]
    assert set(Store(tmp_path).found(keys).values()) == {bytes(2000)}
    assert len(Store(tmp_path).found(keys)) == 100


def test_a_child_process_opens_the_file_anew(store: Store) -> None:
    store.put(KEY, b"x")
    child = multiprocessing.get_context("fork").Process(target=store.put, args=("child", b"y"))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert (store.get(KEY), store.get("child")) == (b"x", b"y")


def test_each_module_and_library_is_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, libraries = tmp_path / "plugins", tmp_path / "libraries"
    (ours / "dates").mkdir(parents=True)
    (ours / "dates/a.py").write_text("A = 1\n", encoding="utf-8")
    (libraries / "markdown-3.8.dist-info").mkdir(parents=True)
    monkeypatch.setattr(store_module, "_OURS", ours)
    monkeypatch.setattr(store_module, "get_paths", lambda: {"purelib": str(libraries)})
    digest = store_module.program.__wrapped__
    seen = {digest()}
    (ours / "dates/a.py").write_text("A = 2\n", encoding="utf-8")
    seen.add(digest())
    (ours / "dates/a.py").rename(ours / "dates/b.py")
    seen.add(digest())
    (libraries / "markdown-3.8.dist-info").rename(libraries / "markdown-3.9.dist-info")
    seen.add(digest())
    assert len(seen) == 4


def test_parts_are_told_apart() -> None:
    """The end of a path is not the beginning of its bytes."""
    assert key_of("record", "a/b", b"c") != key_of("record", "a/", b"bc")
    assert key_of("record", "a") != key_of("page", "a")
