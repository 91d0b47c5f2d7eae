"""The items of the plan: the pages and files of the site, before any is written."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from markupsafe import Markup

from plugins.content.record import AnyRecord
from plugins.french.typography import NBSP
from plugins.library.reuse import Texts, no_texts
from plugins.views.base import NamedAddress, Picture
from plugins.views.structured_data import Subject, no_subject

Item = TypeVar("Item")

# Pages before and after the current one that every page of a list leads to.
_AROUND = 2


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed or a calendar announced in the head of a page."""

    title: str
    address: str
    mime: str


class PageNumber(NamedTuple):
    """A page of a list."""

    number: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """The position in a list of several pages, the first of which is at `address`."""

    number: int
    total: int
    address: str

    @property
    def shown(self) -> tuple[PageNumber | None, ...]:
        """Return the first and last pages and those around this one, None where some are left out.

        A gap of one page is that page.
        """
        around = range(self.number - _AROUND, self.number + _AROUND + 1)
        kept = {n for n in (1, *around, self.total) if 1 <= n <= self.total}
        near = {n + step for n in kept for step in (-1, 1) if 1 < n + step < self.total}
        kept |= {n for n in near if {n - 1, n + 1} <= kept}
        found: list[PageNumber | None] = []
        for number in sorted(kept):
            if number > 1 and number - 1 not in kept:
                found.append(None)
            found.append(PageNumber(number, self.address_of(number), number == self.number))
        return tuple(found)

    @property
    def previous(self) -> str | None:
        """Return the address of the previous page, None on the first."""
        return self.address_of(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Return the address of the next page, None on the last."""
        return self.address_of(self.number + 1) if self.number < self.total else None

    def address_of(self, number: int) -> str:
        """Return the address of a page of the list."""
        return self.address if number == 1 else f"{self.address}page/{number}/"


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What the head says of an article, besides its title (Open Graph, `article:…`)."""

    published: datetime | None
    modified: datetime | None
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]


@dataclass(frozen=True)
class PageView:
    """The head of a page; `trail` are the pages above, without the home page.

    `long_title` is its title out of its site, when it says more than its title there; `image`
    announces it in social networks, `article` says more of an article, `json_ld` is its structured
    data; these are known when the page is rendered. `canonical` is where a page that moved is now.
    """

    address: str
    template: str
    title: str
    description: str
    trail: tuple[NamedAddress, ...] = ()
    section: str | None = None
    noindex: bool = False
    image: Picture | None = None
    article: ArticleHead | None = None
    feeds: tuple[FeedLink, ...] = ()
    pagination: Pagination | None = None
    long_title: str | None = None
    canonical: str | None = None
    json_ld: Markup | None = None

    @property
    def own_title(self) -> str:
        """Return the title that no other page has: « Actualités, page 2 »."""
        number = self.pagination.number if self.pagination else 1
        title = self.long_title or self.title
        return f"{title}, page{NBSP}{number}" if number > 1 else title


MakeSubject: TypeAlias = Callable[[PageView, Any], Subject]
"""What a page is about, from its head and its view."""


@dataclass(frozen=True)
class Page(PageView):
    """A page of the plan; `view` makes the data of its template when the page is rendered.

    `record` is the content that it shows, `newest` those that a list begins with, `subject` what
    search engines are told that it is about. A page that `follows_files` states the weight of a
    file, which is made before it. `texts` are the contents of whose words it shows more than a
    title or a summary. A page that `is_former` answers at an address where nothing new should lead.
    """

    view: Callable[[], object] = lambda: None
    subject: MakeSubject = no_subject
    frise_year: int | None = None
    frise_month: int | None = None
    record: AnyRecord | None = None
    newest: Sequence[AnyRecord] = ()
    follows_files: bool = False
    is_former: bool = False
    texts: Texts = no_texts


@dataclass(frozen=True)
class File:
    """A file of the plan other than a page; `content` gives its bytes when it is written.

    `texts` are the contents whose words it holds. One that `stands_alone` shares no work with other
    files: any core of the machine may make it.
    """

    address: str
    content: Callable[[], bytes]
    texts: Texts = no_texts
    stands_alone: bool = False


@dataclass(frozen=True)
class Bundle(File):
    """Files of one folder, made together: only then are their names known.

    Its address is that of the folder, and `*`, which stands for their names. Its bytes are an
    archive of them, in ZIP.
    """


def folder_of_bundle(address: str) -> str | None:
    """Return the folder of a bundle from the address of an item; None for any other item."""
    return address.removesuffix("*") if address.endswith("/*") else None


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the files of a bundle, by their names in its folder."""
    from zipfile import ZipFile  # noqa: PLC0415 - slow to load, rarely needed

    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@dataclass(frozen=True)
class Slice(Generic[Item]):
    """The items of one page of a list, in pages of `size`."""

    address: str
    items: tuple[Item, ...]
    pagination: Pagination
    size: int

    @property
    def newest(self) -> tuple[Item, ...]:
        """Return the items of the first page, none on the others: there they move by themselves."""
        return self.items if self.pagination.number == 1 else ()


def paginate(address: str, items: Sequence[Item], size: int) -> Iterator[Slice[Item]]:
    """Yield a list in pages of `size`: `<address>`, then `<address>page/2/`…; at least one."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        pagination = Pagination(number, total, address)
        shown = tuple(items[(number - 1) * size : number * size])
        yield Slice(pagination.address_of(number), shown, pagination, size)
