"""Lists in several pages, and « Vous êtes ici »."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.theme.theme import Theme
from plugins.views.base import NamedAddress
from plugins.views.pages import Page, paginate
from plugins.views.site import Site
from tests.contents import index_of
from tests.sites import ROOT


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [
        (0, 12, [0]),
        (1, 12, [1]),
        (12, 12, [12]),
        (13, 12, [12, 1]),
        (120, 12, [12] * 10),
        (120, 50, [50, 50, 20]),
    ],
)
def test_pages_hold_every_item_once_in_order(count: int, size: int, sizes: list[int]) -> None:
    slices = list(paginate("/actualites/", range(count), size))
    assert [len(part.items) for part in slices] == sizes
    assert [item for part in slices for item in part.items] == list(range(count))


def test_addresses_and_neighbours() -> None:
    slices = list(paginate("/themes/theme-3/", range(120), 50))
    assert [part.address for part in slices] == [
        "/themes/theme-3/",
        "/themes/theme-3/page/2/",
        "/themes/theme-3/page/3/",
    ]
    first, second, third = (part.pagination for part in slices)
    assert (first.number, first.total, first.previous, first.next) == (
        *(1, 3, None),
        "/themes/theme-3/page/2/",
    )
    assert (second.previous, second.next) == ("/themes/theme-3/", "/themes/theme-3/page/3/")
    assert (third.previous, third.next) == ("/themes/theme-3/page/2/", None)
    assert [(page.number, page.is_current) for page in second.shown if page] == [
        (1, False),
        (2, True),
        (3, False),
    ]


@pytest.mark.parametrize(
    ("number", "total", "shown"),
    [
        (1, 3, [1, 2, 3]),
        (1, 26, [1, 2, 3, None, 26]),
        (4, 26, [1, 2, 3, 4, 5, 6, None, 26]),
        (5, 26, [1, 2, 3, 4, 5, 6, 7, None, 26]),
        (13, 26, [1, None, 11, 12, 13, 14, 15, None, 26]),
        (26, 26, [1, None, 24, 25, 26]),
        (417, 418, [1, None, 415, 416, 417, 418]),
    ],
)
def test_pages_around_the_one_shown(number: int, total: int, shown: list[int | None]) -> None:
    pagination = list(paginate("/actualites/", range(total), 1))[number - 1].pagination
    assert [page and page.number for page in pagination.shown] == shown


def test_own_titles() -> None:
    first, second = (part.pagination for part in paginate("/actualites/", range(13), 12))
    titles = [
        Page("/actualites/", "articles", "Actualités", "…", pagination=part).own_title
        for part in (first, second, None)
    ]
    assert titles == ["Actualités", "Actualités, page\N{NO-BREAK SPACE}2", "Actualités"]


def test_pages_of_two_lists_never_meet() -> None:
    """Page 3 of `theme-3` and of `theme-33`, which Pelican would give one address."""
    addresses = [
        part.address
        for name in ("theme-3", "theme-33", "theme")
        for part in paginate(f"/themes/{name}/", range(40), 1)
    ]
    assert len(addresses) == len(set(addresses)) == 120


def test_breadcrumb(tmp_path: Path) -> None:
    theme = Theme(ROOT / "theme", Site(index_of(tmp_path, {}), "https://passerelle.example"))
    macro = theme.environment.get_template("components/breadcrumb.html").module.breadcrumb  # type: ignore[attr-defined]
    trail = (NamedAddress("Agenda", "/agenda/"),)
    shown = html.fromstring(str(macro(Page("/evenements/w/", "event", "W", "…", trail))))
    assert [(step.text_content(), step.get("href")) for step in shown.xpath("//li/*")] == [
        ("Accueil", "/"),
        ("Agenda", "/agenda/"),
        ("W", None),
    ]
    assert str(macro(Page("/", "home", "Accueil", "…"))).strip() == ""
