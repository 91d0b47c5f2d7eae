"""`make enregistrer`, `recevoir` and `annuler`: sharing contents, told without git's words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import questionary

from plugins.build.command_line import MISUSE
from plugins.build.working_copy import (
    Change,
    ChangedFile,
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


def record(root: Path, message: str, branch: str, check: Callable[[], int], say: Say) -> int:
    """Commit the contents, take the work of others, send ours; return the exit status.

    `check` judges the contents before; a status other than 0 stops the command.
    """
    copy = WorkingCopy(root)
    try:
        copy.check()
        changed = copy.changed()
        if changed:
            if status := check():
                say("Rien n’est enregistré : corrigez d’abord ce qui précède.")
                return status
            _show(changed, say)
            message = message or _asked(_proposed(root, changed))
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
        _tell_received(copy.receive(), say)
        for address in copy.send():
            say(f"Pour faire relire et accepter : {address}")
        say(f"Envoyé, sur la branche {shorten(copy.branch())}.")
        if others := copy.changed_elsewhere():
            say(f"Laissés de côté, hors de content/ : {_paths(others)}.")
    except WorkingCopyError as error:
        say(str(error))
        return 1
    return 0


def receive(root: Path, say: Say) -> int:
    """Take the work that others have sent; return the exit status."""
    copy = WorkingCopy(root)
    try:
        copy.check()
        if changed := copy.changed():
            say(
                f"Vous avez des changements qui ne sont pas enregistrés : {_paths(changed)}. "
                "Enregistrez-les d’abord : make enregistrer"
            )
            return 1
        if not copy.has_remote():
            say("Ce dépôt n’a pas de serveur : rien à recevoir.")
            return 0
        came = copy.receive()
    except WorkingCopyError as error:
        say(str(error))
        return 1
    _tell_received(came, say)
    if not came:
        say("Vous avez déjà tout.")
    return 0


def undo(root: Path, which: str, say: Say, *, is_confirmed: bool) -> int:
    """Show the last publications, and take one back once confirmed; return the exit status."""
    copy = WorkingCopy(root)
    try:
        copy.check()
        publications = copy.publications(_SHOWN)
        if not publications:
            say("Rien n’a encore été publié.")
            return 0
        chosen = _chosen(publications, which, say)
        if chosen is None:
            return MISUSE if which else 0
        if changed := copy.changed():
            say(
                f"Vous avez des changements qui ne sont pas enregistrés : {_paths(changed)}. "
                "Enregistrez-les d’abord : make enregistrer"
            )
            return 1
        say(f"{_told(chosen)}\n{_files(chosen.files)}")
        if not is_confirmed and not _agreed():
            say("Rien n’a changé." if sys.stdin.isatty() else _TO_CONFIRM)
            return 0
        copy.revert(chosen, f"Annuler « {chosen.subject} »\n\nAnnule {chosen.name}.")
    except WorkingCopyError as error:
        say(str(error))
        return 1
    say("Annulé : les fichiers sont comme avant. Regardez (make apercu), vérifiez (make verifier).")
    say("Pour l’envoyer aux autres : make enregistrer. Le site en ligne suit sa publication.")
    return 0


_TO_CONFIRM = "Rien n’a changé. Pour l’annuler, ajoutez CONFIRMER=oui."


def _chosen(publications: Sequence[Publication], which: str, say: Say) -> Publication | None:
    if which:
        found = [p for n, p in enumerate(publications, 1) if which == str(n)]
        found = found or [p for p in publications if len(which) > 6 and p.name.startswith(which)]
        if found:
            return found[0]
        say(
            f"{shorten(which)} n’est pas une des {len(publications)} dernières publications. "
            "Écrivez son rang dans la liste de make annuler : QUOI=1 est la dernière."
        )
        return None
    if sys.stdin.isatty():
        choices = [questionary.Choice(_told(p), value=p) for p in publications]
        choices.append(questionary.Choice("Aucune", value=None))
        picked: Publication | None = questionary.select(
            "Quelle publication annuler ?", choices, instruction="(flèches, puis Entrée)"
        ).unsafe_ask()
        return picked
    for rank, publication in enumerate(publications, 1):
        say(f"{rank}  {_told(publication)}\n{_files(publication.files)}")
    say("Pour en annuler une : make annuler QUOI=1")
    return None


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    question = "L’annuler ? Les fichiers reviennent à leur état d’avant."
    words = questionary.Choice("Oui", value=True), questionary.Choice("Non", value=False)
    agreed: bool = questionary.select(question, list(words), instruction=" ").unsafe_ask()
    return agreed


def _asked(proposed: str) -> str:
    """Return the sentence of a commit: as the editor words it, else as proposed."""
    if not sys.stdin.isatty():
        return proposed
    question = "Dites en une phrase ce que vous avez fait :"
    words: str = questionary.text(question, default=proposed).unsafe_ask()
    return words.strip() or proposed


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
    lines = [f"   {f.change.value:<9} {f.path.as_posix()}" for f in files[:_MOST_FILES]]
    if len(files) > _MOST_FILES:
        lines.append(f"   et {count(len(files) - _MOST_FILES, 'autre')}")
    return "\n".join(lines)


def _paths(files: Sequence[ChangedFile]) -> str:
    paths = [file.path.as_posix() for file in files[:_MOST_FILES]]
    if len(files) > _MOST_FILES:
        paths.append(count(len(files) - _MOST_FILES, "autre"))
    return ", ".join(paths)


def _told(publication: Publication) -> str:
    return f"{_when(publication.at)}, {publication.author} : {publication.subject}"


def _when(at: datetime) -> str:
    return f"{format_day(at.date())} à {format_time(at.time())}"
