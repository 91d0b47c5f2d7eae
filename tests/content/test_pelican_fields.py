"""Pelican's own fields are taken, or told exactly."""

from __future__ import annotations

from pathlib import Path

from plugins.content.reading import read_record
from plugins.models import KINDS

ARTICLE = next(kind for kind in KINDS if kind.name == "article")
HEADER = "Title: Billet ancien\nDate: 2024-01-02\nSummary: Essai.\nKeywords: un, deux\n"


def test_keywords_are_themes() -> None:
    record = read_record(ARTICLE, Path("content/articles/a.md"), f"{HEADER}\nTexte.\n".encode())
    assert [str(theme) for theme in record.header.themes] == ["un", "deux"]
    assert record.faults == ()


def test_what_this_site_does_not_do_is_told() -> None:
    data = f"{HEADER}Translation: true\nStatus: hidden\n\nTexte.\n".encode()
    record = read_record(ARTICLE, Path("content/articles/a.md"), data)
    assert {str(fault) for fault in record.faults} == {
        (
            "content/articles/a.md:6:9 · statut : « hidden » : Pelican publie un tel contenu sans "
            "le mettre dans ses listes, ce que ce site ne fait pas. Écrivez « publié », ou "
            "« brouillon » pour qu’il ne paraisse pas."
        ),
        (
            "content/articles/a.md:5:1 · translation : Pelican en fait la traduction d’un autre "
            "contenu, ce que ce site ne fait pas. Retirez le champ, et dites la langue du texte "
            "dans « lang »."
        ),
    }
