"""Where blocks open and close in a text, read line by line: `/// name` … `///`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from plugins.core.blocks import BLOCKS
from plugins.core.bodies import Problem
from plugins.core.errors import Position
from plugins.core.refusals import known_keys

_OPENING = re.compile(r"^(?P<indent> *)(?P<bars>/{3,}) *(?P<name>[\w-]+) *(?:\|.*)?$")
_CLOSING = re.compile(r"^ {0,3}(?P<bars>/{3,}) *$")
_OPTION = re.compile(r"^(?P<indent> *)(?P<key>[\w-]+):(?: |$)")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block; one inside a list is indented."""

    name: str
    position: Position
    bars: str
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


class BlockMarks:
    """The openings of a text, and what is wrong with how they follow one another."""

    def __init__(self, source: str, first_line: int) -> None:
        """Read the lines that are not fenced code; `first_line` is the place of the first one."""
        self._lines = list(_outside_fences(source, first_line))
        self.openings = tuple(self._openings())

    def _openings(self) -> Iterator[Opening]:
        for line in self._lines:
            if found := _OPENING.match(line.text):
                indent = len(found["indent"])
                yield Opening(
                    found["name"].lower(),
                    Position(line.number, indent + 1),
                    found["bars"],
                    indent >= _CODE_INDENT,
                )

    def problems(self) -> Iterator[Problem]:
        """Yield marks that answer to no other, and options that are not written as such."""
        for line in self._lines:
            if _FENCE.match(line.text):
                yield Problem(
                    Position(line.number),
                    "code",
                    f"le code ouvert par « {line.text[:3]} » n’est jamais fermé. "
                    f"Ajoutez une ligne « {line.text[:3]} » à sa fin.",
                )
                return
        yield from self._unpaired()
        for index, line in enumerate(self._lines):
            if found := _OPENING.match(line.text):
                yield from self._misplaced_option(found["name"].lower(), index + 1)

    def _unpaired(self) -> Iterator[Problem]:
        open_blocks: list[Opening] = []
        starts = {opening.position.line: opening for opening in self.openings}
        for line in self._lines:
            opening = starts.get(line.number)
            if opening and not opening.is_indented:
                if any(opening.bars == other.bars for other in open_blocks):
                    yield Problem(
                        opening.position,
                        f"/// {opening.name}",
                        f"il s’ouvre dans le bloc « {open_blocks[-1].name} », qui n’est pas "
                        "fermé. Fermez celui-ci avant, ou entourez-le de « //// » (quatre barres).",
                    )
                    return
                open_blocks.append(opening)
            elif closing := _CLOSING.match(line.text):
                names = [other.bars for other in open_blocks]
                if closing["bars"] not in names:
                    yield _stray(line, closing["bars"])
                    return
                del open_blocks[names.index(closing["bars"]) :]

    def _misplaced_option(self, name: str, index: int) -> Iterator[Problem]:
        """Yield the option that stands after an empty line, or is not indented enough."""
        if name not in BLOCKS:
            return
        is_next = True
        for line in self._lines[index:]:
            if not line.text.strip():
                is_next = False
                continue
            found = _OPTION.match(line.text)
            if found and found["key"].lower() in known_keys(BLOCKS[name]):
                indent = len(found["indent"])
                if is_next and indent >= _CODE_INDENT:
                    return
                if is_next or indent >= _CODE_INDENT:
                    yield Problem(
                        Position(line.number, indent + 1),
                        f"/// {name} {found['key']}",
                        "l’option serait lue comme du texte. Écrivez-la juste sous "
                        f"« /// {name} », décalée de quatre espaces.",
                    )
            return


def _stray(line: _Line, bars: str) -> Problem:
    return Problem(
        Position(line.number, line.text.index("/") + 1),
        bars,
        "cette ligne ne ferme aucun bloc. Retirez-la, ou mettez autant de barres qu’à l’ouverture.",
    )


def _outside_fences(source: str, first_line: int) -> Iterator[_Line]:
    """Yield the lines outside fenced code, which is what Python-Markdown takes for it."""
    fenced: set[int] = set()
    for found in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(source):
        first = source.count("\n", 0, found.start())
        fenced.update(range(first, first + found[0].count("\n") + 1))
    for number, text in enumerate(source.split("\n")):
        if number not in fenced:
            yield _Line(number + first_line, text)
