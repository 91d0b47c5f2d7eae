"""The plan of the site: content read, pages and files planned, everything checked."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from plugins.checks.suite import check_contents, check_plan
from plugins.dates.moments import build_instant
from plugins.faults import START, ContentError, Level, Notices
from plugins.library.index import read_index
from plugins.site import agenda_pages, content_pages, letter_pages, subscription_pages
from plugins.theme.theme import JinjaSettings, Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site


class PlannedSite(NamedTuple):
    """A site with its complete plan, its theme and its faults, warnings included.

    Rendering the plan adds to `notices`.
    """

    site: Site
    theme: Theme
    plan: Sequence[Page | File]
    faults: tuple[ContentError, ...]
    notices: Notices


def site_of(settings: Mapping[str, Any]) -> PlannedSite:
    """Return the planned site of Pelican's settings; nothing is written.

    Raises ValueError when the settings lack the instant of the build.
    """
    now = build_instant(settings.get("BUILD_DATE") or "", settings.get("SOURCE_DATE_EPOCH"))
    index = read_index(Path(settings["PATH"]), now)
    site = Site(index, settings["SITEURL"], settings["IS_PREVIEW"])
    theme = Theme(Path(settings["THEME"]), site, _jinja(settings))
    notices = Notices()
    items = plan(site, theme, notices)
    planned = [unquote(item.address) for item in items]
    faults = (
        *check_contents(index, RESERVED),
        *check_plan(index, planned, RESERVED),
        *_history_notice(site),
    )
    return PlannedSite(site, theme, items, faults, notices)


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
    return items


def _jinja(settings: Mapping[str, Any]) -> JinjaSettings:
    names = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")
    return JinjaSettings(*(settings[f"JINJA_{name}"] for name in names))


def _history_notice(site: Site) -> Iterator[ContentError]:
    """Yield a warning when the calendars will lack the git history of events."""
    history = site.index.history
    if history and history.notice and not site.is_preview:
        folder = Path(site.index.contents.root.name)
        yield ContentError(folder, START, None, history.notice, Level.WARNING)
