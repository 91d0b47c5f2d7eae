"""Which feeds there are, what each holds, and what its archives are over the life of a site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.content.record import AnyRecord
from plugins.library.index import Index
from plugins.views import channels as module
from plugins.views.channels import Channel, FeedPage, channel_of, channels, pages_of
from tests.contents import Files, article, group, index_of, text

FILES: Files = {
    "articles/a.md": article(
        "auteurs: [Camille Exemple, Secrétariat général]\nthemes: [Énergie]\n"
        "collectifs: [eau]\norganisation: reseau",
        titre="Article",
    ),
    "articles/b.md": article("auteurs: [camille exemple]\nthemes: [énergie]", titre="Autre"),
    "evenements/e.md": text(
        "date: 2024-01-02\ndebut: 2024-02-01\ncollectif: eau\norganisation: reseau\n"
        "serie: {nom: Petits déjeuners}\nthemes: [Énergie]",
        titre="Événement",
    ),
    "evenements/t.md": text("date: 2024-01-01\ndebut: 2024-02-02\ncollectif: tous", titre="Tous"),
    "lettres/1.md": text("numero: 1\ndate: 2024-01-04\nredacteurs_en_chef: [Camille Exemple]"),
    "portraits/p.md": text("nom: P\nconsentement: oui\nexpire_le: 2025-01-01\nthemes: [Énergie]"),
    "collectifs/eau.md": group("L’eau"),
    "collectifs/vide.md": group("Vide", genre="groupe"),
    "organisations/reseau.md": text(titre="Réseau"),
    "donnees/themes.yaml": "themes: [{nom: Énergie, resume: Un résumé.}]\n",
}


def test_a_feed_for_each_subject_of_what_appears(tmp_path: Path) -> None:
    found = {
        channel.name: [record.path.stem for record in channel.records]
        for channel in channels(index_of(tmp_path, FILES))
    }
    assert found == {
        "tout": ["1", "a", "b", "e", "t"],
        "actualites": ["a", "b"],
        "agenda": ["e", "t"],
        "lettres": ["1"],
        "collectif-eau": ["a", "e"],
        "theme-energie": ["a", "b", "e"],
        "organisation-reseau": ["a", "e"],
        "serie-petits-dejeuners": ["e"],
        "auteur-camille-exemple": ["1", "a", "b"],
        "auteur-secretariat-general": ["a"],
    }


def test_a_feed_has_the_texts_and_the_page_of_its_subject(tmp_path: Path) -> None:
    index = index_of(tmp_path, FILES)
    told = {c.name: (c.title, c.description, c.page) for c in channels(index)[4:]}
    assert told == {
        "collectif-eau": (
            "L’eau", "Les articles et les dates du chantier «\u00a0L’eau\u00a0».",
            "/chantiers/eau/",
        ),
        "theme-energie": (
            "Énergie", "Ce qui paraît sur le thème «\u00a0Énergie\u00a0».", "/themes/energie/",
        ),
        "organisation-reseau": (
            "Réseau",
            "Les articles et les dates de l’organisation «\u00a0Réseau\u00a0».",
            "/organisations/reseau/",
        ),
        "serie-petits-dejeuners": (
            "Petits déjeuners",
            "Les rendez-vous de la série «\u00a0Petits déjeuners\u00a0».",
            "/agenda/?serie=petits-dejeuners",
        ),
        "auteur-camille-exemple": (
            "Camille Exemple",
            "Ce qui paraît sous la signature «\u00a0Camille Exemple\u00a0».",
            "/auteurs/camille-exemple/",
        ),
        "auteur-secretariat-general": (
            "Secrétariat général",
            "Ce qui paraît sous la signature «\u00a0Secrétariat général\u00a0».",
            "/auteurs/secretariat-general/",
        ),
    }  # fmt: skip


def test_a_name_without_a_latin_letter_has_no_feed(tmp_path: Path) -> None:
    files = {"articles/a.md": article("auteurs: ['李明']")}
    assert len(channels(index_of(tmp_path, files))) == 4


# Archives, of five contents each here.

SIZE = 5


def numbered(*numbers: int, **changed: str) -> Files:
    """Return an article for each number, dated by it; `n<number>` gives more of its header."""
    return {
        f"articles/n-{n:02}.md": article(changed.get(f"n{n}", ""), titre=f"N {n}").replace(
            "date: 2024-01-03", f"date: 2023-01-{n:02}"
        )
        for n in numbers
    }


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Files], list[FeedPage]]:
    monkeypatch.setattr(module, "LIMIT", SIZE)

    def made(files: Files) -> list[FeedPage]:
        index = index_of(tmp_path / str(len(list(tmp_path.iterdir()))), files)
        return list(pages_of(news(index), address))

    return made


def news(index: Index) -> Channel:
    found = channel_of(index, "actualites")
    assert found
    return found


def address(record: AnyRecord) -> str:
    return record.address


def held(page: FeedPage) -> list[int]:
    return [int(record.slug[2:]) for record in page.records]


@pytest.mark.parametrize(
    ("contents", "feed", "archives"),
    [
        (0, [], []),
        (4, [4, 3, 2, 1], []),
        (5, [5, 4, 3, 2, 1], []),
        (6, [6, 5, 4, 3, 2], [[1, 2, 3, 4, 5]]),
        (10, [10, 9, 8, 7, 6], [[6, 7, 8, 9, 10], [1, 2, 3, 4, 5]]),
        (11, [11, 10, 9, 8, 7], [[6, 7, 8, 9, 10], [1, 2, 3, 4, 5]]),
    ],
)
def test_archives_are_filled_from_the_oldest_on(
    pages: Callable[[Files], list[FeedPage]],
    contents: int,
    feed: list[int],
    archives: list[list[int]],
) -> None:
    shown, *older = pages(numbered(*range(1, contents + 1)))
    assert (held(shown), [held(page) for page in older]) == (feed, archives)
    assert (shown.name, shown.is_archive) == ("actualites", False)
    assert all(page.is_archive for page in older)
    names = [page.name for page in (shown, *older)]
    assert [page.previous for page in (shown, *older)] == [*names[1:], None]
    assert [page.following for page in older] == names[:-1]
    assert shown.following is None


def test_a_full_archive_stays_as_it_is(pages: Callable[[Files], list[FeedPage]]) -> None:
    before = pages(numbered(*range(1, 12)))
    after = pages(numbered(*range(1, 25), n3="modifie: 2023-02-01\n"))
    assert [page.name for page in after[-2:]] == [page.name for page in before[-2:]]
    assert list(map(held, after[-2:])) == list(map(held, before[-2:]))
    assert len(after) == 5


def test_what_changed_comes_back_in_the_feed_beside_its_archive(
    pages: Callable[[Files], list[FeedPage]],
) -> None:
    shown, *older = pages(numbered(*range(1, 14), n2="modifie: 2023-02-01\n"))
    assert held(shown) == [2, 13, 12, 11, 10]
    assert held(older[-1]) == [1, 2, 3, 4, 5]


def test_what_is_in_no_archive_is_in_the_feed_whatever_changed(
    pages: Callable[[Files], list[FeedPage]],
) -> None:
    changed = {f"n{n}": f"modifie: 2023-02-{n:02}\n" for n in range(1, 9)}
    shown, *older = pages(numbered(*range(1, 15), **changed))
    assert held(shown) == [8, 14, 13, 12, 11]
    assert {*held(shown)}.union(*map(held, older)) == {*range(1, 15)}


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16], 1),  # one gone
        ([*range(1, 13), 14, 15, 16, 17, 18], 2),  # one gone in no archive of before but the last
        ([*range(1, 18)], 3),
    ],
)
def test_an_archive_that_gains_or_loses_a_content_is_another_one(
    pages: Callable[[Files], list[FeedPage]], numbers: list[int], kept: int
) -> None:
    """So are those after it: a reader that knows an address knows what stood there and before."""
    before = [page.name for page in pages(numbered(*range(1, 17)))[:0:-1]]
    after = pages(numbered(*numbers))
    names = [page.name for page in after[:0:-1]]
    assert names[:kept] == before[:kept]
    assert not {*names[kept:]} & {*before}
    assert {*held(after[0])}.union(*map(held, after[1:])) == {*numbers}


def test_an_old_date_makes_other_archives_from_there_on(
    pages: Callable[[Files], list[FeedPage]],
) -> None:
    before = pages(numbered(1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12))
    after = pages(numbered(*range(1, 13)))
    assert after[-1].name == before[-1].name
    assert after[-2].name != before[-2].name
    assert held(after[-2]) == [6, 7, 8, 9, 10]
