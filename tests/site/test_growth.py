"""No page or file grows with the site: what is more goes to other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican
import pytest
from lxml import etree, html

from plugins.faults import Level
from plugins.outputs.pdf.pdf import Pdf
from plugins.site import subscription_pages
from plugins.site.letter_media import LetterMedia
from plugins.site.plan import PlannedSite, site_of
from plugins.views.pages import Page
from tests.growth import Size, write_site
from tests.sites import ROOT

MOST_BYTES = 160_000
SMALL = Size(events=60, articles=60, letters=5)
LARGE = Size(
    events=1500,
    articles=600,
    letters=60,
    groups=100,
    organisations=60,
    series=70,
    themes=250,
)
# Fewer holders of as many contents: each has a long list of its own.
FULL = Size(events=1500, articles=600, letters=60, groups=2, organisations=1, series=1, themes=1)
LOC = "//*[local-name()='loc']/text()"
SITES = {"small": SMALL, "large": LARGE, "full": FULL}


def plan_of(root: Path) -> PlannedSite:
    settings: dict[str, Any] = pelican.read_settings(str(ROOT / "pelicanconf.py"))
    planned = site_of(
        {**settings, "PATH": str(root), "IS_PREVIEW": False, "SOURCE_DATE_EPOCH": "1704704400"}
    )
    assert [str(fault) for fault in planned.faults if fault.level is Level.ERROR] == []
    return planned


class Rendered:
    """A planned site, and its pages and files as they are written."""

    def __init__(self, planned: PlannedSite) -> None:
        self.planned = planned
        self.items = {item.address: item for item in planned.plan}
        self._made: dict[str, bytes] = {}

    def __getitem__(self, address: str) -> bytes:
        if address not in self._made:
            item = self.items[address]
            self._made[address] = (
                self.planned.theme.render(self.planned.site.page_view(item))
                if isinstance(item, Page)
                else item.content()
            )
        return self._made[address]

    def tree(self, address: str) -> html.HtmlElement:
        return html.fromstring(self[address].decode())

    def links(self, address: str, inside: str = "//main") -> list[str]:
        return [str(link) for link in self.tree(address).xpath(f"{inside}//a/@href")]


@pytest.fixture(scope="module", autouse=True)
def _no_pdf() -> Iterator[None]:
    """Leave the PDFs out: they hold what the pages hold, and take a second each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LetterMedia, "pdf", lambda _media, _letter: Pdf(b"", 1))
        patch.setattr(LetterMedia, "pdf_label", lambda _media, _letter: "1 page")
        yield


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    return {
        name: Rendered(plan_of(write_site(tmp_path_factory.mktemp(name), size)))
        for name, size in SITES.items()
    }


_NUMBERS = re.compile(r"[0-9]+")


def of_each_kind(site: Rendered) -> Iterator[str]:
    """Yield the addresses of three pages of each kind, the first, the middle and the last."""
    kinds: dict[str, list[str]] = {}
    for address, item in site.items.items():
        is_text = isinstance(item, Page) or address.endswith((".xml", ".html", ".opml", ".json"))
        if is_text:
            kinds.setdefault(_NUMBERS.sub("0", address), []).append(address)
    for found in kinds.values():
        yield from dict.fromkeys((found[0], found[len(found) // 2], found[-1]))


@pytest.mark.parametrize("name", SITES)
def test_no_page_or_file_for_machines_is_heavy(sites: dict[str, Rendered], name: str) -> None:
    site = sites[name]
    # Feeds and archives hold fifty issues, whole.
    whole = ("/flux/lettres.", "/flux/archives/lettres.", "/flux/archives/tout.")
    others = (a for a in of_each_kind(site) if not a.startswith(whole))
    weights = {address: len(site[address]) for address in others}
    assert {a: n for a, n in weights.items() if n > MOST_BYTES} == {}


@pytest.mark.parametrize("name", SITES)
def test_every_link_of_a_list_leads_somewhere(sites: dict[str, Rendered], name: str) -> None:
    site = sites[name]
    broken = {
        (address, link)
        for address in of_each_kind(site)
        if isinstance(site.items[address], Page)
        for link in site.links(address, "")
        if link.startswith("/") and link.partition("#")[0].partition("?")[0] not in site.items
    }
    assert broken == set()


def reached(site: Rendered, start: str, kind: str) -> set[str]:
    """Return the pages of a kind that a list leads to, its pages followed."""
    found: set[str] = set()
    todo, seen = [start], set()
    while todo:
        address = todo.pop()
        seen.add(address)
        links = {link.partition("#")[0] for link in site.links(address)}
        found |= {link for link in links if re.fullmatch(kind, link)}
        pages = {link for link in links if link.startswith(start) and "/page/" in link}
        todo += pages - seen - {*todo}
    return found


@pytest.mark.parametrize(
    ("start", "kind", "number"),
    [
        ("/evenements/", "/evenements/e[0-9]+/", FULL.events),
        ("/evenements/series/serie-0/", "/evenements/e[0-9]+/", FULL.events),
        ("/organisations/o0/evenements/", "/evenements/e[0-9]+/", FULL.events),
        ("/organisations/o0/articles/", "/actualites/a[0-9]+/", FULL.articles),
        ("/chantiers/g1/dates/", "/evenements/e[0-9]+/", FULL.events // 2),
        ("/chantiers/g1/articles/", "/actualites/a[0-9]+/", FULL.articles // 2),
        ("/agenda/2024/06/", "/evenements/e[0-9]+/", 144),
        ("/lettres/", "/lettres/[0-9]+/", FULL.letters),
    ],
)
def test_a_list_in_pages_leads_to_all(
    sites: dict[str, Rendered], start: str, kind: str, number: int
) -> None:
    assert len(reached(sites["full"], start, kind)) == number


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/chantiers/g1/", ["/chantiers/g1/dates/", "/chantiers/g1/articles/"]),
        ("/organisations/o0/", ["/organisations/o0/evenements/", "/organisations/o0/articles/"]),
        ("/evenements/e700/", ["/evenements/series/serie-0/"]),
        ("/plan-du-site/", ["/actualites/", "/evenements/", "/lettres/"]),
        ("/agenda/", ["/agenda/2024/02/", "/agenda/2024/12/"]),
    ],
)
def test_a_page_leads_to_what_it_leaves_out(
    sites: dict[str, Rendered], address: str, whole: list[str]
) -> None:
    assert set(whole) <= set(sites["full"].links(address))


def test_a_calendar_is_found_where_the_page_of_its_group_says(sites: dict[str, Rendered]) -> None:
    site = sites["large"]
    for number in (1, 49, 99):
        (link,) = (
            link
            for link in site.links(f"/chantiers/g{number}/")
            if link.startswith("/flux/") and "#" in link
        )
        address, _, anchor = link.partition("#")
        assert site.tree(address).xpath(f"//*[@id='{anchor}']"), link


def test_a_day_of_a_crowded_month_leads_to_its_dates(sites: dict[str, Rendered]) -> None:
    site = sites["full"]
    days = site.tree("/agenda/2024/06/").xpath("//a[contains(@class, 'month-grid__count')]")
    assert len(days) == 30
    for day in days:
        address, _, anchor = str(day.get("href")).partition("#")
        listed = site.tree(address).xpath(f"//section[@aria-labelledby='{anchor}']//li[@class]")
        assert listed, day.get("href")


def test_a_year_of_many_dates_counts_them(sites: dict[str, Rendered]) -> None:
    tree = sites["full"].tree("/")
    (caption,) = tree.xpath("//table[contains(@class, 'matrix')]/caption/text()")
    assert caption == "Le nombre de dates de 2024, par groupe et par chantier"
    rows = tree.xpath("//table[contains(@class, 'matrix')]/tbody/tr")
    labels = rows[0].xpath(".//a[@class='matrix__day']/span[@class='visually-hidden']/text()")
    assert len(labels) == 12
    assert labels[0] == "64 dates en janvier 2024 : Groupe 0"


@pytest.mark.parametrize("name", SITES)
def test_the_sitemap_has_every_page_in_files_of_a_bounded_size(
    sites: dict[str, Rendered], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription_pages, "_IN_SITEMAP", 500)
    planned = sites[name].planned
    pages = [item for item in planned.plan if isinstance(item, Page) and not item.noindex]
    files = list(subscription_pages.sitemap_files(planned.site, pages))
    root, *parts = (etree.fromstring(file.content()) for file in files)
    told = [str(place) for place in root.xpath(LOC)]
    if parts:
        assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
        assert told == [planned.site.absolute(file.address) for file in files[1:]]
        told = [str(place) for part in parts for place in part.xpath(LOC)]
        assert max(len(part) for part in parts) <= 500
    assert told == sorted(planned.site.absolute(page.address) for page in pages)


def test_an_issue_that_was_sent_shows_the_dates_until_the_next_one(
    sites: dict[str, Rendered],
) -> None:
    """Issues are dated 30 days apart, before the first event: only the last one has dates."""
    site, dates = sites["full"], "//ol[contains(@class, 'occurrences')]"
    last = FULL.letters
    assert len(site.links(f"/lettres/{last}/", dates)) == 60
    assert site.links(f"/lettres/{last - 1}/", dates) == []
