"""Blocks in Markdown: found as pymdownx does, judged by their model, kept between two marks."""

import re
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from pymdownx.blocks import BlocksMgrExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from plugins.faults import shorten
from plugins.markdown.bodies import BlockCall
from plugins.markdown.markdown_blocks import BlockSession
from plugins.models.blocks import BLOCKS, BlockOptions, StepsBlock

# pymdownx's own priority: just after the indents of lists.
_PRIORITY = 89.99


class BlockMarkdown(BlocksMgrExtension):  # type: ignore[misc]
    """Registers one block per model; `session` is the text's, while one is converted."""

    session: BlockSession | None = None

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Put our processor in the place of pymdownx's."""
        super().extendMarkdown(md)
        self.extension = _Processor(md.parser, md, self)
        md.parser.blockprocessors.register(self.extension, "blocks", _PRIORITY)
        for name, model in BLOCKS.items():
            kind = type(f"{name.title()}Block", (_ModelBlock,), {"NAME": name, "MODEL": model})
            self.extension.register(kind, {})

    def reset(self) -> None:
        """Forget the blocks of a text."""
        super().reset()
        self.session = None


class _Processor(BlocksProcessor):  # type: ignore[misc]
    """Finds blocks as pymdownx does, but for two things.

    Options are handed over as written: pymdownx guesses the types of values, and shows as text a
    block whose options it cannot read. The text just above an opening is parsed before it is
    looked at: pymdownx parses it meanwhile, so that a block in that text makes it forget the
    opening, and never end.
    """

    def __init__(
        self, parser: BlockParser, md: markdown.Markdown, extension: BlockMarkdown
    ) -> None:
        """Find the session of each text in the extension."""
        super().__init__(parser, md)
        self._extension = extension

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a block goes on, or starts, in some lines."""
        return self.get_parent(parent) is not None or self._opening(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take what belongs to the block out of the lines to come."""
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
        """Return a block, and the lines below its options."""
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
    """A block of ours, whose options its model judges."""

    MODEL: type[BlockOptions]

    def on_init(self) -> None:
        """Give the element no attributes, which pymdownx would take from options."""
        self.options: dict[str, dict[str, str]] = {"attrs": {}}

    def take(self, session: BlockSession, number: int, argument: str, written: str) -> None:
        """Keep what the opening and the lines of options say."""
        self.session = session
        self.number = number
        self.argument = argument or None
        self.written = written

    def on_create(self, parent: Element) -> Element:
        """Create the element that holds the content between two marks."""
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
                f"il manque le contenu à montrer. Écrivez « /// {self.NAME} | nom-du-fichier ».",
            )
        if self.argument and not self.MODEL.ARGUMENT:
            session.tell(
                self.number,
                f"{shorten(self.argument)} : ce bloc ne prend rien après « | ». Retirez-le.",
            )

    def on_end(self, block: Element) -> None:
        """Close the content; tell of a block that has some and should not, or lacks it."""
        session = self.session
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
