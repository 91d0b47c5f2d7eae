"""Carried until the plugin takes over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from plugins.checks.contents import check_contents, check_plan as check_plan_of
from plugins.dates.clock import build_instant
from plugins.faults import START, ContentError, ContentErrors, Level
from plugins.library.index import read_index
from plugins.site import agenda_pages, content_pages, home_page, letter_pages, subscription_pages
from plugins.theme.theme import Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site

_SITE = "PASSERELLE_SITE"
_THEME = "PASSERELLE_THEME"
_FAULTS = "PASSERELLE_FAULTS"


def plan(site: Site, theme: Theme) -> Iterator[Page | File]:
    """Yield every page and file of the site."""
    yield from home_page.pages(site)
    yield from content_pages.pages(site)
    yield from theme.files()
    yield from agenda_pages.pages(site)
    yield from letter_pages.pages(site, theme)
    yield from subscription_pages.pages(site, theme)


def site_of(context: dict[str, Any]) -> tuple[Site, Theme]:
    if _SITE not in context:
        now = build_instant(context["BUILD_DATE"], context["SOURCE_DATE_EPOCH"])
        index = read_index(Path(context["PATH"]), now)
        site = Site(index, context["SITEURL"], context["IS_PREVIEW"])
        context[_SITE] = site
        context[_FAULTS] = tuple(check_contents(index, RESERVED))
        context[_THEME] = Theme(Path(context["THEME"]), site)
    return context[_SITE], context[_THEME]


def check_plan(context: dict[str, Any]) -> list[ContentError]:
    site, _ = site_of(context)
    faults = [*context[_FAULTS], *plan_faults(site)]
    errors = [fault for fault in faults if fault.level is Level.ERROR]
    if errors:
        raise ContentErrors(faults)
    return [*faults, *_history_notice(site)]


def _history_notice(site: Site) -> Iterator[ContentError]:
    history = site.index.history
    if history and history.notice and not site.is_preview:
        folder = Path(site.index.contents.root.name)
        yield ContentError(folder, START, None, history.notice, Level.WARNING)


def plan_faults(site: Site) -> Iterator[ContentError]:
    planned = [unquote(item.address) for item in site.plan]
    yield from check_plan_of(site.index, planned, RESERVED)
