"""A built site, as the tests look at it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from plugins.build import publication
from plugins.store import store_of

ROOT = Path(__file__).parents[1]

MAIL = "courriel.html"

PAGE_KINDS = {
    "home": "/",
    "articles": "/actualites/",
    "articles of a year": "/actualites/2023/",
    "article": "/actualites/[!0-9]*/",
    "agenda": "/agenda/",
    "month": "/agenda/2024/03/",
    "empty month": "/agenda/2024/08/",
    "month of approximate dates": "/agenda/2024/11/",
    "year": "/agenda/2024/",
    "event": "/evenements/*/",
    "letters": "/lettres/",
    "letter": "/lettres/1/",
    "preview of a letter": "/lettres/1/apercu/",
    "chantiers": "/chantiers/",
    "chantier": "/chantiers/*/",
    "group": "/groupes/*/",
    "organisation": "/organisations/*/",
    "portrait": "/portraits/*/",
    "job": "/metiers/*/",
    "themes": "/themes/",
    "theme": "/themes/*/",
    "author": "/auteurs/la-redaction/",
    "standing page": "/a-propos/",
    "subscriptions": "/flux/",
    "site map": "/plan-du-site/",
    "search": "/recherche/",
    "not found": "/404.html",
}
"""Where a page of each kind is; `*` stands for the longest page of the folder."""


_FORKS = multiprocessing.get_context("forkserver")
# What each build would load anew, which takes longer than to build a small site.
_FORKS.set_forkserver_preload(["pelican", "plugins.passerelle", "plugins.build.publication"])


def run_apart(
    work: Callable[[], int], folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a function in a folder and a process of its own, in which modules are loaded already."""
    with tempfile.TemporaryDirectory() as said:
        files = (Path(said, "stdout"), Path(said, "stderr"))
        process = _FORKS.Process(
            target=_apart, args=(work, files, folder, {**os.environ, **(environment or {})})
        )
        process.start()
        process.join()
        texts = [path.read_text(encoding="utf-8") for path in files]
    return subprocess.CompletedProcess((), process.exitcode or 0, *texts)


def _apart(
    work: Callable[[], int], files: Sequence[Path], folder: Path, environment: Mapping[str, str]
) -> None:
    for number, path in enumerate(files, start=1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.exit(work())


def build_site(output: Path, settings: Path = ROOT / "pelicanconf.py", **environment: str) -> str:
    """Build in a process of its own, where a warning of Python is an error; return what it said."""
    done = run_apart(partial(_build, settings, output), environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _build(settings: Path, output: Path) -> int:
    warnings.simplefilter("error")
    return publication.build(settings, output)


def keep_cards(folder: Path, project: Path = ROOT) -> None:
    """Put in a project's store the cards that another one drew today, if any.

    They take half of the time of a first build. A card is kept under all that it is drawn from: in
    a copy of the project it would be the same.
    """
    cards = "SELECT key, data FROM entries WHERE key LIKE 'card:%'"
    for file in (project / ".cache").glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as store:
            # Those of other days were drawn by another program.
            today = " AND day = CAST(julianday('now') AS INTEGER)"
            store_of(folder).keep(dict(store.execute(cards + today)))


@dataclass(frozen=True)
class BuiltSite:
    """The files of one build."""

    path: Path

    @cached_property
    def url(self) -> str:
        """The site's own address, without a slash at its end, from the home page's canonical."""
        canonical = html.fromstring(self.read("/")).xpath("string(//link[@rel='canonical']/@href)")
        assert isinstance(canonical, str)
        assert canonical, "the home page has no canonical address"
        return canonical.rstrip("/")

    def files(self) -> list[Path]:
        """Return every file, in a stable order."""
        return sorted(path for path in self.path.rglob("*") if path.is_file())

    def pages(self) -> list[Path]:
        """Return every HTML page, in a stable order; the letter's e-mails are none."""
        return [p for p in self.files() if p.suffix == ".html" and p.name != MAIL]

    def mails(self) -> list[Path]:
        """Return the letter's e-mails, in a stable order."""
        return [path for path in self.files() if path.name == MAIL]

    def file(self, address: str) -> Path:
        """Return the file that answers a root-relative address, whether it exists or not."""
        path = self.path / unquote(urlsplit(address).path).lstrip("/")
        return path / "index.html" if address.endswith("/") else path

    def read(self, address: str) -> str:
        """Return the text at a root-relative address."""
        return self.file(address).read_text(encoding="utf-8")

    def address(self, page: Path) -> str:
        """Return the root-relative address of a file."""
        address = "/" + page.relative_to(self.path).as_posix()
        return address.removesuffix("index.html") if address.endswith("/index.html") else address

    def address_of_kind(self, kind: str) -> str:
        """Return the address of a page of the kind: the longest one, for it shows most parts."""
        pattern = PAGE_KINDS[kind]
        if "*" not in pattern:
            return pattern
        pages = sorted(self.path.glob(pattern.lstrip("/") + "index.html"))
        assert pages, f"the sample content has no page at {pattern}"
        return self.address(max(pages, key=lambda page: page.stat().st_size))
