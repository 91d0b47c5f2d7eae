"""The home page: next dates, latest issue of the letter, year matrix, news."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library.index import Index
from plugins.views.agenda import AgendaItem, next_items
from plugins.views.base import Teaser, teaser
from plugins.views.letters import LetterCover, letter_cover
from plugins.views.matrix import Matrix, matrix
from plugins.views.pages import Page
from plugins.views.site import Site

NEXT_DATES = 5
NEWS = 3


@dataclass(frozen=True, slots=True)
class HomeView:
    """The next dates, the latest issue of the letter, the year's matrix, the news."""

    next_occurrences: tuple[AgendaItem, ...]
    letter: LetterCover | None
    news: tuple[Teaser, ...]
    matrix: Matrix


def pages(site: Site) -> Iterator[Page]:
    """Plan the home page."""
    description = site.index.site.description
    yield Page("/", "home", site.name, description, section="/", view=lambda: _view(site))


def _view(site: Site) -> HomeView:
    index = site.index
    return HomeView(
        next_items(index, NEXT_DATES),
        letter_cover(index.letters[0], index) if index.letters else None,
        _news(index),
        matrix(index, site.today.year, lit_day=site.today),
    )


def _news(index: Index) -> tuple[Teaser, ...]:
    """Return the newest articles, the featured article first."""
    lead = next((a for a in index.articles if a.header.lead), None)
    others = [a for a in index.articles if a is not lead]
    return tuple(teaser(article) for article in (([lead] if lead else []) + others)[:NEWS])
