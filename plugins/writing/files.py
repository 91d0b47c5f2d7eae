"""Files written whole or not at all; none is ever overwritten without being meant to."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write_all(root: Path, new: Mapping[Path, str], changed: Mapping[Path, str]) -> None:
    """Write new files, then put changed ones in the place of former ones; or leave all as it was.

    Paths are relative to a root. Raises FileExistsError for a new file that is there already.
    """
    written: list[Path] = []
    try:
        for path, text in new.items():
            _write_new(root / path, text)
            written.append(root / path)
        for path, text in changed.items():
            with _beside(root / path, text) as whole:
                whole.replace(root / path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text) as whole:
        # Unlike a renaming, a link never takes the place of a file.
        os.link(whole, path)


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Yield a hidden file that holds a text, in the folder of a path; it is gone afterwards."""
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        whole.write_bytes(text.encode())
        yield whole
    finally:
        whole.unlink(missing_ok=True)
