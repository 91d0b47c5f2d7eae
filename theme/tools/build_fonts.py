"""Rebuild the fonts of the pages and those of the print from the npm packages of their families.

The pages' are subset, variable and compressed: readers fetch them. The print's have every
character, stand still and are not compressed: only a build reads them, and a PDF takes the glyphs
that it needs. See theme/static/fonts/README.md and theme/print/fonts/README.md.

    python theme/tools/build_fonts.py <node_modules> theme
"""

from __future__ import annotations

import io
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib import instancer

BASIC = {*range(0x20, 0x7F)}
FRENCH = {*map(ord, "ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿÁÍÓÚáíóúÑñ")}
SIGNS = {*map(ord, "\u00a0«»‹›’‘“”„…–—·•°№€²³ªº©×½¼¾§±−→←↗↑↓\u2009\u202f\u2011")}

# Signs that an editor may type and that no text family has: Roman numerals, arrows, mathematical
# and technical signs, numbers in circles, geometric shapes, symbols, dingbats.
SYMBOLS = {
    *range(0x2016, 0x2400),
    *range(0x2460, 0x2500),
    *range(0x25A0, 0x27C0),
    *range(0x2900, 0x2980),
    *range(0x2B00, 0x2C00),
}

# What the families lack is made of their own glyphs: (character, turn in degrees).
TURNED = {0x2192: ("↑", -90), 0x2190: ("↑", 90), 0x2197: ("↑", -45)}
NARROW_SPACE = 0.2  # of the em: the "espace fine" of French composition
SPACES = {0x20: 0.25, 0xA0: 0.25, 0x2009: NARROW_SPACE, 0x202F: NARROW_SPACE}


@dataclass(frozen=True)
class Face:
    """One file to make: where it comes from, what may still vary, where its kerning is frozen.

    `characters` are those kept, by default all that the source has. `family` is the name inside.
    """

    source: str
    target: str
    family: str
    features: tuple[str, ...]
    axes: dict[str, Any] = field(default_factory=dict)
    kerning_at: dict[str, float] = field(default_factory=dict)
    characters: frozenset[int] | None = None
    is_text: bool = True


SERIF = "@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-{}.woff2"
SANS = "@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2"
FIGURES = ("kern", "liga", "ccmp", "lnum", "tnum", "sups")
FRENCH_TEXT = frozenset(BASIC | FRENCH | SIGNS)
PAGES = (
    Face(
        SERIF.format("normal"),
        "static/fonts/serif.woff2",
        "Passerelle Serif",
        (*FIGURES, "frac", "numr", "dnom"),
        {"wght": (400, 600), "opsz": (20, 60)},
        {"wght": 500, "opsz": 32},
        FRENCH_TEXT,
    ),
    Face(
        SERIF.format("italic"),
        "static/fonts/serif-italic.woff2",
        "Passerelle Serif",
        FIGURES,
        {"wght": 400, "opsz": 20},
        {"wght": 400, "opsz": 20},
        FRENCH_TEXT,
    ),
    Face(
        SANS,
        "static/fonts/sans.woff2",
        "Passerelle Sans",
        FIGURES,
        {"wght": (400, 700)},
        {"wght": 500},
        FRENCH_TEXT,
    ),
)

PRINT_SERIF = "source-serif/TTF/SourceSerif4{}.ttf"
PRINT_SANS = "@expo-google-fonts/instrument-sans/{0}/InstrumentSans_{0}.ttf"
NOTO = "@fontsource/noto-{}-400-normal.woff2"
# A family must not bear another's name: fontconfig would take one for the other.
PRINT = (
    *(
        Face(PRINT_SERIF.format(file), f"print/fonts/{target}.ttf", family, FIGURES)
        for file, target, family in (
            ("SmText-Regular", "text", "Passerelle Text"),
            ("SmText-It", "text-italic", "Passerelle Text"),
            ("SmText-Semibold", "text-semibold", "Passerelle Text"),
            ("SmText-SemiboldIt", "text-semibold-italic", "Passerelle Text"),
            ("Display-Semibold", "display", "Passerelle Display"),
        )
    ),
    *(
        Face(PRINT_SANS.format(file), f"print/fonts/{target}.ttf", "Passerelle Sans", FIGURES)
        for file, target in (
            ("400Regular", "sans"),
            ("400Regular_Italic", "sans-italic"),
            ("600SemiBold", "sans-semibold"),
        )
    ),
    Face(
        NOTO.format("serif-hebrew/files/noto-serif-hebrew-hebrew"),
        "print/fonts/hebrew.ttf",
        "Passerelle Hebrew",
        ("*",),
        is_text=False,
    ),
    Face(
        NOTO.format("naskh-arabic/files/noto-naskh-arabic-arabic"),
        "print/fonts/arabic.ttf",
        "Passerelle Arabic",
        ("*",),
        is_text=False,
    ),
    Face(
        NOTO.format("sans-symbols-2/files/noto-sans-symbols-2-symbols"),
        "print/fonts/symbols.ttf",
        "Passerelle Symbols",
        (),
        characters=frozenset(SYMBOLS),
        is_text=False,
    ),
    Face(
        NOTO.format("sans-math/files/noto-sans-math-latin"),
        "print/fonts/maths.ttf",
        "Passerelle Maths",
        (),
        characters=frozenset(SYMBOLS),
        is_text=False,
    ),
    Face(
        "@fontsource-variable/noto-sans-symbols/files/noto-sans-symbols-symbols-wght-normal.woff2",
        "print/fonts/signs.ttf",
        "Passerelle Signs",
        (),
        {"wght": 400},
        {"wght": 400},
        frozenset(SYMBOLS),
        is_text=False,
    ),
    Face(
        NOTO.format("emoji/files/noto-emoji-emoji"),
        "print/fonts/emoji.ttf",
        "Passerelle Emoji",
        ("ccmp",),
        is_text=False,
    ),
)


def build(face: Face, modules: Path, theme: Path) -> int:
    """Write one face and return its size in bytes."""
    source = modules / face.source
    font = TTFont(source)
    if face.axes:
        font = instancer.instantiateVariableFont(font, face.axes)
        # Variable kerning weighs as much as the letters, and moves by less than 0.01 em.
        still = instancer.instantiateVariableFont(TTFont(source), face.kerning_at)
        for table in ("GPOS", "GDEF"):
            if table in still:
                font[table] = still[table]
    font = reload(font)
    if face.is_text:
        add_missing(font)
    else:
        add_spaces(font)
    font = reload(font)

    options = subset.Options()
    options.layout_features = list(face.features)
    options.hinting = False
    options.name_IDs = [0, 13, 14]
    subsetter = subset.Subsetter(options)
    characters = face.characters or font.getBestCmap()
    subsetter.populate(unicodes={*characters, *SPACES})
    subsetter.subset(font)
    # "Source" is a name reserved to the unmodified family (OFL, condition 3).
    font["name"].setName(face.family, 1, 3, 1, 0x409)
    path = theme / face.target
    if path.suffix == ".ttf":
        # resvg, which draws for e-mails, passes over a font without a PostScript name.
        font["name"].setName(f"Passerelle-{path.stem}", 6, 3, 1, 0x409)
    # The time of the build must not enter the file.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.flavor = "woff2" if path.suffix == ".woff2" else None
    font.save(path)
    return path.stat().st_size


def reload(font: TTFont) -> TTFont:
    """Return the font read back, so that lazily read tables agree on its glyphs."""
    buffer = io.BytesIO()
    font.flavor = None
    font.save(buffer)
    buffer.seek(0)
    return TTFont(buffer, recalcTimestamp=False)


def add_missing(font: TTFont) -> None:
    """Add narrow no-break space, no-break hyphen, Ÿ, № and arrows out of the font's own glyphs."""
    cmap = font.getBestCmap()
    em = font["head"].unitsPerEm
    if 0x202F not in cmap:
        add_glyph(font, 0x202F, "uni202F", TTGlyphPen(None).glyph(), round(em * NARROW_SPACE))
    if 0x2011 not in cmap:
        add_character(font, 0x2011, cmap[ord("-")])

    if ord("Ÿ") not in cmap:
        add_composite(font, ord("Ÿ"), "Ydieresis", over(font, "Y", "¨"), width(font, "Y"))
    if ord("№") not in cmap:
        first = width(font, "N")
        parts = [(cmap[ord("N")], (1, 0, 0, 1, 0, 0)), (cmap[ord("º")], (1, 0, 0, 1, first, 0))]
        add_composite(font, ord("№"), "uni2116", parts, first + width(font, "º"))
    for code, (char, degrees) in TURNED.items():
        if code in cmap:
            continue
        x0, y0, x1, y1 = bounds(font, char)
        centre_x, centre_y = (x0 + x1) / 2, (y0 + y1) / 2
        advance = round((y1 - y0) * 1.15)
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        middle = font["OS/2"].sCapHeight / 2
        shift_x = advance / 2 - (cos * centre_x - sin * centre_y)
        shift_y = middle - (sin * centre_x + cos * centre_y)
        matrix = (cos, sin, -sin, cos, round(shift_x), round(shift_y))
        add_composite(font, code, f"uni{code:04X}", [(cmap[ord(char)], matrix)], advance)


def add_spaces(font: TTFont) -> None:
    """Add the spaces that a font lacks: Pango sets a space as the sign or the word before it."""
    cmap = font.getBestCmap()
    for code, part in SPACES.items():
        if code not in cmap:
            advance = round(font["head"].unitsPerEm * part)
            add_glyph(font, code, f"uni{code:04X}", TTGlyphPen(None).glyph(), advance)


def over(font: TTFont, base: str, accent: str) -> list[tuple[str, tuple[float, ...]]]:
    """Return base and accent, the accent as high and as centred as it is over E."""
    cmap = font.getBestCmap()
    x0, _, x1, _ = bounds(font, base)
    a0, _, a1, accent_top = bounds(font, accent)
    *_, model_top = bounds(font, "Ë")
    shift = (round((x0 + x1 - a0 - a1) / 2), round(model_top - accent_top))
    return [(cmap[ord(base)], (1, 0, 0, 1, 0, 0)), (cmap[ord(accent)], (1, 0, 0, 1, *shift))]


def bounds(font: TTFont, char: str) -> tuple[float, float, float, float]:
    """Return the box of a character's default shape."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return pen.bounds


def width(font: TTFont, char: str) -> int:
    """Return the default advance of a character."""
    return int(font["hmtx"][font.getBestCmap()[ord(char)]][0])


def add_composite(
    font: TTFont, code: int, name: str, parts: list[tuple[str, tuple[float, ...]]], advance: int
) -> None:
    """Add a glyph drawn with others, so that it follows their weight."""
    pen = TTGlyphPen(font.getGlyphSet())
    for part, matrix in parts:
        pen.addComponent(part, matrix)
    add_glyph(font, code, name, pen.glyph(), advance)


def add_glyph(font: TTFont, code: int, name: str, glyph: Glyph, advance: int) -> None:
    """Add one glyph and its character to every table that counts them."""
    order = [*font.getGlyphOrder(), name]
    # gvar's phantom points vary the advances too, and HVAR would have to name the newcomer; so
    # would the metrics of vertical writing, which French does without.
    for table in ("HVAR", "vhea", "vmtx"):
        if table in font:
            del font[table]
    font["glyf"].glyphs[name] = glyph
    font["hmtx"].metrics[name] = (advance, 0)
    if "gvar" in font:
        font["gvar"].variations[name] = []
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)
    if glyph.numberOfContours:
        glyph.recalcBounds(font["glyf"])
        font["hmtx"].metrics[name] = (advance, glyph.xMin)
    add_character(font, code, name)


def add_character(font: TTFont, code: int, name: str) -> None:
    """Let a character show a glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[code] = name


def main() -> int:
    """Build all faces and print what they weigh, in bytes."""
    modules, theme = Path(sys.argv[1]), Path(sys.argv[2])
    for faces in (PAGES, PRINT):
        sizes = {face.target: build(face, modules, theme) for face in faces}
        for target, size in (sizes | {"total": sum(sizes.values())}).items():
            print(f"{target:40} {size:7}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
