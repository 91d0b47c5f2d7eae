"""The contents that the outputs are tried on: one of each state that an event can be in.

They are copied out of this repository, whose history would count as theirs.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from plugins.library.library import Library
from plugins.library.loading import load

from plugins.faults import Level

# A busy machine is no fault of what is tried.
settings.register_profile("outputs", deadline=None)
settings.load_profile("outputs")

CONTENT = Path(__file__).parent / "content"
NOW = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)

LibraryOf = Callable[..., Library]


def read(root: Path, now: dt.datetime = NOW) -> Library:
    loaded = load(root, now, {})
    assert [str(fault) for fault in loaded.faults if fault.level is Level.ERROR] == []
    return loaded.library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return read(shutil.copytree(CONTENT, tmp_path_factory.mktemp("outputs") / "content"))


@pytest.fixture
def library_of(tmp_path: Path) -> LibraryOf:
    """Return a maker of libraries: the contents with some files added, changed or (None) gone."""

    def make(files: dict[str, str | None], now: dt.datetime = NOW) -> Library:
        root = tmp_path / f"content-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(CONTENT, root)
        for name, text in files.items():
            path = root / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return read(root, now)

    return make
