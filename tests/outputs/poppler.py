"""Read PDFs with Poppler, a index that did not write them."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.tooling import PDFTOTEXT


def run(tool: str, pdf: bytes, *options: str, after: tuple[str, ...] = ()) -> str:
    """Return what one of its tools says of a PDF; fail on anything that it complains about."""
    if PDFTOTEXT.path() is None:
        pytest.fail("poppler-utils is missing: « make test » installs it", pytrace=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(
            (tool, *options, str(path), *after),
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def text(pdf: bytes, *options: str) -> str:
    """Return the text in the order in which it is read."""
    return run("pdftotext", pdf, "-enc", "UTF-8", *options, after=("-",))


def properties(pdf: bytes) -> dict[str, str]:
    """Return the document's properties, as `pdfinfo` names them; dates in ISO 8601."""
    lines = run("pdfinfo", pdf, "-isodates").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def fonts(pdf: bytes) -> dict[str, tuple[bool, bool, bool]]:
    """Return whether each font is embedded, is a subset, gives its characters; by name."""
    rows = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
    return {
        row[0].partition("+")[2] or row[0]: (row[-5] == "yes", row[-4] == "yes", row[-3] == "yes")
        for row in rows
    }


def structure(pdf: bytes) -> str:
    """Return the tree of tags, as assistive technologies have it."""
    return run("pdfinfo", pdf, "-struct-text")


def addresses(pdf: bytes) -> list[str]:
    """Return where its links lead, in order, once each."""
    rows = run("pdfinfo", pdf, "-url").splitlines()[1:]
    return list(dict.fromkeys(row.split()[-1] for row in rows))


def bookmarks(pdf: bytes) -> list[str]:
    """Return the titles of its bookmarks, two spaces before each for each level."""
    lines = run("pdftohtml", pdf, "-xml", "-stdout", "-i").splitlines()
    depth, found = -1, []
    for line in lines:
        depth += (line == "<outline>") - (line == "</outline>")
        if line.startswith("<item"):
            found.append("  " * depth + line[line.index(">") + 1 : line.rindex("<")])
    return found


def attachments(pdf: bytes) -> str:
    """Return how many files are embedded, in words."""
    return run("pdfdetach", pdf, "-list").splitlines()[0]
