"""A preview of a tiny project, in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
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

from tests.sites import ROOT

PATIENCE = 20.0

BUILD = """
    import sys
    from pathlib import Path
    from plugins.build.staging import staged
    text = Path("content/page.md").read_text(encoding="utf-8")
    if "faute" in text:
        print("content/page.md:1:1 · titre : il manque un <titre>.")
        sys.exit(1)
    with staged(Path("output")) as output:
        for address in ("", "lettres/1/"):
            page = output / address / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<!doctype html><body><p>{text}</p></body>", encoding="utf-8")
        (output / "404.html").write_text("<!doctype html><body>Introuvable</body>")
        (output / "agenda.ics").write_bytes(b"BEGIN:VCALENDAR")
        (output / "tout.rss.xml").write_bytes(b"<rss/>")
"""

SERVE = """
    import sys
    from pathlib import Path
    from plugins.build.preview import serve
    root, port, base = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    serve(root, root / "output", (sys.executable, "build.py"), port=port, base=base,
          say=lambda line: print(line, flush=True))
"""


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
    process: subprocess.Popen[str]

    def get(self, address: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def events(self) -> Iterator[dict[str, str | None]]:
        """Yield the states sent to a browser, the present one first."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/.apercu/evenements")
            response = connection.getresponse()
            assert response.headers["Content-Type"].startswith("text/event-stream")
            while line := response.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()

    def write(self, text: str) -> None:
        (self.root / "content" / "page.md").write_text(text, encoding="utf-8")

    def stop(self) -> str:
        """Press Ctrl-C; return all that the terminal showed."""
        self.process.send_signal(signal.SIGINT)
        shown, _ = self.process.communicate(timeout=PATIENCE)
        return shown


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def create_project(root: Path) -> None:
    """Write the sources of a site of two pages."""
    for folder in ("content", "theme", "plugins"):
        (root / folder).mkdir()
    (root / "content" / "page.md").write_text("Bonjour", encoding="utf-8")
    (root / "pelicanconf.py").write_text("")
    (root / "build.py").write_text(textwrap.dedent(BUILD), encoding="utf-8")


@contextmanager
def running_preview(root: Path, base: str = "") -> Iterator[Preview]:
    """Start a preview of the project and wait until it answers; end it whatever happens."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SERVE), str(root), str(port), base],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        preview = Preview(root, port, process)
        _wait(preview)
        yield preview
    finally:
        process.kill()
        process.communicate()


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
