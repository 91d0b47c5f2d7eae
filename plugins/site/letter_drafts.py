"""The issues of the letter that are not published yet, as previews show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.checks.links import check_links
from plugins.checks.references import check as check_references
from plugins.content.record import Record, has_header
from plugins.faults import Level, as_warning
from plugins.library.schedule import appears, has_expired, on_day
from plugins.models import LetterHeader
from plugins.models.fields import Status
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.site import Site


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """An issue to be published, and what it lacks for that, in words.

    `letter` stands on the site of its day, `site`; it has no `media` while it is at fault.
    """

    letter: Record[LetterHeader]
    state: str
    site: Site
    media: LetterMedia | None


def letter_drafts(site: Site, theme: Theme) -> Iterator[LetterDraft]:
    """Yield the drafts and the issues to come, each as it would be published on its day.

    The faults of a draft are noted as warnings in the notices of `site`.
    """
    for record in site.index.unpublished:
        if has_header(record, LetterHeader) and not has_expired(record.header, site.now):
            yield _draft(record, site, theme)


def _draft(record: Record[LetterHeader], site: Site, theme: Theme) -> LetterDraft:
    is_draft = record.header.status is Status.DRAFT
    day = max(appears(record.header) or site.now, site.now)
    state = "brouillon" if is_draft else f"à paraître {on_day(day)}"
    index = site.index.at(day, finished=record.path)
    letter = next((letter for letter in index.letters if letter.path == record.path), None)
    if letter is None:
        return LetterDraft(record, state, site, None)
    faults = [*check_references(letter, index), *check_links(letter, index, None)]
    if is_draft:
        site.notices.extend(map(as_warning, faults))
    # The plan is shared: its links lead to the pages of today.
    ahead = Site(index, site.url, is_preview=True, plan=site.plan)
    is_sound = all(fault.level is Level.WARNING for fault in faults) and all(
        problem.is_warning for problem in letter.body.problems
    )
    media = LetterMedia(ahead, theme) if is_sound else None
    return LetterDraft(letter, state, ahead, media)
