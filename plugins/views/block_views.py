"""The views of the blocks of a text, for any medium."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import unescape

from plugins.content.record import AnyRecord, Record, has_header
from plugins.french.typography import capitalised
from plugins.library.addresses import mailto
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.markdown.bodies import BlockCall, Html
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
    Figure,
    NamedAddress,
    Picture,
    Teaser,
    figures,
    named,
    picture,
    teaser,
)
from plugins.views.event_text import leading, recurrence_line
from plugins.views.matrix import Matrix, matrix
from plugins.views.registration import Registration, registration
from plugins.views.texts import BlockView, Text, TextMaker

# Of more sittings, only the next are shown: the rule says the rest.
_MOST_SITTINGS = 8
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class AgendaBlockView(BlockView):
    """The dates of a period, a group or an audience."""

    NAME = AgendaBlock.NAME
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class MatrixBlockView(BlockView):
    """The year matrix."""

    NAME = MatrixBlock.NAME
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class ChantiersBlockView(BlockView):
    """The chantiers in a state: each with its stakes and dates."""

    NAME = ChantiersBlock.NAME
    rows: tuple[tuple[NamedAddress, str | None, tuple[Occurrence, ...]], ...]


@dataclass(frozen=True, slots=True)
class EventBlockView(BlockView):
    """An event: its occurrences, headed by its title when it has several; how to register."""

    NAME = EventBlock.NAME
    event: NamedAddress
    has_sittings: bool
    recurrence: str
    occurrences: tuple[Occurrence, ...]
    has_others: bool
    registration: Registration | None


@dataclass(frozen=True, slots=True)
class ArticleBlockView(BlockView):
    """The teaser of an article."""

    NAME = ArticleBlock.NAME
    article: Teaser


@dataclass(frozen=True, slots=True)
class FiguresBlockView(BlockView):
    """The key figures of an organisation."""

    NAME = FiguresBlock.NAME
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class CalloutBlockView(BlockView):
    """A call to react, with the mailbox and its `mailto:` link."""

    NAME = CalloutBlock.NAME
    html: Text
    title: str | None
    mailbox: str | None
    mailto: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class StepsBlockView(BlockView):
    """Numbered steps."""

    NAME = StepsBlock.NAME
    html: Text


@dataclass(frozen=True, slots=True)
class QuoteBlockView(BlockView):
    """A signed quotation."""

    NAME = QuoteBlock.NAME
    html: Text
    author: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class ButtonBlockView(BlockView):
    """A call to action: a link and its label."""

    NAME = ButtonBlock.NAME
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class ImageBlockView(BlockView):
    """A picture with caption and credit."""

    NAME = ImageBlock.NAME
    image: Picture


def texts_of(
    record: AnyRecord, index: Index, *, lit_day: date | None, for_mail: bool = False
) -> TextMaker:
    """Return the maker of a content's texts; the month of `lit_day` is lit in matrices, if any."""
    block = partial(_view, record, index, lit_day, for_mail)
    return TextMaker(record, index, block, for_mail=for_mail)


def _view(  # noqa: C901 - one flat case per block
    record: AnyRecord,
    index: Index,
    lit_day: date | None,
    for_mail: bool,  # noqa: FBT001
    block: BlockCall,
    content: Text,
) -> BlockView:
    match block.options:
        case AgendaBlock() as asked:
            return AgendaBlockView(
                select(index, period=asked.period, group=asked.group, audience=asked.audience)
            )
        case MatrixBlock() as asked:
            only_busy = asked.months is MatrixMonths.BUSY
            return MatrixBlockView(matrix(index, asked.year, lit_day=lit_day, only_busy=only_busy))
        case ChantiersBlock() as asked:
            groups = [g for g in index.chantiers if asked.state in {None, g.header.state}]
            return ChantiersBlockView(
                tuple((named(g), g.header.stakes, index.occurrences_of_group(g)) for g in groups)
            )
        case EventBlock() as asked:
            event = index.find("event", block.argument)
            assert event is not None
            assert has_header(event, EventHeader)
            return _event(event, index, asked)
        case ArticleBlock():
            article = index.find("article", block.argument)
            assert article is not None
            return ArticleBlockView(teaser(article))
        case FiguresBlock() as asked:
            found = index.find("organisation", asked.organisation)
            is_known = found is not None and has_header(found, OrganisationHeader)
            return FiguresBlockView(figures(found.header) if found and is_known else ())  # type: ignore[arg-type]
        case CalloutBlock() as asked:
            address = mailto(asked.contact, asked.subject) if asked.contact else None
            return CalloutBlockView(content, asked.title, asked.contact, address, asked.subject)
        case StepsBlock():
            return StepsBlockView(content)
        case QuoteBlock() as asked:
            return QuoteBlockView(content, asked.author, asked.role)
        case ButtonBlock() as asked:
            return ButtonBlockView(index.resolve(record, asked.target), _label(block))
        case ImageBlock() as asked:
            image = Image.model_validate(
                {
                    "fichier": asked.file,
                    "alt": asked.alt,
                    "legende": asked.caption,
                    "credit": asked.credit,
                }
            )
            return ImageBlockView(picture(image, index.contents, for_mail=for_mail))
    raise TypeError(block.options)


def _event(event: Record[EventHeader], index: Index, asked: EventBlock) -> EventBlockView:
    occurrences = index.occurrences_of(event)
    shown = leading(occurrences, _MOST_SITTINGS)
    return EventBlockView(
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
