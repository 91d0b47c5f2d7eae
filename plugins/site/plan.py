"""The plan of the site: content read, pages and files planned, everything checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

from plugins.checks.deletions import deleted_events
from plugins.checks.moves import moved_pages
from plugins.checks.suite import check_coming, check_contents, check_plan
from plugins.dates.in_words import format_day
from plugins.dates.moments import build_instant, in_paris
from plugins.faults import START, ContentError, Level, Notices
from plugins.library.index import Index, read_index
from plugins.site import agenda_pages, content_pages, letter_pages, subscription_pages
from plugins.theme.theme import JinjaSettings, Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site

Faults: TypeAlias = tuple[ContentError, ...]

# A preview that has a day of its own lives it at nine o’clock.
_PREVIEW_HOUR = time(9)


class PlannedSite(NamedTuple):
    """A site with its complete plan, its theme and its faults, warnings included.

    Rendering the plan adds to `notices`. `published` is the index of what a publication of now
    would show: a preview may live on another day.
    """

    site: Site
    theme: Theme
    plan: Sequence[Page | File]
    faults: Faults
    notices: Notices
    published: Index


def site_of(
    settings: Mapping[str, Any],
    as_of: datetime | None = None,
    index_of: Callable[[Path, datetime], Index] = read_index,
) -> PlannedSite:
    """Return the planned site of Pelican's settings; nothing is written.

    `as_of` is an aware instant that takes the place of the settings' clock, `index_of` reads the
    content folder. The faults of a preview are its own and those of a publication of now. Raises
    ValueError when the settings lack the instant of the build.
    """
    epoch = settings.get("SOURCE_DATE_EPOCH")
    now = as_of or build_instant(settings.get("BUILD_DATE") or "", epoch)
    published = Site(index_of(Path(settings["PATH"]), now), settings["SITEURL"])
    found = tuple(check_contents(published.index, RESERVED))
    if not settings["IS_PREVIEW"]:
        planned = _planned(published, published.index, settings, found)
        return planned._replace(faults=(*planned.faults, *_history_notice(published.index)))
    day = published.index.site.preview_day
    is_elsewhere = bool(day and not epoch and not as_of and day != published.today)
    index = published.index
    if day and is_elsewhere:
        index = index.at(in_paris(datetime.combine(day, _PREVIEW_HOUR)))
    ours = _planned(published, published.index, settings, found).faults
    if is_elsewhere:
        found = tuple(check_contents(index, RESERVED))
    is_still = bool(epoch or as_of or is_elsewhere)
    site = Site(index, published.url, is_preview=True, stands_still=is_still)
    preview = _planned(site, published.index, settings, found)
    theirs = preview.faults
    if is_elsewhere:
        ours, theirs = _each_once(ours, theirs, index.today)
    return preview._replace(faults=(*ours, *theirs))


def _planned(
    site: Site, published: Index, settings: Mapping[str, Any], found: Faults
) -> PlannedSite:
    """Return a site with its plan; `found` are the faults of its contents."""
    theme = Theme(Path(settings["THEME"]), site, _jinja(settings))
    notices = Notices()
    items = plan(site, theme, notices)
    planned = [unquote(item.address) for item in items]
    faults = [*found, *check_plan(site.index, planned, RESERVED)]
    if site.index is published:
        # From now on: the days between that of a preview and today are gone, and subscribers live
        # today.
        faults += [
            *check_coming(published),
            *deleted_events(published),
            *moved_pages(published),
        ]
    return PlannedSite(site, theme, items, tuple(faults), notices, published)


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


def plan(site: Site, theme: Theme, notices: Notices) -> Sequence[Page | File]:
    """Return every page and file of the site, in the order of writing.

    Some read the whole plan when rendered; rendering adds to `notices`.
    """
    items: list[Page | File] = []
    items.extend(content_pages.pages(site))
    items.extend(theme.files())
    items.extend(agenda_pages.pages(site))
    items.extend(letter_pages.pages(site, theme, items, notices))
    items.extend(subscription_pages.pages(site, theme, items))
    items.extend(subscription_pages.sitemap_files(site, items))
    return items


def _jinja(settings: Mapping[str, Any]) -> JinjaSettings:
    names = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")
    return JinjaSettings(*(settings[f"JINJA_{name}"] for name in names))


def _history_notice(index: Index) -> Iterator[ContentError]:
    """Yield a warning when the calendars will lack the git history of events."""
    history = index.history
    if history and history.notice:
        folder = Path(index.contents.root.name)
        yield ContentError(folder, START, None, history.notice, Level.WARNING)
