"""How long an edit takes from saved to seen: `.venv/bin/python -m tests.preview_latency FOLDER`.

FOLDER is a copy of the project. Its preview is started, and one of its articles is shown in
Chromium and saved fifty times. An edit is seen at the first frame that shows it.

With `--hugo COUNT`, FOLDER is an empty one: Hugo's own server shows there as many articles of
`plugins.tools.bench`, with the bare theme of the benchmark.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

from plugins.tools.bench import prose
from plugins.tools.bench.rivals import hugo_command, write_hugo
from tests.browser.conftest import ARGUMENTS
from tests.previews import free_port
from tests.tooling import CHROMIUM

# Tells, after the first frame of each page, what it shows and when.
WATCH = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() =>
  seen(document.querySelector("main").innerText, performance.timeOrigin + performance.now()))));
"""
PATIENCE = 60.0


def in_text(text: str, mark: str) -> str:
    """Add a word to the end of a text."""
    return f"{text}\nUn mot {mark}.\n"


def in_title(text: str, mark: str) -> str:
    """Give the title another word."""
    return re.sub(
        r"^(titre|title): .*$", rf"\1: Un titre {mark}", text, count=1, flags=re.MULTILINE
    )


@dataclass(frozen=True)
class Shown:
    """A server of a site, the article that it shows and the address of that one."""

    command: Sequence[str]
    folder: Path
    article: Path
    address: str


def passerelle(folder: Path, port: int) -> Shown:
    """Return our preview of a copy of the project."""
    article = max((folder / "content/articles").glob("*.md"))
    command = [sys.executable, "-m", "plugins.build", "serve", f"PORT={port}"]
    return Shown(command, folder, article, f"/actualites/{article.stem}/")


def hugo(folder: Path, port: int, count: int) -> Shown:
    """Write a site for Hugo; return Hugo's server of it."""
    write_hugo(folder, prose.articles(count, seed=1))
    article = max((folder / "content/articles").glob("*.md"))
    program, *_ = hugo_command() or ["hugo"]
    return Shown(
        [program, "server", f"--port={port}"], folder, article, f"/articles/{article.stem}/"
    )


def measure(
    shown: Shown, port: int, edit: Callable[[str, str], str], count: int, pause: float
) -> tuple[float, list[float]]:
    """Return the seconds to the first page, the milliseconds from saved to seen of each edit."""
    times: list[float] = []
    seen: list[tuple[str, float]] = []
    started = time.monotonic()
    server = subprocess.Popen(
        shown.command, cwd=shown.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    before = shown.article.read_text(encoding="utf-8")
    try:
        _await_server(port)
        url = f"http://localhost:{port}{shown.address}"
        with urllib.request.urlopen(url) as answer:
            answer.read()
        first = time.monotonic() - started
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM.path(), args=list(ARGUMENTS)
            )
            page = browser.new_page()
            page.expose_function("seen", lambda text, instant: seen.append((text, instant)))
            page.add_init_script(WATCH)
            page.goto(url, timeout=600_000)
            page.wait_for_timeout(3000)
            for number in range(count):
                mark = f"numéro {number}"
                seen.clear()
                saved = time.time() * 1000
                shown.article.write_text(edit(before, mark), encoding="utf-8")
                deadline = time.monotonic() + PATIENCE
                while not (found := [at for text, at in seen if mark in text]):
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"the edit {mark} was never seen")
                    page.wait_for_timeout(5)
                times.append(found[0] - saved)
                page.wait_for_timeout(pause * 1000)
            browser.close()
    finally:
        server.kill()
        server.wait()
        shown.article.write_text(before, encoding="utf-8")
    return first, times


def _await_server(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return


def main() -> None:
    """Print the time to the first page; the median, 95th percentile and longest of the edits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--titles", action="store_true", help="edit the title, not the text")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.7, help="seconds after each edit seen")
    parser.add_argument("--hugo", type=int, metavar="COUNT", help="measure Hugo's server")
    options = parser.parse_args()
    edit = in_title if options.titles else in_text
    folder, port = options.folder.resolve(), free_port()
    shown = hugo(folder, port, options.hugo) if options.hugo else passerelle(folder, port)
    first, times = measure(shown, port, edit, options.edits, options.pause)
    print(f"first page after {first:.1f} s")
    p95 = quantiles(times, n=20)[-1]
    print(f"{len(times)} edits: p50 {median(times):.0f} ms, p95 {p95:.0f} ms, max {max(times):.0f}")


if __name__ == "__main__":
    main()
