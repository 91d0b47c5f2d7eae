"""An e-mail kept under the length at which a mailbox cuts it: each rubric loses its tail."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from plugins.french.quantities import count
from plugins.outputs.text.elements import body_of

GMAIL_CLIP = 102_400
"""Gmail shows the first 102 400 bytes of a message's HTML, the rest behind a link."""
LIMIT = GMAIL_CLIP - 2_400
"""Room is left for the footer that a mailing list adds."""

_SHARES = 80
"""The length is divided by this at most: beyond, rubrics are left out instead of cut shorter."""
_TRIES = 24
"""How often the room left is offered to a rubric: each time, the whole letter is rendered."""
_NAMED = 3
"""How many of the rubrics cut are named in the notice."""
_TOO_LONG = (
    "même réduit à ses titres, le numéro est trop long pour un courriel (100 ko au plus). "
    "Raccourcissez l’accroche, le titre ou la liste des contributeurs."
)

_HEADING = re.compile(r"\s*<h[2-6]\b")


class TooLongError(ValueError):
    """Not even the titles of the letter fit; the message is French."""


@dataclass(frozen=True, slots=True)
class MailSection:
    """The opening text (no title) or a rubric: whole pieces of HTML, a rubric's heading first.

    `is_cut` when some pieces are left out, to be read on the issue's page.
    """

    title: str | None
    anchor: str | None
    pieces: tuple[str, ...]
    is_cut: bool = False

    @property
    def head(self) -> str:
        """The heading of a rubric; empty for the opening text."""
        return self.pieces[0] if self.title else ""

    @property
    def html(self) -> str:
        """The pieces after the heading."""
        return "\n".join(self.pieces[1:] if self.title else self.pieces)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A letter that fits: its HTML, the sections that it shows, how many were left out."""

    html: str
    shown: tuple[MailSection, ...]
    left_out: int

    @property
    def cut(self) -> tuple[MailSection, ...]:
        """The sections that are not whole."""
        return tuple(section for section in self.shown if section.is_cut)

    @property
    def notice(self) -> str | None:
        """A French sentence for the editor; None when the letter is whole."""
        lacks = []
        if self.cut:
            lacks.append(f"la fin de {_named(self.cut)} cède la place à « Lire la suite »")
        if self.left_out:
            lacks.append(f"il y manque {count(self.left_out, 'rubrique')}")
        if not lacks:
            return None
        return (
            f"le numéro est trop long pour un courriel (100 ko au plus) : {', et '.join(lacks)}. "
            "La page, le texte et le PDF restent entiers. "
            "Raccourcissez, ou renvoyez à des articles."
        )


def fit(
    sections: Sequence[MailSection],
    render: Callable[[Sequence[MailSection], int], str],
    limit: int = LIMIT,
) -> Fitted:
    """Return the longest letter of at most `limit` bytes (UTF-8).

    `render` makes the HTML of the sections to show, given how many others are left out. Each
    section may have as many bytes as any other, so that a long one does not silence the next; the
    room then left goes to the first that can use it. When too little of each would remain, the
    last sections are left out. Raises TooLongError when nothing fits.
    """

    def made(shown: Sequence[MailSection]) -> Fitted:
        left_out = len(sections) - len(shown)
        return Fitted(render(shown, left_out), tuple(shown), left_out)

    def attempt(share: int, most: int) -> Fitted:
        return made([_cut(section, share) for section in sections[:most]])

    def fits(found: Fitted) -> bool:
        return len(found.html.encode()) <= limit

    everything = len(sections)
    if sum(_weight(section) for section in sections) <= limit:
        whole = attempt(limit, everything)
        if fits(whole):
            return whole
    least = limit // _SHARES
    best = (
        _largest(least, limit, lambda share: attempt(share, everything), fits)
        or _largest(1, everything, lambda most: attempt(least, most), fits)
        or _largest(0, everything, lambda most: attempt(0, most), fits)
    )
    if best is None:
        raise TooLongError(_TOO_LONG)
    return _filled(best, sections, made, limit)


def _named(sections: Sequence[MailSection]) -> str:
    """Return « A », « B », « C » et 37 autres rubriques."""
    names = [f"« {section.title} »" if section.title else "l’éditorial" for section in sections]
    others = len(names) - _NAMED
    if others > 0:
        names[_NAMED:] = [f"{count(others, 'autre')} {'rubriques' if others > 1 else 'rubrique'}"]
    return " et ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _filled(
    fitted: Fitted,
    sections: Sequence[MailSection],
    made: Callable[[Sequence[MailSection]], Fitted],
    limit: int,
) -> Fitted:
    """Give the room left to the sections that were cut, in their order."""
    tries = _TRIES
    for index, section in enumerate(fitted.shown):
        spare = limit - len(fitted.html.encode())
        while spare >= limit // 100 and tries:
            longer = _cut(sections[index], _weight(section) + spare)
            if longer.pieces == section.pieces:
                break
            tries -= 1
            found = made([*fitted.shown[:index], longer, *fitted.shown[index + 1 :]])
            if len(found.html.encode()) <= limit:
                fitted = found
                break
            spare //= 2
    return fitted


def _largest(
    lowest: int, highest: int, attempt: Callable[[int], Fitted], fits: Callable[[Fitted], bool]
) -> Fitted | None:
    """Return the attempt with the largest number that fits, found by halving."""
    best: Fitted | None = None
    low, high = lowest, highest
    while low <= high:
        middle = (low + high) // 2
        found = attempt(middle)
        if fits(found):
            best, low = found, middle + 1
        else:
            high = middle - 1
    return best


def _weight(section: MailSection) -> int:
    return sum(len(piece.encode()) for piece in section.pieces)


def _cut(section: MailSection, share: int) -> MailSection:
    """Return the first pieces of a section, in `share` bytes; a rubric keeps its heading.

    The last piece may be the beginning of a list or of a table.
    """
    kept = list(section.pieces[:1]) if section.title else []
    room = share
    for piece in section.pieces[len(kept) :]:
        size = len(piece.encode())
        if size > room:
            kept.extend(filter(None, [shortened(piece, room)]))
            break
        room -= size
        kept.append(piece)
    if tuple(kept) == section.pieces:
        return section
    while len(kept) > bool(section.title) and _HEADING.match(kept[-1]):
        kept.pop()  # a heading is no use without what it announces
    return replace(section, pieces=tuple(kept), is_cut=True)


def shortened(html: str, most_bytes: int) -> str | None:
    """Remove the last items of a list, or rows of a table, until `most_bytes` (UTF-8) hold it.

    None when the element is neither, or would keep no item.
    """
    element = _only_element(body_of(html))
    if element is None:
        return None
    items = _items(element)
    size = _size(element)
    while len(items) > 1 and size > most_bytes:
        last = items.pop()
        size -= _size(last)
        last.decompose()
    return _html(element) if items and size <= most_bytes else None


def _size(node: LexborNode) -> int:
    return len(_html(node).encode())


def _html(node: LexborNode) -> str:
    # The entity is longer.
    return (node.html or "").replace("&nbsp;", "\u00a0")


def _items(element: LexborNode) -> list[LexborNode]:
    """Return the items or rows that can be removed, from the last to the first.

    A table with a foot, or with cells that span rows, cannot be shortened. A list may stand alone
    in a cell, and a table in a region, as steps do.
    """
    if element.tag in {"ol", "ul"}:
        return _elements(element, "li")
    if element.tag == "div":
        only = _only_element(element)
        return _items(only) if only else []
    if element.tag != "table" or element.css_first("tfoot, [rowspan]"):
        return []
    rows = [row for part in _elements(element, "tbody") for row in _elements(part, "tr")]
    cells = _elements(rows[0], "td") if len(rows) == 1 else []
    only = _only_element(cells[0]) if len(cells) == 1 else None
    return _items(only) if only else rows


def _elements(node: LexborNode, tag: str) -> list[LexborNode]:
    return [child for child in node.iter() if child.tag == tag]


def _only_element(node: LexborNode) -> LexborNode | None:
    """Return the only child of an element; None when it has others, or text."""
    children = [child for child in node.iter(include_text=True) if (child.html or "").strip()]
    return children[0] if len(children) == 1 and children[0].is_element_node else None
