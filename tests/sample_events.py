"""Events as the editors would write them, read as a build does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from plugins.checks.suite import check_contents
from plugins.dates.moments import PARIS
from plugins.faults import Level
from plugins.library.index import Index, read_index
from plugins.library.occurrences import Occurrence
from plugins.views.registration import Registration, registration

NOW = dt.datetime(2024, 1, 8, 9, tzinfo=PARIS)
_SITE = "nom: P\naccroche: a\ndescription: d\ncontact: contact@passerelle.example\n"


def index_of(
    root: Path,
    *headers: str,
    now: dt.datetime = NOW,
    others: Mapping[str, str] = MappingProxyType({}),
) -> Index:
    """Return an index of events, one per header; `others` are whole files, by path."""
    files = {"donnees/site.yaml": _SITE, **others}
    for number, header in enumerate(headers, start=1):
        files[f"evenements/e{number}.md"] = f"---\nresume: Un essai.\n{header}\n---\n"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    index = read_index(root, now)
    faults = check_contents(index, {})
    assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
    return index


def occurrence_of(root: Path, header: str, now: dt.datetime = NOW) -> Occurrence:
    """Return the only occurrence of one event."""
    return index_of(root, f"titre: Réunion\n{header}", now=now).occurrences[0]


def registration_of(root: Path, header: str) -> Registration | None:
    """Return how one registers for one event."""
    index = index_of(root, f"titre: Réunion\n{header}")
    return registration(index.events[0], index)
