"""Every test file stands alone: some in each run, drawn by its seed; all with `make test-alone`."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.alone import every_test_file, run_alone, seed
from tests.sites import ROOT

DRAWN = 2
IMPORTED = re.compile(r"\b(?:from|import) tests(?:\.\w+)*(?:\.| import (?:\w+, )*)test_\w+")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draw files, but those whose browser takes long to start, and this one."""
    if "drawn" in metafunc.fixturenames:
        left_out = {"browser", Path(__file__).name}
        files = [file for file in every_test_file() if file.parts[1] not in left_out]
        draw = random.Random(seed(metafunc.config))  # noqa: S311 - it keeps no secret
        metafunc.parametrize("drawn", draw.sample(files, DRAWN), ids=str)


def test_file_passes_alone(drawn: Path, pytestconfig: pytest.Config) -> None:
    status, said = run_alone(drawn, seed(pytestconfig))
    assert status == 0, said


def test_no_file_imports_a_test_file() -> None:
    """What two files need is in a third, which holds no tests."""
    faults = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if "node_modules" not in path.parts
        for found in IMPORTED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("statement", "is_seen"),
    [
        ("from {}.site.test_links import broken_links", True),
        ("from {}.models import test_models as complete", True),
        ("from {} import nu_checker, test_docs", True),
        ("import {}.test_docs", True),
        ("from {}.alone import every_test_file", False),
        ("from {}.sites import ROOT", False),
    ],
)
def test_imports_of_test_files_are_seen(statement: str, is_seen: bool) -> None:
    assert bool(IMPORTED.search(statement.format("tests"))) is is_seen
