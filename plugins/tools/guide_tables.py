"""The tables of the editor's guide, made from the models, so that no field is described twice.

A table stands in the guide between `<!-- champs:event -->` and `<!-- /champs -->`; its name is
that of a content type, `commun` for the fields that all have, a data file, a block
(`bloc:agenda`), `blocs` for all blocks, `dates` or `typographie`. Renew them all, and the French
spaces of the prose, by `python -m plugins.tools.guide_tables docs/guide-de-redaction.md`.
"""

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plugins.dates.in_words import when
from plugins.dates.moments import Moment, Period, Published
from plugins.dates.parsing import parse_end, parse_moment
from plugins.french.typography import NARROW_NBSP, NBSP, typeset
from plugins.front_matter.validation import model_of, types_in
from plugins.models import KINDS, Header
from plugins.models.blocks import BLOCKS, BlockOptions
from plugins.models.data import AddressData, SiteData, TermData, TermsData, ThemeData
from plugins.models.fields import FilePath, ImageFile, Mailbox, OldAddress, WebAddress

# What shows a no-break space.
_SHOWN = "␣"
_SECTION = re.compile(r"(<!-- champs:(?P<name>\S+) -->\n).*?(?=<!-- /champs -->)", re.DOTALL)

# What an example is when the model gives none (`Field(examples=[…])`): by type, by validator, by
# name in a model, by name.
_BY_NAME = {
    "Attachment.titre": "Le programme",
    "ButtonBlock.adresse": "https://exemple.fr/inscription",
    "CalloutBlock.titre": "Vous serez des nôtres ?",
    "NamedLink.titre": "Notre site",
    "Place.nom": "Grande Arche, salle 4",
    "Session.titre": "Deuxième réunion",
    "SiteData.accroche": "le réseau des cadres dirigeants",
    "SiteData.nom": "Passerelle",
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
    "identifiant": "convention-2024",
    "intervenants": "[Camille Exemple]",
    "lang": "fr",
    "legende": "Le Havre, 14 juin 2023",
    "libelle": "adhérents",
    "menu": "20",
    "mois": "utiles",
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
    "unite": "€",
    "ville": "Le Havre",
    "voir_aussi": "[statut-collaborateur-de-cabinet]",
}
_BY_VALIDATOR = tuple(
    (get_args(alias)[-1], example)
    for alias, example in (
        (Mailbox, "contact@exemple.fr"),
        (WebAddress, "https://exemple.fr/inscription"),
        (ImageFile, "images/le-havre.svg"),
        (FilePath, "documents/programme.pdf"),
        (OldAddress, "/2019/bilan/"),
    )
)
_BY_TYPE: dict[type, str] = {
    bool: "oui",
    Decimal: "1 220",
    Published: "2024-01-08",
    Moment: "2024-03-25",
}

# What an editor writes in `debut` and `fin`; what is shown of it comes from the code.
_DATES = (
    ("2024-03-25", None),
    ("2024-03-25", "2024-03-26"),
    ("2024-02-07 17:00", None),
    ("2024-02-07 17:00", "18:30"),
    ("2024-06-11 14:00", "2024-06-12 12:30"),
    ("2024-03", None),
    ("2024-T4", None),
    ("2024-S1", None),
    ("2024-22", None),
    ("2024", None),
    ("2024-03-25?", None),
)
_TEXTS = (
    'Qui dit "partage" ?',
    "l'an prochain : à 9 h 30",
    "1220 adhérents, 1 220 adhérents",
    "le 1ère réunion, la 2ème",
    "M. Martin, n°3, art. 12",
    "Suite...",
    "50% des 3 M€",
)


def renewed(guide: str) -> str:
    """Return the guide with its tables made anew and its prose typeset.

    Raises KeyError for a table that nothing makes.
    """
    made = tables()
    guide = _SECTION.sub(lambda found: f"{found[1]}\n{made[found['name']]}\n\n", guide)
    return "".join(_typeset_lines(guide))


def _typeset_lines(guide: str) -> Iterator[str]:
    """Yield the lines, typeset but for code, rules of tables and signs shown for themselves."""
    in_code = False
    for line in guide.splitlines(keepends=True):
        is_fence = line.lstrip().startswith("```")
        in_code ^= is_fence
        alone = in_code or is_fence or _SHOWN in line or not line.strip("|- \n")
        yield line if alone else typeset(line)


def renew(guide: Path) -> bool:
    """Write the guide's tables anew; return True when they have changed."""
    old = guide.read_text(encoding="utf-8")
    new = renewed(old)
    if new != old:
        guide.write_text(new, encoding="utf-8")
    return new != old


def tables() -> dict[str, str]:
    """Return every table that the guide can hold, by name, in Markdown."""
    return {
        "commun": _table("Champ", _rows(Header)),
        **{kind.name: _table("Champ", _rows(kind.header, known=Header)) for kind in KINDS},
        "site": _table("Champ", _rows(SiteData)),
        "termes": _table("Champ", _rows(TermData)),
        "mots": _table("Champ", _rows(TermsData)),
        "themes": _table("Champ", _rows(ThemeData)),
        "adresses": _table("Champ", _rows(AddressData)),
        "blocs": _blocks(),
        **{f"bloc:{name}": _block(block) for name, block in BLOCKS.items()},
        "dates": _dates(),
        "typographie": _typography(),
    }


def _table(first: str, rows: Iterator[tuple[str, ...]]) -> str:
    return _markdown((first, "Obligatoire", "Ce qu’on y écrit", "Exemple"), rows)


def _markdown(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _rows(
    model: type[BaseModel], known: type[BaseModel] | None = None, depth: int = 0
) -> Iterator[tuple[str, ...]]:
    """Yield a line per field, those of a group below; the fields of `known` are left out."""
    for name, field in model.model_fields.items():
        if known and _same(field, known.model_fields.get(name)):
            continue
        inner = model_of(field)
        yield (
            "↳ " * depth + f"`{field.alias or name}`",
            "**oui**" if field.is_required() else "non",
            _what(field, inner),
            "↓" if inner else _example(field, model.__name__),
        )
        if inner:
            yield from _rows(inner, depth=depth + 1)


def _same(field: FieldInfo, other: FieldInfo | None) -> bool:
    return other is not None and (field.is_required(), field.description, field.default) == (
        other.is_required(),
        other.description,
        other.default,
    )


def _what(field: FieldInfo, inner: type[BaseModel] | None) -> str:
    """Return the description, the limit and the default of a field."""
    sentences = [field.description or ""]
    several = _is_list(field.annotation)
    if inner:
        sentences.append("Une liste ; pour chaque élément :" if several else "Un groupe :")
    elif several:
        sentences.append("Un ou plusieurs.")
    limit = next((m.max_length for m in _metadata(field) if getattr(m, "max_length", None)), None)
    if limit and "caractères" not in sentences[0]:
        sentences.append(f"{limit} caractères au plus.")
    if isinstance(field.default, bool | str | int):
        sentences.append(f"À défaut : {_written(field.default)}.")
    return " ".join(sentences)


def _written(value: bool | str | int) -> str:  # noqa: FBT001 - a default of any type
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _example(field: FieldInfo, model: str) -> str:
    """Return the examples of a field: the model's own, else the nearest to the field."""
    examples = field.examples or [_nearest_example(field, model)]
    return " ou ".join(f"`{example}`" for example in examples if example)


def _nearest_example(field: FieldInfo, model: str) -> str:
    for kind in types_in(field.annotation):
        if issubclass(kind, StrEnum):
            return str(
                next(iter(kind)) if field.is_required() else field.default or next(iter(kind))
            )
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
    metadata = list(_metadata(field))
    for validator, example in _BY_VALIDATOR:
        if validator in metadata:
            return example
    return _BY_NAME.get(f"{model}.{field.alias}") or _BY_NAME.get(field.alias or "", "")


def _is_list(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Return True for a list, False for a pair, whose length is set."""
    arguments = get_args(annotation)
    return arguments[-1:] == (...,) or any(_is_list(argument) for argument in arguments)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    yield from _metadata_of(field.annotation)


def _metadata_of(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    yield from getattr(annotation, "__metadata__", ())
    for argument in getattr(annotation, "__args__", ()):
        yield from _metadata_of(argument)


def _blocks() -> str:
    rows = (
        (f"`{name}`", block.SUMMARY, "oui" if block.HAS_CONTENT else "non")
        for name, block in BLOCKS.items()
    )
    return _markdown(("Bloc", "Ce qu’il montre", "Prend un texte"), rows)


def _block(block: type[BlockOptions]) -> str:
    if not block.model_fields:
        return "Ce bloc n’a pas d’option."
    return _table("Option", _rows(block))


def _dates() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for start, end in _DATES:
            first = parse_moment(start)
            period = Period(first, parse_end(end, first) if end else None)
            yield f"`{start}`", f"`{end}`" if end else "", when(period)

    return _markdown(("`debut`", "`fin`", "Ce que lit le lecteur"), rows())


def _typography() -> str:
    shown = str.maketrans({NBSP: _SHOWN, NARROW_NBSP: _SHOWN})
    rows = ((f"`{text}`", typeset(text).translate(shown)) for text in _TEXTS)
    return _markdown(("Vous écrivez", "Le site affiche"), rows)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        renew(Path(argument))
