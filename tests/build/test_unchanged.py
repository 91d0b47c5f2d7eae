"""A run with the inputs of the last one says what that one said; any change makes it work."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.build.unchanged import LastRun
from plugins.faults import START, ContentError, Level

UNTIL = dt.datetime(2024, 1, 9, tzinfo=dt.UTC)
FAULT = ContentError(Path("content/a.md"), START, "titre", "trop long.", Level.WARNING)
SETTINGS = """
PATH = "content"
THEME = "theme"
PLUGINS = ["plugins.passerelle"]
SITEURL = "https://passerelle.example"
BUILD_DATE = "2024-01-08T12:00:00+00:00"
SOURCE_DATE_EPOCH = None
"""


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = root / "pelicanconf.py"
        self.output = root / "output"
        for file, text in {
            "content/articles/a.md": "a",
            "content/images/a.svg": "<svg/>",
            "theme/templates/a.html": "a",
            "pelicanconf.py": SETTINGS,
            "output/index.html": "a",
            "output/agenda/index.html": "b",
        }.items():
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def last(self) -> LastRun:
        return LastRun(self.settings, "build", self.output)

    def set(self, name: str, value: object) -> None:
        text = self.settings.read_text(encoding="utf-8")
        self.settings.write_text(f"{text}{name} = {value!r}\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.last().keep(UNTIL, (FAULT,), ("2 pages.",))
    return made


def test_nothing_changed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert project.last().said()
    said = capsys.readouterr()
    assert said.out == "2 pages.\n"
    assert said.err == "avis content/a.md:1:1 · titre : trop long.\n"
    # The clock goes on until the day ends.
    project.set("BUILD_DATE", "2024-01-08T23:59:59+00:00")
    assert project.last().said()


def _write(file: str, text: str) -> Callable[[Project], object]:
    return lambda project: (project.root / file).write_text(text, encoding="utf-8")


def _touched(project: Project) -> None:
    path = project.output / "index.html"
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))


def _copied(project: Project) -> None:
    """The same bytes at the same time, but another file, as after a copy of the folder."""
    shutil.copytree(project.output, project.root / "other")
    shutil.rmtree(project.output)
    (project.root / "other").rename(project.output)


CHANGES: dict[str, Callable[[Project], object]] = {
    "a content": _write("content/articles/a.md", "b"),
    "a new content": _write("content/articles/b.md", "a"),
    "a content renamed": lambda p: (p.root / "content/articles/a.md").rename(
        p.root / "content/b.md"
    ),
    "a content deleted": lambda p: (p.root / "content/articles/a.md").unlink(),
    "a picture": _write("content/images/a.svg", "<svg></svg>"),
    "a template": _write("theme/templates/a.html", "b"),
    "a setting": lambda p: p.set("SITEURL", "https://other.example"),
    "the day": lambda p: p.set("BUILD_DATE", "2024-01-09T00:00:00+00:00"),
    "an earlier day": lambda p: p.set("BUILD_DATE", "2024-01-07T00:00:00+00:00"),
    "a day of its own": lambda p: p.set("SOURCE_DATE_EPOCH", "1704794400"),
    "a page edited": _write("output/index.html", "b"),
    "a page touched": _touched,
    "a page deleted": lambda p: (p.output / "agenda/index.html").unlink(),
    "a file added": _write("output/perdu.html", "a"),
    "the output deleted": lambda p: shutil.rmtree(p.output),
    "the output copied": _copied,
    "another plugin": lambda p: p.set("PLUGINS", ["plugins.passerelle", "precompress"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_makes_it_work(project: Project, change: Callable[[Project], object]) -> None:
    change(project)
    assert not project.last().said()


def test_a_change_of_the_program_makes_it_work(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.store.program", lambda: b"another version")
    assert not project.last().said()


def test_each_command_has_its_own_last_run(project: Project) -> None:
    assert not LastRun(project.settings, "check").said()


@pytest.mark.parametrize(
    ("name", "value"), [("JINJA_FILTERS", "{'a': len}"), ("TITLE", "open"), ("A", "1 / 0")]
)
def test_settings_that_may_do_anything_are_always_run(
    tmp_path: Path, name: str, value: str
) -> None:
    project = Project(tmp_path)
    with project.settings.open("a", encoding="utf-8") as file:
        file.write(f"{name} = {value}\n")
    project.last().keep(UNTIL, (), ())
    assert not project.last().said()


def test_a_link_may_lead_to_what_changes_unseen(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    (project.root / "theme/partials").symlink_to(tmp_path / "elsewhere")
    project.last().keep(UNTIL, (), ())
    assert not project.last().said()


def test_what_changes_during_a_run_is_not_taken_for_its_input(tmp_path: Path) -> None:
    project = Project(tmp_path)
    run = project.last()
    path = project.root / "content/articles/a.md"
    path.write_text("b", encoding="utf-8")
    run.keep(UNTIL, (), ())
    assert not project.last().said()
    path.write_text("a", encoding="utf-8")
    assert not project.last().said()


def test_a_library_of_the_system_that_changed_makes_it_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "libpango.so.0"
    library.write_bytes(b"1")
    monkeypatch.setattr("plugins.build.unchanged._loaded", lambda: [str(library)])
    project = Project(tmp_path / "project")
    project.last().keep(UNTIL, (), ())
    assert project.last().said()
    library.write_bytes(b"2 ")
    assert not project.last().said()
