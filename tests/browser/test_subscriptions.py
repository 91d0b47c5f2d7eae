"""What one can follow, in the reader's hands: folded subjects, and feeds opened in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import overflow, violations

SHOWN = """() => [...document.documentElement.querySelectorAll("*")]
  .filter(one => one.checkVisibility() && !["channel", "item", "entry"].includes(one.localName))
  .map(one => one.localName)"""


def test_a_link_to_a_folded_subject_shows_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/flux/")
    expect(page.locator("#collectif-numerique")).not_to_be_visible()
    page.goto(f"{site_url}/groupes/operateurs/")
    page.get_by_role("link", name="Suivre ce groupe").click()
    expect(page).to_have_url(re.compile("/flux/#collectif-operateurs$"))
    expect(page.locator("#collectif-operateurs")).to_be_in_viewport()
    expect(page.locator("#theme-energie")).not_to_be_visible()


def test_all_of_it_unfolded(axe_page: Page, site_url: str) -> None:
    axe_page.goto(f"{site_url}/flux/")
    axe_page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width in (320, 768, 1280):
        axe_page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            axe_page.emulate_media(color_scheme=scheme)
            found = violations(axe_page, colours=scheme == "dark")
            assert [*found, *overflow(axe_page)] == [], f"{width} {scheme}"


@pytest.mark.parametrize(
    ("address", "entries", "shown"),
    [
        (
            "/flux/actualites.rss.xml",
            "item",
            {"title", "description", "link", "pubDate"},
        ),
        (
            "/flux/actualites.atom.xml",
            "entry",
            {"title", "subtitle", "summary", "link", "published"},
        ),
    ],
)
def test_a_feed_opened_in_a_browser_is_readable(
    page: Page, site_url: str, address: str, entries: str, shown: set[str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site_url + address)
    assert {*page.evaluate(SHOWN)} == shown
    for element in page.locator(f"{entries} > title").all()[:3]:
        expect(element).to_be_visible()
    told = page.evaluate(
        """() => {
          const link = document.querySelector("link[rel=self]");
          return ["::before", "::after"].map(part => getComputedStyle(link, part).content);
        }"""
    )
    assert told[0].startswith('"Ceci est un flux')
    assert told[1] == f'"https://passerelle.example{address}"'
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
