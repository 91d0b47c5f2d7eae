"""LISEZMOI.txt: what an editor does, step by step, with the files of an export."""

from pathlib import Path
from string import Template

from plugins.outputs.mail.exports.exported_file import ExportedFile

NAME = "LISEZMOI.txt"
FOLDER = Path(__file__).parent / "readmes"


def to_readme(tool: str, **values: str) -> ExportedFile:
    """Return the page for a tool: its text in `readmes/`, where `$name` is one of the values.

    Raises KeyError when the text names a value that is not there.
    """
    text = (FOLDER / f"{tool}.txt").read_text(encoding="utf-8")
    return ExportedFile.of_text(NAME, Template(text).substitute(values))
