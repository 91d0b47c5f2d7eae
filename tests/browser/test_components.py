"""Every example of every component on two screens, then the promises of the whole theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, TypeAlias

import pytest
import yaml
from _pytest.mark import ParameterSet
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from playwright.sync_api import Browser, Page, Route

from plugins.french.hyphenation import hyphenated
from plugins.french.typography import plain, with_plain_spaces
from plugins.french.typography_html import typeset_html
from tests.browser.axe import overflow, violations
from tests.browser.visits import Visit
from tests.sites import ROOT
from tests.tooling import AXE

Node: TypeAlias = dict[str, Any]

THEME = ROOT / "theme"
STYLES = THEME / "static" / "css"
WIDTHS = (320, 1280)


class _Loader(yaml.SafeLoader):
    """YAML whose mappings are objects, as templates get: a cell has `items`, not `.items()`."""


def _object(loader: _Loader, node: yaml.MappingNode) -> SimpleNamespace:
    loader.flatten_mapping(node)
    pairs = loader.construct_mapping(node, deep=True)
    return SimpleNamespace(**{str(key): value for key, value in pairs.items()})


def _html(loader: _Loader, node: yaml.ScalarNode) -> Markup:
    return Markup(str(loader.construct_scalar(node)))  # noqa: S704 - our own examples


_Loader.add_constructor("tag:yaml.org,2002:map", _object)
_Loader.add_constructor("!html", _html)


@dataclass(frozen=True)
class Example:
    """A call of a component's macro, and the element its markup stands in."""

    component: str
    macro: str
    wrap: str
    arguments: Node


def _examples() -> Iterator[ParameterSet]:
    for path in sorted((THEME / "examples").glob("*.yaml")):
        sheet = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it is safe
        for name, arguments in vars(sheet.examples).items():
            wrap = getattr(sheet, "wrap", "div")
            example = Example(path.stem, sheet.macro, wrap, vars(arguments))
            yield pytest.param(example, id=f"{path.stem}: {name}")


@pytest.fixture(scope="module")
def environment() -> Environment:
    """The theme's templates, with the filters of the site and none of its contents."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        hyphenated=hyphenated,
        link=str,
        typo=lambda text: Markup(typeset_html(escape(text, quote=False))),  # noqa: S704
        plain=lambda text: with_plain_spaces(str(text)),
        iso=lambda day: day.iso,
        tags=lambda occurrence: occurrence.tags,
        sources=lambda _picture, _place: Markup(),
        image=lambda picture, _first: Markup('src="{}"').format(picture.src),
    )
    return environment


@pytest.fixture(scope="module", params=WIDTHS)
def axe_page(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Iterator[Page]:
    """A page of one width, touched on a phone, with axe; examples take turns in its text."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900},
        has_touch=request.param == WIDTHS[0],
        locale="fr-FR",
        reduced_motion="reduce",
    )
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto(f"{site_url}/404.html")
    yield page
    context.close()


@pytest.mark.parametrize("example", list(_examples()))
def test_example(axe_page: Page, environment: Environment, example: Example) -> None:
    template = environment.get_template(f"components/{example.component}.html")
    html = getattr(template.module, example.macro)(**example.arguments)
    axe_page.evaluate(
        """([html, wrap]) => {
          document.querySelector("main").innerHTML =
            `<div class="container"><h1>Exemple</h1><h2>Suite</h2><${wrap}>${html}</${wrap}></div>`;
        }""",
        [str(html), example.wrap],
    )
    axe_page.evaluate("document.fonts.ready")
    # The headings above an event's dates are not in their example.
    assert [*violations(axe_page, {"heading-order"}, within="main"), *overflow(axe_page)] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_matrix_is_a_table_to_a_screen_reader(page: Page, site_url: str, width: int) -> None:
    """In Chromium's own accessibility tree, a phone's blocks are still rows and headers."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site_url}/agenda/2024/")
    chromium = page.context.new_cdp_session(page)
    nodes: list[Node] = chromium.send("Accessibility.getFullAXTree")["nodes"]
    chromium.detach()
    expected: Node = page.evaluate(
        """() => {
          const table = document.querySelector(".matrix");
          return {
            caption: table.caption.textContent.trim(),
            rows: table.rows.length,
            rowheaders: table.querySelectorAll("th[scope=row]").length,
            columnheaders: table.querySelectorAll("th[scope=col]").length,
            cells: table.querySelectorAll("td").length,
          };
        }"""
    )
    table = _descendants(nodes, next(node for node in nodes if _role(node) == "table"))
    assert table[0]["name"]["value"] == expected["caption"]
    assert {
        "rows": _count(table, "row"),
        "rowheaders": _count(table, "rowheader"),
        "columnheaders": _count(table, "columnheader"),
        "cells": _count(table, "cell") + _count(table, "gridcell"),
    } == {key: value for key, value in expected.items() if key != "caption"}
    days = [node["name"]["value"] for node in table if _role(node) == "link"]
    assert any(re.search(r"25.*26 mars 2024", plain(day)) for day in days), days


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(page: Page, site_url: str, scheme: Literal["light", "dark"]) -> None:
    """Text stands out by 7 to 1, what is secondary by 4.5, on the paper and on what is lit."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site_url}/404.html")
    least = {"text": 7.0, "accent": 7.0, "text-secondary": 4.5, "deadline": 4.5, "cancelled": 4.5}
    found = {
        (ink, paper): _contrast(_colour(page, ink), _colour(page, paper))
        for ink in least
        for paper in ("paper", "now")
        if (ink, paper) != ("accent", "now")
    }
    found["on-accent", "accent"] = _contrast(_colour(page, "on-accent"), _colour(page, "accent"))
    theme_colour = page.locator(f"meta[name=theme-color][media*={scheme}]").get_attribute("content")
    paper = "#" + "".join(f"{value:02x}" for value in _colour(page, "paper"))
    assert {
        pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least.get(pair[0], 7.0)
    } == {}
    assert theme_colour == paper


def test_focus_is_always_visible(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/")
    faint = []
    for _ in range(60):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        if width < 3:
            faint.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert faint == []


def test_fingers_find_their_target(browser: Browser, site_url: str) -> None:
    """Menus, buttons and months are 44 px high under a finger; a link in a sentence need not be."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{site_url}/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".masthead a, .button, .section-head a, .matrix__name a, .site-footer__menu a")]
          .filter(element => element.checkVisibility())
          .map(element => [element.textContent.trim(), element.getBoundingClientRect().height])
          .filter(([, height]) => height < 43.5)"""
    )
    context.close()
    assert small == []


def test_nothing_moves_when_the_fonts_arrive(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})

    def late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/*.woff2", late)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry =>"
        " window.shift += entry.value)).observe({type: 'layout-shift', buffered: true});"
    )
    Visit(page, f"{site_url}/")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(100)
    shift = page.evaluate("window.shift")
    page.close()
    assert shift < 0.05


@pytest.mark.parametrize(
    ("address", "pages"), [("/agenda/", 1), ("/agenda/2024/02/", 1), ("/agenda/2024/", 1)]
)
def test_print_holds_on_its_pages(page: Page, site_url: str, address: str, pages: int) -> None:
    """The agenda, a month and the year, whose matrix says it all, on a page each."""
    page.goto(site_url + address)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == pages


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_style_sheet_keeps_the_house_rules(path: Path) -> None:
    """Colours stand in colour-tokens.css; nothing shouts, casts a shadow or rounds its corners."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    colours = r"#[0-9a-f]{3,8}\b(?=[^{]*;)|\b(?:oklch|rgb|hsl)a?\("
    faults = [
        r"!important|(?:box|text)-shadow|(?<!repeating-)linear-gradient",
        r"border-radius:(?!\s*50%)[^;]+",
        r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b",
        *([] if path.name == "colour-tokens.css" else [colours]),
    ]
    assert [found for fault in faults for found in re.findall(fault, text)] == []


def test_every_style_sheet_is_imported() -> None:
    imported = set(
        re.findall(r'@import url\("([^"]+)"\)', (STYLES / "main.css").read_text("utf-8"))
    )
    present = {path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css")}
    assert imported == present - {"main.css", "feed.css"}


def test_fonts_are_light() -> None:
    weight = sum(path.stat().st_size for path in (THEME / "static" / "fonts").glob("*.woff2"))
    assert weight <= 75_000


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _count(nodes: list[Node], role: str) -> int:
    return sum(_role(node) == role and not node["ignored"] for node in nodes)


def _descendants(nodes: list[Node], top: Node) -> list[Node]:
    """Return a node and all that it holds."""
    by_id = {node["nodeId"]: node for node in nodes}
    found, queue = [], [top]
    while queue:
        node = queue.pop(0)
        found.append(node)
        queue.extend(by_id[child] for child in node.get("childIds", ()) if child in by_id)
    return found


def _colour(page: Page, token: str) -> tuple[int, int, int]:
    """Return the sRGB bytes of a colour token, as the browser paints it."""
    red, green, blue = page.evaluate(
        """token => {
          const canvas = document.createElement("canvas").getContext("2d");
          const probe = document.body.appendChild(document.createElement("i"));
          probe.style.color = `var(--${token})`;
          canvas.fillStyle = getComputedStyle(probe).color;
          probe.remove();
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }""",
        token,
    )
    return red, green, blue


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return WCAG's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (
        value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
