"""What is being written gets advice before its publication, and no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contents import Files, article, errors, load_files, text, warnings

DATA: Files = {
    "donnees/termes.yaml": "termes:\n  - ecrire: webinaire\n    au_lieu_de: [webinar]\n",
    "donnees/themes.yaml": "- nom: Encadrement\n",
}
BODY = (
    "Un webinar où le dévelopement compte, mardi 8 février 2024.\n\n"
    "[Cliquez ici](https://exemple.fr), ou [écrivez](mailto:claire.dupont@exemple.fr).\n"
)
FIELDS = "themes: [Encadremant]\n"
OF_BODY = [
    "8:4 · texte : « webinar » : écrivez « webinaire ».",
    "8:18 · texte : « dévelopement » : voulez-vous écrire « développement » ?",
]
UNKNOWN_THEME = (
    "themes.1 : « Encadremant » n’est pas dans donnees/themes.yaml. Vouliez-vous « Encadrement » ?"
)


def told(folder: Path, files: Files) -> list[str]:
    loaded = load_files(folder, {**DATA, **files})
    assert errors(loaded) == []
    return [line.partition(":")[2] for line in warnings(loaded)]


def words_of(lines: list[str]) -> list[str]:
    return [line.partition(" · ")[2] for line in lines]


@pytest.mark.parametrize("status", ["statut: brouillon", "publier_le: 2024-03-01"])
def test_a_draft_is_told_what_its_publication_would_be(tmp_path: Path, status: str) -> None:
    """The same words, at the same lines: the status alone differs."""
    draft = told(tmp_path / "a", {"articles/a.md": article(f"{FIELDS}{status}", BODY)})
    published = told(tmp_path / "b", {"articles/a.md": article(f"{FIELDS}statut: publié", BODY)})
    assert draft == published
    assert [line for line in draft if line in OF_BODY] == OF_BODY
    assert UNKNOWN_THEME in words_of(draft)
    assert any("mardi 8 février 2024" in line for line in draft)
    assert any("Cliquez ici" in line for line in draft)
    assert any("claire.dupont@exemple.fr" in line for line in draft)
    assert len(draft) == 6


def test_an_unfinished_header_keeps_no_advice_about_words(tmp_path: Path) -> None:
    draft = "---\ntitre: Essai\nstatut: brouillon\ndate: 2024-13-40\n---\n\n\n" + BODY
    found = told(tmp_path, {"articles/a.md": draft})
    assert [line for line in found if line in OF_BODY] == OF_BODY


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("articles/a.md", article("expire_le: 2024-01-05", "Un dévelopement.")),
        ("articles/a.md", article("statut: brouillon\nexpire_le: 2024-01-05", "Un dévelopement.")),
        (
            "portraits/a.md",
            text("nom: A. Exemple\nexpire_le: 2034-01-01\nconsentement: non", "Un dévelopement."),
        ),
    ],
)
def test_what_is_not_being_written_is_left(tmp_path: Path, name: str, content: str) -> None:
    assert not [line for line in told(tmp_path, {name: content}) if "dévelopement" in line]


def test_a_draft_is_not_told_what_its_publication_alone_makes_true(tmp_path: Path) -> None:
    """Neither near dates, nor the end of its publication, nor the order of issues."""
    files = {
        "evenements/a.md": text(
            "debut: 2024-01-10\nmodalite: visio\nstatut: brouillon\nexpire_le: 2024-01-12"
        ),
        "evenements/b.md": text("debut: 2024-01\nstatut: brouillon", "Un texte."),
        "lettres/1.md": text("numero: 1\ndate: 2024-01-05", "Autre."),
        "lettres/2.md": text("numero: 2\ndate: 2024-01-02\nstatut: brouillon", "Lettre."),
    }
    published = {name: file.replace("brouillon", "publié") for name, file in files.items()}
    assert len(told(tmp_path / "a", published)) >= 4
    assert told(tmp_path / "b", files) == []


def test_advice_about_an_event_that_is_being_written(tmp_path: Path) -> None:
    event = text(
        "debut: 2024-03-10\nmodalite: visio\nlieu: {nom: Salle}\nlien_visio: https://a.fr\n"
        "statut: brouillon"
    )
    assert words_of(told(tmp_path, {"evenements/a.md": event})) == [
        (
            "lieu : « Salle » n’est montré nulle part : tout se tient en visio. Retirez « lieu », "
            "ou écrivez « modalite: hybride »."
        )
    ]
