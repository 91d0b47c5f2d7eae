"""A style sheet of the theme, with its imported files inlined."""

import re
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(
    r"""^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;$""", re.MULTILINE
)
_ROOT = re.compile(r"^:root \{.*?^\}$", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"^ *(--[\w-]+): (.+);$", re.MULTILINE)
_NAMED = re.compile(r"\bvar\((--[\w-]+)\)")


def whole(path: Path) -> str:
    """Return a style sheet with its imports inlined, each in its layer."""

    def inline(match: re.Match[str]) -> str:
        text = (path.parent / match["file"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return _IMPORT.sub(inline, path.read_text(encoding="utf-8"))


def filled(path: Path) -> str:
    """Return a style sheet with custom properties replaced by values, for mail clients."""
    css = _COMMENT.sub("", whole(path))
    values = dict(_PROPERTY.findall(css))
    return _NAMED.sub(lambda match: values[match[1]], _ROOT.sub("", css))
