"""Structured data of lists: schema.org ItemList."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from plugins.french.typography import plain
from plugins.library.occurrences import Occurrence
from plugins.views.agenda import AgendaItem
from plugins.views.pages import PageView
from plugins.views.structured_data import Node, StructuredData, Subject

# What search engines show of a list; more would make the page heavy for little use.
_MOST = 30


class Listed(Protocol):
    """What a list names: a content, a theme, a date."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def address(self) -> str:
        """Where it leads."""


class ListOfAll(Protocol):
    """The view of a page of a list."""

    @property
    def items(self) -> tuple[Listed, ...]:
        """What it lists, in order."""


def list_entity(data: StructuredData, page: PageView, view: ListOfAll) -> Subject:
    """Return the subject of a page of a list."""
    return subject_of(data, page, view.items)


def subject_of(data: StructuredData, page: PageView, items: Iterable[Listed]) -> Subject:
    """Return the subject of a page that lists items."""
    found = item_list(data, f"{page.address}#liste", page.own_title, items)
    return Subject("CollectionPage", found) if found["numberOfItems"] else Subject("CollectionPage")


def listed(items: Iterable[AgendaItem]) -> Iterator[Occurrence]:
    """Yield the occurrences among dates: the last day to register is no event."""
    return (item for item in items if isinstance(item, Occurrence))


def item_list(data: StructuredData, id_: str, name: str, items: Iterable[Listed]) -> Node:
    """Return the first items of a list, each once."""
    each_once = {item.address: item.title for item in items}
    shown = [
        {
            "@type": "ListItem",
            "position": position,
            "name": plain(title),
            "url": data.absolute(address),
        }
        for position, (address, title) in enumerate(islice(each_once.items(), _MOST), 1)
    ]
    return {
        "@type": "ItemList",
        "@id": data.absolute(id_),
        "name": plain(name),
        "numberOfItems": len(shown),
        "itemListElement": shown,
    }
