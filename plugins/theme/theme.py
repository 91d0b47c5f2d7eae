"""The theme: a Jinja environment for pages and blocks, the assets, the style sheets."""

import hashlib
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from html import escape
from pathlib import Path, PurePath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from plugins.french.hyphenation import hyphenated
from plugins.french.typography import with_plain_spaces
from plugins.french.typography_html import typeset_html
from plugins.markdown.bodies import Html, fill_images, fill_links
from plugins.outputs.cards.card import Colours
from plugins.store import Store, key_of, store_of
from plugins.theme.media import Medium, feed, web, with_regions
from plugins.theme.pictures import attributes, sources
from plugins.views.base import Picture
from plugins.views.facets import tags
from plugins.views.page_graph import LOGO
from plugins.views.pages import File
from plugins.views.site import RenderedPage, Site
from plugins.views.texts import BlockView, Text

STYLE_SHEET = "css/main.css"
FORM_FOLDER = PurePath("admin")
"""The folder of the form, which no page shows anything of."""
_ICON = "favicon.ico"
FEED_STYLE = "/flux/flux.css"
"""The address of the style sheet of feeds: one that stays, so that no new look changes a feed."""
_FEED_STYLE_SHEET = "css/feed.css"
_URL = re.compile(r"""url\("\.\./(?P<file>[^"]+)"\)""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(
    r"""^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;$""", re.MULTILINE
)
_ROOT = re.compile(r"^:root \{.*?^\}$", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"^ *(--[\w-]+): (.+);$", re.MULTILINE)
_OKLCH = re.compile(r"\boklch\([^)]*\)")
_NAMED = re.compile(r"\bvar\((--[\w-]+)\)")
# Paper, ink, accent, the tint of now, cancelled (css/tokens.css, in light).
_DRAWN = ("paper-100", "ink-900", "petrol-700", "petrol-100", "brick-600")
_LOCAL_ADDRESS = re.compile(r'\b(href|src)="(/[^"]*)"')


@dataclass(frozen=True, slots=True)
class JinjaSettings:
    """Pelican's `JINJA_…` settings, which override the theme's own."""

    environment: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    globals: Mapping[str, Any] = field(default_factory=dict)
    tests: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


BARE_JINJA = JinjaSettings()


class Theme:
    """The theme of one site, to render its pages and publish its assets."""

    def __init__(self, folder: Path, site: Site, jinja: JinjaSettings = BARE_JINJA) -> None:
        """Read the theme's files and prepare the environment."""
        self.folder = folder
        self._site = site
        self._jinja = jinja
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
        if shape := self.fingerprint:
            options["bytecode_cache"] = _CompiledTemplates(
                store_of(folder.absolute().parent), shape
            )
        self.environment = Environment(**{**options, **jinja.environment})  # noqa: S701 - see above
        self._web, self._feed = web(site), feed(site)
        self.environment.filters.update(
            link=site.link,
            absolute=site.absolute,
            expand=self.expand,
            typo=_typo,
            names=_names,
            plain=_plain,
            iso=_iso,
            tags=tags,
            hyphenated=hyphenated,
            sources=partial(sources, link=site.link),
            image=partial(_image, link=site.link),
        )
        self.environment.globals.update(asset=self.asset, once=lru_cache(maxsize=256)(_once))
        self.environment.filters.update(jinja.filters)
        self.environment.globals.update(jinja.globals)
        self.environment.tests.update(jinja.tests)

    @cached_property
    def fingerprint(self) -> str | None:
        """A digest of what shapes a page besides its data: the files, the site's address.

        None when functions of the settings shape it too: they may do anything; or when a link leads
        out of the theme, to what may change unseen.
        """
        if self._jinja.filters or self._jinja.globals or self._jinja.tests:
            return None
        digest = hashlib.sha256(f"{self._site.url} {self._jinja.environment}".encode())
        for path in sorted(self.folder.rglob("*")):
            if path.is_symlink():
                return None
            if path.is_file() and FORM_FOLDER not in path.relative_to(self.folder).parents:
                name = path.relative_to(self.folder).as_posix()
                digest.update(f"{name} {path.stat().st_size} ".encode() + path.read_bytes())
        return digest.hexdigest()

    def render(self, page: RenderedPage) -> bytes:
        """Render a page to HTML, UTF-8."""
        html = self.fill(
            f"{page.page.template}.html",
            page=page.page,
            site=page.site,
            frise=page.frise,
            view=page.view,
        )
        return html.encode("utf-8")

    def fill(self, template: str, **context: Any) -> str:  # noqa: ANN401 - what templates take
        """Render a template."""
        return self.environment.get_template(template).render(context)

    def expand(self, text: Text, medium: Medium | None = None) -> Markup:
        """Return a text as HTML for a medium, by default for pages."""
        medium = medium or self._web

        def link(number: int) -> str:
            target = text.targets[number]
            assert isinstance(target, str)
            return str(medium.link(target, text.address))

        def image(number: int, others: str) -> str:
            target = text.targets[number]
            assert isinstance(target, Picture)
            tag = f"<img {medium.image(target)}{others}>"
            found = medium.sources(target)
            return f"<picture>{found}{tag}</picture>" if found else tag

        def block(view: BlockView) -> str:
            template = self.environment.get_template(f"blocks/{view.name}.html")
            return str(getattr(template.module, medium.name)(view.data, medium))

        html = Markup(  # noqa: S704 - sanitised, and made of templates that escape
            "".join(
                fill_links(fill_images(part.text, image), link)
                if isinstance(part, Html)
                else block(part)
                for part in text.parts
            )
        )
        if medium.scrolls:
            html = Markup(with_regions(html))  # noqa: S704 - safe as it was
        if medium.marks_language and text.language != "fr":
            # Texts in another language are marked (RGAA 8.7).
            return Markup('<div lang="{}">{}</div>').format(text.language, html)
        return html

    def expand_absolute(self, text: Text) -> str:
        """Return a text as HTML with absolute addresses, for feeds."""
        origin = self._site.url.removesuffix(self._site.base)
        return _LOCAL_ADDRESS.sub(
            lambda match: f'{match[1]}="{origin}{match[2]}"', self.expand(text, self._feed)
        )

    def asset(self, name: str) -> str:
        """Return the `href` of an asset; its name contains a hash of its content, for caches."""
        return self._site.link(self._assets[name][0])

    @cached_property
    def card_colours(self) -> Colours:
        """The colours of what is drawn of the theme, on light paper."""
        sheet = (self._static / "css" / "colour-tokens.css").read_text(encoding="utf-8")
        store = store_of(self.folder.absolute().parent)
        named = dict(_PROPERTY.findall(kept_in_srgb(sheet, store)))
        return Colours(*(named[f"--{name}"] for name in _DRAWN))

    def files(self) -> Iterator[File]:
        """Yield the theme's files."""
        for address, data in self._assets.values():
            yield File(address, lambda data=data: data)  # type: ignore[misc]


class _CompiledTemplates(BytecodeCache):
    """Templates compiled by former runs.

    A filter of a constant, such as an address, is evaluated then: all that shapes a page shapes
    them.
    """

    def __init__(self, store: Store, shape: str) -> None:
        """Take the store, and the fingerprint of the theme."""
        self._store = store
        self._shape = shape

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept, if anything is."""
        if (kept := self._store.get(self._key(bucket))) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._store.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return key_of("template", self._shape, bucket.key, bucket.checksum)


def _image(picture: Picture, is_first: bool, link: Callable[[str], str]) -> Markup:  # noqa: FBT001 - a filter
    return attributes(picture, link, is_first=is_first)


def _typo(text: object) -> Markup:
    if hasattr(text, "__html__"):
        return Markup(text.__html__())  # noqa: S704 - already escaped
    return _typeset(str(text))


@lru_cache(maxsize=65_536)
def _typeset(text: str) -> Markup:
    # The same names are on every page: typeset them once. As many as ten thousand articles show.
    return Markup(typeset_html(escape(text, quote=False)))  # noqa: S704 - escaped just here


def _once(macro: Callable[..., Markup], data: Hashable) -> Markup:
    """Return what a macro makes of data that many pages share, such as the strip of a year."""
    return macro(data)


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
    """Yield (name, (address, bytes)) of each asset to publish, style sheets bundled."""
    hashed: dict[str, str] = {}
    for path in sorted(static.rglob("*")):
        name = path.relative_to(static).as_posix()
        if not path.is_file() or path.suffix in {".css", ".md"}:
            continue
        data = path.read_bytes()
        if name == _ICON:
            # Browsers and feed readers ask for it there, whatever the pages say.
            hashed[name] = f"/{name}"
        else:
            hashed[name] = f"/theme/{name}" if _is_lasting(name) else _address(name, data)
        yield name, (hashed[name], data)
    css = _bundle(static / STYLE_SHEET, hashed, "../")
    yield STYLE_SHEET, (_address(STYLE_SHEET, css), css)
    yield _FEED_STYLE_SHEET, (FEED_STYLE, _bundle(static / _FEED_STYLE_SHEET, hashed, "../theme/"))


def _is_lasting(name: str) -> bool:
    """Return True for what others keep the address of: licences, the logo."""
    return name.endswith(".txt") or f"/theme/{name}" == LOGO


def _address(name: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:10]
    stem, _, ending = name.rpartition(".")
    return f"/theme/{stem}.{digest}.{ending}"


def _bundle(path: Path, hashed: dict[str, str], up: str) -> bytes:
    """Return a style sheet in one piece, with the hashed names of fonts.

    `up` leads from its address to the folder of the theme.
    """
    css = _URL.sub(lambda m: f'url("{up}{hashed[m["file"]].removeprefix("/theme/")}")', bare(path))
    lines = (line.strip() for line in css.splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode("utf-8")


def whole(path: Path) -> str:
    """Return a style sheet with its imports inlined, each in its layer."""

    def inline(match: re.Match[str]) -> str:
        text = (path.parent / match["file"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return _IMPORT.sub(inline, path.read_text(encoding="utf-8"))


def bare(path: Path) -> str:
    """Return a whole style sheet without its comments, which only its authors read."""
    return _COMMENT.sub("", whole(path))


def in_srgb(css: str) -> str:
    """Return a style sheet with its colours in sRGB: neither mailboxes nor WeasyPrint know OKLCH.

    A colour that sRGB lacks is clipped, as browsers do.
    """
    from coloraide import Color  # noqa: PLC0415 - slow to load; what it makes is kept

    return _OKLCH.sub(
        lambda match: Color(match[0]).convert("srgb").to_string(hex=True, fit="clip"), css
    )


def kept_in_srgb(css: str, store: Store) -> str:
    """Return a style sheet with its colours in sRGB, converted once for all builds."""
    return store.made(key_of("srgb", css), lambda: in_srgb(css).encode()).decode()


def filled(path: Path, in_srgb: Callable[[str], str] = in_srgb) -> str:
    """Return a style sheet with custom properties replaced by values, for mail clients."""
    css = in_srgb(bare(path))
    values = dict(_PROPERTY.findall(css))
    return _NAMED.sub(lambda match: values[match[1]], _ROOT.sub("", css))
