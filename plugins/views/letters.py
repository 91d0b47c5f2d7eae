"""The letter: the views of an issue in every medium, and of the list of issues."""

from dataclasses import dataclass, replace
from datetime import date

from plugins.content.record import Record, has_header
from plugins.dates.in_words import Day
from plugins.library.index import Index
from plugins.markdown.bodies import BlockCall, Heading, Rubric, rubrics
from plugins.models import EventHeader, LetterHeader
from plugins.models.blocks import ButtonBlock, EventBlock, MatrixBlock
from plugins.views.base import (
    NamedAddress,
    Picture,
    kind_label,
    named,
    picture,
    signatures,
    themes_of,
)
from plugins.views.pages import Pagination
from plugins.views.registration import registration
from plugins.views.sheets import SHOWN
from plugins.views.site import Site
from plugins.views.teasers import Teaser, see_also
from plugins.views.texts import Text, TextMaker, headings_of


@dataclass(frozen=True, slots=True)
class RubricView:
    """A rubric, or the opening text, without a heading; its pieces can each be left out."""

    heading: Heading | None
    pieces: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """The whole text of the rubric."""
        return joined(self.pieces)


@dataclass(frozen=True, slots=True)
class Act:
    """What a reader can do first: a button, and its deadline in words."""

    button: NamedAddress
    until: str


@dataclass(frozen=True, slots=True)
class LetterView:
    """An issue, for any medium.

    `year` is the year of its matrix, else of its date; `lit_month` the month of publication, 0 when
    not in `year`.
    """

    header: LetterHeader
    kind_label: str
    address: str
    pdf_address: str
    text_address: str
    preheader: str
    period: str
    published: Day
    year: int
    lit_month: int
    themes: tuple[NamedAddress, ...]
    image: Picture | None
    editorial_signature: str | None
    editorial_role: str | None
    contact: str
    act: Act | None
    opening: RubricView
    rubrics: tuple[RubricView, ...]

    @property
    def rubrics_text(self) -> Text:
        """The text of all rubrics."""
        return joined(tuple(piece for rubric in self.rubrics for piece in rubric.pieces))


@dataclass(frozen=True, slots=True)
class LetterPageView:
    """An issue on its page; `state` says in French what an unpublished issue lacks.

    `shown_in` are the contents that show its text, in previews.
    """

    letter: LetterView
    editors: tuple[NamedAddress, ...]
    toc: tuple[Heading, ...]
    pdf_label: str
    mail_address: str
    preview_address: str | None
    state: str | None
    previous: NamedAddress | None
    next: NamedAddress | None
    see_also: tuple[Teaser, ...]
    shown_in: tuple[NamedAddress, ...]


@dataclass(frozen=True, slots=True)
class LetterPreviewView:
    """The four forms of an issue, side by side."""

    number: int
    address: str
    mail_address: str
    text_address: str
    pdf_address: str


@dataclass(frozen=True, slots=True)
class LetterCover:
    """An issue in a list, as a small front page; `contents` are the titles of its rubrics."""

    header: LetterHeader
    address: str
    pdf_address: str
    period: str
    published: Day
    image: Picture | None
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An unpublished issue, and what it lacks; an issue at fault has no page."""

    number: int
    title: str
    address: str
    state: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class LettersView:
    """A page of the list of issues; previews also list the unpublished issues, on the first."""

    issues: tuple[LetterCover, ...]
    drafts: tuple[DraftLine, ...]
    pagination: Pagination


def mail_address(letter: Record[LetterHeader]) -> str:
    """Return the address of an issue's e-mail."""
    return f"{letter.address}courriel.html"


def text_address(letter: Record[LetterHeader]) -> str:
    """Return the address of an issue as plain text."""
    return f"{letter.address}lettre-{letter.header.number}.txt"


def pdf_address(letter: Record[LetterHeader]) -> str:
    """Return the address of an issue as PDF."""
    return f"{letter.address}lettre-{letter.header.number}.pdf"


def subject(letter: Record[LetterHeader]) -> str:
    """Return the subject of an issue's e-mail."""
    return letter.header.subject or letter.header.title


def letter_view(
    letter: Record[LetterHeader], index: Index, *, lit_day: date | None, for_mail: bool = False
) -> LetterView:
    """Return the view of an issue; the month of `lit_day`, if any, is lit in its matrices."""
    header = letter.header
    texts = TextMaker(letter, index, lit_day=lit_day, for_mail=for_mail)
    opening, *others = (_rubric(rubric, texts) for rubric in rubrics(letter.body))
    year = _year(letter)
    published = header.date.day
    editorial = header.editorial
    image = header.image
    return LetterView(
        header=header,
        kind_label=kind_label(letter),
        address=letter.address,
        pdf_address=pdf_address(letter),
        text_address=text_address(letter),
        preheader=header.preheader or header.summary,
        period=_period(header),
        published=Day(published),
        year=year,
        lit_month=published.month if published.year == year else 0,
        themes=themes_of(letter),
        image=picture(image, index.contents, for_mail=for_mail) if image else None,
        editorial_signature=editorial.signature if editorial else None,
        editorial_role=editorial.role if editorial else None,
        contact=header.contact or index.site.contact,
        act=_act(letter, index),
        opening=opening,
        rubrics=tuple(others),
    )


def _act(letter: Record[LetterHeader], index: Index) -> Act | None:
    """Return the registration that closes first among the events shown, else reading online.

    None when the letter opens with a button of its own.
    """
    opening, *_ = rubrics(letter.body)
    if any(
        isinstance(part, BlockCall) and isinstance(part.options, ButtonBlock)
        for piece in opening.pieces
        for part in piece
    ):
        return None
    shown = (
        index.find("event", block.argument)
        for block in letter.body.blocks()
        if isinstance(block.options, EventBlock)
    )
    events = [event for event in shown if event and has_header(event, EventHeader)]
    found = (
        (closing.instant, event.header.title, open_one.ways[0].address, open_one.until)
        for event in events
        if (open_one := registration(event, index))
        and open_one.is_open
        and open_one.ways
        and (closing := open_one.closing)
    )
    if first := min(found, default=None):
        _, title, address, until = first
        return Act(NamedAddress(f"S’inscrire : {title}", address), until)
    return Act(NamedAddress("Lire la lettre en ligne", letter.address), "")


def letter_page_view(
    letter: Record[LetterHeader],
    site: Site,
    *,
    pdf_label: str,
    mail: str,
    preview: str | None,
    state: str | None,
) -> LetterPageView:
    """Return the view of an issue's page; `mail` and `preview` are addresses."""
    index = site.index
    previous, following = index.issues_beside(letter)
    shown = letter_view(letter, index, lit_day=site.today)
    view = LetterPageView(
        letter=shown,
        # An author of a draft alone has no page.
        editors=signatures(letter.header.editors_in_chief, None if state else index),
        toc=(*headings_of(shown.opening.text), *headings_of(shown.rubrics_text)),
        pdf_label=pdf_label,
        mail_address=mail,
        preview_address=preview,
        state=state,
        previous=named(previous) if previous else None,
        next=named(following) if following else None,
        shown_in=tuple(map(named, index.showing(letter)[:SHOWN])) if site.is_preview else (),
        see_also=(),
    )
    return replace(view, see_also=see_also(view, letter, site))


def letter_cover(letter: Record[LetterHeader], index: Index) -> LetterCover:
    """Return an issue for a list."""
    header = letter.header
    titles = (rubric.heading.title for rubric in rubrics(letter.body) if rubric.heading)
    return LetterCover(
        header,
        letter.address,
        pdf_address(letter),
        _period(header),
        Day(header.date.day),
        picture(header.image, index.contents) if header.image else None,
        tuple(titles),
    )


def joined(texts: tuple[Text, ...]) -> Text:
    """Return the texts of a content joined into one text."""
    if not texts:
        return Text()
    return replace(texts[0], parts=tuple(part for text in texts for part in text.parts))


def _rubric(rubric: Rubric, texts: TextMaker) -> RubricView:
    return RubricView(rubric.heading, tuple(texts.text(piece) for piece in rubric.pieces))


def _period(header: LetterHeader) -> str:
    """Return the period that an issue covers, by default its month."""
    published = Day(header.date.day)
    return header.period or f"{published.month} {published.year}"


def _year(letter: Record[LetterHeader]) -> int:
    blocks = (block.options for block in letter.body.blocks())
    matrices = (options for options in blocks if isinstance(options, MatrixBlock))
    return next((matrix.year for matrix in matrices), letter.header.date.day.year)
