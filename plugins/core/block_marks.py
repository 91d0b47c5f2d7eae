"""Where blocks open and close in a text, read line by line: `/// name` … `///`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from plugins.core.blocks import BLOCKS
from plugins.core.bodies import Problem
from plugins.core.errors import Position
from plugins.core.refusals import known_keys
from plugins.core.yaml_mistakes import explain, shown

_OPENING = re.compile(r"^(?P<indent> *)(?P<bars>/{3,}) *(?P<name>[\w-]+) *(?:\|.*)?$")
_CLOSING = re.compile(r"^ {0,3}(?P<bars>/{3,}) *$")
_OPTION = re.compile(r"^(?P<indent> *)(?P<key>[\w-]+):(?: |$)")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_CODE_INDENT = 4
_INDENTED = re.compile(rf" {{{_CODE_INDENT},}}\S")


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block; one inside a list is indented.

    `fault` is why its options cannot be read: it then opens nothing.
    """

    name: str
    position: Position
    bars: str
    is_indented: bool = False
    fault: Problem | None = None


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
        for index, line in enumerate(self._lines):
            if found := _OPENING.match(line.text):
                name, indent = found["name"].lower(), len(found["indent"])
                yield Opening(
                    name,
                    Position(line.number, indent + 1),
                    found["bars"],
                    indent >= _CODE_INDENT,
                    _unreadable(name, self._options(index, indent)),
                )

    def _options(self, opening: int, indent: int) -> list[Line]:
        """Return the lines of options under an opening; a list that holds it indents both."""
        margin = indent - indent % _CODE_INDENT
        next_number = self._lines[opening].number + 1
        options: list[Line] = []
        for line in self._lines[opening + 1 :]:
            if line.number != next_number + len(options) or not _INDENTED.match(line.text[margin:]):
                break
            options.append(line)
        return options

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
            for problem in self._misplaced_options(opening.name, index + 1):
                yield number, problem

    def _unpaired_blocks(self) -> Iterator[Problem]:
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

    def _misplaced_options(self, name: str, index: int) -> Iterator[Problem]:
        """Yield the options that stand after an empty line, or are not indented enough."""
        if name not in BLOCKS:
            return
        is_next = are_read = True
        for line in self._lines[index:]:
            if not line.text.strip():
                is_next = are_read = False
                continue
            found = _OPTION.match(line.text)
            indent = len(found["indent"]) if found else 0
            is_known = found and found["key"].lower() in known_keys(BLOCKS[name])
            if are_read and indent >= _CODE_INDENT:
                continue
            if not found or not is_known or not (is_next or indent >= _CODE_INDENT):
                return
            are_read = False
            yield Problem(
                Position(line.number, indent + 1),
                f"/// {name} {found['key']}",
                "l’option serait lue comme du texte. Écrivez-la juste sous "
                f"« /// {name} », décalée de quatre espaces.",
            )


def option_position(body: str, first_line: int, opening: Position, option: str) -> Position:
    """Return where the value of a block's option stands; without such an option, its opening."""
    below = body.split("\n")[opening.line - first_line + 1 :]
    for number, line in enumerate(below, start=opening.line + 1):
        if not line.startswith(" " * _CODE_INDENT):
            break
        if line.strip().startswith(f"{option}:"):
            return Position(number, line.index(":") + 3)
    return opening


def _unreadable(name: str, lines: list[Line]) -> Problem | None:
    """Return why the options of a block cannot be read, told at the line that is to be changed."""
    if name not in BLOCKS or not lines:
        return None
    margin = min(len(line.text) - len(line.text.lstrip()) for line in lines)
    text = "\n".join(line.text[margin:] for line in lines)
    row = column = 0
    message = "l’option n’est pas lisible. Écrivez « option: valeur »."
    try:
        options = yaml.safe_load(text)
        if options is None or (
            isinstance(options, dict) and all(isinstance(k, str) for k in options)
        ):
            return None
    except yaml.YAMLError as error:
        mistake = explain(error, text)
        row, column, message = mistake.line, mistake.column, mistake.message
    except Exception:  # noqa: BLE001 - a value that looks like a date and is none, among others
        message = "l’option n’est pas lisible. Mettez sa valeur entre guillemets."
    line = lines[min(row, len(lines) - 1)]
    key, _ = shown(text, row)
    return Problem(
        Position(line.number, margin + column + 1), f"/// {name} {key or ''}".rstrip(), message
    )


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
