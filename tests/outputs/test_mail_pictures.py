"""Pictures become what every mail client shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.outputs.mail.mail_pictures import SHOWN_WIDTH, mail_format, mail_picture, shown_size

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">'
    '<path d="M0 0H60V60H0z" fill="#005454"/></svg>'
)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph with the metadata that a camera leaves, lying on its side."""
    path = tmp_path / "photo.jpg"
    image = Image.new("RGB", (3000, 1500), "#9d2e1c")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Appareil"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(path, exif=exif)
    return path


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_drawing_is_laid_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "dessin.svg"
    path.write_text(SVG, encoding="utf-8")
    image = opened(mail_picture(path))
    assert (image.format, image.size) == ("PNG", (2 * SHOWN_WIDTH, SHOWN_WIDTH))
    assert [image.convert("RGB").getpixel((x, 300)) for x in (10, 1100)] == [
        (0, 0x54, 0x54),
        (0xFC, 0xFA, 0xF6),
    ]
    assert shown_size(path) == (SHOWN_WIDTH, SHOWN_WIDTH // 2)


def test_photograph_is_made_smaller_upright_and_anonymous(picture: Path) -> None:
    image = opened(mail_picture(picture))
    assert (image.format, image.size) == ("JPEG", (1216, 2432))
    assert dict(image.getexif()) == {}
    assert "exif" not in image.info


@pytest.mark.parametrize(
    ("name", "ending", "form"),
    [("a.webp", ".png", "PNG"), ("a.png", ".png", "PNG"), ("a.jpeg", ".jpg", "JPEG")],
)
def test_format(tmp_path: Path, name: str, ending: str, form: str) -> None:
    path = tmp_path / name
    Image.new("RGB", (20, 10)).save(path)
    image = opened(mail_picture(path))
    assert (mail_format(path), image.format, image.size) == (ending, form, (20, 10))
    assert shown_size(path) == (20, 10)


def test_moving_picture_goes_on_moving(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("P", (4, 4), color) for color in (0, 1)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    assert mail_picture(path) == path.read_bytes()


def test_size_that_cannot_be_told(tmp_path: Path) -> None:
    assert shown_size(tmp_path / "absent.png") is None


def test_same_bytes_twice(picture: Path) -> None:
    assert mail_picture(picture) == mail_picture(picture)
