"""Pictures as a PDF can show them."""

import io

from PIL import Image, ImageChops

_PNG = b"\x89PNG"
# Grey in 16 bits, as Pillow names it whatever the order of its bytes.
_DEEP_GREY = "I;16"


def shown(data: bytes) -> bytes:
    """Return a picture in 8 bits at most, transparent where it was.

    WeasyPrint knows no grey in 16 bits, which PNG alone has. What is no picture stays as it is.
    """
    if not data.startswith(_PNG):
        return data
    try:
        picture = Image.open(io.BytesIO(data))
    except (OSError, Image.DecompressionBombError):
        return data
    if not picture.mode.startswith(_DEEP_GREY):
        return data
    try:
        pixels = picture.tobytes("raw", f"{_DEEP_GREY}B")
    except (OSError, SyntaxError):
        return data  # WeasyPrint cannot read it either, and says so
    high, low = (Image.frombytes("L", picture.size, pixels[first::2]) for first in (0, 1))
    clear = picture.info.get("transparency")
    if isinstance(clear, int):
        kept = ImageChops.lighter(_other_than(high, clear >> 8), _other_than(low, clear & 0xFF))
        high = Image.merge("LA", (high, kept))
    buffer = io.BytesIO()
    high.save(buffer, "PNG")
    return buffer.getvalue()


def _other_than(picture: Image.Image, grey: int) -> Image.Image:
    """Return 0 where a picture has that grey, 255 elsewhere."""
    return picture.point([0 if value == grey else 255 for value in range(256)])
