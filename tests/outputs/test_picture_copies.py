"""Which copies of a picture there are, and in which formats."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.content.pictures import StaticFile, measured
from plugins.outputs.mail.mail_pictures import mail_format
from plugins.outputs.picture_copies import Copy, light_copies, plain_copy, published_size
from plugins.outputs.pictures import PictureCache
from plugins.store import Store


def picture(suffix: str, weight: int = 9_000, *, clear: bool = False) -> StaticFile:
    return StaticFile(suffix, weight, 200, 100, is_animated=False, has_transparency=clear)


@pytest.mark.parametrize(
    ("file", "plain", "in_mail"),
    [
        (picture(".jpg"), None, ".jpg"),
        (picture(".png"), None, ".png"),
        (picture(".gif"), None, ".png"),
        # More than a byte per pixel: a scan, ten times heavier as PNG.
        (picture(".png", 20_001), "200.jpg", ".jpg"),
        (picture(".png", 20_001, clear=True), None, ".png"),
        (picture(".webp"), "200.jpg", ".jpg"),
        (picture(".avif", clear=True), "200.png", ".png"),
        (StaticFile(".gif", 9_000, 200, 100, is_animated=True), None, ".gif"),
        (StaticFile(".svg", 9_000, 200, 100), None, ".png"),
    ],
)
def test_format_that_every_program_shows(file: StaticFile, plain: str | None, in_mail: str) -> None:
    copy = plain_copy(f"/images/a{file.suffix}", file)
    folder = f"/tailles/images/a{file.suffix}"
    assert (copy.address if copy else None) == (f"{folder}/{plain}" if plain else None)
    assert mail_format(file) == in_mail


def test_copies_are_no_wider_than_the_picture() -> None:
    file = StaticFile(".jpg", 1, 900, 600, is_animated=False)
    assert light_copies("/images/a b.jpg?v=1", file)[:3] == (
        Copy("/tailles/images/a b.jpg/400.avif", "AVIF", 400, 267),
        Copy("/tailles/images/a b.jpg/800.avif", "AVIF", 800, 533),
        Copy("/tailles/images/a b.jpg/900.avif", "AVIF", 900, 600),
    )
    assert published_size(file) == (900, 600)
    assert published_size(StaticFile(".jpg", 1, 4001, 3000, is_animated=False)) == (1600, 1200)


@pytest.mark.parametrize(
    "file",
    [
        StaticFile(".svg", 1, 4000, 3000),
        StaticFile(".gif", 1, 4000, 3000, is_animated=True),
        StaticFile(".jpg"),
    ],
)
def test_drawings_and_animations_are_shown_as_they_are(file: StaticFile) -> None:
    assert light_copies("/images/a", file) == ()
    assert plain_copy("/images/a", file) is None
    assert published_size(file) == (file.width, file.height)


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [
        ("1", ".png"),
        ("L", ".png"),
        ("LA", ".png"),
        ("P", ".gif"),
        ("RGBA", ".png"),
        ("I;16", ".png"),
        ("CMYK", ".jpg"),
    ],
)
def test_pictures_of_every_kind_have_copies(tmp_path: Path, mode: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    Image.new(mode, (900, 600)).save(path)
    cache = PictureCache(Store(tmp_path / ".cache"))
    for copy in light_copies("/images/a", measured(path)):
        with Image.open(io.BytesIO(cache.copy(path, copy))) as image:
            assert (image.format, image.size) == (copy.form, (copy.width, copy.height))


def test_copies_are_the_same_bytes_twice_and_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((900, 600), 60).save(path)
    copies = light_copies("/images/a.jpg", measured(path))
    kept, other = (PictureCache(Store(tmp_path / name)) for name in ("kept", "other"))
    first = [kept.copy(path, copy) for copy in copies]
    assert [other.copy(path, copy) for copy in reversed(copies)] == first[::-1]
    monkeypatch.setattr("plugins.outputs.pictures.encoded", None)
    assert [kept.copy(path, copy) for copy in copies] == first
