"""The converted text of a content: HTML whose links, images and blocks are kept apart.

A body depends on its text, its language and its folder alone, and is frozen, comparable and
picklable: it can be kept between builds. Whatever depends on other contents stays a typed part,
expanded later for each medium.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser

from plugins.faults import Edit, Position
from plugins.models.blocks import BlockOptions

# Before the index of a link in `href` and `src`: no address of an author can look like one.
LINK_SCHEME = "lien:"
# Only inside a tag: the text may hold the same signs.
_LINK = re.compile(r'''(<(?:a|img)\b(?:[^">]|"[^"]*")*?\s)(?:href|src)="lien:(\d+)"''')
_IMAGE = re.compile(r"""<img\b((?:[^">]|"[^"]*")*?)\ssrc="lien:(\d+)"((?:[^">]|"[^"]*")*)>""")
_RUBRIC_LEVEL = 2
_BLOCK = re.compile(r'<data value="bloc:(\d+)"></data>')


@dataclass(frozen=True, slots=True)
class Html:
    """Sanitised, typeset HTML; its `href` and `src` are indexes of `Body.links`."""

    text: str


@dataclass(frozen=True, slots=True)
class BlockCall:
    """A block as the editor wrote it: options, argument, and the parts of its content.

    `places` are the names of the options written, each with the place of its value.
    """

    options: BlockOptions
    argument: str | None
    parts: "tuple[Part, ...]"
    position: Position
    places: tuple[tuple[str, Position], ...] = ()

    def place(self, option: str) -> Position:
        """Return the place of an option, or of the block when the option is not written."""
        return dict(self.places).get(option, self.position)


Part: TypeAlias = Html | BlockCall
Piece: TypeAlias = tuple[Part, ...]
"""A top-level element, or a block: it can be left out and the rest is still whole."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or of an image, as written, and its place in the file."""

    target: str
    position: Position
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: `level` from 2 to 6, `id` in the page."""

    level: int
    title: str
    id: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the text; a `ContentError` adds the path of the file."""

    position: Position
    field: str | None
    message: str
    is_warning: bool = False
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with ordinary spaces and apostrophes, and its links in order.

    In `text`, the words of each link stand between `LINK_START` and `LINK_END` of `sentences`.
    """

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A text in Markdown, converted; its headings and ids are read from its HTML.

    `sentences` are those with a digit: no other states a date or an hour. `fingerprint` is the
    digest of the words, whatever their case and accents, empty for a text too short to be told
    from others by them. `unknown_words` are those that the French dictionary does not know.
    """

    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    fingerprint: str = ""
    unknown_words: tuple[str, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids to which a link may lead."""
        return frozenset(node.attributes["id"] or "" for node in self._tree().css("[id]"))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, those of blocks included, in reading order."""
        return headings_in("".join(part.text for part in htmls(self.parts)))

    def plain_text(self) -> str:
        """Return the words of the text, without markup, on one line."""
        body = self._tree().body
        return " ".join(body.text(separator=" ").split()) if body else ""

    def blocks(self) -> Iterator[BlockCall]:
        """Yield every block in reading order, inner blocks after the one around them."""
        yield from _blocks(self.parts)

    def _tree(self) -> LexborHTMLParser:
        return _parsed("".join(part.text for part in htmls(self.parts)))


def headings_in(html: str) -> tuple[Heading, ...]:
    """Return the headings of HTML, in reading order."""
    return tuple(
        Heading(
            int((node.tag or "h2")[1]),
            " ".join(node.text().split()),
            node.attributes.get("id") or "",
        )
        for node in _parsed(html).css("h2, h3, h4, h5, h6")
    )


@lru_cache(maxsize=1)  # Whoever asks for the headings of a text asks for its ids too.
def _parsed(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<body>{html}</body>")


def htmls(parts: tuple[Part, ...]) -> Iterator[Html]:
    """Yield the HTML of a text and of its blocks, in reading order."""
    for part in parts:
        if isinstance(part, Html):
            yield part
        else:
            yield from htmls(part.parts)


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


def fill_images(html: str, element: Callable[[int, str], str]) -> str:
    """Return HTML of a body with its images.

    `element` gives that of link number n, from the other attributes of the image: its words.
    """
    return _IMAGE.sub(lambda match: element(int(match[2]), match[1] + match[3]), html)


@dataclass(frozen=True, slots=True)
class Rubric:
    """A `##` heading, the first piece, and the pieces under it; the opening text has no heading."""

    heading: Heading | None
    pieces: tuple[Piece, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all pieces."""
        return tuple(part for piece in self.pieces for part in piece)


def rubrics(body: Body) -> tuple[Rubric, ...]:
    """Divide a body into its opening text, which may be empty, and its rubrics, in order."""
    headings = {heading.id: heading for heading in body.headings if heading.level == _RUBRIC_LEVEL}
    found: list[tuple[Heading | None, list[Piece]]] = [(None, [])]
    for piece, heading_id in _pieces(body.parts):
        if heading_id in headings:
            found.append((headings[heading_id], []))
        found[-1][1].append(piece)
    return tuple(Rubric(heading, tuple(pieces)) for heading, pieces in found)


def _pieces(parts: tuple[Part, ...]) -> list[tuple[Piece, str | None]]:
    """Return the top-level elements, each with its id when it is the heading of a rubric.

    A block may stand inside an element (an item of a list): the parts around it are then no whole
    elements. So all parts are joined, a mark in the place of each block, and parsed.
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
