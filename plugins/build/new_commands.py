"""`make nouveau`: a new content, from options, answers in the terminal, or an invitation."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from plugins.build.memory import memory_of
from plugins.build.new_batch import NOTHING_WRITTEN, Batch, NewContentError
from plugins.build.new_interview import Interview
from plugins.build.prompts import choose, is_interactive
from plugins.build.publication import read_settings, told
from plugins.build.report import print_line, print_refusal
from plugins.content.reading import read_record
from plugins.content.record import Record, has_header
from plugins.dates.in_words import format_day
from plugins.dates.moments import PARIS
from plugins.faults import shorten
from plugins.french.typography import fold
from plugins.front_matter.document import read_document
from plugins.library.index import Index
from plugins.mailing.failures import french
from plugins.models import KINDS, EventHeader, Kind
from plugins.models.fields import EventStatus, GroupKind
from plugins.site.plan import instant_of, shown_site
from plugins.writing.invitations.reading import Invitation, content_of, read_invitation
from plugins.writing.invitations.sittings import UnsureError, sitting_change, with_sitting
from plugins.writing.invitations.updates import changes_of, updated
from plugins.writing.letter.proposal import propose
from plugins.writing.new_content import NewContent, content_text
from plugins.writing.questions import kind_named, type_name

_NOT_WRITTEN = "Rien n’y a été écrit. Pour l’écrire, ajoutez METTRE_A_JOUR=oui."
_TITLES = {"group": "Chantier ou groupe"}


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line gives: the answers by option, and what else is to be done.

    `invitation` is a file of a calendar application, whose events are made into contents. With
    `updates`, what it changes in contents that are there already is written too. `creates` also
    makes what an answer names and does not exist. `opens` opens what was written.
    """

    answers: Mapping[str, str]
    invitation: str = ""
    updates: bool = False
    creates: bool = False
    opens: bool = False


def create(
    settings_file: Path,
    order: Order,
    *,
    new_identifier: Callable[[], str] = lambda: str(uuid4()),
) -> int:
    """Write a new content, and what it names that does not exist; return the exit status.

    What is needed and was not given is asked in the terminal; without one, it is refused.
    """

    def run() -> None:
        settings = read_settings(settings_file)
        answers = dict(order.answers)
        batch = Batch(settings, is_asked=is_interactive())
        interview = Interview(batch, new_identifier, creates=order.creates)
        if order.invitation:
            _take_invitation(order, interview, batch)
        elif (kind := _kind(answers, batch)).name != "letter":
            interview.add(kind, answers)
        elif answers:
            raise NewContentError(
                f"La lettre se propose d’elle-même, sans {', '.join(answers)}. "
                "Écrivez : make nouveau TYPE=lettre"
            )
        else:
            batch.new.append(_next_letter(kind, settings))
        files = batch.write()
        if order.opens:
            for file in files:
                _open(file)

    try:
        return told(run, partial(print_refusal, outcome=NOTHING_WRITTEN))
    except NewContentError as error:
        print_line(str(error))
        return error.status


def _kind(answers: dict[str, str], batch: Batch) -> Kind:
    """Take the type out of the answers, or ask for it; « chantier » answers `GENRE` too."""
    names = [type_name(kind) for kind in KINDS]
    if not (name := answers.pop("TYPE", "")):
        if not batch.is_asked:
            raise NewContentError(f"Il manque TYPE ({', '.join(names)}).")
        titles = [(_TITLES.get(kind.name, kind.label), kind) for kind in KINDS]
        return choose("Que voulez-vous écrire ?", titles)
    kind, genre = kind_named(name)
    if kind is None:
        near = get_close_matches(fold(name), (*names, *GroupKind), n=1)
        hint = f"Vouliez-vous « {near[0]} » ? " if near else ""
        raise NewContentError(
            f"TYPE : {shorten(name)} n’existe pas. {hint}Choisissez parmi : {', '.join(names)}."
        )
    if genre:
        answers.setdefault("GENRE", genre)
    return kind


def _next_letter(kind: Kind, settings: Mapping[str, Any]) -> NewContent:
    root = Path(settings["PATH"])
    index = memory_of(root).index(root, instant_of(settings))
    try:
        proposal = propose(shown_site(index, settings).index)
    except ValueError as error:
        raise NewContentError(str(error), status=1) from None
    return NewContent(kind, proposal.path, proposal.text)


def _take_invitation(order: Order, interview: Interview, batch: Batch) -> None:
    """Take the events of an invitation: new ones, and changes of those that are there."""
    kind = next(kind for kind in KINDS if kind.header is EventHeader)
    for option in ("TYPE", "DATE"):
        if option in order.answers:
            raise NewContentError(f"{option} se lit dans l’invitation : retirez-le.")
    for invitation in _invitations(order.invitation, batch):
        title = shorten(invitation.header.get("titre", "Sans titre"))
        identifier = str(invitation.header.get("identifiant", ""))
        known = content_of(identifier, batch.there.records) if identifier else None
        if known and (text := batch.changed.get(known.path)):
            # An earlier event of the same file changed it already.
            known = read_record(known.kind, known.path, text.encode())
        if known and has_header(known, EventHeader) and invitation.planned:
            _compare_sitting(known, invitation, batch, updates=order.updates)
        elif known and has_header(known, EventHeader):
            _compare(known, invitation, batch, updates=order.updates)
        elif invitation.header.get("statut_evenement") == EventStatus.CANCELLED:
            print_line(french(_cancelled_elsewhere(title, invitation)))
        else:
            interview.add(kind, order.answers, invitation.header, invitation.text)
            for notice in invitation.notices:
                print_line(french(f"{title} : {notice}"))


def _cancelled_elsewhere(title: str, invitation: Invitation) -> str:
    """Return what to do when what is cancelled is not on the site, or not by an invitation."""
    if invitation.planned is None:
        return (
            f"{title} est annulé, et n’est pas sur le site : rien à écrire. S’il y est "
            "sans venir d’une invitation, écrivez-y « statut_evenement: annulé »."
        )
    day = invitation.planned.first
    return (
        f"La séance du {format_day(day)} de {title} est annulée, et cette série n’est pas sur le "
        "site : rien à écrire. Si elle y est sans venir d’une invitation, ajoutez « date: "
        f"{day}, statut: annulé » à ses « exceptions »."
    )


def _invitations(file: str, batch: Batch) -> tuple[Invitation, ...]:
    try:
        return read_invitation(Path(file).read_bytes(), batch.now.astimezone(PARIS).date())
    except OSError:
        raise NewContentError(
            f"DEPUIS : {shorten(file)} ne peut pas être lu. Donnez le chemin d’un fichier .ics."
        ) from None
    except ValueError as error:
        raise NewContentError(str(error), status=1) from None


def _compare(
    event: Record[EventHeader], invitation: Invitation, batch: Batch, *, updates: bool
) -> None:
    """Say what an invitation changes in an event; take it as to be written if it `updates`."""
    shown = event.path.as_posix()
    text = batch.text_of(event.path)
    values = {"titre": event.header.title, "resume": "…", **invitation.header}
    new = NewContent(event.kind, Path("invitation.md"), content_text(event.kind, values))
    written, _ = read_document(event.path, text.encode())
    stated, _ = read_document(new.path, new.text.encode())
    assert written
    assert stated
    assert has_header(new.record, EventHeader)
    index = Index(batch.there, batch.now)
    changes = changes_of(event, new.record, index, written.values, stated.values)
    if not changes:
        print_line(french(f"{shown} dit déjà ce que dit l’invitation."))
        return
    print_line(french(f"{shown} est l’événement de l’invitation, qui change :"))
    for name, value in changes.items():
        before = written.values.get(name)
        told_values = (shorten(v) if v is not None else "rien" for v in (before, value))
        print_line(french(f"  {name} : {' → '.join(told_values)}"))
    if not updates:
        print_line(french(_NOT_WRITTEN))
        return
    try:
        batch.changed[event.path] = updated(event.path, text, changes)
    except ValueError as error:
        print_line(french(str(error)))


def _compare_sitting(
    event: Record[EventHeader], invitation: Invitation, batch: Batch, *, updates: bool
) -> None:
    """Say what an invitation changes in a sitting of a series; take it as `_compare` does."""
    assert invitation.planned
    shown, day = event.path.as_posix(), format_day(invitation.planned.first)
    text = batch.text_of(event.path)
    written, _ = read_document(event.path, text.encode())
    assert written
    try:
        change = sitting_change(event, invitation, written.values)
        new = with_sitting(event, text, change, written.values)
    except UnsureError as error:
        print_line(
            french(
                f"{shown} : l’invitation ne change que la séance du {day}, et rien n’y a été écrit "
                f": {error}."
            )
        )
        for line in ("Écrivez vous-même :", *error.lines) if error.lines else ():
            print_line(french(line))
        return
    place = invitation.header.get("lieu")
    if place and not (event.header.place and event.header.place.name == place):
        print_line(
            french(
                f"{shown} : la séance du {day} a son propre lieu, {shorten(place)}. Dites-le dans "
                "le texte."
            )
        )
    if change.before == change.after:
        print_line(french(f"{shown} dit déjà ce que dit l’invitation."))
        return
    print_line(
        french(f"{shown} est la série de l’invitation, qui ne change que la séance du {day} :")
    )
    told_items = (shorten(item) if item else "rien" for item in (change.before, change.after))
    print_line(french(f"  exceptions : {' → '.join(told_items)}"))
    if updates:
        batch.changed[event.path] = new
    else:
        print_line(french(_NOT_WRITTEN))


def _open(path: Path) -> None:
    """Open a file with the editor of the environment, else as the system opens it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    openers = {"darwin": "open", "win32": "explorer"}
    command = shlex.split(editor) if editor else [openers.get(sys.platform, "xdg-open")]
    try:
        subprocess.run([*command, str(path)], check=False)
    except OSError:
        print_line(french(f"Le fichier n’a pas pu être ouvert : {command[0]} ne se lance pas."))
