"""The search, typed in a browser: what is found among two thousand contents, and at what cost."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from plugins.content.reading import read_contents
from plugins.french.typography import NARROW_NBSP as NARROW, NBSP
from plugins.library.index import Index
from plugins.outputs.search import SearchEntry, to_search_index
from plugins.site import search_pages
from plugins.theme.theme import Theme
from plugins.tools.bench import prose
from plugins.views.pages import Page as PlannedPage
from plugins.views.search import KIND, OFF, THEME, YEAR, search_entry
from plugins.views.site import Site
from tests.browser.axe import overflow, violations
from tests.conftest import MadeOnce, served
from tests.sites import ROOT, BuiltSite

BASE = "/un/chemin"
GENERATED = 2000
MOST_BYTES = 100_000
# What a browser loads at its first search, and keeps: Pagefind's script, compressed, and its
# program; the list of all pages.
ENGINE_BYTES = 90_000
PAGES_BYTES = 25_000
LONG = "Anticonstitutionnellement" * 4
NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)

QUERIES = {
    "attractivité": "/chantiers/attractivite/",
    "attractivite": "/chantiers/attractivite/",
    "l’attractivité": "/chantiers/attractivite/",
    "l'attractivite": "/chantiers/attractivite/",
    "d’attractivité": "/chantiers/attractivite/",
    "réunions du chantier attractivité": "/evenements/reunions-attractivite/",
    "reunion attractivite": "/evenements/reunions-attractivite/",
    "hydrogène": "/actualites/le-havre-hydrogene/",
    "hydrogene musee": "/actualites/le-havre-hydrogene/",
    "Havre": "/evenements/dextera-tour-le-havre/",
    "groupe d'impulsion": "/groupes/groupe-d-impulsion/",
    "le groupe d\u2019impulsion": "/groupes/groupe-d-impulsion/",
    "groupes de pairs": "/groupes/groupes-de-pairs/",
    "groupe de pair": "/groupes/groupes-de-pairs/",
    "LEWANDOWSKI": "/evenements/dejeuner-passerelle-lewandowski/",
    "nucléaire": "/actualites/dejeuner-lewandowski/",
    "le nucleaire à table": "/actualites/dejeuner-lewandowski/",
    "directeur cabinet": "/metiers/directeur-de-cabinet/",
    "directeurs de cabinet": "/metiers/directeur-de-cabinet/",
    "collaborateur de cabinet loi": "/actualites/statut-collaborateur-de-cabinet/",
    "transformation numerique": "/chantiers/numerique/",
    "transition\u00a0écologique": "/chantiers/transition-ecologique/",
    "ecologiques exemplaires": "/chantiers/transition-ecologique/",
    "espace de travail": "/chantiers/espaces-de-travail/",
    "jeunes cadres": "/groupes/jeunes-cadres/",
    "Cannes séminaire": "/evenements/seminaire-cannes/",
    "quarante huit heures": "/actualites/cannes-seminaire/",
    "mode d’emploi": "/actualites/chantiers-mode-d-emploi/",
    "mentions legales": "/mentions-legales/",
    "donnees personnelles": "/donnees-personnelles/",
    "webinaires operateurs": "/evenements/webinaire-operateurs/",
    "conseil d'administration": "/evenements/conseil-d-administration-septembre-2023/",
}


HEAVIEST = (
    "collaborateur de cabinet loi",
    "réunions du chantier attractivité",
    "ecologiques exemplaires",
)


@pytest.fixture(scope="session")
def searched(made_once: MadeOnce) -> BuiltSite:
    """The page of the search, below the host, and the index of the sample among generated texts."""
    return BuiltSite(made_once("search", write_search))


@pytest.fixture(scope="session")
def url(searched: BuiltSite) -> Iterator[str]:
    with served(searched) as address:
        yield f"{address}{BASE}/recherche/"


def write_search(folder: Path) -> None:
    index = Index(read_contents(ROOT / "content"), NOW)
    site = Site(index, f"https://exemple.fr{BASE}", is_preview=True)
    theme = Theme(ROOT / "theme", site)
    page = next(item for item in search_pages.pages(site) if isinstance(item, PlannedPage))
    files = {file.address: file.content() for file in theme.files()}
    files[f"{page.address}index.html"] = theme.render(site.page_view(page))
    entries = [search_entry(record, index) for record in index.newest_first]
    for name, data in to_search_index([*entries, *generated()]).items():
        files[f"/recherche/index/{name}"] = data
    for address, data in files.items():
        path = folder / f"{BASE}{address}".lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def generated() -> Iterator[SearchEntry]:
    yield SearchEntry(
        "/evenements/zymurgie/",
        f"Résumé de l’attractivité{NARROW}; «{NBSP}d’ici à là{NBSP}»{NBSP}: <rien> & tout. "
        f"{LONG} L’élan.",
        (
            ("titre", f"Zymurgie et {LONG.lower()}"),
            ("type", "Événement"),
            ("quand", f"12{NBSP}mars{NBSP}2024"),
            ("etat", "Annulé"),
            ("forme", OFF),
        ),
        ((KIND, ("Événement",)), (YEAR, ("2024",))),
        "2024-03-12",
    )
    for article in prose.articles(GENERATED, seed=11):
        day = article.date.isoformat()
        yield SearchEntry(
            f"/actualites/{article.slug}/",
            f"{article.summary} {article.body}",
            (("titre", article.title), ("type", article.section), ("quand", day)),
            ((KIND, ("Article",)), (THEME, article.themes), (YEAR, (day[:4],))),
            day,
        )


OTHER = "told => document.querySelector('[role=status]').textContent != told"
SAME = OTHER.replace("!=", "==")
MORE = "count => document.querySelectorAll('.search-results .teaser').length > count"


def ask(page: Page, query: str) -> None:
    page.fill("#recherche-mots", query)
    page.press("#recherche-mots", "Enter")
    page.wait_for_function("document.querySelector('[role=status]').textContent")


def addresses(page: Page) -> list[str]:
    links = page.locator(".search-results .teaser__title a")
    found = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [str(href).removeprefix(BASE) for href in found]


def sent(path: Path) -> int:
    """Return the bytes that a compressing web server would send."""
    data = path.read_bytes()
    return len(gzip.compress(data)) if path.suffix == ".js" else len(data)


def test_thirty_queries(page: Page, url: str) -> None:
    """The expected page is first or second."""
    page.goto(url)
    missed: dict[str, list[str]] = {}
    for query, expected in QUERIES.items():
        page.locator("[role=status]").evaluate("status => { status.textContent = ''; }")
        ask(page, query)
        if expected not in addresses(page)[:2]:
            missed[query] = addresses(page)[:3]
    assert missed == {}


def test_a_search_is_light(browser: Browser, searched: BuiltSite, url: str) -> None:
    """Each in a browser that keeps nothing yet."""
    asked: set[str] = set()
    for query in HEAVIEST:
        context = browser.new_context(locale="fr-FR")
        page = context.new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        page.goto(url)
        ask(page, query)
        context.close()
        files = map(searched.file, filter(re.compile("/recherche/index/.").search, asked))
        sizes = {path.name: sent(path) for path in files}
        engine = sizes.pop("pagefind.js") + sizes.pop("wasm.fr.pagefind")
        pages = sum(sizes.pop(n) for n in [*sizes] if n.endswith((".pf_meta", ".json")))
        assert engine < ENGINE_BYTES
        assert pages < PAGES_BYTES
        assert sum(sizes.values()) < MOST_BYTES, query
        asked.clear()


WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("query", ["cadre", "zymotechnie", "?q=cadre&type=Événement", "zymurgie"])
def test_accessibility(axe_page: Page, url: str, query: str) -> None:
    """With results, with filters, with none; a very long word in the way."""
    axe_page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    axe_page.emulate_media(color_scheme="light")
    if query.startswith("?"):
        axe_page.goto(url + query)
        axe_page.wait_for_selector(".search-results .teaser")
    else:
        axe_page.goto(url)
        ask(axe_page, query)
    for width in WIDTHS:
        axe_page.set_viewport_size({"width": width, "height": 900})
        assert [*violations(axe_page), *overflow(axe_page)] == [], f"{width} light"
    axe_page.emulate_media(color_scheme="dark")
    assert [*violations(axe_page, colours=True), *overflow(axe_page)] == [], "dark"


def test_results_tell_the_date_and_the_state_of_an_event(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, "zymurgie")
    result = page.locator(".search-results .teaser").first
    assert (result.locator(".status").text_content() or "") == "Annulé"
    assert result.locator(".status--off + span").text_content() == "Événement"
    assert result.locator("s").text_content() == f"12{NBSP}mars{NBSP}2024"
    ask(page, "convention des cadres dirigeants")
    when = page.locator(".search-results .teaser").first.locator("em")
    assert when.text_content() == f"4e{NBSP}trimestre 2024, date à confirmer"


def test_an_excerpt_reads_as_it_was_written(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, "l'attractivité zymurgie")
    assert page.locator(".search-results .teaser__summary").first.text_content() == (
        f"Résumé de l’attractivité{NARROW}; «{NBSP}d’ici à là{NBSP}»{NBSP}: <rien> & tout. "
        f"{LONG} L’élan."
    )
    marks = page.locator(".search-results mark").all_text_contents()
    assert marks == ["attractivité"]
    assert page.locator("[role=status]").text_content() == (
        f"1 résultat pour «{NBSP}l’attractivité zymurgie{NBSP}»"
    )


def test_filters_stand_in_the_address(page: Page, url: str) -> None:
    page.goto(f"{url}?q=cadre")
    page.wait_for_selector(".search-results .teaser")
    whole = page.locator("[role=status]").text_content()
    page.locator("summary").click()
    page.wait_for_function("document.getElementById('recherche-type').length > 1")
    options = page.locator("#recherche-type option").all_text_contents()
    assert options[0] == "Tous"
    assert re.fullmatch(r"Article \(\d+\)", options[1])
    page.select_option("#recherche-type", "Événement")
    page.wait_for_function(
        "told => document.querySelector('[role=status]').textContent != told", arg=whole
    )
    kinds = page.locator(".search-results [data-fact=type]").all_text_contents()
    assert set(kinds) == {"Événement"}
    assert urlsplit(page.url).query == "q=cadre&type=%C3%89v%C3%A9nement"
    page.select_option("#recherche-tri", "date")
    page.wait_for_function("location.search.endsWith('tri=date')")
    page.go_back()
    page.go_back()
    page.wait_for_function(
        "told => document.querySelector('[role=status]').textContent == told", arg=whole
    )
    assert page.input_value("#recherche-type") == ""


def test_the_latest_first(page: Page, url: str) -> None:
    page.goto(f"{url}?type=Article&tri=date")
    page.wait_for_selector(".search-results .teaser")
    assert addresses(page)[0] == "/actualites/groupes-de-pairs-inscriptions/"


def test_more_results_by_the_keyboard(page: Page, url: str) -> None:
    page.goto(url)
    page.keyboard.type("service")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search-results .teaser")
    assert page.locator("[role=status]").is_visible()
    shown = page.locator(".search-results .teaser").count()
    for _ in range(shown + 4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Plus de résultats":
            break
    page.keyboard.press("Enter")
    page.wait_for_function(MORE, arg=shown)
    assert page.evaluate("document.activeElement.closest('.teaser').matches(':nth-child(9)')")
    assert re.match(
        r"16 résultats affichés sur ", page.locator("[role=status]").text_content() or ""
    )


def test_what_is_typed_is_searched(page: Page, url: str) -> None:
    page.goto(url)
    page.keyboard.type("zymurgie")
    page.wait_for_selector(".search-results .teaser")
    assert urlsplit(page.url).query == "q=zymurgie"
    page.fill("#recherche-mots", "")
    page.wait_for_selector(".search-map", state="visible")
    assert urlsplit(page.url).query == ""


def test_an_index_that_cannot_be_loaded(page: Page, url: str) -> None:
    page.route("**/pagefind-entry.json*", lambda route: route.abort())
    page.goto(f"{url}?q=cadre")
    page.wait_for_selector("[data-advice=error]", state="visible")
    assert page.locator("[role=status]").text_content() == "La recherche n’a pas pu se charger."
    assert page.locator(".search-map").is_visible()
    page.unroute_all()
    page.locator("[data-advice=error] button").click()
    page.wait_for_selector(".search-results .teaser")


def test_without_javascript_the_sections_are_there(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    assert not page.locator("form.search").is_visible()
    found = [link.get_attribute("href") for link in page.locator(".search-map a").all()]
    context.close()
    years = (f"{BASE}/actualites/{year}/" for year in (2024, 2023))
    assert found[:3] == [f"{BASE}/actualites/", *years]
    assert f"{BASE}/agenda/2023/" in found
    assert f"{BASE}/plan-du-site/" in found


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_leads_to_the_search(page: Page, site_url: str, keys: str) -> None:
    page.goto(f"{site_url}/a-propos/")
    page.keyboard.press(keys)
    page.wait_for_url(f"{site_url}/recherche/")
    page.wait_for_function("document.activeElement.id == 'recherche-mots'")
    page.keyboard.type("a/b")
    assert page.input_value("#recherche-mots") == "a/b"
    page.locator("h1").click()
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") == "recherche-mots"


def test_no_key_leads_away_from_a_field(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/agenda/")
    page.locator(".filters select").first.focus()
    for keys in ("/", "Control+k"):
        page.keyboard.press(keys)
    assert page.url == f"{site_url}/agenda/"
