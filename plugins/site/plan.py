"""The plan of the site: its content loaded, its pages and files planned, the whole checked."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from plugins.checks import coming
from plugins.checks.oversights import unused_texts
from plugins.checks.references import check_addresses
from plugins.dates.clock import build_instant
from plugins.faults import START, ContentError, ContentErrors, Level
from plugins.library.links import check as check_links
from plugins.library.loading import load
from plugins.site import agenda_pages, content_pages, home_page, letter_pages, subscription_pages
from plugins.theme.theme import JinjaSettings, Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site

_PARTS = (
    home_page.pages,
    content_pages.pages,
    agenda_pages.pages,
    letter_pages.pages,
    subscription_pages.pages,
)


class PlannedSite(NamedTuple):
    """A site with its whole plan, its theme, and every fault of its content, warnings included."""

    site: Site
    theme: Theme
    faults: tuple[ContentError, ...]


def site_of(settings: Mapping[str, Any]) -> PlannedSite:
    """Return the site that Pelican's settings describe; nothing is written.

    Raises ValueError when the settings give no instant to build at.
    """
    now = build_instant(settings.get("BUILD_DATE") or "", settings.get("SOURCE_DATE_EPOCH"))
    loaded = load(Path(settings["PATH"]), now, RESERVED)
    site = Site(loaded.library, settings["SITEURL"], now, settings["IS_PREVIEW"])
    theme = Theme(Path(settings["THEME"]), site, _jinja(settings))
    site.plan.extend(plan(site, theme))
    return PlannedSite(site, theme, (*loaded.faults, *_plan_faults(site), *_history_notice(site)))


def plan(site: Site, theme: Theme) -> Iterator[Page | File]:
    """Yield every page and file of the site, part by part, in the order of their writing."""
    for pages in _PARTS:
        yield from pages(site, theme)


def refuse_errors(faults: Iterable[ContentError]) -> None:
    """Raise ContentErrors, with the warnings beside the errors, when any fault is an error."""
    faults = tuple(faults)
    if any(fault.level is Level.ERROR for fault in faults):
        raise ContentErrors(faults)


def _jinja(settings: Mapping[str, Any]) -> JinjaSettings:
    names = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")
    return JinjaSettings(*(settings[f"JINJA_{name}"] for name in names))


def _plan_faults(site: Site) -> Iterator[ContentError]:
    """Yield the faults that only a whole plan shows.

    They are links to no page, addresses taken twice, texts that nothing shows, and the faults of
    what is to come.
    """
    library = site.library
    planned = [unquote(item.address) for item in site.plan]
    known = {*planned, *(f"/{path}" for path in library.static)}
    known |= {entry.address for entry in library.broken}
    for entry in (*library.entries, *library.broken):
        yield from check_links(entry, library, known)
    yield from check_addresses(library, [a for a in planned if a not in RESERVED])
    yield from unused_texts(library)
    yield from coming.check(library, site.now, RESERVED)


def _history_notice(site: Site) -> Iterator[ContentError]:
    """Yield why the published calendars will not know the changes of events, when they will not."""
    history = site.library.history
    if history and history.notice and not site.is_preview:
        folder = Path(site.library.root.name)
        yield ContentError(folder, START, None, history.notice, Level.WARNING)
