"""A deleted event that is still to come is told: its subscribers would never know."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.checks.deletions import deleted_events
from plugins.library.index import read_index
from tests.contents import NOW, SITE, text
from tests.repositories import Repo

FILE = "evenements/webinaire.md"
EVENT = text("debut: 2024-02-07 17:00", titre="Webinaire")
TOLD = (
    "content/evenements/webinaire.md:1:1 · « Webinaire », un événement à venir, a été supprimé. "
    "S’il était annoncé, remettez son fichier avec « statut_evenement: annulé » : les calendriers "
    "de ceux qui l’ont noté le diront."
)


def told(repo: Repo, now: dt.datetime = NOW) -> list[str]:
    return [str(fault) for fault in deleted_events(read_index(repo.content, now))]


@pytest.mark.parametrize(
    ("event", "others", "now", "faults"),
    [
        (EVENT, {}, NOW, [TOLD]),
        (EVENT, {}, dt.datetime(2024, 2, 7, 8, tzinfo=dt.UTC), [TOLD]),
        (EVENT, {}, dt.datetime(2024, 2, 8, 8, tzinfo=dt.UTC), []),
        (EVENT.replace("debut:", "statut: brouillon\ndebut:"), {}, NOW, []),
        (EVENT.replace("debut:", "statut_evenement: annulé\ndebut:"), {}, NOW, []),
        (EVENT, {"evenements/autre.md": text("debut: 2024-03-01", titre="Webinaire")}, NOW, []),
    ],
)
def test_deletion(
    tmp_path: Path, event: str, others: dict[str, str], now: dt.datetime, faults: list[str]
) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, FILE: event})
    (repo.content / FILE).unlink()
    for path, written in others.items():
        repo.write(path, written)
    assert told(repo, now) == faults
    repo.commit()
    assert told(repo, now) == faults


def test_a_new_name_is_no_deletion(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, FILE: EVENT})
    repo.move(FILE, "evenements/autre.md")
    repo.commit()
    assert told(repo) == []
