"""A built site, as the tests look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

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


_BUILD = """
import sys, warnings
warnings.simplefilter("error")
from pathlib import Path
from plugins.build.publication import build
sys.exit(build(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def build_site(output: Path, settings: Path = ROOT / "pelicanconf.py", **environment: str) -> str:
    """Build in a process of its own, where a warning of Python is an error; return what it said."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, settings, output],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


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
