"""What is not to be published appears nowhere in the output, whatever it contains."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from plugins.build import publication
from tests.site.small_content import write_content

MARK = "zibeline"
STEM = b"zibelin"
"""As the search knows it."""
REST = f"""\
slug: {MARK}-adresse
themes: [{MARK} du thème]
auteurs: [Prénom {MARK}]
alias: [/ancienne/{MARK}/]
image:
  fichier: images/{MARK}.svg
  alt: Une {MARK}
---
## Intertitre {MARK}

Le texte de la {MARK}, [un document](../documents/{MARK}.pdf) et une image :

![Une {MARK}](../images/{MARK}.svg)
"""
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>{MARK}</title></svg>'
UNPUBLISHED = {
    "draft article": ("articles", "date: 2024-01-02\nstatut: brouillon\n"),
    "draft in Pelican's words": ("articles", "date: 2024-01-02\nstatus: draft\n"),
    "article of the future": ("articles", "date: 2024-01-09\n"),
    "article for later": ("articles", "date: 2024-01-02\npublier_le: 2024-02-01\n"),
    "article that has expired": ("articles", "date: 2023-01-02\nexpire_le: 2024-01-07\n"),
    "draft event": (
        "evenements",
        (
            f"debut: 2024-02-01\nstatut: brouillon\nserie: {{nom: Série {MARK}, numero: 1}}\n"
            f"intervenants: [Nom {MARK}]\npublic: [{MARK}]\n"
        ),
    ),
    "event announced later": (
        "evenements",
        (
            f"debut: 2024-03-01 10:00\nfin: 12:00\ndate: 2024-02-01\n"
            f"lieu: {{nom: Salle {MARK}}}\ninscription: {{url: 'https://{MARK}.example/'}}\n"
            f"documents: [{{titre: Document {MARK}, fichier: documents/{MARK}.pdf}}]\n"
            "recurrence: {regle: FREQ=MONTHLY;COUNT=3}\n"
        ),
    ),
    "draft with a fault": (
        "evenements",
        f"debut: 2024-02-30\nstatut: brouillon\n{MARK}: a\n",
    ),
    "draft page of the menu": ("pages", "menu: 5\nstatut: brouillon\n"),
    "draft organisation": (
        "organisations",
        (
            f"statut: brouillon\nnom_complet: Réseau {MARK}\ndevise: {MARK}\n"
            f"bureau: [{{nom: Nom {MARK}, fonction: {MARK}}}]\n"
            f"liens: [{{titre: {MARK}, url: 'https://{MARK}.example/'}}]\n"
        ),
    ),
    "draft job sheet": ("metiers", "statut: brouillon\nvoir_aussi: [bilan]\n"),
    "draft letter": ("lettres", "numero: 7\ndate: 2024-01-02\nstatut: brouillon\n"),
    "draft group": (
        "collectifs",
        f"genre: groupe\ntitre_court: Court {MARK}\nstatut: brouillon\n",
    ),
    "portrait that has expired": (
        "portraits",
        f"nom: Nom {MARK}\nconsentement: true\nexpire_le: 2024-01-07\n",
    ),
    "portrait without consent": (
        "portraits",
        f"nom: Nom {MARK}\nconsentement: false\nexpire_le: 2025-01-01\n",
    ),
}


@pytest.mark.parametrize(("folder", "fields"), UNPUBLISHED.values(), ids=UNPUBLISHED.keys())
def test_unpublished_content_leaves_no_trace(tmp_path: Path, folder: str, fields: str) -> None:
    settings = write_content(tmp_path)
    with settings.open("a", encoding="utf-8") as file:
        file.write("IS_PREVIEW = False\n")
    content = tmp_path / "content"
    header = f"---\ntitre: Titre {MARK}\nresume: Résumé de la {MARK}.\n"
    (content / folder).mkdir(exist_ok=True)
    (content / "documents").mkdir()
    (content / folder / f"{MARK}.md").write_text(header + fields + REST, encoding="utf-8")
    (content / "images" / f"{MARK}.svg").write_text(SVG, encoding="utf-8")
    (content / "documents" / f"{MARK}.pdf").write_bytes(f"%PDF-1.4 {MARK}".encode())

    assert publication.build(settings, tmp_path / "output") == 0

    traces = [
        path.relative_to(tmp_path).as_posix()
        for path in (tmp_path / "output").rglob("*")
        if MARK in path.as_posix() or (path.is_file() and STEM in data_of(path))
    ]
    assert traces == []


def data_of(path: Path) -> bytes:
    """Return what a file holds; those of the search are compressed."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix.startswith(".pf_") else data


def test_published_content_does_leave_traces(tmp_path: Path) -> None:
    """The mark would be seen: the same content, published, shows it in many places."""
    settings = write_content(tmp_path)
    content = tmp_path / "content"
    header = f"---\ntitre: Titre {MARK}\nresume: Résumé de la {MARK}.\ndate: 2024-01-02\n"
    (content / "documents").mkdir()
    (content / "articles" / f"{MARK}.md").write_text(header + REST, encoding="utf-8")
    (content / "images" / f"{MARK}.svg").write_text(SVG, encoding="utf-8")
    (content / "documents" / f"{MARK}.pdf").write_bytes(f"%PDF-1.4 {MARK}".encode())

    assert publication.build(settings, tmp_path / "output") == 0

    output = tmp_path / "output"
    assert (output / "actualites" / f"{MARK}-adresse" / "index.html").is_file()
    assert (output / "images" / f"{MARK}.svg").is_file()
    assert (output / "documents" / f"{MARK}.pdf").is_file()
    for name in ("index.html", "flux/tout.rss.xml", "sitemap.xml", "themes/index.html"):
        assert MARK in (output / name).read_text(encoding="utf-8"), name
    for kind in ("index", "fragment", "filter"):
        found = (output / "recherche/index" / kind).iterdir()
        assert any(STEM in data_of(path) for path in found), kind


def test_last_day_still_shows(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    path = tmp_path / "content/articles/dernier-jour.md"
    path.write_text(
        "---\ntitre: Dernier jour\nresume: Encore là.\ndate: 2023-01-02\n"
        "expire_le: 2024-01-08\n---\nTexte.\n",
        encoding="utf-8",
    )

    assert publication.build(settings, tmp_path / "output") == 0
    assert (tmp_path / "output/actualites/dernier-jour/index.html").is_file()
