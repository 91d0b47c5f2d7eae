"""What is sent and printed has the colours of the site, written in sRGB: those of tokens.css."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.sites import ROOT

TOKENS = ROOT / "theme/static/css/tokens.css"
SHEETS = (
    *ROOT.glob("theme/mail/**/*.css"),
    *ROOT.glob("theme/print/**/*.css"),
)
# The e-mail's own head holds what a dark mailbox shows.
DARK = ROOT / "theme/mail/head.css"
SOURCES = (
    *SHEETS,
    *(
        path
        for medium in ("mail", "print")
        for path in ROOT.glob(f"theme/templates/{medium}/**/*.*")
    ),
    *ROOT.glob("plugins/outputs/mail/**/*.py"),
)
# The second tier of tokens: what colours mean, in the light and in the dark.
MEANT = r"^\s*(--[\w-]+): var\("
# What paper alone has: white, black, greys.
ON_PAPER = r"^\s*(--(?:white|black|print-\w+)):"
HEXADECIMAL = re.compile(r"(?<![&\w])#([0-9a-f]{3,8})\b", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What a colour is painted with: no two machines may disagree on it.
COLOUR_OF = """names => names.map(name => {
  document.body.style.color = `var(${name})`;
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = getComputedStyle(document.body).color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
})"""

Colour = tuple[int, int, int]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content(f"<style>{TOKENS.read_text(encoding='utf-8')}</style>")
    yield page
    page.close()


def tokens(page: Page, scheme: Literal["light", "dark"], pattern: str) -> set[Colour]:
    """Return the colours that a pattern finds in tokens.css, as the browser paints them."""
    page.emulate_media(color_scheme=scheme)
    names = {*re.findall(pattern, TOKENS.read_text(encoding="utf-8"), re.MULTILINE)}
    is_colour = (
        "names => names.filter(name => CSS.supports('color', "
        "getComputedStyle(document.documentElement).getPropertyValue(name)))"
    )
    colours = page.evaluate(COLOUR_OF, page.evaluate(is_colour, sorted(names)))
    return {(red, green, blue) for red, green, blue in colours}


def written(path: Path) -> set[str]:
    """Return the colours written in a file; in Python, `#123` is a number of something."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    found = set(HEXADECIMAL.findall(text))
    return {code for code in found if len(code) == 6} if path.suffix == ".py" else found


def is_near(code: str, known: set[Colour]) -> bool:
    """A client rounds as it likes: a channel may be off by one."""
    if len(code) != 6:
        return False
    channels = bytes.fromhex(code)
    return any(all(abs(a - b) <= 1 for a, b in zip(channels, one, strict=True)) for one in known)


def test_colours_are_those_of_the_site(page: Page) -> None:
    light, dark = tokens(page, "light", MEANT), tokens(page, "dark", MEANT)
    paper = light | tokens(page, "light", ON_PAPER)
    assert min(len(light), len(dark), len(paper - light)) > 3
    assert light.isdisjoint(dark)
    strange = {
        f"{path.relative_to(ROOT)}: #{code}"
        for path in SOURCES
        for code in written(path)
        if not is_near(code, dark if path == DARK else paper if "print" in path.parts else light)
    }
    assert strange == set()
    assert {path.suffix for path in SOURCES if written(path)} >= {".css", ".html", ".mjml", ".py"}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_colours_are_hexadecimal(page: Page, path: Path) -> None:
    """Few clients read anything else; a name or a function would escape the test above."""
    values = re.findall(r":([^;{}]+)[;}]", COMMENT.sub("", path.read_text(encoding="utf-8")))
    words = {word.lower() for value in values for word in re.findall(r"(?<![\w#-])[a-z]+\b", value)}
    named = page.evaluate("words => words.filter(word => CSS.supports('color', word))", [*words])
    assert set(named) <= {"transparent", "currentcolor", "inherit"}
    functions = {word for value in values for word in re.findall(r"[\w-]+(?=\()", value)}
    assert (
        functions & {"rgb", "rgba", "hsl", "hsla", "lab", "lch", "oklab", "oklch", "color"} == set()
    )
