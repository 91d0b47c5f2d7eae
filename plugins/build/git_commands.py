"""`make enregistrer`, `recevoir` and `annuler`: sharing contents, told without git's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from plugins.build.command_line import MISUSE
from plugins.build.prompts import ask_text, choose, is_interactive
from plugins.build.working_copy import (
    Change,
    ChangedFile,
    ConflictError,
    Kept,
    Publication,
    WorkingCopy,
    WorkingCopyError,
)
from plugins.dates.in_words import format_day, format_time
from plugins.faults import shorten
from plugins.french.quantities import count
from plugins.french.typography import plain
from plugins.front_matter.document import read_document

Say = Callable[[str], None]

_SHOWN = 10
_MOST_FILES = 8


def record(
    root: Path, message: str, branch: str, keep: str, check: Callable[[], int], say: Say
) -> int:
    """Commit the contents, take the work of others, send ours; return the exit status.

    `check` judges the contents before; a status other than 0 stops the command. `keep` says whose
    lines stay in a conflict, « moi » or « collegue ».
    """
    copy = WorkingCopy(root)
    try:
        copy.check()
        if branch:
            copy.check_branch(branch)
        kept = _kept(keep)
        changed = copy.changed()
        if changed:
            if status := check():
                say("Rien n’est enregistré : corrigez d’abord ce qui précède.")
                return status
            _show(changed, say)
            message = message or _asked(_proposed(root, changed))
        left = copy.branch()
        if branch:
            copy.start_branch(branch)
        if changed:
            copy.record(message)
            say(f"Enregistré : {shorten(message)}.")
        elif not copy.waiting() and not branch:
            say("Rien de nouveau à enregistrer dans content/.")
        if not copy.has_remote():
            say("Ce dépôt n’a pas de serveur : rien n’est envoyé.")
            return 0
        copy.fetch()
        _tell_received(_received(copy, kept), say)
        addresses = copy.send()
        if left != copy.branch():
            copy.leave_to(left)
        _tell_sent(copy, addresses, say)
    except WorkingCopyError as error:
        say(str(error))
        return 1
    return 0


def _kept(word: str) -> Kept | None:
    sides = {"": None, "moi": Kept.MINE, "collegue": Kept.OTHERS}
    if word not in sides:
        raise WorkingCopyError(
            f"GARDER vaut {shorten(word)} : écrivez GARDER=moi pour vos lignes, ou "
            "GARDER=collegue pour celles de votre collègue."
        )
    return sides[word]


def _received(copy: WorkingCopy, keep: Kept | None) -> Sequence[ChangedFile]:
    """Take the work of others; at a terminal, ask whose lines stay where both changed the same."""
    try:
        return copy.receive(keep)
    except ConflictError as conflict:
        if not is_interactive():
            raise
        chosen = choose(_WHOSE, _SIDES)
        if chosen is None:
            raise conflict from None
        return copy.receive(chosen)


_WHOSE = "Un collègue a changé les mêmes lignes que vous. Lesquelles garder ?"
_SIDES: Sequence[tuple[str, Kept | None]] = (
    ("Les miennes", Kept.MINE),
    ("Celles du collègue", Kept.OTHERS),
    ("Décider plus tard, ou sur une branche", None),
)


def _tell_sent(copy: WorkingCopy, addresses: Sequence[str], say: Say) -> None:
    say(f"Envoyé, sur la branche {shorten(copy.branch())}.")
    for address in addresses:
        say(f"Pour faire relire et accepter : {address}")
    if copy.branch() != copy.common_branch():
        say("Une fois votre travail accepté, ou pour en commencer un autre : make recevoir")
    if others := copy.changed_elsewhere():
        say(f"Pas envoyés, hors de content/ : {_paths(others)}.")


def receive(root: Path, branch: str, say: Say) -> int:
    """Take the work that others have sent, on a branch if one is named; return the exit status."""
    copy = WorkingCopy(root)
    try:
        copy.check()
        if changed := copy.changed():
            say(_RECORD_FIRST.format(_paths(changed)))
            return 1
        if not copy.has_remote():
            say("Ce dépôt n’a pas de serveur : rien à recevoir.")
            return 0
        copy.fetch()
        if branch:
            copy.go_to(branch)
        elif ended := copy.leave_ended_branch():
            say(
                f"La branche {shorten(ended)} est acceptée ou close : vous revoilà sur "
                f"{shorten(copy.branch())}."
            )
        came = copy.receive()
    except WorkingCopyError as error:
        say(str(error))
        return 1
    _tell_received(came, say)
    if not came:
        say("Vous avez déjà tout.")
    return 0


def undo(root: Path, which: str, say: Say, *, is_confirmed: bool) -> int:
    """Take back a publication, or what is not recorded, once confirmed; return the exit status."""
    copy = WorkingCopy(root)
    try:
        copy.check()
        choices = _choices(copy)
        if not choices:
            say("Il n’y a encore rien à annuler.")
            return 0
        chosen = _chosen(choices, which, say)
        if chosen is None:
            return MISUSE if which else 0
        say(chosen.effect)
        if not is_confirmed and not _agreed(chosen.question):
            say("Rien n’a changé." if is_interactive() else _TO_CONFIRM)
            return 0
        say(chosen.act())
    except WorkingCopyError as error:
        say(str(error))
        return 1
    return 0


_TO_CONFIRM = "Rien n’a changé. Pour le faire, ajoutez CONFIRMER=oui."
_RECORD_FIRST = (
    "Vous avez des changements qui ne sont pas enregistrés : {}. Enregistrez-les d’abord "
    "(make enregistrer), ou mettez-les de côté (make annuler QUOI=0)."
)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Something to take back: its word for `QUOI`, its lines in the list and once chosen.

    `question` is asked before it is done by `act`, which returns what to say then.
    """

    word: str
    told: str
    effect: str
    question: str
    act: Callable[[], str]


def _choices(copy: WorkingCopy) -> tuple[_Choice, ...]:
    changed = copy.changed()
    found = [
        _Choice(
            str(rank),
            f"{_told(publication)}\n{_files(publication.files)}",
            f"{_told(publication)}\n{_undone(publication.files)}",
            "Les fichiers reviennent à leur état d’avant. Annuler cette publication ?",
            partial(_reverted, copy, publication),
        )
        for rank, publication in enumerate(copy.publications(_SHOWN), 1)
    ]
    if changed:
        told = f"Vos changements, pas encore enregistrés\n{_files(changed)}"
        question = "Vous pourrez les reprendre. Les mettre de côté ?"
        found.insert(0, _Choice("0", told, told, question, partial(_set_aside, copy)))
    elif copy.is_something_aside():
        told = "Ce que vous avez mis de côté"
        found.insert(0, _Choice("0", told, told, "Le reprendre ?", partial(_brought_back, copy)))
    return tuple(found)


def _reverted(copy: WorkingCopy, publication: Publication) -> str:
    if changed := copy.changed():
        raise WorkingCopyError(_RECORD_FIRST.format(_paths(changed)))
    subject = publication.subject
    again = re.fullmatch(r"Annuler « (.*) »", subject)
    title = f"Rétablir « {again[1]} »" if again else f"Annuler « {subject} »"
    copy.revert(publication, f"{title}\n\nAnnule {publication.name}.")
    return (
        "Annulé : les fichiers sont comme avant. Regardez (make apercu), vérifiez (make "
        "verifier), puis envoyez : make enregistrer"
    )


def _set_aside(copy: WorkingCopy) -> str:
    copy.set_aside()
    return "Mis de côté. Pour le reprendre : make annuler QUOI=0"


def _brought_back(copy: WorkingCopy) -> str:
    copy.bring_back()
    return f"Repris :\n{_files(copy.changed())}"


def _chosen(choices: Sequence[_Choice], which: str, say: Say) -> _Choice | None:
    if which:
        found = next((choice for choice in choices if choice.word == which), None)
        if found is None:
            say(
                f"{shorten(which)} n’est pas dans la liste de make annuler. "
                "Écrivez l’un de ses numéros : QUOI=1 est la dernière publication."
            )
        return found
    if is_interactive():
        shown: list[tuple[str, _Choice | None]] = [
            (choice.told.partition("\n")[0], choice) for choice in choices
        ]
        return choose("Que faut-il annuler ?", [*shown, ("Rien", None)])
    for choice in choices:
        say(f"{choice.word:<3}{choice.told}")
    say(f"Pour annuler : make annuler QUOI={choices[0].word}")
    return None


def _agreed(question: str) -> bool:
    return is_interactive() and choose(question, [("Oui", True), ("Non", False)])


def _asked(proposed: str) -> str:
    """Return the sentence of a commit: as the editor words it, else as proposed."""
    if not is_interactive():
        return proposed
    question = "Dites en une phrase ce que vous avez fait"
    return ask_text(question, hint=f"Entrée : {proposed}") or proposed


def _proposed(root: Path, changed: Sequence[ChangedFile]) -> str:
    """Return « Ajouter « Webinaire » », or how many files are new, changed and gone."""
    verbs = {Change.NEW: "Ajouter", Change.CHANGED: "Modifier", Change.GONE: "Retirer"}
    contents = [file for file in changed if file.path.suffix == ".md"] or changed
    if len(contents) == 1:
        return f"{verbs[contents[0].change]} « {_title(root, contents[0].path)} »"
    parts = []
    for kind, verb in verbs.items():
        number = sum(file.change is kind for file in contents)
        if number:
            parts.append(plain(f"{verb.lower()} {count(number, 'contenu')}"))
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _title(root: Path, path: Path) -> str:
    try:
        document, _ = read_document(path, (root / path).read_bytes())
    except OSError:
        document = None
    values = document.values if document else {}
    title = values.get("titre") or values.get("title")
    return title if isinstance(title, str) else path.stem


def _tell_received(came: Sequence[ChangedFile], say: Say) -> None:
    if came:
        say(f"Reçu des autres : {_paths(came)}.")


def _show(changed: Sequence[ChangedFile], say: Say) -> None:
    say(f"Ce qui a changé :\n{_files(changed)}")


def _files(files: Sequence[ChangedFile]) -> str:
    return _listed([(file.change.value, file) for file in files])


def _undone(files: Sequence[ChangedFile]) -> str:
    """Return what taking back a publication does to each file."""
    words = {Change.NEW: "s’en va", Change.GONE: "revient", Change.MOVED: "reprend son nom"}
    text = _listed([(words.get(file.change, "redevient comme avant"), file) for file in files])
    is_announced = any(f.change is Change.NEW and f.path.match(_EVENTS) for f in files)
    return f"{text}\n{_ANNOUNCED}" if is_announced else text


_EVENTS = "content/evenements/*.md"
_ANNOUNCED = (
    "   Un événement annoncé ne se retire pas : écrivez plutôt « statut_evenement: annulé », pour "
    "que ceux qui l’ont noté le sachent."
)


def _listed(lines: Sequence[tuple[str, ChangedFile]]) -> str:
    width = max((len(word) for word, _ in lines), default=0)
    shown = [f"   {word:<{width}}  {file.path.as_posix()}" for word, file in lines[:_MOST_FILES]]
    if len(lines) > _MOST_FILES:
        shown.append(f"   et {count(len(lines) - _MOST_FILES, 'autre')}")
    return "\n".join(shown)


def _paths(files: Sequence[ChangedFile]) -> str:
    paths = [file.path.as_posix() for file in files[:_MOST_FILES]]
    if len(files) > _MOST_FILES:
        paths.append(count(len(files) - _MOST_FILES, "autre"))
    return ", ".join(paths)


def _told(publication: Publication) -> str:
    return f"{_when(publication.at)}, {publication.author} : {publication.subject}"


def _when(at: datetime) -> str:
    return f"{format_day(at.date())} à {format_time(at.time())}"
