"""The size of an image file, so that a page leaves it its room before it arrives."""

import re
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image

# What a drawing opened by itself would run: a program in a picture is never meant.
_PROGRAM = re.compile(
    rb"<script\b|<[^>]*\son\w+\s*=|javascript:|<foreignObject\b|<!ENTITY", re.IGNORECASE
)
_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_NUMBER = r"\s*(\d+(?:\.\d+)?)(?:px)?\s*"


@lru_cache(maxsize=4096)
def is_picture(path: Path) -> bool:
    """Tell whether a file holds what its name tells: a picture, or a drawing that runs nothing."""
    if path.suffix.lower() == ".svg":
        data = path.read_bytes() if path.is_file() else b""
        return bool(_SVG_TAG.search(data)) and not _PROGRAM.search(data)
    return image_size(path) != (None, None)


@lru_cache(maxsize=4096)
def image_size(path: Path) -> tuple[int | None, int | None]:
    """Return width and height in CSS pixels, (None, None) when they cannot be told."""
    if not path.is_file():
        return None, None
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    try:
        with warnings.catch_warnings():
            # Only the header is read: a picture of any size is measured at once.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # What Pillow raises for a file that is not the picture its name tells.
        return None, None


def _svg_size(path: Path) -> tuple[int | None, int | None]:
    found = _SVG_TAG.search(path.read_bytes())
    tag = found[0].decode("utf-8", "replace") if found else ""
    width = re.search(rf'\bwidth="{_NUMBER}"', tag)
    height = re.search(rf'\bheight="{_NUMBER}"', tag)
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.search(rf'\bviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+{_NUMBER}[\s,]{_NUMBER}"', tag)
    if box:
        return round(float(box[1])), round(float(box[2]))
    return None, None
