"""The configuration of the form of `/admin/`, made from the models: Sveltia CMS's, and our own.

Sveltia CMS shows the fields; our script (`theme/admin/form.js`) reads and writes the files, whose
syntax is ours. Both are told of every field by the same descriptions.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.french.typography import NBSP, capitalised
from plugins.models import KINDS, EventHeader, Header, Kind
from plugins.models.blocks import BLOCKS, BlockOptions
from plugins.models.data import AddressesData, Forge, FormSettings, SiteData, ThemesData
from plugins.models.description import FieldDescription, fields_of
from plugins.models.event import EVERYONE
from plugins.models.fields import IMAGE_ENDINGS, Part, Status, ValueKind

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
_HEAVIEST = 20_000_000
# A value of this many characters is written on several lines.
_LONG = 300
_SHOWN_EXAMPLES = {
    *(ValueKind.LINE, ValueKind.MOMENT, ValueKind.END, ValueKind.FOCAL_POINT),
    *(ValueKind.SLUG, ValueKind.SITE_ADDRESS),
}
_DATA: Mapping[str, type[Part]] = {
    "site": SiteData,
    "themes": ThemesData,
    "adresses": AddressesData,
}
_DATA_LABELS = {"site": "Le site", "themes": "Thèmes", "adresses": "Anciennes adresses"}
_DATA_ICONS = {"site": "settings", "themes": "sell", "adresses": "alt_route"}
_SORTED = {
    "article": ["date", "titre"],
    "event": ["debut", "titre"],
    "letter": ["numero", "titre"],
}
_BLOCK_LABELS = {"evenement": "Événement", "etapes": "Étapes", "chiffres": "Chiffres clés"}
_BLOCK_ICONS = {
    "agenda": "calendar_month",
    "matrice": "calendar_view_month",
    "chantiers": "construction",
    "evenement": "event",
    "article": "article",
    "extrait": "content_paste",
    "chiffres": "bar_chart",
    "encart": "campaign",
    "etapes": "format_list_numbered",
    "citation": "format_quote",
    "bouton": "smart_button",
    "image": "image",
}

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

_PLURALS = {
    "article": "Articles",
    "event": "Événements",
    "letter": "Lettres",
    "group": "Chantiers et groupes",
    "organisation": "Organisations",
    "portrait": "Portraits",
    "job": "Métiers",
    "page": "Pages",
}
# Names of Material Symbols, which the form's own font holds.
_ICONS = {
    "article": "article",
    "event": "event",
    "letter": "mail",
    "group": "groups",
    "organisation": "account_balance",
    "portrait": "account_circle",
    "job": "work",
    "page": "description",
}
_SUMMARIES = {
    "article": "{{titre}} – {{date}}",
    "event": "{{titre}} – {{debut | default('plusieurs séances')}}",
    "letter": f"Lettre n°{NBSP}{{{{numero}}}} – {{{{titre}}}}",
    "portrait": "{{nom}}",
}
_SLUGS = {"letter": "{{numero}}", "portrait": "{{nom}}"}
_GROUP_SUMMARIES = {
    "seances": "{{debut}} {{titre}}",
    "exceptions": "{{date}} {{statut}}",
    "documents": "{{titre}}",
    "chiffres_cles": "{{libelle}} : {{valeur}} {{unite}}",
    "bureau": "{{nom}}, {{fonction}}",
    "liens": "{{titre}}",
    "themes": "{{nom}}",
    "adresses": "{{ancienne}} → {{vers}}",
    "image": "{{alt}}",
    "lieu": "{{nom}} {{ville}}",
    "serie": "{{nom}} {{numero}}",
    "inscription": "{{url}} {{contact}}",
    "recurrence": "{{chaque}} {{regle}}",
    "editorial": "{{signature}}",
}
_ITEMS = {
    "seances": "une séance",
    "exceptions": "une exception",
    "documents": "un document",
    "chiffres_cles": "un chiffre",
    "bureau": "un membre",
    "liens": "un lien",
    "themes": "un thème",
    "adresses": "une adresse",
}
_FILE_HINTS = {
    ValueKind.PICTURE: "Déposez une image, ou choisissez-en une du site.",
    ValueKind.FILE: "Déposez un fichier, ou choisissez-en un du site.",
}
# Keys are French without accents; their labels have them.
_LABELS = {
    "accroche": "Accroche",
    "adhesion": "Adhésion",
    "alias": "Anciennes adresses",
    "alt": "Description de l’image",
    "ancienne": "Ancienne adresse",
    "annee": "Année",
    "apercu_au": "Jour de l’aperçu",
    "au": "Date du chiffre",
    "avant_le": "S’inscrire avant le",
    "bureau": "Membres du bureau",
    "chiffres_cles": "Chiffres clés",
    "coordonnees": "Coordonnées",
    "credit": "Crédit",
    "debut": "Début",
    "debut_initial": "Début initial",
    "depot": "Dépôt",
    "desinscription": "Désinscription",
    "directeur_de_publication": "Directeur de la publication",
    "editeur": "Éditeur",
    "editorial": "Éditorial",
    "election": "Élection",
    "etat": "État",
    "evenement": "Événement",
    "expediteur": "Expéditeur",
    "expire_le": "Expire le",
    "fois": "Nombre de fois",
    "hebergeur": "Hébergeur",
    "hub_websub": "Concentrateur WebSub",
    "identifiant_liste": "Identifiant de la liste",
    "interet": "Formulaire d’intérêt",
    "jusqu_au": "Jusqu’au",
    "lang": "Langue",
    "legende": "Légende",
    "libelle": "Libellé",
    "lien_visio": "Lien de la visioconférence",
    "metier": "Métier",
    "modalite": "Modalité",
    "modifie": "Modifié le",
    "nom_complet": "Nom complet",
    "noms": "Autres noms",
    "numero": "Numéro",
    "parrains": "Parrains",
    "periode": "Période",
    "publier_le": "Publier le",
    "recurrence": "Récurrence",
    "redacteurs_en_chef": "Rédacteurs en chef",
    "referents": "Référents",
    "regle": "Règle",
    "reponse": "Réponses",
    "resume": "Résumé",
    "seances": "Séances",
    "serie": "Série",
    "siege": "Siège",
    "slug": "Fin de l’adresse",
    "statut_evenement": "Statut de l’événement",
    "themes": "Thèmes",
    "titre_court": "Titre court",
    "une": "À la une",
    "unite": "Unité",
    "url": "Adresse",
    "voir_aussi": "Voir aussi",
}

_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{1,2}(?::\d{2}| ?h(?: ?\d{2})?)"
_WHEN = rf"(?:{_DAY}(?:[?~%]|[ T]{_TIME})?|\d{{4}}(?:-(?:\d{{2}}|[TQtq][1-4]|[Ss][12]))?[?~%]?)"
_PATTERNS: Mapping[ValueKind, tuple[str, str]] = {
    ValueKind.MOMENT: (
        f"^{_WHEN}$",
        "Écrivez un jour (2024-03-25), un jour et une heure (2024-02-07 17:00), un mois (2024-03), "
        "un trimestre (2024-T4) ou une année (2024).",
    ),
    ValueKind.END: (
        f"^(?:{_WHEN}|{_TIME})$",
        "Écrivez une heure (18:30), un jour (2024-03-26), ou un jour et une heure "
        "(2024-03-26 12:00).",
    ),
    ValueKind.PUBLICATION: (
        rf"^{_DAY}(?:[ T]{_TIME}(?::\d{{2}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?$",
        "Écrivez un jour (2024-01-08), ou un jour et une heure de Paris (2024-01-08 09:30).",
    ),
    ValueKind.SLUG: (
        "^[a-z0-9]+(?:-[a-z0-9]+)*$",
        "Écrivez des minuscules sans accent, des chiffres et des traits d’union.",
    ),
    ValueKind.MAILBOX: (
        r"^[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+$",
        "Écrivez l’adresse sous la forme nom@domaine.fr.",
    ),
    ValueKind.WEB_ADDRESS: (r"^https?://\S+$", "Écrivez l’adresse en entier, avec https://."),
    ValueKind.NUMBER: (
        r"^-?[\d\s\u00a0\u202f]+(?:[.,]\d+)?$",
        "Écrivez des chiffres, par exemple 1220 ou 12,5.",
    ),
    ValueKind.COORDINATES: (
        r"^-?\d+(?:\.\d+)?, *-?\d+(?:\.\d+)?$",
        "Écrivez latitude et longitude, par exemple 49.4938, 0.1077.",
    ),
    ValueKind.FOCAL_POINT: (
        r"^(?:(?:haut|bas|gauche|droite|centre)(?:[ ,]+(?:haut|bas|gauche|droite|centre))?"
        r"|\d{1,3} ?%[ ,;]+\d{1,3} ?%)$",
        "Écrivez un ou deux côtés (haut, bas, gauche, droite, centre), ou deux pourcentages "
        "(30 % 20 %).",
    ),
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
    are those that fields may name whose types are not known, with EVERYONE among the groups.
    `style` and `logo` are the addresses of the site's style sheet and of its emblem.
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
        "collections": [_collection(kind, source, has_review=has_review) for kind in KINDS],
        "singletons": [_data_file(name, model, source) for name, model in _DATA.items()],
    }


def _backend(settings: FormSettings) -> dict[str, Any]:
    """Return how Sveltia CMS reaches the forge; without an application, by tokens alone."""
    found: dict[str, Any] = {"name": settings.forge.value, "repo": settings.repository}
    if settings.branch:
        found["branch"] = settings.branch
    if settings.address:
        found |= {"base_url": settings.host, "api_root": settings.api}
    if settings.relay:
        found["base_url"] = settings.relay
    if settings.application:
        found["app_id"] = settings.application
        if settings.forge is Forge.GITLAB:
            found["auth_type"] = "pkce"
    if not (settings.application or settings.relay):
        found["auth_methods"] = ["token"]
    return found | {"commit_messages": _COMMITS}


def _collection(kind: Kind, source: FormSource, *, has_review: bool) -> dict[str, Any]:
    return {
        "name": kind.folder,
        "label": _PLURALS[kind.name],
        "label_singular": kind.label,
        "icon": _ICONS[kind.name],
        "folder": f"{_CONTENT}/{kind.folder}",
        "extension": "md",
        "format": _format_of(kind),
        "identifier_field": "titre",
        "slug": {
            "template": _SLUGS.get(kind.name, "{{titre}}"),
            "editable": ["create"],
            "hint": "Nom du fichier, et fin de l’adresse de la page.",
            "pattern": list(_PATTERNS[ValueKind.SLUG]),
        },
        "summary": _SUMMARIES.get(kind.name, "{{titre}}"),
        "thumbnail": "image.fichier",
        "sortable_fields": {
            "fields": _SORTED.get(kind.name, ["titre"]),
            "default": {"field": _SORTED.get(kind.name, ["titre"])[0], "direction": "descending"}
            if kind.name in _SORTED
            else {"field": "titre"},
        },
        "view_filters": [{"label": "Brouillons", "field": "statut", "pattern": "brouillon"}],
        "fields": [
            _text_of(kind) if item is None else _field(item, source, kind, has_review=has_review)
            for item in ordered(kind.header)
        ],
    }


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


def _text_of(kind: Kind) -> dict[str, Any]:
    return {
        "name": BODY,
        "label": "Texte",
        "widget": "richtext",
        "required": False,
        "hint": f"Le texte de la page ({kind.label.lower()}). « Insérer » ajoute un bloc.",
        **_TEXT_OPTIONS,
        "editor_components": [*BLOCKS, _RAW, "code-block"],
    }


def _data_file(name: str, model: type[Part], source: FormSource) -> dict[str, Any]:
    return {
        "name": name,
        "label": _DATA_LABELS[name],
        "icon": _DATA_ICONS[name],
        "file": f"{_CONTENT}/donnees/{name}.yaml",
        "format": name,
        "fields": [_field(item, source) for item in fields_of(model)],
    }


def _field(
    item: FieldDescription,
    source: FormSource,
    kind: Kind | None = None,
    *,
    has_review: bool = False,
) -> dict[str, Any]:
    """Return a field as Sveltia CMS describes one."""
    found: dict[str, Any] = {
        "name": item.name,
        "label": label_of(item.name),
        "required": item.is_required,
        "hint": _FILE_HINTS.get(item.kind) or _hint(item),
    }
    if item.kind is ValueKind.GROUP:
        return found | _group(item, source)
    if item.kind is ValueKind.REFERENCE and (chosen := _reference(item, source, kind)):
        return found | chosen
    if item.is_list:
        return found | {"widget": "list"}
    default = item.default
    if item.name == "statut" and kind and not has_review:
        default = Status.DRAFT.value
    match item.kind:
        case ValueKind.YES_NO:
            return found | {"widget": "boolean", "default": default == "oui", "required": False}
        case ValueKind.CHOICE:
            found |= {"widget": "select", "options": list(item.choices)}
        case ValueKind.INTEGER:
            found |= {"widget": "number", "value_type": "int"}
            found |= {k: v for k, v in (("min", item.least), ("max", item.most)) if v is not None}
        case ValueKind.PICTURE:
            return found | {
                "widget": "image",
                "choose_url": False,
                "accept": ",".join(IMAGE_ENDINGS),
            }
        case ValueKind.FILE:
            return found | {
                "widget": "file",
                "choose_url": False,
                "media_folder": f"/{_CONTENT}/{_DOCUMENTS}",
                "public_folder": f"/{_DOCUMENTS}",
            }
        case _:
            is_long = (item.longest or 0) >= _LONG
            found |= {"widget": "text" if is_long else "string", "use_emoji_autocomplete": False}
            if item.longest:
                found["maxlength"] = item.longest
            if pattern := _PATTERNS.get(item.kind):
                found["pattern"] = list(pattern)
    return found | ({"default": _typed(item, default)} if default else {})


def _typed(item: FieldDescription, default: str) -> str | int:
    return int(default) if item.kind is ValueKind.INTEGER else default


def _group(item: FieldDescription, source: FormSource) -> dict[str, Any]:
    summary = _GROUP_SUMMARIES.get(item.name)
    return {
        "widget": "list" if item.is_list else "object",
        "collapsed": "auto",
        **({"summary": summary} if summary else {}),
        **({"label_singular": _ITEMS.get(item.name, "un élément")} if item.is_list else {}),
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


def label_of(name: str) -> str:
    """Return the label of a field: « Résumé » for `resume`."""
    return _LABELS.get(name) or capitalised(name.replace("_", " "))


def _hint(item: FieldDescription) -> str:
    """Return the help of a field; the form reads some Markdown in it."""
    shown = item.description
    is_shown = item.kind in _SHOWN_EXAMPLES and not item.longest
    if is_shown and item.examples and not re.search("exemple|[0-9]", shown):
        examples = ", ".join(item.examples).strip("[].")
        shown = f"{shown.rstrip('.')}. Par exemple{NBSP}: {examples}."
    return re.sub(r"([*_~\[\]])", r"\\\1", shown)


def _formats() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what our script must know of each kind of file, by the name of its format."""
    for kind in KINDS:
        fields = [BODY if item is None else _shape(item) for item in ordered(kind.header)]
        yield (
            _format_of(kind),
            {
                "extension": "md",
                "fields": [shape for shape in fields if shape != BODY],
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
        "label": _BLOCK_LABELS.get(block.NAME, capitalised(block.NAME)),
        "icon": _BLOCK_ICONS[block.NAME],
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
