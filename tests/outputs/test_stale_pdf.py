"""A PDF is drawn anew when a module that shapes it changes, be it of another package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT

FINGERPRINT = """
from plugins.outputs.pdf.cache import fingerprint
from plugins.outputs.pdf.pdf import PdfSource
print(fingerprint(PdfSource("<p>x</p>", "https://a.example/", "", "https://b.example/")))
"""
LOADED = """
import sys, plugins.outputs.pdf.cache
print(*sorted(m.__file__ for n, m in sys.modules.items() if n.partition(".")[0] == "plugins"))
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("program")
    shutil.copytree(
        ROOT / "plugins", root / "plugins", ignore=shutil.ignore_patterns("__pycache__")
    )
    return root


@pytest.fixture(scope="module")
def before(program: Path) -> str:
    return said(program, FINGERPRINT)


def said(program: Path, script: str) -> str:
    command = (sys.executable, "-B", "-c", script)
    done = subprocess.run(command, cwd=program, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout.strip()


def is_drawn_anew(program: Path, module: Path, before: str) -> bool:
    """Return True when a byte more in a module changes the fingerprint."""
    source = module.read_bytes()
    module.write_bytes(source + b"\n")
    try:
        return said(program, FINGERPRINT) != before
    finally:
        module.write_bytes(source)


def test_the_grid_of_tables_shapes_the_pdf(program: Path, before: str) -> None:
    assert is_drawn_anew(program, program / "plugins/outputs/text/elements.py", before)


def test_each_module_that_is_loaded_shapes_the_pdf(program: Path, before: str) -> None:
    loaded = [Path(file) for file in said(program, LOADED).split()]
    assert len(loaded) > 5
    assert [file for file in loaded if not is_drawn_anew(program, file, before)] == []


@pytest.mark.parametrize(
    "module", ["outputs/feeds/rss.py", "outputs/mail/mail_html.py", "models/event.py"]
)
def test_other_modules_keep_the_pdf(program: Path, module: str, before: str) -> None:
    assert not is_drawn_anew(program, program / "plugins" / module, before)
