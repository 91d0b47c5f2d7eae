"""An event in a list tells its state and date; « À voir également » repeats nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from plugins.french.typography import plain
from plugins.views.teasers import teaser
from tests.contents import index_of, record_at, text
from tests.sites import BuiltSite


@pytest.mark.parametrize(
    ("header", "state", "when", "is_off"),
    [
        ("debut: 2024-02-07 17:00", "", "7 février 2024", False),
        ("debut: 2024-02-07\nfin: 2024-02-08", "", "du 7 au 8 février 2024", False),
        ("debut: 2024-02-07\nstatut_evenement: annulé", "Annulé", "7 février 2024", True),
        (
            "debut: 2024-02-07\nstatut_evenement: reporté",
            "Reporté, nouvelle date à venir",
            "7 février 2024",
            True,
        ),
        (
            "debut: 2024-02-14\nstatut_evenement: reporté\ndebut_initial: 2024-02-07",
            "Reporté",
            "14 février 2024",
            False,
        ),
        (
            "debut: 2024-02-07\nstatut_evenement: à confirmer",
            "À confirmer",
            "7 février 2024",
            False,
        ),
        ("debut: 2024-T4", "", "4e trimestre 2024, date à confirmer", False),
        ("debut: 2023-T3", "", "3e trimestre 2023", False),
        (
            (
                "seances:\n  - debut: 2024-01-04\n  - {debut: 2024-01-30, statut: annulé}\n"
                "  - debut: 2024-01-31\n  - debut: 2024-03-19"
            ),
            "",
            "31 janvier 2024 et 3 autres dates",
            False,
        ),
        (
            "debut: 2024-01-09 12:30\nfin: 13:30\nrecurrence: {regle: FREQ=WEEKLY;BYDAY=TU}",
            "",
            "chaque mardi, de 12 h 30 à 13 h 30",
            False,
        ),
    ],
)
def test_date_and_state(tmp_path: Path, header: str, state: str, when: str, is_off: bool) -> None:
    index = index_of(tmp_path, {"evenements/e.md": text(header)})
    found = teaser(record_at(index, "evenements/e.md"), index)
    assert (plain(found.state), plain(found.when), found.is_off) == (state, when, is_off)
    assert found.published is None


def test_picture_and_year(tmp_path: Path) -> None:
    image = "\nimage: {fichier: images/port.svg, alt: Un port}"
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "port.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', encoding="utf-8"
    )
    files = {
        "articles/a.md": text(f"date: 2023-11-14{image}"),
        "articles/b.md": text("date: 2024-01-03"),
        "evenements/e.md": text(f"date: 2023-12-01\ndebut: 2024-02-07{image}"),
        "metiers/m.md": text(""),
    }
    index = index_of(tmp_path, files)
    found = [teaser(record_at(index, name), index) for name in files]
    assert [(t.picture.src if t.picture else None, t.year) for t in found] == [
        ("/images/port.svg", 2023),
        (None, 2024),
        ("/images/port.svg", 2024),
        (None, None),
    ]


def test_see_also_repeats_nothing_listed_above_or_in_the_margin(site: BuiltSite) -> None:
    pages = {site.address(path): html.fromstring(path.read_text()) for path in site.pages()}
    listed = (
        "//dl[contains(@class, 'facts')]//a/@href | //section[contains(@class, 'related')]//a/@href"
        " | //*[contains(@class, 'occurrence__title')]/a/@href"
    )
    recommended = "//aside[contains(@class, 'see-also')]//a/@href"
    twice = {
        address: sorted({h.partition("#")[0] for h in page.xpath(listed)} & found)
        for address, page in pages.items()
        if (found := set(page.xpath(recommended)))
    }
    assert twice
    assert {address: links for address, links in twice.items() if links} == {}
