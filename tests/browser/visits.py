"""What a page asks of the network, and what goes wrong meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

LATE = 60_000
"""Milliseconds by which a loaded page's clock is put forward: timers have all had their turn."""

QUIET = 0.2
"""Seconds without a request after which a page is at rest."""

PATIENCE = 30.0
"""Seconds after which a page that is not at rest is at fault."""


class Visit:
    """One visit of an address, until the page is at rest.

    Playwright's own `networkidle` never comes where Chromium's viewer of PDF stands in a frame:
    some of its requests have a beginning and no end, and it may take the file over from a frame
    whose own request then ends before its bytes do. What Chromium asks of itself is left out, and
    a request is done when its answer begins.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.responses: list[Response] = []
        self.faults: list[str] = []
        self._host = urlsplit(address).netloc
        self._awaited: set[Request] = set()
        self._answered: set[Request] = set()
        self._last = time.monotonic()
        listeners: dict[Any, Callable[[Any], None]] = {
            "request": self._on_request,
            "response": self._on_response,
            "requestfailed": self._on_failure,
            "pageerror": lambda error: self.faults.append(f"error: {error}"),
            "console": self._on_console,
        }
        for event, listener in listeners.items():
            page.on(event, listener)
        page.clock.install()
        page.goto(address, wait_until="load")
        page.clock.run_for(LATE)
        self._rest(page)
        for event, listener in listeners.items():
            page.remove_listener(event, listener)

    def _rest(self, page: Page) -> None:
        self._last = time.monotonic()
        deadline = self._last + PATIENCE
        while self._awaited or time.monotonic() - self._last < QUIET:
            assert time.monotonic() < deadline, f"unanswered: {[one.url for one in self._awaited]}"
            page.wait_for_timeout(50)

    def _on_request(self, request: Request) -> None:
        if _is_of_the_browser(request.url):
            return
        self._last = time.monotonic()
        if urlsplit(request.url).netloc in {self._host, ""}:
            self._awaited.add(request)
        else:
            self.faults.append(f"third party: {request.url}")

    def _on_response(self, response: Response) -> None:
        self._awaited.discard(response.request)
        self._answered.add(response.request)
        if _is_of_the_browser(response.url):
            return
        self.responses.append(response)
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _on_failure(self, request: Request) -> None:
        self._awaited.discard(request)
        is_taken_over = request.url.endswith(".pdf") and request in self._answered
        if not is_taken_over and not _is_of_the_browser(request.url):
            self.faults.append(f"failed: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _is_of_the_browser(message.location["url"]):
            self.faults.append(f"console: {message.text}")


def _is_of_the_browser(address: str) -> bool:
    """Tell what Chromium's viewer of PDF asks of Chromium itself."""
    return urlsplit(address).scheme in {"chrome", "chrome-extension"}
