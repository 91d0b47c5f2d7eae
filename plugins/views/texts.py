"""A text ready for a medium: HTML, block views, targets of its links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from plugins.content.record import AnyRecord
from plugins.library.index import Index
from plugins.markdown.bodies import BlockCall, Html, Link, Part
from plugins.views.base import Picture, picture_at


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the theme expands to HTML; false when empty.

    `parts` are HTML, whose addresses are numbers into `targets`, and the views of blocks. A target
    is the address of a link, or a picture. `address` is the address of the text's page, `language`
    its language tag (RFC 5646).
    """

    parts: tuple[Html | BlockView, ...] = ()
    targets: tuple[str | Picture, ...] = ()
    address: str = ""
    language: str = "fr"

    def __bool__(self) -> bool:
        """True when the text has any part."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class BlockView:
    """The data of a block; `NAME` is its name in Markdown and the name of its template."""

    NAME = ""


BlockMaker: TypeAlias = Callable[[BlockCall, Text], BlockView]
"""The maker of a block's view, from the block and its content."""


class TextMaker:
    """The maker of the texts of one content, for one medium."""

    def __init__(
        self, record: AnyRecord, index: Index, block: BlockMaker, *, for_mail: bool = False
    ) -> None:
        """Resolve the links; `block` makes the views of blocks."""
        self._record = record
        self._block = block
        self._targets = tuple(
            _target(link, record, index, for_mail=for_mail) for link in record.body.links
        )

    def text(self, parts: tuple[Part, ...]) -> Text:
        """Return the given parts of the content as a text."""
        header = self._record.header
        return Text(self._parts(parts), self._targets, self._record.address, header.language)

    def _parts(self, parts: tuple[Part, ...]) -> tuple[Html | BlockView, ...]:
        return tuple(
            part if isinstance(part, Html) else self._block(part, self._content(part))
            for part in parts
        )

    def _content(self, block: BlockCall) -> Text:
        # The surrounding text declares the language.
        return Text(self._parts(block.parts), self._targets, self._record.address)


def _target(link: Link, record: AnyRecord, index: Index, *, for_mail: bool) -> str | Picture:
    address = index.resolve(record, link.target)
    if not link.is_image:
        return address
    return picture_at(address, index.contents, for_mail=for_mail)
