"""What the head of a page tells those who announce it: a picture, the times of an article."""

from dataclasses import replace

from plugins.content.record import AnyRecord, Record, day_of, has_header
from plugins.french.typography import NBSP, capitalised
from plugins.library.index import Index
from plugins.library.publication import changed_at, published_at
from plugins.models import ArticleHeader, EventHeader, LetterHeader, PageHeader
from plugins.outputs.cards.card import HEIGHT, WIDTH, Card
from plugins.views.base import Picture, kind_label, photograph
from plugins.views.event_text import leading_one, other_dates, recurrence_line, short_when
from plugins.views.pages import ArticleHead, Page


def picture_of(page: Page, index: Index) -> Picture | None:
    """Return the picture by which social networks announce a page: its photograph, else its card.

    A page that is kept from them has none, but for a draft: its preview shows what it will have.
    """
    if found := _photograph(page, index):
        return found
    if not has_card(page, index):
        return None
    return Picture(card_address(page), WIDTH, HEIGHT, _in_words(card_of(page, index)))


def has_card(page: Page, index: Index) -> bool:
    """Return True for a page that is announced by a card."""
    return bool(page.record or not page.noindex) and not _photograph(page, index)


def card_address(page: Page) -> str:
    """Return the address of a page's card; the pages of a list share that of the first."""
    address = page.pagination.address if page.pagination else page.address
    return f"/partage{address.rstrip('/')}.png"


def card_of(page: Page, index: Index) -> Card:
    """Return what the card of a page says."""
    site = index.site
    card = Card(
        site=site.name,
        tagline=site.tagline,
        kind=page.trail[0].title if page.trail else "",
        title=page.title,
        lede=page.description,
        year=page.frise_year or index.today.year,
        lit=(page.frise_month,) if page.frise_month else (),
    )
    if page.record:
        return _card_of_content(card, page.record, index)
    if page.address == "/":
        title = capitalised(site.tagline)
        return replace(card, title=title, tagline="", lit=(index.today.month,))
    return card


def article_of(page: Page, index: Index) -> ArticleHead | None:
    """Return what the head says of an article or of an issue of the letter, None for others."""
    record = page.record
    if record is None:
        return None
    header, authors = record.header, record.header.authors
    if has_header(record, ArticleHeader):
        section = str(record.header.section)
    elif has_header(record, LetterHeader):
        section, authors = page.trail[0].title, authors or record.header.editors_in_chief
    else:
        return None
    times = published_at(record, index), changed_at(record, index)
    return ArticleHead(*times, section, header.themes, authors)


def _photograph(page: Page, index: Index) -> Picture | None:
    image = page.record.header.image if page.record else None
    return photograph(image, index.contents) if image else None


def _in_words(card: Card) -> str:
    """Return « Annulé. Événement, 26 mars 2024 : Rencontre »."""
    state = f"{card.state}. " if card.state else ""
    kind = ", ".join(filter(None, (card.kind or card.site, card.when)))
    return f"{state}{kind}{NBSP}: {card.title}"


def _card_of_content(card: Card, record: AnyRecord, index: Index) -> Card:
    kind = "" if has_header(record, PageHeader) else kind_label(record)
    card = replace(card, kind=kind, title=record.header.title)
    if has_header(record, EventHeader):
        return _card_of_event(card, record, index)
    day = day_of(record)
    if day and isinstance(record.header, ArticleHeader | LetterHeader):
        return replace(card, lede="", when=day.full, year=day.year, lit=(day.date.month,))
    return card


def _card_of_event(card: Card, event: Record[EventHeader], index: Index) -> Card:
    """Return the card of an event: its date and state are those of the sitting that leads."""
    occurrences = index.occurrences_of(event)
    one = leading_one(occurrences)
    year = one.period.first_day.year
    card = replace(
        card,
        lede="",
        state=one.state,
        when=short_when(event, index),
        is_off=one.is_off,
        is_approximate=one.is_approximate,
        year=year,
        lit=tuple(month for of_year, month in one.period.months if of_year == year),
    )
    if one.is_approximate or one.crosses_months or recurrence_line(event.header):
        return card
    lines = f"{one.month_label} {year}", other_dates(len(occurrences) - 1) or one.when_short
    return replace(card, numeral=one.day_numeral, below=tuple(filter(None, lines)))
