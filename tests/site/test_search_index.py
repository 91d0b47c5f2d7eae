"""The index of the search: all that is published, nothing else, the same bytes each time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pagefind import service

from plugins.build.rendering import file_name
from plugins.french.function_words import FUNCTION_WORDS, veiled
from plugins.library.index import Index
from plugins.outputs.search import SearchIndexError, to_search_index
from plugins.site import search_pages
from plugins.views.pages import Bundle, unpacked
from plugins.views.search import search_entry
from plugins.views.site import Site
from tests.contents import article, group, index_of, text
from tests.sites import BuiltSite

FILES = {
    "articles/oeuvre.md": article("themes: [Énergie]", "L’œuvre d’un cœur.\n", "Un titre"),
    "evenements/annule.md": text(
        "debut: 2024-02-01\nstatut_evenement: annulé\nlieu: {nom: Salle, ville: Lyon}\n"
        "intervenants: [Une Personne]\ncollectif: numerique",
        titre="Une réunion",
    ),
    "evenements/vague.md": text("debut: 2024-T4", titre="Un jour"),
    "collectifs/numerique.md": group("Numérique"),
    "pages/a-propos.md": text(titre="À propos"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), FILES)


def fragments(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return what the index holds of each content, by its address."""
    found = {}
    for name, data in files.items():
        if name.startswith("fragment/"):
            held = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
            found[held["url"]] = held
    return found


def made(index: Index) -> dict[str, bytes]:
    return to_search_index([search_entry(record, index) for record in index.newest_first])


def built(site: BuiltSite) -> Iterator[tuple[str, bytes]]:
    folder = site.path / "recherche/index"
    for path in site.files():
        if path.is_relative_to(folder):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_every_published_content_is_in_the_index_of_the_site(site: BuiltSite) -> None:
    found = fragments(dict(built(site)))
    assert len(found) > 50
    missing = [address for address in found if not site.file(address).is_file()]
    assert missing == []
    titles = {held["meta"]["titre"] for held in found.values()}
    assert "Recherche" not in titles
    # Every page of a content, and no list, is in it.
    contents = {
        site.address(page)
        for folder in ("actualites", "evenements", "lettres", "portraits", "metiers")
        for page in (site.path / folder).glob("*/index.html")
        if page.parent.name not in {"page", "series"}
        and not (folder == "actualites" and page.parent.name.isdecimal())
    }
    assert contents <= set(found)


def test_what_a_result_tells_and_is_found_by(index: Index) -> None:
    found = fragments(made(index))
    assert set(found) == {record.address for record in index.published}
    event = found["/evenements/annule/"]
    assert event["meta"] == {
        "titre": f"{veiled('Une')} réunion",
        "type": "Événement",
        "quand": "1er\u00a0février 2024",
        "etat": "Annulé",
        "forme": "×",
        "avec": f"Salle · Lyon · {veiled('Une')} Personne · Numérique",
    }
    assert event["filters"] == {
        "Type": ["Événement"],
        "Chantier ou groupe": ["Numérique"],
        "Année": ["2024"],
    }
    vague = found["/evenements/vague/"]
    assert vague["meta"]["forme"] == "≈"
    assert vague["filters"]["Année"] == ["2024"]
    assert found["/actualites/oeuvre/"]["meta"]["formes"] == "oeuvre coeur"
    assert found["/actualites/oeuvre/"]["filters"]["Thème"] == ["Énergie"]
    assert found["/chantiers/numerique/"]["filters"]["Type"] == ["Chantier"]


def test_the_same_contents_give_the_same_bytes(index: Index) -> None:
    """Pagefind itself orders the values of filters at random."""
    first = made(index)
    assert [made(index) == first for _ in range(3)] == [True] * 3
    names = {name.partition("/")[0] for name in first}
    assert names >= {"pagefind.js", "wasm.fr.pagefind", "LICENSE.txt", "pagefind-entry.json"}
    assert not any(name.endswith(".css") or "ui" in name for name in names)


def test_the_index_is_a_bundle_of_the_plan(index: Index) -> None:
    site = Site(index, "https://exemple.fr")
    (bundle,) = (item for item in search_pages.pages(site) if isinstance(item, Bundle))
    assert bundle.address == "/recherche/index/*"
    assert unpacked(bundle.content()) == made(index)
    assert set(bundle.texts()) == set(index.published)
    assert file_name("/recherche/index/pagefind.js") == "recherche/index/pagefind.js"


def test_a_site_without_contents_has_no_index(tmp_path: Path) -> None:
    assert made(index_of(tmp_path, {})) == {}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("L’école", "{L’} école"),
        ("au-delà de l’eau", "au-delà {de} {l’} eau"),
        ("vis-à-vis d’aujourd’hui", "vis-à-vis {d’} aujourd’hui"),
        ("(le) « les »", "({le}) « {les} »"),
        ("LE LOUP", "LE LOUP"),
        ("un signe \ue001 privé", "{un} signe  privé"),
        ("leurs lettres", "{leurs} lettres"),
    ],
)
def test_function_words_are_signs(written: str, shown: str) -> None:
    forms = {word: chr(0xE000 + 2 * n) for n, word in enumerate(FUNCTION_WORDS)}
    forms |= {w[0].upper() + w[1:]: chr(ord(sign) + 1) for w, sign in forms.items()}
    for word, sign in forms.items():
        shown = shown.replace(f"{{{word}}}", sign)
    assert veiled(written) == shown


def test_a_program_that_fails_is_told(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "get_executable", lambda: "/bin/true")
    with pytest.raises(SearchIndexError, match="0 of 7 answers"):
        made(index)
    monkeypatch.setattr(service, "get_executable", lambda: None)
    with pytest.raises(SearchIndexError, match="no program"):
        made(index)
