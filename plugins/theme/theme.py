"""The theme: one Jinja environment for pages and blocks, and the theme's files made ready."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plugins.french.typography import typeset_html, with_plain_spaces
from plugins.library.links import resolve
from plugins.markdown.bodies import BlockCall, expand
from plugins.theme.media import Medium, feed, web
from plugins.theme.style_sheet import whole
from plugins.views.blocks import view
from plugins.views.entries import RenderedParts
from plugins.views.pages import File, Page
from plugins.views.site import MENU, Site

STYLE_SHEET = "css/main.css"
_URL = re.compile(r"""url\("\.\./(?P<file>[^"]+)"\)""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOCAL_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class JinjaSettings:
    """What Pelican's `JINJA_…` settings give to the templates; they win over the theme's own."""

    environment: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    globals: Mapping[str, Any] = field(default_factory=dict)
    tests: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


BARE_JINJA = JinjaSettings()


class Theme:
    """The theme applied to one site: renders its pages and gives its files."""

    def __init__(self, folder: Path, site: Site, jinja: JinjaSettings = BARE_JINJA) -> None:
        """Read the theme's files and prepare the environment; gives the library its expander."""
        self.site = site
        self.folder = folder
        self.jinja = jinja
        self._static = folder / "static"
        self._assets = dict(_read_assets(self._static))
        options = {
            "loader": FileSystemLoader(folder / "templates"),
            "autoescape": True,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "keep_trailing_newline": True,
            "undefined": StrictUndefined,
            "auto_reload": False,
        }
        self.environment = Environment(**{**options, **jinja.environment})  # noqa: S701 - see above
        self.environment.filters.update(
            link=site.link, absolute=site.absolute, typo=_typo, names=_names, plain=_plain, iso=_iso
        )
        self.environment.globals.update(
            site=site,
            menu=MENU,
            footer_menu=site.footer_menu,
            preview_note=site.preview_note,
            today=site.day,
            asset=self.asset,
        )
        self.environment.filters.update(jinja.filters)
        self.environment.globals.update(jinja.globals)
        self.environment.tests.update(jinja.tests)
        self._web, self._feed = web(site), feed(site)
        site.library.expand = self.expand_for_web

    def render(self, page: Page) -> bytes:
        """Return a page's HTML, UTF-8."""
        html = self.fill(
            f"{page.template}.html",
            page=PageView(page, self.site),
            frise=self.site.frise(page.frise_year),
            **page.context,
        )
        return html.encode("utf-8")

    def fill(self, template: str, **context: Any) -> str:  # noqa: ANN401 - what templates take
        """Return what a template makes of its context."""
        return self.environment.get_template(template).render(context)

    def expand(self, parts: RenderedParts, medium: Medium) -> Markup:
        """Return parts of a text as HTML for one medium."""
        entry, library = parts.entry, self.site.library

        def attributes(number: int) -> str:
            link = entry.body.links[number]
            address = resolve(link.target, entry, library)
            found = medium.image(address) if link.is_image else medium.link(address, entry)
            return str(found)

        def block(call: BlockCall) -> str:
            template = self.environment.get_template(f"{medium.blocks}/{call.options.NAME}.html")
            context = {**view(call, entry, library, medium.lit_day), "medium": medium}
            if content := context.get("html"):
                context["html"] = self.expand(content, medium)
            return template.render(context)

        html = expand(parts.parts, block, attributes)
        return Markup(html)  # noqa: S704 - sanitised, and made of templates that escape

    def expand_for_web(self, parts: RenderedParts) -> Markup:
        """Return parts of a text as HTML for pages."""
        return self._with_language(parts, self._web)

    def expand_absolute(self, parts: RenderedParts) -> str:
        """Return parts of a text as HTML that can be read anywhere: its addresses are absolute."""
        origin = self.site.url.removesuffix(self.site.base)
        return _LOCAL_ADDRESS.sub(
            lambda match: f'{match[1]}="{origin}{match[2]}"',
            self._with_language(parts, self._feed),
        )

    def _with_language(self, parts: RenderedParts, medium: Medium) -> Markup:
        """Return parts of a text for one medium; what is not French says so (RGAA 8.7)."""
        html, language = self.expand(parts, medium), parts.entry.header.language
        return (
            html if language == "fr" else Markup('<div lang="{}">{}</div>').format(language, html)
        )

    def asset(self, name: str) -> str:
        """Return the `href` of a file of the theme; its name tells its content, for caches."""
        return self.site.link(self._assets[name][0])

    def files(self) -> Iterator[File]:
        """Yield the theme's files."""
        for address, data in self._assets.values():
            yield File(address, lambda data=data: data)  # type: ignore[misc]


class PageView:
    """A page as templates see it: its own data, completed by the site's."""

    def __init__(self, page: Page, site: Site) -> None:
        """Complete `page` by what `site` knows."""
        self._page = page
        self.canonical = site.absolute(page.address)
        self.feeds = (*site.feeds, *page.feeds)
        self.image = site.absolute(page.image) if page.image else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field of the page
        """Return a field of the page."""
        return getattr(self._page, name)


def _typo(text: object) -> Markup:
    if hasattr(text, "__html__"):
        return Markup(text.__html__())  # noqa: S704 - already escaped
    return _typeset(str(text))


@lru_cache(maxsize=8192)
def _typeset(text: str) -> Markup:
    # The same names stand on every page: they are typeset once.
    return Markup(typeset_html(escape(text, quote=False)))  # noqa: S704 - escaped just here


def _names(names: Sequence[str]) -> Markup:
    """Return « A, B et C », each typeset."""
    typeset = [_typeset(name) for name in names]
    if len(typeset) < 2:
        return Markup("").join(typeset)
    return Markup(", ").join(typeset[:-1]) + " et " + typeset[-1]


def _plain(text: object) -> str:
    return with_plain_spaces(str(text))


def _iso(value: Any) -> str:  # noqa: ANN401 - a day, an occurrence, a date
    return value.isoformat() if isinstance(value, date) else str(value.iso)


def _read_assets(static: Path) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield (name, (address, bytes)) of each file to publish, the style sheets made one."""
    hashed: dict[str, str] = {}
    for path in sorted(static.rglob("*")):
        name = path.relative_to(static).as_posix()
        if not path.is_file() or path.suffix in {".css", ".md"}:
            continue
        data = path.read_bytes()
        hashed[name] = _address(name, data) if path.suffix != ".txt" else f"/theme/{name}"
        yield name, (hashed[name], data)
    css = _bundle(static, hashed)
    yield STYLE_SHEET, (_address(STYLE_SHEET, css), css)


def _address(name: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:10]
    stem, _, ending = name.rpartition(".")
    return f"/theme/{stem}.{digest}.{ending}"


def _bundle(static: Path, hashed: dict[str, str]) -> bytes:
    """Return the style sheet in one piece, without what only its authors read."""
    css = _COMMENT.sub("", whole(static / STYLE_SHEET))
    css = _URL.sub(lambda m: f'url("../{hashed[m["file"]].removeprefix("/theme/")}")', css)
    lines = (line.strip() for line in css.splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode("utf-8")
