"""What a text in Markdown becomes: HTML with its links, images and blocks told apart.

A body is a pure function of the text alone, so it can be remembered and made in parallel. What
depends on other contents stays a typed part, expanded later for each medium.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser

from plugins.faults import Position
from plugins.models.blocks import BlockOptions

# `href` and `src` of a body hold the number of an entry of `Body.links`, never a bare address.
LINK_SCHEME = "lien:"
# Only inside a tag: the text may hold the same signs.
_LINK = re.compile(r'''(<(?:a|img)\b(?:[^">]|"[^"]*")*?\s)(?:href|src)="lien:(\d+)"''')
_RUBRIC_LEVEL = 2
_BLOCK = re.compile(r'<data value="bloc:(\d+)"></data>')


@dataclass(frozen=True, slots=True)
class Html:
    """Sanitised, typeset HTML, whose addresses are numbers into `Body.links`."""

    text: str


@dataclass(frozen=True, slots=True)
class BlockCall:
    """A block as the editor wrote it: argument, options, and the parts of its content.

    `places` are the options written, each with the place of its value.
    """

    options: BlockOptions
    argument: str | None
    parts: "tuple[Part, ...]"
    position: Position
    places: tuple[tuple[str, Position], ...] = ()

    def place(self, option: str) -> Position:
        """Return where an option stands, or the block that has none."""
        return dict(self.places).get(option, self.position)


Part: TypeAlias = Html | BlockCall
Piece: TypeAlias = tuple[Part, ...]
"""An element of the text, or a block, that can be shown or left out without harm to the rest."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or of an image, as written, and its place in the file."""

    target: str
    position: Position
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text."""

    level: int
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the text, told as a `ContentError` once the file is known."""

    position: Position
    field: str | None
    message: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A text in Markdown, converted."""

    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def plain_text(self) -> str:
        """Return the words of the text, without markup, on one line."""
        html = "".join(part.text for part in _htmls(self.parts))
        tree = LexborHTMLParser(f"<body>{html}</body>")
        return " ".join(tree.body.text(separator=" ").split()) if tree.body else ""

    def blocks(self) -> Iterator[BlockCall]:
        """Yield every block, those inside others included, in reading order."""
        yield from _blocks(self.parts)


def _htmls(parts: tuple[Part, ...]) -> Iterator[Html]:
    for part in parts:
        if isinstance(part, Html):
            yield part
        else:
            yield from _htmls(part.parts)


def _blocks(parts: tuple[Part, ...]) -> Iterator[BlockCall]:
    for part in parts:
        if isinstance(part, BlockCall):
            yield part
            yield from _blocks(part.parts)


def fill_links(html: str, attributes: Callable[[int], str]) -> str:
    """Return HTML of a body with its addresses.

    `attributes` gives those of link number n, such as `href="/agenda/"`.
    """
    return _LINK.sub(lambda match: match[1] + attributes(int(match[2])), html)


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a `##` heading opens, the heading being the first piece; the opening text has none."""

    heading: Heading | None
    pieces: tuple[Piece, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return all of it, ready to be expanded."""
        return tuple(part for piece in self.pieces for part in piece)


def rubrics(body: Body) -> tuple[Rubric, ...]:
    """Return the opening text, which may be empty, then the rubrics in reading order."""
    headings = {heading.id: heading for heading in body.headings if heading.level == _RUBRIC_LEVEL}
    found: list[tuple[Heading | None, list[Piece]]] = [(None, [])]
    for piece, heading_id in _pieces(body.parts):
        if heading_id in headings:
            found.append((headings[heading_id], []))
        found[-1][1].append(piece)
    return tuple(Rubric(heading, tuple(pieces)) for heading, pieces in found)


def _pieces(parts: tuple[Part, ...]) -> list[tuple[Piece, str | None]]:
    """Return the top-level elements, and the id of those that are a heading of a rubric.

    A block may stand inside an element (an item of a list): its parts alone are then no whole
    elements. So they are put together, blocks held by a mark, and taken apart at the top.
    """
    calls = [part for part in parts if isinstance(part, BlockCall)]
    numbers = iter(range(len(calls)))
    whole = "".join(
        part.text if isinstance(part, Html) else f'<data value="bloc:{next(numbers)}"></data>'
        for part in parts
    )
    found: list[tuple[Piece, str | None]] = []
    body = LexborHTMLParser(f"<body>{whole}</body>").body
    for node in body.iter(include_text=True) if body else ():
        html = node.html or ""
        if html.strip():
            heading_id = node.attributes.get("id") if node.tag == f"h{_RUBRIC_LEVEL}" else None
            found.append((tuple(_taken_apart(html, calls)), heading_id))
    return found


def _taken_apart(html: str, calls: list[BlockCall]) -> list[Part]:
    parts: list[Part] = []
    for index, piece in enumerate(_BLOCK.split(html)):
        if index % 2:
            parts.append(calls[int(piece)])
        elif piece.strip():
            parts.append(Html(piece))
    return parts
