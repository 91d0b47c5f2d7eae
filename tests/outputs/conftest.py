"""The contents that the outputs are tried on: one of each state that an event can be in.

They are copied out of this repository, whose history would count as theirs.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.checks.suite import check_contents
from plugins.faults import Level
from plugins.library.index import Index, read_index

CONTENT = Path(__file__).parent / "content"
NOW = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)

IndexOf = Callable[..., Index]


def read(root: Path, now: dt.datetime = NOW) -> Index:
    index = read_index(root, now)
    faults = check_contents(index, {})
    assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
    return index


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return read(shutil.copytree(CONTENT, tmp_path_factory.mktemp("outputs") / "content"))


@pytest.fixture
def index_of(tmp_path: Path) -> IndexOf:
    """Return a maker of indexes: the contents with some files added, changed or (None) gone."""

    def make(files: dict[str, str | None], now: dt.datetime = NOW) -> Index:
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
