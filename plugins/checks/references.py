"""Checks of references to published contents, by name or by link, and of unique addresses."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.checks.excerpts import check_excerpts
from plugins.content.pictures import is_picture_name
from plugins.content.record import AnyRecord, has_header
from plugins.faults import START, ContentError, Edit, KeyPath, Level, Position, shorten
from plugins.french.typography import fold
from plugins.library.former import redirections
from plugins.library.index import Index
from plugins.library.links import (
    FILE_OF_BLOCK,
    BrokenLinkError,
    folder_of,
    missing,
    named_links,
    nearest,
    picture_fault,
    same_file,
    unpublished,
)
from plugins.library.selection import State
from plugins.models import KINDS, ArticleHeader, EventHeader, JobHeader
from plugins.models.blocks import AgendaBlock, FiguresBlock
from plugins.models.event import EVERYONE

_SEVERAL = re.compile(r"[,;]| et ")
_KINDS = {kind.name: kind for kind in KINDS}


def check(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    """Yield a fault per reference of a content to a missing or unpublished content or file."""
    for kind, path, name in _references(record):
        if message := _fault(kind, name, index):
            yield record.error(path, message)
    yield from _check_files(record, index)
    yield from _check_blocks(record, index)
    yield from check_excerpts(record, index)
    yield from _check_see_also(record, index)


def check_unique(records: list[AnyRecord], reserved: Mapping[str, str]) -> Iterator[ContentError]:
    """Yield a fault per content whose address, or alias, is already taken.

    `reserved` maps the addresses of the site's own pages to their French names.
    """
    taken: dict[str, AnyRecord] = {}
    for record in sorted(records, key=_claim):
        name = "numero" if record.kind.name == "letter" else "slug"
        path: KeyPath = (name,) if (name,) in record.positions else ()
        value = str(getattr(record.header, "number", None) or record.slug)
        if record.address in reserved:
            yield record.error(
                path,
                f"{shorten(value)} : l’adresse {record.address} est prise par "
                f"{reserved[record.address]}. Changez « slug » ou le nom du fichier.",
                field=name,
            )
        elif record.address in taken:
            remedy = (
                "Donnez un autre numéro à l’une des deux lettres."
                if name == "numero"
                else "Changez « slug » ou le nom de l’un des deux fichiers."
            )
            other = taken[record.address].path.as_posix()
            yield record.error(
                path,
                f"{shorten(value)} : l’adresse {record.address} est déjà celle de {other}. "
                f"{remedy}",
                field=name,
            )
        else:
            taken[record.address] = record
    yield from _check_old_addresses(records, set(taken) | set(reserved))
    yield from _check_identifiers(records)


def _check_identifiers(records: list[AnyRecord]) -> Iterator[ContentError]:
    """Yield a fault per content that bears the identifier of another one, as a copy of it does."""
    bearers: dict[str, AnyRecord] = {}
    for record in records:
        if identifier := record.header.identifier:
            first = bearers.setdefault(identifier, record)
            if first is not record:
                yield record.error(
                    ("identifiant",),
                    f"{shorten(identifier)} est déjà celui de {first.path.as_posix()}. "
                    "Donnez à chaque contenu le sien.",
                )


def _claim(record: AnyRecord) -> tuple[bool, str]:
    """Sort key: of two contents with the same address, the content with a `slug` is at fault."""
    return (record.header.slug is not None, record.path.as_posix())


def check_addresses(index: Index, planned: list[str]) -> Iterator[ContentError]:
    """Yield a fault per content, static file or alias with the address of a planned page or file.

    `planned` holds every address of the site, except those reserved in `check_unique`. Two contents
    of one address are told there.
    """
    counts = Counter(planned)
    own = Counter(record.address for record in index.published)
    for record in index.published:
        if counts[record.address] > 1 == own[record.address]:
            yield record.error(
                ("slug",) if ("slug",) in record.positions else (),
                f"{shorten(record.slug)} : l’adresse {record.address} est celle d’une page que le "
                "site fabrique. Changez « slug » ou le nom du fichier.",
                field="slug",
            )
    for address, times in counts.items():
        if times > 1 and address[1:] in index.contents.static:
            yield ContentError(
                Path(index.contents.root.name, address[1:]),
                START,
                None,
                f"l’adresse {address} est celle d’un fichier que le site fabrique. "
                "Renommez ce fichier ou changez-le de dossier.",
            )
    known = set(planned) - {record.address for record in index.published}
    for record in index.published:
        for number, old in enumerate(record.header.old_addresses):
            if old in known:
                yield record.error(("alias", number), _taken(old))


def _taken(old: str) -> str:
    return f"{shorten(old)} est l’adresse d’une page qui existe. Retirez cet alias."


def _check_old_addresses(records: list[AnyRecord], addresses: set[str]) -> Iterator[ContentError]:
    claimed: dict[str, AnyRecord] = {}
    for record in records:
        for number, old in enumerate(record.header.old_addresses):
            if old in addresses:
                yield record.error(("alias", number), _taken(old))
            elif old in claimed:
                yield record.error(
                    ("alias", number),
                    f"{shorten(old)} est déjà un alias de "
                    f"{claimed[old].path.as_posix()}. Gardez l’un des deux.",
                )
            claimed.setdefault(old, record)


def _references(record: AnyRecord) -> Iterator[tuple[str, KeyPath, str]]:
    if record.header.organisation:
        yield "organisation", ("organisation",), record.header.organisation
    if has_header(record, ArticleHeader):
        if record.header.event:
            yield "event", ("evenement",), record.header.event
        for number, name in enumerate(record.header.groups):
            path: KeyPath = ("collectifs", number)
            yield "group", path, name
    if has_header(record, EventHeader) and record.header.group and record.header.group != EVERYONE:
        yield "group", ("collectif",), record.header.group


def _fault(kind: str, name: str, index: Index, *, in_block: bool = False) -> str | None:
    """Return the message for a name without a published content, None for a valid name."""
    if index.find(kind, name) or index.find(kind, name, State.BROKEN):
        return None
    noun = _KINDS[kind].label.lower()
    if any(index.find(kind, part.strip()) for part in _SEVERAL.split(name)):
        one = "une seule" if kind == "organisation" else "un seul"
        return f"{shorten(name)} : {one} {noun} est possible ici. {_remedy(in_block=in_block)}"
    if index.find(kind, name, State.UNPUBLISHED):
        return (
            f"{shorten(name)} n’est pas publié (brouillon, à paraître ou expiré). "
            "Publiez-le ou retirez cette mention."
        )
    choices = [*index.slugs(kind), *([EVERYONE] if kind == "group" else [])]
    folded = {fold(choice): choice for choice in choices}
    close = get_close_matches(fold(name), folded, n=1, cutoff=0.5)
    hint = (
        f"Vouliez-vous « {folded[close[0]]} » ?"
        if close
        else f"Écrivez le nom d’un fichier du dossier « {_KINDS[kind].folder} », sans « .md »."
    )
    unknown = "inconnue" if kind == "organisation" else "inconnu"
    return f"{shorten(name)} : {noun} {unknown}. {hint}"


def _remedy(*, in_block: bool) -> str:
    """Return the remedy for several names in a place for a single name."""
    return "Écrivez un bloc pour chacun." if in_block else "N’en gardez qu’un nom."


def _check_files(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    files: list[tuple[KeyPath, str]] = []
    if record.header.image:
        files.append((("image", "fichier"), record.header.image.file))
    if has_header(record, EventHeader):
        files.extend(
            (("documents", number, "fichier"), document.file)
            for number, document in enumerate(record.header.documents)
        )
    for path, file in files:
        if file in index.contents.static:
            is_shown = path[0] == "image" or is_picture_name(file)
            said = picture_fault(file, index.contents.path_of(file)) if is_shown else None
            if said:
                yield record.error(path, said)
            continue
        same = same_file(file, index.contents.static)
        close = get_close_matches(file, list(index.contents.static), n=1, cutoff=0.6)
        near = same or next(iter(close), None)
        hint = f"Vouliez-vous « {near} » ?" if near else "Déposez le fichier ou corrigez."
        message = f"{shorten(file)} : aucun fichier « content/{file} ». {hint}"
        yield record.error(path, message, edits=_right(record.locate(path), file, same))


def _check_blocks(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    for block in record.body.blocks():
        options = block.options
        name = f"/// {options.NAME}"
        if options.ARGUMENT in _KINDS and block.argument:
            message = _fault(options.ARGUMENT, block.argument, index, in_block=True)
            if message:
                yield record.error_at(block.position, name, message)
        if isinstance(options, AgendaBlock) and options.group:
            message = _fault("group", options.group, index, in_block=True)
            if message and options.group != EVERYONE:
                yield record.error_at(block.place("collectif"), f"{name} collectif", message)
        if isinstance(options, AgendaBlock) and options.audience:
            message = _audience_fault(options.audience, index)
            if message:
                yield record.error_at(
                    block.place("public"), f"{name} public", message, Level.WARNING
                )
        if isinstance(options, FiguresBlock):
            message = _fault("organisation", options.organisation, index, in_block=True)
            if message:
                yield record.error_at(block.place("organisation"), f"{name} organisation", message)


def _audience_fault(audience: str, index: Index) -> str | None:
    audiences = index.audiences
    folded = {fold(known) for known in audiences}
    if fold(audience) in folded:
        return None
    if all(fold(part) in folded for part in _SEVERAL.split(audience)):
        return f"{shorten(audience)} : un seul public est possible ici. {_remedy(in_block=True)}"
    known = ", ".join(sorted(audiences, key=fold)) or "aucun"
    return f"{shorten(audience)} : aucun événement n’a ce public. Publics connus : {known}."


def _check_see_also(record: AnyRecord, index: Index) -> Iterator[ContentError]:
    if not has_header(record, JobHeader) or not record.header.see_also:
        return
    known = index.once(_known_names)
    for number, name in enumerate(record.header.see_also):
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
            hint = f"Vouliez-vous « {close[0]} » ?" if close else "Écrivez un nom de fichier."
            yield record.error(
                ("voir_aussi", number), f"{shorten(name)} : aucun contenu publié de ce nom. {hint}"
            )


def _known_names(index: Index) -> frozenset[str]:
    """Return the slugs and the file names that « voir_aussi » may name."""
    return frozenset(
        name
        for other in (*index.published, *index.broken)
        for name in (other.slug, other.path.stem)
    )


def check_links(
    record: AnyRecord, index: Index, addresses: Collection[str] | None
) -> Iterator[ContentError]:
    """Yield a fault per broken link of a content.

    `addresses` are the root-relative addresses of the plan; None before the site is planned.
    """
    contents = index.contents
    for name, link in named_links(record):
        try:
            address = index.resolve(record, link.target)
        except BrokenLinkError as error:
            edits = _right(link.position, link.target, error.right)
            yield record.error_at(link.position, name, str(error), edits=edits)
            continue
        path = unquote(urlsplit(address).path)
        if link.is_image:
            is_from_root = name == FILE_OF_BLOCK
            written = link.target.removeprefix("/") if is_from_root else link.target
            folder = None if is_from_root else folder_of(record)
            if fault := _image_fault(written, address, index, folder):
                edits = _right(link.position, written, fault.right)
                yield record.error_at(link.position, name, str(fault), edits=edits)
        elif is_picture_name(path) and path[1:] in contents.static:
            if message := picture_fault(link.target, contents.path_of(path[1:])):
                yield record.error_at(link.position, name, message)
        elif addresses is not None and address.startswith("/") and path not in addresses:
            fault = _no_page(link.target, path, index, addresses)
            edits = _right(link.position, link.target, fault.right)
            yield record.error_at(link.position, name, str(fault), edits=edits)


def _right(place: Position, written: str, right: str | None) -> tuple[Edit, ...]:
    """Return the edit that puts the right form of a name or link, if there is one."""
    return (Edit(place, written, right),) if right else ()


def _image_fault(
    written: str, address: str, index: Index, folder: str | None
) -> BrokenLinkError | None:
    if not address.startswith("/"):
        return BrokenLinkError(
            f"{shorten(written)} est sur un autre site, qui saurait qui lit cette page. "
            "Déposez l’image dans « content/images »."
        )
    contents = index.contents
    file = unquote(urlsplit(address).path)[1:]
    if file not in contents.static:
        return missing(written, file, contents.static, folder)
    said = picture_fault(written, contents.path_of(file))
    return BrokenLinkError(said) if said else None


def _no_page(target: str, path: str, index: Index, addresses: Collection[str]) -> BrokenLinkError:
    if any(record.address == path for record in index.unpublished):
        return BrokenLinkError(unpublished(target))
    right = None
    near = nearest(path, addresses)
    hint = f"Vouliez-vous « {near} » ?" if near else "Corrigez ou retirez le lien."
    if moved := index.once(redirections).get(path):
        message = (
            f"{shorten(target)} : la page est maintenant à l’adresse « {moved} ». Corrigez le lien."
        )
        return BrokenLinkError(message, moved if target == path else None)
    if path + "/" in addresses:
        hint = f"Ajoutez la barre finale : « {path}/ »."
        right = f"{path}/" if target == path else None
    return BrokenLinkError(f"{shorten(target)} : aucune page à cette adresse. {hint}", right)
