"""A check reads each file once and renders each text once, however many days are to come."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from plugins.build import memory, publication
from plugins.content import reading
from plugins.front_matter.document import Document
from plugins.library import index
from plugins.library.links import resolve
from plugins.markdown.bodies import Body
from plugins.markdown.conversion import render
from tests.contents import article, text, write
from tests.sites import ROOT

TO_COME = 300


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A site with a content to appear on each of 300 days, each linked to the one before."""
    files = {
        f"articles/n{number}.md": article(
            f"publier_le: {2024 + number // 300}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}",
            f"[Avant](n{max(0, number - 1)}.md) et [le rendez-vous](../evenements/e.md).\n",
        )
        for number in range(TO_COME)
    }
    files["evenements/e.md"] = text("debut: 2024-05-02")
    write(tmp_path / "content", files)
    path = tmp_path / "settings.py"
    path.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"PATH = 'content'\nTHEME = {str(ROOT / 'theme')!r}\n"
        "BUILD_DATE = '2024-01-08 09:00'\n",
        encoding="utf-8",
    )
    return path


def test_what_is_to_come_is_read_and_rendered_once(
    settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: Counter[Path] = Counter()
    rendered: Counter[Path] = Counter()
    resolved: Counter[tuple[Path, str, int]] = Counter()
    read_bytes = Path.read_bytes

    def counted_read(path: Path) -> bytes:
        read[path] += path.suffix == ".md" and "content" in path.parts
        return read_bytes(path)

    def counted_render(document: Document) -> Body:
        rendered[document.path] += 1
        return render(document)

    def counted_resolve(target: str, record: Any, selection: Any) -> str:  # noqa: ANN401 - as given
        resolved[record.path, target, id(selection)] += 1
        return resolve(target, record, selection)

    # In this process, where they are counted.
    monkeypatch.setattr(memory, "spread", lambda work, items, _tell: [work(item) for item in items])
    monkeypatch.setattr(Path, "read_bytes", counted_read)
    monkeypatch.setattr(reading, "render", counted_render)
    monkeypatch.setattr(index, "resolve", counted_resolve)
    assert publication.check(settings) == 0
    assert "Aucune erreur" in capsys.readouterr().out
    assert (+read).total() == len(+read) == TO_COME + 1
    assert rendered.total() == len(rendered) == TO_COME + 1
    assert max(resolved.values()) == 1
