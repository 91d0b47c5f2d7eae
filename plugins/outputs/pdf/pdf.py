"""PDF that assistive technologies can read: PDF/UA-1 (ISO 14289-1), by WeasyPrint."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from types import ModuleType
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from PIL import Image

from plugins.outputs.pdf.causes import (
    PdfFault,
    causes_in_page,
    causes_in_picture,
    characters_of,
)
from plugins.outputs.pdf.engine import MissingPangoError, recorded, weasyprint
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

_ALONE = '<html lang="fr"><title>x</title><img src="{}" alt="x">'
_PNG_START = b"\x89PNG"
# Grey in 16 bits, as Pillow names it whatever the order of its bytes.
_DEEP_GREY = "I;16"
_DEEP_VALUES = range(0x10000)


@dataclass(frozen=True, slots=True)
class PdfSource:
    """All that a PDF is made of.

    `html` is a whole page: `lang`, `title` and the elements `meta` (`author`, `description`,
    `keywords`, `dcterms.created`) become the document's properties, its headings the bookmarks.
    Relative links start from `address`, those of the style sheet from `style_address`. `fonts` and
    `pictures` are the only files that may be read, by absolute address.
    """

    html: str
    address: str
    style: str
    style_address: str
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


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
    """Draw the PDF; the same source gives the same bytes. Raises PdfError.

    Any complaint of WeasyPrint refuses the PDF: its causes are told, or its words when the source
    shows none.
    """
    if "@font-face" not in source.style:
        # Pango ends the program when it has no font at all.
        message = "the style sheet declares no font"
        raise ValueError(message)
    try:
        with weasyprint() as engine:
            drawing = _Drawing(engine, source)
            if drawing.pdf and not drawing.complaints and not drawing.refused:
                return drawing.pdf
            faults = dict.fromkeys(_causes(engine, source, drawing))
    except MissingPangoError as error:
        raise PdfError((PdfFault(_MISSING_PANGO),)) from error
    raise PdfError(tuple(faults or dict.fromkeys(map(_unexplained, drawing.complaints))))


class _Drawing:
    """A PDF drawn by WeasyPrint, None when its style sheet or fonts are at fault.

    It gives WeasyPrint the files of the source, and remembers those `read` and the addresses
    `refused`. `lost` are the names in links that no place of the PDF has.
    """

    # WeasyPrint then goes on when a fetcher raises, so that all faults show.
    _fail_on_errors = False

    def __init__(self, engine: ModuleType, source: PdfSource) -> None:
        files = {**source.fonts, **source.pictures}
        self._files = {unquote(address): data for address, data in files.items()}
        self._response = engine.urls.URLFetcherResponse
        self.read: dict[str, bytes] = {}
        self.refused: list[str] = []
        self.lost: list[str] = []
        with recorded() as self.complaints:
            self.pdf = self._draw(engine, source)

    def __call__(self, address: str) -> object:
        """Return the file at an address, as WeasyPrint wants its fetcher to do."""
        data = self._files.get(unquote(address))
        if data is None:
            self.refused.append(address)
            message = "not a file of the source"
            raise LookupError(message)
        self.read[address] = data
        return self._response(address, in_eight_bits(data))

    def _draw(self, engine: ModuleType, source: PdfSource) -> Pdf | None:
        fonts = engine.text.fonts.FontConfiguration()
        style = engine.CSS(
            string=source.style,
            base_url=source.style_address,
            url_fetcher=self,
            font_config=fonts,
        )
        if self.complaints:
            return None
        options = {**_OPTIONS, "stylesheets": [style]}
        html = completed(source.html)
        page = engine.HTML(string=html, base_url=source.address, url_fetcher=self)
        document = page.render(font_config=fonts, **options)
        self._check_links(document)
        data = document.write_pdf(finisher=lambda drawn, _: tell_headers(drawn), **options)
        return Pdf(data, len(document.pages))

    def _check_links(self, document: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Find the lost links, and keep one per link element: more break ISO 14289-1, 7.18.5.

        Raises PdfError for embedded files, and for links to scripts or to files of the machine.
        """
        links = [link for page in document.pages for link in page.links]
        if document.metadata.attachments or any(kind == "attachment" for kind, *_ in links):
            raise PdfError((PdfFault("un fichier joint ne peut pas être mis dans le PDF"),))
        opened = dict.fromkeys(target for kind, target, *_ in links if kind == "external")
        if harmful := [x for x in opened if urlsplit(x).scheme.lower() not in _LINK_SCHEMES]:
            told = (f"un PDF ne peut pas ouvrir {_short(address)}" for address in harmful)
            raise PdfError(tuple(map(PdfFault, told)))
        places = {name for page in document.pages for name in page.anchors}
        self.lost = [x for kind, x, *_ in links if kind == "internal" and x not in places]
        for page in document.pages:
            page.links[:] = [link for link in page.links if link[-1].link]


def _causes(engine: ModuleType, source: PdfSource, drawing: _Drawing) -> Iterator[PdfFault]:
    """Yield the faults of a source; a picture is at fault when it brings complaints alone too."""
    for address in drawing.refused:
        yield PdfFault(f"{_short(address)} n’est pas un fichier du site")
    if drawing.pdf is None:
        return
    for place in drawing.lost:
        yield PdfFault(f"le lien vers #{place} ne mène nulle part")
    known = characters_of(source.fonts.values())
    yield from causes_in_page(source.html, known)
    for address, data in drawing.read.items():
        alone = replace(source, html=_ALONE.format(escape(address)))
        if address not in source.fonts and _Drawing(engine, alone).complaints:
            yield from causes_in_picture(address, data, known)


def _unexplained(complaint: str) -> PdfFault:
    return PdfFault(
        "WeasyPrint, qui compose le PDF, ne peut pas tout tracer. "
        f"Transmettez son message à la personne qui maintient le site : « {complaint} »"
    )


def _short(address: str) -> str:
    return address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"


def in_eight_bits(data: bytes) -> bytes:
    """Reduce a picture to 8 bits per channel, its transparency kept.

    WeasyPrint knows no grey in 16 bits, which PNG alone has. Other files are returned unchanged,
    those that cannot be read too: WeasyPrint will complain.
    """
    if not data.startswith(_PNG_START):
        return data
    try:
        picture = Image.open(io.BytesIO(data))
        if not picture.mode.startswith(_DEEP_GREY):
            return data
        deep = picture.convert("I")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        return data
    grey = deep.point([value >> 8 for value in _DEEP_VALUES], "L")
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        grey.putalpha(deep.point([255 * (value != clear) for value in _DEEP_VALUES], "L"))
    buffer = io.BytesIO()
    grey.save(buffer, "PNG")
    return buffer.getvalue()
