"""Photographs as they go online: made by us, without what the camera or an editor wrote in them."""

import hashlib
import io
from collections.abc import Callable
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps, ImageSequence

from plugins.content.drawings import without_notes
from plugins.content.pictures import (
    PHOTOGRAPH_FORMATS,
    UNREADABLE,
    frames_of,
    image_size,
    is_drawing,
    objection,
    opened,
    remembered,
)
from plugins.outputs.picture_copies import LIGHT_FORMATS, WIDEST, Copy, fitted
from plugins.store import Store, key_of

# Chosen by measure (docs/decisions.md, « Qualities »). AVIF is made in one piece, by one thread: it
# would depend on the number of processors.
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "AVIF": {"quality": 55, "speed": 7, "max_threads": 1, "autotiling": False},
    "GIF": {"optimize": True},
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 76, "method": 4},
}
_SRGB = ImageCms.createProfile("sRGB")
_KEPT_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
_TWO_BYTES = range(0x10000)


class PictureCache:
    """Published photographs in a store, each made once."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store

    def published(self, path: Path) -> bytes:
        """Return the bytes of a file as it goes online.

        A photograph is made anew, a drawing loses the notes of its program; of a picture at fault,
        which the checks told, there is nothing. Any other file is returned unchanged.
        """
        if is_drawing(path):
            return b"" if objection(path) else without_notes(path)
        if path.suffix.lower() not in PHOTOGRAPH_FORMATS:
            return path.read_bytes()
        return self.made(path, "", lambda: published_photograph(path))

    def copy(self, path: Path, copy: Copy) -> bytes:
        """Return the bytes of a copy of a still picture; nothing of a picture at fault."""
        name = f"{copy.form} {copy.width} {copy.height} {copy.focus}"
        return self.made(path, name, lambda: copied(path, copy))

    def made(self, path: Path, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what is made of a photograph, once; nothing of one at fault.

        `name` tells it from all else that is made of the photograph, with the options of its own.
        """
        key = key_of("picture", name, path.suffix.lower(), _digest(path))
        if (kept := self._store.get(key)) is not None:
            return kept
        if objection(path):
            return b""
        made = make()
        self._store.put(key, made)
        return made


@remembered
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copied(path: Path, copy: Copy) -> bytes:
    """Make a copy of a still picture, upright, in sRGB, without metadata.

    Raises one of `UNREADABLE` when the file is no picture.
    """
    size = copy.width, copy.height
    if copy.focus:
        return encoded(_cut(path, size, copy.focus), copy.form)
    image = _base(path, path.stat().st_mtime_ns)
    return encoded(image if image.size == size else _in_tones(image).resize(size), copy.form)


def _cut(path: Path, size: tuple[int, int], focus: tuple[int, int]) -> Image.Image:
    """Return a picture that fills a size, no more cut than needed, around its focal point."""
    width, height = image_size(path)
    assert width
    assert height
    image = decoded(path, max(size[0], ceil(size[1] * width / height)))
    centering = focus[0] / 100, focus[1] / 100
    return ImageOps.fit(_in_tones(image), size, Image.Resampling.BICUBIC, centering=centering)


@lru_cache(maxsize=1)
def _base(path: Path, _changed: int) -> Image.Image:
    """Return a decoded picture in its greatest width: the copies of one are made in a row."""
    return decoded(path, WIDEST)


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
    if form in LIGHT_FORMATS:
        image = _in_tones(image)
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
        # Where the size was not turned, the pixels are not: other metadata may say an orientation.
        upright = ImageOps.exif_transpose(image) if exif else image.copy()
        bare = _without_metadata(_in_srgb(_in_eight_bits(upright), profile))
    if bare.size == size:
        return bare
    return _in_tones(bare).resize(size)


def _in_tones(image: Image.Image) -> Image.Image:
    """Return a picture that can hold any colour between two of its own."""
    if image.mode not in {"1", "P"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


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
