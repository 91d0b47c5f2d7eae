"""The copies of a photograph that the site publishes: their formats, sizes and addresses."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from plugins.content.pictures import PHOTOGRAPH_FORMATS, StaticFile

FOLDER = "tailles"
"""The folder of the copies; no file of the contents can have the address of one unseen."""
WIDTHS = (400, 800, 1200)
WIDEST = 1600
"""The greatest width of a published photograph, in pixels: a column of text on a dense screen."""
LIGHT_FORMATS = ("AVIF", "WEBP")
"""The formats of pages, the lightest first; those who know neither are given a plain one."""
ENDINGS = {"AVIF": ".avif", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a photograph; `form` is its format as Pillow names it, its size is in pixels."""

    address: str
    form: str
    width: int
    height: int


def light_copies(address: str, file: StaticFile) -> tuple[Copy, ...]:
    """Return the copies for pages of the picture at an address: each light format, narrow first.

    There is none of a drawing, of an animation or of a picture that cannot be read. None is wider
    than the picture itself.
    """
    if not file.is_still or not file.width:
        return ()
    widest = min(file.width, WIDEST)
    widths = (*(width for width in WIDTHS if width < widest), widest)
    return tuple(_copy(address, file, form, width) for form in LIGHT_FORMATS for width in widths)


def plain_copy(address: str, file: StaticFile) -> Copy | None:
    """Return the copy that every program shows; None when that is the published file itself."""
    if not file.is_still or PHOTOGRAPH_FORMATS.get(file.suffix) in {plain_format(file), "GIF"}:
        return None
    return _copy(address, file, plain_format(file), WIDEST)


def plain_format(file: StaticFile) -> str:
    """Return the format in which every program shows a still picture: `JPEG` or `PNG`.

    Photographs are JPEG; drawings, and pictures with transparency, PNG. A PNG of more than one byte
    per pixel is a photograph or a scan: as JPEG it is several times lighter.
    """
    if file.suffix in {".jpg", ".jpeg"}:
        return "JPEG"
    if file.has_transparency:
        return "PNG"
    is_flat = file.weight <= (file.width or 0) * (file.height or 0)
    return "PNG" if file.suffix in {".gif", ".png"} and is_flat else "JPEG"


def published_size(file: StaticFile) -> tuple[int | None, int | None]:
    """Return the width and height of a picture as it goes online, None when unknown."""
    if not file.width or not file.height or not file.is_still:
        return file.width, file.height
    return fitted((file.width, file.height), WIDEST)


def fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """Return the size of a picture in a width; never larger than the picture itself."""
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


def _copy(address: str, file: StaticFile, form: str, width: int) -> Copy:
    width, height = fitted((file.width or 1, file.height or 1), width)
    # With the whole name: a.png and a.jpg of one folder are two pictures.
    path = unquote(urlsplit(address).path)
    return Copy(f"/{FOLDER}{path}/{width}{ENDINGS[form]}", form, width, height)
