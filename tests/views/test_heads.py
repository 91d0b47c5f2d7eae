"""What the head of a page tells those who announce it: its picture in words, its times."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.dates.moments import PARIS
from plugins.faults import Notices
from plugins.french.typography import plain
from plugins.outputs.cards.card import Card
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.base import Picture
from plugins.views.heads import article_of, card_address, card_of, has_card, picture_of
from plugins.views.pages import ArticleHead, Page
from plugins.views.site import Site
from tests.contents import Files, article, group, index_of, text
from tests.photographs import photograph
from tests.sites import ROOT

ARTICLE = """\
rubrique: Compte rendu
themes: [Énergie, Emploi]
auteurs: Camille Exemple
modifie: 2024-01-05 18:00
"""
LETTER = text("numero: 3\ndate: 2024-01-04\nredacteurs_en_chef: La rédaction\nthemes: [Énergie]")


# The header of an event, the words of its card, its numeral, the lines below, its months.
EVENTS = {
    "un-jour": (
        "debut: 2024-02-07 17:00\nfin: 18:30",
        "Événement, 7 février 2024 : Essai",
        "7",
        "février 2024 / 17 h – 18 h 30",
        (2,),
    ),
    "annule": (
        "debut: 2024-03-25\nfin: 2024-03-26\nstatut_evenement: annulé",
        "Annulé. Événement, du 25 au 26 mars 2024 : Essai",
        "25–26",
        "mars 2024",
        (3,),
    ),
    "reporte": (
        "debut: 2024-03-01\nstatut_evenement: reporté",
        "Reporté, nouvelle date à venir. Événement, 1er mars 2024 : Essai",
        "1er",
        "mars 2024",
        (3,),
    ),
    "deux-mois": (
        "debut: 2024-03-30\nfin: 2024-04-02",
        "Événement, du 30 mars au 2 avril 2024 : Essai",
        "",
        "",
        (3, 4),
    ),
    "deux-annees": (
        "debut: 2024-12-30\nfin: 2025-01-02",
        "Événement, du 30 décembre 2024 au 2 janvier 2025 : Essai",
        "",
        "",
        (12,),
    ),
    "approximatif": (
        "debut: 2024-T4",
        "Événement, 4e trimestre 2024, date à confirmer : Essai",
        "",
        "",
        (10, 11, 12),
    ),
    "seances": (
        "seances:\n  - debut: 2024-01-30\n  - debut: 2024-03-19\n  - debut: 2024-05-02",
        "Événement, 30 janvier 2024 et 2 autres dates : Essai",
        "30",
        "janvier 2024 / et 2 autres dates",
        (1,),
    ),
    "regle": (
        "debut: 2024-01-09 12:30\nfin: 13:30\nrecurrence: {regle: FREQ=WEEKLY;BYDAY=TU}",
        "Événement, chaque mardi, de 12 h 30 à 13 h 30 : Essai",
        "",
        "",
        (1,),
    ),
}


class Planned:
    """The pages of a small site, by address."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.site = Site(index_of(folder, files), "https://passerelle.example")
        plan = Plan(self.site, Theme(ROOT / "theme", self.site), Notices())
        self.items = {item.address: item for item in plan}

    def page(self, address: str) -> Page:
        page = self.items[address]
        assert isinstance(page, Page)
        return page

    def picture(self, address: str) -> Picture | None:
        return picture_of(self.page(address), self.site.index)

    def article(self, address: str) -> ArticleHead | None:
        return article_of(self.page(address), self.site.index)

    def card(self, address: str) -> Card:
        return card_of(self.page(address), self.site.index)

    def words(self, address: str) -> str:
        picture = self.picture(address)
        assert picture
        return plain(picture.alt)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """A site with an event of each kind, and contents of others."""
    folder = tmp_path_factory.mktemp("announced")
    image = photograph(folder / "a.jpg", (1600, 900)).read_bytes()
    files: dict[str, str | bytes] = {
        **{f"evenements/{name}.md": text(case[0]) for name, case in EVENTS.items()},
        **{f"articles/a-{n}.md": article(titre=f"Article {n}") for n in range(14)},
        "articles/compte-rendu.md": article(ARTICLE, titre="Le titre"),
        "articles/avec-photographie.md": article("image: {fichier: images/a.jpg, alt: Une salle}"),
        "images/a.jpg": image,
        "lettres/3.md": LETTER,
        "collectifs/g.md": group("Numérique"),
        "pages/p.md": text(titre="À propos"),
    }
    return Planned(folder, files)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_tells_its_state_then_its_date(planned: Planned, name: str) -> None:
    _, words, numeral, below, lit = EVENTS[name]
    address = f"/evenements/{name}/"
    card = planned.card(address)
    assert planned.words(address) == words
    assert (card.numeral, plain(" / ".join(card.below)), card.lit) == (numeral, below, lit)
    assert card.year == 2024


def test_words_of_the_other_pages(planned: Planned) -> None:
    expected = {
        "/": "Essai : Un site",
        "/actualites/": "Essai : Actualités",
        "/actualites/compte-rendu/": "Compte rendu, 3 janvier 2024 : Le titre",
        "/lettres/3/": "La lettre n° 3, 4 janvier 2024 : Essai",
        "/chantiers/g/": "Chantier : Numérique",
        "/agenda/2024/": "Agenda : L'année 2024",
        "/agenda/2024/03/": "Agenda : Mars 2024",
        "/themes/energie/": "Thèmes : Énergie",
        "/p/": "Essai : À propos",
    }
    assert {address: planned.words(address) for address in expected} == expected
    assert planned.card("/agenda/2024/03/").lit == (3,)
    assert planned.card("/").lit == (1,)
    assert planned.card("/chantiers/g/").lede == "Un résumé."
    assert planned.card("/lettres/3/").year == 2024


def test_each_page_has_a_card_planned_but_those_kept_from_networks(planned: Planned) -> None:
    assert planned.page("/404.html").noindex
    assert planned.picture("/404.html") is None
    pages = [item for item in planned.items.values() if isinstance(item, Page)]
    addresses = {card_address(page) for page in pages if has_card(page, planned.site.index)}
    assert addresses == {a for a in planned.items if a.startswith("/partage")}
    assert card_address(planned.page("/")) == "/partage.png"
    assert card_address(planned.page("/actualites/a-3/")) == "/partage/actualites/a-3.png"
    assert "/partage/404.html.png" not in planned.items


def test_the_pages_of_a_list_share_a_card(planned: Planned) -> None:
    first, second = map(planned.picture, ("/actualites/", "/actualites/page/2/"))
    assert first == second
    assert first
    assert first.src == "/partage/actualites.png"


def test_a_photograph_is_shown_in_place_of_a_card(planned: Planned) -> None:
    picture = planned.picture("/actualites/avec-photographie/")
    assert picture
    assert (picture.src, picture.alt) == ("/tailles/images/a.jpg/partage.jpg", "Une salle")
    assert "/partage/actualites/avec-photographie.png" not in planned.items


def test_an_article_and_a_letter_tell_their_times(planned: Planned) -> None:
    assert planned.article("/actualites/compte-rendu/") == ArticleHead(
        datetime(2024, 1, 3, tzinfo=PARIS),
        datetime(2024, 1, 5, 18, tzinfo=PARIS),
        "Compte rendu",
        ("Énergie", "Emploi"),
        ("Camille Exemple",),
    )
    assert planned.article("/lettres/3/") == ArticleHead(
        datetime(2024, 1, 4, tzinfo=PARIS), None, "La lettre", ("Énergie",), ("La rédaction",)
    )
    assert planned.article("/evenements/annule/") is None
    assert planned.article("/actualites/") is None
