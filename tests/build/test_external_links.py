"""Links to other sites, asked of real servers on the loopback interface."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from plugins.build.external_links import check, external_links, faults_of, remembered, silent
from plugins.build.web_answers import Answer, Manners, Verdict, answers_of
from plugins.store import Store
from tests.contents import article, index_of, text, write
from tests.site.small_content import write_content

NOW = datetime(2024, 1, 8, 8, tzinfo=UTC)
FOUND = Answer(Verdict.FOUND)


@dataclass
class Web:
    """A server at several addresses, and the requests that it was sent."""

    port: int
    asked: list[tuple[str, str, str, float]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def at(self, path: str, host: int = 1) -> str:
        return f"http://127.0.0.{host}:{self.port}{path}"

    def methods(self, path: str) -> list[str]:
        return [method for method, asked, *_ in self.asked if asked == path]


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            agent = self.headers["User-Agent"]
            found.at_once += 1
            found.most_at_once = max(found.at_once, found.most_at_once)
            found.asked.append((self.command, self.path, agent, time.monotonic()))
            status, _, rest = self.path.strip("/").partition("/")
            if status == "late":
                time.sleep(0.6)
            if status == "head":  # as servers do that only know GET
                status = rest if self.command == "HEAD" else "200"
            if status == "once":
                status = "503" if len(found.methods(self.path)) == 1 else "200"
                rest = "0"
            self.send_response(int(status) if status.isdigit() else 200)
            if status.startswith("3"):
                self.send_header("Location", f"/{rest}")
            if status in {"429", "503"} and rest:
                self.send_header("Retry-After", rest)
            self.end_headers()
            found.at_once -= 1

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("", 0), Handler) as server:
        found = Web(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


async def no_host(host: str) -> Collection[str]:
    raise socket.gaierror(socket.EAI_NONAME if "nulle" in host else socket.EAI_AGAIN, "")


MANNERS = Manners(
    "Essai/1.0 (contact@exemple.fr)",
    pause=0,
    refuses=lambda _ip: False,
    resolve=no_host,
)


def test_what_servers_answer(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy", raising=False)
    expected = {
        "/200/a": FOUND,
        "/head/405": FOUND,
        "/head/404": FOUND,
        "/404/a": Answer(Verdict.GONE, "la page n’existe plus (réponse 404)"),
        "/410/a": Answer(Verdict.GONE, "la page n’existe plus (réponse 410)"),
        "/302/200/b": FOUND,
        "/301/200/b": Answer(Verdict.MOVED, web.at("/200/b")),
        "/308/301/200/c": Answer(Verdict.MOVED, web.at("/200/c")),
        "/301/302/200/d": Answer(Verdict.MOVED, web.at("/302/200/d")),
        "/302/301/200/e": FOUND,
        "/301/404/f": Answer(Verdict.GONE, "la page n’existe plus (réponse 404)"),
        "/301/301/301/301/301/301/200": Answer(Verdict.SILENT, "plus de 5 redirections"),
        "/403/a": Answer(Verdict.SILENT, "réponse 403"),
        "/500/a": Answer(Verdict.SILENT, "réponse 500"),
        "/once": FOUND,
    }
    answers = answers_of(map(web.at, expected), MANNERS)
    assert answers == {web.at(path): answer for path, answer in expected.items()}
    assert web.methods("/200/a") == ["HEAD"]
    assert web.methods("/404/a") == ["HEAD", "GET"]
    assert {agent for _, _, agent, _ in web.asked} == {"Essai/1.0 (contact@exemple.fr)"}


def test_a_server_that_does_not_answer_in_time(web: Web) -> None:
    late = web.at("/late")
    silence = Answer(Verdict.SILENT, "pas de réponse en 0,3 s")
    assert answers_of([late], replace(MANNERS, timeout=0.3)) == {late: silence}


def test_hosts_that_are_none_or_cannot_be_reached(web: Web) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert answers_of([nobody, "http://nulle-part/", "http://ailleurs/"], MANNERS) == {
            nobody: Answer(Verdict.SILENT, "connexion impossible"),
            "http://nulle-part/": Answer(Verdict.GONE, "aucun site ne s’appelle « nulle-part »"),
            "http://ailleurs/": Answer(Verdict.SILENT, "le nom du site n’a pas pu être cherché"),
        }


def test_a_private_host_is_never_asked(web: Web) -> None:
    async def inside(_host: str) -> Collection[str]:
        return ["10.1.2.3"]

    manners = Manners("Essai", resolve=inside)
    addresses = [web.at("/200"), "http://[::1]/", "http://192.168.1.1/", "http://intranet/"]
    private = Answer(Verdict.PRIVATE)
    assert answers_of(addresses, manners) == dict.fromkeys(addresses, private)
    assert web.asked == []


def test_a_redirection_to_a_private_host_is_not_followed(web: Web) -> None:
    seen: list[str] = []

    def refuses(_ip: str) -> bool:
        seen.append(_ip)
        return len(seen) > 1

    manners = replace(MANNERS, refuses=refuses)
    assert answers_of([web.at("/302/200/a")], manners) == {
        web.at("/302/200/a"): Answer(Verdict.PRIVATE)
    }
    assert [path for _, path, *_ in web.asked] == ["/302/200/a"]


def test_one_request_at_a_time_for_a_host_and_a_pause_between(web: Web) -> None:
    manners = replace(MANNERS, pause=0.1)
    answers_of([web.at(f"/200/{number}") for number in range(4)], manners)
    times = [asked for *_, asked in web.asked]
    assert all(after - before >= 0.1 for before, after in pairwise(times))
    assert web.most_at_once == 1


def test_several_hosts_at_once(web: Web) -> None:
    answers_of([web.at("/late", host) for host in range(1, 5)], MANNERS)
    assert web.most_at_once > 1


@pytest.mark.parametrize("path", ["/429", "/429/120", "/503/120"])
def test_a_host_that_asks_for_peace_is_left_alone(web: Web, path: str) -> None:
    status = path.split("/")[1]
    answers = answers_of([web.at("/200"), web.at(path), web.at("/200/b")], MANNERS)
    assert list(answers.values()) == [
        FOUND,
        Answer(Verdict.SILENT, f"réponse {status}"),
        Answer(Verdict.SILENT, "le site demande d’attendre"),
    ]
    assert web.methods("/200/b") == []


def test_answers_are_remembered(web: Web, tmp_path: Path) -> None:
    store = Store(tmp_path)
    pages = [web.at("/200"), web.at("/404")]
    first = remembered(pages, store, NOW, MANNERS)
    asked = {"/200": 1, "/404": 2}  # HEAD, then GET
    for later, added in (
        (timedelta(hours=23), {}),
        (timedelta(days=2), {"/404": 2}),
        (timedelta(days=8), {"/200": 1, "/404": 2}),
    ):
        assert remembered(pages, store, NOW + later, MANNERS) == first
        asked = {path: asked[path] + added.get(path, 0) for path in asked}
        assert {path: len(web.methods(path)) for path in asked} == asked


def test_links_of_contents_are_told_at_their_places(web: Web, tmp_path: Path) -> None:
    body = (
        f"[Une]({web.at('/404')}), [deux]({web.at('/301/200/b')}#partie), [trois]({web.at('/500')})"
        "\n[nous](https://essai.fr/a), [exemple](https://a.example/), [boîte](mailto:a@exemple.fr)"
    )
    link = f"debut: 2024-03-01\ninscription:\n  url: {web.at('/404')}"
    files = {
        "articles/a.md": article("", body),
        "articles/b.md": article("statut: brouillon", body),
        "evenements/e.md": text(link, f"/// bouton\n    adresse: {web.at('/410')}\n\nVenir\n///"),
    }
    links = external_links(index_of(tmp_path, files), "essai.fr")
    answers = answers_of(links, MANNERS)
    base = web.at("")
    assert [str(fault) for fault in faults_of(links, answers)] == [
        f"content/{place} : « {base}/{said}"
        for place, said in (
            (
                "articles/a.md:6:7 · lien",
                "404 » : la page n’existe plus (réponse 404). Corrigez ou retirez le lien.",
            ),
            (
                "evenements/e.md:6:8 · inscription.url",
                "404 » : la page n’existe plus (réponse 404). Corrigez ou retirez le lien.",
            ),
            (
                f"articles/a.md:6:{len(base) + 21} · lien",
                f"301/200/b » a changé d’adresse. Écrivez « {base}/200/b#partie ».",
            ),
            (
                "evenements/e.md:9:14 · /// bouton adresse",
                "410 » : la page n’existe plus (réponse 410). Corrigez ou retirez le lien.",
            ),
        )
    ]
    assert list(silent(links, answers)) == [
        f"N’a pas répondu : {base}/500 (réponse 500), dans content/articles/a.md:6."
    ]


def test_command_tells_what_it_asked(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write_content(tmp_path)
    write(tmp_path / "content", {"articles/liens.md": article("", f"[Une]({web.at('/200')})")})
    assert check(settings, NOW) == 0
    shown = capsys.readouterr()
    assert shown.err == (
        f"avis content/articles/liens.md:6:7 · lien : « {web.at('/200')} » est une adresse d’un "
        "réseau privé, que les lecteurs ne peuvent pas atteindre. Retirez le lien.\n"
    )
    assert shown.out == ("1 adresse d’autres sites : 0 en place, 1 à corriger, 0 sans réponse.\n")
    assert web.asked == []
