"""The causes of a complaint of WeasyPrint, found in the page, its pictures and its fonts.

No message of WeasyPrint is read: the same questions are asked whatever it complained of.
"""

import importlib
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

# Unicode's default ignorable characters that are no format characters: nothing is drawn of them.
_IGNORED = {0x34F, 0x17B4, 0x17B5, *range(0x180B, 0x180F), *range(0xFE00, 0xFE10)}
_IGNORED |= {*range(0xE0000, 0xE1000)}
# Controls, format characters, surrogates and spaces.
_NO_SIGNS = ("C", "Z")


@dataclass(frozen=True, slots=True)
class PdfFault:
    """A French sentence, without its full stop, and the character of the text at fault, if any."""

    message: str
    character: str | None = None


def causes_in_page(html: str, known: frozenset[int]) -> Iterator[PdfFault]:
    """Yield the pictures of a page that no words replace, and its characters not in `known`."""
    page = LexborHTMLParser(html)
    for picture in page.css("img[src]"):
        if not picture.attributes.get("alt"):
            source = picture.attributes["src"]
            yield PdfFault(f"l’image {source} n’a pas de texte de remplacement")
    yield from _not_drawn(page.body.text() if page.body else "", known)


def causes_in_picture(address: str, data: bytes, known: frozenset[int]) -> tuple[PdfFault, ...]:
    """Return the faults of a picture that cannot be drawn: of its characters, else of its file."""
    try:
        drawing = ET.fromstring(data)  # noqa: S314 - a picture of the site
    except (ET.ParseError, ValueError):
        return (PdfFault(f"l’image {address} ne peut pas être lue"),)
    untraced = PdfFault(f"le dessin {address} ne peut pas être tracé")
    return tuple(_not_drawn("".join(drawing.itertext()), known)) or (untraced,)


def characters_of(fonts: Iterable[bytes]) -> frozenset[int]:
    """Return the code points that have a glyph in some font."""
    read = importlib.import_module("fontTools.ttLib").TTFont  # loaded for a complaint alone
    faces = (read(io.BytesIO(data), lazy=True) for data in fonts)
    return frozenset().union(*(face.getBestCmap() for face in faces))


def _not_drawn(text: str, known: frozenset[int]) -> Iterable[PdfFault]:
    for character in dict.fromkeys(unicodedata.normalize("NFC", text)):
        if not _is_drawn(character, known):
            told = f"« {character} » (U+{ord(character):04X})"
            yield PdfFault(
                f"aucune police de l’impression n’a le caractère {told} : remplacez-le", character
            )


def _is_drawn(character: str, known: frozenset[int]) -> bool:
    """Return True for a character with a glyph, of parts that have one, or that shows nothing."""
    if ord(character) in known or ord(character) in _IGNORED:
        return True
    if unicodedata.category(character).startswith(_NO_SIGNS):
        return True
    parts = unicodedata.decomposition(character)
    is_canonical = parts and not parts.startswith("<")
    return bool(is_canonical) and all(_is_drawn(chr(int(x, 16)), known) for x in parts.split())
