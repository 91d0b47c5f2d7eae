"""How long an edit takes from saved to seen: `.venv/bin/python -m tests.preview_latency FOLDER`.

FOLDER is a copy of the project. Its preview is started, and one of its articles is shown in
Chromium and saved fifty times. An edit is seen at the first frame that shows it.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import sync_playwright

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
    head, _, rest = text.partition("\n---\n")
    lines = [f"titre: Un titre {mark}" if x.startswith("titre:") else x for x in head.split("\n")]
    return "\n".join(lines) + "\n---\n" + rest


def measure(folder: Path, edit: Callable[[str, str], str], count: int, pause: float) -> list[float]:
    """Return the times from saved to seen, in milliseconds."""
    port = free_port()
    article = max((folder / "content/articles").glob("*.md"))
    times: list[float] = []
    seen: list[tuple[str, float]] = []
    server = subprocess.Popen(
        [sys.executable, "-m", "plugins.build", "serve", f"PORT={port}"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = article.read_text(encoding="utf-8")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM.path(), args=list(ARGUMENTS)
            )
            page = browser.new_page()
            page.expose_function("seen", lambda text, instant: seen.append((text, instant)))
            page.add_init_script(WATCH)
            _await_server(port)
            page.goto(f"http://localhost:{port}/actualites/{article.stem}/", timeout=600_000)
            page.wait_for_timeout(3000)
            for number in range(count):
                mark = f"numéro {number}"
                seen.clear()
                saved = time.time() * 1000
                article.write_text(edit(before, mark), encoding="utf-8")
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
        article.write_text(before, encoding="utf-8")
    return times


def _await_server(port: int) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return


def main() -> None:
    """Print the median, the 95th percentile and the longest time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--titles", action="store_true", help="edit the title, not the text")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.7, help="seconds after each edit seen")
    options = parser.parse_args()
    edit = in_title if options.titles else in_text
    times = measure(options.folder.resolve(), edit, options.edits, options.pause)
    p95 = quantiles(times, n=20)[-1]
    print(f"{len(times)} edits: p50 {median(times):.0f} ms, p95 {p95:.0f} ms, max {max(times):.0f}")


if __name__ == "__main__":
    main()
