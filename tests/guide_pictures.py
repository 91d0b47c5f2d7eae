"""Takes anew the pictures of the documentation: `.venv/bin/python -m tests.guide_pictures`.

The README shows the top of the home page; the guide shows what each block gives, from its example.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page, Route, sync_playwright

from plugins.models.blocks import BLOCKS
from tests.browser.conftest import ARGUMENTS
from tests.guide import (
    GUIDE,
    PICTURE,
    SAMPLE_DAY,
    block_picture,
    copied_content,
    example_files,
    fences,
)
from tests.sites import ROOT, BuiltSite, build_site
from tests.tooling import CHROMIUM

_TALLEST = 640
_EDGE = 20


def take() -> None:
    """Take all of them, light, as on the sample content's day."""
    with TemporaryDirectory() as folder, _browser() as browser:
        with _page(browser, _built(Path(folder, "sample"), ROOT / "content"), 1280) as page:
            page.goto("https://passerelle.example/", wait_until="networkidle")
            _save(page.screenshot(), PICTURE)
        files = example_files()
        articles = {path: files[path] for path in files if "/articles/exemple-ligne" in path}
        content = copied_content(Path(folder, "guide"), articles)
        with _page(browser, _built(Path(folder, "guide"), content), 1280) as page:
            for name in BLOCKS:
                page.goto(f"https://passerelle.example{_example(name)}", wait_until="networkidle")
                box = page.locator(".prose").first.bounding_box()
                assert box
                clip: FloatRect = {
                    "x": box["x"] - _EDGE,
                    "y": box["y"] - _EDGE,
                    "width": box["width"] + 2 * _EDGE,
                    "height": min(box["height"] + 2 * _EDGE, _TALLEST),
                }
                _save(page.screenshot(clip=clip, full_page=True), block_picture(name))


def _example(name: str) -> str:
    """Return the address of the page that the guide's first example of a block makes."""
    found = next(f for f in fences(GUIDE) if f.attribute("corps") and f"/// {name}" in f.text)
    return f"/actualites/exemple-ligne-{found.line}/"


def _built(folder: Path, content: Path) -> BuiltSite:
    folder.mkdir(exist_ok=True)
    settings = folder / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\n"
        f"PATH = {str(content)!r}\nTHEME = {str(ROOT / 'theme')!r}\n",
        encoding="utf-8",
    )
    build_site(folder / "output", settings, SOURCE_DATE_EPOCH=str(int(SAMPLE_DAY.timestamp())))
    return BuiltSite(folder / "output")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def _page(browser: Browser, site: BuiltSite, width: int) -> Iterator[Page]:
    def answer(route: Route) -> None:
        route.fulfill(path=site.file(urlsplit(route.request.url).path))

    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="light")
    page.route("**/*", answer)
    yield page
    page.close()


def _save(shot: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(shot)) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    take()
