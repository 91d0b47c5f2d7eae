"""Nothing to do: the last run had the same inputs, and what it wrote still stands.

Loaded by itself, before Pelican and the rest of our code: reading and comparing takes a part of a
second, whatever the size of the site.
"""

import hashlib
import os
import pickle
import runpy
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timezone
from pathlib import Path
from typing import Any

from plugins.build.report import print_faults, print_line
from plugins.faults import ContentError
from plugins.store import key_of, store_of

PLUGIN = "plugins.passerelle"
_CLOCK = "BUILD_DATE"
_PLAIN = (str, bytes, int, float, bool, type(None), timezone)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run said and left, and until when another one would do the same.

    `files` are the marks of the files of its output, by their names: size, time of change, inode;
    none for a check. `libraries` are those of the system that it loaded.
    """

    inputs: str
    since: datetime
    until: datetime
    faults: tuple[ContentError, ...]
    lines: tuple[str, ...]
    files: Mapping[str, tuple[int, int, int]]
    libraries: Mapping[str, tuple[int, int, int]]


class LastRun:
    """The last run of a command with some settings, and whether it may stand for the next one."""

    def __init__(self, settings_file: Path, command: str, output: Path | None = None) -> None:
        """Read the inputs of the run to come, as they are now."""
        self._output = output
        self._store = store_of(settings_file.absolute().parent)
        self._key = key_of("run", command, str(settings_file.absolute()), str(output))
        self._root = settings_file.absolute().parent
        self._settings = _plain_settings(settings_file)
        self._inputs = self._read()
        self.now = _instant(self._settings) if self._settings else None

    def _read(self) -> str | None:
        return _digest(self._root, self._settings) if self._settings else None

    def same(self) -> Run | None:
        """Return the last run when this one would do the same, else None."""
        if not self._inputs or not self.now:
            return None
        kept = self._store.get(self._key)
        run: Run | None = pickle.loads(kept) if kept else None  # noqa: S301 - ours, under its sum
        is_same = (
            run
            and run.inputs == self._inputs
            and run.since <= self.now < run.until
            and run.files == (marks(self._output) if self._output else {})
            and run.libraries == _marks(run.libraries)
        )
        return run if is_same else None

    def said(self) -> bool:
        """Say what the last run said, when this one would do the same; return whether it does."""
        run = self.same()
        if run:
            print_faults(run.faults)
            for line in run.lines:
                print_line(line)
        return bool(run)

    def keep(
        self, until: datetime, faults: tuple[ContentError, ...], lines: tuple[str, ...]
    ) -> None:
        """Remember the run that ends, unless its inputs cannot be told from others."""
        # A file that changed meanwhile may be in this run, or not.
        if self._inputs and self.now and self._inputs == self._read():
            files = marks(self._output) if self._output else {}
            run = Run(self._inputs, self.now, until, faults, lines, files, _marks(_libraries()))
            self._store.put(self._key, pickle.dumps(run))


def marks(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return the marks of all files of a folder, by their paths; empty for a missing folder."""
    return {os.path.relpath(entry.path, folder): _mark(entry.stat()) for entry in _files(folder)}


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                yield entry


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _marks(paths: Mapping[str, object]) -> dict[str, tuple[int, int, int]]:
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = _mark(Path(path).stat())
    return found


def _libraries() -> dict[str, None]:
    """Return the paths of the system's libraries that this process has loaded; Linux tells them."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    paths = (line.split(maxsplit=5)[5] for line in lines if ".so" in line)
    return dict.fromkeys(path for path in paths if path.startswith("/"))


def _plain_settings(settings_file: Path) -> dict[str, Any] | None:
    """Return the settings, None when they ask for more than plain values, or cannot be read."""
    try:
        found = runpy.run_path(str(settings_file))
    except BaseException:  # noqa: BLE001 - a program of the site: the run that follows tells it
        return None
    settings = {name: value for name, value in found.items() if name.isupper()}
    is_plain = all(map(_is_plain, settings.values()))
    return settings if is_plain and settings.get("PLUGINS") == [PLUGIN] else None


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(map(_is_plain, (*value, *value.values())))
    return type(value) in _PLAIN


def _instant(settings: Mapping[str, Any]) -> datetime | None:
    """Return the instant of the run, aware, None when it is not written as a machine does."""
    try:
        if epoch := settings.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(epoch), UTC)
        now = datetime.fromisoformat(settings[_CLOCK])
    except (KeyError, OSError, OverflowError, TypeError, ValueError):
        return None
    return now if now.tzinfo else None


def _digest(root: Path, settings: Mapping[str, Any]) -> str | None:
    """Return a digest of all that shapes a run but its instant; None when it cannot be read."""
    plain = {name: value for name, value in settings.items() if name != _CLOCK}
    parts: list[str | bytes] = [repr(sorted(plain.items())), _head(root)]
    try:
        for name in ("PATH", "THEME"):
            folder = root / settings[name]
            for entry in _files(folder):
                parts.append(os.path.relpath(entry.path, folder))
                if entry.is_symlink():
                    return None  # What it leads to may change unseen.
                parts.append(Path(entry.path).read_bytes())
    except (KeyError, OSError, TypeError):
        return None
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _head(root: Path) -> str:
    """Return the last commit, and whether those before it are there."""
    command = ("git", "rev-parse", "--is-shallow-repository", "HEAD")
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return f"{done.returncode} {done.stdout}"
