"""PDFs kept from one run to the next, by the fingerprint of all that shapes them."""

import hashlib
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path

from plugins.outputs.pdf.engine import versions
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf
from plugins.store import Store

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
    """PDFs in a store, by their fingerprint."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store

    def pdf(self, source: PdfSource) -> Pdf:
        """Return the PDF of a source, drawn unless it is kept. Raises PdfError."""
        key = f"pdf:{fingerprint(source)}"
        if (kept := self._store.get(key)) is not None:
            pages, _, data = kept.partition(b"\n")
            return Pdf(data, int(pages))
        pdf = to_pdf(source)
        self._store.put(key, b"%d\n%b" % (pdf.pages, pdf.data))
        return pdf
