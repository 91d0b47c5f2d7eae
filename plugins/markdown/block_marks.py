"""Where blocks open and close in a text, read line by line: `/// name` … `///`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from plugins.faults import Position
from plugins.french.typography import fold
from plugins.front_matter.refusals import known_keys
from plugins.markdown.block_openings import LEVEL, MARGIN, Opening, is_nested, read_opening
from plugins.markdown.bodies import Problem
from plugins.models.blocks import BLOCKS

_CLOSING = re.compile(rf"^{MARGIN}(?P<bars>/{{3,}}) *$")
_OPTION = re.compile(r"^(?P<indent>[^\S\n]*)(?P<key>[\w-]+)[ \u00a0\u202f]?:(?!//)")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_QUOTED = re.compile(r"^ *> ?")


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
        read = {n: read_opening(line.text, line.number) for n, line in enumerate(self._lines)}
        self._starts = {index: opening for index, opening in read.items() if opening}
        self.openings = tuple(self._starts.values())

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
        for number, (index, opening) in enumerate(self._starts.items()):
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
            elif (closing := _CLOSING.match(line.text)) and is_nested(closing["margin"]):
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
            elif (closing := _CLOSING.match(line.text)) and not is_nested(closing["margin"]):
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
        known = {fold(key) for key in known_keys(BLOCKS[opening.name])}
        for line in self._lines[index:]:
            text = _without_margin(line.text, opening.margin)
            if not text.strip():
                is_next = are_read = False
                continue
            found = _OPTION.match(text)
            indent = found["indent"] if found else ""
            is_plain = indent.isascii()
            if are_read and is_plain and len(indent) >= LEVEL:
                continue
            if not found or fold(found["key"]) not in known:
                return
            if not (is_next or len(indent) >= LEVEL):
                return
            are_read = False
            yield Problem(
                Position(line.number, line.text.index(found["key"]) + 1),
                f"/// {opening.name} {found['key']}",
                "l’option serait lue comme du texte. Écrivez-la juste sous "
                f"« /// {opening.name} », décalée de quatre espaces."
                if is_plain
                else "l’option est décalée par des espaces insécables, et serait lue comme du "
                "texte. Remplacez-les par quatre espaces ordinaires.",
            )


def _without_margin(text: str, margin: str) -> str:
    """Return a line without what the list or the quotation of an opening puts before it."""
    text = text.expandtabs(LEVEL)
    for _ in range(margin.count(">")):
        text = _QUOTED.sub("", text)
    _, quote, own = margin.expandtabs(LEVEL).rpartition(">")
    indent = 0 if own.strip() else len(own.removeprefix(" ") if quote else own)
    level = indent - indent % LEVEL
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
