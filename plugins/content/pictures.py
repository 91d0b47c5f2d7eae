"""Static files of the content folder: their weight; which are pictures, and their sizes."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import IO, TypeVar

from PIL import ExifTags, Image, ImageSequence

from plugins.content.drawings import drawing_objection, drawing_size, read_drawing

LONGEST_SIDE = 10_000
MOST_PIXELS = 50_000_000
"""Those of the largest telephones' photographs; of an animation, those of all its pictures.

Decoded, they take 200 MB of memory.
"""
PHOTOGRAPH_FORMATS = {
    ".avif": "AVIF",
    ".gif": "GIF",
    ".jpeg": "JPEG",
    ".jpg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
}
"""The formats that the site publishes, as Pillow names them, by suffix in small letters."""
_ENDINGS = {form: suffix for suffix, form in PHOTOGRAPH_FORMATS.items()}
# Where Pillow puts a photograph's XMP, by its format.
_XMP = ("xmp", "XML:com.adobe.xmp")
_LATITUDE = b"GPSLatitude"
_QUARTER_TURNS = {5, 6, 7, 8}  # EXIF, Orientation
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)
"""Pillow raises any of these for a file that is not a picture."""
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_TOO_LARGE = "Réduisez-la : 10\u202f000\u00a0pixels de côté au plus, et 50\u00a0millions en tout."


T = TypeVar("T")


def remembered(function: Callable[[Path], T]) -> Callable[[Path], T]:
    """Make a function of a file keep its results, each until the file's time or size changes."""

    @lru_cache(maxsize=4096)
    def kept(path: Path, version: tuple[int, int] | None) -> T:  # noqa: ARG001 - part of the key
        return function(path)

    @wraps(function)
    def result(path: Path) -> T:
        return kept(path, _version(path))

    return result


def _version(path: Path) -> tuple[int, int] | None:
    """Return the time of a file's last change, in nanoseconds, and its size; None if absent."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it lies in the content folder: its weight in bytes and, of a picture, its size.

    `suffix` is in small letters. Width and height are in CSS pixels, None when unknown.
    `is_animated` and `has_transparency` are True as well for a file that Pillow cannot read.
    """

    suffix: str
    weight: int = 0
    width: int | None = None
    height: int | None = None
    is_animated: bool = True
    has_transparency: bool = True

    @property
    def is_still(self) -> bool:
        """True for a photograph or any other picture of pixels that does not move."""
        return bool(self.width and self.height) and not self.is_animated


@remembered
def measured(path: Path) -> StaticFile:
    """Return the facts about a file that views show; a missing file has only a suffix."""
    suffix = path.suffix.lower()
    if not path.is_file():
        return StaticFile(suffix)
    is_animated, has_transparency = _qualities(path)
    size = image_size(path)
    return StaticFile(suffix, path.stat().st_size, *size, is_animated, has_transparency)


def _qualities(path: Path) -> tuple[bool, bool]:
    """Return whether a picture is animated and has transparency."""
    try:
        with opened(path) as image:
            return frames_of(image) > 1, image.has_transparency_data
    except UNREADABLE:
        return True, True


@contextmanager
def opened(path: Path | IO[bytes]) -> Iterator[Image.Image]:
    """Open a photograph, of the formats that the site publishes alone; nothing is decoded yet.

    Raises one of `UNREADABLE`.
    """
    with warnings.catch_warnings():
        # Our own limit is lower, and tells the editor.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        # Damaged metadata: they are not published.
        warnings.simplefilter("ignore", UserWarning)
        with Image.open(path, formats=sorted(set(PHOTOGRAPH_FORMATS.values()))) as image:
            yield image


def is_picture(path: Path) -> bool:
    """Return True when a file is a valid picture, which may be published."""
    return objection(path) is None


@remembered
def objection(path: Path) -> str | None:
    """Return in French why a picture cannot be published, and the remedy; None for a sound one.

    The sentence follows the name of the file. A photograph is decoded to its end, once its header
    has told that it is not too large.
    """
    if is_drawing(path):
        return drawing_objection(path)
    try:
        with opened(path) as image:
            return _misnamed(path, image) or _too_large(image) or _damaged(image)
    except Image.DecompressionBombError:
        return f"est trop grande. {_TOO_LARGE}"
    except UNREADABLE:
        return _UNREADABLE_HEIC if _is_heif(path) else _NO_PICTURE


_NO_PICTURE = "n’est pas une image lisible. Enregistrez-la de nouveau."
_UNREADABLE_HEIC = (
    "est une photographie HEIC, que les navigateurs ne montrent pas. "
    "Exportez-la en JPEG : changer la fin du nom ne suffit pas."
)
_DAMAGED = "est incomplète ou abîmée. Copiez-la de nouveau depuis l’original."


def _misnamed(path: Path, image: Image.Image) -> str | None:
    # Telephones add a second picture to some JPEGs (« MPO »): browsers show the first.
    form = "JPEG" if image.format == "MPO" else str(image.format)
    if form == PHOTOGRAPH_FORMATS.get(path.suffix.lower()):
        return None
    return f"est une image {form}, malgré son nom. Renommez-la avec la fin « {_ENDINGS[form]} »."


def _too_large(image: Image.Image) -> str | None:
    width, height = image.size
    pixels = width * height * frames_of(image)
    if max(width, height) <= LONGEST_SIDE and pixels <= MOST_PIXELS:
        return None
    if width * height < pixels:
        return (
            f"est une animation trop lourde : {frames_of(image)} images de "
            f"{width} × {height} pixels. Raccourcissez-la ou réduisez-la."
        )
    return f"est trop grande : {width} × {height} pixels. {_TOO_LARGE}"


def frames_of(image: Image.Image) -> int:
    """Return the number of pictures of an animation, 1 for a still picture."""
    return 1 if image.format == "MPO" else int(getattr(image, "n_frames", 1))


def _damaged(image: Image.Image) -> str | None:
    try:
        if frames_of(image) > 1:
            for frame in ImageSequence.Iterator(image):
                frame.load()
        else:
            # Every byte of a JPEG is read, and an eighth of each side decoded.
            image.draft(image.mode, (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
    except UNREADABLE:
        return _DAMAGED
    return None


def _is_heif(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except OSError:
        return False
    return start[4:8] == b"ftyp" and start[8:] in _HEIF_BRANDS


def is_picture_name(file: str) -> bool:
    """Return True for a file name with the suffix of a picture, whatever its letters' case."""
    return file.lower().endswith((".svg", *PHOTOGRAPH_FORMATS))


def is_drawing(path: Path) -> bool:
    """Return True for a file name in `.svg`, a drawing of any size."""
    return path.suffix.lower() == ".svg"


@remembered
def image_size(path: Path) -> tuple[int | None, int | None]:
    """Return the width and height of a picture as shown, in CSS pixels.

    Both are None for a missing file, a file that is not a picture, or a drawing without size.
    """
    if not path.is_file():
        return None, None
    if is_drawing(path):
        root = read_drawing(path)
        return (None, None) if root is None else drawing_size(root) or (None, None)
    try:
        with opened(path) as image:
            return image.size[::-1] if _lies_on_its_side(image) else image.size
    except UNREADABLE:
        return None, None


def _lies_on_its_side(image: Image.Image) -> bool:
    return _exif(image).get(ExifTags.Base.Orientation) in _QUARTER_TURNS


def _exif(image: Image.Image) -> Image.Exif:
    # Without this line, Pillow would decode a whole PNG to look for it.
    is_bare = image.format == "PNG" and "exif" not in image.info
    return Image.Exif() if is_bare else image.getexif()


@remembered
def holds_position(path: Path) -> bool:
    """Return True for a photograph in which the place where it was taken is written (GPS)."""
    if path.suffix.lower() not in PHOTOGRAPH_FORMATS:
        return False
    try:
        return states_position(path)
    except UNREADABLE:
        return False


def states_position(photograph: Path | IO[bytes]) -> bool:
    """Return True when a photograph has a position in its EXIF or its XMP.

    Raises one of `UNREADABLE`.
    """
    with opened(photograph) as image:
        notes = (image.info.get(key) for key in _XMP)
        texts = [note.encode() if isinstance(note, str) else note for note in notes if note]
        position = _exif(image).get_ifd(ExifTags.IFD.GPSInfo)
        return ExifTags.GPS.GPSLatitude in position or any(_LATITUDE in text for text in texts)
