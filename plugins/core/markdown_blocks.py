"""Blocks in Markdown: read by pymdownx, judged by their model, kept between two marks."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from plugins.core.block_marks import BlockMarks, Opening, option_position
from plugins.core.blocks import BLOCKS, BlockOptions, StepsBlock
from plugins.core.bodies import BlockCall, Html, Part, Problem
from plugins.core.errors import Position, shorten
from plugins.core.front_matter import Document
from plugins.core.validation import validate


class BlockSession:
    """What is gathered of the blocks while one text is converted."""

    def __init__(self, source: str, document: Document) -> None:
        """Read the marks of the text; `token` stands for blocks in its HTML, and nowhere else."""
        self.token = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.calls: dict[int, BlockCall] = {}
        self._document = document
        self._source = source
        self._marks = BlockMarks(source, document.body_line)
        self._openings = list(self._marks.openings)
        self._taken: set[int] = set()
        self._closed: set[int] = set()
        self._found: list[tuple[int, Problem]] = []

    @property
    def numbered(self) -> str:
        """Return the text, each opening saying its number, or that it opens nothing.

        pymdownx does not tell which line a block comes from.
        """
        lines = self._source.split("\n")
        for number, opening in enumerate(self._openings):
            if opening.name not in BLOCKS:
                continue
            index = opening.position.line - self._document.body_line
            line, start = lines[index], opening.position.column - 1
            if opening.fault:
                lines[index] = f"{line[:start]}{self.token}!{line[start:]}"
            else:
                lines[index] = f"{line}{'' if '|' in line else ' |'} {self.token}={number}"
        return "\n".join(lines)

    def unnumbered(self, html: str) -> str:
        """Return the HTML of a numbered text without what it adds to openings that are code."""
        return re.sub(rf"(?: \|)? {self.token}=\d+|{self.token}!", "", html)

    def numbered_argument(self, argument: str) -> tuple[int | None, str]:
        """Return the number of an opening and what was written after its bar."""
        written, mark, number = argument.rpartition(f"{self.token}=")
        return (int(number), written.strip()) if mark else (None, argument.strip())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the blocks; marks that do not pair hide the rest."""
        if unpaired := tuple(self._marks.unpaired()):
            return unpaired
        misplaced = tuple(self._marks.misplaced())
        blurred = {number for number, _ in misplaced}
        found = (
            problem
            for number, problem in self._found
            # Without options that are read as text, what a block lacks or holds is not known.
            if number not in blurred or problem.position != self._openings[number].position
        )
        return (*(problem for _, problem in misplaced), *found, *self._missing())

    def start(self, name: str, number: int | None) -> tuple[int, Position]:
        """Return the number and the place of a block; one in a quotation has no number yet."""
        if number is None:
            number = len(self._openings)
            position = Position(self._document.body_line)
            self._openings.append(Opening(name, position, "", is_indented=True))
        self._taken.add(number)
        return number, self._openings[number].position

    def end(self, number: int) -> None:
        """Note that a block is closed."""
        self._closed.add(number)

    def tear(self, number: int) -> None:
        """Note that the two marks of a closed block are not in one place."""
        if number in self._closed:
            self.tell(number, "le bloc est coupé par du HTML mal fermé. Retirez ce HTML.")

    def tell(self, number: int, message: str, option: str | None = None) -> None:
        """Note a fault of a block, at its option when one is named."""
        opening = self._openings[number]
        place, field = opening.position, f"/// {opening.name}"
        if option:
            place = option_position(self._source, self._document.body_line, place, option)
            field = f"{field} {option}"
        self._found.append((number, Problem(place, field, message)))

    def options(
        self, number: int, model: type[BlockOptions], written: Mapping[str, Any]
    ) -> BlockOptions | None:
        """Return the options of a block, or None after having told what is wrong with them."""
        position = self._openings[number].position
        values = {str(key): _as_text(value) for key, value in written.items()}
        place = Document(self._document.path, {}, "", 0, {(): position}, {(): position})
        options, faults = validate(place, model, values)
        for fault in faults:
            self.tell(number, fault.message, fault.field)
        return options

    def _missing(self) -> Iterator[Problem]:
        """Yield the openings that no block came of, and the blocks never closed."""
        for number, opening in enumerate(self._openings):
            if opening.is_indented and number not in self._taken:
                continue
            message = ""
            if opening.name not in BLOCKS:
                known = ", ".join(sorted(BLOCKS))
                message = f"le bloc n’existe pas. Blocs possibles : {known}."
            elif opening.fault:
                yield opening.fault
            elif number not in self._taken:
                message = "le bloc est mal écrit. Mettez une ligne vide avant lui."
            elif number not in self._closed:
                message = "le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin."
            if message:
                yield Problem(opening.position, f"/// {opening.name}", message)


def _as_text(value: Any) -> Any:  # noqa: ANN401 - what pymdownx's YAML gave
    """Return an option as the text it was; of a list or group, only that it is one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ["…"]
    if isinstance(value, dict):
        return {"…": "…"}
    return value if value is None else str(value)


class BlockMarkdown(BlocksExtension):  # type: ignore[misc]
    """Registers one block per model; the converter's `passerelle` is the text's session."""

    def extendMarkdownBlocks(  # noqa: N802 - pymdownx's name
        self,
        md: markdown.Markdown,  # noqa: ARG002
        block_mgr: Any,  # noqa: ANN401
    ) -> None:
        """Register the blocks."""
        for name, model in BLOCKS.items():
            kind = type(f"{name.title()}Block", (_ModelBlock,), {"NAME": name, "MODEL": model})
            block_mgr.register(kind, self.getConfigs())


class _ModelBlock(Block):  # type: ignore[misc]
    """A block of ours; every option is taken in, for the block's model to judge."""

    MODEL: type[BlockOptions]

    def _validate(self, parent: Element, arg: Any, **options: Any) -> bool:  # noqa: ANN401, ARG002
        self.number, argument = self.md.passerelle.numbered_argument(arg or "")
        self.argument = argument or None
        self.options: dict[str, Any] = {"attrs": {}}
        self.written = options
        return True

    def on_create(self, parent: Element) -> Element:
        """Create the element that holds the content between two marks."""
        session: BlockSession = self.md.passerelle
        self.number, position = session.start(self.NAME, self.number)
        options = session.options(self.number, self.MODEL, self.written)
        self._check_argument(session)
        if options is not None:
            session.calls[self.number] = BlockCall(options, self.argument, (), position)
        element = SubElement(parent, "div")
        _mark(element, f"{session.token}:{self.number}:")
        return element

    def _check_argument(self, session: BlockSession) -> None:
        if self.MODEL.ARGUMENT and not self.argument:
            session.tell(
                self.number,
                f"il manque le contenu à montrer. Écrivez « /// {self.NAME} | nom-du-fichier ».",
            )
        if self.argument and not self.MODEL.ARGUMENT:
            session.tell(
                self.number,
                f"{shorten(self.argument)} : ce bloc ne prend rien après « | ». Retirez-le.",
            )

    def on_end(self, block: Element) -> None:
        """Close the content; tell of a block that has some and should not, or lacks it."""
        session: BlockSession = self.md.passerelle
        session.end(self.number)
        is_filled = len(block) > 1
        if self.MODEL.HAS_CONTENT and not is_filled:
            session.tell(
                self.number, "le bloc est vide. Écrivez son contenu entre les options et « /// »."
            )
        if is_filled and self.MODEL is StepsBlock and block.find("ol") is None:
            session.tell(
                self.number,
                "les étapes ne sont pas numérotées. Commencez chacune par « 1. », « 2. », « 3. ».",
            )
        if is_filled and not self.MODEL.HAS_CONTENT:
            session.tell(
                self.number,
                "le bloc ne prend pas de contenu. Fermez-le par « /// » sous ses options.",
            )
        _mark(block, f"{session.token}:{self.number}/")


def _mark(parent: Element, text: str) -> None:
    SubElement(parent, "p").text = AtomicString(text)


def split(text: str, session: BlockSession) -> tuple[Part, ...]:
    """Return the parts of a sanitised text: HTML, and the blocks between their two marks."""
    token = session.token
    if token not in text:  # most texts: a pattern of their own would cost more than the rest
        return (Html(text.strip("\n")),) if text.strip() else ()
    block = re.compile(rf"<div>\s*<p>{token}:(\d+):</p>(.*?)<p>{token}:\1/</p>\s*</div>", re.DOTALL)
    parts = _parts(text, block, session.calls)
    stray = re.compile(rf"<p>{token}:(\d+)[:/]</p>")
    return tuple(_without_marks(parts, stray, session))


def unmarked(text: str, session: BlockSession) -> str:
    """Return a sanitised text without the marks of its blocks."""
    if session.token not in text:
        return text
    return re.sub(rf"<p>{session.token}:\d+[:/]</p>", "", text)


def _parts(text: str, block: re.Pattern[str], calls: Mapping[int, BlockCall]) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for match in block.finditer(text):
        if before := text[end : match.start()].strip("\n"):
            parts.append(Html(before))
        end = match.end()
        call = calls.get(int(match[1]))
        if call:
            inner = _parts(match[2].strip(), block, calls)
            parts.append(BlockCall(call.options, call.argument, inner, call.position))
    if rest := text[end:].strip("\n"):
        parts.append(Html(rest))
    return tuple(parts)


def _without_marks(
    parts: tuple[Part, ...], stray: re.Pattern[str], session: BlockSession
) -> Iterator[Part]:
    """Yield parts, the marks of blocks that HTML of the text has torn apart being told and gone."""
    for part in parts:
        if isinstance(part, BlockCall):
            inner = tuple(_without_marks(part.parts, stray, session))
            yield BlockCall(part.options, part.argument, inner, part.position)
            continue
        for number in dict.fromkeys(int(found[1]) for found in stray.finditer(part.text)):
            session.tear(number)
        yield Html(stray.sub("", part.text))
