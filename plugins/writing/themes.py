"""A theme more in `themes.yaml`, whose comments and order stay."""

from pathlib import Path

from plugins.content.folder import DATA_FOLDER
from plugins.front_matter.document import Document, read_data
from plugins.writing.yaml_text import scalar

THEMES_FILE = Path(DATA_FOLDER) / "themes.yaml"
"""The file of the themes, relative to the content folder."""
_LIST = "themes"


def with_theme(data: bytes, name: str) -> str:
    """Return the text of `themes.yaml` with a theme at its end; no bytes are an absent file.

    Raise ValueError, in French, for a file to which no line can be added for certain.
    """
    before = _read(data or b"#\n")
    themes = before.values.get(_LIST, []) if before else None
    if before and isinstance(themes, list):
        text = data.decode()
        first = before.positions.get((_LIST, 0))
        indent = " " * (first.column - len("- ") - 1) if first else ""
        end = "\r\n" if "\r\n" in text else "\n"
        line = f"{indent}- nom: {scalar(name)}{end}"
        new = f"{text.rstrip()}{end}{line}" if text.strip() else line
        after = _read(new.encode())
        if after and after.values.get(_LIST) == [*themes, {"nom": name}]:
            return new
    raise ValueError(f"Ajoutez vous-même le thème « {name} » dans {THEMES_FILE.as_posix()}.")


def _read(data: bytes) -> Document | None:
    document, _ = read_data(THEMES_FILE, data, _LIST)
    return document
