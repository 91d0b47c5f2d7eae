"""Whole builds in turn, ours, Pelican's and Hugo's, each a process of its own, in folders aside.

Ours runs in a copy of the checkout with contents drawn at random, committed to git as an editor's
are: neither output/ nor .cache/ of the checkout is touched.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plugins.tools.bench import rivals
from plugins.tools.bench.contents import AS_OF, LETTERS, write_contents
from plugins.tools.bench.measures import BenchError, Run, measured
from plugins.tools.bench.prose import articles as drawn_articles

OURS, PELICAN, HUGO = "Passerelle", "Pelican", "Hugo"
COLD, FULL = "cold build", "full build"
SAME, EDITED, CLONE = "nothing changed", "one article changed", "clone, store kept"
CHECKED, LETTER = "check, one article changed", "letter, one letter changed"

_BUILD = (sys.executable, "-m", "plugins.build", "build")
_CHECK = (sys.executable, "-m", "plugins.build", "check")
_LETTER = (sys.executable, "-m", "plugins.build", "letter", f"N={LETTERS}")


def measured_rounds(
    checkout: Path,
    work: Path,
    *,
    articles: int,
    rounds: int,
    seed: int,
    say: Callable[[str], None],
) -> Iterator[Run]:
    """Yield each run of the tools in turn on so many articles; `work` is an empty folder."""
    ours, pelican, hugo = work / "passerelle", work / "pelican", work / "hugo"
    copy_checkout(checkout, ours, articles=articles, seed=seed)
    written = drawn_articles(articles, seed)
    rivals.write_pelican(pelican, written)
    rivals.write_hugo(hugo, written)
    hugo_command = rivals.hugo_command()
    for number in range(1, rounds + 1):
        say(f"{articles} articles, round {number} of {rounds}: {OURS}")
        yield from _our_runs(ours, articles, number)
        say(f"{articles} articles, round {number} of {rounds}: {PELICAN}")
        yield _full_build(PELICAN, rivals.pelican_command(), pelican, articles)
        if hugo_command:
            say(f"{articles} articles, round {number} of {rounds}: {HUGO}")
            yield _full_build(HUGO, hugo_command, hugo, articles)


def copy_checkout(checkout: Path, folder: Path, *, articles: int, seed: int) -> None:
    """Copy the checkout's files, its changes included, with drawn contents in place of its own."""
    listed = _git(checkout, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        source, target = checkout / name, folder / name
        if not name.startswith(("content/", "docs/", "tests/")) and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    write_contents(folder / "content", articles=articles, events=articles // 10, seed=seed)
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    author = ("-c", "user.name=Bench", "-c", "user.email=bench@reseau.example")
    _git(folder, *author, "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Draw")
    # No run compiles our modules: an installed Python never does so twice.
    compile_all = [sys.executable, "-m", "compileall", "-q", "plugins", "tasks.py"]
    subprocess.run(compile_all, cwd=folder, check=True)


def build_environment() -> dict[str, str]:
    """Return what our builds are told: the instant for which the contents were drawn."""
    return {"SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}


def change(file: Path, number: int) -> None:
    """Add to a content a sentence that it does not hold yet."""
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nUne phrase ajoutée, la {number + 1}e fois.\n", encoding="utf-8")


def some_article(folder: Path, rank: int) -> Path:
    """Return an article of the copy, by its rank in the folder."""
    files = sorted((folder / "content" / "articles").iterdir())
    return files[rank % len(files)]


def _our_runs(folder: Path, articles: int, number: int) -> Iterator[Run]:
    """Yield the runs of our scenarios, in an order in which each finds what it needs."""

    def run(scenario: str, command: Sequence[str]) -> Run:
        measure = measured(command, folder, build_environment())
        return Run(OURS, scenario, articles, _pages(folder), measure)

    for made in ("output", ".cache", "exports"):
        shutil.rmtree(folder / made, ignore_errors=True)
    yield run(COLD, _BUILD)
    yield run(SAME, _BUILD)
    change(some_article(folder, 2 * number), number)
    yield run(EDITED, _BUILD)
    change(some_article(folder, 2 * number + 1), number)
    yield run(CHECKED, _CHECK)
    shutil.rmtree(folder / "output")
    for file in folder.rglob("*"):
        # What git writes in a clone is all of that day.
        if file.is_file() and not {".git", ".cache"} & set(file.relative_to(folder).parts):
            os.utime(file)
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "plugins", "tasks.py"], cwd=folder, check=True
    )
    yield run(CLONE, _BUILD)
    change(folder / "content" / "lettres" / f"{LETTERS}.md", number)
    yield run(LETTER, _LETTER)


def _full_build(tool: str, command: Sequence[str], folder: Path, articles: int) -> Run:
    for made in ("output", "resources"):
        shutil.rmtree(folder / made, ignore_errors=True)
    measure = measured(command, folder, {"HUGO_CACHEDIR": str(folder / ".cache")})
    return Run(tool, FULL, articles, _pages(folder), measure)


def _pages(folder: Path) -> int:
    return sum(1 for _ in (folder / "output").rglob("*.html"))


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise BenchError(f"git {' '.join(arguments)}\n{done.stderr}".strip())
    return done.stdout
