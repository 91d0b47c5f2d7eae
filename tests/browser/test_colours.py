"""What is sent and printed has the colours of the site, each written once, in colour-tokens.css."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from plugins.theme.theme import in_srgb, whole
from tests.sites import ROOT

STYLES = ROOT / "theme/static/css"
COLOURS = STYLES / "colour-tokens.css"
MAIL = ROOT / "theme/mail"
SHEETS = (*MAIL.glob("*.css"), *ROOT.glob("theme/print/**/*.css"))
# What no style sheet reaches: attributes of e-mails, of drawings, of browsers; blocks of editors.
SOURCES = (
    *ROOT.glob("theme/templates/**/*.html"),
    ROOT / "theme/templates/mail/letter.mjml",
    *ROOT.glob("plugins/outputs/mail/**/*.py"),
)
HEXADECIMAL = re.compile(r"(?<![&\w])#([0-9a-f]{3,8})\b", re.IGNORECASE)
NAMED = re.compile(r"\bvar\((--[\w-]+)\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DARK = "prefers-color-scheme: dark"


def colours() -> dict[str, str]:
    """Return the value of each colour, by its name."""
    text = COLOURS.read_text(encoding="utf-8")
    return dict(re.findall(r"^ *(--[\w-]+): (oklch\([^)]+\));$", text, re.MULTILINE))


def painted(page: Page, values: Iterable[str]) -> list[str]:
    """Return the colours that Chromium paints for values of CSS, in sRGB: `#005454`."""
    return list(
        page.evaluate(
            """values => {
              const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
              return values.map(value => {
                canvas.fillStyle = value;
                canvas.fillRect(0, 0, 1, 1);
                const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
                return "#" + [red, green, blue].map(n => n.toString(16).padStart(2, "0")).join("");
              });
            }""",
            [*values],
        )
    )


def test_a_colour_is_written_once() -> None:
    known = colours()
    assert len(known) > 20
    assert len({*known.values()}) == len(known)
    text = COMMENT.sub("", COLOURS.read_text(encoding="utf-8"))
    assert len(re.findall(r"--[\w-]+:", text)) == len(known)


def test_mailboxes_and_paper_get_the_colours_that_browsers_paint(page: Page) -> None:
    """Rounding may differ by one step of 255 in a channel."""
    converted = re.findall(r"--[\w-]+: (#[0-9a-f]{6});", in_srgb(whole(COLOURS)))
    expected = painted(page, colours().values())
    assert len(converted) == len(expected)
    for mine, theirs in zip(converted, expected, strict=True):
        pairs = zip(bytes.fromhex(mine[1:]), bytes.fromhex(theirs[1:]), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 1, (mine, theirs)


def test_colours_that_no_style_sheet_reaches_are_those_of_the_site() -> None:
    known = set(re.findall(r"#[0-9a-f]{6}", in_srgb(whole(COLOURS))))
    written = {
        (path.relative_to(ROOT).as_posix(), code)
        for path in SOURCES
        for code in HEXADECIMAL.findall(path.read_text(encoding="utf-8"))
        # In Python, `#123` is a number of something.
        if path.suffix != ".py" or len(code) == 6
    }
    assert {place for place in written if f"#{place[1]}" not in known} == set()
    assert {path.rpartition(".")[2] for path, _ in written} == {"html", "mjml", "py"}


def test_a_mailbox_has_the_colours_of_its_scheme() -> None:
    light, _, dark = (STYLES / "tokens.css").read_text(encoding="utf-8").partition(DARK)
    for name, scheme, other in (("letter.css", light, dark), ("head.css", dark, light)):
        named = {*NAMED.findall((MAIL / name).read_text(encoding="utf-8"))}
        meant, elsewhere = (colours().keys() & {*NAMED.findall(text)} for text in (scheme, other))
        assert meant.isdisjoint(elsewhere)
        assert len(named) > 5
        assert named <= meant


def test_the_dark_changes_colours_alone() -> None:
    """So axe judges by its rules about colours what it has judged whole in the light."""
    sheets = {path for path in (ROOT / "theme").rglob("*.css") if DARK in path.read_text("utf-8")}
    assert sheets == {STYLES / "tokens.css", MAIL / "head.css"}
    _, _, dark = (STYLES / "tokens.css").read_text(encoding="utf-8").partition(DARK)
    tokens = re.findall(r"([\w-]+): ([^;]+);", dark.partition("\n}\n")[0])
    named = {f"var({name})" for name in colours()}
    assert {name for name, value in tokens if value not in named} == {"--picture-light"}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_style_sheets_name_their_colours(page: Page, path: Path) -> None:
    values = re.findall(r":([^;{}]+)[;}]", COMMENT.sub("", path.read_text(encoding="utf-8")))
    assert [code for value in values for code in HEXADECIMAL.findall(value)] == []
    words = {word.lower() for value in values for word in re.findall(r"(?<![\w#-])[a-z]+\b", value)}
    named = page.evaluate("words => words.filter(word => CSS.supports('color', word))", [*words])
    assert set(named) <= {"transparent", "currentcolor", "inherit"}
    functions = {word for value in values for word in re.findall(r"[\w-]+(?=\()", value)}
    assert (
        functions & {"rgb", "rgba", "hsl", "hsla", "lab", "lch", "oklab", "oklch", "color"} == set()
    )
