"""What a real browser does with photographs: its choice, their room, their weight."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

ARTICLE = "/actualites/seminaire/"
LARGE = "img[src$='seminaire.jpg']"


@pytest.mark.parametrize(
    ("window", "density", "copy"),
    [
        (360, 1, "400.avif"),
        (360, 2, "800.avif"),
        (360, 3, "1200.avif"),
        (768, 1, "800.avif"),
        (1280, 1, "1200.avif"),
        (1280, 2, "1600.avif"),
    ],
)
def test_the_copy_that_fits_is_chosen(
    browser: Browser, photographs_url: str, window: int, density: int, copy: str
) -> None:
    context = browser.new_context(
        viewport={"width": window, "height": 800}, device_scale_factor=density
    )
    page = context.new_page()
    page.goto(photographs_url + ARTICLE)
    chosen = page.eval_on_selector(LARGE, "img => img.currentSrc")
    context.close()
    assert urlsplit(chosen).path == f"/tailles/images/seminaire.jpg/{copy}"


@pytest.mark.parametrize("window", [320, 360, 600, 768, 900, 1000, 1280, 1600])
def test_sizes_tell_the_room_of_the_layout(page: Page, photographs_url: str, window: int) -> None:
    """Within a tenth, and never less than is shown."""
    page.set_viewport_size({"width": window, "height": 800})
    page.goto(photographs_url + ARTICLE)
    found = page.evaluate(
        """() => [...document.querySelectorAll('main picture')].map(picture => {
          const probe = document.createElement('i');
          const condition = /^\\(min-width[^)]*\\) ?/;
          const rules = picture.querySelector('source').sizes.split(/, (?=\\()|(?<=\\)), (?=min)/);
          const rule = rules.find(one => {
            const found = one.match(condition);
            return !found || matchMedia(found[0]).matches;
          });
          const length = rule.replace(condition, '');
          probe.style.cssText = 'position: fixed; inline-size: ' + length;
          document.body.append(probe);
          const told = probe.getBoundingClientRect().width;
          const img = picture.querySelector('img'), box = img.getBoundingClientRect();
          const ratio = img.getAttribute('width') / img.getAttribute('height');
          return [Number(img.getAttribute('width')), told, Math.min(box.width, box.height * ratio)];
        })"""
    )
    assert len(found) == 3
    for own, told, shown in found:
        assert min(own, 0.99 * told) <= 1.1 * shown
        assert shown <= min(own, told) + 1
        assert shown <= own


@pytest.mark.parametrize("window", [360, 1280])
def test_nothing_jumps_while_pictures_come(
    browser: Browser, photographs_url: str, window: int
) -> None:
    context = browser.new_context(viewport={"width": window, "height": 4000})
    page = context.new_page()
    held: list[Route] = []

    is_held = True

    def hold(route: Route) -> None:
        if is_held:
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(r"\.(avif|webp|jpg|png)$"), hold)
    page.goto(photographs_url + ARTICLE, wait_until="domcontentloaded")
    page.evaluate("document.fonts.ready")
    boxes = """() => [...document.querySelectorAll('main figure, main p, footer')].map(node => {
      const box = node.getBoundingClientRect();
      return [box.x, box.y + scrollY, box.width, box.height].map(Math.round);
    })"""
    before = page.evaluate(boxes)
    assert not any(page.evaluate("[...document.images].map(img => img.naturalWidth)"))
    is_held = False
    for route in held:
        route.continue_()
    page.wait_for_function("[...document.images].every(img => img.naturalWidth)")
    after = page.evaluate(boxes)
    context.close()
    assert after == before


def test_the_first_picture_is_awaited_and_the_others_wait(page: Page, photographs_url: str) -> None:
    page.goto(photographs_url + ARTICLE)
    told = page.eval_on_selector_all(
        "main img",
        "all => all.map(img => [img.getAttribute('loading'), img.fetchPriority, img.decoding])",
    )
    assert told == [[None, "high", "async"], *[["lazy", "auto", "async"]] * 2]


def test_a_cover_is_cut_around_its_focal_point(page: Page, photographs_url: str) -> None:
    page.goto(f"{photographs_url}/lettres/")
    cover = page.eval_on_selector(
        ".cover__picture",
        """img => {
          const style = getComputedStyle(img), box = img.getBoundingClientRect();
          const room = img.parentElement.parentElement.getBoundingClientRect();
          return [style.objectFit, style.objectPosition, box.bottom <= room.bottom];
        }""",
    )
    assert cover == ["cover", "30% 20%", True]
