"""`make nouveau`: a new content, from answers given as options or asked in the terminal."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from plugins.build.command_line import MISUSE
from plugins.build.memory import memory_of
from plugins.build.prompts import ask_text, choose, is_interactive
from plugins.build.publication import read_settings, told
from plugins.build.report import print_line, print_refusal
from plugins.checks.references import check as check_references
from plugins.content.reading import Contents, read_contents
from plugins.dates.moments import PARIS
from plugins.faults import refuse_errors, shorten
from plugins.french.slugs import check_slug, slugify
from plugins.library.index import Index
from plugins.mailing.failures import french
from plugins.models import KINDS, Kind
from plugins.models.event import EVERYONE
from plugins.models.fields import GroupKind, Status, ValueKind
from plugins.site.plan import instant_of, shown_site
from plugins.writing.files import write_all
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

    `creates` also makes what an answer names and does not exist. `opens` opens what was written.
    """

    answers: Mapping[str, str]
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
        kind = _kind(answers)
        if kind.name == "letter":
            if answers:
                raise NewContentError(
                    f"La lettre se propose d’elle-même, sans {', '.join(answers)}. "
                    "Écrivez : make nouveau TYPE=lettre"
                )
            desk = _Desk(settings, order, new_identifier)
            desk.to_write.append(_next_letter(kind, settings))
        else:
            desk = _Desk(settings, order, new_identifier)
            desk.add(kind, answers)
        desk.write()

    try:
        return told(run, partial(print_refusal, outcome=_NOTHING_WRITTEN))
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
        self.to_write: list[NewContent] = []

    # A content

    def add(self, kind: Kind, answers: Mapping[str, str]) -> None:
        """Take a content from answers by option, and from those to the questions left."""
        questions = questions_of(kind)
        self._refuse_unknown(kind, questions, answers)
        values: dict[str, object] = {}
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
        values["identifiant"] = self._new_identifier()
        path = Path(self._contents.root.name, kind.folder, "nouveau.md")
        content = NewContent(kind, path, content_text(kind, values))
        self._take(self._filed(content, str(values["titre"]), answers.get("FICHIER", "")))

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

    def _filed(self, content: NewContent, title: str, name: str) -> NewContent:
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
        root = self._contents.root
        new = {content.path: content.text for content in self.to_write}
        changed: dict[Path, str] = {}
        themes = Path(root.name) / THEMES_FILE
        if self._themes:
            is_there = (root.parent / themes).exists()
            text = (root.parent / themes).read_text("utf-8") if is_there else ""
            for name in self._themes:
                text = _with_theme(text, name)
            (changed if is_there else new)[themes] = text
        try:
            write_all(root.parent, new, changed)
        except FileExistsError as error:
            path = Path(error.filename2).relative_to(root.parent).as_posix()
            raise NewContentError(
                f"{path} vient d’être créé par ailleurs : {_NOTHING_WRITTEN}.", 1
            ) from None
        except OSError as error:
            raise NewContentError(
                f"Le dossier {root.name} ne prend pas de fichier ({error.strerror}).", 1
            ) from None
        for name in self._themes:
            print_line(french(f"Thème ajouté dans {themes.as_posix()} : {name}"))
        for content in self.to_write:
            print_line(french(f"Écrit : {content.path.as_posix()}"))
        self._tell(self.to_write[-1])
        if self._order.opens:
            _open(root.parent / self.to_write[-1].path)

    def _tell(self, content: NewContent) -> None:
        """Say where a content is shown, and what is left to do."""
        record = content.record
        print_line(french(f"Aperçu : {_PREVIEW}{self._base}{record.address} (make apercu)"))
        if record.header.status is Status.DRAFT:
            print_line(
                french("C’est un brouillon : il ne paraît qu’une fois « statut: publié » écrit.")
            )
        left = [f"« {f.field} »" for f in record.faults if (f.field,) in record.positions]
        if not record.body.plain_text().strip():
            left.append("le texte, en bas du fichier")
        if left:
            print_line(french(f"Reste à écrire : {' et '.join(left)}."))


def _with_theme(text: str, name: str) -> str:
    try:
        return with_theme(text, name)
    except ValueError as error:
        raise NewContentError(str(error), status=1) from None


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
