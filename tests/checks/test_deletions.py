"""A deleted content is told until its editor says where its address leads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plugins.checks.deletions import deleted_contents
from plugins.library.index import read_index
from tests.contents import NOW, SITE, article, text
from tests.repositories import Repo

FILE = "evenements/webinaire.md"
EVENT = text("debut: 2024-02-07 17:00", titre="Webinaire")
ASKED = (
    "Dites dans donnees/adresses.yaml où mène son adresse : « - {{ancienne: {0}, vers: /…/}} », "
    "ou « vers: supprimé »."
)
CANCELLED = (
    "content/evenements/webinaire.md:1:1 · « Webinaire » a été supprimé avant d’avoir lieu. Il "
    "reste annulé dans les calendriers et sur sa page jusqu’au 7\xa0janvier 2025. "
    + ASKED.format("/evenements/webinaire/")
)
LOST = (
    "content/{0}:1:1 · « {1} » a été supprimé : les liens et les favoris qui y mènent sont "
    "rompus. " + ASKED.replace("{0}", "{2}")
)
HELD = LOST.format(FILE, "Webinaire", "/evenements/webinaire/")
NEWS = LOST.format("articles/a.md", "Essai", "/actualites/a/")
PORTRAIT = text("nom: N\nconsentement: non\nexpire_le: 2030-01-01")
ANSWER = "- ancienne: {0}\n  vers: {1}\n"
WEBINAR = "/evenements/webinaire/"


def told(repo: Repo, now: dt.datetime = NOW) -> list[str]:
    return [str(fault) for fault in deleted_contents(read_index(repo.content, now))]


@pytest.mark.parametrize(
    ("path", "file", "others", "faults"),
    [
        pytest.param(FILE, EVENT, {}, [CANCELLED], id="to come"),
        pytest.param(FILE, EVENT.replace("2024-02", "2024-01"), {}, [HELD], id="held"),
        pytest.param("articles/a.md", article(), {}, [NEWS], id="article"),
        pytest.param("articles/a.md", article("statut: brouillon"), {}, [], id="a draft"),
        pytest.param("articles/a.md", article("publier_le: 2024-02-01"), {}, [], id="not yet"),
        pytest.param("articles/a.md", article("expire_le: 2024-01-04"), {}, [], id="expired"),
        pytest.param("articles/a.md", article("rubriques: x"), {}, [], id="at fault"),
        pytest.param("portraits/n.md", PORTRAIT, {}, [], id="without consent"),
        pytest.param(
            FILE,
            EVENT,
            {"donnees/adresses.yaml": ANSWER.format(WEBINAR, "/agenda/")},
            [],
            id="leads elsewhere",
        ),
        pytest.param(
            FILE,
            EVENT,
            {"donnees/adresses.yaml": ANSWER.format("/evenements/webinaire", "supprimé")},
            [],
            id="removed",
        ),
        pytest.param(
            FILE, EVENT, {"articles/b.md": article(f"alias: {WEBINAR}")}, [], id="an alias"
        ),
        pytest.param(
            FILE,
            EVENT,
            {"evenements/b.md": text("debut: 2024-03-01\nslug: webinaire")},
            [],
            id="another at its address",
        ),
    ],
)
def test_deletion(
    tmp_path: Path, path: str, file: str, others: dict[str, str], faults: list[str]
) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, path: file})
    # Deleted on the day of the checks, at ten in the morning.
    (repo.content / path).unlink()
    for name, written in others.items():
        repo.write(name, written)
    assert told(repo) == faults
    repo.commit()
    later = NOW + dt.timedelta(days=300)
    assert told(repo, later) == faults


def test_told_for_a_year(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, "articles/a.md": article()})
    (repo.content / "articles/a.md").unlink()
    repo.commit()
    assert told(repo, NOW + dt.timedelta(days=365)) == [NEWS]
    assert told(repo, NOW + dt.timedelta(days=366)) == []


def test_a_new_name_is_no_deletion(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, FILE: EVENT})
    repo.move(FILE, "evenements/autre.md")
    repo.commit()
    assert told(repo) == []
