"""Parts common to several views: named address, picture, document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from plugins.content.pictures import StaticFile, is_picture_name
from plugins.content.reading import Contents
from plugins.content.record import AnyRecord, has_header
from plugins.dates.in_words import Day, format_approximate
from plugins.french.quantities import format_number, weight
from plugins.french.typography import NBSP
from plugins.library.authors import author_address
from plugins.library.index import Index
from plugins.library.links import theme_address
from plugins.models import ArticleHeader, GroupHeader, LetterHeader, OrganisationHeader
from plugins.models.fields import Attachment, Image
from plugins.outputs.mail.mail_pictures import mail_format, shown_size
from plugins.outputs.picture_copies import (
    Copy,
    feed_copy,
    light_copies,
    plain_copy,
    published_size,
    shared_copy,
)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address of the site or of the web, with its title."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to be shown.

    `src` is what every program shows, width and height its size in CSS pixels, None when unknown.
    `copies` are lighter, for browsers: each format, narrow first; a drawing has none. `focus` is
    the point that stays where the layout cuts: percentages from left and top, in tens, as style
    sheets have them; None for the middle. `feed` is the copy for feeds, None for the same one.
    `mail_src` is the address of the copy for e-mails, `mail_size` its size there; empty and None
    outside the letter.
    """

    src: str
    width: int | None
    height: int | None
    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    mail_src: str = ""
    mail_size: tuple[int, int] | None = None
    copies: tuple[Copy, ...] = ()
    focus: tuple[int, int] | None = None
    feed: Copy | None = None


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A file to download, its format and weight in words."""

    title: str
    address: str
    size_label: str


def whole(title: str, number: int, address: str) -> NamedAddress:
    """Return the way to a list of which a page shows a part: « Toutes les dates (1 220) »."""
    return NamedAddress(f"{title} ({format_number(number)})", address)


def named(record: AnyRecord) -> NamedAddress:
    """Return a content's title and address."""
    return NamedAddress(record.header.title, record.address)


def kind_label(record: AnyRecord) -> str:
    """Return the French label of a content: its section, « Chantier », « La lettre n° 1 »."""
    if has_header(record, ArticleHeader):
        return str(record.header.section)
    if has_header(record, GroupHeader):
        return record.header.kind.label
    if has_header(record, LetterHeader):
        return f"La lettre n°{NBSP}{record.header.number}"
    return record.kind.label


def themes_of(record: AnyRecord) -> tuple[NamedAddress, ...]:
    """Return the themes of a content with their pages."""
    return tuple(NamedAddress(name, theme_address(name)) for name in record.header.themes)


def signatures(names: Iterable[str], index: Index | None) -> tuple[NamedAddress, ...]:
    """Return the names of authors with their pages, if any; the address of one without is empty."""
    authors = ((name, index and index.author_at(author_address(name))) for name in names)
    return tuple(NamedAddress(name, author.address if author else "") for name, author in authors)


def picture_at(address: str, contents: Contents, *, for_mail: bool = False) -> Picture:
    """Return the image at an address of the site."""
    file = contents.static_at(address)
    plain = plain_copy(address, file)
    source = plain.address if plain else address
    shown = Picture(
        source,
        *published_size(file),
        copies=light_copies(address, file),
        feed=feed_copy(address, file),
    )
    if not for_mail:
        return shown
    mail_src = mail_picture_address(address, contents)
    return replace(shown, mail_src=mail_src, mail_size=shown_size(file))


def picture(image: Image, contents: Contents, *, for_mail: bool = False) -> Picture:
    """Return an image of a header or of a block."""
    shown = picture_at(f"/{image.file}", contents, for_mail=for_mail)
    x, y = image.focus or (None, None)
    return replace(
        shown,
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        focus=None if x is None or y is None else (round(x, -1), round(y, -1)),
    )


def shared_picture(image: Image | None, contents: Contents) -> Picture | None:
    """Return the picture by which search engines announce a content."""
    if image is None:
        return None
    if found := photograph(image, contents):
        return found
    shown = picture_at(f"/{image.file}", contents)
    return Picture(shown.src, shown.width, shown.height, image.alt)


def photograph(image: Image, contents: Contents) -> Picture | None:
    """Return the copy of a photograph for social networks, None for a drawing or a logo."""
    address = f"/{image.file}"
    copy = shared_copy(address, contents.static_at(address), image.focus)
    return Picture(copy.address, copy.width, copy.height, image.alt) if copy else None


def mail_picture_address(address: str, contents: Contents) -> str:
    """Return the address of the copy for e-mails of the image at an address."""
    # Keep the suffix: a.png and a.svg of one folder are two pictures.
    path = unquote(urlsplit(address).path).lstrip("/")
    return f"/courriel/{path}{mail_format(contents.static_at(address))}"


def document_link(
    document: Attachment, contents: Contents, published_weight: int | None
) -> DocumentLink:
    """Return a file to download: « PDF, 120 ko ».

    A picture is not published as it was given: its weight online is `published_weight`.
    """
    address = f"/{document.file}"
    file = contents.static_at(address)
    told = file.weight if published_weight is None else published_weight
    return DocumentLink(document.title, address, f"{format_of(file)}, {weight(told)}")


def format_of(file: StaticFile) -> str:
    """Return the format of a file in words: « PDF »."""
    return file.suffix.removeprefix(".").upper()


_WEIGHT = re.compile(r"\d\s?[km]o\b", re.IGNORECASE)


def told_document(words: str, address: str, contents: Contents) -> str:
    """Return what the words of a link leave untold of a document: « (PDF, 120 ko) » (RGAA 13).

    It is empty for any other address, and when the words give a weight.
    """
    name = unquote(urlsplit(address).path)
    file = contents.static.get(name[1:]) if name.startswith("/") else None
    if file is None or is_picture_name(name) or _WEIGHT.search(words):
        return ""
    form = format_of(file)
    is_told = re.search(rf"\b{re.escape(form)}\b", words, re.IGNORECASE)
    return f" ({weight(file.weight)})" if is_told else f" ({form}, {weight(file.weight)})"


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure, its number and its date in words."""

    value: str
    label: str
    unit: str | None
    as_of: str | None


def figures(header: OrganisationHeader) -> tuple[Figure, ...]:
    """Return the key figures of an organisation."""
    return tuple(
        Figure(
            item.number,
            item.label,
            item.shown_unit,
            format_approximate(item.as_of)
            if item.as_of and item.as_of.is_approximate
            else (Day(item.as_of.first).full if item.as_of else None),
        )
        for item in header.figures
    )
