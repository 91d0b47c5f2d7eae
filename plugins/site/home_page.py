"""The home page: what is next, the latest letter, the year at a glance, the news."""

from collections.abc import Iterator

from plugins.library.library import Library
from plugins.theme.theme import Theme
from plugins.views.agenda import next_items
from plugins.views.entries import ArticleEntry
from plugins.views.matrix import matrix
from plugins.views.pages import Page
from plugins.views.site import Site

NEXT_DATES = 5
NEWS = 3


def pages(site: Site, _theme: Theme) -> Iterator[Page]:
    """Plan the home page."""
    library = site.library
    yield Page(
        "/",
        "home",
        site.name,
        site.description,
        "home",
        section="/",
        context={
            "next_occurrences": next_items(library.events, library.occurrences, NEXT_DATES),
            "letter": library.letters[0] if library.letters else None,
            "news": _news(library),
            "matrix": matrix(library, site.today.year, lit_day=site.today),
        },
    )


def _news(library: Library) -> tuple[ArticleEntry, ...]:
    """Return the newest articles, the one put forward first."""
    lead = next((a for a in library.articles if a.header.lead), None)
    others = [a for a in library.articles if a is not lead]
    return tuple(([lead] if lead else []) + others)[:NEWS]
