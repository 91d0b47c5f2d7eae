"""The issues of the letter as PDF, each rendered once from the theme's template."""

from math import ceil
from urllib.parse import urljoin

from plugins.content.record import Record
from plugins.library.links import pictures_of
from plugins.models import LetterHeader
from plugins.outputs.pdf.cache import FileCache, fingerprint
from plugins.outputs.pdf.paper_links import with_addresses
from plugins.outputs.pdf.pdf import Pdf, PdfSource, to_pdf
from plugins.theme.media import paper
from plugins.theme.theme import Theme, in_srgb, whole
from plugins.views.letters import LetterView, letter_view, pdf_address
from plugins.views.site import Site

# Fictitious host (RFC 2606) of the theme's files for the PDF, which are not published.
_STYLE_ADDRESS = "https://theme.invalid/print/letter.css"
# Room in the margin of the cover: characters per line; lines, one more for the rule of a title;
# lines that an image takes.
_MARGIN_CHARACTERS = 24
_MARGIN_LINES = 34
_IMAGE_LINES = 11


class LetterPrint:
    """The issues of the letter as PDF."""

    def __init__(self, site: Site, theme: Theme, cache: FileCache) -> None:
        """Take the site, the theme and the cache of unchanged PDFs."""
        self._site = site
        self._theme = theme
        self._cache = cache
        self._paper = paper(site)
        folder = theme.folder / "print"
        self._style = in_srgb(whole(folder / "letter.css"))
        self._fonts = {
            urljoin(_STYLE_ADDRESS, f"fonts/{path.name}"): path.read_bytes()
            for path in sorted((folder / "fonts").glob("*.ttf"))
        }

    def pdf(self, letter: Record[LetterHeader]) -> Pdf:
        """Return the issue's PDF. Raises PdfError."""
        source = self.source(letter)
        key = fingerprint(source)
        if (kept := self._cache.get(key)) is not None:
            return _read(kept)
        pdf = to_pdf(source)
        self._cache.put(key, _written(pdf))
        return pdf

    def source(self, letter: Record[LetterHeader]) -> PdfSource:
        """Return the source of the issue's PDF: HTML, style sheets, pictures, fonts."""
        view = letter_view(letter, self._site.index, lit_day=None)
        html = self._theme.fill(
            "print/letter.html",
            site=self._site.view,
            letter=view,
            frise=self._site.frise(view.year),
            has_long_contents=_has_long_contents(view),
            medium=self._paper,
        )
        address = self._site.absolute(letter.address)
        pictures = self._pictures(letter, address)
        files = {**self._fonts, **pictures}
        return PdfSource(
            with_addresses(html, address),
            # Not the page's address: WeasyPrint would resolve links to the page inside the PDF.
            self._site.absolute(pdf_address(letter)),
            self._style,
            _STYLE_ADDRESS,
            files,
        )

    def _pictures(self, letter: Record[LetterHeader], address: str) -> dict[str, bytes]:
        """Return the pictures of the letter by address, resolved from its page."""
        index = self._site.index
        paths = {index.resolve(letter, link.target) for link in pictures_of(letter)}
        file_of = index.contents.file_of
        return {urljoin(address, path): file_of(path).read_bytes() for path in paths}


def _has_long_contents(letter: LetterView) -> bool:
    """Return True when the titles of the rubrics may overflow the margin of the cover."""
    titles = [rubric.heading.title for rubric in letter.rubrics if rubric.heading]
    lines = sum(1 + ceil(len(title) / _MARGIN_CHARACTERS) for title in titles)
    return lines > _MARGIN_LINES - (_IMAGE_LINES if letter.image else 0)


def _written(pdf: Pdf) -> bytes:
    """Return a PDF for the cache: number of pages, line feed, document."""
    return b"%d\n%b" % (pdf.pages, pdf.data)


def _read(kept: bytes) -> Pdf:
    pages, _, data = kept.partition(b"\n")
    return Pdf(data, int(pages))
