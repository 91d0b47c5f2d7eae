"""What Pydantic's refusals mean to an editor, and what to do about them, in French."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from plugins.faults import KeyPath, SiblingError, shorten
from plugins.french.typography import fold


def explain(refusal: ErrorDetails, location: KeyPath, model: type[BaseModel]) -> str:
    """Return the message for a value that `model` refuses at a path of keys."""
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
    if value is None or value == "":
        return "la valeur est vide. Remplissez-la ou retirez la ligne."
    return f"{shorten(value)} : {_advice(kind, refusal.get('ctx', {}), model, location)}"


def known_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the French keys of a model, in the order in which it describes them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


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
    if model is None:
        return "le champ n’existe pas. Retirez-le."
    known = known_keys(model)
    if above := next(_groups_with(key, model), None):
        return (
            f"le champ se place dans « {above} ». "
            f"Écrivez-le sous « {above}: », décalé de deux espaces."
        )
    folded = {fold(name): name for name in known}
    close = get_close_matches(fold(key), folded, n=1, cutoff=0.6)
    if close:
        return f"le champ n’existe pas. Vouliez-vous écrire « {folded[close[0]]} » ?"
    if not known:
        return "le champ n’existe pas. Retirez-le : aucun n’est attendu ici."
    return f"le champ n’existe pas. Retirez-le ; les champs possibles sont : {', '.join(known)}."


def _groups_with(key: str, model: type[BaseModel]) -> Iterator[str]:
    """Yield the groups of fields that hold a key which its writer may have left unindented."""
    for name, field in model.model_fields.items():
        inner = _model_of(field)
        if inner and fold(key) in {fold(known) for known in known_keys(inner)}:
            yield field.alias or name


def _advice(kind: str, context: dict[str, Any], model: type[BaseModel], location: KeyPath) -> str:
    if special := _ADVICE_WITH_CONTEXT.get(kind):
        return special(context)
    if kind == "model_type":
        inner = _model_at(model, location)
        keys = ", ".join(known_keys(inner)) if inner else ""
        return (
            f"un groupe de champs est attendu ({keys}). "
            "Écrivez-les en dessous, décalés de deux espaces."
        )
    return _ADVICE.get(kind, "la valeur n’a pas la forme attendue. Voyez le guide de rédaction.")


_A_LIST = "une liste est attendue : un élément par ligne, précédé d’un tiret."
_A_LINE = "une seule valeur est attendue, sans liste ni groupe. Écrivez-la sur une ligne."
_AN_INTEGER = "un nombre entier est attendu, par exemple 3."
_A_NUMBER = "un nombre est attendu, par exemple 1220."
_ADVICE = {
    "string_type": _A_LINE,
    "value_error": _A_LINE,
    "int_parsing": _AN_INTEGER,
    "int_parsing_size": _AN_INTEGER,
    "int_type": _AN_INTEGER,
    "tuple_type": _A_LIST,
    "decimal_type": _A_NUMBER,
    "finite_number": _A_NUMBER,
}


def _too_long(context: dict[str, Any]) -> str:
    return f"{context['actual_length']} caractères, {context['max_length']} au plus. Raccourcissez."


def _not_a_choice(context: dict[str, Any]) -> str:
    choices = context["expected"].replace("'", "").replace(" or ", ", ")
    return f"ce n’est pas un choix possible. Choisissez parmi : {choices}."


def _too_small(context: dict[str, Any]) -> str:
    return f"le nombre doit valoir au moins {context['ge']}. Corrigez-le."


def _too_large(context: dict[str, Any]) -> str:
    return f"le nombre doit valoir au plus {context['le']}. Corrigez-le."


_ADVICE_WITH_CONTEXT: dict[str, Callable[[dict[str, Any]], str]] = {
    "too_long": _too_long,
    "enum": _not_a_choice,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}


def _field_at(model: type[BaseModel], location: Sequence[str | int]) -> FieldInfo | None:
    holder = _model_at(model, location[:-1])
    if holder is None or not location:
        return None
    fields = holder.model_fields.items()
    return next((f for name, f in fields if (f.alias or name) == location[-1]), None)


def _model_at(model: type[BaseModel], location: Sequence[str | int]) -> type[BaseModel] | None:
    """Return the model of the group of fields at a place, following lists and groups."""
    names = [part for part in location if isinstance(part, str)]
    if not names:
        return model
    field = _field_at(model, names[:1])
    inner = _model_of(field) if field else None
    return _model_at(inner, names[1:]) if inner else None


def _takes_several(field: FieldInfo | None) -> bool:
    """Tell whether a field takes a list or a group, or is the whole header."""
    return field is None or _model_of(field) is not None or "tuple" in str(field.annotation)


def _model_of(field: FieldInfo) -> type[BaseModel] | None:
    return next(_models_in(field.annotation), None)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)
