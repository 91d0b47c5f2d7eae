"""Pages in a reader's hands: what takes the focus, what few colours keep of them, their room."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from plugins.theme.theme import Theme
from plugins.views.pages import paginate
from plugins.views.site import Site
from tests.browser.axe import overflow
from tests.contents import index_of
from tests.sites import PAGE_KINDS, ROOT, BuiltSite

# What the Tab key reaches, without what is not rendered at all.
UNSEEN = """() => [...document.querySelectorAll("a[href], button, select, summary, input")]
  .filter(one => one.checkVisibility())
  .filter(one => {
    one.focus();
    if (document.activeElement !== one) return false;
    for (let box = one; box; box = box.parentElement) {
      const { width, height } = box.getBoundingClientRect();
      if (getComputedStyle(box).overflow === "hidden" && (width < 2 || height < 2)) return true;
    }
    return false;
  })
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", ["/", "/agenda/2024/", "/agenda/2024/01/", "/lettres/1/"])
def test_focus_never_lands_on_what_is_not_shown(page: Page, site_url: str, address: str) -> None:
    page.goto(site_url + address)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(UNSEEN) == [], f"{width}"


@pytest.mark.parametrize(
    ("address", "lit", "other"),
    [
        ("/agenda/", ".frise__month--now a", ".frise__month:nth-child(5) a"),
        ("/agenda/2024/05/", ".frise__month--now a", ".frise__month:nth-child(1) a"),
        ("/agenda/2024/", ".matrix__month--now", ".matrix__month:nth-child(4)"),
        ("/agenda/2024/01/", ".month-grid__day--now", "[data-day='2024-01-10']"),
    ],
)
def test_forced_colours_keep_the_current_apart(
    page: Page, site_url: str, address: str, lit: str, other: str
) -> None:
    """A tint is lost there, and a transparent border is drawn."""
    page.emulate_media(forced_colors="active")
    page.goto(site_url + address)
    outline = "one => getComputedStyle(one).outlineStyle"
    looks = [page.locator(one).first.evaluate(outline) for one in (lit, other)]
    page.emulate_media(forced_colors="none")
    assert looks == ["solid", "none"]


def test_a_cell_of_a_day_with_two_events_has_its_left_line(page: Page, site_url: str) -> None:
    """The first cell of a second line of bars is not the one of Monday."""
    page.goto(f"{site_url}/agenda/2024/02/")
    lines = page.locator(".month-grid__cell, .month-grid__day").evaluate_all(
        """all => all.map(one => {
          const style = getComputedStyle(one);
          const left = one.getBoundingClientRect().left;
          const first = document.querySelector(".month-grid").getBoundingClientRect().left;
          return [left - first < 2, style.borderInlineStartColor === "rgba(0, 0, 0, 0)"];
        })"""
    )
    assert lines
    assert [bare for is_first, bare in lines] == [is_first for is_first, bare in lines]


def test_the_news_come_before_the_matrix(page: Page, site_url: str) -> None:
    """In the order of reading as in that of sight, on every screen."""
    page.goto(site_url)
    heads = page.locator("main h2").evaluate_all("all => all.map(one => one.id)")
    assert heads == ["lettre", "prochaines-dates", "actualites", "annee", "suivre"]


@pytest.mark.parametrize("number", [1, 713, 1418])
def test_pagination_stays_on_one_line(
    page: Page, site_url: str, tmp_path: Path, number: int
) -> None:
    theme = Theme(ROOT / "theme", Site(index_of(tmp_path, {}), "https://passerelle.example"))
    macro = theme.environment.get_template("components/pagination.html").module.pagination  # type: ignore[attr-defined]
    shown = list(paginate("/actualites/", range(1418), 1))[number - 1].pagination
    page.goto(f"{site_url}/actualites/")
    page.locator(".teasers").evaluate(
        "(list, html) => list.insertAdjacentHTML('afterend', html)", str(macro(shown))
    )
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        tops = page.locator(".pagination li").evaluate_all(
            """all => all.filter(one => one.checkVisibility())
              .map(one => Math.round(one.getBoundingClientRect().bottom))"""
        )
        assert len(tops) >= 2, f"{width}"
        assert max(tops) - min(tops) < 20, f"{width}"
        assert overflow(page) == [], f"{width}"


def test_an_address_is_copied(page: Page, site_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site_url}/flux/")
    button = page.get_by_role("button", name=re.compile("^Copier l’adresse du calendrier")).first
    asked = button.get_attribute("data-copy")
    button.click()
    expect(page.locator("[data-copied]")).to_have_text("Adresse copiée")
    assert page.evaluate("navigator.clipboard.readText()") == asked
    page.context.clear_permissions()


@pytest.mark.parametrize("width", [705, 768, 1280])
@pytest.mark.parametrize("month", ["01", "02", "03"])
def test_words_of_the_month_are_cut_as_french_cuts_them(
    page: Page, site_url: str, month: str, width: int
) -> None:
    """A word on two lines has a soft hyphen where it is cut."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}/agenda/2024/{month}/")
    broken = page.locator(".month-grid__title").evaluate_all(
        """all => all.flatMap(title => {
          const text = title.firstChild, found = [], range = document.createRange();
          const top = at => {
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return [...range.getClientRects()].at(-1).top;
          };
          for (const word of text.textContent.matchAll(/[^\\s\\u00ad-]+/g)) {
            const [first, last] = [word.index, word.index + word[0].length - 1];
            if (top(first) !== top(last)) found.push(word[0]);
          }
          return found;
        })"""
    )
    assert broken == []


def test_sessions_come_before_the_prose_and_each_date_is_said_once(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}/evenements/reunions-numerique/")
    parts = page.locator(".sheet__body > *").evaluate_all("all => all.map(one => one.className)")
    assert parts[:2] == ["sheet__part", "prose"]
    lead = page.locator(".lead-date:visible").inner_text()
    assert " ".join(lead.split()).count("janvier 2024") == 1
    assert "mercredi\n24\njanvier 2024" in lead
    session = page.locator("#seances").locator("xpath=../..").locator("li.occurrence").first
    assert " ".join(session.inner_text().split()).count("2024") == 1


HOME_AND_AGENDA = {"home", "agenda", "year", "month"}


@pytest.mark.parametrize("kind", sorted(set(PAGE_KINDS) - {"preview of a letter"}))
def test_the_header_takes_under_200_px_on_a_phone(
    page: Page, site: BuiltSite, site_url: str, kind: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site_url + site.address_of_kind(kind))
    template = str(page.evaluate("document.body.className.split('--')[1]"))
    height = page.locator(".masthead").bounding_box()
    assert height
    assert height["height"] < 200 or template in HOME_AND_AGENDA


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_point_stands_at_the_end_of_a_line(page: Page, site_url: str, width: int) -> None:
    """Between two facts, it stands in the gap before the second, cut off where a line begins."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}/agenda/2024/02/")
    stray = page.locator("ul.occurrence__line").evaluate_all(
        """all => all.filter(line => {
          if (getComputedStyle(line).overflowX !== "clip") return true;
          const left = line.getBoundingClientRect().left;
          return [...line.children].some((fact, index) => {
            if (!index) return false;
            const before = getComputedStyle(fact, "::before");
            const start = fact.getBoundingClientRect().left;
            const end = start + parseFloat(before.insetInlineStart) + parseFloat(before.inlineSize);
            const begins = Math.abs(start - left) < 1;
            return begins ? end > left + 0.5 : end > start + 0.5;
          });
        }).map(line => line.outerHTML)"""
    )
    assert stray == []


def test_the_first_news_is_large_pictures_and_years_break_the_column(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}/actualites/")
    years = page.locator(".teasers__part--year").all_inner_texts()
    assert years == sorted(set(years), reverse=True)
    assert len(years) > 1
    first, other = (
        page.locator(f".teasers > .teaser--{name} .teaser__picture").first.bounding_box()
        for name in ("lead", "row")
    )
    assert first
    assert other
    assert first["width"] > 2 * other["width"]
    # In the right third, and the content without a picture has nothing in its place.
    assert other["x"] > 1280 * 2 / 3
    assert page.locator(".teasers > .teaser:not(.teaser--pictured) img").count() == 0
    assert page.locator(".teasers > .teaser:not(.teaser--pictured)").count() > 0


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_pictures_of_a_list_lead_where_their_titles_do(
    page: Page, site_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site_url}/")
    pictured = page.locator(".news .teaser--pictured")
    address = pictured.first.locator(".teaser__title a").get_attribute("href")
    # The title's link lies above the picture.
    pictured.first.locator("img").click(force=True)
    expect(page).to_have_url(f"{site_url}{address}")


def test_a_printed_list_begins_under_its_title(page: Page, site_url: str) -> None:
    """No teaser holds the next one to it: else the whole list would go to the second page."""
    page.goto(f"{site_url}/actualites/")
    first = page.locator(".teaser__title").first.inner_text()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert " ".join(first.split()) in " ".join(printed.pages[0].extract_text().split())
