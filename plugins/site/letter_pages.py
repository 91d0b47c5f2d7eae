"""The pages of the letter: the list of issues, and each issue in every form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.checks.references import check as check_references, check_links
from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import Level, Notices, as_warning
from plugins.library.index import Index
from plugins.library.selection import State, appears, has_expired, on_day
from plugins.models import LetterHeader
from plugins.models.fields import Status
from plugins.site.letter_media import LetterMedia
from plugins.site.static_files import picture_copies, shared_pictures, static_file
from plugins.theme.theme import Theme
from plugins.views.base import NamedAddress, kind_label
from plugins.views.json_ld.contents import letter_entity, letters_entity
from plugins.views.letters import (
    DraftLine,
    LetterPreviewView,
    LettersView,
    letter_cover,
    letter_page_view,
    mail_address,
    pdf_address,
    text_address,
)
from plugins.views.pages import File, Page, Slice, paginate
from plugins.views.site import LETTERS, Site

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """An unpublished issue, and what it lacks, in French.

    `index` is as of the day of publication; `media` is None for an issue at fault.
    """

    letter: Record[LetterHeader]
    state: str
    index: Index
    media: LetterMedia | None


def pages(
    site: Site, theme: Theme, plan: Sequence[Page | File], notices: Notices
) -> Iterator[Page | File]:
    """Plan the pages of the letter, and the other forms of its issues.

    An issue's files come before its page, which states the length and weight of the PDF. A preview
    also shows the unpublished issues. `plan` is read when the e-mails are rendered, the
    whole site then being planned.
    """
    media = LetterMedia(site, theme, plan, notices)
    letters = site.index.letters
    drafts = list(letter_drafts(site, theme, plan, notices)) if site.is_preview else []
    for part in paginate(LETTERS.address, letters, PER_PAGE):
        yield Page(
            part.address,
            "letters",
            LETTERS.title,
            "Tous les numéros de la lettre de la communauté.",
            section=LETTERS.address,
            view=partial(_list, part, drafts, site.index),
            subject=partial(letters_entity, part.items, site.structured_data),
            pagination=part.pagination,
            newest=part.newest,
            texts=partial(_texts_in_list, part, drafts),
        )
    for letter in letters:
        yield from _files(media, letter)
        yield _page(site, media, letter)
        if site.is_preview:
            yield from _preview(site, media, letter)
    files = {file.address: file for letter in letters for file in _pictures(media, letter)}
    for draft in drafts:
        if draft.media:
            yield from _with_notices(draft.media, _files(draft.media, draft.letter), notices)
            yield _page(site, draft.media, draft.letter, draft.state)
            yield from _preview(site, draft.media, draft.letter)
            shown = _with_notices(draft.media, _pictures(draft.media, draft.letter), notices)
            own = {file.address: file for file in (*shown, *_static_files(site, draft))}
            files = own | files
    yield from (files[address] for address in sorted(files))


def _texts_in_list(
    part: Slice[Record[LetterHeader]], drafts: Sequence[LetterDraft]
) -> Iterator[AnyRecord]:
    """Yield the issues whose rubrics a list names; a draft is led to when it is sound."""
    yield from part.items
    for draft in drafts:
        yield from draft.index.texts_of(draft.letter)


def _list(
    part: Slice[Record[LetterHeader]], drafts: Sequence[LetterDraft], index: Index
) -> LettersView:
    return LettersView(
        tuple(letter_cover(letter, index) for letter in part.items),
        tuple(map(_draft_line, drafts)) if part.pagination.number == 1 else (),
        part.pagination,
    )


def _with_notices(media: LetterMedia, files: Iterable[File], notices: Notices) -> Iterator[File]:
    """Yield the files of a draft; writing them moves its notices to `notices`, as warnings."""

    def content(file: File) -> bytes:
        data = file.content()
        notices.add(map(as_warning, media.notices.taken()))
        return data

    for file in files:
        yield File(file.address, partial(content, file), file.texts)


def _static_files(site: Site, draft: LetterDraft) -> Iterator[File]:
    """Yield the static files that only a draft uses."""
    index = draft.index
    for path in sorted(index.static_files_of(draft.letter) - site.index.static_used):
        yield static_file(path, site)
    for path in sorted(index.picture_files_of(draft.letter) - site.index.pictures_used):
        yield from picture_copies(path, site)
    planned = shared_pictures(site.index.published, site)
    for address, file in shared_pictures([draft.letter], site).items():
        if address not in planned:
            yield file


def _draft_line(draft: LetterDraft) -> DraftLine:
    header = draft.letter.header
    is_shown = draft.media is not None
    return DraftLine(header.number, header.title, draft.letter.address, draft.state, is_shown)


def _page(
    site: Site, media: LetterMedia, letter: Record[LetterHeader], state: str | None = None
) -> Page:
    header = letter.header
    return Page(
        letter.address,
        "letter",
        header.title,
        header.summary,
        (LETTERS,),
        LETTERS.address,
        view=lambda: letter_page_view(
            letter,
            media.site,
            pdf_label=media.pdf_label(letter),
            mail=_mail_address(site, letter),
            preview=preview_address(letter) if site.is_preview else None,
            state=state,
        ),
        record=letter,
        subject=partial(letter_entity, letter, site.structured_data),
        long_title=f"{kind_label(letter)} : {header.title}",
        noindex=bool(state),
        follows_files=True,
        texts=partial(media.site.index.texts_of, letter),
    )


def preview_address(letter: Record[LetterHeader]) -> str:
    """Return the address, in a preview, of an issue's forms side by side."""
    return f"{letter.address}apercu/"


def _mail_address(site: Site, letter: Record[LetterHeader]) -> str:
    """Return the address of the e-mail; in a preview, of its copy with local pictures."""
    return f"{preview_address(letter)}courriel.html" if site.is_preview else mail_address(letter)


def _preview(site: Site, media: LetterMedia, letter: Record[LetterHeader]) -> Iterator[Page | File]:
    def mail() -> bytes:
        sent, here = (f'src="{find("/courriel/")}' for find in (site.absolute, site.link))
        return media.mail_html(letter).replace(sent, here).encode()

    yield File(_mail_address(site, letter), mail, partial(media.site.index.texts_of, letter))
    yield Page(
        preview_address(letter),
        "preview/letter",
        f"{kind_label(letter)} sur ses quatre supports",
        "La page, le courriel, le texte et le PDF, côte à côte.",
        (LETTERS, NamedAddress(letter.header.title, letter.address)),
        LETTERS.address,
        view=lambda: LetterPreviewView(
            letter.header.number,
            letter.address,
            _mail_address(site, letter),
            text_address(letter),
            pdf_address(letter),
        ),
        noindex=True,
    )


def _files(media: LetterMedia, letter: Record[LetterHeader]) -> Iterator[File]:
    texts = partial(media.site.index.texts_of, letter)
    yield File(pdf_address(letter), lambda: media.pdf(letter).data, texts)
    yield File(mail_address(letter), lambda: media.mail_html(letter).encode(), texts)
    yield File(text_address(letter), lambda: media.text(letter).encode(), texts)


def _pictures(media: LetterMedia, letter: Record[LetterHeader]) -> Iterator[File]:
    texts = partial(media.site.index.texts_of, letter)
    for picture in media.pictures(letter):
        yield File(picture.address, partial(media.picture, picture), texts)


def letter_drafts(
    site: Site, theme: Theme, plan: Sequence[Page | File], notices: Notices
) -> Iterator[LetterDraft]:
    """Yield the drafts and issues to come, each as of its day of publication.

    The faults of a draft are added to `notices` as warnings. `plan` is that of today's site, where
    the links of the e-mails lead.
    """
    for record in site.index.unpublished:
        if has_header(record, LetterHeader) and not has_expired(record.header, site.now):
            yield _draft(record, site, theme, plan, notices)


def _draft(
    record: Record[LetterHeader],
    site: Site,
    theme: Theme,
    plan: Sequence[Page | File],
    notices: Notices,
) -> LetterDraft:
    is_draft = record.header.status is Status.DRAFT
    day = max(appears(record.header) or site.now, site.now)
    state = "brouillon" if is_draft else f"prévue {on_day(day)}"
    index = site.index.at(day, finished=record.path)
    letter = index.at_path(record.path)
    is_published = letter is not None and index.state_of(letter) is State.PUBLISHED
    if not is_published or letter is None or not has_header(letter, LetterHeader):
        return LetterDraft(record, state, site.index, None)
    faults = [*check_references(letter, index), *check_links(letter, index, None)]
    if is_draft:
        notices.add(map(as_warning, faults))
    ahead = Site(index, site.url, is_preview=True)
    is_sound = all(fault.level is Level.WARNING for fault in faults) and all(
        problem.is_warning for problem in letter.body.problems
    )
    media = LetterMedia(ahead, theme, plan, Notices()) if is_sound else None
    return LetterDraft(letter, state, index, media)
