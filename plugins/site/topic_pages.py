"""The pages of themes and of authors."""

from collections.abc import Iterator, Sequence
from functools import partial

from plugins.library.index import Topic
from plugins.views.base import NamedAddress
from plugins.views.channels import author_subject, theme_subject
from plugins.views.json_ld.contents import author_entity
from plugins.views.json_ld.lists import list_entity
from plugins.views.pages import Page, paginate
from plugins.views.site import AUTHORS, THEMES, Site
from plugins.views.topics import author_view, held_by_kind, theme_view, topics_view

PER_PAGE = 12
TOPICS_IN_LIST = 60


def pages(site: Site) -> Iterator[Page]:
    """Plan the lists of themes and of authors, and what bears the name of each."""
    yield from _themes(site)
    yield from _authors(site)


def _list(
    site: Site, up: NamedAddress, topics: Sequence[Topic], description: str, empty: str
) -> Iterator[Page]:
    """Plan the list of all topics of a kind; `empty` is the text of an empty list."""
    for part in paginate(up.address, topics, TOPICS_IN_LIST):
        yield Page(
            part.address,
            "topics",
            up.title,
            description,
            view=partial(topics_view, part, site.index, empty),
            subject=partial(list_entity, site.structured_data),
            pagination=part.pagination,
        )


def _themes(site: Site) -> Iterator[Page]:
    index = site.index
    yield from _list(
        site,
        THEMES,
        index.themes,
        "Les thèmes dont parle la communauté.",
        "Aucun thème n’est encore défini.",
    )
    for theme in index.themes:
        for part in paginate(theme.address, theme.records, PER_PAGE):
            yield Page(
                part.address,
                "theme",
                theme.title,
                theme.summary or f"Tout ce qui touche au thème « {theme.title} ».",
                (THEMES,),
                view=partial(theme_view, theme, part, site),
                subject=partial(list_entity, site.structured_data),
                pagination=part.pagination,
                newest=part.newest,
                feeds=site.feeds_of(theme_subject(theme.title), theme.title),
            )


def _authors(site: Site) -> Iterator[Page]:
    index = site.index
    yield from _list(
        site,
        AUTHORS,
        index.authors,
        "Les personnes et les services qui signent les articles et la lettre.",
        "Aucun contenu n’est encore signé.",
    )
    for author in index.authors:
        yield from _author(site, author)


def _author(site: Site, author: Topic) -> Iterator[Page]:
    for part in paginate(author.address, author.records, PER_PAGE):
        yield Page(
            part.address,
            "author",
            author.title,
            f"Ce que signe {author.title} : {held_by_kind(author)}.",
            (AUTHORS,),
            view=partial(author_view, author, part, site),
            subject=partial(author_entity, author, site.structured_data),
            pagination=part.pagination,
            feeds=site.feeds_of(author_subject(author.title), author.title),
            # A portrait may bear the same name.
            long_title=f"{author.title}, ses textes",
        )
