"""A card: the front page of a gazette, for a page that has no picture of its own, in PNG.

It is drawn in one byte per pixel, the number of a colour. The colours of a text are a ramp of
numbers from its ground to its ink, so that a soft edge is a number too: several times faster than
to draw an SVG, and lighter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from plugins.dates.in_words import month_short
from plugins.outputs.cards.compositor import CAPITALS, LEADING, Compositor
from plugins.outputs.cards.png import Band, band, to_png

WIDTH, HEIGHT = 1200, 630
"""What social networks advise (Open Graph)."""
MARGIN = 72
"""Networks may cut the edges: nothing is drawn there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says, besides the marks of its year.

    `state` and `when` are words; `is_off` strikes the date. `numeral` is a day set large, above the
    lines `below`. `year` is that of its strip; the months of `lit` are those of the page, hatched
    when its date `is_approximate`.
    """

    site: str
    tagline: str
    kind: str
    title: str
    lede: str = ""
    state: str = ""
    when: str = ""
    numeral: str = ""
    below: tuple[str, ...] = ()
    is_off: bool = False
    is_approximate: bool = False
    year: int
    lit: tuple[int, ...] = ()


Marks = tuple[tuple[int, int], ...]
"""The confirmed dates, and those to confirm, of each month of a year."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of cards, in sRGB: `#005454`."""

    paper: str
    ink: str
    accent: str
    now: str
    cancelled: str


class _Ramp(NamedTuple):
    """The numbers of the colours from a ground, the first, to an ink."""

    first: int
    last: int
    ground: str
    ink: str


# As many steps as the eye tells apart at the edge of a letter: more weigh more.
_INK = _Ramp(0, 15, "paper", "ink")
_ACCENT = _Ramp(16, 23, "paper", "accent")
_OFF = _Ramp(24, 31, "paper", "cancelled")
_INK_ON_NOW = _Ramp(32, 39, "now", "ink")
_ACCENT_ON_NOW = _Ramp(40, 47, "now", "accent")
_RAMPS = (_INK, _ACCENT, _OFF, _INK_ON_NOW, _ACCENT_ON_NOW)
# Secondary text and thin lines, on the ramp of ink.
_SOFT, _LINE = 12, 3
_EVERY_TONE = range(256)


class _Style(NamedTuple):
    """How a text is written; `tone` is a number of the ramp, by default the last."""

    face: str
    size: int
    ramp: _Ramp = _INK
    tone: int | None = None


class _Print(NamedTuple):
    """What is printed on another ground than the number 0: numbers, and where they are printed."""

    numbers: Image.Image
    printed: Image.Image


# The first column holds the filter of each row of the PNG, none.
_COLUMNS = WIDTH + 1
_LEFT, _RIGHT, _ROOM = MARGIN + 1, _COLUMNS - MARGIN, WIDTH - 2 * MARGIN
_NAME, _TAGLINE = _Style("display", 46), _Style("sans", 26, tone=_SOFT)
_NAME_LINE, _RULE, _RULE_WIDTH, _BODY_TOP = 98, 119, 6, 130
# From the top of the body.
_KICKER_LINE, _KICKER_SIZE, _LEAST_KICKER = 50, 32, 20
_TITLE = "display"
_TITLE_SIZES = (112, 104, 96, 88, 82, 76, 70, 64, 58, 54, 50, 46, 42, 38)
_TITLE_TOP, _TITLE_TOP_ALONE, _TITLE_BOTTOM = 92, 42, 338
_LEDE, _LEDE_LEADING, _LEDE_GAP, _LEDE_LINES = _Style("text", 33, tone=_SOFT), 45, 22, 3
# A lede gives way to its title.
_LEAST_ABOVE_LEDE = 70
_NUMERAL_SIZE, _NUMERAL_WIDTH, _GUTTER = 150, 220, 44
_BELOW, _BELOW_NEXT, _BELOW_LEADING = (
    _Style("sans-semibold", 30),
    _Style("sans", 30, tone=_SOFT),
    38,
)
_YEAR = _Style("display", 30)
_STRIP_TOP, _STRIP_HEIGHT, _STRIP_LEFT, _LIT_RULE = 498, 82, _LEFT + 98, 5
_MONTH_SIZE, _MONTH_LINE, _MARKS_TOP, _INSET = 21, 28, 40, 9
# As many marks as a month of the strip holds, in three rows.
_MARK, _MARK_STEP, _ROW_STEP, _IN_ROW, _MOST_DOTS, _MOST_MARKS = 10, 13, 12, 5, 12, 15
_SMOOTHING = 8


class CardMaker:
    """The drawing of cards in the fonts of a folder; what many share is drawn once."""

    def __init__(self, fonts: Path, colours: Colours) -> None:
        """Take the fonts and the colours; nothing is read yet."""
        self._type = Compositor(fonts)
        self._palette = palette(colours)
        self._print = lru_cache(maxsize=256)(self._printed)
        self._head = lru_cache(maxsize=4)(self._drawn_head)
        self._strip = lru_cache(maxsize=1024)(self._drawn_strip)

    def png(self, card: Card, marks: Marks) -> bytes:
        """Return a card as PNG, with the marks of its year: the same card, the same bytes."""
        hatched = card.lit if card.is_approximate else ()
        strip = self._strip(card.year, marks, card.lit, hatched)
        bands = (self._head(card.site, card.tagline), band(self._body(card)), strip)
        return to_png(bands, self._palette)

    def _body(self, card: Card) -> Image.Image:
        image = Image.new("L", (_COLUMNS, _STRIP_TOP - _BODY_TOP), _INK.first)
        top = _TITLE_TOP if self._kicker(image, card) else _TITLE_TOP_ALONE
        left = self._numeral(image, card, top) if card.numeral else _LEFT
        self._headline(image, card, left, top)
        return image

    def _drawn_head(self, site: str, tagline: str) -> Band:
        """Draw the head of the gazette: the name and, where it has room, the tagline."""
        image = Image.new("L", (_COLUMNS, _BODY_TOP), _INK.first)
        box = (_LEFT, _RULE, _RIGHT - 1, _RULE + _RULE_WIDTH - 1)
        ImageDraw.Draw(image).rectangle(box, fill=_INK.last)
        name = self._type.cut(site, _NAME.face, _NAME.size, _ROOM)
        beside = self._write(image, (_LEFT, _NAME_LINE), name, _NAME) + _INSET * 2
        if beside + self._length(tagline, _TAGLINE) <= _RIGHT:
            self._write(image, (beside, _NAME_LINE), tagline, _TAGLINE)
        return band(image)

    def _drawn_strip(
        self,
        year: int,
        marks: Marks,
        lit: Sequence[int],
        hatched: Sequence[int],
    ) -> Band:
        """Draw the foot of the card: *la frise*."""
        image = Image.new("L", (_COLUMNS, HEIGHT - _STRIP_TOP), _INK.first)
        pen = ImageDraw.Draw(image)
        bottom = _STRIP_HEIGHT - 1
        pen.rectangle((_LEFT, 0, _RIGHT - 1, 1), fill=_INK.last)
        pen.line((_LEFT, bottom, _RIGHT - 1, bottom), fill=_LINE)
        self._write(image, (_LEFT, 34), str(year), _YEAR)
        edges = [round(_STRIP_LEFT + (_RIGHT - _STRIP_LEFT) * n / 12) for n in range(13)]
        for month, (dots, rings) in enumerate(marks, 1):
            left, right = edges[month - 1], edges[month] - 1
            accent, style = _ACCENT, _Style("sans", _MONTH_SIZE, tone=_SOFT)
            if month in lit:
                pen.rectangle((left, 2, right, bottom), fill=_INK_ON_NOW.first)
                if month in hatched:
                    image.paste(_hatching(right - left + 1, bottom - 1), (left, 2))
                pen.rectangle((left, bottom - _LIT_RULE, right, bottom), fill=_ACCENT.last)
                accent, style = _ACCENT_ON_NOW, _Style("sans-semibold", _MONTH_SIZE, _INK_ON_NOW)
            pen.line((left, 2, left, bottom), fill=_LINE)
            self._write(image, (left + _INSET, _MONTH_LINE), month_short(month), style)
            _draw_marks(image, (left + _INSET, _MARKS_TOP), dots, rings, accent)
        return band(image)

    def _kicker(self, image: Image.Image, card: Card) -> bool:
        """Write the state, the kind and the date on one line; return False when there is none."""
        state = _Style("sans-semibold", _KICKER_SIZE, _OFF if card.is_off else _INK)
        kind = _Style("sans-semibold", _KICKER_SIZE, _ACCENT)
        when = _Style("sans-italic" if card.is_approximate else "sans", _KICKER_SIZE, tone=_SOFT)
        told = ((card.state, state), (card.kind, kind), ("" if card.numeral else card.when, when))
        parts = [(text, style) for text, style in told if text]
        between = _Style("sans", _KICKER_SIZE, tone=_SOFT)
        length = sum(self._length(text, style) for text, style in parts)
        length += (len(parts) - 1) * self._length("  ·  ", between)
        size = max(_LEAST_KICKER, int(_KICKER_SIZE * min(1, _ROOM / max(length, 1))))
        x: float = _LEFT
        for text, style in parts:
            if x > _LEFT:
                x = self._write(image, (x, _KICKER_LINE), "  ·  ", between._replace(size=size))
            shown = self._type.cut(text, style.face, size, _RIGHT - x)
            end = self._write(image, (x, _KICKER_LINE), shown, style._replace(size=size))
            if card.is_off and style is when:
                y = _KICKER_LINE - round(size * 0.26)
                ImageDraw.Draw(image).rectangle((x, y, end, y + 2), fill=_SOFT)
            x = end
        return bool(parts)

    def _numeral(self, image: Image.Image, card: Card, top: int) -> int:
        """Write the day in the margin; return where the title begins."""
        length = self._type.length(card.numeral, _TITLE)
        size = min(_NUMERAL_SIZE, int(_NUMERAL_WIDTH / length))
        y = top + round(size * CAPITALS)
        end = self._write(image, (_LEFT - size // 28, y), card.numeral, _Style(_TITLE, size))
        if card.is_off:
            middle = y - round(size * CAPITALS / 2)
            box = (_LEFT, middle - 3, end, middle + 3)
            ImageDraw.Draw(image).rectangle(box, fill=_OFF.last)
        room = _NUMERAL_WIDTH + _GUTTER - _INSET
        y += 14
        for number, line in enumerate(card.below):
            y += _BELOW_LEADING
            style = _BELOW_NEXT if number else _BELOW
            shown = self._type.cut(line, style.face, style.size, room)
            self._write(image, (_LEFT, y), shown, style)
        return _LEFT + _NUMERAL_WIDTH + _GUTTER

    def _headline(self, image: Image.Image, card: Card, left: int, top: int) -> None:
        """Write the title as large as its room allows, and the lede below."""
        room = _RIGHT - left
        for lede in _ledes(card.lede):
            below = self._lede(lede, room)
            height = _TITLE_BOTTOM - top - (_LEDE_GAP + len(below) * _LEDE_LEADING if below else 0)
            size, lines = self._type.fitted(card.title, _TITLE, _TITLE_SIZES, room, height)
            if not lede or (below and size >= _LEAST_ABOVE_LEDE):
                break
        # The white beside a letter grows with it: the edge of a title would seem to stand inside.
        edge = left - size // 28
        y = top + round(size * CAPITALS)
        for number, line in enumerate(lines):
            self._write(
                image, (edge, y + round(number * size * LEADING)), line, _Style(_TITLE, size)
            )
        y += round((len(lines) - 1) * size * LEADING) + _LEDE_GAP
        for line in below:
            y += _LEDE_LEADING
            self._write(image, (left, y), line, _LEDE)

    def _lede(self, text: str, room: int) -> list[str]:
        """Return the lines of a lede, none when they are too many."""
        lines = self._type.lines(text, _LEDE.face, _LEDE.size, room, _LEDE_LINES + 1)
        return lines if text and len(lines) <= _LEDE_LINES else []

    def _printed(self, text: str, style: _Style) -> _Print:
        """Draw a text on a ramp, its baseline at two thirds of the height."""
        size = style.size
        mask = Image.new("L", (ceil(self._length(text, style)) + 2 * size, 3 * size), 0)
        self._type.write(mask, (size, 2 * size), text, style.face, size, 255)
        return _on_ramp(mask, style.ramp)

    def _length(self, text: str, style: _Style) -> float:
        return self._type.length(text, style.face) * style.size

    def _write(self, image: Image.Image, at: tuple[float, int], text: str, style: _Style) -> float:
        """Write a text from a point of its baseline; return where it ends."""
        if style.ramp.first == 0:
            # The ground is the number 0: what Pillow blends is on the ramp.
            tone = style.ramp.last if style.tone is None else style.tone
            self._type.write(image, at, text, style.face, style.size, tone)
        else:
            numbers, printed = self._print(text, style)
            corner = round(at[0]) - style.size, at[1] - 2 * style.size
            image.paste(numbers, corner, printed)
        return at[0] + self._length(text, style)


def _ledes(text: str) -> tuple[str, str, str]:
    """Return a lede, its first sentence, and nothing: what is left to show is never cut."""
    first, stop, _ = text.partition(". ")
    return text, f"{first}{stop.strip()}", ""


def palette(colours: Colours) -> bytes:
    """Return the red, green and blue of each number."""
    found = bytearray()
    for ramp in _RAMPS:
        ground, ink = (_rgb(getattr(colours, name)) for name in (ramp.ground, ramp.ink))
        steps = ramp.last - ramp.first
        for step in range(steps + 1):
            mixed = (a + (b - a) * step / steps for a, b in zip(ground, ink, strict=True))
            found.extend(map(round, mixed))
    return bytes(found)


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def _on_ramp(mask: Image.Image, ramp: _Ramp) -> _Print:
    numbers, printed = _tables(ramp)
    return _Print(mask.point(numbers), mask.point(printed))


@cache
def _tables(ramp: _Ramp) -> tuple[list[int], list[int]]:
    """Return the number of each tone of a mask, and whether it is printed."""
    steps = ramp.last - ramp.first
    numbers = [ramp.first + round(tone * steps / 255) for tone in _EVERY_TONE]
    return numbers, [255 * (number > ramp.first) for number in numbers]


@cache
def _hatching(width: int, height: int) -> Image.Image:
    """Draw the stripes of a date that is not known yet."""
    image = Image.new("L", (width, height), _INK.first)
    pen = ImageDraw.Draw(image)
    for start in range(0, width + height, 15):
        pen.line((start, -1, start - height - 1, height), fill=_INK_ON_NOW.first, width=5)
    return image


def _draw_marks(
    image: Image.Image, at: tuple[int, int], dots: int, rings: int, ramp: _Ramp
) -> None:
    """Draw a dot for each confirmed date, a ring for each to confirm; no more than fit."""
    dots = min(dots, _MOST_DOTS)
    for number in range(min(dots + rings, _MOST_MARKS)):
        row, column = divmod(number, _IN_ROW)
        place = at[0] + column * _MARK_STEP, at[1] + row * _ROW_STEP
        numbers, printed = _mark(ramp, is_ring=number >= dots)
        image.paste(numbers, place, printed)


@cache
def _mark(ramp: _Ramp, *, is_ring: bool) -> _Print:
    """Draw a dot or a ring, with a soft edge."""
    side = _MARK * _SMOOTHING
    image = Image.new("L", (side, side), 0)
    box = (0, 0, side - 1, side - 1)
    ImageDraw.Draw(image).ellipse(
        box, fill=0 if is_ring else 255, outline=255, width=2 * _SMOOTHING
    )
    return _on_ramp(image.reduce(_SMOOTHING), ramp)
