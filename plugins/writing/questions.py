"""What is asked for a new content: the fields that its type needs, as data.

A field is described once, in its model. Here stand its question, and the option that answers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plugins.dates.said import read_day, read_said
from plugins.french.typography import fold
from plugins.front_matter.document import read_document
from plugins.front_matter.validation import validate
from plugins.models import KINDS, Kind
from plugins.models.description import FieldDescription, fields_of
from plugins.models.fields import GroupKind, Mode, ValueKind, listed
from plugins.writing.names import SERIES
from plugins.writing.yaml_text import yaml_lines

# What each type asks, in this order. The letter asks nothing: it proposes itself.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "article": ("titre", "resume", "date", "collectifs", "evenement"),
    "event": ("titre", "debut", "resume", "modalite", "lieu", "lien_visio", "collectif", "serie"),
    "letter": (),
    "group": ("genre", "titre", "titre_court", "resume"),
    "organisation": ("titre", "resume"),
    "portrait": ("nom", "titre", "resume", "consentement", "expire_le"),
    "job": ("titre", "resume"),
    "page": ("titre", "resume"),
}
# What the types that have these fields take as options, and never ask.
_TAKEN = ("statut", "lieu", "organisation", "themes", "rubrique", "evenement")
_OPTIONS = {"debut": "DATE", "collectifs": "COLLECTIF"}
_WORDINGS = {
    "titre": "Titre",
    "debut": "Quand",
    "resume": "Résumé, en une ou deux phrases",
    "date": "Jour de publication",
    "modalite": "Sous quelle forme",
    "lieu": "Où ?",
    "lien_visio": "Lien de la visioconférence",
    "collectif": "Chantier ou groupe qui se réunit",
    "evenement": "Raconte-t-il un événement ?",
    "collectifs": "Chantiers ou groupes dont il est question",
    "serie": "Série de rendez-vous",
    "genre": "Chantier ou groupe",
    "titre_court": "Nom court, pour le tableau de l’année",
    "nom": "Prénom et nom",
    "consentement": "La personne a-t-elle donné son accord écrit ?",
    "expire_le": "Dernier jour où le portrait paraît",
}
_EXAMPLES = {
    "debut": "7 février 2027 17h, T4 2027, chaque premier mardi",
    "lieu": "nom du lieu",
    "lien_visio": "adresse lue de tous",
    "expire_le": "31 décembre 2028",
}
# What is asked only after some answers to another question.
_ONLY_AFTER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "lieu": ("modalite", (Mode.IN_PERSON, Mode.HYBRID)),
    "lien_visio": ("modalite", (Mode.ONLINE, Mode.HYBRID)),
}
# A draft may wait for its summary; these have an answer already.
_LATER = ("resume",)
_TODAY = ("date",)
_SAME_AS = {"titre": "nom", "titre_court": "titre"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the option that answers it, its wording, and the field that takes the answer.

    No content is made without an answer to a question that `is_needed`. `same_as` names the field
    whose answer is also this one’s, unless another is given.
    """

    option: str
    field: FieldDescription
    wording: str
    example: str
    is_asked: bool
    is_needed: bool
    same_as: str | None

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    def is_asked_after(self, values: Mapping[str, object]) -> bool:
        """Return True for a question to be put once others gave these values."""
        name, answers = _ONLY_AFTER.get(self.name, ("", ()))
        return self.is_asked and (not name or values.get(name) in answers)

    @property
    def refers_to(self) -> str | None:
        """What the answer names: a type of contents, a theme or a series; None for a value."""
        return SERIES if self.name == "serie" else next(iter(self.field.refers_to), None)


def kind_named(name: str) -> tuple[Kind | None, str]:
    """Return the type of a French name and, for « chantier » or « groupe », the `genre` that it is.

    A type is known by its name, singular or that of its folder.
    """
    wanted = fold(name)
    if wanted in set(GroupKind):
        return next(kind for kind in KINDS if kind.name == "group"), wanted
    known = (kind for kind in KINDS if wanted in {fold(kind.label), kind.folder})
    return next(known, None), ""


def type_name(kind: Kind) -> str:
    """Return the name of a type as its option states it: « evenement »."""
    return fold(kind.label)


def questions_of(kind: Kind) -> tuple[Question, ...]:
    """Return the questions of a type, those that are asked first."""
    fields = {field.name: field for field in fields_of(kind.header)}
    asked = _ASKED[kind.name]
    taken = [name for name in _TAKEN if name in fields and asked]
    return tuple(
        _question(fields[name], is_asked=name in asked) for name in dict.fromkeys((*asked, *taken))
    )


def _question(field: FieldDescription, *, is_asked: bool) -> Question:
    name = field.name
    is_required = field.is_required or name == "debut"
    return Question(
        option=_OPTIONS.get(name, name.upper()),
        field=field,
        wording=_WORDINGS.get(name, field.description),
        example=_EXAMPLES.get(name, ""),
        is_asked=is_asked,
        is_needed=is_required and name not in (*_LATER, *_TODAY),
        same_as=_SAME_AS.get(name),
    )


def given_already(question: Question, values: Mapping[str, object], today: date) -> str:
    """Return the answer that a question has by itself, empty for none."""
    if question.name in _TODAY:
        return today.isoformat()
    value = values.get(question.same_as or "")
    fits = isinstance(value, str) and len(value) <= (question.field.longest or len(value))
    return str(value) if fits and value else ""


def read_answer(question: Question, answer: str, kind: Kind, today: date) -> dict[str, object]:
    """Return the fields that an answer fills.

    Raise ValueError, with a French sentence, for an answer that the field does not take.
    """
    values = _read(question, " ".join(answer.split()), today)
    lines = (line for name, value in values.items() for line in yaml_lines(name, value))
    data = "\n".join(("---", *lines, "---", "")).encode()
    document, faults = read_document(Path(kind.folder), data)
    if document:
        _, faults = validate(document, kind.header)
    for fault in faults:
        if document is None or (fault.field or "").partition(".")[0] in values:
            raise ValueError(fault.message)
    return values


def _read(question: Question, answer: str, today: date) -> dict[str, object]:
    field = question.field
    if field.name == "debut":
        return read_said(answer, today).header()
    if field.kind is ValueKind.PUBLICATION:
        return {field.name: read_day(answer, today)}
    if field.kind is ValueKind.CHOICE:
        answer = next((choice for choice in field.choices if fold(choice) == fold(answer)), answer)
    if question.refers_to == SERIES:
        return {field.name: {"nom": answer}}
    return {field.name: listed(answer) if field.is_list else answer}
