"""The copies of a photograph that the site publishes: their formats, sizes and addresses."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from plugins.content.pictures import PHOTOGRAPH_FORMATS, StaticFile

FOLDER = "tailles"
"""The folder of the copies; no file of the contents can have the address of one unseen."""
WIDTHS = (400, 800, 1200)
WIDEST = 1600
"""The greatest width of a published photograph, in pixels: a column of text on a dense screen."""
_FEED_WIDTH = 1200
_SHARED_SIZE = 1200, 630
"""What social networks advise (Open Graph)."""
LIGHT_FORMATS = ("AVIF", "WEBP")
"""The formats of pages, the lightest first; those who know neither are given a plain one."""
ENDINGS = {"AVIF": ".avif", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""Those of published pictures, by suffix in small letters."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a photograph; `form` is its format as Pillow names it, its size is in pixels.

    `focus` is the point that stays of a copy that is cut: percentages from left and top.
    """

    address: str
    form: str
    width: int
    height: int
    focus: tuple[int, int] | None = None


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


def plain_copy(address: str, file: StaticFile, width: int = WIDEST) -> Copy | None:
    """Return the copy, at most so wide, that every program shows.

    None when that is the published file itself.
    """
    if not file.is_still:
        return None
    is_plain = PHOTOGRAPH_FORMATS.get(file.suffix) in {plain_format(file), "GIF"}
    if is_plain and min(file.width or 0, WIDEST) <= width:
        return None
    return _copy(address, file, plain_format(file), width)


def feed_copy(address: str, file: StaticFile) -> Copy | None:
    """Return the one copy that feeds show; None when that is the published file itself."""
    return plain_copy(address, file, _FEED_WIDTH)


def shared_copy(address: str, file: StaticFile, focus: tuple[int, int] | None) -> Copy | None:
    """Return the copy that social networks show, cut to their shape around a focal point.

    None of a drawing, of an animation or of a picture with transparency, such as a logo.
    """
    if not file.is_still or file.has_transparency or not file.width or not file.height:
        return None
    wide, high = _SHARED_SIZE
    width = min(wide, file.width, max(1, file.height * wide // high))
    height = max(1, round(width * high / wide))
    mark = "" if focus is None else f"-{focus[0]}-{focus[1]}"
    name = f"{_folder(address)}/partage{mark}.jpg"
    return Copy(name, "JPEG", width, height, focus or (50, 50))


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
    return Copy(f"{_folder(address)}/{width}{ENDINGS[form]}", form, width, height)


def _folder(address: str) -> str:
    # With the whole name: a.png and a.jpg of one folder are two pictures.
    return f"/{FOLDER}{unquote(urlsplit(address).path)}"
