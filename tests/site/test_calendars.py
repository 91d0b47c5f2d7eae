"""Every calendar of the built site, read by libraries and a program that did not write it."""

from __future__ import annotations

import sys
from urllib.parse import quote

import pytest
from lxml import html

from plugins.views.subscriptions import Variant, calendar_address
from tests.outputs import calcurse, ical_js, ics_reading, libical
from tests.sites import BuiltSite


@pytest.fixture(scope="module")
def calendars(site: BuiltSite) -> dict[str, bytes]:
    found = {site.address(p): p.read_bytes() for p in site.files() if p.suffix == ".ics"}
    assert "/agenda/tout.ics" in found
    assert len(found) > 1
    return found


def test_ical_js_agrees_with_vobject(calendars: dict[str, bytes]) -> None:
    read = dict(zip(calendars, ical_js.read(calendars.values()), strict=True))
    assert read == {address: ics_reading.read(ics) for address, ics in calendars.items()}


@pytest.mark.skipif(sys.platform != "linux", reason="libical is Debian's")
def test_libical_agrees_with_vobject(calendars: dict[str, bytes]) -> None:
    read = {address: libical.read(ics) for address, ics in calendars.items()}
    assert read == {address: ics_reading.read(ics) for address, ics in calendars.items()}


def test_calcurse_agrees_with_vobject(calendars: dict[str, bytes]) -> None:
    for address, ics in calendars.items():
        assert calcurse.read(ics) == calcurse.as_kept(ics_reading.read(ics)), address


def test_page_of_subscriptions_offers_every_calendar(
    site: BuiltSite, calendars: dict[str, bytes]
) -> None:
    links = html.fromstring(site.read("/flux/")).xpath("//main//a/@href")
    assert isinstance(links, list)
    offered = [address for address in calendars if address.startswith("/agenda/")]
    assert calendar_address("tout", Variant.WITH_APPROXIMATE) in offered
    for address in offered:
        https = site.url + quote(address)
        assert https in links
        assert "webcal:" + https.partition(":")[2] in links


def test_each_calendar_has_its_own_name(calendars: dict[str, bytes]) -> None:
    names = [
        line
        for address, ics in calendars.items()
        if address.startswith("/agenda/")
        for line in ics.decode().replace("\r\n ", "").split("\r\n")
        if line.startswith("X-WR-CALNAME:")
    ]
    assert len(names) == sum(address.startswith("/agenda/") for address in calendars)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", ["chantier", "group", "organisation"])
def test_pages_lead_to_their_calendar(
    site: BuiltSite, calendars: dict[str, bytes], kind: str
) -> None:
    links = html.fromstring(site.read(site.address_of_kind(kind))).xpath("//main//a/@href")
    assert isinstance(links, list)
    [link] = [str(link) for link in links if "/flux/#" in str(link)]
    _, _, name = link.partition("#")
    assert calendar_address(name) in calendars
    assert html.fromstring(site.read("/flux/")).get_element_by_id(name) is not None
