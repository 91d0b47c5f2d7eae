"""Takes anew the pictures of the documentation: `.venv/bin/python -m tests.guide_pictures`.

The README shows the top of the home page. The guide shows what each block gives, from its example,
the pages that its first event and its letter make, and what the preview says of a mistake.
"""

from __future__ import annotations

import base64
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
from tests.browser.form_folder import PICK, SEED
from tests.guide import (
    GUIDE_PICTURES,
    PICTURE,
    SAMPLE_DAY,
    block_picture,
    copied_content,
    example_files,
    guide_fences,
)
from tests.guide_drawings import drawings
from tests.previews import complete_project, running_preview
from tests.site.small_content import settings_of
from tests.sites import ROOT, BuiltSite, build_site
from tests.tooling import CHROMIUM

_TALLEST = 640
_PAGES = {
    "evenement": ("/evenements/petit-dejeuner-operateurs/", "body"),
    "annee": ("/agenda/2024/", ".matrix"),
    "lettre": ("/lettres/2/", "body"),
}
"""The pages that chapters show, and which part of them."""
_EDGE = 20


def take() -> None:
    """Draw all of them, and take the others, light, as on the sample content's day."""
    for name, drawing in drawings().items():
        (GUIDE_PICTURES / name).write_text(drawing, encoding="utf-8")
    with TemporaryDirectory() as folder, _browser() as browser:
        with _page(browser, _built(Path(folder, "sample"), ROOT / "content"), 1280) as page:
            page.goto("https://passerelle.example/", wait_until="networkidle")
            _save(page.screenshot(), PICTURE)
        files = example_files()
        whole = {path: files[path] for path in files if "/exemple-" not in path}
        _take_pages(browser, Path(folder, "pages"), whole)
        _take_preview(browser, Path(folder, "preview"))
        _take_form(browser, Path(folder, "form"))
        articles = {path: files[path] for path in files if "/articles/exemple-" in path}
        content = copied_content(Path(folder, "blocks"), articles)
        with _page(browser, _built(Path(folder, "blocks"), content), 1280) as page:
            for name in BLOCKS:
                page.goto(f"https://passerelle.example{_example(name)}", wait_until="networkidle")
                shot = page.screenshot(clip=_around(page, ".prose", _TALLEST), full_page=True)
                _save(shot, block_picture(name))


def _take_pages(browser: Browser, folder: Path, files: dict[str, str]) -> None:
    """Take the pages that the guide's whole files make."""
    site = _built(folder, copied_content(folder, files))
    with _page(browser, site, 1100) as page:
        for name, (address, part) in _PAGES.items():
            page.goto(f"https://passerelle.example{address}", wait_until="networkidle")
            shot = page.screenshot(clip=_around(page, part, 800), full_page=True)
            _save(shot, GUIDE_PICTURES / f"{name}.png")


def _around(page: Page, part: str, tallest: int) -> FloatRect:
    """Return where a part of the page is, with a little of what is around it."""
    box = page.locator(part).first.bounding_box()
    assert box
    left, top = max(box["x"] - _EDGE, 0), max(box["y"] - _EDGE, 0)
    return {
        "x": left,
        "y": top,
        "width": box["x"] + box["width"] + _EDGE - left,
        "height": min(box["y"] + box["height"] + _EDGE - top, tallest),
    }


def _take_preview(browser: Browser, folder: Path) -> None:
    """Take the preview, the forms of an issue, and the message of a mistake in an event."""
    content = copied_content(folder, {})
    complete_project(folder, settings_of(folder))
    event = content / "evenements" / "webinaire-operateurs.md"
    with running_preview(folder) as preview:
        page = browser.new_page(viewport={"width": 1100, "height": 640}, color_scheme="light")
        page.clock.set_fixed_time(SAMPLE_DAY)
        page.goto(f"http://localhost:{preview.port}/", wait_until="load")
        _save(page.screenshot(), GUIDE_PICTURES / "apercu.png")
        page.set_viewport_size({"width": 1720, "height": 900})
        page.goto(f"http://localhost:{preview.port}/lettres/1/apercu/", wait_until="networkidle")
        _save(page.screenshot(), GUIDE_PICTURES / "formes.png")
        page.set_viewport_size({"width": 1100, "height": 640})
        page.goto(f"http://localhost:{preview.port}/evenements/{event.stem}/", wait_until="load")
        text = event.read_text(encoding="utf-8")
        event.write_text(text.replace("18:30", "16:00"), encoding="utf-8")
        page.get_by_text("précède le début").wait_for()
        _save(page.screenshot(), GUIDE_PICTURES / "erreur.png")
        page.close()


def _take_form(browser: Browser, folder: Path) -> None:
    """Take the form of an event of the sample, opened on its folder."""
    content = copied_content(folder, {})
    complete_project(folder, settings_of(folder))
    files = {
        path.relative_to(folder).as_posix(): base64.b64encode(path.read_bytes()).decode()
        for path in content.rglob("*")
        if path.is_file()
    }
    with running_preview(folder) as preview:
        url = f"http://localhost:{preview.port}"
        context = browser.new_context(
            locale="fr-FR",
            viewport={"width": 1280, "height": 800},
            color_scheme="light",
            reduced_motion="reduce",
        )
        context.add_init_script(PICK)
        page = context.new_page()
        page.goto(f"{url}/robots.txt")
        page.evaluate(SEED, files)
        page.goto(f"{url}/admin/")
        page.get_by_role("button", name="Ouvrir le dossier du site").click()
        page.get_by_role("treeitem", name="Articles").wait_for()
        page.goto(f"{url}/admin/#/collections/evenements/entries/webinaire-operateurs")
        page.get_by_role("button", name="Enregistrer", exact=True).first.wait_for()
        page.frame_locator("iframe").get_by_text("Webinaire").first.wait_for()
        _save(page.screenshot(), GUIDE_PICTURES / "formulaire.png")
        context.close()


def _example(block: str) -> str:
    """Return the address of the page that a block's example makes, in the chapter that tells it."""
    told = (f for f in guide_fences() if f.document.stem.startswith("blocs-"))
    found = next(f for f in told if f.text.startswith(f"/// {block}"))
    return f"/actualites/exemple-{found.place}/"


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
    page.clock.set_fixed_time(SAMPLE_DAY)
    page.route("**/*", answer)
    yield page
    page.close()


def _save(shot: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(shot)) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    take()
