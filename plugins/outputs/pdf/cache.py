"""PDFs kept from one run to the next, by the fingerprint of all that shapes them."""

from plugins.outputs.pdf.engine import versions
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf
from plugins.store import Store, key_of


def fingerprint(source: PdfSource) -> str:
    """Return the key of a kept PDF, made of all that shapes it: its source, our code, WeasyPrint.

    Two PDFs that may differ have different fingerprints.
    """
    return key_of(
        "pdf",
        *versions(),
        source.html,
        source.address,
        source.style,
        source.style_address,
        *(part for item in sorted({**source.fonts, **source.pictures}.items()) for part in item),
    )


class PdfCache:
    """PDFs in a store, by their fingerprint."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self.store = store

    def pdf(self, source: PdfSource) -> Pdf:
        """Return the PDF of a source, drawn unless it is kept. Raises PdfError."""
        key = fingerprint(source)
        if (kept := self.store.get(key)) is not None:
            pages, _, data = kept.partition(b"\n")
            return Pdf(data, int(pages))
        pdf = to_pdf(source)
        self.store.put(key, b"%d\n%b" % (pdf.pages, pdf.data))
        return pdf
