"""Small content folders, written for one test and loaded by the real thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from plugins.library.library import Library
from plugins.library.loading import Loaded, load
from plugins.views.entries import Entry

from plugins.faults import Level
from plugins.models import Header
from plugins.views.site import RESERVED

NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)  # 9:00 in Paris
SITE = "nom: Essai\naccroche: un site\ndescription: Un site d’essai.\ncontact: contact@exemple.fr\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"></svg>'

Files = Mapping[str, str | bytes]


def text(header: str = "", body: str = "Texte.\n", titre: str = "Essai") -> str:
    """Return a content file with the two fields that all need, and the header's lines."""
    lines = header.strip("\n")
    return f"---\ntitre: {titre}\nresume: Un résumé.\n{lines}\n---\n{body}"


def article(header: str = "", body: str = "Texte.\n", titre: str = "Essai") -> str:
    return text(f"date: 2024-01-03\n{header}", body, titre)


def group(titre_court: str, header: str = "", genre: str = "chantier") -> str:
    return text(f"genre: {genre}\ntitre_court: {titre_court}\n{header}", titre=titre_court)


def write(root: Path, files: Files) -> Path:
    """Write a content folder, with the site's data unless the files say otherwise."""
    for name, data in {"donnees/site.yaml": SITE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def load_files(root: Path, files: Files, now: datetime = NOW) -> Loaded:
    return load(write(root / "content", files), now, RESERVED)


def library_of(root: Path, files: Files, now: datetime = NOW) -> Library:
    """Return the library of files that hold no fault."""
    loaded = load_files(root, files, now)
    assert errors(loaded) == []
    return loaded.library


def errors(loaded: Loaded) -> list[str]:
    return told(loaded, Level.ERROR)


def warnings(loaded: Loaded) -> list[str]:
    return told(loaded, Level.WARNING)


def told(loaded: Loaded, level: Level) -> list[str]:
    found = sorted((f for f in loaded.faults if f.level is level), key=lambda f: f.sort_key)
    return [str(fault) for fault in found]


def entry_at(library: Library, name: str) -> Entry[Header]:
    """Return the content of a file named from the content folder."""
    entry = library.at_path(Path("content") / name)
    assert entry is not None, name
    return entry
