"""Files kept from one run to the next, under a digest of all that shapes them.

Without the cache everything works, only slower.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

_DIGEST_SIZE = hashlib.sha256().digest_size


class FileCache:
    """Files of one folder, named by their key: a digest in hexadecimal.

    A file begins with the digest of its bytes: a damaged one counts as missing. The `most` last
    used are kept. A file that cannot be read is missing, one that cannot be written is not kept.
    """

    def __init__(self, folder: Path, most: int) -> None:
        """`folder` may not exist yet."""
        self._folder = folder
        self._most = most

    def get(self, key: str) -> bytes | None:
        """Return the bytes put under the key, or None."""
        path = self._folder / key
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, data = entry[:_DIGEST_SIZE], entry[_DIGEST_SIZE:]
        if hashlib.sha256(data).digest() != digest:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes under the key; another process reads all of them, or none."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
                path = Path(file.name)
                try:
                    file.write(hashlib.sha256(data).digest() + data)
                    file.flush()
                    path.replace(self._folder / key)
                finally:
                    path.unlink(missing_ok=True)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Remove all but the last used; in time, the half-written file of a killed run too."""
        paths = list(self._folder.iterdir())
        if len(paths) <= self._most:
            # Asking for the time of thousands of files takes longer than making one.
            return
        entries = [(path.stat().st_mtime_ns, path) for path in paths]
        for _, path in sorted(entries, reverse=True)[self._most :]:
            path.unlink(missing_ok=True)
