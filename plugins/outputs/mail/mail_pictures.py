"""Pictures that every mail client shows: PNG, JPEG or GIF, no larger than a screen asks for."""

import io
from pathlib import Path

import resvg_py
from PIL import Image

from plugins.content.pictures import StaticFile, is_drawing, is_picture, measured, objection, opened
from plugins.outputs.picture_copies import ENDINGS, plain_format
from plugins.outputs.pictures import decoded, moving

SHOWN_WIDTH = 608
"""The width of the letter's column, in CSS pixels."""
_DENSITY = 2
_PIXELS = _DENSITY * SHOWN_WIDTH
_PAPER = "#fcfaf6"
_JPEG_QUALITY = 82
MADE_NAME = f"courriel {_PIXELS} {_PAPER} {_JPEG_QUALITY}"
"""What tells a photograph for mails from others made of the same file."""
# What the fonts of the letter are called, for the families that a drawing asks for.
_SERIF, _SANS, _DISPLAY = "Passerelle Text", "Passerelle Sans", "Passerelle Display"

MEDIA_TYPES = {".gif": "image/gif", ".jpg": "image/jpeg", ".png": "image/png"}
"""Media types (RFC 2046), by the endings that `mail_format` returns."""


def mail_format(file: StaticFile) -> str:
    """Return the ending of the format in which a mail shows a picture: `.jpg`, `.gif` or `.png`.

    Animations are GIF, other pictures as in `plain_format`. A file that cannot be read is judged by
    its name.
    """
    if file.suffix == ".gif" and file.is_animated:
        return ".gif"
    return ENDINGS[plain_format(file)]


def mail_picture(path: Path, fonts: tuple[Path, ...]) -> bytes:
    """Convert a picture for a mail, without the metadata of the camera.

    Transparency becomes the letter's paper, so that a dark mailbox shows the picture too. Words of
    a drawing are in `fonts`, those of the letter, never in a font of the machine. Raises ValueError
    when the file is no picture.
    """
    if is_drawing(path):
        return _drawn(path, fonts)
    if said := objection(path):
        message = f"{path.name} {said}"
        raise ValueError(message)
    ending = mail_format(measured(path))
    if ending == ".gif":
        with opened(path) as image:
            return moving(image, "GIF")
    image = _on_paper(decoded(path, _PIXELS))
    if ending == ".jpg":
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return out.getvalue()
    return _png(image)


def shown_size(file: StaticFile) -> tuple[int, int] | None:
    """Return the width and height at which a mail shows a picture, None if unknown.

    In CSS pixels; never larger than the picture itself.
    """
    width, height = file.width, file.height
    if not width or not height:
        return None
    if width <= SHOWN_WIDTH:
        return width, height
    return SHOWN_WIDTH, max(1, round(height * SHOWN_WIDTH / width))


def _drawn(path: Path, fonts: tuple[Path, ...]) -> bytes:
    """Draw an SVG as PNG. Raises ValueError when it would read another file."""
    if not is_picture(path):
        message = f"{path} is no drawing that stands alone"
        raise ValueError(message)
    width, _ = shown_size(measured(path)) or (SHOWN_WIDTH, 0)
    drawn = resvg_py.svg_to_bytes(
        svg_string=path.read_text(encoding="utf-8"),
        width=_DENSITY * width,
        background=_PAPER,
        skip_system_fonts=True,
        font_files=[str(font) for font in fonts],
        font_family=_SANS,
        serif_family=_SERIF,
        sans_serif_family=_SANS,
        cursive_family=_SERIF,
        fantasy_family=_DISPLAY,
        monospace_family=_SANS,
    )
    return _png(Image.open(io.BytesIO(bytes(drawn))).convert("RGB"))


def _on_paper(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    paper = Image.new("RGBA", image.size, _PAPER)
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    mode = image.mode if image.mode in {"1", "L", "P", "RGB"} else "RGB"
    image.convert(mode).save(out, "PNG", optimize=True)
    return out.getvalue()
