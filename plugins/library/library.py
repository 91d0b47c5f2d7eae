"""All the contents of the site together: what templates, outputs and checks ask of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from plugins.content.pictures import image_size
from plugins.french.quantities import weight
from plugins.french.slugs import slugify
from plugins.french.typography import fold
from plugins.front_matter.document import Document
from plugins.library.history import History
from plugins.library.links import cited_by, static_files_of
from plugins.library.relations import Relations
from plugins.markdown.bodies import Body
from plugins.markdown.conversion import render
from plugins.models import Header
from plugins.models.data import SiteData, ThemeData
from plugins.models.fields import GroupKind, Image
from plugins.views.entries import (
    ArticleEntry,
    Entry,
    EventEntry,
    GroupEntry,
    JobEntry,
    LetterEntry,
    OrganisationEntry,
    PageEntry,
    Picture,
    PortraitEntry,
    RenderedParts,
    theme_address,
)
from plugins.views.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and what bears it, newest first."""

    title: str
    summary: str | None
    address: str
    entries: tuple[Entry[Header], ...]


def _unexpanded(_parts: RenderedParts) -> str:
    raise RuntimeError("no theme has been given to the library: its texts cannot be expanded")


@dataclass(eq=False)
class Library:
    """The published contents as of a day, the others aside.

    `broken` holds what can be told of the contents whose header is at fault, so that what names
    them is not told as a second fault.
    `root` is the content folder; `static` the paths, relative to it, of the files that may be
    published as they are; `history` tells how the events’ files came to be. `expand` turns parts
    of a text into HTML for the web: the theme gives it.
    """

    root: Path
    today: date
    site: SiteData
    theme_data: tuple[ThemeData, ...] = ()
    static: frozenset[str] = frozenset()
    history: History | None = None
    entries: list[Entry[Header]] = field(default_factory=list)
    unpublished: list[Entry[Header]] = field(default_factory=list)
    broken: list[Entry[Header]] = field(default_factory=list)
    expand: Callable[[RenderedParts], str] = field(default=_unexpanded)
    _bodies: dict[Path, Body] = field(default_factory=dict)

    def body_of(self, document: Document) -> Body:
        """Return a document's text, converted once."""
        if document.path not in self._bodies:
            self._bodies[document.path] = render(document)
        return self._bodies[document.path]

    def of_kind(self, kind: str) -> list[Entry[Header]]:
        """Return the published contents of a type, in the order of the files."""
        return [entry for entry in self.entries if entry.kind.name == kind]

    @cached_property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """Return the articles, newest first; those of one day by slug."""
        found = cast("list[ArticleEntry]", self.of_kind("article"))
        found.sort(key=lambda entry: entry.slug)
        return tuple(sorted(found, key=lambda entry: entry.header.date.instant, reverse=True))

    @cached_property
    def reports(self) -> dict[EventEntry, list[ArticleEntry]]:
        """Return the articles that report each event, newest first."""
        found: dict[EventEntry, list[ArticleEntry]] = {}
        for article in self.articles:
            if article.reported_event:
                found.setdefault(article.reported_event, []).append(article)
        return found

    @cached_property
    def events(self) -> tuple[EventEntry, ...]:
        """Return the events, latest first."""
        found = cast("list[EventEntry]", self.of_kind("event"))
        found.sort(key=lambda entry: entry.slug)
        return tuple(sorted(found, key=lambda entry: entry.first.period.sort_key, reverse=True))

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return every sitting of every event, in order of date."""
        found = [occurrence for event in self.events for occurrence in event.occurrences]
        return tuple(sorted(found, key=lambda occurrence: occurrence.sort_key))

    @cached_property
    def letters(self) -> tuple[LetterEntry, ...]:
        """Return the issues of the letter, newest first."""
        found = cast("list[LetterEntry]", self.of_kind("letter"))
        return tuple(sorted(found, key=lambda entry: entry.number, reverse=True))

    @cached_property
    def groups(self) -> tuple[GroupEntry, ...]:
        """Return chantiers and groups, in the order that their files give."""
        found = cast("list[GroupEntry]", self.of_kind("group"))
        return tuple(sorted(found, key=lambda entry: (entry.header.order, entry.slug)))

    @property
    def chantiers(self) -> tuple[GroupEntry, ...]:
        """Return the chantiers."""
        return tuple(g for g in self.groups if g.header.kind is GroupKind.CHANTIER)

    @property
    def other_groups(self) -> tuple[GroupEntry, ...]:
        """Return the groups that are no chantiers."""
        return tuple(g for g in self.groups if g.header.kind is GroupKind.GROUP)

    @cached_property
    def organisations(self) -> tuple[OrganisationEntry, ...]:
        """Return the organisations, by title."""
        return tuple(cast("list[OrganisationEntry]", self._by_title("organisation")))

    @cached_property
    def portraits(self) -> tuple[PortraitEntry, ...]:
        """Return the portraits, by title."""
        return tuple(cast("list[PortraitEntry]", self._by_title("portrait")))

    @cached_property
    def jobs(self) -> tuple[JobEntry, ...]:
        """Return the job sheets, by title."""
        return tuple(cast("list[JobEntry]", self._by_title("job")))

    @cached_property
    def pages(self) -> tuple[PageEntry, ...]:
        """Return the standing pages, those of the menu first, in its order."""
        found = cast("list[PageEntry]", self._by_title("page"))
        last = 1000
        return tuple(sorted(found, key=lambda p: last if p.header.menu is None else p.header.menu))

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """Return the themes that some content bears, by name."""
        described = {slugify(theme.name): theme for theme in self.theme_data}
        bearers: dict[str, list[Entry[Header]]] = {}
        names: dict[str, str] = {}
        for entry in self.by_date(self.entries):
            for name in entry.header.themes:
                slug = slugify(name)
                names.setdefault(slug, name)
                bearers.setdefault(slug, []).append(entry)
        return tuple(
            Theme(
                described[slug].name if slug in described else names[slug],
                described[slug].summary if slug in described else None,
                theme_address(names[slug]),
                tuple(bearers[slug]),
            )
            for slug in sorted(bearers)
        )

    @cached_property
    def static_used(self) -> frozenset[str]:
        """Return the files that published contents show or link to: the only ones published."""
        return frozenset(path for entry in self.entries for path in static_files_of(entry, self))

    def find(self, kind: str, name: str | None) -> Entry[Header] | None:
        """Return the published content of a type that a reference names, None when there is none.

        A reference is a slug; the title and the other names of a content serve too.
        """
        return self._index.get((kind, fold(name))) if name else None

    def find_unpublished(self, kind: str, name: str) -> Entry[Header] | None:
        """Return the content that a reference names among those not published."""
        return _index(self.unpublished).get((kind, fold(name)))

    def find_broken(self, kind: str, name: str) -> Entry[Header] | None:
        """Return the content that a reference names among those whose header is at fault."""
        return _index(self.broken).get((kind, fold(name)))

    def is_published(self, entry: Entry[Header]) -> bool:
        """Tell whether a content is one of those published."""
        return entry in self._published

    def slugs(self, kind: str) -> tuple[str, ...]:
        """Return the slugs that a reference of a type may name."""
        return tuple(entry.slug for entry in self.of_kind(kind))

    def at_path(self, path: Path) -> Entry[Header] | None:
        """Return the content, published or not, sound or not, of the file shown as `path`."""
        return self._by_path.get(path)

    def at_address(self, address: str) -> Entry[Header] | None:
        """Return the published content at an address."""
        return self._by_address.get(address)

    def citing(self, entry: Entry[Header]) -> tuple[Entry[Header], ...]:
        """Return the contents whose text links to this one, or shows it in a block."""
        return tuple(self._citing.get(entry, ()))

    def cited_in(self, entry: Entry[Header]) -> tuple[Entry[Header], ...]:
        """Return the contents that the text of this one links to, or shows in a block."""
        return self._cited.get(entry, ())

    def see_also(self, entry: Entry[Header]) -> tuple[Entry[Header], ...]:
        """Return the contents nearest to one, those it names itself first."""
        return self._relations.nearest(entry)

    def file_of(self, address: str) -> Path:
        """Return the file of the content that an address of the site shows."""
        return self.root / unquote(urlsplit(address).path).lstrip("/")

    def picture(self, image: Image) -> Picture:
        """Return an image with its size."""
        width, height = image_size(self.root / image.file)
        return Picture(f"/{image.file}", image.alt, image.caption, image.credit, width, height)

    def size_label(self, file: str) -> str:
        """Return the kind and size of a file in words: « PDF, 120 ko »."""
        path = self.root / file
        size = path.stat().st_size if path.is_file() else 0
        return f"{path.suffix.removeprefix('.').upper()}, {weight(size)}"

    @staticmethod
    def by_date(entries: Iterable[Entry[Header]]) -> list[Entry[Header]]:
        """Return contents newest first; those without a date last, by title."""

        def key(entry: Entry[Header]) -> tuple[int, str]:
            if isinstance(entry, EventEntry):
                return (-entry.first.period.first_day.toordinal(), entry.slug)
            return (-entry.date.day.toordinal() if entry.date else 0, entry.slug)

        return sorted(entries, key=key)

    def _by_title(self, kind: str) -> list[Entry[Header]]:
        return sorted(self.of_kind(kind), key=lambda entry: (fold(entry.title), entry.slug))

    @cached_property
    def _index(self) -> dict[tuple[str, str], Entry[Header]]:
        return _index(self.entries)

    @cached_property
    def _by_path(self) -> dict[Path, Entry[Header]]:
        return {
            entry.document.path: entry for entry in (*self.broken, *self.unpublished, *self.entries)
        }

    @cached_property
    def _published(self) -> frozenset[Entry[Header]]:
        return frozenset(self.entries)

    @cached_property
    def _by_address(self) -> dict[str, Entry[Header]]:
        return {entry.address: entry for entry in self.entries}

    @cached_property
    def _relations(self) -> Relations:
        return Relations(self)

    @cached_property
    def _cited(self) -> dict[Entry[Header], tuple[Entry[Header], ...]]:
        return {
            entry: tuple(dict.fromkeys(cited_by(entry, self)))
            for entry in self.by_date(self.entries)
        }

    @cached_property
    def _citing(self) -> dict[Entry[Header], list[Entry[Header]]]:
        found: dict[Entry[Header], list[Entry[Header]]] = {}
        for entry, cited in self._cited.items():
            for other in cited:
                found.setdefault(other, []).append(entry)
        return found


def _index(entries: Iterable[Entry[Header]]) -> dict[tuple[str, str], Entry[Header]]:
    """Return contents by type and name; a slug wins over a file's name, that over a title."""
    index: dict[tuple[str, str], Entry[Header]] = {}
    entries = list(entries)
    for names in (_slug, _stem, _titles, _other_names):
        for entry in entries:
            # The title of a content whose header is at fault may not be known.
            for name in filter(None, names(entry)):
                index.setdefault((entry.kind.name, fold(name)), entry)
    return index


def _slug(entry: Entry[Header]) -> tuple[str, ...]:
    return (entry.slug,)


def _stem(entry: Entry[Header]) -> tuple[str, ...]:
    return (entry.document.path.stem,)


def _titles(entry: Entry[Header]) -> tuple[str, ...]:
    if isinstance(entry, GroupEntry):
        return (entry.title, entry.short_title)
    return (entry.title,)


def _other_names(entry: Entry[Header]) -> tuple[str, ...]:
    if isinstance(entry, GroupEntry):
        return entry.other_names
    if isinstance(entry, OrganisationEntry) and entry.full_name:
        return (entry.full_name,)
    return ()
