"""Every calendar of the built site, read by three libraries that did not write it."""

from __future__ import annotations

import sys

import pytest

from tests.outputs import ical_js, ics_reading, libical
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
