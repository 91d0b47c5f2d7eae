"""The mistakes that an editor makes most often, each with all that is said of it.

`mistakes.yaml` is their catalogue: one content each, beside the few of a small site, with the
exact messages, lines and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.checks.suite import check_contents, check_leftovers, check_plan
from plugins.content.reading import Source, read_record
from plugins.content.record import AnyRecord
from plugins.library.index import read_index
from plugins.views.site import RESERVED
from tests.contents import NOW, SVG, Files, article, group, text, write

CATALOGUE: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")
)
SITE: Files = {
    "articles/bilan.md": article("", "Le texte du bilan.", "Le bilan"),
    "articles/brouillon.md": article("statut: brouillon", "La suite du bilan.", "La suite"),
    "collectifs/management.md": group("Management"),
    "collectifs/numerique.md": group("Numérique"),
    "donnees/termes.yaml": "termes:\n  - ecrire: webinaire\n    au_lieu_de: webinar\n",
    "donnees/themes.yaml": "- nom: Cabinet\n- nom: Territoires\n",
    "evenements/webinaire.md": text("debut: 2024-03-25 08:30", titre="Webinaire"),
    "images/x.svg": SVG,
    "lettres/1.md": text("numero: 1\ndate: 2024-01-02", titre="Lettre n° 1"),
    "organisations/dextera.md": text(titre="Dextera"),
}


@lru_cache
def _record(source: Source) -> AnyRecord:
    """Read a file of the small site once for all mistakes."""
    return read_record(*source)


def _read(sources: Sequence[Source]) -> list[AnyRecord]:
    return [_record(source) for source in sources]


def faults_of(folder: Path, file: str, data: bytes) -> list[str]:
    """Return all that is said of the small site with one more file."""
    index = read_index(write(folder / "content", {**SITE, file: data}), NOW, _read)
    planned = [*RESERVED, *(record.address for record in index.published)]
    faults = {
        *check_contents(index, RESERVED),
        *check_leftovers(index),
        *check_plan(index, planned, RESERVED),
    }
    found = sorted(faults, key=lambda fault: fault.sort_key)
    return [f"{fault.level} {str(fault).removeprefix('content/')}" for fault in found]


def test_the_small_site_is_right(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "images/x.svg", SVG.encode()) == []


@pytest.mark.parametrize("mistake", CATALOGUE, ids=lambda mistake: mistake["faute"])
def test_what_is_said_of_a_mistake(tmp_path: Path, mistake: dict[str, Any]) -> None:
    data = mistake["contenu"].encode(mistake.get("encodage", "utf-8"))
    assert faults_of(tmp_path, mistake["fichier"], data) == mistake["dit"]


def test_each_mistake_is_told_apart() -> None:
    names = [mistake["faute"] for mistake in CATALOGUE]
    assert len(names) == len(set(names)) >= 80
    assert all(mistake["dit"] for mistake in CATALOGUE)
