"""The letter: the list of its issues, and each of them."""

from collections.abc import Iterable, Iterator
from functools import partial

from plugins.faults import as_warning
from plugins.library.links import static_files_of
from plugins.site.letter_drafts import LetterDraft, letter_drafts
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.entries import LetterEntry, NamedAddress
from plugins.views.pages import File, Page
from plugins.views.site import Site

LETTERS = NamedAddress("La lettre", "/lettres/")


def pages(site: Site, theme: Theme) -> Iterator[Page | File]:
    """Plan the pages of the letter, and its issues in every other form.

    A preview also shows the issues that are not published yet.
    """
    media = LetterMedia(site, theme)
    letters = site.library.letters
    drafts = list(letter_drafts(site, theme)) if site.is_preview else []
    yield Page(
        LETTERS.address,
        "letters",
        LETTERS.title,
        "Tous les numéros de la lettre de la communauté.",
        "letters",
        section=LETTERS.address,
        context={"entries": letters, "drafts": drafts},
    )
    for letter in letters:
        yield _page(site, media, letter)
        yield from _files(media, letter)
        if site.is_preview:
            yield from _preview(site, media, letter)
    files = {file.address: file for letter in letters for file in _pictures(media, letter)}
    for draft in drafts:
        if draft.media:
            yield _page(site, draft.media, draft.letter, draft.state)
            yield from _preview(site, draft.media, draft.letter)
            made = [*_files(draft.media, draft.letter), *_pictures(draft.media, draft.letter)]
            own = [*_told(site, draft, made), *_static_files(site, draft)]
            files |= {file.address: file for file in own if file.address not in files}
    yield from (files[address] for address in sorted(files))


def _told(site: Site, draft: LetterDraft, files: Iterable[File]) -> Iterator[File]:
    """Yield files of a draft whose faults, told to its own site, stop nothing on this one."""

    def content(file: File) -> bytes:
        data = file.content()
        site.notices.extend(map(as_warning, draft.site.notices))
        draft.site.notices.clear()
        return data

    for file in files:
        yield File(file.address, partial(content, file))


def _static_files(site: Site, draft: LetterDraft) -> Iterator[File]:
    """Yield the files of the content that only a draft shows."""
    library = draft.site.library
    for path in {*static_files_of(draft.letter, library)} - site.library.static_used:
        yield File(f"/{path}", (library.root / path).read_bytes)


def _page(site: Site, media: LetterMedia, letter: LetterEntry, state: str | None = None) -> Page:
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
            "mail_address": _mail_address(site, letter),
            "state": state,
        },
        image=letter.image.src if letter.image else None,
        lastmod=letter.last_change,
        noindex=bool(state),
    )


def preview_address(letter: LetterEntry) -> str:
    """Return where a preview shows an issue in all its forms, side by side."""
    return f"{letter.address}apercu/"


def _mail_address(site: Site, letter: LetterEntry) -> str:
    """Return where a page shows the e-mail: in a preview, with the pictures of this machine."""
    return f"{preview_address(letter)}courriel.html" if site.is_preview else letter.mail_address


def _preview(site: Site, media: LetterMedia, letter: LetterEntry) -> Iterator[Page | File]:
    def mail() -> bytes:
        sent, here = (f'src="{find("/courriel/")}' for find in (site.absolute, site.link))
        return media.mail_html(letter).replace(sent, here).encode()

    yield File(_mail_address(site, letter), mail)
    yield Page(
        preview_address(letter),
        "preview/letter",
        f"{letter.kind_label} sur ses quatre supports",
        "La page, le courriel, le texte et le PDF, côte à côte.",
        "letter-preview",
        (LETTERS, NamedAddress(letter.title, letter.address)),
        LETTERS.address,
        context={"entry": letter, "mail_address": _mail_address(site, letter)},
        noindex=True,
    )


def _files(media: LetterMedia, letter: LetterEntry) -> Iterator[File]:
    yield File(letter.mail_address, lambda: media.mail_html(letter).encode())
    yield File(letter.text_address, lambda: media.text(letter).encode())
    yield File(letter.pdf_address, lambda: media.pdf(letter).data)


def _pictures(media: LetterMedia, letter: LetterEntry) -> Iterator[File]:
    for picture in media.pictures(letter):
        yield File(picture.address, partial(media.picture, picture))
