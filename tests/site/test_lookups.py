"""What a page looks up does not depend on how many contents the site holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.checks.suite import check_coming
from plugins.checks.twins import same_texts, same_titles
from plugins.content.record import Record
from plugins.library import relations, selection
from plugins.library.index import Index, read_index
from plugins.library.occurrences import Occurrence
from plugins.library.selection import is_published
from plugins.models import EventHeader, Header
from plugins.site import agenda_pages, content_pages
from plugins.views.pages import File, Page
from plugins.views.site import Site
from tests.contents import NOW, article, load_files, text, write
from tests.growth import Size, write_site

FEW, MANY = 60, 1200
# Lengths of numbers and of lists near their ends make a few calls more or less.
TOLERANCE = 1.3


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Site]:
    """Return a site with few events and articles, and one with many more over as many years."""
    found = {}
    for number in (FEW, MANY):
        size = Size(events=number, articles=number, days=number)
        root = write_site(tmp_path_factory.mktemp(str(number)), size)
        found[number] = Site(read_index(root, NOW), "https://exemple.fr")
    return found


def planned(site: Site) -> Iterator[Page | File]:
    yield from content_pages.pages(site)
    yield from agenda_pages.pages(site)


def calls_of(page: Page, site: Site) -> int:
    """Return the number of functions called to make the view of a page."""
    found = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(count)
    try:
        site.page_view(page)
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/evenements/e30/",
        "/actualites/a30/",
        "/evenements/page/2/",
        "/actualites/page/2/",
        "/agenda/2024/",
        "/agenda/2024/02/",
    ],
)
def test_a_page_costs_as_much_in_a_large_site(
    sites: dict[int, Site], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relations, "CANDIDATES", 5)
    found = {}
    for number, site in sites.items():
        pages = {item.address: item for item in planned(site) if isinstance(item, Page)}
        page = pages[address]
        site.page_view(page)  # gathers, once, what all pages look up
        found[number] = calls_of(page, site)
    assert found[MANY] <= found[FEW] * TOLERANCE, found


def judged(monkeypatch: pytest.MonkeyPatch, index: Index) -> int:
    """Return how many contents are selected to judge what is to come, today's being known."""
    assert index.unpublished
    found: list[Header] = []

    def counted(header: Header, now: object) -> bool:
        found.append(header)
        return is_published(header, now)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(selection, "is_published", counted)
        assert list(check_coming(index)) == []
    return len(found)


def test_a_content_to_come_selects_only_what_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "Avec [elle](../evenements/e1.md).\n\n/// extrait | evenements/e2\n///\n"
    found = {}
    for number in (10, 100):
        root = write_site(tmp_path / str(number), Size(events=number, articles=number))
        coming = {
            f"articles/c{n}.md": article(f"publier_le: 2024-0{n}-01\nevenement: e{n}", body)
            for n in range(2, 8)
        }
        index = read_index(write(root, coming), NOW)
        found[number] = judged(monkeypatch, index)
    assert found[100] == found[10] <= 6 * 4


def test_events_of_one_title_are_told_apart_without_comparing_each_to_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = 200
    files = {
        f"evenements/e{n}.md": text(f"debut: {2020 + n // 28}-01-{n % 28 + 1:02}", f"Jour {n}.\n")
        for n in range(days)
    }
    index = load_files(tmp_path, files).index
    asked: list[object] = []
    occurrences_of = index.occurrences_of

    def counted(event: Record[EventHeader]) -> tuple[Occurrence, ...]:
        asked.append(event)
        return occurrences_of(event)

    monkeypatch.setattr(index, "occurrences_of", counted)
    assert [*same_texts(index), *same_titles(index)] == []
    assert len(asked) <= 2 * days
