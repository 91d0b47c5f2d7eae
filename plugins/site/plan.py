"""The plan of the site: content read, pages and files planned, everything checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, overload
from urllib.parse import unquote

from plugins.checks.addresses import check_written_addresses
from plugins.checks.deletions import deleted_contents
from plugins.checks.suite import check_coming, check_contents, check_leftovers, check_plan
from plugins.content.record import AnyRecord, has_header
from plugins.dates.in_words import format_day
from plugins.dates.moments import build_instant, in_paris
from plugins.faults import START, ContentError, Level, Notices
from plugins.library.index import Index, read_index
from plugins.library.reuse import Reuse, T, Texts, made_anew, no_texts
from plugins.library.selection import has_expired
from plugins.models import ArticleHeader, EventHeader, LetterHeader
from plugins.site import (
    agenda_pages,
    content_pages,
    form_pages,
    former_pages,
    letter_pages,
    search_pages,
    share_cards,
    subscription_pages,
    topic_pages,
)
from plugins.theme.theme import JinjaSettings, Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site

Faults: TypeAlias = tuple[ContentError, ...]

# A preview that has a day of its own lives it at nine o’clock.
_PREVIEW_HOUR = time(9)


class PlannedSite(NamedTuple):
    """A site with its complete plan, its theme and its faults, warnings included.

    Rendering the plan adds to `notices`. `addresses` are those of the plan, in order. `published`
    is the index of what a publication of now would show: a preview may live on another day.
    """

    site: Site
    theme: Theme
    plan: "Plan"
    addresses: Sequence[str]
    faults: Faults
    notices: Notices
    published: Index


def site_of(
    settings: Mapping[str, Any],
    as_of: datetime | None = None,
    index_of: Callable[[Path, datetime], Index] = read_index,
    reuse: Reuse = made_anew,
) -> PlannedSite:
    """Return the planned site of Pelican's settings; nothing is written.

    `as_of` is an aware instant that takes the place of the settings' clock, `index_of` reads the
    content folder. The faults of a preview are its own and those of a publication of now. Raises
    ValueError when the settings lack the instant of the build.
    """
    now = instant_of(settings, as_of)
    return planned_from(index_of(Path(settings["PATH"]), now), settings, as_of, reuse)


def instant_of(settings: Mapping[str, Any], as_of: datetime | None = None) -> datetime:
    """Return the instant of a build of Pelican's settings."""
    epoch = settings.get("SOURCE_DATE_EPOCH")
    return as_of or build_instant(settings.get("BUILD_DATE") or "", epoch)


def planned_from(
    index: Index,
    settings: Mapping[str, Any],
    as_of: datetime | None = None,
    reuse: Reuse = made_anew,
) -> PlannedSite:
    """Return the planned site of an index as of now, as `site_of` does."""
    published = Site(index, settings["SITEURL"])
    found = _checked(index, reuse)
    if not settings["IS_PREVIEW"]:
        planned = _planned(published, index, settings, found, reuse)
        return planned._replace(faults=(*planned.faults, *_history_notice(index, published)))
    site = preview_site(index, settings, as_of)
    is_elsewhere = site.index is not index
    ours = _planned(published, index, settings, found, reuse).faults
    reuse = partial(_of_preview, reuse)
    if is_elsewhere:
        found = _checked(site.index, reuse)
    preview = _planned(site, index, settings, found, reuse)
    theirs = preview.faults
    if is_elsewhere:
        ours, theirs = _each_once(ours, theirs, site.today)
    return preview._replace(faults=(*ours, *theirs, *_history_notice(index, site)))


def _checked(index: Index, reuse: Reuse) -> Faults:
    return (*check_contents(index, RESERVED, reuse), *check_leftovers(index, reuse))


def shown_site(index: Index, settings: Mapping[str, Any], as_of: datetime | None = None) -> Site:
    """Return the site that these settings show: a preview, or what is published."""
    if settings["IS_PREVIEW"]:
        return preview_site(index, settings, as_of)
    return Site(index, settings["SITEURL"])


def preview_site(index: Index, settings: Mapping[str, Any], as_of: datetime | None = None) -> Site:
    """Return the site that a preview shows, on the day that it lives; nothing is checked."""
    day = index.site.preview_day
    is_still = bool(settings.get("SOURCE_DATE_EPOCH") or as_of)
    if day and not is_still and day != index.today:
        is_still = True
        index = index.at(in_paris(datetime.combine(day, _PREVIEW_HOUR)))
    return Site(index, settings["SITEURL"], is_preview=True, stands_still=is_still)


def _of_preview(reuse: Reuse, name: str, make: Callable[[], T], texts: Texts = no_texts) -> T:
    """Take a value of a preview, whose day may be another one."""
    return reuse(f"{name}, in the preview", make, texts)


def _planned(
    site: Site, published: Index, settings: Mapping[str, Any], found: Faults, reuse: Reuse
) -> PlannedSite:
    """Return a site with its plan; `found` are the faults of its contents."""
    theme = theme_of(site, settings)
    notices = Notices()
    items = Plan(site, theme, notices, reuse)
    addresses, living, found_in_planning = reuse(
        "plan", lambda: _addresses(items, notices), items.texts
    )
    notices.add(found_in_planning)
    faults = [*found, *check_plan(site.index, living, RESERVED, reuse)]
    faults += check_written_addresses(site.index, living)
    if site.index is published:
        # From now on: the days between that of a preview and today are gone, and subscribers live
        # today.
        faults += check_coming(published)
        faults += reuse("deleted contents", lambda: tuple(deleted_contents(published)))
    return PlannedSite(site, theme, items, addresses, tuple(faults), notices, published)


def _each_once(now: Faults, preview: Faults, day: date) -> tuple[Faults, Faults]:
    """Return the faults of now and those of a preview's day, which say so.

    One of both days is told as of now, unless it is an error on the preview's day alone.
    """
    errors = {fault for fault in preview if fault.level is Level.ERROR}
    ours = tuple(f for f in now if f.level is Level.ERROR or _as_error(f) not in errors)
    told = {_as_error(fault) for fault in ours}
    where = f" (Dans l’aperçu, qui vit le {format_day(day)}.)"
    theirs = (
        replace(fault, message=fault.message + where)
        for fault in preview
        if _as_error(fault) not in told
    )
    return ours, tuple(theirs)


def _as_error(fault: ContentError) -> ContentError:
    return replace(fault, level=Level.ERROR)


class Plan(Sequence[Page | File]):
    """The pages and files of a site, in the order of writing, each planned when it is asked for.

    Some read the whole plan when rendered; rendering adds to `notices`.
    """

    def __init__(
        self, site: Site, theme: Theme, notices: Notices, reuse: Reuse = made_anew
    ) -> None:
        """Plan nothing yet."""
        self._site = site
        self._items: list[Page | File] = []
        self._by_address: dict[str, Page | File] = {}
        # The files of the contents last: to know them, every link is followed.
        self._rest = chain(
            theme.files(),
            content_pages.pages(site),
            topic_pages.pages(site),
            agenda_pages.pages(site),
            letter_pages.pages(site, theme, self, notices),
            subscription_pages.pages(site, theme, self, reuse),
            search_pages.pages(site),
            form_pages.files(site, theme),
            content_pages.files(site),
            former_pages.pages(site, self._by_address),
            share_cards.files(site, theme, self._items),
            subscription_pages.sitemap_files(site, self._items),
        )

    def find(self, address: str) -> Page | File | None:
        """Return the item at an unquoted address, the first if there are several.

        The page of an article or of an event is planned by itself: they are many.
        """
        record = self._site.index.at_address(address)
        if record and has_header(record, ArticleHeader):
            return content_pages.article_page(self._site, record)
        if record and has_header(record, EventHeader):
            return agenda_pages.event_page(self._site, record)
        while address not in self._by_address:
            if not self._more():
                return None
        return self._by_address[address]

    def addresses(self) -> tuple[str, ...]:
        """Return the addresses of all the items."""
        return tuple(item.address for item in self)

    def texts(self) -> Iterator[AnyRecord]:
        """Yield the contents whose words shape the addresses.

        They tell which pictures of an excerpt an e-mail takes along, and the faults of a draft of
        the letter, which has no page when one is an error: any edit may then mend it. An issue's
        own pictures are known from its outline.
        """
        index = self._site.index
        drafts = (
            record
            for record in index.unpublished
            if has_header(record, LetterHeader) and not has_expired(record.header, index.now)
        )
        shown = {item.address for item in self}
        if self._site.is_preview and any(draft.address not in shown for draft in drafts):
            yield from index.contents.records
        for item in self:
            if isinstance(item, Page) and item.template == "letter":
                is_draft = item.noindex
                yield from (t for t in item.texts() if is_draft or t.address != item.address)

    def found(self) -> Sequence[Page | File]:
        """Return the items planned so far: a letter's files are planned before its page."""
        return tuple(self._items)

    def whole(self) -> Sequence[Page | File]:
        """Return all the items."""
        while self._more():
            pass
        return self._items

    def _more(self) -> bool:
        """Plan one more item; return False when there is none."""
        item = next(self._rest, None)
        if item is None:
            return False
        self._items.append(item)
        self._by_address.setdefault(unquote(item.address), item)
        return True

    @overload
    def __getitem__(self, index: int) -> Page | File: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Page | File]: ...

    def __getitem__(self, index: int | slice) -> Page | File | Sequence[Page | File]:
        """Return an item, or some, in the order of writing."""
        return self.whole()[index]

    def __len__(self) -> int:
        """Return the number of all items."""
        return len(self.whole())


class _Addresses(NamedTuple):
    """The addresses of all items of a plan, those to link to, unquoted, the faults of drafts."""

    planned: tuple[str, ...]
    living: tuple[str, ...]
    faults: Faults


def _addresses(items: Plan, notices: Notices) -> _Addresses:
    planned = items.addresses()
    living = (item.address for item in items if not isinstance(item, Page) or not item.is_former)
    return _Addresses(planned, tuple(map(unquote, living)), notices.taken())


def theme_of(site: Site, settings: Mapping[str, Any]) -> Theme:
    """Return the theme of Pelican's settings."""
    return Theme(Path(settings["THEME"]), site, _jinja(settings))


def _jinja(settings: Mapping[str, Any]) -> JinjaSettings:
    names = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")
    return JinjaSettings(*(settings[f"JINJA_{name}"] for name in names))


def _history_notice(index: Index, site: Site) -> Iterator[ContentError]:
    """Yield a fault when the git history is missing: what it tells would be wrong, or not told.

    Who publishes from a shallow clone would give every content a new identity: it is an error.
    """
    history = index.history
    if history and history.notice and (history.is_shallow or not site.is_preview):
        folder = Path(index.contents.root.name)
        level = Level.ERROR if history.is_shallow and not site.is_preview else Level.WARNING
        yield ContentError(folder, START, None, history.notice, level)
