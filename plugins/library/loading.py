"""From the content folder to the library, with every fault found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel

from plugins.checks.contradictions import find as find_contradictions
from plugins.checks.references import check as check_references, check_unique, remind
from plugins.content.folder import JOURNAL, ContentFile, ContentFolder, scan
from plugins.dates.moments import PARIS
from plugins.faults import START, ContentError, Level, as_warning, shorten
from plugins.french.slugs import slugify
from plugins.front_matter.document import Document, read_data, read_document
from plugins.front_matter.validation import resolve_synonyms, salvage, validate
from plugins.library.history import read_history
from plugins.library.library import Library
from plugins.library.schedule import has_expired, is_published
from plugins.models import Header, LetterHeader, PortraitHeader
from plugins.models.data import SendingsData, SiteData, ThemesData
from plugins.models.fields import GroupKind, Status
from plugins.models.headers import GroupHeader
from plugins.views.entries import ENTRY_CLASSES, Entry

_FOLDER_ADDRESSES = {
    "article": "/actualites/",
    "event": "/evenements/",
    "letter": "/lettres/",
    "organisation": "/organisations/",
    "portrait": "/portraits/",
    "job": "/metiers/",
    "page": "/",
}
_SUMMARY_LIMIT = 300
_DATA_MODELS: dict[str, type[BaseModel]] = {
    "site": SiteData,
    "themes": ThemesData,
    "envois": SendingsData,
}


@dataclass(frozen=True)
class Loaded:
    """The library and the faults; a library with errors is fit for checks, not for publication."""

    library: Library
    faults: tuple[ContentError, ...]


def load(
    root: Path, now: datetime, reserved: dict[str, str], *, finished: Path | None = None
) -> Loaded:
    """Return the contents of a folder as they stand at an instant.

    `now` is aware; `reserved` maps the addresses of the site's own pages to what they are.
    `finished`, a path as documents bear it, is taken for no draft though its header says so.
    """
    folder = scan(root)
    faults = list(folder.errors)
    today = now.astimezone(PARIS).date()
    site, themes = _load_data(folder, faults)
    library = Library(root, today, site, themes.themes, folder.static, read_history(root))
    for file in folder.files:
        entry, found = _load_entry(file, folder, library, finished)
        if found and entry.header.status is Status.DRAFT:
            # A draft may be unfinished: its faults are told, and do not stop the others.
            found = [as_warning(fault) for fault in found]
            library.unpublished.append(entry)
        elif found:
            library.broken.append(entry)
        elif is_published(entry.header, now):
            library.entries.append(entry)
        else:
            library.unpublished.append(entry)
        faults.extend(found)
    faults.extend(check_unique([*library.entries, *library.unpublished], reserved))
    for entry in library.entries:
        faults.extend(_text_faults(entry))
        faults.extend(check_references(entry, library))
        faults.extend(remind(entry, library, today))
    for entry in library.broken:
        faults.extend(_text_faults(entry))
        faults.extend(check_references(entry, library))
    for entry in library.unpublished:
        faults.extend(as_warning(fault) for fault in _text_faults(entry))
        faults.extend(_reminders_of_unpublished(entry, now))
    faults.extend(find_contradictions(library))
    return Loaded(library, tuple(faults))


def _load_data(folder: ContentFolder, faults: list[ContentError]) -> tuple[SiteData, ThemesData]:
    site: SiteData | None = None
    themes = ThemesData.model_validate({})
    for path in folder.data:
        shown = folder.shown(path)
        model = _DATA_MODELS.get(path.stem)
        # The sending looks for its journal in one place only: elsewhere it would go unread.
        if model is None or (model is SendingsData and path != folder.root / JOURNAL):
            faults.append(
                ContentError(
                    shown,
                    START,
                    None,
                    "ce fichier de données n’est lu par aucune page. "
                    "Les fichiers possibles sont site.yaml, themes.yaml et envois.yaml.",
                )
            )
            continue
        data, found = _bytes_of(path, shown)
        if data is None:
            faults.extend(found)
            continue
        document, found = read_data(shown, data, path.stem)
        faults.extend(found)
        if document is None:
            continue
        valid, found = validate(document, model)
        faults.extend(found)
        if isinstance(valid, SiteData):
            site = valid
        elif isinstance(valid, ThemesData):
            themes = valid
    if site is None:
        if not any(path.stem == "site" for path in folder.data):
            faults.append(
                ContentError(
                    folder.shown(folder.root / "donnees" / "site.yaml"),
                    START,
                    None,
                    "le fichier manque : il donne le nom du site. "
                    "Créez-le avec « nom », « accroche », « description » et « contact ».",
                )
            )
        site = SiteData.model_validate(
            {"nom": "Sans nom", "accroche": "…", "description": "…", "contact": "nom@exemple.fr"}
        )
    return site, themes


def _load_entry(
    file: ContentFile, folder: ContentFolder, library: Library, finished: Path | None
) -> tuple[Entry[Header], list[ContentError]]:
    """Return the content of a file and the faults of its header; with any, what can be saved."""
    shown = folder.shown(file.path)
    document, faults = _read(file, shown)
    is_readable = not faults
    values, found = resolve_synonyms(document, file.kind.header)
    faults.extend(found)
    if document.pelican and "resume" not in values:
        values["resume"] = _opening_of(document, values, library)
    header = None
    if is_readable:
        header, found = validate(document, file.kind.header, dict(values))
        faults.extend(found)
    if header is None:
        name = file.path.stem
        header = salvage(file.kind.header, {"titre": name, "titre_court": name, **values}, faults)
    if shown == finished:
        header = header.model_copy(update={"status": Status.PUBLISHED})
    slug = _slug(file, shown, header, faults)
    address = _address(file, header, slug)
    entry = ENTRY_CLASSES[file.kind.name](file.kind, document, header, slug, address, library)
    return entry, faults


def _read(file: ContentFile, shown: Path) -> tuple[Document, list[ContentError]]:
    """Return the document of a file, empty when it cannot be read at all."""
    data, faults = _bytes_of(file.path, shown)
    document = None
    if data is not None:
        document, faults = read_document(shown, data)
    return document or Document(shown, {}, "", 1), faults


def _bytes_of(path: Path, shown: Path) -> tuple[bytes | None, list[ContentError]]:
    try:
        return path.read_bytes(), []
    except OSError:
        message = "le fichier ne peut pas être lu. Vérifiez ses droits et le disque."
        return None, [ContentError(shown, START, None, message)]


def _slug(file: ContentFile, shown: Path, header: Header, faults: list[ContentError]) -> str:
    """Return the slug that the header gives, else that of the file's name."""
    if header.slug:
        return header.slug
    try:
        return slugify(file.path.stem)
    except ValueError:
        message = (
            f"le nom {shorten(file.path.name)} n’a ni lettre latine ni chiffre : aucune adresse "
            "ne peut en être faite. Renommez le fichier, ou ajoutez « slug »."
        )
        faults.append(ContentError(shown, START, "slug", message))
        return ""


def _address(file: ContentFile, header: Header, slug: str) -> str:
    if isinstance(header, LetterHeader):
        return f"/lettres/{header.number or slug}/"
    if isinstance(header, GroupHeader):
        folder = "chantiers" if header.kind is GroupKind.CHANTIER else "groupes"
        return f"/{folder}/{slug}/"
    return f"{_FOLDER_ADDRESSES[file.kind.name]}{slug}/"


def _opening_of(document: Document, values: Mapping[str, object], library: Library) -> str:
    """Return the beginning of the text: Pelican's summary when a header gives none."""
    text = library.body_of(document).text
    if len(text) <= _SUMMARY_LIMIT:
        return text or str(values.get("titre") or "…")
    return text[: _SUMMARY_LIMIT - 20].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _text_faults(entry: Entry[Header]) -> list[ContentError]:
    return [
        entry.error_at(
            problem.position,
            problem.field,
            problem.message,
            Level.WARNING if problem.is_warning else Level.ERROR,
        )
        for problem in entry.body.problems
    ]


def _reminders_of_unpublished(entry: Entry[Header], now: datetime) -> list[ContentError]:
    header = entry.header
    if isinstance(header, PortraitHeader) and not header.consent:
        return [
            entry.error(
                ("consentement",),
                "le portrait n’est pas publié : la personne n’a pas donné son accord.",
                Level.WARNING,
            )
        ]
    if header.expires_on and has_expired(header, now) and header.status is Status.PUBLISHED:
        return [
            entry.error(
                ("expire_le",),
                f"{header.expires_on.day.isoformat()} est passé : le contenu n’est plus publié. "
                "Retirez le fichier, ou prolongez la date.",
                Level.WARNING,
            )
        ]
    return []
