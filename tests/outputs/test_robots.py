"""What robots may visit, as Python's own reader understands it."""

from urllib.robotparser import RobotFileParser

import pytest

from plugins.outputs.web.robots import to_robots

SITEMAP = "https://passerelle.example/sitemap.xml"


@pytest.mark.parametrize(("may_index", "sitemaps"), [(True, [SITEMAP]), (False, None)])
def test_robots(*, may_index: bool, sitemaps: list[str] | None) -> None:
    reader = RobotFileParser()
    reader.parse(to_robots(SITEMAP, may_index=may_index).decode().splitlines())
    assert reader.can_fetch("robot", "https://passerelle.example/agenda/") is may_index
    assert reader.site_maps() == sitemaps
