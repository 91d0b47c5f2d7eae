"""The picture by which social networks announce a page that has none of its own, in PNG.

A front page of the gazette: the site's name, what the page is, its date, its title, and *la frise*
of its year. It is drawn in one byte per pixel, the number of a colour: each colour of text is a
ramp of numbers, from the ground to full colour. That is several times faster than to draw an SVG.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from plugins.dates.in_words import month_short
from plugins.french.typography import raised

SIZE = WIDTH, HEIGHT = 1200, 630
"""What social networks advise (Open Graph)."""
MARGIN = 72
"""Some networks cut the edges: nothing is drawn there."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, and all that it says; `when` and `state` are words.

    `marks` are the confirmed dates of each month of the year, and those to confirm. The months of
    `lit` are those of the page, hatched when its date `is_approximate`. `numeral` is a day set
    large, above the lines `below`. `is_off` strikes the date.
    """

    site: str
    tagline: str
    kind: str
    title: str
    year: int
    marks: tuple[tuple[int, int], ...]
    lit: tuple[int, ...] = ()
    when: str = ""
    state: str = ""
    lede: str = ""
    numeral: str = ""
    below: tuple[str, ...] = ()
    is_off: bool = False
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of the cards, in sRGB: `#005454`."""

    paper: str
    ink: str
    accent: str
    now: str
    cancelled: str


class Ramp(NamedTuple):
    """The numbers of the colours from a ground to an ink; the ground is the first."""

    first: int
    last: int
    ground: str
    ink: str


# As many steps as the eye tells apart at the edge of a letter; more weigh more.
INK = Ramp(0, 31, "paper", "ink")
ACCENT = Ramp(32, 47, "paper", "accent")
STATE = Ramp(48, 63, "paper", "cancelled")
INK_ON_NOW = Ramp(64, 79, "now", "ink")
ACCENT_ON_NOW = Ramp(80, 95, "now", "accent")
RAMPS = (INK, ACCENT, STATE, INK_ON_NOW, ACCENT_ON_NOW)
SOFT: Final = 24
"""The number of secondary text, on the ramp of ink."""
_LINE: Final = 7

_TITLE, _SANS, _STRONG, _TEXT = "display.ttf", "sans.ttf", "sans-semibold.ttf", "text.ttf"
_ITALIC = "sans-italic.ttf"
# For what the faces above lack.
_OTHERS = (
    "text.ttf",
    "hebrew.ttf",
    "arabic.ttf",
    "symbols.ttf",
    "maths.ttf",
    "signs.ttf",
    "emoji.ttf",
)
# What all the faces above have.
_OWN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x17F)))) + "’‘“”„–—…•€\u202f\u2011"
_LEFTWARDS = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+"
# What is set in one piece: words written leftwards, ligatures, a letter and its marks.
_UNITS = re.compile(
    f"{_LEFTWARDS}(?: {_LEFTWARDS})*|(?:f[fil]|.)[\u0300-\u036f\u200d\ufe0f]*", re.DOTALL
)
_MEASURED_AT = 200
_RAISED, _RISE = 0.62, 0.36

_RIGHT = WIDTH - MARGIN
_MASTHEAD, _RULE = 98, 119
_KICKER, _KICKER_SIZE = 180, 32
_TITLE_TOP, _TITLE_TOP_ALONE, _BOTTOM = 222, 172, 474
_TITLE_SIZES = (124, 114, 104, 96, 88, 82, 76, 70, 64, 58, 54, 50, 46, 42, 38)
_LEADING = 1.09
_CAPITALS = 0.67
_LEDE_SIZE, _LEDE_LEADING = 33, 45
_NUMERAL_SIZE, _NUMERAL_WIDTH, _GUTTER = 150, 220, 44
_STRIP_TOP, _STRIP_HEIGHT, _STRIP_LEFT = 498, 82, MARGIN + 98
_MOST_DOTS, _MOST_RINGS = 12, 4
_COMPRESSION = 3
"""Three times faster than the usual level, for a fifth more bytes."""


class CardMaker:
    """The drawing of cards, in the fonts of a folder: those of the print."""

    def __init__(self, fonts: Path, colours: Colours) -> None:
        """Take the fonts and the colours; nothing is read yet."""
        self._fonts = fonts
        self._palette = palette(colours)
        # What many cards share is drawn once.
        self._font = cache(self._loaded)
        self._signs = cache(self._read_signs)
        self._advance = cache(self._measured)
        self._kerning = cache(self._kerned)
        self._set = lru_cache(maxsize=1 << 13)(self._set_anew)
        self._stamp = lru_cache(maxsize=1 << 12)(self._cut_stamp)
        self._ground = lru_cache(maxsize=4)(self._drawn_ground)
        self._strip = lru_cache(maxsize=128)(self._drawn_strip)

    def png(self, card: Card) -> bytes:
        """Return a card as PNG, the same bytes for the same card."""
        image = self._ground(card.site, card.tagline).copy()
        strip = self._strip(card.year, card.marks, card.lit, card.is_approximate)
        image.paste(strip, (0, _STRIP_TOP))
        has_kicker = self._kicker(image, card)
        left = MARGIN
        top = _TITLE_TOP if has_kicker else _TITLE_TOP_ALONE
        if card.numeral:
            self._numeral(image, card, top)
            left += _NUMERAL_WIDTH + _GUTTER
        self._headline(image, card, left, top)
        image.putpalette(self._palette)
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=_COMPRESSION)
        return out.getvalue()

    # Parts

    def _drawn_ground(self, site: str, tagline: str) -> Image.Image:
        image = Image.new("L", SIZE, INK.first)
        pen = ImageDraw.Draw(image)
        pen.rectangle((MARGIN, _RULE, _RIGHT - 1, _RULE + 5), fill=INK.last)
        end = self._write(image, (MARGIN, _MASTHEAD), site, _TITLE, 46)
        if tagline and end + 20 + self._length(tagline, _SANS, 26) <= _RIGHT:
            self._write(image, (end + 20, _MASTHEAD), tagline, _SANS, 26, fill=SOFT)
        return image

    def _drawn_strip(
        self, year: int, marks: Sequence[tuple[int, int]], lit: Sequence[int], is_hatched: bool
    ) -> Image.Image:
        image = Image.new("L", (WIDTH, _STRIP_HEIGHT), INK.first)
        pen = ImageDraw.Draw(image)
        pen.rectangle((MARGIN, 0, _RIGHT - 1, 1), fill=INK.last)
        pen.line((MARGIN, _STRIP_HEIGHT - 1, _RIGHT - 1, _STRIP_HEIGHT - 1), fill=_LINE)
        self._write(image, (MARGIN, 34), str(year), _TITLE, 30)
        width = (_RIGHT - _STRIP_LEFT) / 12
        for month, (dots, rings) in enumerate(marks, 1):
            left = round(_STRIP_LEFT + (month - 1) * width)
            right = round(_STRIP_LEFT + month * width)
            is_lit = month in lit
            if is_lit:
                box = (left, 2, right - 1, _STRIP_HEIGHT - 1)
                if is_hatched:
                    image.paste(_hatching(right - left, _STRIP_HEIGHT - 2), box[:2])
                else:
                    pen.rectangle(box, fill=INK_ON_NOW.first)
                pen.rectangle(
                    (left, _STRIP_HEIGHT - 6, right - 1, _STRIP_HEIGHT - 1), fill=ACCENT.last
                )
            pen.line((left, 2, left, _STRIP_HEIGHT - 1), fill=_LINE)
            plain = not is_lit or is_hatched
            ink, accent = (INK, ACCENT) if plain else (INK_ON_NOW, ACCENT_ON_NOW)
            face = _STRONG if is_lit else _SANS
            fill = SOFT if not is_lit else None
            self._write(image, (left + 9, 28), month_short(month), face, 21, ink, fill)
            _draw_marks(image, (left + 9, 40), dots, rings, accent)
        return image

    def _kicker(self, image: Image.Image, card: Card) -> bool:
        """Write the state, the kind and the date on one line; return False when there is none."""
        parts = []
        if card.state:
            parts.append((card.state, _STRONG, STATE, None))
        if card.kind:
            parts.append((card.kind, _STRONG, ACCENT, None))
        if card.when:
            face = _ITALIC if card.is_approximate else _SANS
            parts.append((card.when, face, INK, SOFT))
        size = _KICKER_SIZE
        gap = round(size * 0.34)
        total = sum(self._length(text, face, size) for text, face, *_ in parts)
        dot = self._length("·", _SANS, size)
        total += (len(parts) - 1) * (2 * gap + dot)
        if total > _RIGHT - MARGIN:
            size = max(20, int(size * (_RIGHT - MARGIN) / total))
        x: float = MARGIN
        for number, (text, face, ramp, fill) in enumerate(parts):
            if number:
                x = self._write(image, (x + gap, _KICKER), "·", _SANS, size, fill=SOFT) + gap
            start = x
            room = _RIGHT - x
            x = self._write(
                image, (x, _KICKER), self._cut(text, face, size, room), face, size, ramp, fill
            )
            if card.is_off and ramp is INK:
                y = _KICKER - round(size * 0.26)
                ImageDraw.Draw(image).rectangle((start, y, x, y + 2), fill=SOFT)
        return bool(parts)

    def _numeral(self, image: Image.Image, card: Card, top: int) -> None:
        length = self._length(card.numeral, _TITLE, _NUMERAL_SIZE)
        size = min(_NUMERAL_SIZE, int(_NUMERAL_SIZE * _NUMERAL_WIDTH / length))
        baseline = top + round(size * _CAPITALS)
        end = self._write(image, (MARGIN - 4, baseline), card.numeral, _TITLE, size)
        if card.is_off:
            y = baseline - round(size * 0.33)
            ImageDraw.Draw(image).rectangle((MARGIN - 8, y - 3, end + 6, y + 3), fill=STATE.last)
        y = baseline + 14
        for number, line in enumerate(card.below):
            y += 38
            face, fill = (_SANS, SOFT) if number else (_STRONG, None)
            shown = self._cut(line, face, 30, _NUMERAL_WIDTH + _GUTTER - 8)
            self._write(image, (MARGIN, y), shown, face, 30, fill=fill)

    def _headline(self, image: Image.Image, card: Card, left: int, top: int) -> None:
        room = _RIGHT - left
        lede_lines = self._lines(card.lede, _TEXT, _LEDE_SIZE, room, 3) if card.lede else []
        lede_height = 22 + len(lede_lines) * _LEDE_LEADING if lede_lines else 0
        size, lines = self._fitted(card.title, room, _BOTTOM - top - lede_height)
        # The height of capitals hangs from the top.
        y = top + round(size * _CAPITALS)
        for line in lines:
            self._write(image, (left - size // 28, y), line, _TITLE, size)
            y += round(size * _LEADING)
        y += 22 + _LEDE_LEADING - round(size * _LEADING)
        for line in lede_lines:
            self._write(image, (left, y), line, _TEXT, _LEDE_SIZE, fill=SOFT)
            y += _LEDE_LEADING

    # Lines

    def _fitted(self, text: str, room: int, height: int) -> tuple[int, list[str]]:
        """Return the greatest size at which a title holds in a room, and its balanced lines."""
        words = text.split(" ")
        widths = [self._length(word, _TITLE, 1) for word in words]
        space = self._length(" ", _TITLE, 1)
        for size in _TITLE_SIZES:
            most = _lines_in(size, height)
            if max(widths) * size <= room and len(_wrapped(widths, space, room / size)) <= most:
                return size, _balanced(words, widths, space, room / size)
        size = _TITLE_SIZES[-1]
        return size, self._lines(text, _TITLE, size, room, _lines_in(size, height))

    def _lines(self, text: str, face: str, size: int, room: float, most: int) -> list[str]:
        """Return a text in at most so many lines; an ellipsis tells what is left out."""
        words = [part for word in text.split(" ") for part in self._parts(word, face, size, room)]
        widths = [self._length(word, face, 1) for word in words]
        space = self._length(" ", face, 1)
        wrapped = _wrapped(widths, space, room / size)
        if len(wrapped) <= most:
            return _balanced(words, widths, space, room / size)
        kept = [" ".join(words[start:end]) for start, end in wrapped[:most]]
        kept[-1] = self._cut(" ".join(words[wrapped[most - 1][0] :]), face, size, room)
        return kept

    def _parts(self, word: str, face: str, size: int, room: float) -> Iterator[str]:
        """Yield a word, in pieces when no line holds it."""
        while self._length(word, face, size) > room:
            end = next(
                n
                for n in range(len(word) - 1, 0, -1)
                if n == 1 or self._length(word[:n], face, size) <= room
            )
            yield word[:end]
            word = word[end:]
        yield word

    def _cut(self, text: str, face: str, size: int, room: float) -> str:
        """Return a text that holds in a room, its end replaced by an ellipsis if it must be."""
        if self._length(text, face, size) <= room:
            return text
        while text and self._length(f"{text}…", face, size) > room:
            text = text[: max(text.rfind(" "), 0) or len(text) - 1]
        return f"{text.rstrip(' ,;:.')}…"

    # Words

    def _length(self, text: str, face: str, size: int) -> float:
        """Return the width of a text. Nothing in these fonts depends on the size."""
        return self._set(text, face).length * size

    def _write(
        self,
        image: Image.Image,
        at: tuple[float, int],
        text: str,
        face: str,
        size: int,
        ramp: Ramp = INK,
        fill: int | None = None,
    ) -> float:
        """Write a text on its baseline; return where it ends."""
        x, y = at
        line = self._set(text, face)
        if ramp is INK:
            self._print(image, x, y, line, size, fill or INK.last)
        else:
            left, top = int(x) - size, y - 2 * size
            mask = Image.new("L", (ceil(line.length * size) + 2 * size, 3 * size), 0)
            self._print(mask, x - left, y - top, line, size, 255)
            _paste(image, mask, (left, top), ramp)
        return x + line.length * size

    def _print(
        self, image: Image.Image, x: float, y: int, line: "_Line", size: int, ink: int
    ) -> None:
        pen = ImageDraw.Draw(image)
        for sort, place in line.sorts:
            stamp = self._stamp(sort.text, sort.face, round(size * sort.scale))
            if stamp.mask:
                left = round(x + place * size) + stamp.left
                pen.bitmap((left, y - round(sort.rise * size) + stamp.top), stamp.mask, ink)

    def _cut_stamp(self, text: str, face: str, size: int) -> "_Stamp":
        font = self._font(face, size)
        left, top, right, bottom = map(int, font.getbbox(text, anchor="ls"))
        if right <= left or bottom <= top:
            return _Stamp(None, 0, 0)
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).text((-left, -top), text, fill=255, font=font, anchor="ls")
        return _Stamp(mask, left, top)

    def _set_anew(self, text: str, face: str) -> "_Line":
        """Set a text as a compositor does, sort by sort; lengths are in ems."""
        sorts, x = [], 0.0
        before: _Sort | None = None
        for sort in self._sorts(text, face):
            if before and before[1:] == sort[1:]:
                x += self._kerning(before.text, sort.text, sort.face) * sort.scale
            sorts.append((sort, x))
            x += self._advance(sort.text, sort.face) * sort.scale
            before = sort
        return _Line(tuple(sorts), x)

    def _measured(self, text: str, face: str) -> float:
        return self._font(face, _MEASURED_AT).getlength(text) / _MEASURED_AT

    def _kerned(self, one: str, other: str, face: str) -> float:
        apart = self._advance(one, face) + self._advance(other, face)
        return self._measured(one + other, face) - apart

    def _sorts(self, text: str, face: str) -> Iterator["_Sort"]:
        """Yield the pieces of type of a text: letters, ligatures, whole words of Arabic."""
        done = 0
        for edit in raised(text):
            yield from self._plain_sorts(text[done : edit.start], face)
            for letter in text[edit.start : edit.end]:
                yield _Sort(letter, face, _RAISED, _RISE)
            done = edit.end
        yield from self._plain_sorts(text[done:], face)

    def _plain_sorts(self, text: str, face: str) -> Iterator["_Sort"]:
        return (_Sort(unit, self._face_of(face, unit[0])) for unit in _UNITS.findall(text))

    def _face_of(self, face: str, sign: str) -> str:
        """Return the face that has a sign; its own for one that none has: nothing is printed."""
        if sign in _OWN:
            return face
        return next((f for f in (face, *_OTHERS) if ord(sign) in self._signs(f)), face)

    def _read_signs(self, face: str) -> frozenset[int]:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - rarely needed

        return frozenset(TTFont(self._fonts / face, lazy=True).getBestCmap())

    def _loaded(self, face: str, size: int) -> ImageFont.FreeTypeFont:
        # Raqm knows the kerning of these fonts (GPOS), and joins Arabic letters.
        return ImageFont.truetype(self._fonts / face, size, layout_engine=ImageFont.Layout.RAQM)


class _Sort(NamedTuple):
    """A piece of type; `scale` and `rise` are those of the ending of an ordinal."""

    text: str
    face: str
    scale: float = 1
    rise: float = 0


class _Line(NamedTuple):
    """The pieces of a text, each with its place; its length. Both are in ems."""

    sorts: tuple[tuple[_Sort, float], ...]
    length: float


class _Stamp(NamedTuple):
    """A piece of type of one size, and where it goes from a point of the baseline."""

    mask: Image.Image | None
    left: int
    top: int


def palette(colours: Colours) -> list[int]:
    """Return the colours of the ramps: red, green and blue of each number."""
    found: list[int] = []
    for ramp in RAMPS:
        ground, ink = (_rgb(getattr(colours, name)) for name in (ramp.ground, ramp.ink))
        steps = ramp.last - ramp.first
        for step in range(steps + 1):
            pairs = zip(ground, ink, strict=True)
            found += [round(a + (b - a) * step / steps) for a, b in pairs]
    return found


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _paste(image: Image.Image, mask: Image.Image, at: tuple[int, int], ramp: Ramp) -> None:
    image.paste(mask.point(_numbers(ramp)), at, mask.point(_SHOWN))


@cache
def _numbers(ramp: Ramp) -> list[int]:
    steps = ramp.last - ramp.first
    return [ramp.first + round(value * steps / 255) for value in range(256)]


_SHOWN = [0] + [255] * 255


@cache
def _hatching(width: int, height: int) -> Image.Image:
    """Return the stripes of a date that is not known yet."""
    image = Image.new("L", (width, height), INK.first)
    image.putdata(
        [
            INK_ON_NOW.first if (x + y) % 15 < 6 else INK.first
            for y in range(height)
            for x in range(width)
        ]
    )
    return image


def _draw_marks(image: Image.Image, at: tuple[int, int], dots: int, rings: int, ramp: Ramp) -> None:
    """Draw a dot for each confirmed date, a ring for each to confirm; not more than fit."""
    dots = min(dots, _MOST_DOTS)
    for number in range(dots + min(rings, _MOST_RINGS, 15 - dots)):
        place = at[0] + 13 * (number % 5), at[1] + 12 * (number // 5)
        _paste(image, _mark(is_ring=number >= dots), place, ramp)


@cache
def _mark(*, is_ring: bool) -> Image.Image:
    scale, size = 8, 10
    image = Image.new("L", (size * scale, size * scale), 0)
    edge = size * scale - 1
    if is_ring:
        ImageDraw.Draw(image).ellipse((0, 0, edge, edge), outline=255, width=2 * scale)
    else:
        ImageDraw.Draw(image).ellipse((0, 0, edge, edge), fill=255)
    return image.reduce(scale)


def _lines_in(size: int, height: int) -> int:
    """Return the lines of a title of a size that hold in a height."""
    return max(1, int((height - size * 0.95) / (size * _LEADING)) + 1)


def _wrapped(widths: Sequence[float], space: float, room: float) -> list[tuple[int, int]]:
    """Return the first word and the end of each line, as full as it can be."""
    lines, start, length = [], 0, 0.0
    for number, width in enumerate(widths):
        longer = length + space + width if number > start else width
        if number > start and longer > room:
            lines.append((start, number))
            start, longer = number, width
        length = longer
    return [*lines, (start, len(widths))]


def _balanced(
    words: Sequence[str], widths: Sequence[float], space: float, room: float
) -> list[str]:
    """Return the lines of a text, as few as in the whole room, of the most equal lengths."""
    most = len(_wrapped(widths, space, room))
    low, high = max(widths), room
    for _ in range(8):
        middle = (low + high) / 2
        if len(_wrapped(widths, space, middle)) <= most:
            high = middle
        else:
            low = middle
    return [" ".join(words[start:end]) for start, end in _wrapped(widths, space, high)]
