"""A style sheet of the theme, made of the files that it imports."""

import re
from pathlib import Path

_IMPORT = re.compile(
    r"""^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;$""", re.MULTILINE
)


def whole(path: Path) -> str:
    """Return a style sheet with its imports written in place, each in its layer."""

    def inline(match: re.Match[str]) -> str:
        text = (path.parent / match["file"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return _IMPORT.sub(inline, path.read_text(encoding="utf-8"))
