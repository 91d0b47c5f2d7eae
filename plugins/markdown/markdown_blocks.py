"""The blocks of a text while it is converted, and the parts that the HTML is split into."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from pymdownx.blocks import BlocksMgrExtension, BlocksProcessor
from pymdownx.blocks.block import Block
from selectolax.lexbor import LexborHTMLParser

from plugins.faults import START, Edit, Position, empty_line_above, shorten
from plugins.front_matter.document import Document
from plugins.front_matter.validation import validate
from plugins.front_matter.yaml_fields import Refusal
from plugins.markdown.block_marks import BlockMarks, Opening, read_options
from plugins.markdown.bodies import BlockCall, Html, Part, Problem
from plugins.models.blocks import BLOCKS, BlockOptions, ButtonBlock, StepsBlock

_NO_PROSE = re.compile(r"<!--.*?-->|<(pre|code)\b.*?</\1>", re.DOTALL)
# What is above the link back of a note ends with a space that does not break.
_SHOWN_CLOSING = re.compile(r"(?m)(?:^|>) */{3,} *(?:&#160;)?(?:<|$)")

_TAG = re.compile(r"<(\w+)")
_IN_LABEL = {"p", "abbr", "b", "br", "code", "em", "i", "mark", "strong", "sub", "sup"}
# pymdownx's own priority: just after the indents of lists.
_BLOCK_PRIORITY = 89.99


class BlockSession:
    """The blocks of one text: read while it is converted, then judged."""

    def __init__(self, source: str, document: Document) -> None:
        """Read the marks of the text.

        `token` marks the blocks in its HTML. It cannot be forged: no text holds its own digest.
        """
        self.token = hashlib.sha256(source.encode()).hexdigest()[:16]
        self.calls: dict[int, BlockCall] = {}
        self._document = document
        self._lines = source.split("\n")
        self._marks = BlockMarks(source, document.body_line)
        self._openings = self._marks.openings
        self._taken: set[int] = set()
        self._closed: set[int] = set()
        self._unread: set[int] = set()
        self._shown: set[int] = set()
        self._shows_closing = False
        self._found: list[tuple[int, Problem]] = []

    @property
    def numbered(self) -> str:
        """The text, each opening followed by its number.

        pymdownx does not say which line a block comes from.
        """
        lines = list(self._lines)
        for number, opening in enumerate(self._openings):
            index = opening.position.line - self._document.body_line
            lines[index] += f"{'' if '|' in lines[index] else ' |'} {self.token}={number}"
        return "\n".join(lines)

    def unnumbered(self, html: str) -> str:
        """Remove the numbers from the HTML of a numbered text; note the marks still visible."""
        if self.token not in html and "///" not in html:
            return html
        number = re.compile(rf"(?: \|)? {self.token}=(\d+)")
        prose = _NO_PROSE.sub("", html)
        self._shown = {int(found[1]) for found in number.finditer(prose)}
        self._shows_closing = bool(_SHOWN_CLOSING.search(prose))
        return number.sub("", html)

    def numbered_argument(self, name: str, argument: str) -> tuple[int, str] | None:
        """Return the number of a block and its argument; None for an unknown block."""
        written, mark, number = argument.rpartition(f"{self.token}=")
        return (int(number), written.strip()) if mark and name.lower() in BLOCKS else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of the blocks; marks without a pair hide most of the others."""
        if unpaired := tuple(self._in_items()) or tuple(self._marks.unpaired()):
            return (*self._mistaken(), *unpaired)
        misplaced = [found for found in self._marks.misplaced() if found[0] in self._taken]
        blurred = {number for number, _ in misplaced}
        found = [
            problem
            for number, problem in self._found
            # Without options that are read as text, what a block lacks or holds is not known.
            if number not in blurred or problem.position != self._openings[number].position
        ]
        told = (*(problem for _, problem in misplaced), *found, *self._missing())
        return told or (tuple(self._marks.stray(self._taken)) if self._shows_closing else ())

    def model(self, number: int) -> type[BlockOptions]:
        """Return the model of the block that an opening names."""
        return BLOCKS[self._openings[number].name]

    def start(self, number: int) -> Position:
        """Note that a block came of an opening; return its place."""
        self._taken.add(number)
        return self._openings[number].position

    def end(self, number: int) -> None:
        """Note that a block is closed."""
        self._closed.add(number)

    def tear(self, number: int) -> None:
        """Note that the HTML of the text separates the two marks of a closed block."""
        if number in self._closed:
            self.tell(number, "le bloc est coupé par du HTML mal fermé. Retirez ce HTML.")

    def tell(
        self,
        number: int,
        message: str,
        option: str | None = None,
        place: Position | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        """Note a fault of a block, or of one of its options."""
        opening = self._openings[number]
        field = f"/// {opening.name} {option or ''}".rstrip()
        problem = Problem(place or opening.position, field, message, edits=edits)
        self._found.append((number, problem))

    def options(
        self, number: int, model: type[BlockOptions], written: str
    ) -> tuple[BlockOptions | None, tuple[tuple[str, Position], ...]]:
        """Return the options of a block, or None once their faults are noted, and their places."""
        opening = self._openings[number].position
        below = self._lines[opening.line - self._document.body_line + 1 :]
        try:
            read = read_options(self._document.path, written, below, opening)
        except Refusal as refusal:
            self._unread.add(number)
            self.tell(number, refusal.message, refusal.field, refusal.position, refusal.edits)
            return None, ()
        options, faults = validate(read, model)
        for fault in faults:
            # An option that is missing has no place of its own.
            place = None if fault.position == START else fault.position
            self.tell(number, fault.message, fault.field, place, fault.edits)
        return options, tuple(
            (str(p[0]), place) for p, place in read.positions.items() if len(p) == 1
        )

    def _in_items(self) -> Iterator[Problem]:
        """Yield the blocks on the first line of an item of a list: no mark below can close them."""
        for number in sorted(self._taken):
            opening = self._openings[number]
            if opening.starts_item:
                yield _problem(
                    opening,
                    "le bloc ne peut pas commencer un élément de liste. Écrivez d’abord le texte "
                    "de l’élément, puis une ligne vide, puis le bloc décalé de quatre espaces.",
                )

    def _missing(self) -> Iterator[Problem]:
        """Yield the openings without a block, and the blocks never closed."""
        yield from self._mistaken()
        for number, opening in enumerate(self._openings):
            if opening.mistake:
                continue
            if number in self._taken:
                if number not in self._closed | self._unread:
                    message = "le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin."
                    yield _problem(opening, message)
            elif self._is_prose(number):
                yield self._unseen(opening)

    def _mistaken(self) -> Iterator[Problem]:
        """Yield the openings written wrong, which readers would see as text."""
        for number, opening in enumerate(self._openings):
            if opening.mistake and number not in self._taken and self._is_prose(number):
                yield _problem(opening, opening.mistake, opening.edits)

    def _is_prose(self, number: int) -> bool:
        """Return True for an opening outside code."""
        return number in self._shown or not self._openings[number].is_nested

    def _unseen(self, opening: Opening) -> Problem:
        """Return the fault of a sound opening that gave no block."""
        index = opening.position.line - self._document.body_line
        if index and self._lines[index - 1].strip():
            is_quoted = bool(opening.margin.strip())
            edits = () if is_quoted else (empty_line_above(opening.position.line),)
            message = "le bloc est mal écrit. Mettez une ligne vide avant lui."
            return _problem(opening, message, edits)
        return _problem(
            opening,
            "le bloc est dans du HTML, où il n’est pas lu. Retirez la balise qui s’ouvre avant "
            "lui.",
        )


def _problem(opening: Opening, message: str, edits: tuple[Edit, ...] = ()) -> Problem:
    return Problem(opening.position, f"/// {opening.name}", message, edits=edits)


class BlockMarkdown(BlocksMgrExtension):  # type: ignore[misc]
    """Registers one block per model; `session` is that of the text under conversion."""

    session: BlockSession | None = None

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Replace the processor of pymdownx."""
        super().extendMarkdown(md)
        self.extension = _Processor(md.parser, md, self)
        md.parser.blockprocessors.register(self.extension, "blocks", _BLOCK_PRIORITY)
        for name, model in BLOCKS.items():
            kind = type(f"{name.title()}Block", (_ModelBlock,), {"NAME": name, "MODEL": model})
            self.extension.register(kind, {})

    def reset(self) -> None:
        """Forget the blocks of a text."""
        super().reset()
        self.session = None


class _Processor(BlocksProcessor):  # type: ignore[misc]
    """Finds blocks as pymdownx does, with two differences.

    Options are handed over as written: pymdownx guesses the types of values, and shows a block as
    text when it cannot read the options. The text just above an opening is parsed before the
    opening: pymdownx parses it in the middle, and a block in that text makes it loop for ever.
    """

    def __init__(
        self, parser: BlockParser, md: markdown.Markdown, extension: BlockMarkdown
    ) -> None:
        """Read the session of each text from the extension."""
        super().__init__(parser, md)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:
        """Return True when a block goes on, or starts, in some lines."""
        return self.get_parent(parent) is not None or self._opening(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the lines of the block out of the lines to come."""
        opening = self._opening(blocks[0]) if self.cached_parent is None else None
        if opening and opening.start() > 0:
            text = blocks[0]
            blocks[:1] = [text[: opening.start()], text[opening.start() + 1 :]]
            return
        if opening:
            self.cached_block = self._started(opening, blocks[0][opening.end() :])
        super().run(parent, blocks)

    def _opening(self, text: str) -> re.Match[str] | None:
        found: re.Match[str] | None = self.start.search(text)
        is_ours = found and self._session.numbered_argument(found[2], found[3] or "")
        return found if is_ours else None

    def _started(self, opening: re.Match[str], below: str) -> tuple[Block, str]:
        """Return a new block, and the lines below its options."""
        name, session = opening[2].lower(), self._session
        number, argument = session.numbered_argument(name, opening[3]) or (0, "")
        block = self.blocks[name](len(opening[1]), self.trackers[name], self, self.config[name])
        options = self.yaml_line.match(below)
        block.take(session, number, argument, options[0] if options else "")
        return block, below[options.end() :] if options else below

    @property
    def _session(self) -> BlockSession:
        assert self._extension.session is not None
        return self._extension.session


class _ModelBlock(Block):  # type: ignore[misc]
    """A block of the site; its model validates its options."""

    MODEL: type[BlockOptions]

    def on_init(self) -> None:
        """Give the element no attributes, which pymdownx would take from options."""
        self.options: dict[str, dict[str, str]] = {"attrs": {}}

    def take(self, session: BlockSession, number: int, argument: str, written: str) -> None:
        """Keep the number and the argument of the opening, and the lines of options."""
        self.session = session
        self.number = number
        self.argument = argument or None
        self.written = written

    def on_create(self, parent: Element) -> Element:
        """Create the element of the content, which begins with a mark."""
        session = self.session
        position = session.start(self.number)
        options, places = session.options(self.number, self.MODEL, self.written)
        self._check_argument(session)
        if options is not None:
            session.calls[self.number] = BlockCall(options, self.argument, (), position, places)
        element = SubElement(parent, "div")
        _mark(element, f"{session.token}:{self.number}:")
        return element

    def _check_argument(self, session: BlockSession) -> None:
        if self.MODEL.ARGUMENT and not self.argument:
            session.tell(
                self.number,
                "il manque le contenu à montrer. "
                f"Écrivez « /// {self.NAME} | {self.MODEL.ARGUMENT_FORM} ».",
            )
        if self.argument and not self.MODEL.ARGUMENT:
            session.tell(
                self.number,
                f"{shorten(self.argument)} : ce bloc ne prend rien après « | ». Retirez-le.",
            )

    def on_end(self, block: Element) -> None:
        """End the content with a mark; note a fault if content is not allowed."""
        session = self.session
        session.end(self.number)
        if len(block) > 1 and not self.MODEL.HAS_CONTENT:
            session.tell(
                self.number,
                "le bloc ne prend pas de contenu. Fermez-le par « /// » sous ses options.",
            )
        _mark(block, f"{session.token}:{self.number}/")


def _mark(parent: Element, text: str) -> None:
    SubElement(parent, "p").text = AtomicString(text)


def split(text: str, session: BlockSession) -> tuple[Part, ...]:
    """Split sanitised HTML into parts at the marks of its blocks."""
    token = session.token
    if token not in text:  # most texts: a pattern of their own would cost more than the rest
        return (Html(text.strip("\n")),) if text.strip() else ()
    block = re.compile(rf"<div>\s*<p>{token}:(\d+):</p>(.*?)<p>{token}:\1/</p>\s*</div>", re.DOTALL)
    parts = _parts(text, block, session)
    stray = re.compile(rf"<p>{token}:(\d+)[:/]</p>")
    return tuple(_without_marks(parts, stray, session))


def unmarked(text: str, session: BlockSession) -> str:
    """Remove the marks of blocks from sanitised HTML."""
    if session.token not in text:
        return text
    return re.sub(rf"<p>{session.token}:\d+[:/]</p>", "", text)


def _parts(text: str, block: re.Pattern[str], session: BlockSession) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for match in block.finditer(text):
        if before := text[end : match.start()].strip("\n"):
            parts.append(Html(before))
        end = match.end()
        call = session.calls.get(int(match[1]))
        inner = _parts(match[2].strip(), block, session)
        if message := _unfit_content(session.model(int(match[1])), inner):
            session.tell(int(match[1]), message)
        if not call:  # At fault: a link to one of its headings is no second fault.
            parts.extend(inner)
        else:
            parts.append(replace(call, parts=inner))
    if rest := text[end:].strip("\n"):
        parts.append(Html(rest))
    return tuple(parts)


def _unfit_content(model: type[BlockOptions], parts: tuple[Part, ...]) -> str:
    """Return the fault of the content of a block, as readers see it; an empty text when sound."""
    if not model.HAS_CONTENT:
        return ""
    html = "".join(part.text for part in parts if isinstance(part, Html))
    tree = LexborHTMLParser(f"<body>{html}</body>")
    has_words = bool(tree.body and tree.body.text().strip()) or tree.css_first("img") is not None
    if not has_words and not any(isinstance(part, BlockCall) for part in parts):
        return "le bloc est vide. Écrivez son contenu entre les options et « /// »."
    if model is StepsBlock and not tree.css("body > ol"):
        return "les étapes ne sont pas numérotées. Commencez chacune par « 1. », « 2. », « 3. »."
    return _no_label(parts) if model is ButtonBlock else ""


def _no_label(parts: tuple[Part, ...]) -> str:
    """Return the fault of the content of a button; an empty text when it is sound."""
    tags = [tag for part in parts if isinstance(part, Html) for tag in _TAG.findall(part.text)]
    if "a" in tags:
        return "un bouton est déjà un lien, celui d’« adresse ». N’écrivez que ses mots, sans lien."
    if len(parts) == 1 and tags.count("p") == 1 and set(tags) <= _IN_LABEL:
        return ""
    return (
        "on ne lit sur un bouton que des mots. Écrivez-les sur une ligne, sans image, ni liste, "
        "ni bloc."
    )


def _without_marks(
    parts: tuple[Part, ...], stray: re.Pattern[str], session: BlockSession
) -> Iterator[Part]:
    """Yield the parts without stray marks; note the blocks that HTML has torn apart."""
    for part in parts:
        if isinstance(part, BlockCall):
            inner = tuple(_without_marks(part.parts, stray, session))
            yield replace(part, parts=inner)
            continue
        for number in dict.fromkeys(int(found[1]) for found in stray.finditer(part.text)):
            session.tear(number)
        yield Html(stray.sub("", part.text))
