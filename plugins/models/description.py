"""The fields of a model as a form shows them: names, words, choices, examples, in reading order.

Schemas, forms, questions and the guide's tables are all made from these descriptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plugins.dates.moments import Moment, Published
from plugins.models.fields import RefersTo, StandingFor, ValueKind


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """A field: its key, its words in French, and what may be written in it.

    `choices` are the possible values, `refers_to` the names of the content types that a reference
    leads to (`theme` for a theme, `any` for every type). `fields` are those of a group;
    `stands_for` is the one that a text alone gives. `default` is written as an editor would.
    `longest` counts characters, `least` and `most` bound a number.
    """

    name: str
    description: str
    kind: ValueKind
    is_required: bool
    is_list: bool
    examples: tuple[str, ...]
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    fields: tuple[FieldDescription, ...] = ()
    stands_for: str | None = None
    default: str | None = None
    longest: int | None = None
    least: int | None = None
    most: int | None = None


@cache
def fields_of(model: type[BaseModel]) -> tuple[FieldDescription, ...]:
    """Return the fields of a model, in the order in which it declares them."""
    return tuple(_described(field, name, model) for name, field in model.model_fields.items())


def own_fields(model: type[BaseModel], known: type[BaseModel]) -> tuple[FieldDescription, ...]:
    """Return the fields of a model that `known` has not, or has otherwise."""
    return tuple(field for field in fields_of(model) if field not in fields_of(known))


def model_of(field: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a group of fields, or of a list of groups; None for any other field."""
    return next((t for t in types_in(field.annotation) if issubclass(t, BaseModel)), None)


def types_in(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - any annotation
    """Yield the classes of an annotation, from the outside in."""
    kind = get_origin(annotation) or annotation
    if isinstance(kind, type):
        yield kind
    for argument in get_args(annotation):
        yield from types_in(argument)


def _described(field: FieldInfo, name: str, model: type[BaseModel]) -> FieldDescription:
    types = tuple(types_in(field.annotation))
    marks = tuple(_metadata(field))
    inner = model_of(field)
    bounds: dict[str, int | None] = {
        bound: next((v for v in (getattr(m, of, None) for m in marks) if v is not None), None)
        for bound, of in {"longest": "max_length", "least": "ge", "most": "le"}.items()
    }
    choices = next((kind for kind in types if issubclass(kind, StrEnum)), None)
    kind = _kind(types, marks)
    key = field.alias or name
    examples = field.examples or [_usual_example(key, field, kind, choices, model.__name__)]
    return FieldDescription(
        name=key,
        description=field.description or "",
        kind=kind,
        is_required=field.is_required(),
        is_list=_is_list(field.annotation),
        examples=tuple(str(example) for example in examples if example and not inner),
        choices=tuple(choice.value for choice in choices or ()),
        refers_to=next((mark.kinds for mark in marks if isinstance(mark, RefersTo)), ()),
        fields=fields_of(inner) if inner else (),
        stands_for=next((m.func.key for m in marks if _stands(m)), None),
        default=_default(field.default),
        **bounds,
    )


def _stands(mark: Any) -> bool:  # noqa: ANN401 - any mark of an annotation
    return isinstance(getattr(mark, "func", None), StandingFor)


def _kind(types: tuple[type, ...], marks: tuple[Any, ...]) -> ValueKind:
    """Return the kind that an annotation says, else that of its class."""
    said = next((mark for mark in reversed(marks) if isinstance(mark, ValueKind)), None)
    if said:
        return said
    if any(isinstance(mark, RefersTo) for mark in marks):
        return ValueKind.REFERENCE
    found = (kind for of, kind in _KINDS.items() if any(issubclass(t, of) for t in types))
    return next(found, ValueKind.LINE)


# In this order: an enumeration is a text too, a yes-or-no a number.
_KINDS = {
    BaseModel: ValueKind.GROUP,
    StrEnum: ValueKind.CHOICE,
    bool: ValueKind.YES_NO,
    int: ValueKind.INTEGER,
    Decimal: ValueKind.NUMBER,
    Moment: ValueKind.MOMENT,
    Published: ValueKind.PUBLICATION,
}


def _is_list(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Return True for a list, False for a pair, whose length is set."""
    arguments = get_args(annotation)
    return arguments[-1:] == (...,) or any(_is_list(argument) for argument in arguments)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    yield from _metadata_of(field.annotation)


def _metadata_of(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    for mark in getattr(annotation, "__metadata__", ()):
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)
    for argument in getattr(annotation, "__args__", ()):
        yield from _metadata_of(argument)


def _default(value: object) -> str | None:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value) if isinstance(value, str | int) else None


def _usual_example(
    key: str, field: FieldInfo, kind: ValueKind, choices: type[StrEnum] | None, model: str
) -> str | None:
    """Return the example of a field that gives none: the nearest to the field."""
    if choices:
        default = None if field.is_required() else field.default
        return str(default or next(iter(choices)))
    return _EXAMPLES_OF_KINDS.get(kind) or _EXAMPLES.get(f"{model}.{key}") or _EXAMPLES.get(key)


_EXAMPLES_OF_KINDS = {
    ValueKind.YES_NO: "oui",
    ValueKind.NUMBER: "1 220",
    ValueKind.PUBLICATION: "2024-01-08",
    ValueKind.MOMENT: "2024-03-25",
    ValueKind.MAILBOX: "contact@exemple.fr",
    ValueKind.WEB_ADDRESS: "https://exemple.fr/inscription",
    ValueKind.PICTURE: "images/le-havre.svg",
    ValueKind.FILE: "documents/programme.pdf",
    ValueKind.SITE_ADDRESS: "/2019/bilan/",
}
# By name in a model, else by name.
_EXAMPLES = {
    "Attachment.titre": "Le programme",
    "ButtonBlock.adresse": "https://exemple.fr/inscription",
    "CalloutBlock.titre": "Vous serez des nôtres ?",
    "NamedLink.titre": "Notre site",
    "Place.nom": "Grande Arche, salle 4",
    "Session.titre": "Deuxième réunion",
    "SiteData.accroche": "le réseau des cadres dirigeants",
    "SiteData.nom": "Passerelle",
    "TermData.pourquoi": "C’est le mot de l’agenda.",
    "ThemeData.nom": "Management",
    "ThemeData.resume": "Encadrer, transformer, prendre du recul.",
    "accroche": "Ce qui vous attend en 2024, et comment en être",
    "adresse": "3 place de Fontenoy",
    "alt": "Une longue table vue de dessus",
    "annee": "2024",
    "auteur": "Camille Exemple",
    "auteurs": "[La rédaction]",
    "collectif": "operateurs",
    "collectifs": "[operateurs, jeunes-cadres]",
    "contributeurs": "[Camille Exemple, Dominique Exemple]",
    "coordonnees": "49.4938, 0.1077",
    "credit": "Illustration : Passerelle",
    "description": "L’agenda et la lettre de la communauté.",
    "devise": "Relier, former, partager",
    "directeur_de_publication": "le secrétaire général",
    "editeur": "Communauté des cadres dirigeants",
    "enjeux": "Faire venir les talents, et les garder",
    "evenement": "webinaire-operateurs",
    "fin": "18:30",
    "fonction": "directrice de projet",
    "hebergeur": "nom, adresse et téléphone",
    "intervenants": "[Camille Exemple]",
    "lang": "fr",
    "legende": "Le Havre, 14 juin 2023",
    "libelle": "adhérents",
    "menu": "20",
    "nom": "Camille Exemple",
    "nom_complet": "Association des collaborateurs d’élus",
    "noms": "[Éco-responsabilité, Sobriété]",
    "numero": "3",
    "objet": "Inscription au webinaire",
    "ordre": "10",
    "organisation": "dextera",
    "parrains": "[Exemple Énergie]",
    "partenaires": "[Exemple Énergie]",
    "periode": "2024-01/2024-03",
    "places": "40",
    "public": "opérateurs",
    "redacteurs_en_chef": "[Camille Exemple]",
    "referents": "[Camille Exemple]",
    "resume": "Une heure et demie pour dire ce dont vous avez besoin.",
    "saison": "2023",
    "scrutin": "Élection du bureau",
    "siege": "Secrétariat général",
    "signature": "Camille Exemple",
    "texte": "Rejoignez-nous",
    "themes": "[Vie du réseau, Territoires]",
    "titre": "Webinaire des opérateurs",
    "titre_court": "Opérateurs",
    "ville": "Le Havre",
    "voir_aussi": "[statut-collaborateur-de-cabinet]",
}
