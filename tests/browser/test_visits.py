"""What the tests of privacy rest on: a visit sees what a page does wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.browser.visits import Visit

HOST = "http://site.example"


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<img src='http://elsewhere.example/pixel.gif'>", "third party: http://elsewhere"),
        ("<iframe src='http://elsewhere.example/'></iframe>", "third party: http://elsewhere"),
        (
            "<script>setTimeout(() => fetch('http://elsewhere.example/late'), 30_000)</script>",
            "third party: http://elsewhere.example/late",
        ),
        ("<img src='/none.png'>", f"404: {HOST}/none.png"),
        ("<img src='/cut.png'>", f"failed: {HOST}/cut.png"),
        ("<script>console.warn('old way')</script>", "console: old way"),
        ("<script>throw Error('broken')</script>", "error: broken"),
    ],
)
def test_visit_sees(fresh_page: Page, markup: str, fault: str) -> None:
    def answer(route: Route) -> None:
        if route.request.url == f"{HOST}/":
            route.fulfill(
                body=f"<!doctype html><title>Essai</title>{markup}", content_type="text/html"
            )
        elif route.request.url.endswith("cut.png"):
            route.abort("connectionreset")
        else:
            route.fulfill(status=404)

    fresh_page.route("**/*", answer)
    faults = Visit(fresh_page, f"{HOST}/").faults
    assert any(one.startswith(fault) for one in faults), faults


def test_visit_of_a_page_without_fault(fresh_page: Page) -> None:
    fresh_page.route("**/*", lambda route: route.fulfill(body="<p>Rien", content_type="text/html"))
    visit = Visit(fresh_page, f"{HOST}/")
    assert visit.faults == []
    assert [response.url for response in visit.responses] == [f"{HOST}/"]
