"""`make nouveau`: a new content, from answers given as options or asked in the terminal."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from plugins.build.command_line import MISUSE
from plugins.build.memory import memory_of
from plugins.build.prompts import ask_text, choose, is_interactive
from plugins.build.publication import read_settings, told
from plugins.build.report import print_line
from plugins.checks.references import check as check_references
from plugins.content.reading import Contents, read_contents
from plugins.content.record import Record, has_header
from plugins.dates.moments import PARIS
from plugins.faults import refuse_errors, shorten
from plugins.french.slugs import check_slug, slugify
from plugins.front_matter.document import read_document
from plugins.library.index import Index
from plugins.mailing.failures import french
from plugins.models import KINDS, EventHeader, Kind
from plugins.models.event import EVERYONE
from plugins.models.fields import EventStatus, GroupKind, Status, ValueKind
from plugins.site.plan import instant_of, shown_site
from plugins.writing.files import write_all
from plugins.writing.invitations import Invitation, content_of, read_invitation
from plugins.writing.names import SERIES, THEME, Named, find, names_of, near
from plugins.writing.new_content import NewContent, content_text
from plugins.writing.next_letter import propose
from plugins.writing.questions import (
    Question,
    given_already,
    kind_named,
    questions_of,
    read_answer,
    type_name,
)
from plugins.writing.themes import THEMES_FILE, with_theme
from plugins.writing.updates import changes_of, updated

_NOTHING_WRITTEN = "rien n’a été écrit"
_PREVIEW = "http://localhost:8000"
_TITLES = {"group": "Chantier ou groupe"}
# What may be created because a new content names it, and its French noun.
_CREATED = {
    "group": "un nouveau chantier ou groupe",
    "organisation": "une nouvelle organisation",
    THEME: "un nouveau thème",
    SERIES: "une nouvelle série",
}
# What a choice may say besides a name: nothing has such a value.
_NEW, _AGAIN = "\0new", "\0again"


class NewContentError(Exception):
    """The content cannot be made as it was asked for; the message is French."""

    def __init__(self, message: str, status: int = MISUSE) -> None:
        super().__init__(french(message))
        self.status = status


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
        desk = _Desk(settings, order, new_identifier)
        if order.invitation:
            desk.add_invitation(Path(order.invitation), answers)
        elif (kind := _kind(answers)).name != "letter":
            desk.add(kind, answers)
        elif answers:
            raise NewContentError(
                f"La lettre se propose d’elle-même, sans {', '.join(answers)}. "
                "Écrivez : make nouveau TYPE=lettre"
            )
        else:
            desk.to_write.append(_next_letter(kind, settings))
        desk.write()

    try:
        return told(run, _NOTHING_WRITTEN)
    except NewContentError as error:
        print_line(str(error))
        return error.status


def _kind(answers: dict[str, str]) -> Kind:
    """Take the type out of the answers, or ask for it; « chantier » answers `GENRE` too."""
    names = [type_name(kind) for kind in KINDS]
    if not (name := answers.pop("TYPE", "")):
        if not is_interactive():
            raise NewContentError(f"Il manque TYPE ({', '.join(names)}).")
        titles = [(_TITLES.get(kind.name, kind.label), kind) for kind in KINDS]
        return choose("Que voulez-vous écrire ?", titles)
    kind, genre = kind_named(name)
    if kind is None:
        raise NewContentError(
            f"TYPE : {shorten(name)} n’existe pas. Choisissez parmi : {', '.join(names)}."
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


class _Desk:
    """The work of one command: what is to be written, all at once when every answer is known."""

    def __init__(
        self, settings: Mapping[str, Any], order: Order, new_identifier: Callable[[], str]
    ) -> None:
        root = Path(settings["PATH"])
        self._now = instant_of(settings)
        self._today = self._now.astimezone(PARIS).date()
        self._contents: Contents = read_contents(root, memory_of(root).records)
        self._order = order
        self._new_identifier = new_identifier
        self._asks = is_interactive()
        self._base = urlsplit(os.environ.get("SITEURL", "")).path.rstrip("/")
        self._themes: list[str] = []
        self._changed: dict[Path, str] = {}
        self.to_write: list[NewContent] = []

    # A content

    def add(
        self,
        kind: Kind,
        answers: Mapping[str, str],
        known: Mapping[str, object] = MappingProxyType({}),
        body: str = "",
    ) -> None:
        """Take a content from answers by option, and from those to the questions left.

        `known` are the fields that an invitation states, `body` its text.
        """
        questions = questions_of(kind)
        self._refuse_unknown(kind, questions, answers)
        values = dict(known)
        for question in questions:
            if answer := answers.get(question.option):
                values |= self._valid(question, answer, kind, answers)
        is_published = values.get("statut") == Status.PUBLISHED
        missing = [
            question
            for question in questions
            if question.name not in values
            and not given_already(question, values, self._today)
            and (question.is_needed or (question.name == "resume" and is_published))
        ]
        # One that another answers is asked for with it.
        names = [question.name for question in missing]
        missing = [question for question in missing if question.same_as not in names]
        if missing and not self._asks:
            raise NewContentError(_missing(missing))
        for question in questions:
            if question.name in values:
                continue
            default = given_already(question, values, self._today)
            if missing and question.is_asked:
                values |= self._asked(question, default, kind, needed=question in missing)
            elif default:
                values |= read_answer(question, default, kind, self._today)
        values = {"resume": None, "statut": Status.DRAFT, **values}
        values.setdefault("identifiant", self._new_identifier())
        path = Path(self._contents.root.name, kind.folder, "nouveau.md")
        content = NewContent(kind, path, content_text(kind, values, body))
        name, title = answers.get("FICHIER", ""), str(values["titre"])
        # An invitation is answered by nobody: its events take the names that are free.
        self._take(self._filed(content, title, name, takes_proposed=bool(known)))

    # An invitation

    def add_invitation(self, file: Path, answers: Mapping[str, str]) -> None:
        """Take the events of an invitation: new ones, and changes of those that are there."""
        kind = next(kind for kind in KINDS if kind.header is EventHeader)
        for option in ("TYPE", "DATE"):
            if option in answers:
                raise NewContentError(f"{option} se lit dans l’invitation : retirez-le.")
        try:
            invitations = read_invitation(file.read_bytes(), self._today)
        except OSError:
            raise NewContentError(
                f"DEPUIS : {shorten(file)} ne peut pas être lu. Donnez le chemin d’un fichier .ics."
            ) from None
        except ValueError as error:
            raise NewContentError(str(error), status=1) from None
        for invitation in invitations:
            title = shorten(invitation.header.get("titre", "Sans titre"))
            identifier = str(invitation.header.get("identifiant", ""))
            known = content_of(identifier, self._contents.records) if identifier else None
            if known and has_header(known, EventHeader):
                self._compare(known, invitation)
            elif invitation.header.get("statut_evenement") == EventStatus.CANCELLED:
                print_line(
                    french(
                        f"{title} est annulé, et n’est pas sur le site : rien à écrire. S’il y est "
                        "sans venir d’une invitation, écrivez-y « statut_evenement: annulé »."
                    )
                )
            else:
                self.add(kind, answers, invitation.header, invitation.text)
                for notice in invitation.notices:
                    print_line(french(f"{title} : {notice}"))

    def _compare(self, event: Record[EventHeader], invitation: Invitation) -> None:
        """Say what an invitation changes in an event, and take it as to be written if ordered."""
        shown = event.path.as_posix()
        text = (self._contents.root.parent / event.path).read_bytes().decode("utf-8-sig")
        values = {"titre": event.header.title, "resume": "…", **invitation.header}
        new = NewContent(event.kind, Path("invitation.md"), content_text(event.kind, values))
        assert has_header(new.record, EventHeader)
        written, _ = read_document(event.path, text.encode())
        stated, _ = read_document(new.path, new.text.encode())
        assert written
        assert stated
        index = Index(self._contents, self._now)
        changes = changes_of(event, new.record, index, written.values, stated.values)
        if not changes:
            print_line(french(f"{shown} dit déjà ce que dit l’invitation."))
            return
        print_line(french(f"{shown} est l’événement de l’invitation, qui change :"))
        for name, value in changes.items():
            before = written.values.get(name)
            told = (shorten(v) if v is not None else "rien" for v in (before, value))
            print_line(french(f"  {name} : {' → '.join(told)}"))
        if not self._order.updates:
            print_line(french("Rien n’y a été écrit. Pour l’écrire, ajoutez METTRE_A_JOUR=oui."))
            return
        try:
            self._changed[event.path] = updated(event.path, text, changes)
        except ValueError as error:
            print_line(french(str(error)))

    def _refuse_unknown(
        self, kind: Kind, questions: Sequence[Question], answers: Mapping[str, str]
    ) -> None:
        known = [*(question.option for question in questions), "FICHIER"]
        if any(question.refers_to == "group" for question in questions):
            known.append("GENRE")
        for name in answers:
            if name not in known:
                raise NewContentError(
                    f"TYPE={type_name(kind)} n’attend pas {name}. Ses options : {', '.join(known)}."
                )

    def _valid(
        self, question: Question, answer: str, kind: Kind, answers: Mapping[str, str]
    ) -> dict[str, object]:
        """Return the fields that the answer of an option fills."""
        try:
            values = read_answer(question, answer, kind, self._today)
        except ValueError as error:
            raise NewContentError(f"{question.option} : {error}") from None
        return self._with_names(question, values, answers)

    def _asked(
        self, question: Question, default: str, kind: Kind, *, needed: bool
    ) -> dict[str, object]:
        """Return the fields that an answer in the terminal fills, none when it is passed over."""
        if question.refers_to:
            return self._named_by_choice(question, kind)
        field = question.field
        if field.kind in {ValueKind.CHOICE, ValueKind.YES_NO}:
            choices: list[tuple[str, str]] = [(choice, choice) for choice in field.choices]
            choices = choices or [("oui", "oui"), ("non", "non")]
            if not needed:
                choices.append(("je ne sais pas encore", ""))
            answer = choose(question.wording, choices)
            return {field.name: answer} if answer else {}
        hint = question.example or ("" if needed or default else "Entrée : plus tard")
        answer = default
        while True:
            answer = ask_text(question.wording, hint, answer)
            if not answer and not needed:
                return {}
            try:
                return read_answer(question, answer, kind, self._today)
            except ValueError as error:
                print_line(french(f"  {error}"))

    # What a content names

    def _named_by_choice(self, question: Question, kind: Kind) -> dict[str, object]:
        chosen: list[str] = []
        while True:
            known = [named for named in self._known(question) if named.value not in chosen]
            choices = [("Rien" if not chosen else "C’est tout", ""), *_titled(known)]
            if question.refers_to in _CREATED:
                choices.append((f"{_CREATED[question.refers_to].capitalize()}…", _NEW))
            answer = choose(question.wording, choices)
            if answer == _NEW:
                answer = self._found(question, ask_text("Son nom"), {}) or ""
                if not answer:
                    continue
            if answer:
                chosen.append(answer)
            if not answer or not question.field.is_list:
                break
        if not chosen:
            return {}
        return read_answer(question, ", ".join(chosen), kind, self._today)

    def _with_names(
        self, question: Question, values: Mapping[str, object], answers: Mapping[str, str]
    ) -> dict[str, object]:
        """Return the values of a field with each name in it as contents state it."""
        if question.refers_to is None:
            return dict(values)
        value = values[question.name]
        if isinstance(value, list):
            found = [self._found(question, str(name), answers) for name in value]
            return {question.name: [name for name in found if name]}
        if isinstance(value, Mapping):
            name = self._found(question, str(value["nom"]), answers)
            return {question.name: {**value, "nom": name}} if name else {}
        name = self._found(question, str(value), answers)
        return {question.name: name} if name else {}

    def _known(self, question: Question) -> list[Named]:
        """Return what a question may name, with what is to be written beside."""
        kind = str(question.refers_to)
        known = [*names_of(kind, self._contents)]
        if question.name == "collectif":
            known.insert(0, Named(EVERYONE, "Tous"))
        if kind == THEME:
            known += (Named(name, name) for name in self._themes)
        for content in self.to_write:
            if content.kind.name == kind:
                known.append(Named(content.path.stem, content.record.header.title))
        return known

    def _found(self, question: Question, name: str, answers: Mapping[str, str]) -> str | None:
        """Return how contents state a name; one that nothing has is mended, created or dropped."""
        known = self._known(question)
        while not (found := find(name, known)):
            if not name:
                return None
            kind = str(question.refers_to)
            close = near(name, known)
            can_create = kind in _CREATED
            if can_create and self._order.creates:
                return self._created(kind, name, answers)
            if not self._asks:
                raise NewContentError(_unknown(question, name, close, can_create=can_create))
            choices = [*_titled(close)]
            if can_create:
                choices.append((f"Créer {_CREATED[kind]}", _NEW))
            choices += (("Écrire un autre nom", _AGAIN), ("Ne rien mettre", ""))
            answer = choose(f"{shorten(name)} n’existe pas encore. Que faire ?", choices)
            if answer == _NEW:
                return self._created(kind, name, answers)
            name = ask_text("Nom", default=name) if answer == _AGAIN else answer
        return found.value

    def _created(self, kind_name: str, name: str, answers: Mapping[str, str]) -> str:
        """Take what does not exist as to be written too, as a draft; return how to state it."""
        if kind_name == SERIES:
            return name
        if kind_name == THEME:
            self._themes.append(name)
            return name
        kind = next(kind for kind in KINDS if kind.name == kind_name)
        needed = {"TITRE": name}
        if kind.name == "group":
            needed["GENRE"] = answers.get("GENRE") or self._genre(name)
        self.add(kind, needed)
        return self.to_write[-1].path.stem

    def _genre(self, name: str) -> str:
        if not self._asks:
            raise NewContentError(
                f"Il manque GENRE (chantier ou groupe) pour créer {shorten(name)}."
            )
        choices = [(genre.label, genre.value) for genre in GroupKind]
        return choose(f"{shorten(name)} est-il un chantier ou un groupe ?", choices)

    # Its file

    def _filed(
        self, content: NewContent, title: str, name: str, *, takes_proposed: bool
    ) -> NewContent:
        """Return a content under a name of file, else that of its title, unless it is taken."""
        objection = ""
        name = name.removesuffix(".md")
        if not name:
            try:
                name = slugify(title)
            except ValueError:
                objection = "Ce titre n’a ni lettre latine ni chiffre dont nommer le fichier."
        while True:
            if name and not (objection := self._objection(content, name)):
                return content.renamed(name)
            proposed = self._proposed(content, name)
            if takes_proposed:
                return content.renamed(proposed)
            if not self._asks:
                raise NewContentError(f"{objection} Donnez un nom : FICHIER={proposed}")
            print_line(french(f"  {objection}"))
            name = ask_text("Nom du fichier", "sans accent ni espace", proposed)

    def _objection(self, content: NewContent, name: str) -> str:
        """Return in French why a file cannot have a name, nothing when it can."""
        try:
            check_slug(name)
        except ValueError as error:
            return str(error)
        placed = content.renamed(name)
        if placed.is_free(self._all):
            return ""
        if (self._contents.root.parent / placed.path).exists():
            return f"{placed.path.as_posix()} existe déjà."
        return f"L’adresse {placed.record.address} est déjà prise."

    def _proposed(self, content: NewContent, name: str) -> str:
        """Return a name that a file can have, near the one that it cannot."""
        try:
            name = slugify(name)
        except ValueError:
            name = type_name(content.kind)
        return content.renamed(name).with_free_name(self._all).path.stem

    @property
    def _all(self) -> Contents:
        """The contents, with those to be written."""
        new = (content.record for content in self.to_write)
        return replace(self._contents, records=(*self._contents.records, *new))

    def _take(self, content: NewContent) -> None:
        """Take a content as to be written. Raises ContentErrors for one that cannot be published.

        A draft may have faults: a publication tells them.
        """
        self.to_write.append(content)
        record = content.record
        if record.header.status is Status.PUBLISHED:
            index = Index(self._all, self._now)
            refuse_errors((*record.faults, *record.text_faults(), *check_references(record, index)))

    def write(self) -> None:
        """Write all that was taken, and say where it is."""
        project = self._contents.root.parent
        new = {content.path: content.text for content in self.to_write}
        changed = dict(self._changed)
        themes = Path(self._contents.root.name) / THEMES_FILE
        if self._themes:
            is_there = (project / themes).exists()
            (changed if is_there else new)[themes] = self._text_of_themes(project / themes)
        try:
            write_all(project, new, changed)
        except FileExistsError as error:
            there = Path(error.filename2).relative_to(project).as_posix()
            raise NewContentError(
                f"{there} vient d’être créé par ailleurs : {_NOTHING_WRITTEN}.", 1
            ) from None
        except OSError as error:
            raise NewContentError(
                f"Le dossier {self._contents.root.name} ne prend pas de fichier "
                f"({error.strerror}) : {_NOTHING_WRITTEN}.",
                1,
            ) from None
        self._tell(themes)
        if self._order.opens:
            for path in (*changed, *new):
                _open(project / path)

    def _text_of_themes(self, file: Path) -> str:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        for name in self._themes:
            try:
                text = with_theme(text, name)
            except ValueError as error:
                raise NewContentError(str(error), status=1) from None
        return text

    def _tell(self, themes: Path) -> None:
        """Say what was written, where the last content is shown, and what is left to do."""
        lines = [f"Mis à jour : {path.as_posix()}" for path in self._changed]
        lines += (f"Thème ajouté dans {themes.as_posix()} : {name}" for name in self._themes)
        lines += (f"Écrit : {content.path.as_posix()}" for content in self.to_write)
        for content in self.to_write[-1:]:
            record = content.record
            lines.append(f"Aperçu : {_PREVIEW}{self._base}{record.address} (make apercu)")
            if record.header.status is Status.DRAFT:
                lines.append(
                    "C’est un brouillon : il ne paraît qu’une fois « statut: publié » écrit."
                )
            left = [f"« {f.field} »" for f in record.faults if (f.field,) in record.positions]
            if not record.body.plain_text().strip():
                left.append("le texte, en bas du fichier")
            if left:
                lines.append(f"Reste à écrire : {' et '.join(left)}.")
        for line in lines:
            print_line(french(line))


def _titled(known: Iterable[Named]) -> list[tuple[str, str]]:
    return [(named.title, named.value) for named in known]


def _missing(questions: Sequence[Question]) -> str:
    """Return the refusal of a command to which options are missing."""
    told = (
        f"{q.option} ({q.wording.lower()}{f', par exemple {q.example}' if q.example else ''})"
        for q in questions
    )
    return f"Il manque {', '.join(told)}."


def _unknown(question: Question, name: str, close: Sequence[Named], *, can_create: bool) -> str:
    """Return the refusal of a name that nothing has."""
    near_ones = " ou ".join(f"« {named.value} »" for named in close)
    hint = f" Vouliez-vous {near_ones} ?" if close else ""
    remedy = f" Pour créer {_CREATED[str(question.refers_to)]} : CREER=oui" if can_create else ""
    return f"{question.option} : {shorten(name)} n’existe pas.{hint}{remedy}"


def _open(path: Path) -> None:
    """Open a file with the editor of the environment, else as the system opens it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    openers = {"darwin": "open", "win32": "explorer"}
    command = shlex.split(editor) if editor else [openers.get(sys.platform, "xdg-open")]
    try:
        subprocess.run([*command, str(path)], check=False)
    except OSError:
        print_line(french(f"Le fichier n’a pas pu être ouvert : {command[0]} ne se lance pas."))
