"""Whether what one content says of another is true: the other exists, is published, is unique."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.checks.oversights import oversights
from plugins.content.image_size import is_picture
from plugins.faults import START, ContentError, Level, shorten
from plugins.french.typography import fold
from plugins.front_matter.yaml_fields import KeyPath
from plugins.library.link_remedies import not_a_picture
from plugins.models import Header
from plugins.models.blocks import AgendaBlock, FiguresBlock
from plugins.models.event import EVERYONE
from plugins.views.entries import ArticleEntry, Entry, EventEntry, JobEntry

if TYPE_CHECKING:
    from plugins.library.library import Library

# An approximate date deserves a reminder when its period begins in fewer days than this.
SOON = 60
# Beyond that many days, a year is more often mistyped than meant.
FAR = 5 * 366

_SEVERAL = re.compile(r"[,;]| et ")
_NOUNS = {
    "article": "article",
    "event": "événement",
    "group": "collectif",
    "organisation": "organisation",
}
_FOLDERS = {
    "article": "articles",
    "event": "evenements",
    "group": "collectifs",
    "organisation": "organisations",
}


def check(entry: Entry[Header], library: "Library") -> Iterator[ContentError]:
    """Yield a fault per reference of a content that names nothing published."""
    for kind, path, name in _references(entry):
        if message := _fault(kind, name, library):
            yield entry.error(path, message)
    yield from _check_files(entry, library)
    yield from _check_blocks(entry, library)
    yield from _check_see_also(entry, library)


def check_unique(entries: list[Entry[Header]], reserved: dict[str, str]) -> Iterator[ContentError]:
    """Yield a fault per content whose address another content, or a page of the site, has.

    `reserved` maps the addresses of the site's own pages to what they are.
    """
    taken: dict[str, Entry[Header]] = {}
    for entry in sorted(entries, key=_claim):
        name = "numero" if entry.kind.name == "letter" else "slug"
        path: KeyPath = (name,) if (name,) in entry.document.positions else ()
        value = str(entry.document.values.get(name) or entry.slug)
        if entry.address in reserved:
            yield entry.error(
                path,
                f"{shorten(value)} : l’adresse {entry.address} est prise par "
                f"{reserved[entry.address]}. Changez « slug » ou le nom du fichier.",
                field=name,
            )
        elif entry.address in taken:
            remedy = (
                "Donnez un autre numéro à l’une des deux lettres."
                if name == "numero"
                else "Changez « slug » ou le nom de l’un des deux fichiers."
            )
            other = taken[entry.address].document.path.as_posix()
            yield entry.error(
                path,
                f"{shorten(value)} : l’adresse {entry.address} est déjà celle de {other}. {remedy}",
                field=name,
            )
        else:
            taken[entry.address] = entry
    yield from _check_old_addresses(entries, set(taken) | set(reserved))


def _claim(entry: Entry[Header]) -> tuple[bool, str]:
    """Order contents by their right to an address: a `slug` that is written can be changed."""
    return ("slug" in entry.document.values, entry.document.path.as_posix())


def check_addresses(library: "Library", planned: list[str]) -> Iterator[ContentError]:
    """Yield a fault per file or alias that takes the address of one of the site's own pages.

    `planned` are the addresses of all pages and files but those that `check_unique` knows as
    reserved.
    """
    for address, times in Counter(planned).items():
        if times > 1 and address[1:] in library.static:
            yield ContentError(
                Path(library.root.name, address[1:]),
                START,
                None,
                f"l’adresse {address} est celle d’un fichier que le site fabrique. "
                "Renommez ce fichier ou changez-le de dossier.",
            )
    known = set(planned) - {entry.address for entry in library.entries}
    for entry in library.entries:
        for number, old in enumerate(entry.header.old_addresses):
            if old in known:
                yield entry.error(("alias", number), _taken(old))


def _taken(old: str) -> str:
    return f"{shorten(old)} est l’adresse d’une page qui existe. Retirez cet alias."


def _check_old_addresses(
    entries: list[Entry[Header]], addresses: set[str]
) -> Iterator[ContentError]:
    claimed: dict[str, Entry[Header]] = {}
    for entry in entries:
        for number, old in enumerate(entry.header.old_addresses):
            if old in addresses:
                yield entry.error(("alias", number), _taken(old))
            elif old in claimed:
                yield entry.error(
                    ("alias", number),
                    f"{shorten(old)} est déjà un alias de "
                    f"{claimed[old].document.path.as_posix()}. Gardez l’un des deux.",
                )
            claimed.setdefault(old, entry)


def _references(entry: Entry[Header]) -> Iterator[tuple[str, KeyPath, str]]:
    if entry.header.organisation:
        yield "organisation", ("organisation",), entry.header.organisation
    if isinstance(entry, ArticleEntry):
        if entry.header.event:
            yield "event", ("evenement",), entry.header.event
        for number, name in enumerate(entry.header.groups):
            path: KeyPath = ("collectifs", number)
            yield "group", path, name
    if isinstance(entry, EventEntry) and entry.header.group and not entry.everyone:
        yield "group", ("collectif",), entry.header.group


def _fault(kind: str, name: str, library: "Library", *, in_block: bool = False) -> str | None:
    """Return why a reference cannot be followed, None when it can."""
    if library.find(kind, name) or library.find_broken(kind, name):
        return None
    noun = _NOUNS[kind]
    if any(library.find(kind, part.strip()) for part in _SEVERAL.split(name)):
        one = "une seule" if kind == "organisation" else "un seul"
        return f"{shorten(name)} : {one} {noun} est possible ici. {_remedy(in_block=in_block)}"
    if library.find_unpublished(kind, name):
        return (
            f"{shorten(name)} n’est pas publié (brouillon, à paraître ou expiré). "
            "Publiez-le ou retirez cette mention."
        )
    choices = [*library.slugs(kind), *([EVERYONE] if kind == "group" else [])]
    folded = {fold(choice): choice for choice in choices}
    close = get_close_matches(fold(name), folded, n=1, cutoff=0.5)
    hint = (
        f"Vouliez-vous « {folded[close[0]]} » ?"
        if close
        else f"Écrivez le nom d’un fichier du dossier « {_FOLDERS[kind]} », sans « .md »."
    )
    unknown = "inconnue" if kind == "organisation" else "inconnu"
    return f"{shorten(name)} : {noun} {unknown}. {hint}"


def _remedy(*, in_block: bool) -> str:
    """Return what to do when several are named where one is taken."""
    return "Écrivez un bloc pour chacun." if in_block else "N’en gardez qu’un nom."


def _check_files(entry: Entry[Header], library: "Library") -> Iterator[ContentError]:
    files: list[tuple[KeyPath, str]] = []
    if entry.header.image:
        files.append((("image", "fichier"), entry.header.image.file))
    if isinstance(entry, EventEntry):
        files.extend(
            (("documents", number, "fichier"), document.file)
            for number, document in enumerate(entry.header.documents)
        )
    for path, file in files:
        if file in library.static:
            if path[0] == "image" and not is_picture(library.root / file):
                yield entry.error(path, not_a_picture(file))
            continue
        close = get_close_matches(file, list(library.static), n=1, cutoff=0.6)
        hint = f"Vouliez-vous « {close[0]} » ?" if close else "Déposez le fichier ou corrigez."
        yield entry.error(path, f"{shorten(file)} : aucun fichier « content/{file} ». {hint}")


def _check_blocks(entry: Entry[Header], library: "Library") -> Iterator[ContentError]:
    for block in entry.body.blocks():
        options = block.options
        name = f"/// {options.NAME}"
        if options.ARGUMENT and block.argument:
            message = _fault(options.ARGUMENT, block.argument, library, in_block=True)
            if message:
                yield entry.error_at(block.position, name, message)
        if isinstance(options, AgendaBlock) and options.group:
            message = _fault("group", options.group, library, in_block=True)
            if message and options.group != EVERYONE:
                yield entry.error_at(block.place("collectif"), f"{name} collectif", message)
        if isinstance(options, AgendaBlock) and options.audience:
            message = _audience_fault(options.audience, library)
            if message:
                yield entry.error_at(
                    block.place("public"), f"{name} public", message, Level.WARNING
                )
        if isinstance(options, FiguresBlock):
            message = _fault("organisation", options.organisation, library, in_block=True)
            if message:
                yield entry.error_at(block.place("organisation"), f"{name} organisation", message)


def _audience_fault(audience: str, library: "Library") -> str | None:
    audiences = {a for event in library.events for a in event.audience}
    folded = {fold(known) for known in audiences}
    if fold(audience) in folded:
        return None
    if all(fold(part) in folded for part in _SEVERAL.split(audience)):
        return f"{shorten(audience)} : un seul public est possible ici. {_remedy(in_block=True)}"
    known = ", ".join(sorted(audiences, key=fold)) or "aucun"
    return f"{shorten(audience)} : aucun événement n’a ce public. Publics connus : {known}."


def _check_see_also(entry: Entry[Header], library: "Library") -> Iterator[ContentError]:
    if not isinstance(entry, JobEntry):
        return
    known = {
        name
        for other in (*library.entries, *library.broken)
        for name in (other.slug, other.document.path.stem)
    }
    for number, name in enumerate(entry.header.see_also):
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
            hint = f"Vouliez-vous « {close[0]} » ?" if close else "Écrivez un nom de fichier."
            yield entry.error(
                ("voir_aussi", number), f"{shorten(name)} : aucun contenu publié de ce nom. {hint}"
            )


def remind(entry: Entry[Header], library: "Library", today: date) -> Iterator[ContentError]:
    """Yield what is no fault but deserves a look: an unknown theme, an approximate date near."""
    yield from oversights(entry, library, today)
    known = {fold(theme.name): theme.name for theme in library.theme_data}
    for number, name in enumerate(entry.header.themes):
        if known and fold(name) not in known:
            close = get_close_matches(fold(name), known, n=1, cutoff=0.5)
            hint = (
                f"Vouliez-vous « {known[close[0]]} » ?" if close else "Ajoutez-le si c’est voulu."
            )
            path: KeyPath = ("themes", number)
            yield entry.error(
                path,
                f"{shorten(name)} n’est pas dans donnees/themes.yaml. {hint}",
                Level.WARNING,
            )
    if isinstance(entry, EventEntry):
        for occurrence in entry.occurrences:
            days = (occurrence.period.first_day - today).days
            path = ("seances", occurrence.number - 1, "debut") if occurrence.number else ("debut",)
            start = occurrence.period.start
            if occurrence.is_approximate and not occurrence.is_past and days < SOON:
                when = f"dans {days} {'jour' if days == 1 else 'jours'}" if days > 0 else "déjà"
                yield entry.error(
                    path,
                    f"« {start} » est encore approximatif, et la période commence {when}. "
                    "Donnez le jour dès qu’il est connu.",
                    Level.WARNING,
                )
            if days > FAR:
                yield entry.error(
                    path,
                    f"« {start} » est dans {start.first.year - today.year} ans. Vérifiez l’année.",
                    Level.WARNING,
                )
