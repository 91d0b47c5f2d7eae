"""Where blocks open and close in a text, read line by line: `/// name` … `///`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from plugins.core.blocks import BLOCKS
from plugins.core.bodies import Problem
from plugins.core.errors import Position
from plugins.core.refusals import known_keys

# What an item of a list, a definition, a note or a quotation puts before a mark.
_MARGIN = r"(?P<margin>(?:[ \t>]|[-*+:](?=[ \t])|\d+\.(?=[ \t])|\[\^[^\]]+\]:)*)"
_OPENING = re.compile(rf"^{_MARGIN}(?P<bars>/{{3,}}) *(?P<name>[\w-]+) *(?:\|.*)?$")
_CLOSING = re.compile(rf"^{_MARGIN}(?P<bars>/{{3,}}) *$")
_OPTION = re.compile(r"^(?P<indent> *)(?P<key>[\w-]+):(?: |$)")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_QUOTED = re.compile(r"^ *> ?")
_ITEM = re.compile(r"(?:[-*+]|\d+\.)[ \t]+$")
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block, unless it is code; `margin` is what stands before it."""

    name: str
    position: Position
    bars: str
    margin: str

    @property
    def is_nested(self) -> bool:
        """Tell whether it stands inside a list or a quotation, or is code."""
        return _is_nested(self.margin)

    @property
    def starts_item(self) -> bool:
        """Tell whether it stands on the very line where an item of a list starts."""
        return bool(_ITEM.search(self.margin))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, and its number in the file."""

    number: int
    text: str


class BlockMarks:
    """The openings of a text, and what is wrong with how they follow one another."""

    def __init__(self, source: str, first_line: int) -> None:
        """Read the lines that are not fenced code; `first_line` is the place of the first one."""
        self._lines = list(outside_fences(source, first_line))
        self.openings = tuple(self._openings())

    def _openings(self) -> Iterator[Opening]:
        for line in self._lines:
            if found := _OPENING.match(line.text):
                place = Position(line.number, found.start("bars") + 1)
                yield Opening(found["name"].lower(), place, found["bars"], found["margin"])

    def unpaired(self) -> Iterator[Problem]:
        """Yield the first mark that answers to no other: what follows it cannot be judged."""
        for line in self._lines:
            if _FENCE.match(line.text):
                yield Problem(
                    Position(line.number),
                    "code",
                    f"le code ouvert par « {line.text[:3]} » n’est jamais fermé. "
                    f"Ajoutez une ligne « {line.text[:3]} » à sa fin.",
                )
                return
        yield from self._unpaired_blocks()

    def misplaced(self) -> Iterator[tuple[int, Problem]]:
        """Yield the options that are not written as such, each with the number of its opening."""
        lines = [index for index, line in enumerate(self._lines) if _OPENING.match(line.text)]
        for number, (opening, index) in enumerate(zip(self.openings, lines, strict=True)):
            for problem in self._misplaced_options(opening, index + 1):
                yield number, problem

    def stray(self, taken: Collection[int]) -> Iterator[Problem]:
        """Yield the closings inside a list or a quotation that answer to no opening there.

        `taken` are the numbers of the openings that are no code.
        """
        open_bars: list[str] = []
        starts = {self.openings[number].position.line: self.openings[number] for number in taken}
        for line in self._lines:
            if (opening := starts.get(line.number)) and opening.is_nested:
                open_bars.append(opening.bars)
            elif (closing := _CLOSING.match(line.text)) and _is_nested(closing["margin"]):
                if closing["bars"] in open_bars:
                    del open_bars[open_bars.index(closing["bars"]) :]
                else:
                    yield _stray(line, closing["bars"])

    def _unpaired_blocks(self) -> Iterator[Problem]:
        open_blocks: list[Opening] = []
        starts = {opening.position.line: opening for opening in self.openings}
        for line in self._lines:
            opening = starts.get(line.number)
            if opening and not opening.is_nested:
                if any(opening.bars == other.bars for other in open_blocks):
                    yield Problem(
                        opening.position,
                        f"/// {opening.name}",
                        f"il s’ouvre dans le bloc « {open_blocks[-1].name} », qui n’est pas "
                        "fermé. Fermez celui-ci avant, ou entourez-le de « //// » (quatre barres).",
                    )
                    return
                open_blocks.append(opening)
            elif (closing := _CLOSING.match(line.text)) and not _is_nested(closing["margin"]):
                names = [other.bars for other in open_blocks]
                if closing["bars"] not in names:
                    yield _stray(line, closing["bars"])
                    return
                del open_blocks[names.index(closing["bars"]) :]

    def _misplaced_options(self, opening: Opening, index: int) -> Iterator[Problem]:
        """Yield the options that stand after an empty line, or are not indented enough."""
        if opening.name not in BLOCKS:
            return
        is_next = are_read = True
        for line in self._lines[index:]:
            text = _without_margin(line.text, opening.margin)
            if not text.strip():
                is_next = are_read = False
                continue
            found = _OPTION.match(text)
            indent = len(found["indent"]) if found else 0
            is_known = found and found["key"].lower() in known_keys(BLOCKS[opening.name])
            if are_read and indent >= _LEVEL:
                continue
            if not found or not is_known or not (is_next or indent >= _LEVEL):
                return
            are_read = False
            yield Problem(
                Position(line.number, line.text.index(found["key"]) + 1),
                f"/// {opening.name} {found['key']}",
                "l’option serait lue comme du texte. Écrivez-la juste sous "
                f"« /// {opening.name} », décalée de quatre espaces.",
            )


def _is_nested(margin: str) -> bool:
    return bool(margin.strip()) or len(margin.expandtabs(_LEVEL)) >= _LEVEL


def _without_margin(text: str, margin: str) -> str:
    """Return a line without what the list or the quotation of an opening puts before it."""
    text = text.expandtabs(_LEVEL)
    for _ in range(margin.count(">")):
        text = _QUOTED.sub("", text)
    _, quote, own = margin.expandtabs(_LEVEL).rpartition(">")
    indent = 0 if own.strip() else len(own.removeprefix(" ") if quote else own)
    level = indent - indent % _LEVEL
    return text[min(level, len(text) - len(text.lstrip())) :]


def _stray(line: Line, bars: str) -> Problem:
    return Problem(
        Position(line.number, line.text.index("/") + 1),
        bars,
        "cette ligne ne ferme aucun bloc. Retirez-la, ou mettez autant de barres qu’à l’ouverture.",
    )


def outside_fences(source: str, first_line: int) -> Iterator[Line]:
    """Yield the lines outside fenced code, which is what Python-Markdown takes for it."""
    fenced: set[int] = set()
    for found in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(source):
        first = source.count("\n", 0, found.start())
        fenced.update(range(first, first + found[0].count("\n") + 1))
    for number, text in enumerate(source.split("\n")):
        if number not in fenced:
            yield Line(number + first_line, text)
