"""A text as its `##` headings divide it, and each division as whole elements, told apart."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser

from plugins.markdown.bodies import BlockCall, Body, Heading, Html, Part

Piece: TypeAlias = tuple[Part, ...]
"""An element of the text, or a block, that can be shown or left out without harm to the rest."""

_TOP_LEVEL = 2
_BLOCK = re.compile(r'<data value="bloc:(\d+)"></data>')


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
    headings = {heading.id: heading for heading in body.headings if heading.level == _TOP_LEVEL}
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
            heading_id = node.attributes.get("id") if node.tag == f"h{_TOP_LEVEL}" else None
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
