"""The marks of blocks in a text (`/// name` … `///`), their options, and the faults of both."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from plugins.faults import Edit, Position, shorten
from plugins.french.typography import fold
from plugins.front_matter.document import Document
from plugins.front_matter.validation import known_keys
from plugins.front_matter.yaml_fields import Refusal, YamlFields
from plugins.markdown.bodies import Problem
from plugins.markdown.prose import Line, outside_fences
from plugins.models.blocks import BLOCKS, BlockOptions

# What an item of a list, a definition, a note or a quotation puts before a mark.
MARGIN = r"(?P<margin>(?:[ \t>]|[-*+:](?=[ \t])|\d+\.(?=[ \t])|\[\^[^\]]+\]:)*)"
LEVEL = 4
_OPENING = re.compile(rf"^{MARGIN}(?P<bars>/{{2,}}) *(?P<name>[\w-]+)(?P<rest>.*)$")
_REST = re.compile(r" *(?:\|.*)?")
# What may stand where the bar should.
_NO_BAR = re.compile(r"[\s:,;=|\uff5c\u00a6\u2502\u2013\u2014-]*")
_ITEM = re.compile(r"(?:[-*+]|\d+\.)[ \t]+$")
_BARS = "///"
_NEAR = 0.75
_CLOSING = re.compile(rf"^{MARGIN}(?P<bars>/{{3,}}) *$")
_OPTION = re.compile(r"^(?P<indent>[^\S\n]*)(?P<key>[\w-]+)[ \u00a0\u202f]?:(?!//)")
_MORE_THAN_A_LANGUAGE = re.compile(r"(?P<bars>`{3,}|~{3,}) *(?P<language>[\w#.+-]*) *[^\s`~]")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})")
_QUOTED = re.compile(r"^ *> ?")
_INDENTED_CLOSING = re.compile(r" *(?P<bars>/{3,}) *")


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens a block, unless the line is code; `margin` are the signs before the bars.

    `bars` are the bars that the closing must have; `mistake` is the message for a line that opens
    nothing, and empty for one that does; `edits` write it right, when only one form is possible.
    """

    name: str
    position: Position
    bars: str
    margin: str
    mistake: str
    edits: tuple[Edit, ...] = ()

    @property
    def is_nested(self) -> bool:
        """True in a list, in a quotation and in indented code."""
        return is_nested(self.margin)

    @property
    def starts_item(self) -> bool:
        """True on the first line of an item of a list."""
        return bool(_ITEM.search(self.margin))


def read_opening(text: str, number: int) -> Opening | None:
    """Return the opening on a line of a text, even written wrong; None on any other line."""
    found = _OPENING.match(text)
    if not found:
        return None
    name, bars, rest = found["name"].lower(), found["bars"], found["rest"]
    is_short = len(bars) < len(_BARS)
    if is_short and (fold(name) not in BLOCKS or not _REST.fullmatch(rest)):
        return None
    position = Position(number, found.start("bars") + 1)
    mistake, right = _mistake(name, bars, rest)
    edits = (Edit(position, text[found.start("bars") :], right),) if right else ()
    return Opening(name, position, _BARS if is_short else bars, found["margin"], mistake, edits)


def _fence_mistake(text: str) -> str:
    """Return the message for a fence that opens no code."""
    found = _MORE_THAN_A_LANGUAGE.match(text)
    if found:
        opening = found["bars"] + found["language"]
        return (
            f"{shorten(text)} : seul le nom du langage est lu après « {found['bars']} ». "
            f"Écrivez « {opening} »."
        )
    return (
        f"le code ouvert par « {text[:3]} » n’est jamais fermé. "
        f"Ajoutez une ligne « {text[:3]} » à sa fin."
    )


def is_nested(margin: str) -> bool:
    """Return True for the margin of a list, of a quotation or of indented code."""
    return bool(margin.strip()) or len(margin.expandtabs(LEVEL)) >= LEVEL


class BlockMarks:
    """The openings of a text, and the faults of marks that do not pair."""

    def __init__(self, source: str, first_line: int) -> None:
        """Read the lines outside fenced code; `first_line` is the line of the text in the file."""
        self._lines = list(outside_fences(source, first_line))
        read = {n: read_opening(line.text, line.number) for n, line in enumerate(self._lines)}
        self._starts = {index: opening for index, opening in read.items() if opening}
        self.openings = tuple(self._starts.values())

    def unpaired(self) -> Iterator[Problem]:
        """Yield the first mark without a pair; the marks below it cannot be judged."""
        for line in self._lines:
            if _FENCE.match(line.text):
                yield Problem(Position(line.number), "code", _fence_mistake(line.text))
                return
        yield from self._unpaired_blocks()

    def misplaced(self) -> Iterator[tuple[int, Problem]]:
        """Yield the options that would be read as text, each with the number of its opening."""
        for number, (index, opening) in enumerate(self._starts.items()):
            for problem in self._misplaced_options(opening, index + 1):
                yield number, problem

    def stray(self, taken: Collection[int]) -> Iterator[Problem]:
        """Yield the closings inside a list or a quotation that close no block there.

        `taken` are the numbers of the openings that a block came of: the others are code.
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
        """Yield the options below an empty line, and the ones indented by less than four spaces."""
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
            can_be_moved = is_next and not opening.margin
            yield Problem(
                Position(line.number, line.text.index(found["key"]) + 1),
                f"/// {opening.name} {found['key']}",
                "l’option serait lue comme du texte. Écrivez-la juste sous "
                f"« /// {opening.name} », décalée de quatre espaces."
                if is_plain
                else "l’option est décalée par des espaces insécables, et serait lue comme du "
                "texte. Remplacez-les par quatre espaces ordinaires.",
                edits=(Edit(Position(line.number), indent, " " * LEVEL),) if can_be_moved else (),
            )


def _without_margin(text: str, margin: str) -> str:
    """Return a line without the margin of the list or of the quotation around its block."""
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


def read_options(path: Path, written: str, below: Sequence[str], opening: Position) -> Document:
    """Return the options of a block as a header is returned; raise Refusal if they cannot be read.

    `written` are the lines that Markdown takes for options, tabs made spaces, without the margin
    of a list or of a quotation; `below` are the same lines, and the next, as the file has them.
    """
    lines = written.split("\n")

    def place(line: int, column: int) -> Position:
        margin = len(below[line].rstrip()) - len(lines[line].rstrip())
        return Position(opening.line + 1 + line, max(0, column + margin) + 1)

    for number, line in enumerate(lines):
        if found := _INDENTED_CLOSING.fullmatch(line):
            indent = line[: found.start("bars")]
            is_in_place = below[number].startswith(line.rstrip())
            raise Refusal(
                place(number, found.start("bars")),
                None,
                f"« {found['bars']} » est décalé comme une option, et ne ferme rien. "
                "Alignez-le sur l’ouverture du bloc.",
                edits=(Edit(place(number, 0), indent, ""),) if is_in_place else (),
            )
    fields = YamlFields("\n".join(lines), place)
    values = {} if fields.is_empty else fields.mapping()
    if values is None:
        start = len(lines[0]) - len(lines[0].lstrip())
        raise Refusal(
            place(0, start), None, "l’option n’est pas lisible. Écrivez « option: valeur »."
        )
    return Document(path, values, "", 0, fields.positions, fields.keys)


def _mistake(name: str, bars: str, rest: str) -> tuple[str, str]:
    """Return the message for a line that opens no block, and the line that was certainly meant.

    Both are empty for a sound opening, the second one in doubt.
    """
    model = _meant(name)
    if model is None:
        return f"le bloc n’existe pas. Blocs possibles : {', '.join(sorted(BLOCKS))}.", ""
    written = _NO_BAR.sub("", rest, count=1).strip()
    argument = written or model.ARGUMENT_FORM
    whole = f"{max(bars, _BARS)} {model.NAME}" + (f" | {argument}" if model.ARGUMENT else "")
    right = whole if fold(name) == model.NAME and bool(model.ARGUMENT) == bool(written) else ""
    if not _REST.fullmatch(rest):
        if model.ARGUMENT:
            return f"il manque la barre « | » après le nom du bloc. Écrivez « {whole} ».", right
        message = f"rien ne suit le nom de ce bloc. Écrivez « {whole} », et ses options dessous."
        return message, ""
    if len(bars) < len(_BARS):
        return f"il manque une barre au début. Écrivez « {whole} ».", right
    if name == model.NAME:
        return "", ""
    return f"le bloc n’existe pas. Vouliez-vous « {model.NAME} » ?", right


def _meant(name: str) -> type[BlockOptions] | None:
    near = get_close_matches(fold(name), BLOCKS, n=1, cutoff=_NEAR)
    return BLOCKS[near[0]] if near else None
