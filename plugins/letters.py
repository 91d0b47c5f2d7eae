"""The letter: the list of its issues, and each of them."""

from collections.abc import Iterator
from functools import partial

from pelican import signals

from plugins.core.entries import LetterEntry, NamedAddress
from plugins.core.pages import File, Page
from plugins.core.site import Site
from plugins.generator import Planned, PlannedGenerator, planner
from plugins.letter_media import LetterMedia
from plugins.theme import Theme

LETTERS = NamedAddress("La lettre", "/lettres/")


def pages(site: Site, theme: Theme) -> Iterator[Planned]:
    """Plan the pages of the letter, and its issues in every other form."""
    media = LetterMedia(site, theme)
    letters = site.library.letters
    yield Page(
        LETTERS.address,
        "letters",
        LETTERS.title,
        "Tous les numéros de la lettre de la communauté.",
        "letters",
        section=LETTERS.address,
        context={"entries": letters},
    )
    for letter in letters:
        yield _page(site, media, letter)
        yield from _files(media, letter)
        if site.is_preview:
            yield _preview(letter)
    pictures = {p.address: p for letter in letters for p in media.pictures(letter)}
    for address, picture in sorted(pictures.items()):
        yield File(address, partial(media.picture, picture))


def _page(site: Site, media: LetterMedia, letter: LetterEntry) -> Page:
    return Page(
        letter.address,
        "letter",
        letter.title,
        letter.summary,
        "letter",
        (LETTERS,),
        LETTERS.address,
        context={
            "entry": letter,
            "media": media,
            "preview_address": preview_address(letter) if site.is_preview else None,
        },
        image=letter.image.src if letter.image else None,
        lastmod=letter.last_change,
    )


def preview_address(letter: LetterEntry) -> str:
    """Return where a preview shows an issue in all its forms, side by side."""
    return f"{letter.address}apercu/"


def _preview(letter: LetterEntry) -> Page:
    return Page(
        preview_address(letter),
        "preview/letter",
        f"{letter.kind_label} sur ses quatre supports",
        "La page, le courriel, le texte et le PDF, côte à côte.",
        "letter-preview",
        (LETTERS, NamedAddress(letter.title, letter.address)),
        LETTERS.address,
        context={"entry": letter},
        noindex=True,
    )


def _files(media: LetterMedia, letter: LetterEntry) -> Iterator[File]:
    yield File(letter.mail_address, lambda: media.mail_html(letter).encode())
    yield File(letter.text_address, lambda: media.text(letter).encode())
    yield File(letter.pdf_address, lambda: media.pdf(letter).data)


def _generator(_pelican: object) -> type[PlannedGenerator]:
    return planner(pages)


def register() -> None:
    """Give Pelican the generator."""
    signals.get_generators.connect(_generator)
