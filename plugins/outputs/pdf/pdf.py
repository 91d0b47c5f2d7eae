"""PDF that assistive technologies can read: PDF/UA-1 (ISO 14289-1), by WeasyPrint."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from logging import LogRecord
from types import ModuleType
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageChops

from plugins.outputs.pdf.engine import (
    MissingPangoError,
    PdfFault,
    faults_of,
    recorded,
    weasyprint,
)
from plugins.outputs.pdf.structure import completed, tell_headers

# A link may open neither a script nor a file of the reader's machine.
_LINK_SCHEMES = {"http", "https", "mailto", "tel"}
# Pictures are brought down to what paper shows (dots per inch; JPEG's quality, 95 at most).
_OPTIONS: Final[Mapping[str, object]] = {
    "pdf_variant": "pdf/ua-1",
    "optimize_images": True,
    "dpi": 200,
    "jpeg_quality": 85,
}
# Characters of an address that a message shows.
_SHOWN = 120
_MISSING_PANGO = (
    "il manque Pango, qui compose les PDF. Relancez « make » ou installez-le : "
    "sous Debian ou Ubuntu, sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 ; "
    "sous macOS, brew install pango"
)

_PNG_START = b"\x89PNG"
# Grey in 16 bits, as Pillow names it whatever the order of its bytes.
_DEEP_GREY = "I;16"


@dataclass(frozen=True, slots=True)
class PdfSource:
    """All that a PDF is made of.

    `html` is a whole page: `lang`, `title` and the elements `meta` (`author`, `description`,
    `keywords`, `dcterms.created`) become the document's properties, its headings the bookmarks.
    Relative links start from `address`, those of the style sheet from `style_address`. `files` are
    the only files that may be read, by absolute address.
    """

    html: str
    address: str
    style: str
    style_address: str
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document and the number of its pages."""

    data: bytes = field(repr=False)
    pages: int


class PdfError(Exception):
    """The PDF cannot be made, or would lack something: there is at least one fault."""

    def __init__(self, faults: tuple[PdfFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return " ; ".join(fault.message for fault in self.faults)


def to_pdf(source: PdfSource) -> Pdf:
    """Draw the PDF; the same source gives the same bytes. Raises PdfError."""
    if "@font-face" not in source.style:
        # Pango ends the program when it has no font at all.
        message = "the style sheet declares no font"
        raise ValueError(message)
    try:
        with weasyprint() as engine, recorded() as records:
            fetch = _Fetcher(source.files, engine.urls.URLFetcherResponse)
            pdf = _composed(engine, source, fetch, records)
    except MissingPangoError as error:
        raise PdfError((PdfFault(_MISSING_PANGO),)) from error
    faults = (
        *(PdfFault(f"{_short(x)} n’est pas un fichier du site") for x in fetch.refused),
        *faults_of(record for record in records if not fetch.has_refused(record)),
    )
    if pdf is None or faults:
        raise PdfError(faults)
    return pdf


def _composed(
    engine: ModuleType, source: PdfSource, fetch: "_Fetcher", records: list[LogRecord]
) -> Pdf | None:
    """Draw the PDF; None when the style sheet or its fonts are at fault, as recorded."""
    fonts = engine.text.fonts.FontConfiguration()
    style = engine.CSS(
        string=source.style,
        base_url=source.style_address,
        url_fetcher=fetch,
        font_config=fonts,
    )
    if records:
        return None
    options = {**_OPTIONS, "stylesheets": [style]}
    page = engine.HTML(string=completed(source.html), base_url=source.address, url_fetcher=fetch)
    document = page.render(font_config=fonts, **options)
    _refuse_harm(document)
    _tell_links_once(document)
    data = document.write_pdf(finisher=lambda drawn, _: tell_headers(drawn), **options)
    return Pdf(data, len(document.pages))


def _refuse_harm(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Raise PdfError for embedded files, and for links to scripts or to files of the machine."""
    links = [link for page in document.pages for link in page.links]
    if document.metadata.attachments or any(kind == "attachment" for kind, *_ in links):
        raise PdfError((PdfFault("un fichier joint ne peut pas être mis dans le PDF"),))
    opened = dict.fromkeys(target for kind, target, *_ in links if kind == "external")
    if harmful := [x for x in opened if urlsplit(x).scheme.lower() not in _LINK_SCHEMES]:
        raise PdfError(tuple(PdfFault(f"un PDF ne peut pas ouvrir {_short(x)}") for x in harmful))


def _tell_links_once(document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Keep one link per link element: one for each element inside breaks ISO 14289-1, 7.18.5."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[-1].link]


def _short(address: str) -> str:
    return address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"


class _Fetcher:
    """Gives the files of a source by their address; remembers the addresses that it refused."""

    # WeasyPrint then goes on when a fetcher raises, so that all faults show.
    _fail_on_errors = False

    def __init__(
        self, files: Mapping[str, bytes], response: Callable[[str, bytes], object]
    ) -> None:
        self._response = response
        self._files = {unquote(address): data for address, data in files.items()}
        self.refused: dict[str, None] = {}

    def __call__(self, address: str) -> object:
        data = self._files.get(unquote(address))
        if data is None:
            self.refused[address] = None
            message = "not a file of the source"
            raise LookupError(message)
        return self._response(address, in_eight_bits(data))

    def has_refused(self, record: LogRecord) -> bool:
        """Return True when a record only says that an address was refused."""
        return (
            isinstance(record.args, tuple) and bool(record.args) and record.args[0] in self.refused
        )


def in_eight_bits(data: bytes) -> bytes:
    """Reduce a picture to 8 bits per channel, its transparency kept.

    WeasyPrint knows no grey in 16 bits, which PNG alone has. Other files are returned unchanged.
    """
    if not data.startswith(_PNG_START):
        return data
    try:
        picture = Image.open(io.BytesIO(data))
    except (OSError, Image.DecompressionBombError):
        return data
    if not picture.mode.startswith(_DEEP_GREY):
        return data
    try:
        pixels = picture.tobytes("raw", f"{_DEEP_GREY}B")
    except (OSError, SyntaxError):
        return data  # WeasyPrint cannot read it either, and says so
    high, low = (Image.frombytes("L", picture.size, pixels[first::2]) for first in (0, 1))
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        kept = ImageChops.lighter(_other_than(high, clear >> 8), _other_than(low, clear & 0xFF))
        high = Image.merge("LA", (high, kept))
    buffer = io.BytesIO()
    high.save(buffer, "PNG")
    return buffer.getvalue()


def _other_than(picture: Image.Image, grey: int) -> Image.Image:
    """Return a mask: 0 where a picture has that grey, 255 elsewhere."""
    return picture.point([0 if value == grey else 255 for value in range(256)])
