"""A published page whose address changed is told: what leads to the former one is broken."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.checks.moves import moved_pages
from plugins.library.index import read_index
from tests.contents import NOW, SITE, article, group, text
from tests.repositories import Repo

TOLD = (
    "l’adresse de cette page était {0}, elle est maintenant {1} : les liens et les favoris qui "
    "mènent à l’ancienne sont rompus. Rendez-la-lui, ou gardez-la en mémoire dans l’en-tête : "
    "« alias: {0} »."
)
A, B = "articles/a.md", "articles/b.md"
FROM_A_TO_B = [f"content/{B}:1:1 · {TOLD.format('/actualites/a/', '/actualites/b/')}"]
PORTRAIT = "nom: N\nconsentement: true\nexpire_le: 2030-01-01"


def repository(tmp_path: Path, files: dict[str, str]) -> Repo:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, **files})
    return repo


def told(repo: Repo, now: dt.datetime = NOW) -> list[str]:
    return [str(fault) for fault in moved_pages(read_index(repo.content, now))]


@pytest.mark.parametrize(
    ("former", "present", "file", "written", "addresses"),
    [
        (A, B, article(), None, ("/actualites/a/", "/actualites/b/")),
        ("pages/a.md", "pages/b.md", text(), None, ("/a/", "/b/")),
        ("metiers/a.md", "metiers/b.md", text(), None, ("/metiers/a/", "/metiers/b/")),
        (
            "portraits/a.md",
            "portraits/b.md",
            text(PORTRAIT),
            None,
            ("/portraits/a/", "/portraits/b/"),
        ),
        (
            "evenements/a.md",
            "evenements/b.md",
            text("debut: 2024-02-07"),
            None,
            ("/evenements/a/", "/evenements/b/"),
        ),
        (
            "collectifs/a.md",
            "collectifs/a.md",
            group("A"),
            group("A", genre="groupe"),
            ("/chantiers/a/", "/groupes/a/"),
        ),
        (
            "lettres/a.md",
            "lettres/a.md",
            text("numero: 1\ndate: 2024-01-05"),
            text("numero: 2\ndate: 2024-01-05"),
            ("/lettres/1/", "/lettres/2/"),
        ),
        ("articles/a.md", "pages/a.md", article(), None, ("/actualites/a/", "/a/")),
    ],
)
def test_new_address(
    tmp_path: Path,
    former: str,
    present: str,
    file: str,
    written: str | None,
    addresses: tuple[str, str],
) -> None:
    repo = repository(tmp_path, {former: file})
    assert told(repo) == []
    repo.move(former, present)
    if written:
        repo.write(present, written)
    expected = [f"content/{present}:1:1 · {TOLD.format(*addresses)}"]
    assert told(repo) == expected
    repo.commit()
    assert told(repo) == expected


def test_new_slug_is_told_at_its_place(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.commit({A: article("slug: bilan")})
    repo.commit({A: article("slug: bilan-2024", "Un autre texte.\n", "Un autre titre")})
    assert told(repo) == [
        f"content/{A}:5:7 · slug : {TOLD.format(former, '/actualites/bilan-2024/')}"
        for former in ("/actualites/bilan/", "/actualites/a/")
    ]


@pytest.mark.parametrize(
    ("first", "second", "others"),
    [
        pytest.param(article("statut: brouillon"), article(), {}, id="a draft"),
        pytest.param(article("publier_le: 2024-01-09"), article(), {}, id="not yet published"),
        pytest.param(article("collectif: oui"), article(), {}, id="at fault"),
        pytest.param(article(), article("statut: brouillon"), {}, id="withdrawn"),
        pytest.param(article(), article("alias: /actualites/a/"), {}, id="kept by alias"),
        pytest.param(article(), article(), {A: article("", "X.\n", "Y")}, id="taken over"),
        pytest.param(
            article(titre="Bilan de 2022"), article(titre="Vœux"), {}, id="another content"
        ),
    ],
)
def test_not_told(tmp_path: Path, first: str, second: str, others: dict[str, str]) -> None:
    repo = repository(tmp_path, {A: first})
    repo.move(A, B)
    repo.write(B, second)
    for path, data in others.items():
        repo.write(path, data)
    repo.commit()
    assert told(repo) == []


def test_published_before_its_address_changed(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.commit({A: article("", "Un texte repris.\n")})
    repo.move(A, B)
    repo.commit()
    repo.commit({B: article("", "Un texte repris deux fois.\n")})
    assert told(repo) == FROM_A_TO_B
    repo.move(B, A)
    assert told(repo) == [
        f"content/{A}:1:1 · {TOLD.format('/actualites/b/', '/actualites/a/')}",
    ]


def test_renamed_in_a_branch(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.git("checkout", "--quiet", "-b", "branche")
    repo.move(A, B)
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.commit({"pages/c.md": text()})
    repo.merge("branche")
    assert told(repo) == FROM_A_TO_B


def test_without_the_whole_history(tmp_path: Path) -> None:
    repo = repository(tmp_path, {A: article()})
    repo.move(A, B)
    repo.commit()
    clone = tmp_path / "copie"
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(clone))
    assert list(moved_pages(read_index(clone / "content", NOW))) == []
    (repo.root / ".git").rename(tmp_path / "git")
    assert told(repo) == []


def test_few_processes_however_long_the_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The texts of all commits are read at once: a process for each would take minutes."""
    repo = repository(tmp_path, {A: article()})
    for number in range(12):
        repo.commit({A: article(f"slug: a{number}")})
    run = subprocess.run
    runs: list[object] = []

    def counted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - of subprocess.run
        runs.append(arguments)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    assert len(told(repo)) == 12
    assert len(runs) <= 9
