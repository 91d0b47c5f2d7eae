"""Forty random lives of contents in git, followed by newsboat, khal, Caddy and nginx.

Each life is a sequence of operations on one file: created, edited, moved in date, renamed, renamed
and rewritten at once, edited in a branch and merged, deleted, brought back by a revert. After each
round the site is published, and its real clients come again: nothing is twice, no event is lost,
every address that was leads to the page that is.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.request import urlopen

import pytest

from plugins.build.publication import read_settings
from plugins.build.rendering import file_name
from plugins.site.plan import site_of
from plugins.views.pages import File
from tests.contents import SITE
from tests.repositories import Repo
from tests.site.small_content import settings_of
from tests.tooling import KHAL, NEWSBOAT
from tests.web_servers import answer, caddy, free_port, nginx

LIVES, ROUNDS = 40, 5
FEEDS = ("/flux/agenda.rss.xml", "/flux/actualites.rss.xml")
CALENDAR = "/agenda/tout.ics"


@dataclass
class Life:
    """A content through its commits: half are events, half bear an « identifiant »."""

    number: int
    random: Random
    is_event: bool
    has_identifier: bool
    slug: str = ""
    words: str = ""
    day: int = 1
    is_there: bool = False
    addresses: set[str] = field(default_factory=set)
    """The addresses at which it was published since it is what it is."""
    births: int = 0
    """How many contents it was: a rewrite under a new name is another, without « identifiant »."""

    @property
    def folder(self) -> str:
        return "evenements" if self.is_event else "articles"

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.slug}.md"

    @property
    def address(self) -> str:
        return f"/{'evenements' if self.is_event else 'actualites'}/{self.slug}/"

    @property
    def title(self) -> str:
        return f"Vie {self.number}, {self.births}"

    def text(self) -> str:
        dated = f"debut: 2025-06-{self.day:02d} 17:00" if self.is_event else "date: 2024-01-02"
        identifier = f"identifiant: vie-{self.number}\n" if self.has_identifier else ""
        header = f"titre: {self.title}\nresume: Une vie.\n{dated}\n{identifier}"
        return f"---\n{header}---\n{self.words}\n"

    def reword(self) -> None:
        """Take words that share nothing with any other's: git then sees another file."""
        self.words = "\n".join(f"{self.random.getrandbits(200):x}" for _ in range(30))

    def rename(self) -> None:
        self.slug = f"vie-{self.number}-{self.random.getrandbits(24):06x}"


class Lives:
    """The lives, and the repository in which they are."""

    def __init__(self, repo: Repo, seed: int) -> None:
        self.repo, self.random = repo, Random(seed)  # noqa: S311 - of a test
        self.all = [
            Life(n, chance, is_event=n % 2 == 0, has_identifier=n % 4 < 2)
            for n in range(LIVES)
            for chance in [Random(f"{seed}/{n}")]  # noqa: S311 - of a test
        ]
        repo.commit({"donnees/site.yaml": SITE})

    def live(self) -> None:
        """Make one operation of each life."""
        for life in self.random.sample(self.all, len(self.all)):
            if not life.births:
                self._create(life)
            elif not life.is_there:
                self.random.choice((self._revert, self._nothing))(life)
            else:
                operations = [self._edit, self._date, self._rename, self._replace, self._merge]
                self.random.choice([*operations, self._delete, self._delete])(life)

    def _nothing(self, life: Life) -> None:
        """Leave a deleted content so."""

    def _create(self, life: Life) -> None:
        life.births, life.is_there = life.births + 1, True
        life.rename()
        life.reword()
        self.repo.commit({life.path: life.text()})

    def _edit(self, life: Life) -> None:
        life.words += f"\n{life.random.getrandbits(40):x}"
        self.repo.commit({life.path: life.text()})

    def _date(self, life: Life) -> None:
        life.day = 1 + (life.day + 3) % 28
        self.repo.commit({life.path: life.text()})

    def _rename(self, life: Life) -> None:
        before = life.path
        life.rename()
        self.repo.move(before, life.path)
        self.repo.commit()

    def _replace(self, life: Life) -> None:
        """Rename and rewrite in one commit: only an « identifiant » says that it is the same."""
        (self.repo.content / life.path).unlink()
        if not life.has_identifier:
            life.births += 1
            life.addresses = set()
        life.rename()
        life.reword()
        self.repo.commit({life.path: life.text()})

    def _merge(self, life: Life) -> None:
        branch = f"vie-{life.number}-{life.random.getrandbits(20):x}"
        self.repo.git("checkout", "--quiet", "-b", branch)
        self.random.choice((self._edit, self._rename))(life)
        self.repo.git("checkout", "--quiet", "main")
        self.repo.commit({"pages/journal.md": journal(self.repo.time)})
        self.repo.merge(branch)

    def _delete(self, life: Life) -> None:
        life.is_there = False
        self.repo.git("rm", "--quiet", f"content/{life.path}")
        self.repo.commit()

    def _revert(self, life: Life) -> None:
        """Bring back a deleted content, as it was."""
        life.is_there = True
        (deletion,) = self.repo.git(
            "log", "-1", "--diff-filter=D", "--format=%H", "--", f"content/{life.path}"
        ).split()
        self.repo.git("checkout", f"{deletion}^", "--", f"content/{life.path}")
        self.repo.commit()


def journal(time: int) -> str:
    return f"---\ntitre: Journal\nresume: Un journal.\n---\nÀ {time}.\n"


class Clients:
    """newsboat and khal, which come to a site again and again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        write = self._write
        self.urls = write("urls", "".join(f"{url}{feed}\n" for feed in FEEDS))
        self.newsboat_config = write("config", "")
        self.cache = folder / "cache.db"
        self.calendar = f"{url}{CALENDAR}"
        for name in ("depuis_toujours", "maintenant"):
            (folder / name).mkdir()
        self.khal_config = write(
            "khal",
            f"[calendars]\n[[depuis_toujours]]\npath = {folder}/depuis_toujours\n"
            f"[[maintenant]]\npath = {folder}/maintenant\n"
            "[locale]\nlocal_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder}/khal.db\n",
        )

    def come(self) -> None:
        """Read the feeds and the calendar again."""
        files = ("-u", self.urls, "-c", self.cache, "-C", self.newsboat_config)
        self._run(NEWSBOAT.path(), *files, "-x", "reload")
        with urlopen(self.calendar, timeout=10) as answered:  # noqa: S310 - of this machine
            (self.folder / "tout.ics").write_bytes(answered.read())
        for file in (self.folder / "maintenant").iterdir():
            file.unlink()
        for name in ("depuis_toujours", "maintenant"):
            self._khal("import", "--batch", "-a", name, str(self.folder / "tout.ics"))

    def items(self) -> list[tuple[str, str, str]]:
        """Return every item that newsboat ever took: feed, identifier, title."""
        with sqlite3.connect(self.cache) as database:
            rows = database.execute("SELECT feedurl, guid, title FROM rss_item").fetchall()
        database.close()
        return [(feed, guid, title) for feed, guid, title in rows]

    def events(self, name: str) -> list[str]:
        """Return the titles of the events that khal shows in one of its calendars."""
        shown = self._khal(
            *("list", "-a", name, "--format", "{title}", "--day-format", ""),
            *("2025-06-01", "30d"),
        )
        return sorted(line for line in shown.splitlines() if line)

    def _khal(self, *arguments: str) -> str:
        return self._run(KHAL.path(), "-c", self.khal_config, *arguments)

    def _write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def _run(self, *command: str | Path | None) -> str:
        done = subprocess.run(
            [str(part) for part in command],
            env=self.environment,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def publish(repo: Repo, output: Path, url: str) -> None:
    """Write what clients ask for: feeds, calendar, pages, the servers' files."""
    settings = {**read_settings(settings_of(repo.root)), "SITEURL": url, "IS_PREVIEW": False}
    as_of = datetime.fromtimestamp(repo.time, UTC)
    planned = site_of(settings, as_of)
    assert [str(f) for f in planned.faults if f.level.name == "ERROR"] == []
    for item in planned.plan:
        path = output / file_name(item.address)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(item, File):
            path.write_text(item.title, encoding="utf-8")
        elif item.address in {*FEEDS, CALENDAR} or "redirect" in item.address:
            path.write_bytes(item.content())


@pytest.fixture
def lives(tmp_path: Path) -> Lives:
    return Lives(Repo(tmp_path / "depot"), seed=int(os.environ.get("LIVES_SEED", "1")))


def test_followed_through_everything(lives: Lives, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    ports = {caddy: free_port(), nginx: free_port()}
    clients = Clients(tmp_path, f"http://127.0.0.1:{ports[caddy]}")
    for _ in range(ROUNDS):
        lives.live()
        publish(lives.repo, output, "http://127.0.0.1")
        with ExitStack() as stack:
            servers = [
                stack.enter_context(serve(output, tmp_path / serve.__name__, port))
                for serve, port in ports.items()
            ]
            clients.come()
            for life in lives.all:
                if life.is_there:
                    life.addresses.add(life.address)
            for url in servers:
                assert list(_wrong_answers(url, lives.all)) == []
        _judge(lives.all, clients)


def _wrong_answers(url: str, lives: list[Life]) -> Iterator[str]:
    """Yield the addresses of living contents that are not answered as they must be."""
    for life in lives:
        for address in life.addresses if life.is_there else ():
            expected = (200, "") if address == life.address else (301, life.address)
            status, place = answer(url + address)
            found = status, place.removeprefix(url)
            if found != expected:
                yield f"{address}: {found} for {expected}"


def _judge(lives: list[Life], clients: Clients) -> None:
    titles = [re.sub(r"^(?:Annulé|Reporté)\s*: ", "", title) for _, _, title in clients.items()]
    expected = sorted(f"Vie {life.number}, {birth}" for life in lives for birth in _births(life))
    # Nothing twice, nothing lost: one item for each content that there ever was.
    assert sorted(titles) == expected
    shown = clients.events("depuis_toujours")
    # What khal took since the first round is what it takes today: nothing has vanished.
    assert clients.events("maintenant") == shown
    living = {life.title for life in lives if life.is_event and life.is_there}
    ever = [title for title in expected if int(title.split()[1].rstrip(",")) % 2 == 0]
    assert sorted(re.sub(r"^Annulé\s*: ", "", title) for title in shown) == sorted(ever)
    assert {title for title in shown if not title.startswith("Annulé")} == living


def _births(life: Life) -> range:
    return range(1, life.births + 1)
