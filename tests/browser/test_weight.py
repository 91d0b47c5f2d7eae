"""A first visit to the home page, and an article with a photograph, stay light."""

from __future__ import annotations

import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.visits import Visit

MAX_REQUESTS = 12
MAX_BYTES = 150_000
MAX_BYTES_WITH_PHOTOGRAPH = 300_000
COMPRESSED = {".css", ".html", ".ico", ".js", ".json", ".svg", ".xml", ""}
"""What the web server sends compressed; fonts and pictures are so by themselves."""


def test_first_visit_to_the_home_page(browser: Browser, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    responses = Visit(page, f"{site_url}/").responses
    sizes = {response.url: _sent(response) for response in responses}
    context.close()
    assert len(responses) <= MAX_REQUESTS, sorted(sizes)
    assert sum(sizes.values()) <= MAX_BYTES, sizes


@pytest.mark.parametrize("density", [2, 3])
def test_an_article_with_a_photograph_on_a_telephone(
    browser: Browser, photographs_url: str, density: int
) -> None:
    """The editor gave it 4000 × 3000 pixels and some megabytes."""
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, device_scale_factor=density
    )
    page = context.new_page()
    responses = Visit(page, f"{photographs_url}/actualites/seminaire/").responses
    sizes = {response.url: _sent(response) for response in responses}
    context.close()
    assert any("seminaire.jpg" in address for address in sizes), sizes
    assert sum(sizes.values()) <= MAX_BYTES_WITH_PHOTOGRAPH, sizes


def _sent(response: Response) -> int:
    """Return the bytes that a compressing web server would send."""
    body = response.body()
    suffix = PurePosixPath(urlsplit(response.url).path).suffix
    return len(gzip.compress(body)) if suffix in COMPRESSED else len(body)
