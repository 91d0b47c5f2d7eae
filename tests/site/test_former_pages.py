"""Former addresses are answered by real servers, and by the pages alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests import nu_checker
from tests.contents import SITE, article, text
from tests.repositories import Repo
from tests.site.small_content import settings_of
from tests.sites import ROOT, build_site
from tests.web_servers import answer, caddy, nginx

EVENT = text("debut: 2024-02-07 17:00\nmodalite: visio", titre="Webinaire")
LONG = "-".join(["a-tres-long-nom"] * 5)
WRITTEN = """\
- {ancienne: /2018/retire/, vers: supprimé}
- {ancienne: /2018/été/, vers: /actualites/b/}
- {ancienne: "/2018/a{x}$b.html", vers: "https://ailleurs.example/x?y=1&z=2"}
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = Repo(tmp_path_factory.mktemp("depot"))
    repo.commit(
        {
            "donnees/site.yaml": SITE,
            "articles/a.md": article("alias: [/2019/bilan, /2017/bilan.html]"),
            f"metiers/{LONG}.md": text(),
            "evenements/e.md": EVENT,
        }
    )
    repo.move("articles/a.md", "articles/b.md")
    repo.move(f"metiers/{LONG}.md", "metiers/court.md")
    (repo.content / "evenements/e.md").unlink()
    repo.commit({"donnees/adresses.yaml": WRITTEN})
    build_site(repo.root / "output", settings_of(repo.root))
    return repo.root / "output"


@pytest.fixture(scope="module", params=[caddy, nginx])
def server(
    request: pytest.FixtureRequest, output: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with request.param(output, tmp_path_factory.mktemp("serveur")) as url:
        yield url


@pytest.mark.parametrize(
    ("former", "target"),
    [
        ("/actualites/a/", "/actualites/b/"),
        ("/actualites/a", "/actualites/b/"),
        ("/2019/bilan", "/actualites/b/"),
        ("/2019/bilan/", "/actualites/b/"),
        ("/2017/bilan.html", "/actualites/b/"),
        ("/2018/%C3%A9t%C3%A9/", "/actualites/b/"),
        (f"/metiers/{LONG}/", "/metiers/court/"),
        ("/2018/a%7Bx%7D$b.html", "https://ailleurs.example/x?y=1&z=2"),
    ],
)
def test_one_step_to_the_living_page(server: str, former: str, target: str) -> None:
    status, place = answer(server + former)
    assert (status, place.removeprefix(server)) == (301, target)
    if target.startswith("/"):
        assert answer(server + target) == (200, "")


def test_what_was_removed_is_gone(server: str) -> None:
    assert answer(f"{server}/2018/retire/")[0] == 410
    assert answer(f"{server}/2018/autre/")[0] == 404


def test_a_page_answers_without_any_setting(output: Path) -> None:
    page = html.parse(output / "actualites" / "a" / "index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://passerelle.example/actualites/b/"
    ]
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/actualites/b/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//ul//a/@href")[-1] == "/actualites/b/"


def test_pages_are_valid(output: Path) -> None:
    pages = ("actualites/a", "evenements/e", "2018/retire")
    assert nu_checker.faults(output / page / "index.html" for page in pages) == []


def test_netlify(output: Path) -> None:
    lines = (output / "_redirects").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "bilan" in line] == [
        "/2017/bilan.html /actualites/b/ 301",
        "/2019/bilan/ /actualites/b/ 301",
        "/2019/bilan /actualites/b/ 301",
    ]
    assert "/2018/%C3%A9t%C3%A9/ /actualites/b/ 301" in lines


def test_the_page_of_a_deleted_event_says_so(output: Path) -> None:
    page = html.parse(output / "evenements" / "e" / "index.html")
    assert "Annulé. Cet événement n’aura pas lieu." in page.xpath("string(//main)")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    calendar = (output / "agenda" / "tout.ics").read_text(encoding="utf-8")
    assert "STATUS:CANCELLED" in calendar
    assert "SEQUENCE:1" in calendar
    assert "/evenements/e/" not in (output / "agenda" / "index.html").read_text(encoding="utf-8")
    assert "/evenements/e/" not in (output / "sitemap.xml").read_text(encoding="utf-8")


def test_former_addresses_are_in_no_list(output: Path) -> None:
    sitemap = (output / "sitemap.xml").read_text(encoding="utf-8")
    assert "/actualites/b/" in sitemap
    assert [a for a in ("/actualites/a/", "/2018/", "/2019/") if a in sitemap] == []


def test_a_shallow_clone_is_not_published(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "depot")
    repo.commit({"donnees/site.yaml": SITE, "articles/a.md": article()})
    repo.commit({"articles/a.md": article("", "Autre.\n")})
    clone = tmp_path / "copie"
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(clone))
    done = subprocess.run(
        [ROOT / ".venv/bin/pelican", "-s", str(_published(clone)), "content"],
        cwd=clone,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode
    told = " ".join(done.stderr.split())
    assert "clone superficiel" in told
    assert "« fetch-depth: 0 »" in told
    assert "« GIT_DEPTH: 0 »" in told


def _published(folder: Path) -> Path:
    settings = settings_of(folder)
    with settings.open("a", encoding="utf-8") as file:
        file.write("IS_PREVIEW = False\n")
    return settings
