"""The size of an image file, so that a page leaves it its room before it arrives."""

import re
import warnings
from functools import lru_cache
from pathlib import Path

from PIL import Image

_SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_NUMBER = r"\s*(\d+(?:\.\d+)?)(?:px)?\s*"


def is_picture(path: Path) -> bool:
    """Tell whether a file holds the picture that its name tells; any SVG is taken for one."""
    return path.suffix.lower() == ".svg" or image_size(path) != (None, None)


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
