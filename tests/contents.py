"""Small content folders, written for one test and loaded by the real thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plugins.checks.suite import check_contents
from plugins.content.record import AnyRecord, Record, has_header
from plugins.faults import ContentError, Level
from plugins.library.index import Index, read_index
from plugins.models import EventHeader
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


@dataclass(frozen=True)
class Loaded:
    """The index of some files, and the faults that they hold."""

    index: Index
    faults: tuple[ContentError, ...]


def load_files(root: Path, files: Files, now: datetime = NOW) -> Loaded:
    index = read_index(write(root / "content", files), now)
    return Loaded(index, tuple(check_contents(index, RESERVED)))


def index_of(root: Path, files: Files, now: datetime = NOW) -> Index:
    """Return the index of files that hold no fault."""
    loaded = load_files(root, files, now)
    assert errors(loaded) == []
    return loaded.index


def errors(loaded: Loaded) -> list[str]:
    return told(loaded, Level.ERROR)


def warnings(loaded: Loaded) -> list[str]:
    return told(loaded, Level.WARNING)


def told(loaded: Loaded, level: Level) -> list[str]:
    found = sorted((f for f in loaded.faults if f.level is level), key=lambda f: f.sort_key)
    return [str(fault) for fault in found]


def record_at(index: Index, name: str) -> AnyRecord:
    """Return the content of a file named from the content folder."""
    record = index.at_path(Path("content") / name)
    assert record is not None, name
    return record


def event_named(index: Index, name: str) -> Record[EventHeader]:
    """Return the event that a reference names."""
    found = index.find("event", name)
    assert found is not None, name
    assert has_header(found, EventHeader)
    return found
