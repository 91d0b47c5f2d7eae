"""A build after edits is, byte for byte, a build from nothing: two hundred edits, three builds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from plugins.build import memory, publication, rendering
from plugins.build.unchanged import LastRun
from plugins.content.reading import read_record
from plugins.content.record import AnyRecord
from plugins.models import Kind
from plugins.store import store_of
from plugins.theme.theme import Theme
from plugins.views.pages import Page
from plugins.views.site import RenderedPage, Site
from tests.repositories import Repo
from tests.sites import ROOT

BUILDS, EDITS = 3, 67
HEADER = "---\ntitre: {}\ndate: {}\nresume: {}\nthemes: [Vie du réseau]\n---\n{}\n"
EVENT = "---\ntitre: {}\ndebut: {}\nresume: Une rencontre.\nlieu: Lyon\n---\nUn texte.\n"


class Project:
    """A project, whose files are edited and built again and again."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.content = root / "content"
        self.random = random
        self.made: list[Path] = []
        self.number = 0

    def edit(self) -> None:
        """Make one edit, of any kind, that check passes."""
        edits: list[tuple[Callable[[], None], int]] = [
            (self.create_article, 4),
            (self.create_event, 3),
            (self.add_words, 4),
            (self.change_title, 3),
            (self.change_day, 2),
            (self.rename, 2),
            (self.delete, 2),
            (self.unpublish, 1),
            (self.change_data, 1),
            (self.change_theme, 1),
            (self.change_picture, 1),
            (self.change_settings, 1),
        ]
        [edit] = self.random.choices(*zip(*edits, strict=True))
        edit()

    def create_article(self) -> None:
        self._create("articles", HEADER, f"2023-{self.random.randint(1, 12):02}-05")

    def create_event(self) -> None:
        self._create("evenements", EVENT, f"2024-{self.random.randint(1, 12):02}-06 10:00")

    def _create(self, folder: str, form: str, day: str) -> None:
        self.number += 1
        path = self.content / folder / f"essai-{self.number}.md"
        text = form.format(f"Essai {self.number}", day, f"Le résumé {self.number}.", "Rien.")
        path.write_text(text, encoding="utf-8")
        self.made.append(path)

    def _any(self) -> Path:
        return self.random.choice(sorted((self.content / "articles").glob("*.md")))

    def _change(self, path: Path, pattern: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(f"(?m){pattern}", new, text, count=1), encoding="utf-8")

    def add_words(self) -> None:
        path = self._any()
        self.number += 1
        text = path.read_text(encoding="utf-8").rstrip()
        path.write_text(f"{text}\n\nEncore {self.number} mots : voilà !\n", encoding="utf-8")

    def change_title(self) -> None:
        self.number += 1
        self._change(self._any(), "^titre: .*", f"titre: Autre titre {self.number}")

    def change_day(self) -> None:
        path = self._any()
        self._change(path, "^date: .*", f"date: 2023-{self.random.randint(1, 12):02}-17")

    def rename(self) -> None:
        if self.made:
            self.number += 1
            path = self.made.pop(self.random.randrange(len(self.made)))
            self.made.append(path.rename(path.with_name(f"essai-{self.number}.md")))

    def delete(self) -> None:
        if self.made:
            self.made.pop(self.random.randrange(len(self.made))).unlink()

    def unpublish(self) -> None:
        if self.made:
            path = self.random.choice(self.made)
            self._change(path, "^titre", "status: draft\ntitre")
            self.made.remove(path)

    def change_data(self) -> None:
        self.number += 1
        file = self.content / "donnees/site.yaml"
        self._change(file, "^accroche: .*", f"accroche: le réseau {self.number}")

    def change_theme(self) -> None:
        self.number += 1
        name, comment = self.random.choice(
            [
                ("templates/partials/footer.html", "<!-- {} -->"),
                ("templates/sheet.html", "{{# {} #}}"),
                ("static/css/base.css", "b {{ margin: {}px }}"),
                ("mail/letter.css", "b {{ margin: {}px }}"),
            ]
        )
        path = self.root / "theme" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{comment.format(self.number)}\n", encoding="utf-8")

    def change_picture(self) -> None:
        self.number += 1
        path = self.random.choice(sorted((self.content / "images").glob("*.svg")))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("</svg>", f"<desc>{self.number}</desc></svg>"), "utf-8")

    def change_settings(self) -> None:
        """Another address, or another day."""
        number, day = self.random.randint(1, 3), self.random.randint(9, 28)
        (self.root / "settings.py").write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            f"PATH = 'content'\nTHEME = 'theme'\nSITEURL = 'https://passerelle.example/{number}'\n"
            f"BUILD_DATE = '2024-01-{day:02}T09:00:00+01:00'\nSOURCE_DATE_EPOCH = None\n",
            encoding="utf-8",
        )

    def build(self) -> dict[str, bytes]:
        output = self.root / "output"
        settings = self.root / "settings.py"
        assert publication.build(settings, output, LastRun(settings, "build", output)) == 0
        return files_of(output)

    def copy(self, root: Path) -> Project:
        """Return a copy of the sources, without what former builds left."""
        ignored = shutil.ignore_patterns("output", ".cache", ".output*", "__pycache__")
        return Project(shutil.copytree(self.root, root, ignore=ignored), self.random)


def files_of(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in a repository of its own, built once."""
    root = tmp_path_factory.mktemp("built") / "projet"
    repository = Repo(root)
    made = Project(root, Random(7))  # noqa: S311 - draws edits, not secrets
    shutil.copytree(ROOT / "content", made.content, dirs_exist_ok=True)
    shutil.copytree(ROOT / "theme", root / "theme")
    made.change_settings()
    repository.git("add", "-A")
    repository.git("commit", "--quiet", "-m", "Début")
    made.build()
    store_of(root).close()
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Project:
    """A copy of the project, with what its builds remember."""
    root = shutil.copytree(built, tmp_path / "projet", ignore=shutil.ignore_patterns("output"))
    return Project(root, Random(7))  # noqa: S311 - as above


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What builds read and render: the files, the pages."""
    done: dict[str, list[str]] = {"read": [], "viewed": [], "rendered": []}
    render, view = Theme.render, Site.page_view

    def counted_read(kind: Kind, path: Path, data: bytes) -> AnyRecord:
        done["read"].append(path.as_posix())
        return read_record(kind, path, data)

    def counted_render(theme: Theme, page: RenderedPage) -> bytes:
        done["rendered"].append(page.page.address)
        return render(theme, page)

    def counted_view(site: Site, page: Page) -> RenderedPage:
        done["viewed"].append(page.address)
        return view(site, page)

    for module in (memory, rendering):
        # In this process, where the work is counted.
        monkeypatch.setattr(module, "spread", _alone)
    monkeypatch.setattr(memory, "read_record", counted_read)
    monkeypatch.setattr(Site, "page_view", counted_view)
    monkeypatch.setattr(Theme, "render", counted_render)
    return done


def _alone(
    work: Callable[[object], object],
    items: list[object],
    _tell: Callable[[int], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> list[object]:
    meanwhile()
    return [work(item) for item in items]


def test_builds_after_edits_are_builds_from_nothing(project: Project, tmp_path: Path) -> None:
    for number in range(BUILDS):
        for _ in range(EDITS):
            project.edit()
        after = project.build()
        anew = project.copy(tmp_path / f"copie-{number}").build()
        assert sorted(after) == sorted(anew)
        assert [name for name in after if after[name] != anew[name]] == []


# Shown whole in an excerpt, sent by mail, the newest of the feeds, with a calendar, on its own.
SHOWN = (
    "organisations/dextera.md",
    "lettres/1.md",
    "articles/operateurs-webinaire.md",
    "evenements/webinaire-operateurs.md",
    "pages/a-propos.md",
)


def test_edits_of_words_build_by_build(
    project: Project, tmp_path: Path, work: dict[str, list[str]]
) -> None:
    """What stands from build to build is what a build from nothing makes."""
    project.build()
    for number, name in enumerate(project.random.choices(SHOWN, k=12)):
        work["viewed"].clear()
        path = project.content / name
        text = path.read_text(encoding="utf-8").rstrip()
        if text.endswith("voilà !"):
            text = text.rpartition("\n\n")[0]
        else:
            text += f"\n\nEncore {number} mots : voilà !"
        path.write_text(f"{text}\n", encoding="utf-8")
        after = project.build()
        assert 0 < len(work["viewed"]) < 15
    anew = project.copy(tmp_path / "copie").build()
    assert sorted(after) == sorted(anew)
    assert [name for name in after if after[name] != anew[name]] == []


DRAFT = """---
numero: 90
titre: À venir
resume: Un résumé.
date: 2024-01-05
status: draft
---
"""


def test_the_faults_of_a_draft_are_told_at_each_build(
    project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    """They are found in planning, which an edit of words leaves as it was."""
    draft = project.content / "lettres/90.md"
    for words, page in (("Voir [ici](nulle-part.md).", False), ("Des mots.", True)):
        draft.write_text(f"{DRAFT}{words}\n", encoding="utf-8")
        for _ in range(3):
            assert ("lettres/90/index.html" in project.build()) == page
            assert ("nulle-part.md" in capfd.readouterr().err) != page
            project.add_words()
            settings = project.root / "settings.py"
            assert publication.check(settings, LastRun(settings, "check")) == 0
            assert ("nulle-part.md" in capfd.readouterr().err) != page


def test_a_build_that_waited_for_another_one_takes_nothing_of_it(
    project: Project, tmp_path: Path
) -> None:
    """It has looked at what changed before the other one wrote its output."""
    project.build()
    page = project.content / "pages/a-propos.md"
    settings, output = project.root / "settings.py", project.root / "output"
    before = page.read_text(encoding="utf-8")
    project.add_words()
    waiting = LastRun(settings, "build", output)
    assert waiting.same() is None
    page.write_text(f"{before}\nDes mots de passage.\n", encoding="utf-8")
    project.build()
    page.write_text(before, encoding="utf-8")
    assert publication.build(settings, output, waiting) == 0
    assert files_of(output) == project.copy(tmp_path / "copie").build()


def test_an_edit_costs_what_it_changes(project: Project, work: dict[str, list[str]]) -> None:
    project.build()
    assert (work["read"], work["rendered"]) == ([], [])
    work["viewed"].clear()
    path = project.content / "articles/operateurs-webinaire.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nUn mot de plus.\n", encoding="utf-8")
    project.build()
    assert work["read"] == ["content/articles/operateurs-webinaire.md"]
    assert work["viewed"] == work["rendered"] == ["/actualites/operateurs-webinaire/"]
    for done in work.values():
        done.clear()
    project.build()
    assert work == {"read": [], "viewed": [], "rendered": []}


def test_a_page_that_stands_is_not_written_again(project: Project) -> None:
    """It is the same file, not a copy."""
    page = project.root / "output/a-propos/index.html"
    project.build()
    before = page.stat().st_ino
    project.change_title()
    project.build()
    assert page.stat().st_ino == before


def test_what_changes_the_output_by_hand_is_undone(project: Project) -> None:
    page = project.root / "output/a-propos/index.html"
    before = project.build()
    page.write_bytes(page.read_bytes().replace(b"</body>", b"<p>Perdu</p></body>"))
    (project.root / "output/agenda/index.html").unlink()
    assert project.build() == before


def test_a_file_of_the_store_that_is_cut_short_changes_nothing(project: Project) -> None:
    before = project.build()
    [file] = (project.root / ".cache").glob("*.sqlite")
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)
    assert project.build() == before
