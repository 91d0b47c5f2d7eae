"""Lines of text, set letter by letter, as a compositor does.

The letters of one size are drawn once for all cards: FreeType takes longer than all the rest.
Lengths are in ems, for nothing in these fonts depends on the size.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from plugins.french.typography import raised

LEADING = 1.09
"""From a line of a title to the next."""
CAPITALS = 0.67
"""The height of capitals; the first line of a title hangs by it."""

# For what a face lacks.
_OTHERS = ("text", "hebrew", "arabic", "symbols", "maths", "signs", "emoji")
# What every face has that is written in.
_OWN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x17F)))) + "’‘“”„–—…•€\u202f\u2011"
_HEBREW = "[\u0590-\u05ff\ufb1d-\ufb4f]+"
_ARABIC = "[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefe]+"
# What is set in one piece: words written leftwards, ligatures, a letter and its marks.
_PIECES = re.compile(
    f"{_HEBREW}(?: {_HEBREW})*|{_ARABIC}(?: {_ARABIC})*|(?:f[fil]|.)[\u0300-\u036f\u200d\ufe0f]*",
    re.DOTALL,
)
_MEASURED_AT = 200
_RAISED, _RISE = 0.62, 0.36
_STEPS_OF_BALANCE = 8


class _Sort(NamedTuple):
    """A piece of type; `scale` and `rise` are those of the ending of an ordinal."""

    text: str
    face: str
    scale: float = 1
    rise: float = 0


class _Line(NamedTuple):
    """The pieces of a text, each with its place, and its length."""

    sorts: tuple[tuple[_Sort, float], ...]
    length: float


class _Stamp(NamedTuple):
    """A piece of type drawn in one size, and where it goes from a point of the baseline."""

    mask: Image.Image | None
    left: int
    top: int


class _Words(NamedTuple):
    """The words of a text, with their lengths and that of a space."""

    words: Sequence[str]
    lengths: Sequence[float]
    space: float

    @property
    def longest(self) -> float:
        return max(self.lengths)

    def wrapped(self, room: float) -> list[tuple[int, int]]:
        """Return the first word and the end of each line, as full as it can be."""
        lines, start, reached = [], 0, self.lengths[0]
        for number, length in enumerate(self.lengths[1:], 1):
            reached += self.space + length
            if reached > room:
                lines.append((start, number))
                start, reached = number, length
        return [*lines, (start, len(self.words))]

    def balanced(self, room: float) -> list[str]:
        """Return lines of about the same length, no more than the whole room asks for."""
        most = len(self.wrapped(room))
        low, high = self.longest, room
        for _ in range(_STEPS_OF_BALANCE if most > 1 else 0):
            middle = (low + high) / 2
            if len(self.wrapped(middle)) <= most:
                high = middle
            else:
                low = middle
        return self.joined(self.wrapped(high))

    def joined(self, lines: Sequence[tuple[int, int]]) -> list[str]:
        return [" ".join(self.words[start:end]) for start, end in lines]


class Compositor:
    """Text in the faces of a folder, each named by its file: `display`."""

    def __init__(self, fonts: Path) -> None:
        """Take the folder; nothing is read yet."""
        self._fonts = fonts
        self._font = cache(self._loaded)
        self._signs = cache(self._read_signs)
        self._advance = cache(self._measured)
        self._kerning = cache(self._kerned)
        self._line = lru_cache(maxsize=8192)(self._set)
        self._stamp = lru_cache(maxsize=4096)(self._drawn)

    # Lines

    def fitted(
        self, text: str, face: str, sizes: Sequence[int], room: int, height: int
    ) -> tuple[int, list[str]]:
        """Return the greatest of some sizes at which a title holds in a room, and its lines.

        At the least size words that no line holds are cut, and an ellipsis tells what is left out.
        """
        words = self._words(text.split(" "), face)
        for size in sizes:
            if words.longest * size <= room:
                wrapped = words.wrapped(room / size)
                if len(wrapped) <= _lines_in(height, size):
                    return size, words.balanced(room / size)
        size = sizes[-1]
        return size, self.lines(text, face, size, room, _lines_in(height, size))

    def lines(self, text: str, face: str, size: int, room: int, most: int) -> list[str]:
        """Return a text in at most so many lines; an ellipsis tells what is left out."""
        parts = (part for word in text.split(" ") for part in self._parts(word, face, room / size))
        words = self._words(list(parts), face)
        wrapped = words.wrapped(room / size)
        if len(wrapped) <= most:
            return words.balanced(room / size)
        start, _ = wrapped[most - 1]
        last = self.cut(" ".join(words.words[start:]), face, size, room)
        return [*words.joined(wrapped[: most - 1]), last]

    def cut(self, text: str, face: str, size: int, room: float) -> str:
        """Return a text that holds in a room, an ellipsis in place of its end if need be."""
        if self.length(text, face) * size <= room:
            return text
        while text and self.length(f"{text}…", face) * size > room:
            text = text[: max(text.rfind(" "), 0) or len(text) - 1]
        return f"{text.rstrip(' ,;:.')}…"

    def _parts(self, word: str, face: str, room: float) -> Iterator[str]:
        """Yield a word, in pieces when no line holds it."""
        while len(word) > 1 and self.length(word, face) > room:
            ends = range(len(word) - 1, 1, -1)
            end = next((n for n in ends if self.length(word[:n], face) <= room), 1)
            yield word[:end]
            word = word[end:]
        yield word

    def _words(self, words: Sequence[str], face: str) -> "_Words":
        lengths = [self.length(word, face) for word in words]
        return _Words(words, lengths, self.length(" ", face))

    # Letters

    def length(self, text: str, face: str) -> float:
        """Return the length of a text."""
        return self._line(text, face).length

    def write(
        self, image: Image.Image, at: tuple[float, int], text: str, face: str, size: int, ink: int
    ) -> None:
        """Write a text from a point of its baseline; its edges fade into what is below."""
        pen = ImageDraw.Draw(image)
        for sort, place in self._line(text, face).sorts:
            stamp = self._stamp(sort.text, sort.face, round(size * sort.scale))
            if stamp.mask:
                x = round(at[0] + place * size) + stamp.left
                y = at[1] - round(sort.rise * size) + stamp.top
                pen.bitmap((x, y), stamp.mask, ink)

    def _set(self, text: str, face: str) -> _Line:
        sorts, x = [], 0.0
        before: _Sort | None = None
        for sort in self._sorts(text, face):
            if before and before[1:] == sort[1:]:
                x += self._kerning(before.text, sort.text, sort.face) * sort.scale
            sorts.append((sort, x))
            x += self._advance(sort.text, sort.face) * sort.scale
            before = sort
        return _Line(tuple(sorts), x)

    def _sorts(self, text: str, face: str) -> Iterator[_Sort]:
        """Yield the pieces of type of a text; the endings of ordinals are raised."""
        done = 0
        for edit in raised(text):
            yield from self._plain_sorts(text[done : edit.start], face)
            for letter in text[edit.start : edit.end]:
                yield _Sort(letter, face, _RAISED, _RISE)
            done = edit.end
        yield from self._plain_sorts(text[done:], face)

    def _plain_sorts(self, text: str, face: str) -> Iterator[_Sort]:
        return (_Sort(piece, self._face_of(piece[0], face)) for piece in _PIECES.findall(text))

    def _face_of(self, sign: str, face: str) -> str:
        """Return a face that has a sign, the first of all for one that none has."""
        if sign in _OWN:
            return face
        return next((f for f in (face, *_OTHERS) if ord(sign) in self._signs(f)), face)

    def _read_signs(self, face: str) -> frozenset[int]:
        read = import_module("fontTools.ttLib").TTFont  # loaded for rare signs alone
        with read(self._path(face), lazy=True) as font:
            return frozenset(font.getBestCmap())

    def _kerned(self, one: str, other: str, face: str) -> float:
        apart = self._advance(one, face) + self._advance(other, face)
        return self._measured(one + other, face) - apart

    def _measured(self, text: str, face: str) -> float:
        return self._font(face, _MEASURED_AT).getlength(text) / _MEASURED_AT

    def _drawn(self, text: str, face: str, size: int) -> _Stamp:
        font = self._font(face, size)
        left, top, right, bottom = map(int, font.getbbox(text, anchor="ls"))
        if right <= left or bottom <= top:
            return _Stamp(None, 0, 0)
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).text((-left, -top), text, fill=255, font=font, anchor="ls")
        return _Stamp(mask, left, top)

    def _loaded(self, face: str, size: int) -> ImageFont.FreeTypeFont:
        # Raqm knows the kerning of these fonts (GPOS), and joins Arabic letters.
        raqm = ImageFont.Layout.RAQM
        return ImageFont.truetype(self._path(face), size, layout_engine=raqm)

    def _path(self, face: str) -> Path:
        return self._fonts / f"{face}.ttf"


def _lines_in(height: int, size: int) -> int:
    """Return how many lines of a size hold in a height, from capitals to the tails of letters."""
    return max(1, int((height / size - CAPITALS - 0.25) / LEADING) + 1)
