"""The items of the plan: the pages and files of the site, before any is written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from plugins.views.base import NamedAddress

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of « Vous êtes ici »; the page itself, last, has no address."""

    title: str
    address: str | None


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
    """The position in a list of several pages; `previous` and `next` are addresses."""

    number: int
    total: int
    pages: tuple[PageNumber, ...]

    @property
    def previous(self) -> str | None:
        """Return the address of the previous page, None on the first."""
        return self.pages[self.number - 2].address if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Return the address of the next page, None on the last."""
        return self.pages[self.number].address if self.number < self.total else None


@dataclass(frozen=True)
class Page:
    """A page of the plan; `view` makes the data of its template when the page is rendered."""

    address: str
    template: str
    title: str
    description: str
    kind: str
    trail: tuple[NamedAddress, ...] = ()
    section: str | None = None
    view: Callable[[], object] = field(default=lambda: None)
    noindex: bool = False
    image: str | None = None
    feeds: tuple[FeedLink, ...] = ()
    pagination: Pagination | None = None
    frise_year: int | None = None
    lastmod: date | None = None

    @property
    def breadcrumb(self) -> tuple[Crumb, ...]:
        """« Vous êtes ici »: the home page, the trail, the page itself."""
        if self.address == "/":
            return ()
        above = (NamedAddress("Accueil", "/"), *self.trail)
        return (*(Crumb(step.title, step.address) for step in above), Crumb(self.title, None))


@dataclass(frozen=True, slots=True)
class PageView:
    """The head of a page, for its template; `canonical` and `image` are absolute."""

    address: str
    title: str
    description: str
    kind: str
    breadcrumb: tuple[Crumb, ...]
    section: str | None
    canonical: str
    feeds: tuple[FeedLink, ...]
    image: str | None
    pagination: Pagination | None
    noindex: bool


@dataclass(frozen=True)
class File:
    """A file of the plan other than a page; `content` gives its bytes when it is written."""

    address: str
    content: Callable[[], bytes]


@dataclass(frozen=True)
class Slice(Generic[Item]):
    """The items of one page of a list."""

    address: str
    items: tuple[Item, ...]
    pagination: Pagination


def paginate(address: str, items: Sequence[Item], size: int) -> Iterator[Slice[Item]]:
    """Yield a list in pages of `size`: `<address>`, then `<address>page/2/`…; at least one."""
    total = max(1, -(-len(items) // size))
    addresses = [address, *(f"{address}page/{n}/" for n in range(2, total + 1))]
    for number, own in enumerate(addresses, start=1):
        pages = tuple(PageNumber(n, a, n == number) for n, a in enumerate(addresses, start=1))
        yield Slice(
            own,
            tuple(items[(number - 1) * size : number * size]),
            Pagination(number, total, pages),
        )
