"""What the adapters share: one site per run, pages planned first, written when all is well."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, TypeAlias
from urllib.parse import unquote

from pelican.generators import Generator
from pelican.writers import Writer

from plugins.checks import coming
from plugins.checks.oversights import unused_texts
from plugins.checks.references import check_addresses
from plugins.dates.clock import build_instant
from plugins.faults import START, ContentError, ContentErrors, Level
from plugins.library.links import check as check_links
from plugins.library.loading import load
from plugins.theme.theme import Theme
from plugins.views.pages import File, Page
from plugins.views.site import RESERVED, Site

Planned: TypeAlias = Page | File
Builder: TypeAlias = Callable[[Site, Theme], Iterator[Planned]]

_SITE = "PASSERELLE_SITE"
_THEME = "PASSERELLE_THEME"
_FAULTS = "PASSERELLE_FAULTS"


class PlannedGenerator(Generator):  # type: ignore[misc]
    """A generator of pages and files: it plans them with the others, then writes its own."""

    builder: ClassVar[Builder]

    def generate_context(self) -> None:
        """Plan the pages, so that links can be checked before anything is written."""
        site, theme = site_of(self.context)
        self.planned = list(type(self).builder(site, theme))
        site.plan.extend(self.planned)

    def generate_output(self, writer: Writer) -> None:
        """Write what was planned."""
        _, theme = site_of(self.context)
        for item in self.planned:
            data = theme.render(item) if isinstance(item, Page) else item.content()
            writer.write_planned(item.address, data)


def planner(builder: Builder) -> type[PlannedGenerator]:
    """Return the generator of what a builder plans."""
    name = f"{builder.__module__.rpartition('.')[2].title()}Generator"
    return type(name, (PlannedGenerator,), {"builder": staticmethod(builder)})


def site_of(context: dict[str, Any]) -> tuple[Site, Theme]:
    """Return the site and the theme of a run, loaded once, by whichever generator comes first."""
    if _SITE not in context:
        now = build_instant(context["BUILD_DATE"], context["SOURCE_DATE_EPOCH"])
        loaded = load(Path(context["PATH"]), now, RESERVED)
        site = Site(loaded.library, context["SITEURL"], now, context["IS_PREVIEW"])
        context[_SITE] = site
        context[_FAULTS] = loaded.faults
        context[_THEME] = Theme(Path(context["THEME"]), site)
    return context[_SITE], context[_THEME]


def check_plan(context: dict[str, Any]) -> list[ContentError]:
    """Return the warnings; raises `ContentErrors` when the content cannot be published."""
    site, _ = site_of(context)
    faults = [*context[_FAULTS], *plan_faults(site)]
    errors = [fault for fault in faults if fault.level is Level.ERROR]
    if errors:
        raise ContentErrors(faults)
    return [*faults, *_history_notice(site)]


def _history_notice(site: Site) -> Iterator[ContentError]:
    """Yield why the published calendars will not know what changed, when they will not."""
    history = site.library.history
    if history and history.notice and not site.is_preview:
        folder = Path(site.library.root.name)
        yield ContentError(folder, START, None, history.notice, Level.WARNING)


def plan_faults(site: Site) -> Iterator[ContentError]:
    """Yield what only the whole plan tells: links to no page, addresses taken twice; what comes."""
    library = site.library
    planned = [unquote(item.address) for item in site.plan]
    known = {*planned, *(f"/{path}" for path in library.static)}
    known |= {entry.address for entry in library.broken}
    for entry in (*library.entries, *library.broken):
        yield from check_links(entry, library, known)
    yield from check_addresses(library, [a for a in planned if a not in RESERVED])
    yield from unused_texts(library)
    yield from coming.check(library, site.now, RESERVED)
