"""Reading of the content folder: each file once, into a record or the site's data."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from plugins.content.folder import (
    DATA_FOLDER,
    JOURNAL,
    UNREADABLE,
    ContentFile,
    ContentFolder,
    composed,
    scan,
)
from plugins.content.pictures import StaticFile, measured
from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import START, ContentError, KeyPath, Position, shorten
from plugins.french.slugs import slugify
from plugins.french.spelling import unknown_words
from plugins.french.typography import fold
from plugins.front_matter.document import Document, read_data, read_document
from plugins.front_matter.validation import known_keys, resolve_synonyms, salvage, validate
from plugins.front_matter.yaml_fields import Value
from plugins.markdown.bodies import Body
from plugins.markdown.conversion import render
from plugins.models import KINDS, GroupHeader, Header, Kind, LetterHeader, OrganisationHeader
from plugins.models.data import (
    DATA_FILES,
    AddressData,
    AddressesData,
    SendingsData,
    SiteData,
    TermsData,
    ThemeData,
    ThemesData,
)
from plugins.models.fields import GroupKind, Status, prose_in

# The addresses that do not begin with the name of the folder.
_FOLDER_ADDRESSES = {"article": "/actualites/", "page": "/"}
_SUMMARY_LIMIT = 300
# Fields that every content needs: without them, a header still shows its type.
_OF_ALL = ("titre", "resume")


K = TypeVar("K")
V = TypeVar("V")

NameKey: TypeAlias = tuple[str, str]
"""A type of contents, and a name as names are matched."""


@dataclass(frozen=True)
class Contents:
    """The records of a content folder, in the order of the files, and its data.

    `static` holds the files that may be published as they are, by their path relative to `root`,
    in NFC; `files` where each is on the disk. `site_document` and `addresses_document` hold
    the places of the values of `site.yaml` and of `adresses.yaml`.
    `faults` are those of the folder and of the data; each record holds its own.
    """

    root: Path
    records: tuple[AnyRecord, ...]
    site: SiteData
    site_document: Document
    themes: tuple[ThemeData, ...]
    static: Mapping[str, StaticFile]
    faults: tuple[ContentError, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    addresses: tuple[AddressData, ...] = ()
    addresses_document: Document | None = None
    terms: TermsData = field(default_factory=TermsData)

    def path_of(self, file: str) -> Path:
        """Return the path on the disk of a static file, named relative to `root`."""
        return self.files.get(file) or self.root / file

    def file_of(self, address: str) -> Path:
        """Return the path of the static file at an address of the site."""
        return self.path_of(_path_at(address))

    def static_at(self, address: str) -> StaticFile:
        """Return the static file at an address of the site; a missing file has only a suffix."""
        path = _path_at(address)
        return self.static.get(path) or StaticFile(PurePosixPath(path).suffix.lower())

    def named(self, kind: str, name: str) -> Sequence[AnyRecord]:
        """Return the contents of a type by a name in a reference, by decreasing priority."""
        return self.by_name.get(name_key(kind, name), ())

    @cached_property
    def by_path(self) -> dict[Path, AnyRecord]:
        """The contents by the path of their file in messages."""
        return {Path(composed(record.path)): record for record in self.records}

    @cached_property
    def by_address(self) -> dict[str, list[AnyRecord]]:
        """The contents at each address, in the order of the files."""
        found: dict[str, list[AnyRecord]] = {}
        for record in self.records:
            found.setdefault(record.address, []).append(record)
        return found

    @cached_property
    def by_name(self) -> dict[NameKey, list[AnyRecord]]:
        """The contents by each name in a reference, by decreasing priority."""
        found: dict[NameKey, list[AnyRecord]] = {}
        for rank in zip(*map(_names, self.records), strict=True):
            for record, names in zip(self.records, rank, strict=True):
                for name in filter(None, names):
                    found.setdefault(name_key(record.kind.name, name), []).append(record)
        return found

    def source_of(self, record: AnyRecord) -> str:
        """Return the Markdown of a content, read again from its file: few faults need it."""
        data, _ = _bytes_of(self.root.parent / record.path, record.path)
        document, _ = read_document(record.path, data or b"")
        return document.body if document else ""

    def replacing(self, records: Iterable[AnyRecord]) -> "Contents":
        """Return the contents with records in the place of those of the same files."""
        new = {record.path: record for record in records}
        found = replace(self, records=tuple(new.get(r.path, r) for r in self.records))
        found.take_tables(self)
        return found

    def changes_since(self, before: "Contents") -> list[AnyRecord]:
        """Return the contents that are gone or were edited since, and those new or edited."""
        now, then = set(map(id, self.records)), set(map(id, before.records))
        gone = [record for record in before.records if id(record) not in now]
        return gone + [record for record in self.records if id(record) not in then]

    def take_tables(self, before: "Contents") -> None:
        """Take what others have gathered by path, address and name, but for what has changed."""
        changed = self.changes_since(before)
        paths = {Path(composed(record.path)) for record in changed}
        addresses = {record.address for record in changed}
        names = {key for record in changed for key in name_keys(record)}
        touched = {id(record) for record in changed}
        touched.update(id(r) for key in addresses for r in before.by_address.get(key, ()))
        touched.update(id(r) for key in names for r in before.by_name.get(key, ()))
        part = replace(self, records=tuple(r for r in self.records if id(r) in touched))
        vars(self)["by_path"] = _renewed(before.by_path, part.by_path, paths)
        vars(self)["by_address"] = _renewed(before.by_address, part.by_address, addresses)
        vars(self)["by_name"] = _renewed(before.by_name, part.by_name, names)

    def finishing(self, path: Path) -> "Contents":
        """Return the contents with the draft at a path published."""
        draft = self.by_path[Path(composed(path))]
        header = draft.header.model_copy(update={"status": Status.PUBLISHED})
        records = (replace(r, header=header) if r is draft else r for r in self.records)
        return replace(self, records=tuple(records))


def _path_at(address: str) -> str:
    return unquote(urlsplit(address).path).lstrip("/")


def _renewed(table: Mapping[K, V], part: Mapping[K, V], keys: AbstractSet[K]) -> dict[K, V]:
    """Return a table with what a part of it, gathered anew, has under some keys."""
    kept = {key: value for key, value in table.items() if key not in keys}
    return kept | {key: value for key, value in part.items() if key in keys}


def name_key(kind: str, name: str) -> NameKey:
    """Return the key of a name in a reference to a type of contents."""
    return kind, fold(name)


def name_keys(record: AnyRecord) -> frozenset[NameKey]:
    """Return the keys of all names of a content."""
    names = (name for names in _names(record) for name in names if name)
    return frozenset(name_key(record.kind.name, name) for name in names)


def _names(record: AnyRecord) -> tuple[tuple[str | None, ...], ...]:
    """Return the names of a content by decreasing priority: slug, file name, titles, other names.

    The title may be missing from a header at fault.
    """
    first = (record.slug,), (record.path.stem,)
    if has_header(record, GroupHeader):
        group = record.header
        return *first, (group.title, group.short_title), group.other_names
    if has_header(record, OrganisationHeader):
        return *first, (record.header.title,), (record.header.full_name,)
    return *first, (record.header.title,), ()


class Source(NamedTuple):
    """What a record is made of: the type and bytes of a file, its path in messages."""

    kind: Kind
    path: Path
    data: bytes


Reader: TypeAlias = Callable[[Sequence[Source]], Sequence[AnyRecord]]


def read_records(sources: Sequence[Source]) -> list[AnyRecord]:
    """Return the records of files, one after the other."""
    return [read_record(*source) for source in sources]


def read_contents(root: Path, read: Reader = read_records) -> Contents:
    """Return the records and data of a content folder; `read` makes the records."""
    folder = scan(root)
    return _with_data(folder, _records(root, folder.files, read))


def _records(root: Path, files: Iterable[ContentFile], read: Reader) -> tuple[AnyRecord, ...]:
    """Return the records of files; of an unreadable file, a record with only the fault."""
    sources: dict[Path, Source] = {}
    records: dict[Path, AnyRecord | None] = {}
    for file in files:
        shown = Path(root.name) / file.path.relative_to(root)
        data, faults = _bytes_of(file.path, shown)
        records[shown] = None
        if data is None:
            document = Document(shown, {}, "", 1)
            records[shown] = _record(file.kind, document, faults, is_readable=False)
        else:
            sources[shown] = Source(file.kind, shown, data)
    records |= zip(sources, read(tuple(sources.values())), strict=True)
    return tuple(record for record in records.values() if record)


def _with_data(folder: ContentFolder, records: tuple[AnyRecord, ...]) -> Contents:
    """Return the contents of records and of the other files of a folder."""
    data, faults = _read_data_files(folder)
    static = {file: measured(path) for file, path in sorted(folder.static.items())}
    return Contents(
        folder.root,
        records,
        data.site,
        data.site_document,
        data.themes,
        static,
        (*folder.errors, *faults),
        folder.static,
        data.addresses,
        data.addresses_document,
        data.terms,
    )


def read_again(
    contents: Contents, changed: AbstractSet[Path], read: Reader = read_records
) -> Contents:
    """Return the contents after a change of files, of which only those are read again.

    `changed` are paths on the disk, of files and folders. The folder is looked through only when
    another than a content that is still there is among them.
    """
    there = {path: record for path in changed if (record := _still_there(path, contents))}
    if len(there) == len(changed):
        files = [ContentFile(path, record.kind) for path, record in there.items()]
        return contents.replacing(_records(contents.root, files, read))
    folder = scan(contents.root)
    known = {contents.root.parent / record.path: record for record in contents.records}
    touched = set(changed)
    new = [
        file
        for file in folder.files
        if file.path not in known or not touched.isdisjoint((file.path, *file.path.parents))
    ]
    known |= zip((file.path for file in new), _records(contents.root, new, read), strict=True)
    found = _with_data(folder, tuple(known[file.path] for file in folder.files))
    found.take_tables(contents)
    return found


def _still_there(path: Path, contents: Contents) -> AnyRecord | None:
    """Return the content of a file that still is one."""
    base = contents.root.parent
    shown = path.relative_to(base) if path.is_relative_to(base) else path
    record = contents.by_path.get(Path(composed(shown)))
    is_there = record and record.path == shown and path.is_file() and not path.is_symlink()
    return record if is_there else None


def read_record(kind: Kind, path: Path, data: bytes) -> AnyRecord:
    """Return the record of a file's bytes: a pure function of its arguments."""
    document, faults = read_document(path, data)
    is_readable = not faults
    return _record(kind, document or Document(path, {}, "", 1), faults, is_readable=is_readable)


def _record(
    kind: Kind, document: Document, faults: list[ContentError], *, is_readable: bool
) -> AnyRecord:
    body = render(document)
    values, found = resolve_synonyms(document, kind.header)
    faults = [*faults, *found]
    if document.pelican and "resume" not in values:
        values["resume"] = _opening(body, values)
    header = None
    if is_readable:
        header, found = validate(document, kind.header, dict(values))
        faults.extend(_misplaced(kind, document, values, found))
    if header is None:
        name = document.path.stem
        header = salvage(kind.header, {"titre": name, "titre_court": name, **values}, faults)
    slug = _slug(document.path, header, faults)
    return Record(
        document.path,
        slug,
        _address(kind, header, slug),
        header,
        body,
        document.body_line,
        document.positions,
        tuple(faults),
        _unknown_words(header, document.positions),
    )


def _unknown_words(
    header: Header, positions: Mapping[KeyPath, Position]
) -> tuple[tuple[KeyPath, str], ...]:
    """Return the words of the prose of a header that the dictionary does not know."""
    if not header.language.startswith("fr"):
        return ()
    found = {
        (path, word): None
        for path, text in prose_in(header)
        if path[:1] in positions
        for word in unknown_words(text)
    }
    return tuple(found)


def _misplaced(
    kind: Kind, document: Document, values: Mapping[str, Value], faults: list[ContentError]
) -> list[ContentError]:
    """Return the faults of a header; for one that a single other folder takes, that folder.

    Such a folder knows every field, and none that it needs is missing but those of all contents.
    """
    known = known_keys(kind.header)
    strangers = [name for name in values if name not in known]
    if not strangers:
        return faults
    given = {*values, *_OF_ALL}
    takers = [
        other
        for other in KINDS
        if set(values) <= set(known_keys(other.header))
        if all(_top(fault) in given for fault in validate(document, other.header, dict(values))[1])
    ]
    if len(takers) != 1:
        return faults
    message = (
        f"le champ n’existe pas dans « {kind.folder} ». Déplacez le fichier dans "
        f"« {takers[0].folder} », dont il a l’en-tête."
    )
    name = strangers[0]
    place = document.keys[(name,)]
    others = [f for f in faults if _top(f) in given and _top(f) not in strangers]
    return [ContentError(document.path, place, name, message), *others]


def _top(fault: ContentError) -> str:
    return (fault.field or "").partition(".")[0]


def _bytes_of(path: Path, shown: Path) -> tuple[bytes | None, list[ContentError]]:
    try:
        return path.read_bytes(), []
    except OSError:
        return None, [ContentError(shown, START, None, UNREADABLE)]


def _slug(path: Path, header: Header, faults: list[ContentError]) -> str:
    """Return the slug of the header, else of the file's name."""
    if header.slug:
        return header.slug
    try:
        return slugify(path.stem)
    except ValueError:
        message = (
            f"le nom {shorten(path.name)} n’a ni lettre latine ni chiffre : aucune adresse "
            "ne peut en être faite. Renommez le fichier, ou ajoutez « slug »."
        )
        faults.append(ContentError(path, START, "slug", message))
        return ""


def _address(kind: Kind, header: Header, slug: str) -> str:
    if isinstance(header, LetterHeader):
        return f"/lettres/{header.number or slug}/"
    if isinstance(header, GroupHeader):
        folder = "chantiers" if header.kind is GroupKind.CHANTIER else "groupes"
        return f"/{folder}/{slug}/"
    return f"{_FOLDER_ADDRESSES.get(kind.name, f'/{kind.folder}/')}{slug}/"


def _opening(body: Body, values: Mapping[str, object]) -> str:
    """Return the beginning of the text, as the summary of a header without one."""
    text = body.plain_text()
    if len(text) <= _SUMMARY_LIMIT:
        return text or str(values.get("titre") or "…")
    return text[: _SUMMARY_LIMIT - 20].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


class _Data(NamedTuple):
    """What the data files say."""

    site: SiteData
    site_document: Document
    themes: tuple[ThemeData, ...]
    addresses: tuple[AddressData, ...]
    addresses_document: Document | None
    terms: TermsData


def _read_data_files(folder: ContentFolder) -> tuple[_Data, list[ContentError]]:
    faults: list[ContentError] = []
    site: SiteData | None = None
    site_document = Document(folder.shown(folder.root / DATA_FOLDER / "site.yaml"), {}, "", 1)
    themes: tuple[ThemeData, ...] = ()
    addresses: tuple[AddressData, ...] = ()
    addresses_document: Document | None = None
    terms = TermsData()
    for path in folder.data:
        document, data, found = _read_data_file(path, folder)
        faults.extend(found)
        if document and isinstance(data, SiteData):
            site, site_document = data, document
        elif isinstance(data, ThemesData):
            themes = data.themes
        elif isinstance(data, AddressesData):
            addresses, addresses_document = data.addresses, document
        elif isinstance(data, TermsData):
            terms = data
    if site is None:
        if not any(path.stem == "site" for path in folder.data):
            faults.append(
                ContentError(
                    site_document.path,
                    START,
                    None,
                    "le fichier manque : il donne le nom du site. "
                    "Créez-le avec « nom », « accroche », « description » et « contact ».",
                )
            )
        site = SiteData.model_validate(
            {"nom": "Sans nom", "accroche": "…", "description": "…", "contact": "nom@exemple.fr"}
        )
    return _Data(site, site_document, themes, addresses, addresses_document, terms), faults


def _read_data_file(
    path: Path, folder: ContentFolder
) -> tuple[Document | None, BaseModel | None, list[ContentError]]:
    shown = folder.shown(path)
    model = DATA_FILES.get(path.stem)
    # The journal of sendings is read from one place only: elsewhere it would be ignored.
    if model is None or (model is SendingsData and path != folder.root / JOURNAL):
        message = (
            "ce fichier de données n’est lu par aucune page. "
            "Les fichiers possibles sont site.yaml, themes.yaml, termes.yaml, adresses.yaml et "
            "envois.yaml."
        )
        return None, None, [ContentError(shown, START, None, message)]
    data, faults = _bytes_of(path, shown)
    if data is None:
        return None, None, faults
    document, faults = read_data(shown, data, path.stem)
    if document is None:
        return None, None, faults
    valid, found = validate(document, model)
    return document, valid, [*faults, *found]
