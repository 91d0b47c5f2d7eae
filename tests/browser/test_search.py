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
from plugins.library.index import Index
from plugins.outputs.search import SearchEntry, to_search_index
from plugins.site import search_pages
from plugins.theme.theme import Theme
from plugins.tools.bench import prose
from plugins.views.search import KIND, THEME, YEAR, search_entry
from plugins.views.site import Site
from tests.browser.axe import overflow, violations
from tests.conftest import MadeOnce, served
from tests.sites import ROOT, BuiltSite

BASE = "/un/chemin"
GENERATED = 2000
MOST_BYTES = 100_000
ENGINE_BYTES = 90_000
"""Pagefind's script, compressed, and its program: loaded at the first search, then kept."""
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
    page, _ = search_pages.pages(site)
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
    for article in prose.articles(GENERATED, seed=11):
        day = article.date.isoformat()
        yield SearchEntry(
            f"/actualites/{article.slug}/",
            f"{article.summary} {article.body}",
            (("titre", article.title), ("type", article.section), ("quand", day)),
            ((KIND, ("Article",)), (THEME, article.themes), (YEAR, (day[:4],))),
            day,
        )


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


def test_thirty_queries(browser: Browser, searched: BuiltSite, url: str) -> None:
    """The expected page is first or second; a search weighs little, in a browser that is new."""
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    missed: dict[str, list[str]] = {}
    weights: dict[str, int] = {}
    engines: set[int] = set()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    for query, expected in QUERIES.items():
        asked.clear()
        page.goto(url)
        ask(page, query)
        if expected not in addresses(page)[:2]:
            missed[query] = addresses(page)[:3]
        files = map(searched.file, filter(re.compile("/recherche/index/.").search, asked))
        sizes = {path.name: sent(path) for path in files}
        engines.add(sum(sizes.pop(name) for name in ("pagefind.js", "wasm.fr.pagefind")))
        weights[query] = sum(sizes.values())
    context.close()
    print(sorted(weights.items(), key=lambda x: x[1]), engines)
    assert missed == {}
    assert max(weights.values()) < MOST_BYTES, weights
    assert max(engines) < ENGINE_BYTES
