"""Pictures that every mail client shows: PNG, JPEG or GIF, no larger than a screen asks for."""

import io
from pathlib import Path, PurePath

import resvg_py
from PIL import Image, ImageOps

from plugins.core.image_size import image_size

SHOWN_WIDTH = 608
"""The width of the letter's column, in CSS pixels."""
_PIXELS = 2 * SHOWN_WIDTH
_PAPER = "#fcfaf6"
_JPEG_QUALITY = 82


def mail_format(path: PurePath) -> str:
    """Return the ending of the picture that a mail shows of a file: drawings become PNG."""
    match path.suffix.lower():
        case ".jpg" | ".jpeg":
            return ".jpg"
        case ".gif":
            return ".gif"
        case _:
            return ".png"


def mail_picture(path: Path) -> bytes:
    """Return the picture of a file for a mail, without the metadata that a camera leaves.

    A drawing (SVG) is laid on the letter's paper, so that it is read in a dark mailbox too.
    """
    if path.suffix.lower() == ".svg":
        drawn = resvg_py.svg_to_bytes(svg_path=str(path), width=_PIXELS, background=_PAPER)
        return _png(Image.open(io.BytesIO(bytes(drawn))).convert("RGB"))
    if path.suffix.lower() == ".gif":
        return path.read_bytes()  # it may move: Pillow would keep one picture of it
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened)
    if image.width > _PIXELS:
        image = image.resize((_PIXELS, round(image.height * _PIXELS / image.width)))
    if mail_format(path) == ".jpg":
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return out.getvalue()
    return _png(image)


def shown_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height, in CSS pixels, at which a mail shows a file, None if unknown."""
    width, height = image_size(path)
    if not width or not height:
        return None
    if path.suffix.lower() != ".svg" and width <= SHOWN_WIDTH:
        return width, height
    return SHOWN_WIDTH, max(1, round(height * SHOWN_WIDTH / width))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    mode = image.mode if image.mode in {"1", "L", "P", "RGB", "RGBA"} else "RGB"
    image.convert(mode).save(out, "PNG", optimize=True)
    return out.getvalue()
