"""The Nu checker finds nothing on any page."""

from __future__ import annotations

from tests import nu_checker
from tests.sites import BuiltSite


def test_every_page_is_valid(site: BuiltSite) -> None:
    assert nu_checker.faults(site.pages()) == []
