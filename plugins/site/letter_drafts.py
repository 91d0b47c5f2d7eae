"""The issues of the letter that are not published yet, as previews show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.checks.references import check as check_references
from plugins.faults import Level, as_warning
from plugins.library.links import check as check_links
from plugins.library.loading import load
from plugins.library.schedule import appears, has_expired, on_day
from plugins.models.fields import Status
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.entries import LetterEntry
from plugins.views.site import RESERVED, Site


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """An issue to be published, and what it lacks for that, in words.

    `letter` stands on the site of its day, `site`; it has no `media` while it is at fault.
    """

    letter: LetterEntry
    state: str
    site: Site
    media: LetterMedia | None


def letter_drafts(site: Site, theme: Theme) -> Iterator[LetterDraft]:
    """Yield the drafts and the issues to come, each as it would be published on its day.

    What is at fault in a draft is noted as warnings in the notices of `site`.
    """
    for entry in site.library.unpublished:
        if isinstance(entry, LetterEntry) and not has_expired(entry.header, site.now):
            yield _draft(entry, site, theme)


def _draft(entry: LetterEntry, site: Site, theme: Theme) -> LetterDraft:
    is_draft = entry.header.status is Status.DRAFT
    day = max(appears(entry.header) or site.now, site.now)
    state = "brouillon" if is_draft else f"à paraître {on_day(day)}"
    path = entry.document.path
    library = load(site.library.root, day, RESERVED, finished=path).library
    letter = next((letter for letter in library.letters if letter.document.path == path), None)
    if letter is None:
        return LetterDraft(entry, state, site, None)
    faults = [*check_references(letter, library), *check_links(letter, library, None)]
    if is_draft:
        site.notices.extend(map(as_warning, faults))
    # The plan is shared: its links lead to the pages of today.
    ahead = Site(library, site.url, day, is_preview=True, plan=site.plan)
    is_sound = all(fault.level is Level.WARNING for fault in faults) and all(
        problem.is_warning for problem in letter.body.problems
    )
    media = LetterMedia(ahead, Theme(theme.folder, ahead, theme.jinja)) if is_sound else None
    return LetterDraft(letter, state, ahead, media)
