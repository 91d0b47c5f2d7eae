"""The editors' guide: its chapters, their examples and what these make, its pictures."""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.dates.moments import PARIS
from plugins.models import KINDS
from tests.sites import ROOT

# Lines of prose, of examples and of tables, those of the models apart: three screens.
LONGEST = 120
_WIDTH = 100
GUIDE = ROOT / "docs" / "guide"
CONTENTS = GUIDE / "README.md"
CHAPTERS = tuple(sorted(GUIDE.rglob("*.md")))
PICTURE = ROOT / "docs" / "images" / "accueil.png"
GUIDE_PICTURES = ROOT / "docs" / "images" / "guide"
BLOCK_PICTURES = ROOT / "docs" / "images" / "blocs"
SAMPLE_DAY = datetime(2024, 1, 8, 9, tzinfo=PARIS)
# What an example of a header or of a text needs around it to be a whole file.
HEADERS = {
    "article": {"resume": "Un exemple.", "date": "2024-01-05"},
    "event": {"resume": "Un exemple.", "debut": "2024-03-25"},
}
FOLDERS = {kind.name: kind.folder for kind in KINDS}
ATTACHMENTS = {"documents/programme.pdf": b"%PDF-1.7\n"}


class Fence(NamedTuple):
    """A block of code: its document, its language, what follows on the line, its text, its line."""

    document: Path
    language: str
    title: str
    text: str
    line: int

    def attribute(self, name: str) -> str | None:
        """Return the value of `name="…"` on the opening line."""
        found = re.search(rf'{name}="([^"]*)"', self.title)
        return found[1] if found else None

    @property
    def is_faulty(self) -> bool:
        """Tell the examples of what not to write."""
        return self.title.endswith("fautif")

    @property
    def place(self) -> str:
        """Its chapter and line, as the name of a file."""
        return f"{self.document.stem}-{self.line}"


def guide_text() -> str:
    """Return the whole guide, one chapter after the other."""
    return "\n".join(chapter.read_text(encoding="utf-8") for chapter in CHAPTERS)


def lines_of(chapter: Path) -> int:
    """Return how many lines a chapter has on a screen, without the tables of the models."""
    text = chapter.read_text(encoding="utf-8")
    text = re.sub(r"<!-- champs:.*?<!-- /champs -->", "", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(1 if line.startswith("|") else -(-len(line) // _WIDTH) for line in lines)


def guide_fences() -> list[Fence]:
    return [fence for chapter in CHAPTERS for fence in fences(chapter)]


def fences(document: Path) -> list[Fence]:
    """Return the blocks of code of a document, in order."""
    text = document.read_text(encoding="utf-8")
    pattern = re.compile(r"^( *)```(\w+)[ ]?([^\n]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
    return [
        Fence(document, m[2], m[3], textwrap.dedent(m[4]), text.count("\n", 0, m.start()) + 1)
        for m in pattern.finditer(text)
    ]


def example_files() -> dict[str, str]:
    """Return the files that the guide's examples make, by path from the root."""
    files = {}
    for fence in guide_fences():
        if fence.is_faulty:
            continue
        if path := fence.attribute("title"):
            assert path not in files, path
            files[path] = fence.text
        elif kind := fence.attribute("entete"):
            files[_path(kind, fence)] = _completed(kind, fence, fence.text) + "Un texte.\n"
        elif kind := fence.attribute("corps"):
            files[_path(kind, fence)] = _completed(kind, fence, "") + fence.text
    return files


def _path(kind: str, fence: Fence) -> str:
    return f"content/{FOLDERS[kind]}/exemple-{fence.place}.md"


def _completed(kind: str, fence: Fence, header: str) -> str:
    """Return a header with the fields that it lacks."""
    given = set(re.findall(r"^(\w+):", header, re.MULTILINE))
    given |= {"debut"} if "seances" in given else set()
    fields = HEADERS[kind] | {"titre": f"Exemple {fence.place}"}
    missing = (f"{key}: {value}\n" for key, value in fields.items() if key not in given)
    return f"---\n{''.join(missing)}{header}---\n"


def copied_content(folder: Path, files: dict[str, str]) -> Path:
    """Return a copy of the sample content with more files."""
    shutil.copytree(ROOT / "content", folder / "content")
    for name, data in ATTACHMENTS.items():
        (folder / "content" / name).parent.mkdir(exist_ok=True)
        (folder / "content" / name).write_bytes(data)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "content"


def block_picture(name: str) -> Path:
    return BLOCK_PICTURES / f"{name}.png"
