"""All-or-nothing output: a build replaces a folder as a whole, or not at all."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

LOCK_TIMEOUT = 120.0
"""Seconds that a build waits for another one to finish."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h on macOS
_NOT_SUPPORTED: set[int | None] = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_DISK_FULL: set[int | None] = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StagingError(Exception):
    """The output cannot be written or replaced; the message is French, for editors."""


@contextmanager
def staged(
    output: Path,
    *,
    sources: Iterable[Path] = (),
    timeout: float = LOCK_TIMEOUT,
    on_wait: Callable[[], None] | None = None,
    clear: Callable[[Path], None] | None = None,
    keeps_former: bool = False,
) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `output` when the block ends well.

    The replacement is one atomic rename. When the block raises, or the process is killed at
    any moment, the former `output` stays. Only one build at a time writes to an output: a second
    one calls `on_wait`, waits up to `timeout` seconds, then raises.

    `sources` are folders that `output` must never contain, like the working directory. `clear`
    removes the former site, or what was written of this one: by default, before this ends. One that
    `keeps_former` leaves the former site at `former_of(output)`.

    Raises StagingError when `output` cannot be replaced, is being built, or the disk is full.
    """
    output = output.parent.resolve() / output.name
    _refuse(output, sources)
    with _explaining(output):
        output.parent.mkdir(parents=True, exist_ok=True)
    with _locked(output, timeout, on_wait):
        with _explaining(output):
            _recover(output)
            staging = output.parent / f".{output.name}-{secrets.token_hex(4)}"
            staging.mkdir()
        try:
            with _explaining(output, codes=_DISK_FULL):
                yield staging
            _refuse(output, sources)
            with _explaining(output):
                _commit(staging, output)
                if keeps_former and staging.exists():
                    _keep(staging, former_of(output))
        finally:
            (clear or _clear)(staging)


def _keep(staging: Path, former: Path) -> None:
    """Put `staging` at `former`; afterwards it holds what was there, if anything."""
    if former.exists():
        try:
            _exchange(staging, former)
        except OSError:
            shutil.rmtree(former, ignore_errors=True)
        else:
            return
    staging.rename(former)


def former_of(output: Path) -> Path:
    """Return the folder of the site that the last build replaced, which may be missing."""
    return output.parent / f".{output.name}.former"


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def remove(output: Path) -> None:
    """Delete `output` and the leftovers of killed builds beside it, once no build runs."""
    output = output.parent.resolve() / output.name
    _refuse(output, ())
    with _locked(output, LOCK_TIMEOUT, None), _explaining(output):
        _recover(output)
        for folder in (output, former_of(output)):
            if folder.exists():
                shutil.rmtree(folder)


def _refuse(output: Path, sources: Iterable[Path]) -> None:
    """Raise StagingError if replacing `output` would destroy something else than a built site."""
    if output.is_symlink():
        raise StagingError(
            f"Le dossier de sortie « {output} » est un lien symbolique. "
            "Supprimez ce lien ou indiquez un vrai dossier."
        )
    if output.exists() and not output.is_dir():
        raise StagingError(
            f"« {output} » est un fichier, il faut un dossier. "
            "Renommez ce fichier ou indiquez un autre dossier de sortie."
        )
    for source in (Path.cwd(), *sources):
        if source.resolve().is_relative_to(output):
            raise StagingError(
                f"Le dossier de sortie « {output} » contient vos sources ({source}) : "
                "la compilation les effacerait. Indiquez un autre dossier de sortie."
            )
    if (output / ".git").exists():
        raise StagingError(
            f"Le dossier de sortie « {output} » est un dépôt git : la compilation l’effacerait. "
            "Indiquez un autre dossier de sortie."
        )
    if os.path.ismount(output):
        raise StagingError(
            f"Le dossier de sortie « {output} » est un point de montage, il ne peut pas être "
            "remplacé d’un seul coup. Indiquez un dossier placé à l’intérieur."
        )


@contextmanager
def _locked(output: Path, timeout: float, on_wait: Callable[[], None] | None) -> Iterator[None]:
    """Hold the lock of this output; the system frees the lock when the process dies."""
    lock = FileLock(output.parent / f".{output.name}.lock")
    try:
        with _explaining(output):
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if on_wait is not None:
                    on_wait()
                lock.acquire(timeout=timeout)
    except Timeout as error:
        raise StagingError(
            f"Une autre compilation vers « {output} » est en cours depuis plus de "
            f"{timeout:.0f} s. Attendez qu’elle se termine, ou arrêtez-la, puis recommencez."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _recover(output: Path) -> None:
    """Put back or remove the leftovers of killed builds; under the lock, none is in use."""
    previous = _previous(output)
    if previous.is_dir() and not output.exists():
        previous.rename(output)
    shutil.rmtree(previous, ignore_errors=True)
    leftover = re.compile(rf"\.{re.escape(output.name)}-[0-9a-f]{{8}}")
    for path in output.parent.iterdir():
        if leftover.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _commit(staging: Path, output: Path) -> None:
    """Put `staging` at `output` in one step; afterwards `staging` holds the former site, if any."""
    if not any(staging.iterdir()):
        raise StagingError(
            f"La compilation n’a produit aucun fichier : « {output} » reste tel quel."
        )
    _flush(staging)
    if not output.exists():
        staging.rename(output)
    else:
        shutil.copymode(output, staging)
        try:
            _exchange(staging, output)
        except OSError as error:
            if error.errno not in _NOT_SUPPORTED:
                raise
            _replace_in_two_steps(staging, output)
    _flush_folder(output.parent)


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders atomically: renameat2(2) on Linux, renamex_np(2) on macOS.

    Raises OSError with ENOSYS or EINVAL where the system or the file system cannot.
    """
    source, target = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        _call("renameat2", _AT_FDCWD, source, _AT_FDCWD, target, _RENAME_EXCHANGE)
    elif sys.platform == "darwin":
        _call("renamex_np", source, target, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _call(function: str, *arguments: int | bytes) -> None:
    """Call a function of the C library; raise OSError with its errno, ENOSYS for an absent one."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, function):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), function)
    if getattr(library, function)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), function)


def _replace_in_two_steps(staging: Path, output: Path) -> None:
    """Replace `output` where no swap exists; the next build mends a kill in between."""
    previous = _previous(output)
    output.rename(previous)
    try:
        staging.rename(output)
    except OSError:
        previous.rename(output)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _previous(output: Path) -> Path:
    return output.parent / f".{output.name}.previous"


def _flush(folder: Path) -> None:
    """Write all files of the folder to the disk, so that a power cut cannot leave them empty.

    One syncfs(2) costs less than an fsync(2) per file, and also reports a full disk.
    """
    if sys.platform == "linux":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _call("syncfs", descriptor)
        finally:
            os.close(descriptor)
    else:
        for path in folder.rglob("*"):
            if path.is_file():
                with path.open("r+b") as file:
                    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Write a folder's entries to the disk; systems that cannot open a folder need no flush."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explaining(output: Path, *, codes: set[int | None] | None = None) -> Iterator[None]:
    """Turn OSErrors (those of `codes`, or all) into StagingErrors, in French, with a remedy."""
    try:
        yield
    except Timeout:
        raise
    except OSError as error:
        if codes is not None and error.errno not in codes:
            raise
        if error.errno in _DISK_FULL:
            cause = "le disque est plein ou votre quota est atteint. Libérez de la place"
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            where = error.filename or output.parent
            cause = f"l’écriture est refusée dans « {where} ». Vérifiez les droits de ce dossier"
        else:
            cause = f"le système a répondu « {error.strerror or error} ». Vérifiez le disque"
        raise StagingError(
            f"Le site n’a pas pu être écrit : {cause}, puis recommencez. "
            f"« {output} » reste tel quel."
        ) from error
