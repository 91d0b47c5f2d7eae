"""The validation of a header: a typed model, or every fault with a message in French."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from plugins.faults import (
    ContentError,
    Edit,
    KeyPath,
    RightFormError,
    SiblingError,
    field_name,
    shorten,
)
from plugins.french.typography import fold
from plugins.front_matter.document import Document
from plugins.front_matter.yaml_fields import Value
from plugins.models.description import model_of, types_in
from plugins.models.headers import Header

Model = TypeVar("Model", bound=BaseModel)
# What YAML reads as it is written, in a list between brackets too.
_PLAIN = re.compile(r"(?!.*: )\w[\w./: -]*")


def validate(
    document: Document, model: type[Model], values: Value = None
) -> tuple[Model | None, list[ContentError]]:
    """Validate the header of a document; return its model, or None and every fault.

    `values` are the values of the header once synonyms are resolved; by default, the values read.
    """
    try:
        return model.model_validate(document.values if values is None else values), []
    except ValidationError as error:
        return None, list(_translate(error, document, model))


def salvage(
    model: type[Model], values: Mapping[str, Value], faults: Sequence[ContentError]
) -> Model:
    """Return a header at fault as a model: its sound fields, the defaults or None for the others.

    The sound fields can then be checked; such a model is never published.
    """
    faulty = {fault.field.partition(".")[0] for fault in faults if fault.field}
    sound: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if field.is_required():
            sound[key] = None
        if key in values and key not in faulty:
            with suppress(ValidationError):
                alone: dict[str, Any] = {name: (field.annotation, field)}
                read = create_model("Alone", **alone).model_validate({key: values[key]})
                sound[key] = getattr(read, name)
    return model.model_construct(**sound)


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the French keys of a model, in the order of its fields."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def resolve_synonyms(
    document: Document, header: type[Header]
) -> tuple[dict[str, Value], list[ContentError]]:
    """Return the values by French key; both spellings of one field are a fault."""
    values: dict[str, Value] = {}
    errors: list[ContentError] = []
    known = known_keys(header)
    for key, value in document.values.items():
        lowered = key.lower()
        name = header.SYNONYMS.get(lowered, lowered)
        if name not in known:
            # Pelican ignores the category of a page; ours has nothing to say about it either.
            if lowered in header.SYNONYMS and document.pelican:
                continue
            name = key
        place = document.keys[(key,)]
        if name in values:
            errors.append(
                ContentError(
                    document.path,
                    place,
                    key,
                    f"le champ répète « {name} ». Gardez l’un des deux.",
                )
            )
            continue
        if name != key:
            document.keys[(name,)] = place
            document.positions[(name,)] = document.positions[(key,)]
        if value is not None:
            values[name] = _without_empty(value)
    return values, errors


def _without_empty(value: Value) -> Value:
    """Remove the keys without a value from groups: they are fields not written."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _translate(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[ContentError]:
    details = error.errors()
    misspelt = set(_misspelt(details, model))
    for detail in details:
        location: KeyPath = detail["loc"]
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, SiblingError):
            location = (*location[:-1], cause.field)
        if location in misspelt and location not in document.keys:
            continue
        place = document.locate(location)
        if detail["type"] == "extra_forbidden" and location in document.keys:
            place = document.keys[location]
        yield ContentError(
            document.path,
            place,
            field_name(location),
            _explain(detail, location, model),
            edits=tuple(_edits(detail, location, document, model)),
        )


def _edits(
    detail: ErrorDetails, location: KeyPath, document: Document, model: type[BaseModel]
) -> Iterator[Edit]:
    """Yield the right form of a value that has only one, or of a key with accents.

    A value among others on one line has no place of its own, and is left.
    """
    cause, value = detail.get("ctx", {}).get("error"), detail["input"]
    if isinstance(cause, RightFormError):
        if (
            isinstance(value, str)
            and location in document.positions
            and _PLAIN.fullmatch(cause.right)
        ):
            yield Edit(document.positions[location], value, cause.right)
    elif detail["type"] == "extra_forbidden" and location in document.keys:
        key, holder = str(location[-1]), _model_at(model, location[:-1])
        right = _without_accents(key, holder) if holder else None
        if right and (*location[:-1], right) not in document.keys:
            yield Edit(document.keys[location], key, right)


def _without_accents(key: str, model: type[BaseModel]) -> str | None:
    """Return the known key that a key is, but for its accents and capitals."""
    return next((known for known in known_keys(model) if fold(known) == fold(key)), None)


def _misspelt(details: Sequence[ErrorDetails], model: type[BaseModel]) -> Iterator[KeyPath]:
    """Yield the fields whose names were written with accents: they are no second fault."""
    for detail in details:
        holder = _model_at(model, detail["loc"][:-1])
        if detail["type"] == "extra_forbidden" and holder:
            key = fold(str(detail["loc"][-1]))
            yield from ((*detail["loc"][:-1], k) for k in known_keys(holder) if fold(k) == key)


def _explain(refusal: ErrorDetails, location: KeyPath, model: type[BaseModel]) -> str:
    """Return the French message for a value that `model` refuses."""
    kind = refusal["type"]
    if kind == "missing":
        return _missing(_field_at(model, location), str(location[-1]))
    if kind == "extra_forbidden":
        return _unknown(str(location[-1]), _model_at(model, location[:-1]))
    value = refusal["input"]
    if kind == "value_error":
        cause = refusal["ctx"]["error"]
        one_expected = not _takes_several(_field_at(model, location))
        if isinstance(cause, SiblingError) or not (one_expected and isinstance(value, list | dict)):
            return str(cause)
    is_blank = isinstance(value, str) and kind in {"string_too_short", "too_short"}
    if value is None or value == "" or is_blank:
        return "la valeur est vide. Remplissez-la ou retirez la ligne."
    if kind == "enum" and (other := _field_of_choice(str(value), model, location)):
        return f"{shorten(value)} se dit dans un autre champ. Écrivez « {other} »."
    return f"{shorten(value)} : {_advice(kind, refusal.get('ctx', {}), model, location)}"


def _missing(field: FieldInfo | None, key: str) -> str:
    if key == "consentement":
        return (
            "le champ est obligatoire et manque. Sans l’accord écrit de la personne, "
            "le portrait ne peut pas paraître : ajoutez « consentement: true » quand vous l’avez."
        )
    example = field.examples[0] if field and field.examples else "…"
    what = (field.description or "").rstrip(".") if field else ""
    inside = f" ({what[:1].lower()}{what[1:]})" if what else ""
    return f"le champ est obligatoire et manque. Ajoutez « {key}: {example} »{inside}."


def _unknown(key: str, model: type[BaseModel] | None) -> str:
    if key.lower() == "translation":
        return (
            "Pelican en fait la traduction d’un autre contenu, ce que ce site ne fait pas. "
            "Retirez le champ, et dites la langue du texte dans « lang »."
        )
    if model is None:
        return "le champ n’existe pas. Retirez-le."
    known = known_keys(model)
    folded = {fold(name): name for name in known}
    if right := _without_accents(key, model):
        return f"le champ n’existe pas. Vouliez-vous écrire « {right} » ?"
    if hint := getattr(model, "HINTS", {}).get(fold(key)):
        return f"le champ n’existe pas. {hint}"
    if above := next(_groups_with(key, model), None):
        return (
            f"le champ se place dans « {above} ». "
            f"Écrivez-le sous « {above}: », décalé de deux espaces."
        )
    close = get_close_matches(fold(key), folded, n=1, cutoff=0.6)
    if close:
        return f"le champ n’existe pas. Vouliez-vous écrire « {folded[close[0]]} » ?"
    if not known:
        return "le champ n’existe pas. Retirez-le : aucun n’est attendu ici."
    return f"le champ n’existe pas. Retirez-le ; les champs possibles sont : {', '.join(known)}."


def _groups_with(key: str, model: type[BaseModel]) -> Iterator[str]:
    """Yield the groups of fields that have such a key: an editor may have forgotten its indent."""
    for name, field in model.model_fields.items():
        inner = model_of(field)
        if inner and fold(key) in {fold(known) for known in known_keys(inner)}:
            yield field.alias or name


def _advice(kind: str, context: dict[str, Any], model: type[BaseModel], location: KeyPath) -> str:
    if kind == "enum":
        return _not_a_choice(model, location)
    if kind == "model_type":
        inner = _model_at(model, location)
        keys = ", ".join(known_keys(inner)) if inner else ""
        return (
            f"un groupe de champs est attendu ({keys}). "
            "Écrivez-les en dessous, décalés de deux espaces."
        )
    advice = _ADVICE.get(kind, "la valeur n’a pas la forme attendue. Voyez le guide de rédaction.")
    return advice.format_map(context)


_A_LIST = "une liste est attendue : un élément par ligne, précédé d’un tiret."
_A_LINE = "une seule valeur est attendue, sans liste ni groupe. Écrivez-la sur une ligne."
_AN_INTEGER = "un nombre entier est attendu, par exemple 3."
_A_NUMBER = "un nombre est attendu, par exemple 1220."
# Each may name values of Pydantic's context.
_ADVICE = {
    "string_type": _A_LINE,
    "value_error": _A_LINE,
    "int_parsing": _AN_INTEGER,
    "int_parsing_size": _AN_INTEGER,
    "int_type": _AN_INTEGER,
    "tuple_type": _A_LIST,
    "decimal_type": _A_NUMBER,
    "finite_number": _A_NUMBER,
    "too_long": "{actual_length} caractères, {max_length} au plus. Raccourcissez.",
    "greater_than_equal": "le nombre doit valoir au moins {ge}. Corrigez-le.",
    "less_than_equal": "le nombre doit valoir au plus {le}. Corrigez-le.",
}


def _not_a_choice(model: type[BaseModel], location: KeyPath) -> str:
    field = _field_at(model, [part for part in location if isinstance(part, str)])
    kinds = types_in(field.annotation) if field else ()
    choices = ", ".join(
        str(choice.value) for kind in kinds if issubclass(kind, Enum) for choice in kind
    )
    return f"ce n’est pas un choix possible. Choisissez parmi : {choices}."


def _field_of_choice(value: str, model: type[BaseModel], location: KeyPath) -> str | None:
    """Return « key: choice » for the field beside that has such a choice."""
    holder = _model_at(model, location[:-1])
    for name, field in holder.model_fields.items() if holder else ():
        for kind in types_in(field.annotation):
            for choice in kind if issubclass(kind, Enum) else ():
                if fold(str(choice.value)) == fold(value):
                    return f"{field.alias or name}: {choice.value}"
    return None


def _field_at(model: type[BaseModel], location: Sequence[str | int]) -> FieldInfo | None:
    holder = _model_at(model, location[:-1])
    if holder is None or not location:
        return None
    fields = holder.model_fields.items()
    return next((f for name, f in fields if (f.alias or name) == location[-1]), None)


def _model_at(model: type[BaseModel], location: Sequence[str | int]) -> type[BaseModel] | None:
    """Return the model of the group of fields at a path of keys, through lists and groups."""
    names = [part for part in location if isinstance(part, str)]
    if not names:
        return model
    field = _field_at(model, names[:1])
    inner = model_of(field) if field else None
    return _model_at(inner, names[1:]) if inner else None


def _takes_several(field: FieldInfo | None) -> bool:
    """Return True for a field that takes a list or a group, and for the whole header (None)."""
    return field is None or model_of(field) is not None or tuple in types_in(field.annotation)
