"""`make check MEND=oui` in a real repository: what it writes, shows and leaves; the hook of git."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
import yaml
from PIL import Image

from plugins.build.check_report import CheckReport
from plugins.build.mending import mend
from tests.repositories import Repo
from tests.site.small_content import FILES, write_content
from tests.sites import ROOT

NEW = """---\r
titre: Été : le bilan\r
resume: Un résumé. # noté\r
date: 03/01/2024\r
image:\r
  fichier: images/Photo Été.JPG\r
  alt: Une salle\r
---\r
• un\r
• deux\r
\r
![La salle](../images/Photo%20Été.JPG) et [le webinaire](../evenements/Webinaire.md).\r
"""
DIFFERENCE = """\
--- content/articles/neuf.md
+++ content/articles/neuf.md
@@ -1,12 +1,13 @@
 ---
-titre: Été : le bilan
+titre: "Été : le bilan"
 resume: Un résumé. # noté
-date: 03/01/2024
+date: 2024-01-03
 image:
-  fichier: images/Photo Été.JPG
+  fichier: images/photo-ete.jpg
   alt: Une salle
+identifiant: neuf-1
 ---
-• un
-• deux
+- un
+- deux
.
-![La salle](../images/Photo%20Été.JPG) et [le webinaire](../evenements/Webinaire.md).
+![La salle](../images/photo-ete.jpg) et [le webinaire](../evenements/webinaire.md).
Renommé : content/images/Photo Été.JPG → content/images/photo-ete.jpg
Un contenu nouveau reçoit un « identifiant », qui reste le sien quand son fichier change de nom : \
ne le modifiez plus.
1 fichier corrigé. Relisez ces changements avant de les enregistrer.

""".replace("\n.\n", "\n \n")
NOTHING = "Rien ne se corrige seul.\n\n"


def photograph(path: Path) -> None:
    Image.new("RGB", (640, 480), "navy").save(path)


def run(settings: Path, *files: str) -> str:
    said = io.StringIO()
    numbers = count(1)
    is_mended = CheckReport(files=frozenset(files) if files else None).is_about
    assert mend(settings, said, is_mended, lambda: f"neuf-{next(numbers)}") == 0
    return said.getvalue()


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_new_content_in_a_repository(tmp_path: Path) -> None:
    """Only what no commit has gets an identifier or another name."""
    settings = write_content(tmp_path)
    photograph(tmp_path / "content/images/Publiée.JPG")
    repo = _repository(tmp_path)
    repo.commit()
    before = held(tmp_path / "content")
    (tmp_path / "content/articles/neuf.md").write_bytes(NEW.encode())
    photograph(tmp_path / "content/images/Photo Été.JPG")

    assert run(settings) == DIFFERENCE
    after = held(tmp_path / "content")
    mine = {name: after.pop(name) for name in ("articles/neuf.md", "images/photo-ete.jpg")}
    assert after == before
    text = mine["articles/neuf.md"].decode()
    assert text.count("\r\n") == text.count("\n") == 13
    assert text.splitlines() == [
        *("---", 'titre: "Été : le bilan"', "resume: Un résumé. # noté", "date: 2024-01-03"),
        *("image:", "  fichier: images/photo-ete.jpg", "  alt: Une salle", "identifiant: neuf-1"),
        *("---", "- un", "- deux", ""),
        "![La salle](../images/photo-ete.jpg) et [le webinaire](../evenements/webinaire.md).",
    ]
    assert run(settings) == NOTHING
    assert held(tmp_path / "content") == {**after, **mine}


def _repository(root: Path) -> Repo:
    """Return a repository around a content that is already there."""
    aside = root / "aside"
    (root / "content").rename(aside)
    repo = Repo(root)
    repo.content.rmdir()
    aside.rename(root / "content")
    return repo


def test_without_a_repository_nothing_is_known_to_be_new(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    photograph(tmp_path / "content/images/Photo.JPG")
    before = held(tmp_path / "content")
    assert run(settings) == NOTHING
    assert held(tmp_path / "content") == before


def test_a_draft_that_was_committed_is_still_new(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    repo = _repository(tmp_path)
    article = FILES["articles/bilan.md"]
    repo.commit({"articles/brouillon.md": article.replace("date:", "statut: brouillon\ndate:")})
    run(settings)
    assert "identifiant: neuf-1\n" in (repo.content / "articles/brouillon.md").read_text()
    assert (repo.content / "articles/bilan.md").read_text() == article


def test_the_files_named_alone_are_mended(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    _repository(tmp_path).commit()
    article = FILES["articles/bilan.md"].replace("2024-01-02", "02/01/2024")
    for name in ("un", "deux"):
        (tmp_path / f"content/articles/{name}.md").write_text(article)
        photograph(tmp_path / f"content/images/{name.upper()}.jpg")
    said = run(settings, "content/articles/un.md", "content/images/UN.jpg")
    assert said.startswith("--- content/articles/un.md\n")
    assert "Renommé : content/images/UN.jpg → content/images/un.jpg\n" in said
    assert "deux" not in said.lower()
    assert (tmp_path / "content/articles/deux.md").read_text() == article
    assert (tmp_path / "content/images/DEUX.jpg").is_file()


def test_a_file_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = write_content(tmp_path)
    article = tmp_path / "content/articles/bilan.md"
    article.write_text(article.read_text().replace("date: 2024-01-02", "date: 02/01/2024"))
    before = held(tmp_path / "content")

    def refused(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    said = io.StringIO()
    assert mend(settings, said) == 1
    assert said.getvalue() == (
        "content/articles/bilan.md n’a pas pu être écrit (Permission denied). "
        "Vérifiez les droits du dossier.\n"
    )
    assert held(tmp_path / "content") == before


# The hook


@pytest.fixture
def project(tmp_path: Path) -> Repo:
    """A repository with our hook of contents, installed by pre-commit itself."""
    write_content(tmp_path)
    repo = _repository(tmp_path)
    for name in ("plugins", "theme", ".venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tmp_path)
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (own,) = hooks["repos"]
    own["hooks"] = [hook for hook in own["hooks"] if hook["id"] == "content"]
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hooks), encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/.venv\n/.cache\n/plugins\n/theme\n", encoding="utf-8")
    repo.commit({"articles/ancien.md": SHOUTED})
    install = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(install, cwd=tmp_path, check=True, capture_output=True)
    return repo


SHOUTED = """---
titre: UN TITRE EN CAPITALES
resume: Un résumé.
date: 2024-01-02
---
Un texte.
"""


def commit(repo: Repo) -> tuple[bool, list[str]]:
    """Commit all; return whether git did, and the faults that it shows, without the remedies."""
    repo.git("add", "--all")
    done = subprocess.run(
        ["git", "commit", "--message=Enregistrement"],
        cwd=repo.root,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": "1704700800",
            "PRE_COMMIT_HOME": str(repo.root / ".cache" / "pre-commit"),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    lines = (done.stdout + done.stderr).splitlines()
    told = [line for line in lines if line.startswith(("erreur ", "avis "))]
    return done.returncode == 0, [line.partition(" : « ../")[0] for line in told]


def test_hook_of_git(project: Repo) -> None:
    """An error that a deleted file causes in another stops it; advice is of its files alone."""
    (project.content / "evenements/webinaire.md").unlink()
    done, (error, *advice) = commit(project)
    assert not done
    assert error == "erreur content/articles/bilan.md:6:16 · lien"
    assert [line.partition(" · ")[0] for line in advice] == [
        "avis content/evenements/webinaire.md:1:1"
    ]
