"""An e-mail kept under the length at which a mailbox cuts it: the tail of each rubric gives way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from plugins.outputs.mail.mail_piece import shortened

GMAIL_CLIP = 102_400
"""Gmail shows the first 102 400 bytes of a message's HTML, the rest behind a link."""
LIMIT = GMAIL_CLIP - 2_400
"""What is left of it once a list's engine has added its own footer."""

_HEADING = re.compile(r"\s*<h[2-6]\b")


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
    """What fits: the HTML, the sections that were cut, and how many were left out altogether."""

    html: str
    cut: tuple[MailSection, ...]
    left_out: int


def fit(
    sections: Sequence[MailSection],
    render: Callable[[Sequence[MailSection], int], str],
    limit: int = LIMIT,
) -> Fitted:
    """Return the longest letter that `render` makes of at most `limit` bytes (UTF-8).

    `render` takes the sections, and how many others are not among them. Each section keeps as
    many bytes as the others, so that a long one does not silence the next. Where even headings
    are too long together, the last sections are left out. Raises ValueError when nothing fits.
    """

    def attempt(share: int, count: int) -> Fitted:
        shown = [_cut(section, share) for section in sections[:count]]
        left_out = len(sections) - count
        cut = tuple(section for section in shown if section.is_cut)
        return Fitted(render(shown, left_out), cut, left_out)

    def fits(found: Fitted) -> bool:
        return len(found.html.encode()) <= limit

    everything = len(sections)
    if sum(_weight(section) for section in sections) <= limit:
        whole = attempt(limit, everything)
        if fits(whole):
            return whole
    best = _largest(limit, lambda share: attempt(share, everything), fits)
    best = best or _largest(everything, lambda count: attempt(0, count), fits)
    if best is None:
        raise ValueError(f"no part of the letter fits into {limit} bytes")
    return best


def _largest(
    highest: int, attempt: Callable[[int], Fitted], fits: Callable[[Fitted], bool]
) -> Fitted | None:
    """Return what fits of the largest number up to `highest`, found by halving."""
    best: Fitted | None = None
    low, high = 0, highest
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
