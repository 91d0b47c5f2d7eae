"""Photographs as they go online: made by us, without what the camera or an editor wrote in them."""

import hashlib
import io
from pathlib import Path
from typing import Any, Final

import PIL
from PIL import Image, ImageCms, ImageOps, ImageSequence

from plugins.content.drawings import without_notes
from plugins.content.pictures import (
    PHOTOGRAPH_FORMATS,
    UNREADABLE,
    StaticFile,
    frames_of,
    is_drawing,
    objection,
    opened,
)
from plugins.outputs.cache import FileCache

WIDEST = 1600
"""The greatest width of a published photograph, in pixels: a column of text on a dense screen."""
# Usual qualities of the web for photographs; not measured yet on ours.
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "AVIF": {"quality": 60, "speed": 6},
    "GIF": {"optimize": True},
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 78, "method": 4},
}
_SRGB = ImageCms.createProfile("sRGB")
_KEPT_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
_TWO_BYTES = range(0x10000)


def published_size(file: StaticFile) -> tuple[int | None, int | None]:
    """Return the width and height of a picture as it goes online, None when unknown."""
    if not file.width or not file.height or file.is_animated:
        return file.width, file.height
    return fitted((file.width, file.height), WIDEST)


def fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """Return the size of a picture in a width; never larger than the picture itself."""
    if size[0] <= width:
        return size
    return width, max(1, round(size[1] * width / size[0]))


class PictureCache(FileCache):
    """Published photographs of one folder, each made once."""

    def published(self, path: Path) -> bytes:
        """Return the bytes of a file as it goes online.

        A photograph is made anew, a drawing loses the notes of its program; of a picture at fault,
        which the checks told, there is nothing. Any other file is returned unchanged.
        """
        suffix = path.suffix.lower()
        is_photograph = suffix in PHOTOGRAPH_FORMATS
        if not is_photograph and not is_drawing(path):
            return path.read_bytes()
        data = path.read_bytes()
        key = hashlib.sha256(f"{PIL.__version__} {WIDEST} {_OPTIONS} {suffix} ".encode() + data)
        if is_photograph and (kept := self.get(key.hexdigest())) is not None:
            return kept
        if objection(path):
            return b""
        if not is_photograph:
            return without_notes(path)
        made = published_photograph(path)
        self.put(key.hexdigest(), made)
        return made


def published_photograph(path: Path) -> bytes:
    """Make a photograph for the web in its own format, upright, in sRGB, without metadata.

    Raises one of `UNREADABLE` when the file is no picture.
    """
    form = PHOTOGRAPH_FORMATS[path.suffix.lower()]
    with opened(path) as image:
        if frames_of(image) > 1:
            return moving(image, form)
    return encoded(decoded(path, WIDEST), form)


def encoded(image: Image.Image, form: str) -> bytes:
    """Encode a decoded picture in a format, as Pillow names it."""
    out = io.BytesIO()
    if form == "JPEG" and image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    image.save(out, form, **_OPTIONS[form])
    return out.getvalue()


def decoded(path: Path, width: int) -> Image.Image:
    """Return a picture upright, in sRGB at 8 bits per channel, without metadata.

    It is made smaller when wider than `width` pixels, never larger.
    """
    with opened(path) as image:
        exif = image.getexif() if image.format != "PNG" or "exif" in image.info else {}
        is_lying = exif.get(0x0112) in {5, 6, 7, 8}
        size = fitted(image.size[::-1] if is_lying else image.size, width)
        # A JPEG is decoded at no more than twice the size that is needed.
        image.draft(image.mode, size[::-1] if is_lying else size)
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        bare = _without_metadata(_in_srgb(_in_eight_bits(upright), profile))
    if bare.size == size:
        return bare
    if bare.mode in {"1", "P"}:
        # Else no colour between two would be made.
        bare = bare.convert("RGBA" if bare.has_transparency_data else "RGB")
    return bare.resize(size)


def moving(image: Image.Image, form: str) -> bytes:
    """Encode an animation in its own format, without metadata."""
    frames, durations = [], []
    loop = {"loop": image.info["loop"]} if "loop" in image.info else {}
    for frame in ImageSequence.Iterator(image):
        durations.append(frame.info.get("duration", 0))
        frames.append(_without_metadata(frame.copy()))
    out = io.BytesIO()
    rest = frames[1:]
    frames[0].save(out, form, save_all=True, append_images=rest, duration=durations, **loop)
    return out.getvalue()


def _without_metadata(image: Image.Image) -> Image.Image:
    """Return a picture with its pixels alone: formats write what is left in `info`."""
    if image.mode not in {"P", "RGBA", "LA"} and image.has_transparency_data:
        image = image.convert("RGBA")
    transparency = image.info.get("transparency") if image.mode == "P" else None
    image.info = {} if transparency is None else {"transparency": transparency}
    return image if image.mode in _KEPT_MODES else image.convert("RGB")


def _in_eight_bits(image: Image.Image) -> Image.Image:
    if not image.mode.startswith("I"):
        return image
    deep = image.convert("I")
    grey = deep.point([value >> 8 for value in _TWO_BYTES], "L")
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        grey.putalpha(deep.point([255 * (value != clear) for value in _TWO_BYTES], "L"))
    return grey


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in sRGB, that of browsers; a profile that cannot be read is left out."""
    if not profile or image.mode in {"1", "L", "LA"}:
        return image
    if image.mode == "P":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode) or image
    except (*UNREADABLE, ImageCms.PyCMSError):
        return image
