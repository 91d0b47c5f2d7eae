"""The tables of the editors' guide, made from the models, so that no field is described twice.

A table stands in a chapter between `<!-- champs:event -->` and `<!-- /champs -->`; its name is
that of a content type, `commun` for the fields that all have, a data file, a block
(`bloc:agenda`), `blocs` for all blocks, `dates`, `dites` or `typographie`. `make docs` renews them
all, and the French spaces of the prose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from plugins.dates.in_words import when
from plugins.dates.moments import Period
from plugins.dates.parsing import parse_end, parse_moment
from plugins.dates.said import read_said
from plugins.french.typography import NARROW_NBSP, NBSP, typeset
from plugins.models import KINDS, Header
from plugins.models.blocks import BLOCKS, BlockOptions
from plugins.models.data import AddressData, SiteData, TermsData, ThemeData
from plugins.models.description import FieldDescription, fields_of, own_fields

# What shows a no-break space.
_SHOWN = "␣"
_SECTION = re.compile(r"(<!-- champs:(?P<name>\S+) -->\n).*?(?=<!-- /champs -->)", re.DOTALL)

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
# What an editor says to `make nouveau` on a day; what the header then states comes from the code.
_SAID_ON = date(2027, 1, 4)
_SAID = (
    "7 février 2027 17h",
    "7 février 2027 de 17h à 18h30",
    "12 mars",
    "25-26 mars 2027",
    "du 30 novembre au 2 décembre 2027",
    "25 mars 2027 à confirmer",
    "mars 2027",
    "T4 2027",
    "été 2027",
    "chaque premier mardi à 17h sauf août",
    "tous les jeudis de 9h à 10h, 10 fois",
    "le 15 de chaque mois jusqu’au 30 juin 2027",
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


def renewed(chapter: str) -> str:
    """Return a chapter with its tables made anew and its prose typeset.

    Raises KeyError for a table that nothing makes.
    """
    made = tables()
    chapter = _SECTION.sub(lambda found: f"{found[1]}\n{made[found['name']]}\n\n", chapter)
    return "".join(_typeset_lines(chapter))


def _typeset_lines(chapter: str) -> Iterator[str]:
    """Yield the lines, typeset but for code, rules of tables and signs shown for themselves."""
    in_code = False
    for line in chapter.splitlines(keepends=True):
        is_fence = line.lstrip().startswith("```")
        in_code ^= is_fence
        alone = in_code or is_fence or _SHOWN in line or not line.strip("|- \n")
        yield line if alone else typeset(line)


def renew(guide: Path) -> list[Path]:
    """Write the tables of a folder of chapters anew; return the chapters that changed."""
    changed = []
    for chapter in sorted(guide.rglob("*.md")):
        old = chapter.read_text(encoding="utf-8")
        if (new := renewed(old)) != old:
            chapter.write_text(new, encoding="utf-8")
            changed.append(chapter)
    return changed


def tables() -> dict[str, str]:
    """Return every table that the guide can hold, by name, in Markdown."""
    return {
        "commun": _table("Champ", _rows(fields_of(Header))),
        **{kind.name: _table("Champ", _rows(own_fields(kind.header, Header))) for kind in KINDS},
        "site": _table("Champ", _rows(fields_of(SiteData))),
        "termes": _table("Champ", _rows(fields_of(TermsData))),
        "themes": _table("Champ", _rows(fields_of(ThemeData))),
        "adresses": _table("Champ", _rows(fields_of(AddressData))),
        "blocs": _blocks(),
        **{f"bloc:{name}": _block(block) for name, block in BLOCKS.items()},
        "dates": _dates(),
        "dites": _said_dates(),
        "typographie": _typography(),
    }


def _table(first: str, rows: Iterator[tuple[str, ...]]) -> str:
    return _markdown((first, "Obligatoire", "Ce qu’on y écrit", "Exemple"), rows)


def _markdown(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _rows(fields: Iterable[FieldDescription], depth: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield a line per field, those of a group below."""
    for field in fields:
        examples = " ou ".join(f"`{example}`" for example in field.examples)
        yield (
            "↳ " * depth + f"`{field.name}`",
            "**oui**" if field.is_required else "non",
            _what(field),
            "↓" if field.fields else examples,
        )
        yield from _rows(field.fields, depth + 1)


def _what(field: FieldDescription) -> str:
    """Return the description, the limit and the default of a field."""
    sentences = [field.description]
    if field.fields:
        sentences.append("Une liste ; pour chaque élément :" if field.is_list else "Un groupe :")
    elif field.is_list:
        sentences.append("Un ou plusieurs.")
    if field.longest and "caractères" not in field.description:
        sentences.append(f"{field.longest} caractères au plus.")
    if field.default:
        sentences.append(f"À défaut : {field.default}.")
    return " ".join(sentences)


def _blocks() -> str:
    rows = (
        (f"`{name}`", block.SUMMARY, "oui" if block.HAS_CONTENT else "non")
        for name, block in BLOCKS.items()
    )
    return _markdown(("Bloc", "Ce qu’il montre", "Prend un texte"), rows)


def _block(block: type[BlockOptions]) -> str:
    if not block.model_fields:
        return "Ce bloc n’a pas d’option."
    return _table("Option", _rows(fields_of(block)))


def _dates() -> str:
    def rows() -> Iterator[tuple[str, ...]]:
        for start, end in _DATES:
            first = parse_moment(start)
            period = Period(first, parse_end(end, first) if end else None)
            yield f"`{start}`", f"`{end}`" if end else "", when(period)

    return _markdown(("`debut`", "`fin`", "Ce que lit le lecteur"), rows())


def _said_dates() -> str:
    rows = (
        (f"`{text}`", "<br>".join(_stated(read_said(text, _SAID_ON).header()))) for text in _SAID
    )
    return _markdown(("Vous dites", "Le fichier porte"), rows)


def _stated(values: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    """Yield the lines of a header, those of a group below it."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield f"`{name}:`"
            yield from _stated(value, depth + 1)
        else:
            told = f"[{', '.join(value)}]" if isinstance(value, list) else value
            yield "↳ " * depth + f"`{name}: {told}`"


def _typography() -> str:
    shown = str.maketrans({NBSP: _SHOWN, NARROW_NBSP: _SHOWN})
    rows = ((f"`{text}`", typeset(text).translate(shown)) for text in _TEXTS)
    return _markdown(("Vous écrivez", "Le site affiche"), rows)
