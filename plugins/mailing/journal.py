"""The journal of the sendings to the list: `content/donnees/envois.yaml`, in the repository."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from plugins.content.folder import JOURNAL
from plugins.faults import ContentErrors
from plugins.front_matter.document import read_data
from plugins.front_matter.validation import validate
from plugins.models.data import SendingData, SendingsData, SendingState

_HEAD = """\
# Journal des envois de la lettre, écrit par la commande d’envoi : enregistrez-le dans git.
# « incertain » : le serveur a peut-être accepté le message. Demandez à la liste si elle a reçu la
# lettre. Si oui, écrivez « accepté » ; sinon, retirez cet envoi, ou recommencez avec ENCORE=oui.
""".encode()
WHEN_UNCERTAIN = (
    "Demandez à la liste si elle a reçu la lettre. Si oui, écrivez « accepté » dans "
    f"content/{JOURNAL.as_posix()} ; sinon, retirez-en cet envoi, ou recommencez avec ENCORE=oui."
)
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class JournalError(Exception):
    """The journal cannot be read or written; the message is French."""


class Journal:
    """The sendings, in order; each change is one atomic rename, and keeps the lines of editors.

    A sending is written as uncertain before the message is sent. It stays uncertain until the
    server's reply is known, whatever happens meanwhile, a power cut included.
    """

    def __init__(self, content: Path) -> None:
        self._path = content / JOURNAL
        self._shown = Path(content.name) / JOURNAL

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the journal: only one sending at a time reads, sends and writes.

        Raises JournalError when another sending holds it. The system frees the lock of a dead
        process.
        """
        lock = FileLock(self._path.with_name(".envois.lock"))
        with self._explaining():
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise JournalError(
                    "Un autre envoi est en cours. Attendez qu’il se termine, puis recommencez."
                ) from None
        try:
            with self._explaining():
                self._recover()
            yield
        finally:
            lock.release()

    def sendings(self) -> tuple[SendingData, ...]:
        """Return all sendings, accepted or uncertain; raise JournalError for an invalid journal."""
        return self._parsed(self._read())

    def begin(self, sending: SendingData) -> None:
        """Add a sending whose outcome is not known yet."""
        self._change(None, sending)

    def accept(self, sending: SendingData, reply: str) -> None:
        """Mark a begun sending as accepted by the server."""
        accepted = {"etat": SendingState.ACCEPTED, "reponse": reply}
        self._change(sending, SendingData.model_validate({**_values(sending), **accepted}))

    def withdraw(self, sending: SendingData) -> None:
        """Remove a begun sending that the server did not accept."""
        self._change(sending, None)

    def _change(self, old: SendingData | None, new: SendingData | None) -> None:
        """Replace the old sending by the new one, or add the new one at the end.

        Lines that an editor has written meanwhile are kept. Raises JournalError, and writes
        nothing, if the result could not be read back.
        """
        before = self._read()
        after = _edited(before, old, new)
        wanted = [new if sending == old else sending for sending in self._parsed(before)]
        if new not in wanted:
            wanted.append(new)
        if not self._holds(after, [sending for sending in wanted if sending]):
            raise JournalError(
                f"{self._shown.as_posix()} n’a pas la forme qu’il faut pour y écrire un envoi. "
                "Mettez chaque envoi en début de ligne, précédé d’un tiret, ses champs dessous."
            )
        with self._explaining():
            self._write(after)

    def _holds(self, data: bytes, sendings: list[SendingData]) -> bool:
        """True if the text, not written yet, reads as these sendings."""
        try:
            return list(self._parsed(data)) == sendings
        except JournalError:
            return False

    def _read(self) -> bytes:
        """Return the bytes of the journal, b"" when there is no file."""
        with self._explaining():
            if self._path.is_symlink():
                raise JournalError(
                    f"{self._shown.as_posix()} est un lien symbolique. "
                    "Copiez le fichier à sa place."
                )
            try:
                return self._path.read_bytes()
            except FileNotFoundError:
                return b""

    def _parsed(self, data: bytes) -> tuple[SendingData, ...]:
        if not data:
            return ()
        document, faults = read_data(self._shown, data, "envois")
        journal = None
        if document:
            journal, found = validate(document, SendingsData)
            faults += found
        if journal is None:
            raise JournalError(str(ContentErrors(faults)))
        return journal.sendings

    def _write(self, data: bytes) -> None:
        """Replace the journal in one atomic rename, flushed to the disk."""
        if not data:
            self._path.unlink(missing_ok=True)
            return
        fresh = self._path.with_name(f".{self._path.name}-{secrets.token_hex(4)}")
        try:
            with fresh.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if self._path.exists():
                shutil.copymode(self._path, fresh)
            fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)
        with suppress(OSError):  # a system that cannot open a folder needs none of it
            folder = os.open(self._path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _recover(self) -> None:
        """Remove temporary files of killed sendings; under the lock, none is in use."""
        for leftover in self._path.parent.glob(f".{self._path.name}-*"):
            leftover.unlink()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn an OSError into a JournalError, in French, with a remedy."""
        try:
            yield
        except OSError as error:
            if error.errno in _DISK_FULL:
                cause = "le disque est plein ou votre quota est atteint. Libérez de la place"
            elif error.errno in _DENIED:
                cause = "l’accès est refusé. Vérifiez les droits du dossier"
            else:
                cause = f"le système a répondu « {error.strerror or error} ». Vérifiez le disque"
            raise JournalError(
                f"Le journal {self._shown.as_posix()} ne peut pas être tenu : {cause}."
            ) from error


def _edited(before: bytes, old: SendingData | None, new: SendingData | None) -> bytes:
    """Return the journal's text with the old sending replaced, or the new one at the end."""
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    former, latter = _block(old, line_end), _block(new, line_end)
    if former and former in before:
        after = before.replace(former, latter)
        return b"" if after == _HEAD else after
    start = before or _HEAD
    if not start.endswith(b"\n"):
        start += line_end
    return start + latter if latter else before


def _block(sending: SendingData | None, line_end: bytes) -> bytes:
    """Return the lines of a sending, as YAML."""
    if sending is None:
        return b""
    text = yaml.safe_dump([_values(sending)], allow_unicode=True, sort_keys=False, width=1000)
    return text.encode().replace(b"\n", line_end)


def _values(sending: SendingData) -> dict[str, Any]:
    return sending.model_dump(mode="json", by_alias=True, exclude_none=True)
