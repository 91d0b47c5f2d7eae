"""What is gathered of the blocks of one text while it is converted, and its parts."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from plugins.faults import START, Position
from plugins.front_matter.document import Document
from plugins.front_matter.validation import validate
from plugins.front_matter.yaml_fields import Refusal
from plugins.markdown.block_marks import BlockMarks
from plugins.markdown.block_openings import Opening
from plugins.markdown.block_options import read_options
from plugins.markdown.bodies import BlockCall, Html, Part, Problem
from plugins.models.blocks import BLOCKS, BlockOptions, ButtonBlock

_NO_PROSE = re.compile(r"<!--.*?-->|<(pre|code)\b.*?</\1>", re.DOTALL)
# What is above the link back of a note ends with a space that does not break.
_SHOWN_CLOSING = re.compile(r"(?m)(?:^|>) */{3,} *(?:&#160;)?(?:<|$)")

_TAG = re.compile(r"<(\w+)")
_IN_LABEL = {"p", "abbr", "b", "br", "code", "em", "i", "mark", "strong", "sub", "sup"}


class BlockSession:
    """What is gathered of the blocks while one text is converted."""

    def __init__(self, source: str, document: Document) -> None:
        """Read the marks of the text; `token` stands for blocks in its HTML, and nowhere else."""
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
        """Return the text, each opening saying its number.

        pymdownx does not tell which line a block comes from.
        """
        lines = list(self._lines)
        for number, opening in enumerate(self._openings):
            index = opening.position.line - self._document.body_line
            lines[index] += f"{'' if '|' in lines[index] else ' |'} {self.token}={number}"
        return "\n".join(lines)

    def unnumbered(self, html: str) -> str:
        """Return the HTML of a numbered text without numbers; note the marks that readers see."""
        if self.token not in html and "///" not in html:
            return html
        number = re.compile(rf"(?: \|)? {self.token}=(\d+)")
        prose = _NO_PROSE.sub("", html)
        self._shown = {int(found[1]) for found in number.finditer(prose)}
        self._shows_closing = bool(_SHOWN_CLOSING.search(prose))
        return number.sub("", html)

    def numbered_argument(self, name: str, argument: str) -> tuple[int, str] | None:
        """Return the number of a block and what was written after its bar, if it is one of ours."""
        written, mark, number = argument.rpartition(f"{self.token}=")
        return (int(number), written.strip()) if mark and name.lower() in BLOCKS else None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the blocks; marks that do not pair hide most of the rest."""
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

    def start(self, number: int) -> Position:
        """Note that a block is there, and return its place."""
        self._taken.add(number)
        return self._openings[number].position

    def end(self, number: int) -> None:
        """Note that a block is closed."""
        self._closed.add(number)

    def tear(self, number: int) -> None:
        """Note that the two marks of a closed block are not in one place."""
        if number in self._closed:
            self.tell(number, "le bloc est coupé par du HTML mal fermé. Retirez ce HTML.")

    def tell(
        self, number: int, message: str, option: str | None = None, place: Position | None = None
    ) -> None:
        """Note a fault of a block, or of its option when one is named."""
        opening = self._openings[number]
        field = f"/// {opening.name} {option or ''}".rstrip()
        self._found.append((number, Problem(place or opening.position, field, message)))

    def options(
        self, number: int, model: type[BlockOptions], written: str
    ) -> tuple[BlockOptions | None, tuple[tuple[str, Position], ...]]:
        """Return the options of a block and their places; None after having told of faults."""
        opening = self._openings[number].position
        below = self._lines[opening.line - self._document.body_line + 1 :]
        try:
            read = read_options(self._document.path, written, below, opening)
        except Refusal as refusal:
            self._unread.add(number)
            self.tell(number, refusal.message, refusal.field, refusal.position)
            return None, ()
        options, faults = validate(read, model)
        for fault in faults:
            # An option that is missing has no place of its own.
            place = None if fault.position == START else fault.position
            self.tell(number, fault.message, fault.field, place)
        return options, tuple(
            (str(p[0]), place) for p, place in read.positions.items() if len(p) == 1
        )

    def _in_items(self) -> Iterator[Problem]:
        """Yield the blocks that start with an item of a list: no mark below would close them."""
        for number in sorted(self._taken):
            opening = self._openings[number]
            if opening.starts_item:
                yield _problem(
                    opening,
                    "le bloc ne peut pas commencer un élément de liste. Écrivez d’abord le texte "
                    "de l’élément, puis une ligne vide, puis le bloc décalé de quatre espaces.",
                )

    def _missing(self) -> Iterator[Problem]:
        """Yield the openings that no block came of, and the blocks never closed."""
        yield from self._mistaken()
        for number, opening in enumerate(self._openings):
            if opening.mistake:
                continue
            if number in self._taken:
                if number not in self._closed | self._unread:
                    message = "le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin."
                    yield _problem(opening, message)
            elif self._is_prose(number):
                yield _problem(opening, self._unseen(opening))

    def _mistaken(self) -> Iterator[Problem]:
        """Yield the lines that were meant to open a block, and are shown as written."""
        for number, opening in enumerate(self._openings):
            if opening.mistake and number not in self._taken and self._is_prose(number):
                yield _problem(opening, opening.mistake)

    def _is_prose(self, number: int) -> bool:
        """Tell whether an opening is no code."""
        return number in self._shown or not self._openings[number].is_nested

    def _unseen(self, opening: Opening) -> str:
        """Return why a block that is well written is not seen, and what to do."""
        index = opening.position.line - self._document.body_line
        if index and self._lines[index - 1].strip():
            return "le bloc est mal écrit. Mettez une ligne vide avant lui."
        return (
            "le bloc est dans du HTML, où il n’est pas lu. Retirez la balise qui s’ouvre avant lui."
        )


def _problem(opening: Opening, message: str) -> Problem:
    return Problem(opening.position, f"/// {opening.name}", message)


def split(text: str, session: BlockSession) -> tuple[Part, ...]:
    """Return the parts of a sanitised text: HTML, and the blocks between their two marks."""
    token = session.token
    if token not in text:  # most texts: a pattern of their own would cost more than the rest
        return (Html(text.strip("\n")),) if text.strip() else ()
    block = re.compile(rf"<div>\s*<p>{token}:(\d+):</p>(.*?)<p>{token}:\1/</p>\s*</div>", re.DOTALL)
    parts = _parts(text, block, session)
    stray = re.compile(rf"<p>{token}:(\d+)[:/]</p>")
    return tuple(_without_marks(parts, stray, session))


def unmarked(text: str, session: BlockSession) -> str:
    """Return a sanitised text without the marks of its blocks."""
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
        if call:
            inner = _parts(match[2].strip(), block, session)
            parts.append(replace(call, parts=inner))
            if isinstance(call.options, ButtonBlock) and (message := _no_label(inner)):
                session.tell(int(match[1]), message)
    if rest := text[end:].strip("\n"):
        parts.append(Html(rest))
    return tuple(parts)


def _no_label(parts: tuple[Part, ...]) -> str:
    """Return why the content of a button cannot be read on it; nothing when it can."""
    tags = [tag for part in parts if isinstance(part, Html) for tag in _TAG.findall(part.text)]
    if "a" in tags:
        return "un bouton est déjà un lien, celui d’« adresse ». N’écrivez que ses mots, sans lien."
    if not parts or (len(parts) == 1 and tags.count("p") == 1 and set(tags) <= _IN_LABEL):
        return ""
    return (
        "on ne lit sur un bouton que des mots. Écrivez-les sur une ligne, sans image, ni liste, "
        "ni bloc."
    )


def _without_marks(
    parts: tuple[Part, ...], stray: re.Pattern[str], session: BlockSession
) -> Iterator[Part]:
    """Yield parts, the marks of blocks that HTML of the text has torn apart being told and gone."""
    for part in parts:
        if isinstance(part, BlockCall):
            inner = tuple(_without_marks(part.parts, stray, session))
            yield replace(part, parts=inner)
            continue
        for number in dict.fromkeys(int(found[1]) for found in stray.finditer(part.text)):
            session.tear(number)
        yield Html(stray.sub("", part.text))
