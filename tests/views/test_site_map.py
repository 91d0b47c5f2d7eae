"""The site map: by section, and by year where a section goes on for years."""

from __future__ import annotations

from pathlib import Path

from plugins.french.typography import NBSP
from plugins.views.base import NamedAddress
from plugins.views.site import Site
from plugins.views.site_map import SHOWN_IN_YEAR, YEARS, SiteMapSection, site_map
from tests.contents import index_of, text


def dated(day: str, header: str = "") -> str:
    return text(f"date: {day}\n{header}", titre=day)


def sections(root: Path, files: dict[str, str]) -> dict[str, SiteMapSection]:
    site = Site(index_of(root, files), "https://exemple.fr")
    return {section.title: section for section in site_map(site).sections}


def test_a_year_of_the_news_leads_to_its_page(tmp_path: Path) -> None:
    days = [*(f"2023-01-{n:02}" for n in range(1, 31)), "2024-01-02", "2022-05-01"]
    files = {f"articles/{day}.md": dated(day) for day in days}
    news = sections(tmp_path, files)["Actualités"]
    assert [(part.year.title, part.year.address) for part in news.years] == [
        ("2024", "/actualites/2024/"),
        ("2023", "/actualites/2023/"),
        ("2022", "/actualites/2022/"),
    ]
    assert [len(part.items) for part in news.years] == [1, SHOWN_IN_YEAR, 1]
    assert news.years[1].more == NamedAddress("Toute l’année 2023 (30)", "/actualites/2023/")
    assert news.more == NamedAddress("Toutes les actualités (32)", "/actualites/")


def test_the_latest_years_are_shown(tmp_path: Path) -> None:
    files = {
        f"evenements/e{year}.md": text(f"debut: {year}-02-01", titre=f"Un jour{NBSP}{year}")
        for year in range(2005, 2025)
    }
    agenda = sections(tmp_path, files)["Agenda"]
    assert [part.year.title for part in agenda.years] == [str(2024 - n) for n in range(YEARS)]
    assert agenda.years[0].year.address == "/agenda/2024/"
    assert agenda.more == NamedAddress("Tous les événements (20)", "/evenements/")


def test_a_section_shown_whole_leads_to_nothing_more(tmp_path: Path) -> None:
    found = sections(tmp_path, {"articles/a.md": dated("2024-01-02", "themes: [Énergie]")})
    assert found["Actualités"].more is None
    assert [item.title for item in found["Thèmes"].items] == ["Énergie"]
    assert list(found) == ["Actualités", "Thèmes", "Le site"]
