"""What a reader sees at the edges of rules: a number that just fits, a whole and its parts."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from lxml import html

from plugins.build import publication
from plugins.french.typography import NBSP
from tests.contents import Files, article, text, write
from tests.site.small_content import settings_of
from tests.sites import BuiltSite

SESSIONS = "seances:\n  - {debut: 2024-03-01, statut: confirmé}\n  - {debut: 2024-03-08}"
FIGURES = """\
chiffres_cles:
  - {libelle: année de création, valeur: 2015, unite: année}
  - {libelle: emplois en création, valeur: 3000, unite: postes}
  - {libelle: adhérents, valeur: 4000}
"""
# The first sittings are past on the 8th of January 2024.
WEEKLY = "debut: 2024-01-02 17:00\nfin: 18:30\nrecurrence:\n  regle: FREQ=WEEKLY;COUNT="
FILES: Files = {
    "articles/8-seances.md": article("", "/// evenement | 8-fois\n///\n"),
    "articles/9-seances.md": article("", "/// evenement | 9-fois\n///\n"),
    "articles/signe.md": article("auteurs: [Zoé Exemple, Abel Exemple]"),
    "evenements/reporte.md": text(f"statut_evenement: reporté\n{SESSIONS}"),
    "evenements/8-fois.md": text(f"{WEEKLY}8", titre="Huit fois"),
    "evenements/9-fois.md": text(f"{WEEKLY}9", titre="Neuf fois"),
    "evenements/24-fois.md": text(f"{WEEKLY}24"),
    "evenements/25-fois.md": text(f"{WEEKLY}25"),
    "lettres/1.md": text(
        "numero: 1\ndate: 2024-01-04\nauteurs: [Zoé Exemple]\nredacteurs_en_chef: [Abel Exemple]"
    ),
    "lettres/2.md": text(
        "numero: 2\ndate: 2024-01-05\nredacteurs_en_chef: [Zoé Exemple, Abel Exemple]"
    ),
    "organisations/reseau.md": text(FIGURES),
}


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = tmp_path_factory.mktemp("edges")
    write(folder / "content", FILES)
    assert publication.build(settings_of(folder), folder / "output") == 0
    return BuiltSite(folder / "output")


def main_of(site: BuiltSite, address: str) -> html.HtmlElement:
    main = html.fromstring(site.read(address)).find(".//main")
    assert main is not None
    return main


def texts(elements: list[html.HtmlElement]) -> list[str]:
    return [element.text_content().strip() for element in elements]


def feed_items(site: BuiltSite) -> dict[str, dict[str, Any]]:
    """Return the items of the feed of everything, by address."""
    items = json.loads(site.read("/flux/tout.json"))["items"]
    return {item["url"].removeprefix(site.url): item for item in items}


def test_no_session_holds_of_an_event_postponed_as_a_whole(edges: BuiltSite) -> None:
    page = main_of(edges, "/evenements/reporte/")
    assert texts(page.find_class("status")) == ["Reporté, nouvelle date à venir"] * 2


@pytest.mark.parametrize(("sittings", "shown"), [(8, 7), (9, 8)])
def test_a_block_shows_the_sittings_to_come(edges: BuiltSite, sittings: int, shown: int) -> None:
    """The one already held gives its place, even where there is room for all."""
    page = main_of(edges, f"/actualites/{sittings}-seances/")
    days = [str(day) for day in page.xpath(".//time[ancestor::ol]/@datetime")]
    assert (len(days), days[0]) == (shown, "2024-01-09")
    assert "Toutes les dates" in page.text_content()


@pytest.mark.parametrize(("sittings", "first"), [(24, "2 janvier"), (25, "9 janvier")])
def test_a_feed_names_every_sitting_that_it_has_room_for(
    edges: BuiltSite, sittings: int, first: str
) -> None:
    item = feed_items(edges)[f"/evenements/{sittings}-fois/"]
    rule, *lines = texts(html.fragment_fromstring(item["content_html"], "div").findall(".//ul/li"))
    assert rule.startswith("Chaque mardi")
    assert len(lines) == 24
    assert lines[0].replace(NBSP, " ").startswith(f"mardi {first} 2024")


def test_hours_are_cut_before_their_dash_never_after_it(edges: BuiltSite) -> None:
    lines = main_of(edges, "/agenda/2024/02/").find_class("occurrence__line")
    assert f"17{NBSP}h{NBSP}–{NBSP}18{NBSP}h{NBSP}30" in texts(lines)


def test_a_year_is_no_number_to_group(edges: BuiltSite) -> None:
    figures = main_of(edges, "/organisations/reseau/").find_class("key-figures")[0]
    shown = " ".join(figures.text_content().split())
    assert shown == ("année de création 2015 emplois en création 3 000 postes adhérents 4 000")


@pytest.mark.parametrize(
    ("address", "authors"),
    [
        ("/actualites/signe/", ["Zoé Exemple", "Abel Exemple"]),
        ("/lettres/1/", ["Zoé Exemple"]),
        ("/lettres/2/", ["Zoé Exemple", "Abel Exemple"]),
    ],
)
def test_a_feed_names_authors_as_they_signed(
    edges: BuiltSite, address: str, authors: list[str]
) -> None:
    """In the order of the header; those who edited an issue only where nobody signed it."""
    assert [one["name"] for one in feed_items(edges)[address]["authors"]] == authors
    for form in ("rss.xml", "atom.xml"):
        entries = feedparser.parse(edges.file(f"/flux/tout.{form}").read_bytes()).entries
        [found] = [entry for entry in entries if entry.link == edges.url + address]
        assert [one.name for one in found.authors] == authors
