"""From the text of a header to a typed model, or to every fault in it, in French."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, create_model

from plugins.core.errors import ContentError, FieldError, SiblingError, shorten
from plugins.core.front_matter import Document, KeyPath, Value
from plugins.core.models.header import Header
from plugins.core.typography import fold

Model = TypeVar("Model", bound=BaseModel)


def validate(
    document: Document, model: type[Model], values: Value = None
) -> tuple[Model | None, list[ContentError]]:
    """Return the document's header as `model`, or all the faults that forbid it.

    `values` are the header's values once prepared (synonyms resolved); by default those read.
    """
    try:
        return model.model_validate(document.values if values is None else values), []
    except ValidationError as error:
        return None, list(_translate(error, document, model))


def salvage(
    model: type[Model], values: Mapping[str, Value], faults: Sequence[ContentError]
) -> Model:
    """Return what can be told of a header at fault: its sound fields, nothing in the others.

    It serves to check what the sound fields say, never to publish.
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


def resolve_synonyms(
    document: Document, header: type[Header]
) -> tuple[dict[str, Value], list[ContentError]]:
    """Return the values under our French keys; both spellings of one field are a fault."""
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
            values[name] = value
    return values, errors


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the French keys of a model, in the order in which it describes them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _translate(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[ContentError]:
    for detail in error.errors():
        location: KeyPath = tuple(part for part in detail["loc"] if _is_key(part))
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, SiblingError):
            location = location[:-1]
        if isinstance(cause, FieldError):
            location = (*location, *cause.field.split("."))
        kind = detail["type"]
        place = document.locate(location)
        if kind == "extra_forbidden" and location in document.keys:
            place = document.keys[location]
        yield ContentError(
            document.path,
            place,
            _dotted(location),
            _message(kind, detail, cause, location, model),
        )


def _is_key(part: str | int) -> bool:
    # Pydantic names the branch of a union or a validator in brackets or with a type's name.
    return isinstance(part, int) or not ("[" in part or "(" in part)


def _dotted(location: KeyPath) -> str | None:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location) or None


# What each of Pydantic's refusals means to an editor.
_MESSAGES = {
    "missing": "le champ est obligatoire et manque. Ajoutez-le à l’en-tête.",
    "string_type": "une ligne de texte est attendue. Écrivez une seule valeur, sans liste.",
    "string_too_short": "la valeur est vide. Remplissez-la ou retirez le champ.",
    "int_parsing": "un nombre entier est attendu, par exemple 3.",
    "int_type": "un nombre entier est attendu, par exemple 3.",
    "int_from_float": "un nombre entier est attendu, par exemple 3.",
    "list_type": "une liste est attendue : un élément par ligne, précédé d’un tiret.",
    "tuple_type": "une liste est attendue : un élément par ligne, précédé d’un tiret.",
    "model_type": "un groupe de champs est attendu. Écrivez-les en dessous, décalés de deux "
    "espaces.",
    "model_attributes_type": "un groupe de champs est attendu. Écrivez-les en dessous, décalés "
    "de deux espaces.",
    "decimal_parsing": "un nombre est attendu, par exemple 1220.",
    "date_type": "une date est attendue, par exemple 2024-03-25.",
}


def _message(
    kind: str,
    detail: Any,  # noqa: ANN401 - pydantic_core.ErrorDetails, whose context is untyped
    cause: Exception | None,
    location: KeyPath,
    model: type[BaseModel],
) -> str:
    context = detail.get("ctx", {})
    value = "" if kind == "missing" else f"{shorten(detail['input'])} : "
    if kind == "value_error" and cause is not None:
        return str(cause)
    if kind == "extra_forbidden":
        return _unknown_key(str(location[-1]), _keys_at(model, location[:-1]))
    if kind == "string_too_long":
        return (
            f"{len(str(detail['input']))} caractères, {context['max_length']} au plus. "
            "Raccourcissez."
        )
    if kind == "enum":
        choices = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"{value}ce n’est pas un choix possible. Choisissez parmi : {choices}."
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = context.get("ge", context.get("le"))
        word = "au moins" if kind.startswith("greater") else "au plus"
        return f"{value}le nombre doit valoir {word} {bound}."
    if kind == "missing" and location and location[-1] == "consentement":
        return (
            "le champ est obligatoire et manque. Sans l’accord écrit de la personne, "
            "le portrait ne peut pas paraître : ajoutez « consentement: true » quand vous l’avez."
        )
    return value + _MESSAGES.get(kind, "la valeur n’a pas la forme attendue. Voyez le guide.")


def _unknown_key(key: str, known: Sequence[str]) -> str:
    folded = {fold(name): name for name in known}
    close = get_close_matches(fold(key), folded, n=1, cutoff=0.6)
    if close:
        return f"le champ n’existe pas. Vouliez-vous écrire « {folded[close[0]]} » ?"
    return f"le champ n’existe pas. Retirez-le ; les champs possibles sont : {', '.join(known)}."


def _keys_at(model: type[BaseModel], location: KeyPath) -> tuple[str, ...]:
    """Return the keys possible at a place inside a model, following lists and groups."""
    for part in location:
        if isinstance(part, int):
            continue
        field = next((f for n, f in model.model_fields.items() if (f.alias or n) == part), None)
        inner = next(_models_in(field.annotation), None) if field else None
        if inner is None:
            return ()
        model = inner
    return known_keys(model)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
