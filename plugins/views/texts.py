"""A text ready for a medium: HTML, the data of its blocks, the targets of its links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from html import unescape

from plugins.content.record import AnyRecord, Record, has_header
from plugins.french.typography import capitalised
from plugins.library.addresses import mailto
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.markdown.bodies import BlockCall, Html, Link, Part
from plugins.models import EventHeader, OrganisationHeader
from plugins.models.blocks import (
    AgendaBlock,
    ArticleBlock,
    ButtonBlock,
    CalloutBlock,
    ChantiersBlock,
    EventBlock,
    FiguresBlock,
    ImageBlock,
    MatrixBlock,
    MatrixMonths,
    QuoteBlock,
    StepsBlock,
)
from plugins.models.fields import Image
from plugins.views.agenda import select
from plugins.views.base import (
    NamedAddress,
    Picture,
    figures,
    named,
    picture,
    picture_at,
)
from plugins.views.event_text import leading, recurrence_line
from plugins.views.matrix import matrix
from plugins.views.registration import Registration, registration
from plugins.views.teasers import teaser

# Of more sittings, only the next are shown: the rule says the rest.
_MOST_SITTINGS = 8
_TAG = re.compile(r"<[^>]*>")


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
    """A block: its name in Markdown, which is that of its template, and the data shown."""

    name: str
    data: object


@dataclass(frozen=True, slots=True)
class EventInText:
    """An event: its occurrences, headed by its title when it has several; how to register."""

    event: NamedAddress
    has_sittings: bool
    recurrence: str
    occurrences: tuple[Occurrence, ...]
    has_others: bool
    registration: Registration | None


@dataclass(frozen=True, slots=True)
class Callout:
    """A call to react, with the mailbox and its `mailto:` link."""

    text: Text
    title: str | None
    mailbox: str | None
    mailto: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A signed quotation."""

    text: Text
    author: str | None
    role: str | None


class TextMaker:
    """The maker of the texts of one content, for one medium."""

    def __init__(
        self, record: AnyRecord, index: Index, *, lit_day: date | None, for_mail: bool = False
    ) -> None:
        """Resolve the links; the month of `lit_day`, if any, is lit in matrices."""
        self._record = record
        self._index = index
        self._lit_day = lit_day
        self._for_mail = for_mail
        self._targets = tuple(map(self._target, record.body.links))

    def whole(self) -> Text:
        """Return the whole text of the content."""
        return self.text(self._record.body.parts)

    def illustrated(self) -> Text:
        """Return the whole text under the picture of the header, if any, for feeds."""
        image, text = self._record.header.image, self.whole()
        if not image:
            return text
        above = BlockView(ImageBlock.NAME, picture(image, self._index.contents))
        return replace(text, parts=(above, *text.parts))

    def text(self, parts: tuple[Part, ...]) -> Text:
        """Return the given parts of the content as a text."""
        header = self._record.header
        return Text(self._parts(parts), self._targets, self._record.address, header.language)

    def _target(self, link: Link) -> str | Picture:
        address = self._index.resolve(self._record, link.target)
        if not link.is_image:
            return address
        return picture_at(address, self._index.contents, for_mail=self._for_mail)

    def _parts(self, parts: tuple[Part, ...]) -> tuple[Html | BlockView, ...]:
        return tuple(part if isinstance(part, Html) else self._block(part) for part in parts)

    def _block(self, block: BlockCall) -> BlockView:
        # The surrounding text declares the language.
        content = Text(self._parts(block.parts), self._targets, self._record.address)
        return BlockView(block.options.NAME, self._data(block, content))

    def _data(self, block: BlockCall, content: Text) -> object:  # noqa: C901 - one flat case per block
        """Return the data that the macros of the block's template get."""
        index = self._index
        match block.options:
            case AgendaBlock() as asked:
                return select(
                    index, period=asked.period, group=asked.group, audience=asked.audience
                )
            case MatrixBlock() as asked:
                only_busy = asked.months is MatrixMonths.BUSY
                return matrix(index, asked.year, lit_day=self._lit_day, only_busy=only_busy)
            case ChantiersBlock() as asked:
                groups = [g for g in index.chantiers if asked.state in {None, g.header.state}]
                return tuple(
                    (named(g), g.header.stakes, index.occurrences_of_group(g)) for g in groups
                )
            case EventBlock() as asked:
                event = index.find("event", block.argument)
                assert event is not None
                assert has_header(event, EventHeader)
                return _event(event, index, asked)
            case ArticleBlock():
                article = index.find("article", block.argument)
                assert article is not None
                return teaser(article, index)
            case FiguresBlock() as asked:
                found = index.find("organisation", asked.organisation)
                known = found if found and has_header(found, OrganisationHeader) else None
                return figures(known.header) if known else ()
            case CalloutBlock() as asked:
                address = mailto(asked.contact, asked.subject) if asked.contact else None
                return Callout(content, asked.title, asked.contact, address, asked.subject)
            case StepsBlock():
                return content
            case QuoteBlock() as asked:
                return Quote(content, asked.author, asked.role)
            case ButtonBlock() as asked:
                return NamedAddress(_label(block), index.resolve(self._record, asked.target))
            case ImageBlock() as asked:
                image = Image.model_validate(
                    {
                        "fichier": asked.file,
                        "alt": asked.alt,
                        "legende": asked.caption,
                        "credit": asked.credit,
                    }
                )
                return picture(image, index.contents, for_mail=self._for_mail)
        raise TypeError(block.options)


def _event(event: Record[EventHeader], index: Index, asked: EventBlock) -> EventInText:
    occurrences = index.occurrences_of(event)
    shown = leading(occurrences, _MOST_SITTINGS)
    return EventInText(
        event=named(event),
        has_sittings=len(occurrences) > 1,
        recurrence=capitalised(recurrence_line(event.header)),
        occurrences=shown,
        has_others=len(shown) < len(occurrences),
        registration=registration(event, index) if asked.tells_registration else None,
    )


def _label(block: BlockCall) -> str:
    """Return the content of a block as plain text."""
    html = "".join(part.text for part in block.parts if isinstance(part, Html))
    return unescape(" ".join(_TAG.sub(" ", html).split()))
