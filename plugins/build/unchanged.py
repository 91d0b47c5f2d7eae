"""Nothing to do: the last run had the same inputs, and what it wrote still stands.

Loaded by itself, before Pelican and the rest of our code: reading and comparing takes a part of a
second, whatever the size of the site.
"""

import hashlib
import os
import pickle
import runpy
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from plugins.build.report import print_faults, print_line
from plugins.faults import ContentError
from plugins.store import key_of, store_of

PLUGIN = "plugins.passerelle"
CONTENT, THEME = "PATH", "THEME"
"""The settings that name the folders of what is read."""
_CLOCK = "BUILD_DATE"
_PLAIN = (str, bytes, int, float, bool, type(None), timezone)


class Mark(NamedTuple):
    """What changes with a file: its size, the time of its last change, its inode."""

    size: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that shapes a run but its instant: the settings, the last commit, the files.

    `files` are digests, by the name of the setting and the path in its folder: `PATH:pages/a.md`.
    """

    settings: str
    commit: str
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """A digest of all of them."""
        return key_of("inputs", self.settings, self.commit, repr(sorted(self.files.items())))


@dataclass(frozen=True, slots=True)
class Run:
    """What a run said and left, and until when another one would do the same.

    `files` are those of its output, by their names; none for a check. `libraries` are those of the
    system that it loaded.
    """

    inputs: str
    since: datetime
    until: datetime
    faults: tuple[ContentError, ...]
    lines: tuple[str, ...]
    files: Mapping[str, Mark]
    libraries: Mapping[str, Mark]


class LastRun:
    """The last run of a command with some settings, and whether it may stand for the next one."""

    def __init__(self, settings_file: Path, command: str, output: Path | None = None) -> None:
        """Read the inputs of the run to come, as they are now."""
        self._output = output
        self._store = store_of(settings_file.absolute().parent)
        settings = str(settings_file.absolute())
        self._key = key_of("run", command, settings, str(output))
        self.key_of_items = key_of("items", command, settings, str(output))
        self.key_of_settings = key_of("values", settings)
        self._root = settings_file.absolute().parent
        self._settings = _plain_settings(settings_file)
        self.inputs = self._read()
        self.now = _instant(self._settings) if self._settings else None

    def _read(self) -> Inputs | None:
        return _inputs(self._root, self._settings) if self._settings else None

    @cached_property
    def run(self) -> Run | None:
        """The last run, None when none is known."""
        kept = self._store.get(self._key)
        return pickle.loads(kept) if kept else None  # noqa: S301 - ours, under its sum

    def has_its_output(self) -> bool:
        """Return True when each file that the last run wrote is there now, and no other."""
        files = marks(self._output) if self._output else {}
        return self.run is not None and self.run.files == files

    def same(self) -> Run | None:
        """Return the last run when this one would do the same, else None."""
        if not self.inputs or not self.now:
            return None
        run = self.run
        is_same = (
            run
            and run.inputs == self.inputs.digest
            and run.since <= self.now < run.until
            and self.has_its_output()
            and has_libraries(run.libraries)
        )
        return run if is_same else None

    def kept(self, key: str) -> bytes | None:
        """Return what a former run kept under a key."""
        return self._store.get(key)

    def said(self) -> bool:
        """Say what the last run said, when this one would do the same; return whether it does."""
        run = self.same()
        if run:
            print_faults(run.faults)
            for line in run.lines:
                print_line(line)
        return bool(run)

    def keep(
        self,
        until: datetime,
        faults: tuple[ContentError, ...],
        lines: tuple[str, ...],
        others: Mapping[str, bytes] | None = None,
    ) -> None:
        """Remember the run that ends, unless its inputs cannot be told from others.

        `others` is kept with it, by keys of the store.
        """
        # A file that changed meanwhile may be in this run, or not.
        if self.inputs and self.now and self.inputs == self._read():
            files = marks(self._output) if self._output else {}
            used = libraries()
            run = Run(self.inputs.digest, self.now, until, faults, lines, files, used)
            self._store.keep({self._key: pickle.dumps(run), **(others or {})})


def marks(folder: Path) -> dict[str, Mark]:
    """Return the marks of all files of a folder, by their paths; empty for a missing folder."""
    start = len(os.fspath(folder)) + 1
    return {entry.path[start:]: mark(entry.stat()) for entry in _files(os.fspath(folder))}


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                yield entry


def mark(found: os.stat_result) -> Mark:
    """Return the mark of a file."""
    return Mark(found.st_size, found.st_mtime_ns, found.st_ino)


def _marks(paths: Iterable[str]) -> dict[str, Mark]:
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = mark(Path(path).stat())
    return found


def libraries() -> dict[str, Mark]:
    """Return the marks of the system's libraries that this process has loaded."""
    return _marks(_loaded())


def _loaded() -> Iterable[str]:
    """Return the paths of the libraries that this process has loaded; Linux tells them."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    paths = (line.split(maxsplit=5)[5] for line in lines if ".so" in line)
    return dict.fromkeys(path for path in paths if path.startswith("/"))


def has_libraries(used: Mapping[str, Mark]) -> bool:
    """Return True when libraries of the system are still those that were used."""
    return _marks(used) == used


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


def _inputs(root: Path, settings: Mapping[str, Any]) -> Inputs | None:
    """Return the inputs of a run; None when they cannot be read."""
    plain = {name: value for name, value in settings.items() if name != _CLOCK}
    files: dict[str, str] = {}
    try:
        for name in (CONTENT, THEME):
            folder = os.fspath(root / settings[name])
            start = len(folder) + 1
            for entry in _files(folder):
                if entry.is_symlink():
                    return None  # What it leads to may change unseen.
                with open(entry.path, "rb") as file:  # noqa: PTH123 - twice as fast as Path
                    digest = hashlib.sha256(file.read())
                files[f"{name}:{entry.path[start:]}"] = digest.hexdigest()
    except (KeyError, OSError, TypeError):
        return None
    return Inputs(repr(sorted(plain.items())), _head(root), files)


def _head(root: Path) -> str:
    """Return the last commit, and whether those before it are there."""
    command = ("git", "rev-parse", "--is-shallow-repository", "HEAD")
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return f"{done.returncode} {done.stdout}"
