"""From the text of a header to a typed model, or to every fault in it, in French."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, create_model

from plugins.faults import ContentError, KeyPath, SiblingError
from plugins.front_matter.document import Document
from plugins.front_matter.refusals import explain, known_keys
from plugins.front_matter.yaml_fields import Value
from plugins.models.header import Header

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
            values[name] = _without_empty(value)
    return values, errors


def _without_empty(value: Value) -> Value:
    """Take a key with nothing after it, in a group, for a field that is not there."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _translate(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[ContentError]:
    for detail in error.errors():
        location: KeyPath = detail["loc"]
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, SiblingError):
            location = (*location[:-1], cause.field)
        place = document.locate(location)
        if detail["type"] == "extra_forbidden" and location in document.keys:
            place = document.keys[location]
        yield ContentError(
            document.path, place, _dotted(location), explain(detail, location, model)
        )


def _dotted(location: KeyPath) -> str | None:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location) or None
