"""The letter's e-mail as a mail client shows it, and the preview of an issue's four forms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import product
from typing import Literal, TypeAlias

import pytest
from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from plugins.faults import Notices
from plugins.library.index import read_index
from plugins.site.letter_media import LetterMedia
from plugins.theme.theme import Theme
from plugins.views.site import Site
from tests.browser.axe import overflow, violations
from tests.contents import NOW
from tests.site.letters import LETTERS, write_letters
from tests.sites import ROOT, BuiltSite
from tests.tooling import AXE

Scheme: TypeAlias = Literal["light", "dark"]

MAIL = "/lettres/1/courriel.html"
PREVIEW = "/lettres/1/apercu/"
# A message has no landmarks of its own: those are its client's.
OF_PAGES = {"landmark-one-main", "region"}

VIEWS: tuple[tuple[int, Scheme], ...] = (
    (320, "light"),
    (360, "dark"),
    (640, "light"),
    (640, "dark"),
)


@pytest.fixture(scope="module")
def mailbox(browser: Browser) -> Iterator[Page]:
    """A tab with axe, which shows no picture."""
    context = browser.new_context(locale="fr-FR")
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.route("https://**", Route.abort)
    yield page
    context.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The e-mail of an issue that holds all that can be written."""
    content = tmp_path_factory.mktemp("everything") / "content"
    write_letters(content)
    site = Site(read_index(content, NOW), "https://passerelle.example")
    letters = {letter.header.number: letter for letter in site.index.letters}
    media = LetterMedia(site, Theme(ROOT / "theme", site), (), Notices())
    return media.mail_html(letters[LETTERS["everything"]])


@pytest.mark.parametrize("mail", ["sample", "everything"])
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_mail_is_read_in_every_mailbox(
    mailbox: Page, site: BuiltSite, everything: str, mail: str, width: int, scheme: Scheme
) -> None:
    """Also without the styles of its head, which some clients take away."""
    mailbox.set_viewport_size({"width": width, "height": 900})
    mailbox.emulate_media(color_scheme=scheme)
    mailbox.set_content(everything if mail == "everything" else site.read(MAIL))
    expect(mailbox.locator(".preheader")).to_be_hidden()
    assert [*violations(mailbox, OF_PAGES), *overflow(mailbox)] == []
    mailbox.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")
    assert [*violations(mailbox, OF_PAGES), *overflow(mailbox)] == []


@pytest.fixture
def preview(page: Page, site_url: str) -> Page:
    page.goto(site_url + PREVIEW, wait_until="load")
    return page


def pane(page: Page, name: str) -> FrameLocator:
    return page.frame_locator(f"iframe[title^='{name} de la lettre']")


def test_preview_shows_the_colours_of_the_dark(preview: Page) -> None:
    titles = [pane(preview, name).locator("h1").first for name in ("Page", "Courriel")]

    def colours() -> list[str]:
        return [title.evaluate("node => getComputedStyle(node).color") for title in titles]

    light = colours()
    preview.get_by_label("sombres").check()
    assert [dark != day for dark, day in zip(colours(), light, strict=True)] == [True, True]
    preview.get_by_label("claires").check()
    assert colours() == light


def test_preview_shows_two_widths(preview: Page) -> None:
    body = pane(preview, "Page").locator("body")
    assert body.evaluate("() => innerWidth") == 360
    preview.get_by_label("ordinateur").check()
    assert body.evaluate("() => innerWidth") == 1280
    assert preview.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_preview_shows_the_pictures_of_this_machine_or_none(preview: Page) -> None:
    """The e-mail that is sent names them by the site's address."""
    shown = pane(preview, "Courriel").locator("img").first
    address = shown.get_attribute("src") or ""
    assert address.startswith("/courriel/images/")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    preview.get_by_label("masquées").check()
    assert shown.get_attribute("src") == "data:,"
    preview.get_by_label("affichées").check()
    assert shown.get_attribute("src") == address


def test_preview_keeps_its_choices_when_it_reloads(preview: Page) -> None:
    preview.get_by_label("sombres").check()
    preview.get_by_label("ordinateur").check()
    preview.reload(wait_until="load")
    for label in ("sombres", "ordinateur", "affichées"):
        expect(preview.get_by_label(label)).to_be_checked()
    assert pane(preview, "Page").locator("body").evaluate("() => innerWidth") == 1280


def test_preview_keeps_what_is_being_read_when_it_reloads(preview: Page) -> None:
    bodies = [pane(preview, name).locator("body") for name in ("Page", "Courriel", "Texte seul")]
    for place, body in enumerate(bodies, 500):
        body.evaluate("(_, top) => scrollTo({ top, behavior: 'instant' })", place)
    preview.reload(wait_until="load")
    assert [body.evaluate("() => scrollY") for body in bodies] == [500, 501, 502]


def test_preview_finds_its_place_in_a_pane_that_came_before_its_script(preview: Page) -> None:
    body = pane(preview, "Texte seul").locator("body")
    body.evaluate("() => scrollTo({ top: 500, behavior: 'instant' })")
    held: list[Route] = []

    def hold_the_script_back(route: Route) -> None:
        if route.request.url.endswith(".js"):
            held.append(route)
            return
        answer = route.fetch()
        page = answer.text().replace("<script>", "<script src='/tard.js'></script><script>", 1)
        route.fulfill(response=answer, body=page)

    preview.route(re.compile(r"/apercu/$|/tard\.js$"), hold_the_script_back)
    preview.reload(wait_until="commit")
    body.locator("pre").wait_for()
    expect(body).to_have_js_property("ownerDocument.readyState", "complete")
    held[0].fulfill(body="", content_type="text/javascript")
    preview.wait_for_load_state("load")
    assert body.evaluate("() => scrollY") == 500


def test_preview_shows_the_four_panes_at_once(preview: Page) -> None:
    for width, screens in product((1280, 1440, 1920), ("téléphone", "ordinateur")):
        preview.set_viewport_size({"width": width, "height": 800})
        preview.get_by_label(screens).check()
        boxes = [frame.bounding_box() for frame in preview.locator("iframe").all()]
        assert len(boxes) == 4
        for box in boxes:
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= 800
            assert min(box["width"], box["height"]) > 250


def test_preview_does_not_cut_the_lines_of_the_text(preview: Page) -> None:
    text = pane(preview, "Texte seul").locator("pre")
    lines = text.evaluate("node => node.textContent.split('\\n').length")
    heights = []
    for width in (360, 1280):
        preview.set_viewport_size({"width": width, "height": 800})
        heights.append(text.evaluate("node => node.scrollHeight"))
    line = text.evaluate("node => { node.textContent = 'x'; return node.scrollHeight; }")
    assert [height / line for height in heights] == pytest.approx([lines, lines], abs=1)


def test_preview_shows_the_panes_that_are_chosen(preview: Page) -> None:
    shown = preview.locator("iframe:visible")
    preview.get_by_role("checkbox", name="texte").uncheck()
    preview.get_by_role("checkbox", name="PDF").uncheck()
    expect(shown).to_have_count(2)
    preview.reload(wait_until="load")
    expect(shown).to_have_count(2)
    expect(preview.get_by_role("checkbox", name="texte")).not_to_be_checked()
    expect(preview.get_by_role("checkbox", name="courriel")).to_be_checked()


def test_preview_shows_the_text_dark_on_a_dark_machine(page: Page, site_url: str) -> None:
    """A page without colours, in a frame of its own scheme, lets the white of the frame through."""
    page.emulate_media(color_scheme="dark")
    page.goto(site_url + PREVIEW, wait_until="load")
    page.get_by_label("sombres").check()
    picture = page.locator("iframe[title^='Texte seul']").screenshot()
    colours = Image.open(io.BytesIO(picture)).convert("L").histogram()
    assert sum(colours[:64]) > sum(colours[192:])


def test_page_of_an_issue_leads_to_its_preview(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/lettres/1/")
    page.get_by_role("link", name="Comparer la page, le courriel, le texte et le PDF").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("sur ses quatre supports")
    expect(page.locator("iframe")).to_have_count(4)
