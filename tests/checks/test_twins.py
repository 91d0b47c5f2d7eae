"""Two contents with one title or one text: the copy is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checks.twins import same_texts, same_titles
from plugins.library.index import read_index
from tests.contents import NOW, Files, article, index_of, text
from tests.sites import ROOT

LONG = "Une communauté de cadres dirigeants, qui se retrouvent, partagent et agissent. " * 2
DAY = "debut: 2024-03-01"


def told(root: Path, files: Files) -> list[str]:
    faults = [*same_texts(index := index_of(root, files)), *same_titles(index)]
    return [str(fault).replace("\u00a0", " ") for fault in faults]


def same_title(path: str, title: str, other: str) -> str:
    return (
        f"content/{path}:2:8 · titre : « {title} » : content/{other} a le même titre. Changez l’un "
        "des deux, ou retirez l’un des deux fichiers."
    )


def same_text(path: str, line: int, other: str) -> str:
    return (
        f"content/{path}:{line}:1 · le texte est aussi celui de content/{other}. Récrivez-le, ou "
        "retirez l’un des deux fichiers."
    )


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        (
            {
                "articles/a.md": article(titre="Le bilan"),
                "articles/b.md": article(titre="Le Bilan"),
            },
            [same_title("articles/b.md", "Le Bilan", "articles/a.md")],
        ),
        (
            {
                "articles/bilan.md": article(titre="Bilan"),
                "articles/a.md": article(titre="Copie de Bilan"),
                "articles/b.md": article(titre="Bilan - Copie (2)"),
            },
            [
                same_title("articles/a.md", "Copie de Bilan", "articles/bilan.md"),
                same_title("articles/b.md", "Bilan – Copie (2)", "articles/bilan.md"),
            ],
        ),
        (
            {"articles/Copie de x.md": article("", LONG, "Y"), "articles/x.md": article("", LONG)},
            [same_text("articles/Copie de x.md", 6, "articles/x.md")],
        ),
        (
            {"evenements/a.md": text(DAY), "evenements/b.md": text(DAY)},
            [same_title("evenements/b.md", "Essai", "evenements/a.md")],
        ),
        (
            {
                "evenements/a.md": text(DAY, titre="Copie de E"),
                "evenements/e.md": text("debut: 2024-03-02", titre="E"),
            },
            [same_title("evenements/a.md", "Copie de E", "evenements/e.md")],
        ),
        # one title in two types, on two days; a short text; « copie de » that copies nothing
        ({"articles/a.md": article(), "evenements/a.md": text(DAY)}, []),
        ({"evenements/a.md": text(DAY), "evenements/b.md": text("debut: 2024-03-02")}, []),
        ({"articles/a.md": article(), "articles/b.md": article(titre="Autre")}, []),
        ({"articles/a.md": article(titre="Copie de documents officiels")}, []),
        ({"articles/a.md": article(), "articles/b.md": article("statut: brouillon")}, []),
    ],
)
def test_copies(tmp_path: Path, files: Files, faults: list[str]) -> None:
    assert told(tmp_path, files) == faults


def test_sample_content_repeats_nothing() -> None:
    assert [*same_texts(index := read_index(ROOT / "content", NOW)), *same_titles(index)] == []
