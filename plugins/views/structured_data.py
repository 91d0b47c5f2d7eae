"""Nodes of structured data that several pages share, and the subject of a page.

A content has its address for `@id`, the page that shows it the same with `#page`. Every address is
absolute. Unknown values are left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plugins.content.record import AnyRecord
from plugins.french.typography import plain
from plugins.library.addresses import absolute
from plugins.library.authors import author_address
from plugins.library.index import Index

SCHEMA = "https://schema.org"
PUBLISHER = "/#editeur"
WEBSITE = "/#site"

# Words of a full name that may begin with a small letter.
_PARTICLES = {"d", "da", "de", "del", "des", "di", "du", "el", "la", "le", "van", "von", "y"}
_ARTICLES = {"l", "la", "le", "les"}
_BETWEEN_WORDS = re.compile(r"[\s’']+")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about: the schema.org type of the page, its main entity, lists beside it."""

    page_type: str = "WebPage"
    main: Node | None = None
    lists: tuple[Node, ...] = ()


def no_subject(_page: object, _view: object) -> Subject:
    """Return the subject of a page that only its title tells."""
    return Subject()


@dataclass(frozen=True, slots=True)
class StructuredData:
    """The index and the site's address, and the nodes that are made of them alone."""

    index: Index
    url: str

    def absolute(self, address: str) -> str:
        """Return an address with the scheme and host of the site."""
        return absolute(self.url, address)

    def reference(self, address: str) -> Node:
        """Return a reference to the node of an address: this page tells it, or the page there."""
        return {"@id": self.absolute(address)}

    def common(self, record: AnyRecord) -> Node:
        """Return what the node of any content says."""
        return {
            "@id": self.absolute(record.address),
            "url": self.absolute(record.address),
            "description": plain(record.header.summary),
            "mainEntityOfPage": self.reference(page_id(record.address)),
        }

    def publisher(self) -> Node:
        """Return the publisher, as far as a reader of one node must know it."""
        site = self.index.site
        return {
            "@type": "Organization",
            "@id": self.absolute(PUBLISHER),
            "name": plain(site.publisher or site.name),
            "url": self.absolute("/"),
        }

    def organisation(self, record: AnyRecord) -> Node:
        """Return an organisation, a chantier or a group, as other nodes name it."""
        return {
            "@type": "Organization",
            "@id": self.absolute(record.address),
            "name": plain(record.header.title),
            "url": self.absolute(record.address),
        }

    def signed(self, names: Iterable[str]) -> list[Node]:
        """Return the authors of these names, each with its page, if it has one."""
        return [self.author(name) for name in names]

    def author(self, name: str) -> Node:
        """Return an author: an organisation that has its page, a person, else a service.

        A person's `@id` is that of the portrait, if there is one.
        """
        index = self.index
        if organisation := index.find("organisation", name):
            return self.organisation(organisation)
        author = index.author_at(author_address(name))
        portrait = index.portrait_of(author) if author else None
        known = portrait or author
        return {
            "@type": "Person" if portrait or _is_full_name(name) else "Organization",
            "@id": self.absolute(known.address) if known else None,
            "name": plain(name),
            "url": self.absolute(author.address) if author else None,
        }


def page_id(address: str) -> str:
    """Return the `@id` of a page, whose subject has the address itself."""
    return f"{address}#page"


def without_empty(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a node without empty values."""
    if isinstance(value, dict):
        cleaned = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if not _is_empty(item)}
    if isinstance(value, list):
        return [without_empty(item) for item in value]
    return value


def _is_empty(value: object) -> bool:
    """Return True for an empty value; zero is a value."""
    return value is None or value in ("", [], {})


def _is_full_name(name: str) -> bool:
    """Return True for « Jean d’Exemple », False for « Direction générale » or « La Rédaction »."""
    words = _BETWEEN_WORDS.split(name.strip())
    if len(words) < 2 or words[0].casefold() in _ARTICLES:
        return False
    return all(word[:1].isupper() or word in _PARTICLES for word in words)
