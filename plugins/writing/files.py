"""Files written whole or not at all; none is ever overwritten without being meant to."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


def write_all(root: Path, new: Mapping[Path, str], changed: Mapping[Path, str]) -> None:
    """Write new files, and others anew; nothing when one of them cannot be written.

    Paths are relative to a root. Raises FileExistsError for a new file that is there already.
    """
    written: list[Path] = []
    with ExitStack() as stack:
        try:
            whole = {
                path: stack.enter_context(_beside(root / path, text.encode()))
                for path, text in changed.items()
            }
            for path, text in new.items():
                _write_new(root / path, text.encode())
                written.append(root / path)
            for path, file in whole.items():
                _put(file, root / path)
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise


def write_anew(path: Path, data: bytes) -> None:
    """Give a file other bytes, in one rename, so that it is never half written."""
    with _beside(path, data) as whole:
        _put(whole, path)


def _put(whole: Path, path: Path) -> None:
    shutil.copymode(path, whole)
    whole.replace(path)


def _write_new(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, data) as whole:
        try:
            # Unlike a renaming, a link never takes the place of a file.
            os.link(whole, path)
        except FileExistsError:
            raise
        except OSError:
            # Some disks know no links.
            _copy_new(whole, path)


def _copy_new(whole: Path, path: Path) -> None:
    with path.open("xb") as file:
        try:
            file.write(whole.read_bytes())
        except BaseException:
            path.unlink()
            raise


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yield a hidden file that holds some bytes, in the folder of a path; it is gone afterwards."""
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with whole.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield whole
    finally:
        whole.unlink(missing_ok=True)
