"""What a run keeps for the next ones: bytes, under a digest of all that shapes them.

One SQLite file. Without it everything works, only slower: an entry that is damaged, or that another
program holds, counts as missing; a file that SQLite cannot read is thrown away.
"""

import hashlib
import os
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from sysconfig import get_paths

LIMIT = 1 << 30
"""Bytes that a store holds; the entries that were not used for the longest go first."""

# The number changes with the table.
_NAME = "store-1.sqlite"
_OURS = Path(__file__).parent
_SECONDS = 10.0
_ASKED_AT_ONCE = 500
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    key TEXT PRIMARY KEY,
    day INTEGER NOT NULL,  -- of the last use
    size INTEGER NOT NULL,
    sum INTEGER NOT NULL,  -- CRC-32 of the data
    data BLOB NOT NULL
) WITHOUT ROWID
"""
_TODAY = "SELECT CAST(julianday('now') AS INTEGER)"
_PUT = "REPLACE INTO entries VALUES (?, CAST(julianday('now') AS INTEGER), ?, ?, ?)"


class Store:
    """The entries of one folder, by key, such as `record:` and a digest.

    Threads may share a store; a child process opens the file anew.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """`folder` may not exist yet."""
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._added = 0

    def get(self, key: str) -> bytes | None:
        """Return the bytes put under a key, or None."""
        return self.found([key]).get(key)

    def found(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes put under those of the keys that are known."""
        found: dict[str, bytes] = {}

        def read(connection: sqlite3.Connection) -> None:
            (today,) = connection.execute(_TODAY).fetchone()
            late = []
            for asked in _slices(keys):
                marks = ",".join("?" * len(asked))
                rows = connection.execute(
                    f"SELECT key, day, sum, data FROM entries WHERE key IN ({marks})",  # noqa: S608
                    asked,
                )
                for key, day, checksum, data in rows:
                    if zlib.crc32(data) == checksum:
                        found[key] = data
                        if day != today:
                            late.append((today, key))
            if late:
                with connection:
                    connection.executemany("UPDATE entries SET day = ? WHERE key = ?", late)

        self._try(read)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; another process reads all of them, or none."""
        self.keep({key: data})

    def keep(self, entries: Mapping[str, bytes]) -> None:
        """Keep bytes under their keys."""
        rows = (
            (key, len(data), zlib.crc32(data), data)
            for key, data in entries.items()
            if len(data) <= self._limit
        )

        def write(connection: sqlite3.Connection) -> None:
            self._added += sum(map(len, entries.values()))
            with connection:
                connection.executemany(_PUT, rows)
                self._forget(connection)

        if entries:
            self._try(write)

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes kept under a key; those that a function makes when there are none."""
        kept = self.get(key)
        if kept is None:
            kept = make()
            self.put(key, kept)
        return kept

    def close(self) -> None:
        """Write what SQLite holds back, so that the file can be copied alone."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection and self._process == os.getpid():
                with suppress(sqlite3.Error):
                    connection.close()

    def _forget(self, connection: sqlite3.Connection) -> None:
        """Remove the entries not used for the longest, until the others fit in the limit.

        Counting them takes time: it is done when enough was added to matter.
        """
        if self._added <= self._limit // 32:
            return
        self._added = 0
        (total,) = connection.execute("SELECT total(size) FROM entries").fetchone()
        if total <= self._limit:
            return
        gone = []
        oldest_first = "SELECT key, size FROM entries ORDER BY day, key"
        for key, size in connection.execute(oldest_first):
            gone.append((key,))
            total -= size
            if total <= self._limit * 3 // 4:
                break
        connection.executemany("DELETE FROM entries WHERE key = ?", gone)

    def _try(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do some work on the file, as far as that is possible."""
        with self._lock:
            try:
                work(self._opened())
            except (sqlite3.OperationalError, OSError):
                # Locked for too long, a full disk, a folder that cannot be written.
                self._connection = None
            except sqlite3.DatabaseError:
                self._connection = None
                self._throw_away()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self._folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._folder / _NAME, timeout=_SECONDS, check_same_thread=False
            )
            connection.execute("PRAGMA journal_mode = WAL")
            # A power cut may lose the last entries: they are made again.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            self._connection, self._process = connection, os.getpid()
        return self._connection

    def _throw_away(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                (self._folder / (_NAME + ending)).unlink(missing_ok=True)


@cache
def store_of(root: Path) -> Store:
    """Return the store of a project, in its folder `.cache`."""
    return Store(root / ".cache")


def _slices(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _ASKED_AT_ONCE] for start in range(0, len(keys), _ASKED_AT_ONCE))


def key_of(family: str, *parts: str | bytes) -> str:
    """Return the key of what the program makes of the parts."""
    digest = hashlib.sha256(program())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"{family}:{digest.hexdigest()}"


@cache
def program() -> bytes:
    """Return a digest of what makes all that is kept: our code, Python, the libraries."""
    digest = hashlib.sha256(sys.version.encode())
    libraries = Path(get_paths()["purelib"]).glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in libraries)).encode())
    for path in sorted(_OURS.rglob("*.py")):
        digest.update(path.relative_to(_OURS).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()
