"""The answers to the questions of a new content: given as options, or asked in the terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from plugins.build.new_batch import Batch, NewContentError
from plugins.build.prompts import ask_text, choose
from plugins.build.report import print_line
from plugins.dates.moments import PARIS
from plugins.faults import shorten
from plugins.library.index import Index
from plugins.mailing.failures import french
from plugins.models import KINDS, Kind
from plugins.models.event import EVERYONE
from plugins.models.fields import GroupKind, Mode, Status, ValueKind
from plugins.writing.names import SERIES, THEME, Named, find, names_of, near
from plugins.writing.new_content import NewContent, content_text
from plugins.writing.questions import (
    Question,
    given_already,
    questions_of,
    read_answer,
    type_name,
)

# What may be created because a new content names it, and its French noun.
_CREATED = {
    "group": "un nouveau chantier ou groupe",
    "organisation": "une nouvelle organisation",
    THEME: "un nouveau thème",
    SERIES: "une nouvelle série",
}
# What a choice may say besides a name: nothing has such a value.
_NEW, _AGAIN = "\0new", "\0again"


class Interview:
    """The making of new contents of a batch.

    `creates` also makes what an answer names and does not exist.
    """

    def __init__(
        self, batch: Batch, new_identifier: Callable[[], str], *, creates: bool = False
    ) -> None:
        """Take the batch, and what makes the `identifiant` of a content."""
        self._batch = batch
        self._new_identifier = new_identifier
        self._creates = creates
        self._today = batch.now.astimezone(PARIS).date()

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
        if missing and not self._batch.is_asked:
            raise NewContentError(_missing(missing))
        for question in questions:
            if question.name in values:
                continue
            default = given_already(question, values, self._today)
            if missing and question.is_asked_after(values):
                values |= self._asked(question, default, kind, needed=question in missing)
            elif default:
                values |= read_answer(question, default, kind, self._today)
        values = {"resume": None, "statut": Status.DRAFT, **values}
        values.setdefault("identifiant", self._new_identifier())
        path = Path(self._batch.there.root.name, kind.folder, "nouveau.md")
        content = NewContent(kind, path, content_text(kind, values, body))
        name, title = answers.get("FICHIER", ""), str(values["titre"])
        # An invitation is answered by nobody: its events take the names that are free.
        self._batch.take(self._batch.filed(content, title, name, takes_proposed=bool(known)))

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
            if not needed and Mode.UNDECIDED not in field.choices:
                choices.append(("je ne sais pas encore", ""))
            answer = choose(question.wording, choices)
            return {field.name: answer} if answer else {}
        later = "" if needed or default else "Entrée : plus tard"
        hint = " ; ".join(filter(None, (question.example, later)))
        while True:
            # A refused answer is printed with its remedy, and not kept for the next one.
            answer = ask_text(question.wording, hint, default)
            if not answer and not needed:
                return {}
            try:
                return read_answer(question, answer, kind, self._today)
            except ValueError as error:
                print_line(french(f"  {error}"))

    # What a content names

    def _named_by_choice(self, question: Question, kind: Kind) -> dict[str, object]:
        chosen: list[str] = []
        none = "Non" if question.wording.endswith("?") else "Rien"
        known = self._past_events() if question.refers_to == "event" else self._known(question)
        if not known and question.refers_to not in _CREATED:
            return {}
        while True:
            left = [named for named in known if named.value not in chosen]
            choices = [("C’est tout" if chosen else none, ""), *_titled(left)]
            if question.refers_to in _CREATED:
                choices.append((f"{_CREATED[question.refers_to].capitalize()}…", _NEW))
            answer = choose(question.wording, choices)
            if answer == _NEW:
                name = ask_text("Son nom")
                answer = self._found(question, name, {}, is_new=True) or ""
                if not answer:
                    continue
                known = self._known(question)
            if answer:
                chosen.append(answer)
            if not answer or not question.field.is_list:
                break
        if not chosen:
            return {}
        return read_answer(question, ", ".join(chosen), kind, self._today)

    def _past_events(self) -> list[Named]:
        """Return the published events that were held, the last one first."""
        known = {named.value: named for named in names_of("event", self._batch.there)}
        index = Index(self._batch.there, self._batch.now)
        held = (
            record
            for record in index.events
            if any(o.is_past and not o.is_off for o in index.occurrences_of(record))
        )
        return [known[record.slug] for record in held]

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
        known = [*names_of(kind, self._batch.there)]
        if question.name == "collectif":
            known.insert(0, Named(EVERYONE, "Tous"))
        if kind == THEME:
            known += (Named(name, name) for name in self._batch.themes)
        for content in self._batch.new:
            if content.kind.name == kind:
                known.append(Named(content.path.stem, content.record.header.title))
        return known

    def _found(
        self, question: Question, name: str, answers: Mapping[str, str], *, is_new: bool = False
    ) -> str | None:
        """Return how contents state a name; one that nothing has is mended, created or dropped.

        One that is told to be new is created, unless it is near another.
        """
        known = self._known(question)
        while not (found := find(name, known)):
            if not name:
                return None
            kind = str(question.refers_to)
            close = near(name, known)
            can_create = kind in _CREATED
            if can_create and (self._creates or (is_new and not close)):
                return self._created(kind, name, answers)
            if not self._batch.is_asked:
                raise NewContentError(_unknown(question, name, close, can_create=can_create))
            choices = [*_titled(close)]
            if can_create:
                choices.append((f"Créer {_CREATED[kind]}", _NEW))
            choices += (("Écrire un autre nom", _AGAIN), ("Ne rien mettre", ""))
            answer = choose(f"{shorten(name)} n’existe pas encore. Que faire ?", choices)
            if answer == _NEW:
                return self._created(kind, name, answers)
            name = ask_text("Nom") if answer == _AGAIN else answer
        return found.value

    def _created(self, kind_name: str, name: str, answers: Mapping[str, str]) -> str:
        """Take what does not exist as to be written too, as a draft; return how to state it."""
        if kind_name == SERIES:
            return name
        if kind_name == THEME:
            self._batch.themes.append(name)
            return name
        kind = next(kind for kind in KINDS if kind.name == kind_name)
        needed = {"TITRE": name}
        if kind.name == "group":
            needed["GENRE"] = answers.get("GENRE") or self._genre(name)
        self.add(kind, needed)
        return self._batch.new[-1].path.stem

    def _genre(self, name: str) -> str:
        if not self._batch.is_asked:
            raise NewContentError(
                f"Il manque GENRE (chantier ou groupe) pour créer {shorten(name)}."
            )
        choices = [(genre.label, genre.value) for genre in GroupKind]
        return choose(f"{shorten(name)} est-il un chantier ou un groupe ?", choices)


def _titled(known: Iterable[Named]) -> list[tuple[str, str]]:
    return [(named.title, named.value) for named in known]


def _missing(questions: Sequence[Question]) -> str:
    """Return the refusal of a command to which options are missing."""
    told = []
    for question in questions:
        example = f", par exemple {question.example}" if question.example else ""
        wording = question.wording.removesuffix(" ?").lower()
        told.append(f"{question.option} ({wording}{example})")
    return f"Il manque {', '.join(told)}."


def _unknown(question: Question, name: str, close: Sequence[Named], *, can_create: bool) -> str:
    """Return the refusal of a name that nothing has."""
    near_ones = " ou ".join(f"« {named.value} »" for named in close)
    hint = f" Vouliez-vous {near_ones} ?" if close else ""
    remedy = f" Pour créer {_CREATED[str(question.refers_to)]} : CREER=oui" if can_create else ""
    return f"{question.option} : {shorten(name)} n’existe pas.{hint}{remedy}"
