"""The size of an image file, so that a page leaves it its room before it arrives."""

import warnings
from functools import lru_cache
from pathlib import Path

from PIL import ExifTags, Image

from plugins.content.drawings import natural_size, proportions, read_drawing, stands_alone

# Wider than any column of text, in CSS pixels.
_WIDEST = 1200
_QUARTER_TURNS = {5, 6, 7, 8}  # EXIF, Orientation


@lru_cache(maxsize=4096)
def is_picture(path: Path) -> bool:
    """Tell whether a file holds what its name tells: a picture, or a drawing of its own alone."""
    if is_drawing(path):
        root = read_drawing(path)
        return root is not None and stands_alone(root)
    return image_size(path) != (None, None)


def is_drawing(path: Path) -> bool:
    """Tell whether a file is named as a drawing, which any size suits."""
    return path.suffix.lower() == ".svg"


@lru_cache(maxsize=4096)
def image_size(path: Path) -> tuple[int | None, int | None]:
    """Return width and height in CSS pixels as shown, (None, None) when they cannot be told."""
    if not path.is_file():
        return None, None
    if is_drawing(path):
        root = read_drawing(path)
        size = None if root is None else natural_size(root) or _filling(proportions(root))
        return size or (None, None)
    try:
        with warnings.catch_warnings():
            # Only the header is read: a picture of any size is measured at once.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return image.size[::-1] if _lies_on_its_side(image) else image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # What Pillow raises for a file that is not the picture its name tells.
        return None, None


def _filling(size: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the size of a drawing that has but proportions: it fills any column."""
    if size is None:
        return None
    return _WIDEST, max(1, round(size[1] * _WIDEST / size[0]))


def _lies_on_its_side(image: Image.Image) -> bool:
    # Pillow would decode the whole of a PNG to look for what its header does not tell.
    if image.format == "PNG" and "exif" not in image.info:
        return False
    return image.getexif().get(ExifTags.Base.Orientation) in _QUARTER_TURNS
