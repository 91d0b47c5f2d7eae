"""The configuration of the form of `/admin/`, made from the models: Sveltia CMS's, and our own.

Sveltia CMS shows the fields; our script (`theme/admin/form.js`) reads and writes the files, whose
syntax is ours. Both are told of every field by the same descriptions.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.french.typography import NBSP, capitalised, typeset
from plugins.models import KINDS, EventHeader, Header, Kind
from plugins.models.blocks import BLOCKS, BlockOptions
from plugins.models.data import DATA_FILES, Forge, FormSettings, SendingsData
from plugins.models.description import FieldDescription, fields_of
from plugins.models.event import EVERYONE
from plugins.models.fields import IMAGE_ENDINGS, Part, Status, ValueKind
from plugins.outputs.form.patterns import PATTERNS
from plugins.outputs.form.words import (
    BLOCK_ICONS,
    BLOCK_LABELS,
    DATA_ICONS,
    DATA_LABELS,
    GROUP_SUMMARIES,
    ICONS,
    ITEMS,
    PLURALS,
    SUMMARIES,
    hint_of,
    label_of,
)

BODY = "texte"
"""The field of the text below the header."""
ARGUMENT, CONTENT = "_montre", "_contenu"
"""The fields of what a block names after its bar, and of what it holds; no option begins with _."""
_RAW = "markdown"
# The form's editor keeps these as they are; our blocks take the place of its own pictures.
_TEXT_OPTIONS: Mapping[str, Any] = {
    "buttons": [
        *("bold", "italic", "link", "heading-two", "heading-three", "heading-four"),
        *("quote", "bulleted-list", "numbered-list", "code"),
    ],
    "use_emoji_autocomplete": False,
    "linked_images": False,
}
_TEXT: Mapping[str, Any] = {
    "name": BODY,
    "label": "Texte",
    "widget": "richtext",
    "required": False,
    "hint": typeset("Le texte de la page. « Insérer » ajoute un bloc."),
    **_TEXT_OPTIONS,
    "editor_components": [*BLOCKS, _RAW, "code-block"],
}
_HEAVIEST = 20_000_000
# A value of this many characters is written on several lines.
_LONG = 300
# The journal of sendings is written by the sending alone.
_DATA = {name: model for name, model in DATA_FILES.items() if model is not SendingsData}
# What a list is sorted by, the last first; all others are by title.
_SORTED = {"article": "date", "event": "debut", "letter": "numero"}
_CONTENT = "content"
_PICTURES, _DOCUMENTS = "images", "documents"
_LOCAL = {"name": "gitea", "repo": "site/site", "branch": "main", "auth_methods": ["token"]}
_COMMITS = {
    "create": "{{collection}} : {{slug}} créé",
    "update": "{{collection}} : {{slug}} modifié",
    "delete": "{{collection}} : {{slug}} supprimé",
    "uploadMedia": "{{path}} déposé",
    "deleteMedia": "{{path}} supprimé",
}
# What a newcomer leaves alone, at the end and folded.
_SELDOM = ("slug", "identifiant", "alias", "modifie", "publier_le", "expire_le", "lang")
_SLUGS = {"letter": "{{numero}}", "portrait": "{{nom}}"}
_WIDGETS: Mapping[ValueKind, Mapping[str, Any]] = {
    ValueKind.YES_NO: {"widget": "boolean", "required": False},
    ValueKind.CHOICE: {"widget": "select"},
    ValueKind.INTEGER: {"widget": "number", "value_type": "int"},
    ValueKind.PICTURE: {
        "widget": "image",
        "choose_url": False,
        "accept": ",".join(IMAGE_ENDINGS),
    },
    ValueKind.FILE: {
        "widget": "file",
        "choose_url": False,
        "media_folder": f"/{_CONTENT}/{_DOCUMENTS}",
        "public_folder": f"/{_DOCUMENTS}",
    },
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A content that a field may name: what is written, and what an editor reads."""

    value: str
    label: str


@dataclass(frozen=True)
class FormSource:
    """What the form is made for.

    `settings` are those of the site's forge, None for the folder of a computer alone. `contents`
    are what a field of any type may name, `groups` the chantiers and the groups. `style` and `logo`
    are the addresses of the site's style sheet and of its emblem.
    """

    name: str
    site_url: str
    style: str
    logo: str
    settings: FormSettings | None = None
    contents: Sequence[Choice] = ()
    groups: Sequence[Choice] = ()


def to_json(source: FormSource) -> bytes:
    """Return the configuration that the script of the form reads."""
    configuration = {
        "cms": _cms(source),
        "formats": dict(_formats()),
        "blocks": [_block(block, source) for block in BLOCKS.values()],
        "style": source.style,
    }
    return json.dumps(configuration, ensure_ascii=False, indent=1).encode() + b"\n"


def _cms(source: FormSource) -> dict[str, Any]:
    """Return the configuration of Sveltia CMS."""
    settings = source.settings
    has_review = bool(settings and settings.reviews)
    return {
        "load_config_file": False,
        "backend": _backend(settings) if settings else _LOCAL,
        "publish_mode": "editorial_workflow" if has_review else "simple",
        "app_title": f"{source.name}{NBSP}: le formulaire",
        "site_url": source.site_url,
        "media_folder": f"{_CONTENT}/{_PICTURES}",
        "public_folder": f"/{_PICTURES}",
        "media_libraries": {
            "default": {"config": {"slugify_filename": True, "max_file_size": _HEAVIEST}},
            "stock_assets": {"providers": []},
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True},
        "show_preview_links": has_review,
        "logo": {"src": source.logo},
        "collections": [_collection(kind, source) for kind in KINDS],
        "singletons": [_data_file(name, model, source) for name, model in _DATA.items()],
    }


def _backend(settings: FormSettings) -> dict[str, Any]:
    """Return how Sveltia CMS reaches the forge; without an application, by tokens alone."""
    found: dict[str, Any] = {
        "name": settings.forge.value,
        "repo": settings.repository,
        "commit_messages": _COMMITS,
    }
    if settings.branch:
        found["branch"] = settings.branch
    if settings.address:
        found |= {"base_url": settings.host, "api_root": settings.api}
    if settings.sign_in is None:
        return found | {"auth_methods": ["token"]}
    match settings.forge:
        case Forge.GITHUB:
            found["base_url"] = settings.sign_in
        case Forge.GITLAB:
            found |= {"app_id": settings.sign_in, "auth_type": "pkce"}
        case Forge.GITEA:
            found["app_id"] = settings.sign_in
    return found


def _collection(kind: Kind, source: FormSource) -> dict[str, Any]:
    return {
        "name": kind.folder,
        "label": PLURALS[kind.name],
        "label_singular": kind.label,
        "icon": ICONS[kind.name],
        "folder": f"{_CONTENT}/{kind.folder}",
        "extension": "md",
        "format": _format_of(kind),
        "identifier_field": "titre",
        "slug": {
            "template": _SLUGS.get(kind.name, "{{titre}}"),
            "editable": ["create"],
            "hint": "Nom du fichier, et fin de l’adresse de la page.",
            "pattern": list(PATTERNS[ValueKind.SLUG]),
        },
        "summary": SUMMARIES.get(kind.name, "{{titre}}"),
        "thumbnail": "image.fichier",
        "sortable_fields": _sorting(kind),
        "view_filters": [{"label": "Brouillons", "field": "statut", "pattern": "brouillon"}],
        "fields": [
            _TEXT if item is None else _header_field(item, source, kind)
            for item in ordered(kind.header)
        ],
    }


def _sorting(kind: Kind) -> dict[str, Any]:
    if by := _SORTED.get(kind.name):
        return {"fields": [by, "titre"], "default": {"field": by, "direction": "descending"}}
    return {"fields": ["titre"], "default": {"field": "titre"}}


def _format_of(kind: Kind) -> str:
    """Return the name of our format of a type; Sveltia CMS wants this ending beside `.md`."""
    return f"{kind.name}-frontmatter"


def ordered(model: type[Header]) -> Iterator[FieldDescription | None]:
    """Yield the fields of a header as the form shows them, None for the text.

    What is required comes first, then what the type has of its own, the text, what all types have,
    and at the end what is seldom written.
    """
    fields = fields_of(model)
    common = {item.name for item in fields_of(Header)}
    yield from (item for item in fields if item.is_required)
    rest = [item for item in fields if not item.is_required]
    yield from (item for item in rest if item.name not in common)
    yield None
    usual = [item for item in rest if item.name in common]
    yield from (item for item in usual if item.name not in _SELDOM)
    yield from (item for item in usual if item.name in _SELDOM)


def _data_file(name: str, model: type[Part], source: FormSource) -> dict[str, Any]:
    return {
        "name": name,
        "label": DATA_LABELS[name],
        "icon": DATA_ICONS[name],
        "file": f"{_CONTENT}/donnees/{name}.yaml",
        "format": name,
        "editor": {"preview": False},
        "fields": [_field(item, source) for item in fields_of(model)],
    }


def _header_field(item: FieldDescription, source: FormSource, kind: Kind) -> dict[str, Any]:
    """Return a field of a content; what is seldom written is not shown in the preview."""
    found = _field(item, source, kind)
    if item.name in _SELDOM and not item.is_required:
        found["preview"] = False
    is_reviewed = bool(source.settings and source.settings.reviews)
    if item.name == "statut" and not is_reviewed:
        found["default"] = Status.DRAFT.value
    return found


def _field(item: FieldDescription, source: FormSource, kind: Kind | None = None) -> dict[str, Any]:
    """Return a field as Sveltia CMS describes one."""
    found: dict[str, Any] = {
        "name": item.name,
        "label": label_of(item.name),
        "required": item.is_required,
        "hint": hint_of(item),
    }
    if item.kind is ValueKind.GROUP:
        return found | _group(item, source)
    if item.kind is ValueKind.REFERENCE and (chosen := _reference(item, source, kind)):
        return found | chosen
    return found | ({"widget": "list"} if item.is_list else _value(item))


def _value(item: FieldDescription) -> dict[str, Any]:
    """Return how a single value is chosen or written."""
    default = item.default
    found = dict(_WIDGETS.get(item.kind, {}))
    match item.kind:
        case ValueKind.YES_NO:
            return found | {"default": default == "oui"}
        case ValueKind.PICTURE | ValueKind.FILE:
            return found
        case ValueKind.INTEGER:
            bounds = {"min": item.least, "max": item.most}
            found |= {name: bound for name, bound in bounds.items() if bound is not None}
            return found | ({"default": int(default)} if default else {})
        case ValueKind.CHOICE:
            found["options"] = list(item.choices)
            # One that has a default is never empty.
            found |= {"default": default, "required": True} if default else {}
            return found
    is_long = (item.longest or 0) >= _LONG
    found = {"widget": "text" if is_long else "string", "use_emoji_autocomplete": False}
    if item.longest:
        found["maxlength"] = item.longest
    if pattern := PATTERNS.get(item.kind):
        found["pattern"] = list(pattern)
    return found | ({"default": default} if default else {})


def _group(item: FieldDescription, source: FormSource) -> dict[str, Any]:
    summary = GROUP_SUMMARIES.get(item.name)
    return {
        "widget": "list" if item.is_list else "object",
        "collapsed": "auto",
        **({"summary": summary} if summary else {}),
        **({"label_singular": ITEMS.get(item.name, "un élément")} if item.is_list else {}),
        **({"thumbnail": "fichier"} if item.name == "image" else {}),
        "fields": [_field(inner, source) for inner in item.fields],
    }


def _reference(
    item: FieldDescription, source: FormSource, kind: Kind | None
) -> dict[str, Any] | None:
    """Return the picker of a content or of a theme."""
    several = {"multiple": True} if item.is_list else {}
    if item.refers_to == ("theme",):
        names = "themes.*.nom"
        return {
            "widget": "relation",
            "collection": "_singletons",
            "file": "themes",
            "value_field": names,
            "display_fields": [names],
            "search_fields": [names],
            **several,
        }
    if item.refers_to == ("any",):
        return _select(source.contents) | several if source.contents else None
    if kind and kind.header is EventHeader and item.refers_to == ("group",):
        return _select((Choice(EVERYONE, "Tous les collectifs"), *source.groups))
    (named,) = (other for other in KINDS if other.name == item.refers_to[0])
    return {
        "widget": "relation",
        "collection": named.folder,
        "value_field": "{{slug}}",
        "display_fields": ["titre"],
        "search_fields": ["titre"],
        **several,
    }


def _select(choices: Sequence[Choice]) -> dict[str, Any]:
    # A name of two contents tells neither: the form refuses it twice.
    named = {choice.value: choice.label for choice in reversed(choices)}
    options = [{"value": value, "label": label} for value, label in reversed(named.items())]
    return {"widget": "select", "dropdown_threshold": 0, "options": options}


def _formats() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what our script must know of each kind of file, by the name of its format."""
    for kind in KINDS:
        shapes = [_shape(item) for item in ordered(kind.header) if item]
        yield (
            _format_of(kind),
            {
                "extension": "md",
                "fields": shapes,
                "body": BODY,
                "synonyms": kind.header.SYNONYMS,
            },
        )
    for name, model in _DATA.items():
        fields = fields_of(model)
        is_list = [item.name for item in fields] == [name]
        shapes = [_shape(item) for item in fields]
        yield name, {"extension": "yaml", "fields": shapes, "is_list": is_list}


def _shape(item: FieldDescription) -> dict[str, Any]:
    """Return what reading and writing a field's value takes."""
    found: dict[str, Any] = {"name": item.name, "kind": item.kind.name.lower()}
    if item.is_list:
        found["list"] = True
    if item.default:
        found["default"] = item.default
    if item.choices:
        found["choices"] = item.choices
    if item.fields:
        found["fields"] = [_shape(inner) for inner in item.fields]
    if item.stands_for:
        found["stands_for"] = item.stands_for
    return found


def _block(block: type[BlockOptions], source: FormSource) -> dict[str, Any]:
    """Return a block as the form offers it: its options, its argument and its content."""
    fields = [_field(item, source) for item in fields_of(block)]
    if block.ARGUMENT:
        fields.insert(0, _argument(block))
    if block.HAS_CONTENT:
        fields.append(
            {
                "name": CONTENT,
                "label": "Contenu",
                "widget": "richtext",
                **_TEXT_OPTIONS,
                "minimal": True,
                "editor_components": [_RAW],
            }
        )
    return {
        "name": block.NAME,
        "label": BLOCK_LABELS.get(block.NAME, capitalised(block.NAME)),
        "icon": BLOCK_ICONS[block.NAME],
        "summary": block.SUMMARY,
        "has_content": block.HAS_CONTENT,
        "options": [_shape(item) for item in fields_of(block)],
        "fields": fields,
    }


def _argument(block: type[BlockOptions]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": ARGUMENT, "label": "Contenu à montrer", "required": True}
    named = next((kind for kind in KINDS if kind.name == block.ARGUMENT), None)
    if named is None:
        hint = f"Écrivez {block.ARGUMENT_FORM}{NBSP}; l’intertitre est facultatif."
        return found | {"widget": "string", "hint": hint}
    return found | {
        "widget": "relation",
        "collection": named.folder,
        "value_field": "{{slug}}",
        "display_fields": ["titre"],
        "search_fields": ["titre"],
    }
