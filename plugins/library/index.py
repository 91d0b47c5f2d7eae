"""The index: all the contents as of an instant, and the relations between them.

The records are read once; an index of another instant selects from the same records.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from plugins.content.reading import Contents, Reader, read_contents, read_records
from plugins.content.record import AnyRecord, H, Record, has_header
from plugins.french.slugs import slugify
from plugins.french.typography import fold
from plugins.library.authors import author_address, authors_of
from plugins.library.event_dates import named_occurrences, occurrences_of, whole
from plugins.library.excerpts import Shown, excerpt_blocks, shown_by, source_of
from plugins.library.findings import ANYTHING, found_once
from plugins.library.history import FileHistory, History, read_history
from plugins.library.links import (
    BrokenLinkError,
    links_of,
    pictures_of,
    resolve,
    theme_address,
)
from plugins.library.occurrences import (
    EventName,
    GroupName,
    Occurrence,
    OrganisationName,
)
from plugins.library.selection import Selection
from plugins.markdown.bodies import Link
from plugins.models import (
    ArticleHeader,
    EventHeader,
    GroupHeader,
    JobHeader,
    LetterHeader,
    OrganisationHeader,
    PageHeader,
    PortraitHeader,
)
from plugins.models.blocks import ArticleBlock, EventBlock
from plugins.models.data import SiteData
from plugins.models.event import EVERYONE
from plugins.models.fields import GroupKind

Key = TypeVar("Key")
Made = TypeVar("Made")
Found = TypeVar("Found", bound=AnyRecord)


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme or an author, and the contents that bear its name, newest first."""

    title: str
    summary: str | None
    address: str
    records: tuple[AnyRecord, ...]


class Index(Selection):
    """The published contents as of an aware instant, with their occurrences, lists and links.

    What a page asks of it is found by name, never by looking at every content: a site then costs
    as many look-ups as it has pages.
    """

    def __init__(self, contents: Contents, now: datetime, history: History | None = None) -> None:
        """Take the contents and what git knows of their files."""
        super().__init__(contents, now)
        self.history = history

    def once(self, make: Callable[["Index"], Made]) -> Made:
        """Return what a function makes of this index, made at its first call."""
        return self.findings.once(make, lambda: self._made(make))

    def _made(self, make: Callable[["Index"], Made]) -> Made:
        # It may look at anything.
        self.findings.note(ANYTHING)
        return make(self)

    def found(self, make: Callable[["Index", Found], Made], record: Found) -> Made:
        """Return what a function makes of a content and of those it names, made at its first call.

        The function asks for other contents one by one, by their names, paths or addresses.
        """
        return self._of(record, make, lambda: make(self, record))

    def _of(self, record: AnyRecord, name: Hashable, find: Callable[[], Made]) -> Made:
        return self.findings.once((name, record.path), find, record.path)

    def at(self, now: datetime, *, finished: Path | None = None) -> "Index":
        """Return the index as of another instant; the draft at `finished` counts as published."""
        contents = self.contents.finishing(finished) if finished else self.contents
        return Index(contents, now, self.history)

    @property
    def site(self) -> SiteData:
        """The site's own data."""
        return self.contents.site

    # Sorted lists

    @found_once
    def articles(self) -> tuple[Record[ArticleHeader], ...]:
        """The articles, newest first, then by slug."""
        found = sorted(self.typed(ArticleHeader), key=lambda record: record.slug)
        return tuple(sorted(found, key=lambda r: r.header.date.instant, reverse=True))

    @found_once
    def events(self) -> tuple[Record[EventHeader], ...]:
        """The events, latest first."""
        found = sorted(self.typed(EventHeader), key=lambda record: record.slug)
        return tuple(
            sorted(found, key=lambda r: self.occurrences_of(r)[0].period.sort_key, reverse=True)
        )

    @found_once
    def letters(self) -> tuple[Record[LetterHeader], ...]:
        """The issues of the letter, newest first."""
        found = self.typed(LetterHeader)
        return tuple(sorted(found, key=lambda record: record.header.number, reverse=True))

    @found_once
    def groups(self) -> tuple[Record[GroupHeader], ...]:
        """The chantiers and groups, by `order`, then by slug."""
        found = self.typed(GroupHeader)
        return tuple(sorted(found, key=lambda record: (record.header.order, record.slug)))

    @property
    def chantiers(self) -> tuple[Record[GroupHeader], ...]:
        """The chantiers."""
        return tuple(g for g in self.groups if g.header.kind is GroupKind.CHANTIER)

    @property
    def other_groups(self) -> tuple[Record[GroupHeader], ...]:
        """The groups other than chantiers."""
        return tuple(g for g in self.groups if g.header.kind is GroupKind.GROUP)

    @found_once
    def organisations(self) -> tuple[Record[OrganisationHeader], ...]:
        """The organisations, by title."""
        return _by_title(self.typed(OrganisationHeader))

    @found_once
    def portraits(self) -> tuple[Record[PortraitHeader], ...]:
        """The portraits, by title."""
        return _by_title(self.typed(PortraitHeader))

    @found_once
    def jobs(self) -> tuple[Record[JobHeader], ...]:
        """The job sheets, by title."""
        return _by_title(self.typed(JobHeader))

    @found_once
    def pages(self) -> tuple[Record[PageHeader], ...]:
        """The standing pages; pages of the menu first, in menu order."""
        found = _by_title(self.typed(PageHeader))
        last = 1000
        return tuple(sorted(found, key=lambda p: last if p.header.menu is None else p.header.menu))

    @found_once
    def themes(self) -> tuple[Topic, ...]:
        """The themes of the published contents, by name."""
        described = {theme_address(theme.name): theme for theme in self.contents.themes}
        return tuple(
            replace(topic, title=told.name, summary=told.summary)
            if (told := described.get(topic.address))
            else topic
            for topic in _topics(
                (name, theme_address(name), record)
                for record in self.newest_first
                for name in record.header.themes
            )
        )

    @found_once
    def authors(self) -> tuple[Topic, ...]:
        """The authors of the published contents, by name, each as the newest content spells it."""
        return _topics(
            (name, address, record)
            for record in self.newest_first
            for name in authors_of(record)
            if (address := author_address(name))
        )

    def author_at(self, address: str | None) -> Topic | None:
        """Return the author whose page is at an address."""
        return self._authors_by_address.get(address) if address else None

    @found_once
    def _authors_by_address(self) -> dict[str, Topic]:
        return {author.address: author for author in self.authors}

    def portrait_of(self, author: Topic) -> Record[PortraitHeader] | None:
        """Return the portrait of an author, known by its name."""
        return self._portraits_by_author.get(author.address)

    @found_once
    def _portraits_by_author(self) -> dict[str, Record[PortraitHeader]]:
        return {
            address: portrait
            for portrait in reversed(self.portraits)
            if (address := author_address(portrait.header.name))
        }

    @found_once
    def newest_first(self) -> tuple[AnyRecord, ...]:
        """The published contents, newest first, as `by_date` puts them."""
        return tuple(self.by_date(self.published))

    def by_date(self, records: Iterable[AnyRecord]) -> list[AnyRecord]:
        """Return contents newest first; contents without a date last, by slug."""

        def key(record: AnyRecord) -> tuple[int, str]:
            if has_header(record, EventHeader):
                first = self.occurrences_of(record)[0].period.first_day
                return (-first.toordinal(), record.slug)
            date = record.header.date
            return (-date.day.toordinal() if date else 0, record.slug)

        return sorted(records, key=key)

    # Events: their occurrences, their group, their history

    @found_once
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every occurrence of every event, in order of date."""
        found = [occurrence for event in self.events for occurrence in self.occurrences_of(event)]
        return tuple(sorted(found, key=lambda occurrence: occurrence.sort_key))

    def occurrences_of(self, event: Record[EventHeader]) -> tuple[Occurrence, ...]:
        """Return the occurrences of an event, in order of date."""

        def find() -> tuple[Occurrence, ...]:
            return occurrences_of(event, self._event_name(event), self.today)

        return self._of(event, "occurrences", find)

    def named_occurrences(self, event: Record[EventHeader]) -> tuple[Occurrence, ...]:
        """Return the occurrences that an event's file names and its page does not show."""
        return named_occurrences(event, self._event_name(event), self.today)

    def whole(self, event: Record[EventHeader]) -> Occurrence:
        """Return the first occurrence of a recurring event, without its exceptions."""
        return whole(event, self._event_name(event), self.today)

    def occurrences_of_group(self, group: Record[GroupHeader]) -> tuple[Occurrence, ...]:
        """Return the occurrences of a chantier or a group, in order of date."""
        return self._occurrences_by_group.get(group.address, ())

    @found_once
    def _occurrences_by_group(self) -> dict[str, tuple[Occurrence, ...]]:
        return _gathered((o.group.address, o) for o in self.occurrences if o.group)

    def occurrences_in(self, year: int) -> tuple[Occurrence, ...]:
        """Return the occurrences that may fall in a year, in order of date."""
        return self.occurrences_by_year.get(year, ())

    @found_once
    def occurrences_by_year(self) -> dict[int, tuple[Occurrence, ...]]:
        """The occurrences that may fall in each year, in order of date."""
        return _gathered(
            (year, o)
            for o in self.occurrences
            for year in range(o.period.first_day.year, o.period.last_day.year + 1)
        )

    def event_at(self, occurrence: Occurrence) -> Record[EventHeader]:
        """Return the event of an occurrence."""
        found = self.at_address(occurrence.event.address)
        assert found is not None
        assert has_header(found, EventHeader)
        return found

    def group_of(self, event: Record[EventHeader]) -> Record[GroupHeader] | None:
        """Return the chantier or group that holds an event."""
        name = event.header.group
        found = None if name == EVERYONE else self.find("group", name)
        return found if found and has_header(found, GroupHeader) else None

    def organisation_of(self, record: AnyRecord) -> Record[OrganisationHeader] | None:
        """Return the organisation of a content."""
        found = self.find("organisation", record.header.organisation)
        return found if found and has_header(found, OrganisationHeader) else None

    def events_of(
        self, organisation: Record[OrganisationHeader]
    ) -> tuple[Record[EventHeader], ...]:
        """Return the events of an organisation, latest first."""
        return self._events_by_organisation.get(organisation.path, ())

    @found_once
    def _events_by_organisation(self) -> dict[Path, tuple[Record[EventHeader], ...]]:
        return self._by_organisation(self.events)

    def _by_organisation(self, records: Iterable[Found]) -> dict[Path, tuple[Found, ...]]:
        """Return contents by the path of their organisation, in the order given."""
        return _gathered(
            (organisation.path, record)
            for record in records
            if (organisation := self.organisation_of(record))
        )

    def is_cancelled(self, record: AnyRecord) -> bool:
        """Return True for an event whose dates are all cancelled."""
        return has_header(record, EventHeader) and all(
            occurrence.is_cancelled for occurrence in self.occurrences_of(record)
        )

    def series_of(self, event: Record[EventHeader]) -> tuple[Record[EventHeader], ...]:
        """Return the events of an event's series, itself included, latest first."""
        series = event.header.series
        return self._series.get(slugify(series.name), ()) if series else ()

    def near_in_series(
        self, event: Record[EventHeader], most: int
    ) -> tuple[Record[EventHeader], ...]:
        """Return at most `most` other events of an event's series, the nearest, latest first."""
        every = self.series_of(event)
        if not every:
            return ()
        place = self._places_in_series[event.path]
        start = max(0, min(place - most // 2, len(every) - most - 1))
        return tuple(e for e in every[start : start + most + 1] if e.path != event.path)

    @property
    def series(self) -> tuple[tuple[Record[EventHeader], ...], ...]:
        """The events of each series, latest first."""
        return tuple(self._series.values())

    @found_once
    def _series(self) -> dict[str, tuple[Record[EventHeader], ...]]:
        return _gathered(
            (slugify(event.header.series.name), event)
            for event in self.events
            if event.header.series
        )

    @found_once
    def _places_in_series(self) -> dict[Path, int]:
        return {
            event.path: place
            for events in self._series.values()
            for place, event in enumerate(events)
        }

    @found_once
    def audiences(self) -> frozenset[str]:
        """The audiences that events name."""
        events = self.typed(EventHeader)
        return frozenset(name for event in events for name in event.header.audience)

    def history_of(self, record: AnyRecord) -> FileHistory | None:
        """Return the git history of a content's file, None when unknown; it is sought once."""
        return self._of(record, "history", lambda: self._history_of(record))

    def _history_of(self, record: AnyRecord) -> FileHistory | None:
        self.findings.note(ANYTHING)
        history = self.history
        return history.of(self.contents.root.parent / record.path) if history else None

    def change_of(self, record: AnyRecord) -> datetime | None:
        """Return the time of the last change of what readers see, from git, if it changed."""
        self.findings.note(ANYTHING)
        history = self.history
        return history.change_of(self.contents.root.parent / record.path) if history else None

    def identifier_of(self, record: AnyRecord) -> str:
        """Return the permanent identifier of a content, stable under a new file name or title."""
        if record.header.identifier:
            return record.header.identifier
        history = self.history_of(record)
        folder, _, path = record.path.as_posix().partition("/")
        return history.origin if history else path or folder

    def _event_name(self, event: Record[EventHeader]) -> EventName:
        header = event.header
        group, organisation = self.group_of(event), self.organisation_of(event)
        return EventName(
            slug=event.slug,
            title=header.title,
            summary=header.summary,
            address=event.address,
            everyone=header.group == EVERYONE,
            group=group_name(group) if group else None,
            organisation=OrganisationName(
                organisation.slug, organisation.header.title, organisation.address
            )
            if organisation
            else None,
            audience=header.audience,
            series=header.series.name if header.series else "",
        )

    # Articles

    @found_once
    def articles_by_year(self) -> dict[int, tuple[Record[ArticleHeader], ...]]:
        """The articles of each year, newest first."""
        return _gathered((article.header.date.day.year, article) for article in self.articles)

    def groups_of(self, article: Record[ArticleHeader]) -> tuple[Record[GroupHeader], ...]:
        """Return the chantiers and groups named by an article."""
        found = (self.find("group", name) for name in article.header.groups)
        return tuple(g for g in found if g and has_header(g, GroupHeader))

    def articles_on(
        self, holder: Record[GroupHeader] | Record[OrganisationHeader]
    ) -> tuple[Record[ArticleHeader], ...]:
        """Return the articles that name a group, or of an organisation, newest first."""
        if has_header(holder, GroupHeader):
            return self._articles_by_group.get(holder.path, ())
        return self._articles_by_organisation.get(holder.path, ())

    @found_once
    def _articles_by_group(self) -> dict[Path, tuple[Record[ArticleHeader], ...]]:
        return _gathered(
            (group.path, article)
            for article in self.articles
            for group in dict.fromkeys(self.groups_of(article))
        )

    @found_once
    def _articles_by_organisation(self) -> dict[Path, tuple[Record[ArticleHeader], ...]]:
        return self._by_organisation(self.articles)

    def reported_event(self, article: Record[ArticleHeader]) -> Record[EventHeader] | None:
        """Return the event that an article reports."""
        found = self.find("event", article.header.event)
        return found if found and has_header(found, EventHeader) else None

    def reports_of(self, event: Record[EventHeader]) -> tuple[Record[ArticleHeader], ...]:
        """Return the articles that report an event, newest first."""
        return self._reports.get(event.path, ())

    @found_once
    def _reports(self) -> dict[Path, tuple[Record[ArticleHeader], ...]]:
        return _gathered(
            (event.path, article)
            for article in self.articles
            if (event := self.reported_event(article))
        )

    # Letters

    def issues_beside(
        self, letter: Record[LetterHeader]
    ) -> tuple[Record[LetterHeader] | None, Record[LetterHeader] | None]:
        """Return the issues before and after an issue, by their numbers, None at either end."""
        place = self._places_of_letters[letter.path]
        before = self.letters[place + 1] if place + 1 < len(self.letters) else None
        return before, self.letters[place - 1] if place else None

    @found_once
    def _places_of_letters(self) -> dict[Path, int]:
        return {letter.path: place for place, letter in enumerate(self.letters)}

    # Links and citations

    def resolve(self, record: AnyRecord, target: str) -> str:
        """Return the address of a link written in a content; each link is resolved once.

        Raises `BrokenLinkError` as `links.resolve` does.
        """
        found = self._of(record, target, lambda: self._resolved(record, target))
        if isinstance(found, BrokenLinkError):
            raise found
        return found

    def _resolved(self, record: AnyRecord, target: str) -> str | BrokenLinkError:
        try:
            return resolve(target, record, self)
        except BrokenLinkError as error:
            # It proposes the nearest of all files.
            self.findings.note(ANYTHING)
            return error

    def linked(self, record: AnyRecord, target: str) -> AnyRecord | None:
        """Return the published content to which a link written in a content leads, if any."""
        try:
            address = urlsplit(self.resolve(record, target))
        except BrokenLinkError:
            return None
        return None if address.netloc else self.at_address(unquote(address.path))

    def static_files_of(self, record: AnyRecord) -> frozenset[str]:
        """Return the files that a content shows or links to, relative to the content folder."""
        header = record.header
        found = self._files_at(record, links_of(record))
        if header.image:
            found.add(header.image.file)
        if isinstance(header, EventHeader):
            found.update(document.file for document in header.documents)
        return frozenset(found)

    def picture_files_of(self, record: AnyRecord) -> frozenset[str]:
        """Return the pictures that a content shows, relative to the content folder."""
        return frozenset(self._files_at(record, pictures_of(record)))

    def _files_at(self, record: AnyRecord, links: Iterable[Link]) -> set[str]:
        found = set()
        for link in links:
            try:
                path = unquote(urlsplit(self.resolve(record, link.target)).path)
            except BrokenLinkError:
                continue
            if path.startswith("/") and path[1:] in self.contents.static:
                found.add(path[1:])
        return found

    @found_once
    def static_used(self) -> frozenset[str]:
        """The files that published contents show or link to; no other file is published."""
        return frozenset(path for record in self.published for path in self.static_files_of(record))

    @found_once
    def pictures_used(self) -> frozenset[str]:
        """The pictures that published contents show."""
        return frozenset(
            path for record in self.published for path in self.picture_files_of(record)
        )

    def citing(self, record: AnyRecord) -> tuple[AnyRecord, ...]:
        """Return the contents that link to a content, or show it in a block."""
        return self._citing.get(record.path, ())

    def cited_in(self, record: AnyRecord) -> tuple[AnyRecord, ...]:
        """Return the contents that a content links to, or shows in a block."""
        return self._cited.get(record.path, ())

    def showing(self, record: AnyRecord) -> tuple[AnyRecord, ...]:
        """Return the contents that show a content, or a section of it, in an excerpt."""
        return tuple(
            other
            for other in self.citing(record)
            if any(source_of(block, self) == record for block in excerpt_blocks(other.body))
        )

    def texts_of(self, record: AnyRecord) -> tuple[AnyRecord, ...]:
        """Return the contents whose words a content shows: its own, and those of its excerpts."""
        sources = (shown.excerpt.source for shown in self.excerpts_in(record))
        return tuple(dict.fromkeys((record, *sources)))

    def excerpts_in(self, record: AnyRecord) -> tuple[Shown, ...]:
        """Return the excerpts that a content shows, chains followed."""
        return tuple(shown_by(record, record.body, self))

    def pictures_shown_by(self, record: AnyRecord) -> tuple[tuple[AnyRecord, Link], ...]:
        """Return the images of a content and of its excerpts, each after the content it is of."""
        own = tuple((record, link) for link in pictures_of(record))
        excerpts = (shown.excerpt for shown in self.excerpts_in(record))
        return own + tuple(
            (found.source, link)
            for found in excerpts
            for link in links_of(replace(found.source, body=found.body))
            if link.is_image
        )

    def letters_citing(self, record: AnyRecord) -> tuple[Record[LetterHeader], ...]:
        """Return the issues of the letter that link to a content or show it, newest first."""
        return tuple(r for r in self.citing(record) if has_header(r, LetterHeader))

    @found_once
    def _cited(self) -> dict[Path, tuple[AnyRecord, ...]]:
        return {record.path: self.found(_cited_by, record) for record in self.newest_first}

    @found_once
    def _citing(self) -> dict[Path, tuple[AnyRecord, ...]]:
        cited = self._cited
        return _gathered(
            (other.path, record) for record in self.newest_first for other in cited[record.path]
        )


def _cited_by(index: Index, record: AnyRecord) -> tuple[AnyRecord, ...]:
    """Return the contents that a content links to or shows, each once, in the order of its text."""
    cited = [index.linked(record, link.target) for link in links_of(record)]
    cited += [
        index.find(str(block.options.ARGUMENT), block.argument)
        for block in record.body.blocks()
        if isinstance(block.options, EventBlock | ArticleBlock)
    ]
    cited += [source_of(block, index) for block in excerpt_blocks(record.body)]
    return tuple(dict.fromkeys(found for found in cited if found))


def _gathered(pairs: Iterable[tuple[Key, Made]]) -> dict[Key, tuple[Made, ...]]:
    """Return the values of each key, in the order given."""
    found: dict[Key, list[Made]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _topics(bearers: Iterable[tuple[str, str, AnyRecord]]) -> tuple[Topic, ...]:
    """Return the topics of (name, address, content), by address; the first name is the title."""
    names: dict[str, str] = {}
    found: dict[str, dict[AnyRecord, None]] = {}
    for name, address, record in bearers:
        names.setdefault(address, name)
        found.setdefault(address, {})[record] = None
    return tuple(Topic(names[a], None, a, tuple(found[a])) for a in sorted(found))


def group_name(group: Record[GroupHeader]) -> GroupName:
    """Return the name of a chantier or a group, for its events."""
    return GroupName(
        group.slug,
        group.header.title,
        group.header.short_title,
        group.header.kind.label,
        group.address,
        group.header.order,
    )


def read_index(
    root: Path,
    now: datetime,
    read: Reader = read_records,
    history: Callable[[Path], History] = read_history,
) -> Index:
    """Return the index of a content folder and its git history, as of an aware instant.

    `read` makes the records, `history` reads the history.
    """
    return Index(read_contents(root, read), now, history(root))


def _by_title(records: Iterable[Record[H]]) -> tuple[Record[H], ...]:
    return tuple(sorted(records, key=lambda record: (fold(record.header.title), record.slug)))
