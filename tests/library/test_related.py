"""« À voir également »: the nearest contents first, never a page, never itself, four at most."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.library.index import Index
from plugins.library.relations import Relations
from tests.contents import Files, article, event_named, group, index_of, record_at, text

FILES: Files = {
    "collectifs/numerique.md": group("Num"),
    "organisations/reseau.md": text("", titre="Réseau"),
    "evenements/w.md": text(
        "debut: 2024-03-01\ncollectif: numerique\nserie: {nom: Déjeuner}\nthemes: [Énergie]"
    ),
    "evenements/x.md": text("debut: 2024-04-01\nserie: {nom: Déjeuner}"),
    "articles/compte-rendu.md": article("evenement: w"),
    "articles/cite.md": article("", "Voir [le webinaire](../evenements/w.md)."),
    "articles/theme.md": article("themes: [energie]"),
    "articles/groupe.md": article("collectifs: [numerique]"),
    "articles/seul.md": article("themes: [Rien]"),
    "metiers/m.md": text("voir_aussi: [seul]\nthemes: [Énergie]"),
    "pages/p.md": text("themes: [Énergie]", "[a](../evenements/w.md)"),
    "articles/brouillon.md": article("evenement: w\nstatut: brouillon"),
}


def nearest(root: Path, name: str) -> list[str]:
    return nearest_in(index_of(root, FILES), name)


def nearest_in(index: Index, name: str) -> list[str]:
    return [record.slug for record in Relations(index).nearest(record_at(index, name))]


def test_report_then_citation_then_series_then_group(tmp_path: Path) -> None:
    assert nearest(tmp_path, "evenements/w.md") == ["compte-rendu", "cite", "x", "groupe"]


def test_relations_go_both_ways(tmp_path: Path) -> None:
    assert nearest(tmp_path, "articles/compte-rendu.md") == ["w"]
    assert nearest(tmp_path, "articles/cite.md") == ["w"]
    assert nearest(tmp_path, "evenements/x.md") == ["w"]


def test_what_a_job_sheet_names_comes_first(tmp_path: Path) -> None:
    assert nearest(tmp_path, "metiers/m.md")[0] == "seul"
    assert "m" in nearest(tmp_path, "articles/theme.md")


def test_nothing_in_common(tmp_path: Path) -> None:
    assert nearest(tmp_path, "articles/seul.md") == []


def test_ties_go_to_the_newest(tmp_path: Path) -> None:
    files = {
        f"articles/a{day}.md": text(f"date: 2024-01-0{day}\nthemes: [Énergie]")
        for day in range(1, 8)
    }
    index = index_of(tmp_path, files)
    assert nearest_in(index, "articles/a3.md") == ["a7", "a6", "a5", "a4"]


def test_a_cancelled_event_is_never_recommended(tmp_path: Path) -> None:
    cancelled = text(
        "debut: 2024-03-01\ncollectif: numerique\nserie: {nom: Déjeuner}\nstatut_evenement: annulé"
    )
    index = index_of(tmp_path, {**FILES, "evenements/w.md": cancelled})
    assert all("w" not in nearest_in(index, name) for name in FILES if "brouillon" not in name)


def test_what_the_page_lists_makes_room_for_others(tmp_path: Path) -> None:
    index = index_of(tmp_path, FILES)
    event = record_at(index, "evenements/w.md")
    listed = {"/actualites/compte-rendu/", "/evenements/x/"}
    found = [record.slug for record in Relations(index).nearest(event, listed)]
    assert found == ["cite", "groupe", "numerique", "theme"]


@pytest.mark.parametrize(
    ("of", "near"),
    [(0, [3, 2, 1]), (1, [3, 2, 0]), (5, [6, 4, 3]), (8, [9, 7, 6]), (9, [8, 7, 6])],
)
def test_of_a_long_series_the_nearest_are_shown(tmp_path: Path, of: int, near: list[int]) -> None:
    files = {
        f"evenements/e{n}.md": text(f"debut: 2024-03-{n + 1:02}\nserie: {{nom: Série}}")
        for n in range(10)
    }
    index = index_of(tmp_path, files)
    found = index.near_in_series(event_named(index, f"e{of}"), 3)
    assert [event.slug for event in found] == [f"e{n}" for n in near]
