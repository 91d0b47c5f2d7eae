"""The form of the contents: its page, its configuration, its scripts.

It is published for the forge that `site.yaml` names, and only then. A preview on this machine
always has it, for the folder that it shows.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from plugins.content.record import AnyRecord
from plugins.models.data import FormSettings
from plugins.outputs.form.configuration import Choice, FormSource, to_json
from plugins.theme.theme import FORM_FOLDER, STYLE_SHEET, Theme
from plugins.views.pages import File
from plugins.views.site import FORM, Site

_PUBLISHED = frozenset({".css", ".js", ".txt", ".woff2"})


def files(site: Site, theme: Theme) -> Iterator[File]:
    """Plan the form of a site that names its forge."""
    if site.index.site.form:
        yield from form(site, theme, site.index.published)


def form(site: Site, theme: Theme, offered: Iterable[AnyRecord]) -> Iterator[File]:
    """Plan the page of the form and all that it needs: it asks nothing of any other server.

    `offered` are the contents that fields may name: anyone may read their titles.
    """
    folder = theme.folder / FORM_FOLDER
    yield File(f"{FORM}index.html", partial(_page, folder, site))
    yield File(f"{FORM}configuration.json", lambda: to_json(_source(site, theme, offered)))
    for path in sorted(folder.rglob("*")):
        if path.suffix in _PUBLISHED:
            yield File(FORM + path.relative_to(folder).as_posix(), path.read_bytes)


def policy(settings: FormSettings | None) -> str:
    """Return the page's own Content-Security-Policy; that of the site's pages is stricter.

    Sveltia CMS writes styles in the page and shows pictures from memory. Its requests to services
    other than the forge are refused by it.
    """
    forge = " {0.scheme}://{0.netloc}".format(urlsplit(settings.api)) if settings else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline' blob:",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self' data:",
            f"connect-src 'self' blob: data:{forge}",
            "frame-src blob:",
            "worker-src 'self' blob:",
            "base-uri 'self'",
            "form-action 'none'",
        )
    )


def _page(folder: Path, site: Site) -> bytes:
    page = (folder / "index.html").read_text(encoding="utf-8")
    settings = site.index.site.form
    filled = {
        "@forge@": settings.forge if settings else "none",
        "@policy@": policy(settings),
        "@name@": site.index.site.name,
    }
    for mark, text in filled.items():
        page = page.replace(mark, escape(text))
    return page.encode()


def _source(site: Site, theme: Theme, offered: Iterable[AnyRecord]) -> FormSource:
    index = site.index
    records = sorted(offered, key=lambda record: (record.kind.label, record.slug))
    return FormSource(
        name=index.site.name,
        site_url=site.url,
        logo=theme.asset("favicon.svg"),
        style=theme.asset(STYLE_SHEET),
        settings=index.site.form,
        contents=tuple(map(_choice, records)),
        groups=tuple(_choice(r) for r in records if r.kind.name == "group"),
    )


def _choice(record: AnyRecord) -> Choice:
    return Choice(record.slug, f"{record.header.title} ({record.kind.label.lower()})")
