"""The size of an image file, so that a page leaves it its room before it arrives."""

import warnings
from functools import lru_cache
from pathlib import Path

from PIL import ExifTags, Image

from plugins.core.drawing import natural_size, proportions, read_drawing, stands_alone

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
        size = None if root is None else natural_size(root) or proportions(root)
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


@lru_cache(maxsize=4096)
def has_natural_size(path: Path) -> bool:
    """Tell whether an image asks for a size: a drawing that has but proportions fills its room."""
    if not is_drawing(path):
        return True
    root = read_drawing(path)
    return root is not None and natural_size(root) is not None


def _lies_on_its_side(image: Image.Image) -> bool:
    # Pillow would decode the whole of a PNG to look for what its header does not tell.
    if image.format == "PNG" and "exif" not in image.info:
        return False
    return image.getexif().get(ExifTags.Base.Orientation) in _QUARTER_TURNS
