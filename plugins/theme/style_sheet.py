"""A style sheet of the theme, with its imported files inlined."""

import re
from pathlib import Path

from coloraide import Color

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(
    r"""^@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;$""", re.MULTILINE
)
_ROOT = re.compile(r"^:root \{.*?^\}$", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"^ *(--[\w-]+): (.+);$", re.MULTILINE)
_OKLCH = re.compile(r"\boklch\([^)]*\)")
_NAMED = re.compile(r"\bvar\((--[\w-]+)\)")


def whole(path: Path) -> str:
    """Return a style sheet with its imports inlined, each in its layer."""

    def inline(match: re.Match[str]) -> str:
        text = (path.parent / match["file"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return _IMPORT.sub(inline, path.read_text(encoding="utf-8"))


def bare(path: Path) -> str:
    """Return a whole style sheet without its comments, which only its authors read."""
    return _COMMENT.sub("", whole(path))


def in_srgb(css: str) -> str:
    """Return a style sheet with its colours in sRGB: neither mailboxes nor WeasyPrint know OKLCH.

    A colour that sRGB lacks is clipped, as browsers do.
    """
    return _OKLCH.sub(
        lambda match: Color(match[0]).convert("srgb").to_string(hex=True, fit="clip"), css
    )


def filled(path: Path) -> str:
    """Return a style sheet with custom properties replaced by values, for mail clients."""
    css = in_srgb(bare(path))
    values = dict(_PROPERTY.findall(css))
    return _NAMED.sub(lambda match: values[match[1]], _ROOT.sub("", css))
