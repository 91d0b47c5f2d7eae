"""The preview in a browser: it follows the files by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.previews import ARTICLE, HEADER, Preview, create_project, running_preview

LONG = "\n\n".join(f"Paragraphe {number}." for number in range(200))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Preview]:
    """A preview for one test, which changes its theme."""
    create_project(tmp_path)
    with running_preview(tmp_path) as preview:
        yield preview


@contextmanager
def article(browser: Browser, preview: Preview) -> Iterator[Page]:
    """Open a tab on the preview of the article."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{preview.port}{ARTICLE}")
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    with article(browser, preview) as page:
        yield page


@pytest.fixture
def own_page(browser: Browser, own: Preview) -> Iterator[Page]:
    with article(browser, own) as page:
        yield page


def test_page_follows_its_file(page: Page, preview: Preview) -> None:
    prose = page.locator(".prose")
    expect(prose).to_contain_text("une image")
    preview.write("Bonsoir")
    expect(prose).to_have_text("Bonsoir")
    preview.write("Bonne nuit", HEADER.replace("Bilan", "Autre bilan"))
    expect(prose).to_have_text("Bonne nuit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Autre bilan")


def test_scroll_is_kept(page: Page, preview: Preview) -> None:
    preview.write(LONG)
    expect(page.locator(".prose")).to_contain_text("Paragraphe 199.")
    # The reload before has ended, and has put the page where it was.
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_function("history.scrollRestoration === 'auto'")
    page.evaluate("scrollTo(0, 2000)")
    preview.write(f"{LONG}\n\nLa fin.")
    expect(page.locator(".prose")).to_contain_text("La fin.")
    page.wait_for_function("scrollY === 2000")


def test_style_is_swapped_in_place(own_page: Page, own: Preview) -> None:
    own.write(LONG)
    expect(own_page.locator(".prose")).to_contain_text("Paragraphe 199.")
    own_page.wait_for_function("document.readyState === 'complete'")
    own_page.wait_for_function("history.scrollRestoration === 'auto'")
    own_page.evaluate("scrollTo(0, 2000); window.isSameLoad = true")
    sheet = own.root / "theme/static/css/main.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}\nbody {{ outline: 3px solid red; }}\n", "utf-8")
    expect(own_page.locator("body")).to_have_css("outline-width", "3px")
    expect(own_page.locator('link[rel="stylesheet"]')).to_have_count(1)
    assert own_page.evaluate("isSameLoad && scrollY") == 2000


def test_picture_that_changes_is_shown(page: Page, preview: Preview) -> None:
    picture = page.locator(".prose img")
    expect(picture).to_have_js_property("naturalWidth", 300)
    drawing = preview.root / "content/images/carre.svg"
    drawing.write_text(drawing.read_text().replace("0 0 2 1", "0 0 1 1"))
    page.wait_for_function("document.querySelector('.prose img')?.naturalWidth === 150")


def test_errors_show_until_they_are_repaired(page: Page, preview: Preview) -> None:
    preview.write("Bonsoir", HEADER.replace("titre: Bilan\n", ""))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Une erreur empêche de publier")
    expect(alert).to_contain_text("content/articles/bilan.md:1:1 · titre")
    expect(page.locator(".prose")).to_contain_text("une image")
    preview.write("Bonsoir")
    expect(page.locator(".prose")).to_have_text("Bonsoir")
    expect(alert).to_have_count(0)


def test_errors_of_another_content_show(page: Page, preview: Preview) -> None:
    event = preview.root / "content/evenements/webinaire.md"
    sound = event.read_text("utf-8")
    event.write_text(f"{sound}[x](rien.md)\n", "utf-8")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/evenements/webinaire.md:9:5 · lien : « rien.md »")
    event.write_text(sound, "utf-8")
    expect(alert).to_have_count(0)


def test_report_can_be_closed(page: Page, preview: Preview) -> None:
    preview.write("Bonsoir", HEADER.replace("titre: Bilan\n", ""))
    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_broken_template_and_its_repair(own_page: Page, own: Preview) -> None:
    template = own.root / "theme/templates/article.html"
    sound = template.read_text("utf-8")
    template.write_text("{% if %}", "utf-8")
    alert = own_page.get_by_role("alert")
    expect(alert).to_contain_text("theme/templates/article.html:1:1 · le gabarit ne peut pas être")
    expect(own_page.locator(".prose")).to_contain_text("une image")
    template.write_text(sound.replace("<dl", "<dl data-neuf"), "utf-8")
    expect(own_page.locator("dl[data-neuf]")).to_have_count(1)
    expect(alert).to_have_count(0)


def test_deleted_article_and_its_return(page: Page, preview: Preview) -> None:
    path = preview.root / "content/articles/bilan.md"
    text = path.read_text("utf-8")
    path.unlink()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("n’existe pas"))
    path.write_text(text, "utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilan")
