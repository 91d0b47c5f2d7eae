"""An e-mail kept under the length at which a mailbox cuts it: the tail of each rubric gives way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.french.quantities import count

GMAIL_CLIP = 102_400
"""Gmail shows the first 102 400 bytes of a message's HTML, the rest behind a link."""
LIMIT = GMAIL_CLIP - 2_400
"""What is left of it once a list's engine has added its own footer."""

_SHARES = 80
"""In how many parts the length is divided at most: rather than less of each, fewer are shown."""
_TRIES = 24
"""How often what is left is offered: each time, the whole letter is written anew."""
_NAMED = 3
"""How many of the rubrics cut are named to the editor."""
_TOO_LONG = (
    "même réduit à ses titres, le numéro est trop long pour un courriel (100 ko au plus). "
    "Raccourcissez l’accroche, le titre ou la liste des contributeurs."
)

_HEADING = re.compile(r"\s*<h[2-6]\b")


class TooLongError(ValueError):
    """No part of the letter fits; the message is French."""


@dataclass(frozen=True, slots=True)
class MailSection:
    """The opening text (no title) or a rubric: whole pieces of HTML, a rubric's heading first.

    `is_cut` tells that some pieces are only to be read elsewhere.
    """

    title: str | None
    anchor: str | None
    pieces: tuple[str, ...]
    is_cut: bool = False

    @property
    def head(self) -> str:
        """Return a rubric's heading."""
        return self.pieces[0] if self.title else ""

    @property
    def html(self) -> str:
        """Return all the rest."""
        return "\n".join(self.pieces[1:] if self.title else self.pieces)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What fits: the HTML, the sections that it shows, and how many were left out."""

    html: str
    shown: tuple[MailSection, ...]
    left_out: int

    @property
    def cut(self) -> tuple[MailSection, ...]:
        """Return the sections that are not whole."""
        return tuple(section for section in self.shown if section.is_cut)

    @property
    def notice(self) -> str | None:
        """Return what the editor must know, in French; None when the letter is whole."""
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
    """Return the longest letter that `render` makes of at most `limit` bytes (UTF-8).

    `render` takes the sections, and how many others are not among them. Each section keeps as
    many bytes as the others, so that a long one does not silence the next; what is then left goes
    to the first that can use it. Where that would say next to nothing of each, the last sections
    are left out. Raises TooLongError when nothing fits.
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
    """Return what also fits of the sections that were cut, the first ones served first."""
    tries = _TRIES
    for index, section in enumerate(fitted.shown):
        spare = limit - len(fitted.html.encode())
        while section.is_cut and spare >= limit // 100 and tries:
            tries -= 1
            longer = _cut(sections[index], _weight(section) + spare)
            if longer.pieces == section.pieces:
                break
            shown = [*fitted.shown[:index], longer, *fitted.shown[index + 1 :]]
            found = made(shown)
            if len(found.html.encode()) <= limit:
                fitted = found
                break
            spare //= 2
    return fitted


def _largest(
    lowest: int, highest: int, attempt: Callable[[int], Fitted], fits: Callable[[Fitted], bool]
) -> Fitted | None:
    """Return what fits of the largest number of a range, found by halving."""
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
    """Return the section's first pieces that `share` bytes hold; its own heading always stays.

    The last one may be a list or a table less its end.
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
    """Return an element less its last items or rows, in at most `most_bytes` (UTF-8).

    None when nothing of it may be taken away, or not one item would be left.
    """
    body = LexborHTMLParser(f"<body>{html}</body>").body
    element = _only_element(body) if body else None
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
    # What an entity would make longer.
    return (node.html or "").replace("&nbsp;", "\u00a0")


def _items(element: LexborNode) -> list[LexborNode]:
    """Return what can be taken away, one after the other, from the end.

    A table with a foot, or with cells that span rows, is whole or not at all. A list may be alone
    in a cell, and a table in a region, as steps are.
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
    """Return the element that stands alone in another."""
    children = [child for child in node.iter(include_text=True) if (child.html or "").strip()]
    return children[0] if len(children) == 1 and children[0].is_element_node else None
