"""Rebuild theme/static/fonts/*.woff2 from the npm packages of the two families.

Needs fontTools and brotli, which the site itself does not; see theme/static/fonts/README.md.

    python theme/tools/build_fonts.py <node_modules> theme/static/fonts
"""

from __future__ import annotations

import io
import math
import sys
from dataclasses import dataclass
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

# What the families lack is made of their own glyphs: (character, turn in degrees).
TURNED = {0x2192: ("↑", -90), 0x2190: ("↑", 90), 0x2197: ("↑", -45)}
NARROW_SPACE = 0.2  # of the em: the "espace fine" of French composition


@dataclass(frozen=True)
class Face:
    """One file to make: where it comes from, what may still vary, where its kerning is frozen."""

    package: str
    file: str
    target: str
    axes: dict[str, Any]
    kerning_at: dict[str, float]
    features: tuple[str, ...]


SERIF = "@fontsource-variable/source-serif-4"
SANS = "@fontsource-variable/instrument-sans"
FAMILY = {SERIF: "Passerelle Serif", SANS: "Passerelle Sans"}
FIGURES = ("kern", "liga", "ccmp", "lnum", "tnum", "sups")
FACES = (
    Face(
        SERIF,
        "source-serif-4-latin-opsz-normal.woff2",
        "serif.woff2",
        {"wght": (400, 600), "opsz": (20, 60)},
        {"wght": 500, "opsz": 32},
        (*FIGURES, "frac", "numr", "dnom"),
    ),
    Face(
        SERIF,
        "source-serif-4-latin-opsz-italic.woff2",
        "serif-italic.woff2",
        {"wght": 400, "opsz": 20},
        {"wght": 400, "opsz": 20},
        FIGURES,
    ),
    Face(
        SANS,
        "instrument-sans-latin-wght-normal.woff2",
        "sans.woff2",
        {"wght": (400, 700)},
        {"wght": 500},
        FIGURES,
    ),
)


def build(face: Face, modules: Path, target: Path) -> int:
    """Write one face and return its size in bytes."""
    source = modules / face.package / "files" / face.file
    font = instancer.instantiateVariableFont(TTFont(source), face.axes)
    # Variable kerning weighs as much as the letters and moves by less than a hundredth of an em.
    still = instancer.instantiateVariableFont(TTFont(source), face.kerning_at)
    for table in ("GPOS", "GDEF"):
        if table in still:
            font[table] = still[table]
    font = reload(font)
    add_missing(font)
    font = reload(font)

    options = subset.Options()
    options.layout_features = list(face.features)
    options.hinting = False
    options.name_IDs = [0, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=BASIC | FRENCH | SIGNS)
    subsetter.subset(font)
    # "Source" is a name reserved to the unmodified family (OFL, condition 3).
    font["name"].setName(FAMILY[face.package], 1, 3, 1, 0x409)
    # The time of the build must not enter the file.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.flavor = "woff2"
    path = target / face.target
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
    add_glyph(font, 0x202F, "uni202F", TTGlyphPen(None).glyph(), round(em * NARROW_SPACE))
    add_character(font, 0x2011, cmap[ord("-")])

    if ord("Ÿ") not in cmap:
        add_composite(font, ord("Ÿ"), "Ydieresis", over(font, "Y", "¨"), width(font, "Y"))
    if ord("№") not in cmap:
        first = width(font, "N")
        parts = [(cmap[ord("N")], (1, 0, 0, 1, 0, 0)), (cmap[ord("º")], (1, 0, 0, 1, first, 0))]
        add_composite(font, ord("№"), "uni2116", parts, first + width(font, "º"))
    for code, (char, degrees) in TURNED.items():
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
    # gvar's phantom points vary the advances too, and HVAR would have to name the newcomer.
    if "HVAR" in font:
        del font["HVAR"]
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
    """Build all faces and print what they weigh."""
    modules, target = Path(sys.argv[1]), Path(sys.argv[2])
    total = 0
    for face in FACES:
        size = build(face, modules, target)
        total += size
        print(f"{face.target:20} {size:6}")
    print(f"{'total':20} {total:6}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
