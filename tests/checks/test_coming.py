"""What is to come is judged on the site of its day, and stops nothing today."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.checks.suite import check_coming
from plugins.faults import Level
from plugins.library import selection
from plugins.library.selection import is_published
from plugins.models import Header
from tests.contents import article, load_files


def told(folder: Path, **articles: str) -> list[str]:
    files = {f"articles/{name}.md": content for name, content in articles.items()}
    index = load_files(folder, files).index
    found = list(check_coming(index))
    assert all(fault.level is Level.WARNING for fault in found)
    return [str(fault) for fault in found]


TO_COME = "publier_le: 2024-03-01"


@pytest.mark.parametrize(
    ("header", "body", "fault"),
    [
        (
            TO_COME,
            "[x](rien.md)",
            (
                "content/articles/a.md:7:5 · lien : « rien.md » : aucun fichier "
                "« content/articles/rien.md ». Corrigez le chemin ou retirez le lien."
            ),
        ),
        (
            f"{TO_COME}\nevenement: rien",
            "",
            (
                "content/articles/a.md:6:12 · evenement : « rien » : événement inconnu. "
                "Écrivez le nom d’un fichier du dossier « evenements », sans « .md »."
            ),
        ),
    ],
)
def test_a_fault_of_that_day_is_told_today(
    tmp_path: Path, header: str, body: str, fault: str
) -> None:
    assert told(tmp_path, a=article(header, body)) == [fault]


@pytest.mark.parametrize(
    "header",
    ["statut: brouillon", "publier_le: 2024-03-01\nexpire_le: 2024-01-01"],
)
def test_what_is_not_to_come_is_left(tmp_path: Path, header: str) -> None:
    assert told(tmp_path, a=article(header, "[x](rien.md)")) == []


def test_what_appears_by_then_is_there(tmp_path: Path) -> None:
    before = article("publier_le: 2024-02-01", "")
    assert told(tmp_path, a=article(TO_COME, "[x](b.md)"), b=before) == []


def test_what_appears_later_is_not(tmp_path: Path) -> None:
    after = article("publier_le: 2024-04-01", "")
    (fault,) = told(tmp_path, a=article(TO_COME, "[x](b.md)"), b=after)
    assert "« b.md » n’est pas publié" in fault


def test_each_day_judges_only_the_contents_that_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a check would take the square of the number of contents to come."""
    days = 60
    files = {
        f"articles/n{n}.md": article(
            f"publier_le: 2024-{n // 28 + 2:02}-{n % 28 + 1:02}", f"[Avant](n{max(0, n - 1)}.md)"
        )
        for n in range(days)
    }
    index = load_files(tmp_path, files).index
    judged: list[Header] = []

    def counted(header: Header, now: datetime) -> bool:
        judged.append(header)
        return is_published(header, now)

    monkeypatch.setattr(selection, "is_published", counted)
    assert list(check_coming(index)) == []
    assert len(judged) <= 2 * days
