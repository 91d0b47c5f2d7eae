"""Contents by year, by theme and by author, in a site large enough to need them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.library.index import Index
from plugins.site import agenda_pages, content_pages, topic_pages
from plugins.theme.theme import Theme
from plugins.views.pages import Page
from plugins.views.site import Site
from plugins.views.years import Years, years_of
from tests.contents import NOW, article, index_of, text
from tests.sites import ROOT

PORTRAIT = "nom: Ana Exemple\nconsentement: true\nexpire_le: 2030-01-01"


def _article(number: int) -> str:
    """Return one of 300 articles, the first in 2024, then 25 a year."""
    year, month = 2023 - (number - 1) // 25, 12 - number % 12
    day = "2024-01-05" if number == 0 else f"{year}-{month:02}-{1 + number % 28:02}"
    name = "ana  EXEMPLE" if number > 200 else "Ana Exemple"
    return text(
        f"date: {day}\nauteurs: [{name if number % 3 else 'La rédaction'}]\nthemes: [Un, Deux]",
        titre=f"Nouvelle {number}",
    )


FILES = {f"articles/n{number}.md": _article(number) for number in range(300)} | {
    "portraits/ana.md": text(PORTRAIT, titre="Portrait d’Ana"),
    "lettres/1.md": text("numero: 1\ndate: 2023-12-20\nredacteurs_en_chef: [La Rédaction, 日本]"),
    "evenements/loin.md": text(
        "debut: 2025-03-01\nthemes: [Un]\nauteurs: [Bo Exemple]", titre="Loin"
    ),
    "evenements/pres.md": text("debut: 2022-03-01\nthemes: [Deux]", titre="Près"),
}


class Shown:
    """The pages of a site, each made when it is asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._site = Site(index, "https://passerelle.example")
        self._theme = Theme(ROOT / "theme", self._site)
        modules = (content_pages, agenda_pages, topic_pages)
        self.pages = {page.address: page for module in modules for page in module.pages(self._site)}

    def __getitem__(self, address: str) -> html.HtmlElement:
        page = self.pages[address]
        assert isinstance(page, Page)
        return html.fromstring(self._theme.render(self._site.page_view(page)).decode())

    def texts(self, address: str, path: str) -> list[str]:
        return [" ".join(e.text_content().split()) for e in self[address].xpath(path)]

    def links(self, address: str, path: str = "//main//a") -> list[tuple[str, str]]:
        found = self[address].xpath(path)
        return [(" ".join(a.text_content().split()), a.get("href")) for a in found]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return Shown(index_of(tmp_path_factory.mktemp("listes"), FILES))


def test_years_lead_to_each_other(shown: Shown) -> None:
    years = shown.links("/actualites/", "//nav[@class='years']//a")
    assert years[:2] == [
        ("2024 (1 article)", "/actualites/2024/"),
        ("2023 (25 articles)", "/actualites/2023/"),
    ]
    assert len(years) == 12
    beside = shown.links("/actualites/2020/", "//nav[@class='neighbours']//a")
    assert beside == [
        ("Précédent 2019", "/actualites/2019/"),
        ("Vue d’ensemble Toutes les actualités", "/actualites/"),
        ("Suivant 2021", "/actualites/2021/"),
    ]


def test_the_year_shown_is_told(shown: Shown) -> None:
    path = "//nav[@class='years']//a[@aria-current='{}']"
    assert shown.links("/actualites/2020/", path.format("page")) == [
        ("2020 (25 articles)", "/actualites/2020/")
    ]
    # Its second page is not where the link leads.
    assert len(shown.links("/actualites/2020/page/2/", path.format("true"))) == 1


def test_a_year_has_its_articles_month_by_month(shown: Shown) -> None:
    pages = [a for a in shown.pages if a.startswith("/actualites/2020/")]
    assert pages == [f"/actualites/2020/{end}" for end in ("", "page/2/", "page/3/")]
    dates = [d for a in pages for d in shown[a].xpath("//main//article//time/@datetime")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 25
    assert {date[:4] for date in dates} == {"2020"}
    assert shown.texts(pages[0], "//h2[contains(@class, 'teasers__part')]")[0] == "décembre"
    assert shown.texts(pages[1], "//h1") == ["Actualités de 2020, page 2"]


def test_every_title_is_of_one_page(shown: Shown) -> None:
    titles = [page.own_title for page in shown.pages.values()]
    assert len(titles) == len(set(titles))


def test_events_lead_to_the_years_of_the_agenda(shown: Shown) -> None:
    assert shown.links("/evenements/", "//nav[@class='years']//a") == [
        ("2025 (1 date)", "/agenda/2025/"),
        ("2022 (1 date)", "/agenda/2022/"),
    ]


def test_themes_say_how_much_and_what_is_latest(shown: Shown) -> None:
    """An event to come is not the latest of its theme."""
    assert shown.texts("/themes/", "//li[@class='topic']") == [
        "Deux 301 contenus Nouvelle 0 5 janvier 2024",
        "Un 301 contenus Nouvelle 0 5 janvier 2024",
    ]


def test_two_spellings_are_one_author(shown: Shown) -> None:
    assert [(a.title, a.address, len(a.records)) for a in shown.index.authors] == [
        ("Ana Exemple", "/auteurs/ana-exemple/", 200),
        ("Bo Exemple", "/auteurs/bo-exemple/", 1),
        ("La rédaction", "/auteurs/la-redaction/", 101),
    ]
    assert shown.texts("/auteurs/la-redaction/", "//p[@class='title__lede']") == [
        "100 articles, 1 lettre"
    ]
    kinds = shown.texts("/auteurs/la-redaction/", "//p[@class='teaser__kicker']")
    assert "La lettre n° 1 · 20 décembre 2023" in kinds


def test_an_author_and_the_portrait_lead_to_each_other(shown: Shown) -> None:
    assert ("Portrait d’Ana", "/portraits/ana/") in shown.links("/auteurs/ana-exemple/")
    assert ("200 articles", "/auteurs/ana-exemple/") in shown.links("/portraits/ana/")


def test_a_signature_leads_to_its_author(shown: Shown) -> None:
    facts = "//dl[@class='facts']//a"
    assert ("ana EXEMPLE", "/auteurs/ana-exemple/") in shown.links("/actualites/n202/", facts)


def test_years_in_number_are_the_nearest() -> None:
    counts = dict.fromkeys(range(1990, 2024, 2), 3)

    def address(year: int) -> str:
        return f"/{year}/"

    assert [link.title for link in years_of(counts, "date", address).links][::11] == [
        "2022",
        "2000",
    ]
    around = years_of(counts, "date", address, 2000)
    assert len(around.links) == 12
    assert [link.title for link in around.links if link.is_shown] == ["2000"]
    assert around.previous
    assert around.next
    assert (around.previous.title, around.next.title) == ("1998", "2002")
    assert years_of({}, "date", address) == Years(())


def test_a_content_signed_by_nobody_makes_no_author(tmp_path: Path) -> None:
    index = index_of(tmp_path, {"articles/a.md": article("auteurs: [日本]")}, NOW)
    assert index.authors == ()
    assert Shown(index).texts("/actualites/a/", "//dl[@class='facts']//dd")[1] == "日本"
    assert Shown(index).texts("/auteurs/", "//p[@class='empty']") == [
        "Aucun contenu n’est encore signé."
    ]
