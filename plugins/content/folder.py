"""The files under `content/`: contents, static files, and faults."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.faults import START, ContentError, shorten
from plugins.models import KINDS, Kind

DATA_FOLDER = "donnees"
JOURNAL = Path(DATA_FOLDER) / "envois.yaml"
"""The journal of the letter's sendings, relative to the content folder."""
# Formats of browsers and office software; any other file in the content is a fault.
STATIC_ENDINGS = frozenset(
    {
        *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"),
        *(".docx", ".odt", ".pdf", ".pptx", ".odp", ".rtf", ".txt"),
        *(".csv", ".ics", ".ods", ".xlsx"),
        *(".mp3", ".mp4", ".vtt", ".zip"),
    }
)
# Photographs that no browser shows, and obsolete office formats: how to convert them.
_CONVERTED = {
    **dict.fromkeys(
        (".heic", ".heif", ".tif", ".tiff", ".bmp"), "Exportez la photographie en JPEG (« .jpg »)."
    ),
    ".doc": "Enregistrez-le en PDF ou en « .docx ».",
    ".xls": "Enregistrez-le en « .xlsx ».",
    ".ppt": "Enregistrez-le en PDF ou en « .pptx ».",
}
UNREADABLE = "le fichier ne peut pas être lu. Vérifiez ses droits et le disque."
_TEXTS = (".docx", ".odt", ".rtf", ".txt")
_KINDS = {kind.folder: kind for kind in KINDS}
# Characters reserved in addresses, or forbidden in file names on other systems.
_SPOKEN = re.compile(r'[#?%\\:"<>|*]')
_IGNORED = frozenset({".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A Markdown file and the content type that its folder gives it."""

    path: Path
    kind: Kind


@dataclass(frozen=True)
class ContentFolder:
    """The files of a content folder; `static` maps relative paths, `/`-separated, to files.

    The paths are in NFC, as texts write them; a file that macOS has archived may be in NFD.
    """

    root: Path
    files: tuple[ContentFile, ...]
    data: tuple[Path, ...]
    static: Mapping[str, Path]
    errors: tuple[ContentError, ...]

    def shown(self, path: Path) -> Path:
        """Return a path as messages show it: `content/articles/x.md`."""
        return Path(self.root.name) / path.relative_to(self.root)


def scan(root: Path) -> ContentFolder:
    """Return the files of a content folder, in the same order on every machine."""
    files: list[ContentFile] = []
    data: list[Path] = []
    static: dict[str, Path] = {}
    errors: list[ContentError] = []
    if not root.is_dir():
        message = "le dossier du contenu n’existe pas. Créez-le, avec un dossier « articles »."
        errors.append(ContentError(Path(root.name), START, None, message))
    for path in _walk(root):
        relative = path.relative_to(root)
        if message := _objection(path, relative):
            shown = _printable(Path(root.name) / relative)
            errors.append(ContentError(shown, START, None, message))
            is_known = path.is_symlink() or message is UNREADABLE
            if is_known or path.suffix.lower() in _CONVERTED:
                # Known all the same, so that links to this file are not a second fault.
                static[composed(relative)] = path
        elif relative.parts[0] == DATA_FOLDER:
            data.append(path)
        elif path.suffix == ".md":
            files.append(ContentFile(path, _KINDS[relative.parts[0]]))
        elif composed(relative) in static:
            message = (
                "un autre fichier porte le même nom, aux accents codés autrement. "
                "Supprimez ou renommez l’un des deux."
            )
            shown = Path(composed(Path(root.name) / relative))
            errors.append(ContentError(shown, START, None, message))
        else:
            static[composed(relative)] = path
    return ContentFolder(root, tuple(files), tuple(data), static, tuple(errors))


def composed(path: Path) -> str:
    """Return a path in NFC, `/`-separated: the same letters are then the same name."""
    return unicodedata.normalize("NFC", path.as_posix())


def is_lost_text(file: str) -> bool:
    """Return True for a word processor file in a folder of contents.

    The file may be a document to download, or a content not saved as Markdown.
    """
    return file.partition("/")[0] in _KINDS and file.lower().endswith(_TEXTS)


def how_to_convert(file: str) -> str | None:
    """Return in French how to convert a file of an unpublished format, None for other suffixes."""
    return _CONVERTED.get(Path(file).suffix.lower())


def _objection(path: Path, relative: Path) -> str:
    """Return the message for a refused file, with the remedy; nothing for an accepted file."""
    if path.is_symlink():
        return "un lien symbolique n’est pas permis dans le contenu. Copiez le fichier à sa place."
    if path.is_dir():
        return "c’est un dossier, et son nom finit par « .md ». Renommez-le."
    if not path.is_file():
        return "ce n’est ni un fichier ni un dossier. Retirez-le."
    if _printable(relative) != relative:
        return (
            "le nom du fichier contient un signe qui ne s’affiche pas. "
            "Renommez-le avec des lettres, des chiffres et des tirets."
        )
    if sign := _SPOKEN.search(relative.as_posix()):
        return (
            f"le nom du fichier contient « {sign[0]} », qui a un sens dans une adresse. "
            "Renommez-le avec des lettres, des chiffres et des tirets."
        )
    if path.suffix == ".md" and (len(relative.parts) == 1 or relative.parts[0] not in _KINDS):
        return (
            "le fichier n’est dans aucun dossier connu : il ne serait pas publié. "
            f"Placez-le dans l’un de ces dossiers : {', '.join(_KINDS)}."
        )
    if relative.parts[0] in _KINDS and path.stem.lower().endswith(".md"):
        return (
            "le nom finit deux fois, et le fichier ne serait pas lu. "
            f"Renommez-le « {path.stem[:-3]}.md »."
        )
    endings = {".yaml", ".yml"} if relative.parts[0] == DATA_FOLDER else STATIC_ENDINGS
    if path.suffix != ".md" and path.suffix.lower() not in endings:
        remedy = _CONVERTED.get(path.suffix.lower(), "Donnez-lui la fin « .md », ou retirez-le.")
        return (
            f"un fichier {shorten(path.suffix or path.name)} n’est pas pris en charge : il ne "
            f"serait pas publié. {remedy}"
        )
    # Contents and data tell it when they are read.
    is_static = path.suffix != ".md" and relative.parts[0] != DATA_FOLDER
    return UNREADABLE if is_static and not os.access(path, os.R_OK) else ""


def _printable(path: Path) -> Path:
    return Path("".join(sign if sign.isprintable() else "\ufffd" for sign in path.as_posix()))


def _walk(root: Path) -> Iterator[Path]:
    """Yield files, symbolic links and folders named like files, sorted.

    Hidden files and editors' backup files are left out.
    """
    for folder, subfolders, names in os.walk(root):
        subfolders.sort()
        here = Path(folder)
        for name in list(subfolders):
            if name.startswith("."):
                subfolders.remove(name)
            elif (here / name).is_symlink():
                subfolders.remove(name)
                yield here / name
            elif name.endswith(".md"):
                yield here / name
        for name in sorted(names):
            if name in _IGNORED or name.startswith((".", "~$")) or name.endswith(("~", ".swp")):
                continue
            yield here / name
