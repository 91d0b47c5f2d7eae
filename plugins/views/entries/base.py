"""What every content is, whatever its type: header, text, address, relations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from plugins.dates.days import Day
from plugins.dates.moments import Published
from plugins.faults import ContentError, KeyPath, Level, Position
from plugins.french.slugs import slugify
from plugins.front_matter.document import Document
from plugins.markdown.bodies import Body, Heading, Part
from plugins.models import Header, Kind

if TYPE_CHECKING:
    from plugins.library.library import Library
    from plugins.views.entries.organisation import OrganisationEntry

H_co = TypeVar("H_co", bound=Header, covariant=True)


@dataclass(frozen=True, slots=True)
class NamedAddress:
    """An address of the site, or of the web, with the name it is shown under."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to be shown; width and height are in pixels, None when unknown."""

    src: str
    alt: str
    caption: str | None
    credit: str | None
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class RenderedParts:
    """Parts of a body with the entry whose links they use; a template turns them into HTML."""

    entry: Entry[Any]
    parts: tuple[Part, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.parts)

    def __html__(self) -> str:
        """Return the HTML for the web: what a template shows without escaping."""
        return self.entry.library.expand(self)


@dataclass(eq=False)
class Entry(Generic[H_co]):
    """A content: what its file says, and where it stands among the others."""

    kind: Kind
    document: Document
    header: H_co
    slug: str
    address: str
    library: Library = field(repr=False)

    @cached_property
    def body(self) -> Body:
        """Return the text, converted."""
        return self.library.body_of(self.document)

    @property
    def title(self) -> str:
        """Return the title."""
        return self.header.title

    @property
    def summary(self) -> str:
        """Return the summary."""
        return self.header.summary

    @property
    def kind_label(self) -> str:
        """Return the content's nature in words."""
        return self.kind.label

    @property
    def date(self) -> Published | None:
        """Return when it was published."""
        return self.header.date

    @property
    def published(self) -> Day | None:
        """Return the day on which it was published."""
        return Day(self.header.date.day) if self.header.date else None

    @property
    def modified(self) -> Day | None:
        """Return the day of its last important change."""
        return Day(self.header.modified.day) if self.header.modified else None

    @property
    def last_change(self) -> dt.date | None:
        """Return the day of its modification, else of its publication."""
        last = self.header.modified or self.header.date
        return last.day if last else None

    @property
    def authors(self) -> tuple[str, ...]:
        """Return who wrote it."""
        return self.header.authors

    @property
    def themes(self) -> tuple[NamedAddress, ...]:
        """Return its themes with their pages."""
        return tuple(NamedAddress(name, theme_address(name)) for name in self.header.themes)

    @cached_property
    def organisation(self) -> OrganisationEntry | None:
        """Return the organisation it belongs to."""
        found = self.library.find("organisation", self.header.organisation)
        return cast("OrganisationEntry | None", found)

    @property
    def image(self) -> Picture | None:
        """Return its illustration."""
        return self.library.picture(self.header.image) if self.header.image else None

    @property
    def full_html(self) -> RenderedParts:
        """Return its whole text, ready to be expanded."""
        return RenderedParts(self, self.body.parts)

    @property
    def html(self) -> RenderedParts:
        """Return the text that its page shows."""
        return self.full_html

    @property
    def toc(self) -> tuple[Heading, ...]:
        """Return the headings of its text."""
        return self.body.headings

    @cached_property
    def see_also(self) -> tuple[Entry[Header], ...]:
        """Return the contents nearest to it."""
        return self.library.see_also(self)

    @property
    def original_address(self) -> str:
        """Return the first address it ever had: what its permanent ids are made of."""
        return self.header.old_addresses[0] if self.header.old_addresses else self.address

    def error(
        self, path: KeyPath, message: str, level: Level = Level.ERROR, field: str | None = None
    ) -> ContentError:
        """Return a fault of this entry at the place of a header field."""
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        return ContentError(
            self.document.path, self.document.locate(path), field or name or None, message, level
        )

    def error_at(
        self, position: Position, name: str | None, message: str, level: Level = Level.ERROR
    ) -> ContentError:
        """Return a fault of this entry at a place of its text."""
        return ContentError(self.document.path, position, name, message, level)


def theme_address(name: str) -> str:
    """Return the address of a theme's page."""
    return f"/themes/{slugify(name)}/"
