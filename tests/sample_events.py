"""Events as the editors would write them, read as a build does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from plugins.library.library import Library
from plugins.library.loading import load
from plugins.views.occurrences import Occurrence

from plugins.dates.moments import PARIS
from plugins.faults import Level

NOW = dt.datetime(2024, 1, 8, 9, tzinfo=PARIS)
_SITE = "nom: P\naccroche: a\ndescription: d\ncontact: contact@passerelle.example\n"


def library_of(
    root: Path,
    *headers: str,
    now: dt.datetime = NOW,
    others: Mapping[str, str] = MappingProxyType({}),
) -> Library:
    """Return a library of events, one per header; `others` are whole files, by path."""
    files = {"donnees/site.yaml": _SITE, **others}
    for number, header in enumerate(headers, start=1):
        files[f"evenements/e{number}.md"] = f"---\nresume: Un essai.\n{header}\n---\n"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = load(root, now, {})
    assert [str(fault) for fault in loaded.faults if fault.level is Level.ERROR] == []
    return loaded.library


def occurrence_of(root: Path, header: str, now: dt.datetime = NOW) -> Occurrence:
    """Return the only occurrence of one event."""
    return library_of(root, f"titre: Réunion\n{header}", now=now).occurrences[0]
