"""A text ready for a medium: HTML, the data of its blocks, the targets of its links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import Position
from plugins.french.typography import NBSP, capitalised
from plugins.library.addresses import mailto
from plugins.library.excerpts import excerpt_blocks, excerpt_of
from plugins.library.index import Index
from plugins.library.occurrences import Occurrence
from plugins.markdown.bodies import (
    LINK_SCHEME,
    BlockCall,
    Body,
    Heading,
    Html,
    Link,
    Part,
    headings_in,
)
from plugins.markdown.excerpts import levels_above, placed
from plugins.models import EventHeader, GroupHeader, LetterHeader, OrganisationHeader
from plugins.models.blocks import (
    AgendaBlock,
    ArticleBlock,
    ButtonBlock,
    CalloutBlock,
    ChantierDates,
    ChantiersBlock,
    EventBlock,
    ExcerptBlock,
    FiguresBlock,
    ImageBlock,
    MatrixBlock,
    MatrixMonths,
    QuoteBlock,
    StepsBlock,
)
from plugins.models.fields import GroupState, Image
from plugins.views.agenda import AgendaList, select, shown_in_text, upcoming
from plugins.views.base import (
    NamedAddress,
    Picture,
    figures,
    named,
    picture,
    picture_at,
    told_document,
    whole,
)
from plugins.views.event_text import leading, recurrence_line
from plugins.views.matrix import matrix
from plugins.views.registration import Registration, registration
from plugins.views.site import AGENDA, CHANTIERS
from plugins.views.teasers import teaser

# Of more sittings, only the next are shown: the rule says the rest.
MOST_SITTINGS = 8
# A table of chantiers shows no more of them, nor more dates in all, shared among them: a text, a
# letter's above all, does not grow with the site.
_MOST_CHANTIERS = 24
_MOST_DATES = 160
_TOP_LEVEL = 2
_TAG = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(
    rf"""(<a\b(?:[^">]|"[^"]*")*?\shref="{LINK_SCHEME}(\d+)"[^>]*>)(.*?)</a>""", re.DOTALL
)


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
    """An event: its occurrences, the past ones when none is to come, and how to register.

    Its title heads them when it has several sittings.
    """

    event: NamedAddress
    has_sittings: bool
    recurrence: str
    occurrences: tuple[Occurrence, ...]
    has_others: bool
    registration: Registration | None


@dataclass(frozen=True, slots=True)
class Chantier:
    """A chantier in a table: its stakes and dates, or in words why it has none.

    `others` says how many more dates its page has: « et 12 autres dates ».
    """

    group: NamedAddress
    stakes: str | None
    occurrences: tuple[Occurrence, ...]
    is_finished: bool
    others: str

    @property
    def without_date(self) -> str:
        """Return « Terminé » or « Date à fixer », nothing with dates."""
        if self.occurrences:
            return ""
        return "Terminé" if self.is_finished else "Date à fixer"


@dataclass(frozen=True, slots=True)
class ChantierTable:
    """The table of the chantiers; `more` leads to all of them, when too many for a text."""

    rows: tuple[Chantier, ...]
    more: NamedAddress | None = None


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


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """An excerpt of another content; `language` (RFC 5646) when it is not that of the text around.

    `source` is the content, for « Lire la suite »; None without it.
    """

    text: Text
    language: str | None
    source: NamedAddress | None


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of an excerpt: its text there, the page, the level above, the start of its ids."""

    body: Body
    address: str
    level: int
    prefix: str
    ids: frozenset[str]


class TextMaker:
    """The maker of the texts of one content, for one medium."""

    def __init__(
        self,
        record: AnyRecord,
        index: Index,
        *,
        lit_day: date | None,
        for_mail: bool = False,
        place: _Place | None = None,
    ) -> None:
        """Resolve the links; the month of `lit_day`, if any, is lit in matrices.

        An excerpt has a `place` in a text: its links are still those of the content `record`.
        """
        self._record = record
        self._index = index
        self._lit_day = lit_day
        self._for_mail = for_mail
        self._place = place
        self._body = place.body if place else record.body
        self._address = place.address if place else record.address
        self._language = record.header.language
        self._targets = tuple(map(self._target, self._body.links))

    def whole(self) -> Text:
        """Return the whole text of the content."""
        return self.text(self._body.parts)

    def illustrated(self) -> Text:
        """Return the whole text under the picture of the header, if any, for feeds."""
        image, text = self._record.header.image, self.whole()
        if not image:
            return text
        above = BlockView(ImageBlock.NAME, picture(image, self._index.contents))
        return replace(text, parts=(above, *text.parts))

    def text(self, parts: tuple[Part, ...]) -> Text:
        """Return the given parts of the content as a text."""
        # The text around an excerpt declares its language, or the excerpt's block does.
        language = "fr" if self._place else self._language
        return Text(self._parts(parts), self._targets, self._address, language)

    def _resolved(self, target: str) -> str:
        """Return the address of a link; one into an excerpt stays in it, the others leave it."""
        address = self._index.resolve(self._record, target)
        if self._place is None:
            return address
        page, mark, fragment = address.partition("#")
        if page not in {"", self._record.address}:
            return address
        own = self._place.prefix + unquote(fragment)
        return (
            f"#{own}" if mark and own in self._place.ids else self._record.address + mark + fragment
        )

    def _target(self, link: Link) -> str | Picture:
        address = self._resolved(link.target)
        if not link.is_image:
            return address
        return picture_at(address, self._index.contents, for_mail=self._for_mail)

    def _parts(self, parts: tuple[Part, ...]) -> tuple[Html | BlockView, ...]:
        return tuple(
            Html(_ANCHOR.sub(self._anchor, part.text))
            if isinstance(part, Html)
            else self._block(part)
            for part in parts
        )

    def _anchor(self, found: re.Match[str]) -> str:
        """Return a link, whose words end with the format and weight of the document, if any."""
        opening, number, words = found.groups()
        return f"{opening}{words}{self._told(words, self._targets[int(number)])}</a>"

    def _told(self, words: str, target: str | Picture) -> str:
        if isinstance(target, Picture):
            return ""
        return told_document(unescape(_TAG.sub("", words)), target, self._index.contents)

    def _block(self, block: BlockCall) -> BlockView:
        # The surrounding text declares the language.
        content = Text(self._parts(block.parts), self._targets, self._address)
        return BlockView(block.options.NAME, self._data(block, content))

    def _data(self, block: BlockCall, content: Text) -> object:  # noqa: C901 - one flat case per block
        """Return the data that the macros of the block's template get."""
        index = self._index
        match block.options:
            case AgendaBlock() as asked:
                return self._agenda(asked)
            case MatrixBlock() as asked:
                only_busy = asked.months is MatrixMonths.BUSY
                return matrix(index, asked.year, lit_day=self._lit_day, only_busy=only_busy)
            case ChantiersBlock() as asked:
                groups = [g for g in index.chantiers if asked.state in {None, g.header.state}]
                return _chantiers(groups, index, asked.dates)
            case EventBlock() as asked:
                event = index.find("event", block.argument)
                assert event is not None
                assert has_header(event, EventHeader)
                return _event(event, index, asked)
            case ArticleBlock():
                article = index.find("article", block.argument)
                assert article is not None
                return teaser(article, index)
            case ExcerptBlock() as asked:
                return self._excerpt(block, asked)
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
                label, address = _label(block), self._resolved(asked.target)
                return NamedAddress(label + self._told(label, address), address)
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

    def _agenda(self, asked: AgendaBlock) -> AgendaList:
        """Return the dates of a block; those of a letter go on until its next issue.

        So an issue that was sent does not grow with the agenda.
        """
        record, index, span = self._record, self._index, None
        day = index.today
        if has_header(record, LetterHeader):
            day = record.header.date.day
            span = (day, _last_day(record, index))
        found = select(
            index, period=asked.period, group=asked.group, audience=asked.audience, span=span
        )
        group = index.find("group", asked.group)
        return shown_in_text(found, day, group.address if group else AGENDA.address)

    def _excerpt(self, block: BlockCall, asked: ExcerptBlock) -> ExcerptView:
        found = excerpt_of(block, self._index)
        assert found is not None
        number, level = self._places_of_excerpts[block.position]
        prefix = f"{self._place.prefix if self._place else ''}extrait-{number}-"
        body = placed(found.body, level, prefix)
        language = found.source.header.language
        maker = TextMaker(
            found.source,
            self._index,
            lit_day=self._lit_day,
            for_mail=self._for_mail,
            place=_Place(body, self._address, level, prefix, body.ids),
        )
        return ExcerptView(
            maker.whole(),
            language if language != self._language else None,
            named(found.source) if asked.leads_to_source else None,
        )

    @cached_property
    def _places_of_excerpts(self) -> dict[Position, tuple[int, int]]:
        """The number of each excerpt in the text, and the level of the heading above it."""
        body = self._body
        # An editorial stands under a heading of the page.
        is_divided = has_header(self._record, LetterHeader) and any(
            heading.level == _TOP_LEVEL for heading in body.headings
        )
        top = _TOP_LEVEL if is_divided else _TOP_LEVEL - 1
        levels = levels_above(body.parts, self._place.level if self._place else top)
        return {
            block.position: (number, levels[block.position])
            for number, block in enumerate(excerpt_blocks(body), 1)
        }


def headings_of(text: Text) -> tuple[Heading, ...]:
    """Return the headings of a text, those of its blocks and excerpts included."""
    found: list[Heading] = []
    for part in text.parts:
        if isinstance(part, Html):
            found.extend(headings_in(part.text))
        elif isinstance(part.data, Text):
            found.extend(headings_of(part.data))
        elif isinstance(part.data, Callout | Quote | ExcerptView):
            found.extend(headings_of(part.data.text))
    return tuple(found)


def _last_day(letter: Record[LetterHeader], index: Index) -> date:
    """Return the last day of an issue's dates: the day before the next issue, if it is out."""
    _, following = index.issues_beside(letter)
    if following is None or following.header.date.day <= letter.header.date.day:
        return date.max
    return following.header.date.day - timedelta(days=1)


def _chantiers(
    groups: list[Record[GroupHeader]], index: Index, dates: ChantierDates
) -> ChantierTable:
    rows = groups[:_MOST_CHANTIERS]
    shown = tuple(_chantier(group, index, dates, _MOST_DATES // len(rows)) for group in rows)
    more = whole("Tous les chantiers", len(groups), CHANTIERS.address)
    return ChantierTable(shown, more if len(groups) > len(shown) else None)


def _chantier(
    group: Record[GroupHeader], index: Index, dates: ChantierDates, most: int
) -> Chantier:
    found = index.occurrences_of_group(group)
    if dates is ChantierDates.UPCOMING:
        found = upcoming(found)
    shown = leading(found, most)
    others = len(found) - len(shown)
    told = f"et {others}{NBSP}autres dates" if others > 1 else "et une autre date"
    return Chantier(
        group=named(group),
        stakes=group.header.stakes,
        occurrences=shown,
        is_finished=group.header.state is GroupState.FINISHED,
        others=told if others else "",
    )


def _event(event: Record[EventHeader], index: Index, asked: EventBlock) -> EventInText:
    occurrences = index.occurrences_of(event)
    # What was held gives its place to what is to come; the event's page has both.
    coming = tuple(occurrence for occurrence in occurrences if not occurrence.is_past)
    shown = leading(coming or occurrences, MOST_SITTINGS)
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
