"""What is no fault, but most often an oversight: told as a warning, for the editor to judge."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.folder import is_lost_text
from plugins.faults import START, ContentError, KeyPath, Level, shorten
from plugins.library.links import static_files_of
from plugins.models import Header
from plugins.models.blocks import FiguresBlock
from plugins.models.fields import Mode, Status
from plugins.views.entries import Entry, EventEntry, LetterEntry, OrganisationEntry

if TYPE_CHECKING:
    from plugins.library.library import Library

# A place or a link is missed when a sitting begins in fewer days than this.
_NEAR = 30


def oversights(entry: Entry[Header], library: "Library", today: date) -> Iterator[ContentError]:
    """Yield what a content may have forgotten, or mistaken."""
    yield from _no_figures(entry, library)
    match entry:
        case EventEntry():
            yield from _late_deadline(entry)
            yield from _nowhere(entry, today)
        case LetterEntry():
            yield from _out_of_order(entry, library)


def _no_figures(entry: Entry[Header], library: "Library") -> Iterator[ContentError]:
    """Yield the blocks of figures whose organisation has none: they show nothing."""
    for block in entry.body.blocks():
        if not isinstance(block.options, FiguresBlock):
            continue
        found = library.find("organisation", block.options.organisation)
        if isinstance(found, OrganisationEntry) and not found.figures:
            yield entry.error_at(
                block.place("organisation"),
                "/// chiffres organisation",
                f"{shorten(block.options.organisation)} n’a pas de chiffres : le bloc ne "
                "montrerait rien. Donnez-lui des « chiffres_cles » dans "
                f"{found.document.path.as_posix()}, ou retirez le bloc.",
                Level.WARNING,
            )


def _late_deadline(event: EventEntry) -> Iterator[ContentError]:
    deadline = event.header.registration and event.header.registration.deadline
    last = max(occurrence.period.last_day for occurrence in event.occurrences)
    if deadline and deadline.first > last:
        yield event.error(
            ("inscription", "avant_le"),
            f"« {deadline} » vient après l’événement, dont le dernier jour est {last}. "
            "Vérifiez l’une des deux dates.",
            Level.WARNING,
        )


def _nowhere(event: EventEntry, today: date) -> Iterator[ContentError]:
    """Yield the mode of what is near, when it says neither where nor by which link.

    One who registers may be sent the link.
    """
    for sitting in event.occurrences:
        is_near = not sitting.is_past and (sitting.period.first_day - today).days < _NEAR
        if sitting.is_approximate or sitting.is_off or not is_near:
            continue
        missing = ""
        if sitting.mode is Mode.HYBRID and not (sitting.place or sitting.online_url):
            missing = "ni lieu ni lien n’est donné. Ajoutez « lieu » et « lien_visio »."
        elif sitting.mode is Mode.ONLINE and not (sitting.online_url or event.header.registration):
            missing = "aucun lien n’est donné. Ajoutez « lien_visio », ou « inscription »."
        if missing:
            own: KeyPath = ("seances", (sitting.number or 1) - 1, "modalite")
            path: KeyPath = own if own in event.document.positions else ("modalite",)
            yield event.error(path, f"« {sitting.mode} » : {missing}", Level.WARNING)
            return


def _out_of_order(letter: LetterEntry, library: "Library") -> Iterator[ContentError]:
    """Yield the date of an issue that comes before that of the issue numbered below it."""
    issues = [
        other
        for other in (*library.entries, *library.unpublished)
        if isinstance(other, LetterEntry)
        and other.header.status is not Status.DRAFT
        and other.number < letter.number
    ]
    before = max(issues, key=lambda issue: issue.number, default=None)
    if before and before.header.date.instant > letter.header.date.instant:
        yield letter.error(
            ("date",),
            f"{letter.header.date.day} précède la lettre n° {before.number}, datée du "
            f"{before.header.date.day}. Vérifiez les dates, ou les numéros.",
            Level.WARNING,
        )


def unused_texts(library: "Library") -> Iterator[ContentError]:
    """Yield the texts of a word processor, among the contents, that no content links to."""
    every = (*library.entries, *library.unpublished, *library.broken)
    used = {file for entry in every for file in static_files_of(entry, library)}
    for file in sorted(library.static - used):
        if is_lost_text(file):
            yield ContentError(
                Path(library.root.name, file),
                START,
                None,
                f"{shorten(Path(file).name)} n’est pas publié : aucun contenu n’y mène. S’il "
                "devait être un contenu, enregistrez son texte dans un fichier « .md » ; sinon, "
                "donnez-lui un lien, ou retirez-le.",
                Level.WARNING,
            )
