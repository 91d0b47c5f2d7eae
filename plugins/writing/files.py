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
                path: stack.enter_context(_beside(root / path, changed[path])) for path in changed
            }
            for path, text in new.items():
                _write_new(root / path, text)
                written.append(root / path)
            for path, file in whole.items():
                shutil.copymode(root / path, file)
                file.replace(root / path)
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, text) as whole:
        try:
            # Unlike a renaming, a link never takes the place of a file.
            os.link(whole, path)
        except FileExistsError:
            raise
        except OSError:
            # Some disks know no links.
            with path.open("xb") as file:
                file.write(whole.read_bytes())


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """Yield a hidden file that holds a text, in the folder of a path; it is gone afterwards."""
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        whole.write_bytes(text.encode())
        yield whole
    finally:
        whole.unlink(missing_ok=True)
