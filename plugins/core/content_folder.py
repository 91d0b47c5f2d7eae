"""The files under `content/`: contents, files published as they are, and faults."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.core.errors import START, ContentError, shorten
from plugins.core.models import KINDS, Kind

DATA_FOLDER = "donnees"
# What browsers and offices open; anything else in the content is a mistake, and is said to be.
STATIC_ENDINGS = frozenset(
    {
        *(".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"),
        *(
            ".csv",
            ".docx",
            ".ics",
            ".odp",
            ".ods",
            ".odt",
            ".pdf",
            ".pptx",
            ".rtf",
            ".txt",
            ".xlsx",
        ),
        *(".mp3", ".mp4", ".vtt", ".zip"),
    }
)
_IGNORED = frozenset({".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A Markdown file and the content type that its folder gives it."""

    path: Path
    kind: Kind


@dataclass(frozen=True)
class ContentFolder:
    """All that was found; `static` holds paths relative to the folder, `/`-separated."""

    root: Path
    files: tuple[ContentFile, ...]
    data: tuple[Path, ...]
    static: frozenset[str]
    errors: tuple[ContentError, ...]

    def shown(self, path: Path) -> Path:
        """Return a path as messages show it: `content/articles/x.md`."""
        return Path(self.root.name) / path.relative_to(self.root)


def scan(root: Path) -> ContentFolder:
    """Return the files of a content folder, in an order that does not depend on the machine."""
    files: list[ContentFile] = []
    data: list[Path] = []
    static: set[str] = set()
    errors: list[ContentError] = []
    kinds = {kind.folder: kind for kind in KINDS}

    def fault(path: Path, message: str) -> None:
        errors.append(ContentError(Path(root.name) / path, START, None, message))

    if not root.is_dir():
        fault(Path(), "le dossier du contenu n’existe pas. Créez-le, avec un dossier « articles ».")
    for path in _walk(root):
        relative = path.relative_to(root)
        if path.is_symlink():
            fault(
                relative,
                "un lien symbolique n’est pas permis dans le contenu. "
                "Copiez le fichier à sa place.",
            )
        elif path.suffix == ".md" and relative.parts[0] in kinds and len(relative.parts) > 1:
            files.append(ContentFile(path, kinds[relative.parts[0]]))
        elif relative.parts[0] == DATA_FOLDER and path.suffix in {".yaml", ".yml"}:
            data.append(path)
        elif path.suffix == ".md":
            folders = ", ".join(kinds)
            fault(
                relative,
                f"le fichier n’est dans aucun dossier connu : il ne serait pas publié. "
                f"Placez-le dans l’un de ces dossiers : {folders}.",
            )
        elif path.suffix.lower() in STATIC_ENDINGS and relative.parts[0] != DATA_FOLDER:
            static.add(relative.as_posix())
        else:
            fault(
                relative,
                f"un fichier {shorten(path.suffix or path.name)} n’est pas pris en charge : il ne "
                "serait pas publié. Donnez-lui la fin « .md », ou retirez-le.",
            )
    return ContentFolder(root, tuple(files), tuple(data), frozenset(static), tuple(errors))


def _walk(root: Path) -> Iterator[Path]:
    """Yield files and symbolic links, sorted; hidden and editors' backup files are left out."""
    for folder, subfolders, names in os.walk(root):
        subfolders.sort()
        here = Path(folder)
        for name in list(subfolders):
            if name.startswith("."):
                subfolders.remove(name)
            elif (here / name).is_symlink():
                subfolders.remove(name)
                yield here / name
        for name in sorted(names):
            if name in _IGNORED or name.startswith((".", "~$")) or name.endswith(("~", ".swp")):
                continue
            yield here / name
