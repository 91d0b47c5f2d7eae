"""The JSON Schemas of headers and data files, from the models, for the editors that read them.

They stand in `.vscode/schemas/`, named by folder of contents and by data file. A schema knows what
one field may hold, not what `make verifier` finds across fields and files: all that the site
accepts, it accepts too. Renew them by `make docs`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel

from plugins.french.typography import fold
from plugins.models import KINDS, Header
from plugins.models.data import DATA_FILES
from plugins.models.description import FieldDescription, fields_of
from plugins.models.fields import ValueKind

Schema: TypeAlias = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
# YAML reads a bare 2024 or 3 as a number; the site reads every value as text.
_TEXT = ["string", "number"]
_YES_NO = ("oui", "non")
_MORE_YES_NO = ("true", "false", "vrai", "faux")
_ACCENTS = {
    "a": "aàâä",
    "c": "cç",
    "e": "eéèêë",
    "i": "iîï",
    "o": "oôö",
    "u": "uùûü",
}
_TIME = r"[0-9]{1,2}(:[0-9]{2}(:00)?| ?h( ?[0-9]{2})?)"
_MOMENT = (
    rf"[0-9]{{4}}(-[0-9]{{2}}-[0-9]{{2}}([?~%]|[T ]+{_TIME})?|(-([0-9]{{2}}|[TtQqSs][0-9]))?[?~%]?)"
)
_MOMENT_MESSAGE = (
    "Écrivez un jour (2024-03-25), une heure (2024-02-07 17:00), un mois (2024-03), un trimestre "
    "(2024-T4), un semestre (2024-S1) ou une année (2024)."
)
_PATTERNS = {
    ValueKind.MOMENT: (rf"^\s*{_MOMENT}\s*$", _MOMENT_MESSAGE),
    ValueKind.END: (
        rf"^\s*({_MOMENT}|{_TIME})\s*$",
        "Écrivez une heure du même jour (18:30), un jour (2024-03-26), ou les deux.",
    ),
    ValueKind.MAILBOX: (r"^\s*\S+@\S+\s*$", "Écrivez une boîte, comme contact@exemple.fr."),
    ValueKind.WEB_ADDRESS: (
        r"^\s*https?://\S+\s*$",
        "Écrivez l’adresse en entier, avec https:// au début.",
    ),
    ValueKind.SITE_ADDRESS: (
        r"^(\s*/\S*\s*[,;]?)+$",
        "Écrivez l’adresse depuis la racine, par exemple /2019/bilan/.",
    ),
    ValueKind.INTEGER: (r"^\s*[0-9]+\s*$", "Écrivez un nombre entier, par exemple 3."),
}


def schemas() -> dict[str, Schema]:
    """Return every schema by the name of its file, without its ending."""
    headers = {kind.folder: _header(kind.label, kind.header) for kind in KINDS}
    return headers | {f"donnees-{name}": _data(name, model) for name, model in DATA_FILES.items()}


def renew(folder: Path) -> bool:
    """Write the schemas anew; return True when one has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = False
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed = True
    return changed


def _header(label: str, model: type[Header]) -> Schema:
    schema = _group(fields_of(model))
    required = schema.pop("allOf")
    known = {field.name for field in fields_of(model)}
    english = {word: french for word, french in Header.SYNONYMS.items() if french in known}
    for word, french in english.items():
        schema["properties"][word] = {
            "doNotSuggest": True,
            "deprecationMessage": f"Ici, ce champ se nomme « {french} ».",
        }
    # An article written for Pelican has its own names for what is required.
    has_english = {"anyOf": [{"required": [word]} for word in english]}
    return {
        "$schema": _DRAFT,
        "title": f"En-tête : {label}",
        **schema,
        "if": {"not": has_english},
        "then": {"allOf": required},
    }


def _data(name: str, model: type[BaseModel]) -> Schema:
    fields = fields_of(model)
    alone = _described(fields[0]) if len(fields) == 1 else None
    group = _group(fields)
    # A list at the top of a file is the value of its only field.
    either: Schema = {"anyOf": [alone["anyOf"][0], group]} if alone else group
    return {"$schema": _DRAFT, "title": f"Données : {name}.yaml", **either}


def _group(fields: Iterable[FieldDescription]) -> Schema:
    fields = tuple(fields)
    required = [field.name for field in fields if field.is_required]
    return {
        "type": "object",
        "properties": {field.name: _described(field) for field in fields},
        "additionalProperties": False,
        **({"allOf": [_required(name) for name in required]} if required else {}),
    }


def _required(name: str) -> Schema:
    return {"required": [name], "errorMessage": f"Le champ « {name} » est obligatoire et manque."}


def _described(field: FieldDescription) -> Schema:
    told: Schema = {"description": _words(field), "markdownDescription": _markdown(field)}
    values = list(_values(field))
    if not field.is_required:
        _allow_nothing(values)
    if field.examples and not field.choices and field.kind is not ValueKind.YES_NO:
        told["examples"] = list(field.examples)
    if len(values) == 1:
        return {**told, **values[0]}
    return {**told, "anyOf": values}


def _allow_nothing(values: list[Schema]) -> None:
    """Accept the name of a field with nothing after it, as the site does."""
    last = values[-1].get("type")
    if last in ("string", _TEXT):
        values[-1]["type"] = [*([last] if isinstance(last, str) else last), "null"]
    else:
        values.append({"type": "null"})


def _values(field: FieldDescription) -> Iterable[Schema]:
    """Yield the forms that a value may have, the usual one first."""
    one = list(_one(field))
    if field.is_list:
        items = one[0] if len(one) == 1 else {"anyOf": one}
        yield {"type": "array", "items": items}
        if not field.fields:
            yield {"type": _TEXT}
    else:
        yield from one


def _one(field: FieldDescription) -> Iterable[Schema]:
    """Yield the forms of one value of a field, or of one item of its list."""
    if field.fields:
        yield _group(field.fields)
        if field.stands_for:
            yield {"type": _TEXT}
    elif field.choices:
        yield {"enum": list(field.choices)}
        yield {"type": "string", "pattern": _any_of(field.choices)}
    elif field.kind is ValueKind.YES_NO:
        yield {"enum": [*_YES_NO]}
        yield {"type": "boolean"}
        yield {"type": "string", "pattern": _any_of((*_YES_NO, *_MORE_YES_NO))}
    else:
        yield _text(field)


def _text(field: FieldDescription) -> Schema:
    schema: Schema = {"type": _TEXT}
    if field.longest:
        schema["maxLength"] = field.longest
    if field.least is not None:
        schema["minimum"] = field.least
    if field.most is not None:
        schema["maximum"] = field.most
    if field.kind in _PATTERNS and not field.is_list:
        schema["pattern"], schema["patternErrorMessage"] = _PATTERNS[field.kind]
    return schema


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words, whatever their case and their accents."""
    return rf"^\s*({'|'.join(map(_loosely, words))})\s*$"


def _loosely(word: str) -> str:
    signs = (_ACCENTS.get(sign, sign) for sign in fold(word))
    return "".join(rf"[{sign}{sign.upper()}]" if sign.isalpha() else r"[\s-]+" for sign in signs)


def _words(field: FieldDescription) -> str:
    parts = [field.description]
    if field.default:
        parts.append(f"À défaut : {field.default}.")
    return " ".join(parts)


def _markdown(field: FieldDescription) -> str:
    return _words(field) + ("\n\n**Obligatoire.**" if field.is_required else "")
