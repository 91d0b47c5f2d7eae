"""The pages that only a large site has: valid, accessible, and no wider than their screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from plugins.french.typography import NBSP
from tests.browser.agenda_events import SETTINGS
from tests.browser.axe import overflow, violations
from tests.conftest import served
from tests.growth import Size, write_site
from tests.nu_checker import faults
from tests.sites import ROOT, BuiltSite, build_site

SIZE = Size(
    events=340, articles=60, letters=1, groups=18, organisations=1, series=1, themes=1, days=90
)
ADDRESSES = {
    "home that counts its dates": "/",
    "agenda that leads to later months": "/agenda/",
    "year that counts its dates": "/agenda/2024/",
    "month that counts its dates": "/agenda/2024/02/",
    "month, page 2": "/agenda/2024/02/page/2/",
    "organisation": "/organisations/o0/",
    "events of an organisation": "/organisations/o0/evenements/",
    "articles of an organisation": "/organisations/o0/articles/",
    "series": "/evenements/series/serie-0/page/6/",
    "event of a long series": "/evenements/e100/",
    "subscriptions": "/flux/",
    "subjects of groups": "/flux/collectifs/",
    "letter": "/lettres/1/",
    "site map": "/plan-du-site/",
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = tmp_path_factory.mktemp("large")
    content = write_site(folder, SIZE)
    settings = folder / "settings.py"
    lines = SETTINGS.format(content=str(content), theme=str(ROOT / "theme"))
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{lines}", encoding="utf-8")
    build_site(folder / "output", settings)
    return BuiltSite(folder / "output")


@pytest.fixture(scope="module")
def url(large: BuiltSite) -> Iterator[str]:
    with served(large) as address:
        yield address


@pytest.mark.parametrize("name", ADDRESSES)
def test_accessibility(axe_page: Page, url: str, name: str) -> None:
    axe_page.set_viewport_size({"width": 320, "height": 900})
    axe_page.goto(url + ADDRESSES[name])
    axe_page.emulate_media(color_scheme="dark")
    assert violations(axe_page, colours=True) == [], "dark"
    axe_page.emulate_media(color_scheme="light")
    for width in (1280, 768, 320):
        axe_page.set_viewport_size({"width": width, "height": 900})
        assert overflow(axe_page) == [], f"{width}"
    assert violations(axe_page) == [], "light"


def test_validity(large: BuiltSite) -> None:
    assert faults([large.file(address) for address in ADDRESSES.values()]) == []


def test_what_counts_leads_to_what_it_counts(page: Page, url: str) -> None:
    page.goto(f"{url}/")
    cell = page.locator(".matrix__day").first
    assert (cell.text_content() or "").endswith("en janvier 2024 : Groupe 0")
    cell.click()
    assert page.url == f"{url}/agenda/2024/01/"
    day = page.locator(".month-grid__count").last
    day.click()
    heading = page.locator(":target")
    assert (heading.text_content() or "").replace(NBSP, " ") == "mercredi 31 janvier 2024"
