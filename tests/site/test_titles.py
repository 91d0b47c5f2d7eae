"""What pages are called, and how they are reached."""

from __future__ import annotations

from collections import Counter

from lxml import html

from tests.sites import BuiltSite


def test_every_page_has_a_title_of_its_own(site: BuiltSite) -> None:
    pages = [html.fromstring(page.read_text(encoding="utf-8")) for page in site.pages()]
    titles = Counter(page.xpath("string(//title)") for page in pages)
    assert [title for title, number in titles.items() if number > 1] == []
    name = " · Passerelle"
    assert f"Vie du réseau, page 2{name}" in titles
    assert f"La lettre n° 1 : Une communauté prend forme, neuf chantiers s’ouvrent{name}" in titles


def test_one_page_for_subscribing(site: BuiltSite) -> None:
    [former] = html.fromstring(site.read("/s-abonner/")).xpath("//link[@rel='canonical']/@href")
    assert former == f"{site.url}/flux/"
    links = html.fromstring(site.read("/")).xpath("//footer//a[@href='/flux/']")
    assert [link.text for link in links] == ["S’abonner"]


def test_every_section_is_reached_from_every_page(site: BuiltSite) -> None:
    links = html.fromstring(site.read("/a-propos/")).xpath("//header//a/@href|//footer//a/@href")
    lists = {"actualites", "agenda", "lettres", "chantiers", "flux"}
    rest = {"organisations", "portraits", "metiers", "themes", "auteurs"}
    assert {f"/{name}/" for name in lists | rest} <= set(links)
