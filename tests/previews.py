"""A preview of a tiny project, in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests.site.small_content import write_content
from tests.sites import ROOT

PATIENCE = 20.0

SERVE = """
    import datetime, sys
    from pathlib import Path
    from plugins.build.preview import serve
    root, port, base = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    command = (sys.executable, "-m", "plugins.build.live_process", str(root / "settings.py"))
    now = datetime.datetime(2024, 1, 8, 8, tzinfo=datetime.UTC)
    serve(root, command, lambda: now, port=port, base=base, say=lambda x: print(x, flush=True))
"""

ARTICLE = "/actualites/bilan/"
HEADER = "---\ntitre: Bilan\nresume: Un bilan.\ndate: 2024-01-02\n---\n"
_SOURCE = "content/articles/bilan.md"
NO_TITLE = "content/articles/bilan.md:2:1 · titre : ce champ est obligatoire"


@dataclass
class Answer:
    """What the server sent back."""

    status: int
    headers: Message
    text: str


@dataclass
class Preview:
    """A preview that runs in a process of its own."""

    root: Path
    port: int
    process: subprocess.Popen[bytes]
    _said: Path
    _before: dict[Path, bytes]
    _shown: int = 0
    _turns: int = 0

    def get(self, address: str, host: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address, headers={"Host": host} if host else {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def events(self, page: str = ARTICLE) -> Iterator[dict[str, str | None]]:
        """Yield the states of a page sent to a browser, the present one first."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"/.apercu/evenements?page={page}")
            response = connection.getresponse()
            assert response.headers["Content-Type"].startswith("text/event-stream")
            while line := response.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()

    def write(self, text: str, header: str = HEADER) -> None:
        """Save the article with another text."""
        path = self.root / _SOURCE
        path.write_text(header + text + "\n", encoding="utf-8")

    def shown(self) -> str:
        """Return what the terminal showed since the start, or since the files were put back."""
        return self._said.read_text(encoding="utf-8")[self._shown :]

    def stop(self) -> str:
        """Press Ctrl-C; return all that the terminal showed."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        return self.shown()

    def put_back(self) -> None:
        """Put the content back as it was at the start; wait until no page shows another.

        The article gets one more paragraph, another each time, by which it is known to be read.
        """
        self._turns += 1
        paragraph = f"Remis {self._turns} fois."
        for path in _files(self.root / "content").keys() - self._before.keys():
            path.unlink()
        for path, data in self._before.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        # Last: changes of a folder are told in their order.
        with (self.root / _SOURCE).open("a", encoding="utf-8") as article:
            article.write(f"\n{paragraph}\n")
        for event in self.events():
            if event["report"] is None and paragraph in self.get(ARTICLE).text:
                break
        self._shown = len(self._said.read_text(encoding="utf-8"))


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def create_project(root: Path) -> None:
    """Write the sources of a small site, with a theme of its own; its program is elsewhere."""
    complete_project(root, write_content(root))


def complete_project(root: Path, settings: Path) -> None:
    """Add what a preview watches beside the content: a theme, the place of the program."""
    shutil.copytree(ROOT / "theme", root / "theme")
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"THEME = {str(root / 'theme')!r}\n")
    (root / "plugins").mkdir()
    (root / "pelicanconf.py").write_text("")


@contextmanager
def running_preview(root: Path, base: str = "") -> Iterator[Preview]:
    """Start a preview of the project and wait until it answers; end it whatever happens."""
    port = free_port()
    said = root / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(SERVE), str(root), str(port), base],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        preview = Preview(root, port, process, said, _files(root / "content"))
        _wait(preview)
        yield preview
    finally:
        process.kill()
        process.wait()


def _wait(preview: Preview) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            preview.get("/")
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
