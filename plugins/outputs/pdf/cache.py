"""PDFs kept from one run to the next, by the fingerprint of all that shapes them.

Without the cache everything works, only slower.
"""

import hashlib
import os
from contextlib import suppress
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path
from tempfile import NamedTemporaryFile

from plugins.outputs.pdf.engine import versions
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf

_DIGEST_SIZE = hashlib.sha256().digest_size
_ROOT = Path(__file__).parents[3]
"""The folder in which the names of our modules start."""


def fingerprint(source: PdfSource) -> str:
    """Return a digest of all that shapes a kept PDF: its source, our modules, WeasyPrint.

    Two PDFs that may differ have different fingerprints.
    """
    digest = hashlib.sha256()
    parts = (
        *versions(),
        *_modules(),
        source.html,
        source.address,
        source.style,
        source.style_address,
        *(part for item in sorted({**source.fonts, **source.pictures}.items()) for part in item),
    )
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@cache
def _modules() -> tuple[bytes, ...]:
    """Return the sources of this module and of all our modules that it imports, by name."""
    finder = ModuleFinder([str(_ROOT)])
    finder.import_hook(__name__)
    files = {name: getattr(module, "__file__", None) for name, module in finder.modules.items()}
    return tuple(Path(file).read_bytes() for _, file in sorted(files.items()) if file)


class PdfCache:
    """Files of one folder, named by their key: a digest in hexadecimal.

    A file begins with the digest of its bytes: a damaged one counts as missing. The `most` last
    used are kept. A file that cannot be read is missing, one that cannot be written is not kept.
    """

    def __init__(self, folder: Path, most: int) -> None:
        """`folder` may not exist yet."""
        self._folder = folder
        self._most = most

    def pdf(self, source: PdfSource) -> Pdf:
        """Return the PDF of a source, drawn unless it is kept. Raises PdfError."""
        key = fingerprint(source)
        if (kept := self.get(key)) is not None:
            pages, _, data = kept.partition(b"\n")
            return Pdf(data, int(pages))
        pdf = to_pdf(source)
        self.put(key, b"%d\n%b" % (pdf.pages, pdf.data))
        return pdf

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
        entries = [(path.stat().st_mtime_ns, path) for path in self._folder.iterdir()]
        for _, path in sorted(entries, reverse=True)[self._most :]:
            path.unlink(missing_ok=True)
