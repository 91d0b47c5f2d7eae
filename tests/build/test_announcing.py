"""A hub is told of each feed that changed, once, when it takes the news (WebSub)."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from plugins.build import announcing
from plugins.build.announcing import announce
from plugins.store import Store

SITE = "https://passerelle.example/flux/"


@dataclass
class Hub:
    """A hub on this machine: what it was told, and how it answers."""

    address: str = ""
    told: list[dict[str, list[str]]] = field(default_factory=list)
    status: HTTPStatus = HTTPStatus.NO_CONTENT

    def topics(self) -> list[str]:
        """Return the feeds that it was told of since it was last asked."""
        assert {tuple(one["hub.mode"]) for one in self.told} <= {("publish",)}
        found = [address.removeprefix(SITE) for one in self.told for address in one["hub.url"]]
        self.told.clear()
        return found


@pytest.fixture
def hub() -> Iterator[Hub]:
    found = Hub()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            found.told.append(parse_qs(body, strict_parsing=True))
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_port}/"
        yield found
        server.shutdown()
        thread.join()


@dataclass
class Site:
    """A built site of two feeds, and what was said of it."""

    root: Path
    said: list[str] = field(default_factory=list)

    def write(self, name: str, text: str, hub: str | None) -> None:
        folder = self.root / "output" / "flux"
        (folder / "archives").mkdir(parents=True, exist_ok=True)
        hubs = {"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}
        feed = {"feed_url": f"{SITE}{name}.json", "title": text, **hubs}
        (folder / f"{name}.json").write_text(json.dumps(feed))
        (folder / f"{name}.rss.xml").write_text(text)
        (folder / f"{name}.atom.xml").write_text(text)
        (folder / "archives" / f"{name}.1-0.json").write_text("{}")

    def announce(self) -> str:
        self.said.clear()
        assert announce(self.root / "output", Store(self.root / ".cache"), self.said.append) == 0
        [line] = self.said
        return line


@pytest.fixture
def site(tmp_path: Path, hub: Hub) -> Site:
    made = Site(tmp_path)
    for name in ("agenda", "tout"):
        made.write(name, "un", hub.address)
    return made


def test_each_feed_is_announced_once(site: Site, hub: Hub) -> None:
    assert site.announce() == f"6 flux annoncés à {hub.address}."
    every = [
        f"{name}.{form}" for name in ("agenda", "tout") for form in ("rss.xml", "atom.xml", "json")
    ]
    assert hub.topics() == every
    assert site.announce() == "Aucun flux n’a changé depuis la dernière annonce."
    assert hub.topics() == []


def test_what_changed_is_announced(site: Site, hub: Hub) -> None:
    site.announce()
    hub.topics()
    (site.root / "output/flux/agenda.rss.xml").write_text("deux")
    assert site.announce() == f"1 flux annoncé à {hub.address}."
    assert hub.topics() == ["agenda.rss.xml"]


def test_what_a_hub_refuses_is_announced_the_next_time(site: Site, hub: Hub) -> None:
    hub.status = HTTPStatus.SERVICE_UNAVAILABLE
    assert site.announce() == (
        f"Attention\u00a0: le concentrateur {hub.address} n’a pas pris l’annonce (réponse 503). Le "
        "site est en ligne\u00a0; les abonnés du concentrateur attendront. Recommencez plus "
        "tard\u00a0: make annoncer"
    )
    assert hub.topics() == ["agenda.rss.xml"]
    hub.status = HTTPStatus.ACCEPTED
    assert site.announce() == f"6 flux annoncés à {hub.address}."


def test_a_hub_that_is_not_there_is_told_of(site: Site, tmp_path: Path) -> None:
    for name in ("agenda", "tout"):
        site.write(name, "un", "http://127.0.0.1:9/")
    assert "http://127.0.0.1:9/ n’a pas pris l’annonce (pas de réponse)" in site.announce()


def test_a_hub_that_says_nothing_is_not_waited_for(
    site: Site, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "_SECONDS", 0.05)
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as silent:
        for name in ("agenda", "tout"):
            site.write(name, "un", f"http://127.0.0.1:{silent.server_port}/")
        assert "(pas de réponse)" in site.announce()
    assert hub.topics() == []


def test_without_a_hub_nothing_is_announced(site: Site, hub: Hub) -> None:
    for name in ("agenda", "tout"):
        site.write(name, "un", None)
    assert site.announce() == (
        "Rien à annoncer\u00a0: les flux de output/ ne nomment aucun concentrateur. Donnez le sien "
        "au site, «\u00a0hub_websub\u00a0» dans content/donnees/site.yaml, puis\u00a0: make publier"
    )
    assert hub.topics() == []


def test_without_a_site_nothing_is_announced(tmp_path: Path) -> None:
    assert Site(tmp_path).announce() == (
        "Rien à annoncer\u00a0: aucun flux dans output/. Compilez d’abord le "
        "site\u00a0: make publier"
    )
