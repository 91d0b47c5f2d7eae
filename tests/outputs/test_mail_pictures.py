"""Pictures become what every mail client shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.content.pictures import measured
from plugins.outputs.mail.mail_pictures import SHOWN_WIDTH, mail_format, mail_picture, shown_size

FONTS = tuple(sorted((Path(__file__).parents[2] / "theme" / "print" / "fonts").glob("*.ttf")))
PAPER = (0xFC, 0xFA, 0xF6)
INK = (5, 33, 38)
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
    image = opened(mail_picture(path, FONTS))
    assert (image.format, image.size) == ("PNG", (2 * SHOWN_WIDTH, SHOWN_WIDTH))
    assert [image.convert("RGB").getpixel((x, 300)) for x in (10, 1100)] == [
        (0, 0x54, 0x54),
        PAPER,
    ]
    assert shown_size(measured(path)) == (SHOWN_WIDTH, SHOWN_WIDTH // 2)


def test_photograph_is_made_smaller_upright_and_anonymous(picture: Path) -> None:
    image = opened(mail_picture(picture, FONTS))
    assert (image.format, image.size) == ("JPEG", (1216, 2432))
    assert dict(image.getexif()) == {}
    assert "exif" not in image.info


@pytest.mark.parametrize(
    ("name", "ending", "form"),
    [
        ("a.webp", ".jpg", "JPEG"),
        ("a.avif", ".jpg", "JPEG"),
        ("a.png", ".png", "PNG"),
        ("a.gif", ".png", "PNG"),
        ("a.jpeg", ".jpg", "JPEG"),
    ],
)
def test_format(tmp_path: Path, name: str, ending: str, form: str) -> None:
    path = tmp_path / name
    Image.new("RGB", (20, 10)).save(path)
    image = opened(mail_picture(path, FONTS))
    assert (mail_format(measured(path)), image.format, image.size) == (ending, form, (20, 10))
    assert shown_size(measured(path)) == (20, 10)


def test_moving_picture_goes_on_moving(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("RGB", (4, 4), color) for color in ("#000000", "#ffffff")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, comment=b"Nom")
    moving = opened(mail_picture(path, FONTS))
    assert (moving.format, getattr(moving, "n_frames", 1)) == ("GIF", 2)
    assert (moving.info["duration"], "comment" in moving.info) == (100, False)


def test_photograph_lying_on_its_side_is_shown_as_it_is_made(picture: Path) -> None:
    assert shown_size(measured(picture)) == (SHOWN_WIDTH, 2 * SHOWN_WIDTH)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="24" height="24"', (24, 24)),
        ('width="1216" height="608" viewBox="0 0 2 1"', (SHOWN_WIDTH, SHOWN_WIDTH // 2)),
        ('viewBox="0 0 24 24"', (SHOWN_WIDTH, SHOWN_WIDTH)),
    ],
)
def test_drawing_is_not_shown_larger_than_it_asks(
    tmp_path: Path, head: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>', encoding="utf-8")
    assert shown_size(measured(path)) == size
    assert opened(mail_picture(path, FONTS)).size == (2 * size[0], 2 * size[1])


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *((f"a.{ending}", "RGBA") for ending in ("png", "webp", "avif", "gif")),
        ("a.png", "LA"),
        ("a.png", "P"),
    ],
)
def test_what_lets_see_through_is_laid_on_paper(tmp_path: Path, name: str, mode: str) -> None:
    """Else its dark ink would be black on black in a dark mailbox."""
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*INK, 255), (0, 0, 20, 40))
    image.convert(mode).save(tmp_path / name, quality=100)
    shown = opened(mail_picture(tmp_path / name, FONTS))
    assert (shown.format, shown.has_transparency_data) == ("PNG", False)
    line = shown.convert("L").tobytes()[20 * 40 :]
    assert line[35] > 230
    assert line[5] < 60


def test_wide_palette_is_made_smaller_smoothly(tmp_path: Path) -> None:
    image = Image.new("1", (4000, 10))
    for x in range(0, 4000, 2):
        image.paste(1, (x, 0, x + 1, 10))
    image.save(tmp_path / "a.png")
    shown = opened(mail_picture(tmp_path / "a.png", FONTS)).convert("L")
    colors = shown.getcolors()
    assert colors
    assert all(20 < int(str(color)) < 235 for _, color in colors)


def test_drawing_that_reads_a_file_is_not_drawn(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), "#9d2e1c").save(tmp_path / "secret.png")
    path = tmp_path / "a.svg"
    image = f'<image width="60" height="60" href="{tmp_path}/secret.png"/>'
    path.write_text(SVG.replace("<path", f"{image}<path"), encoding="utf-8")
    with pytest.raises(ValueError, match="stands alone"):
        mail_picture(path, FONTS)


@pytest.mark.parametrize("family", ["Arial", "serif", "monospace", "Passerelle Sans", None])
@pytest.mark.parametrize("words", ["Été 2024", "שלום"])
def test_drawing_is_written_in_the_fonts_of_the_letter(
    tmp_path: Path, family: str | None, words: str
) -> None:
    path = tmp_path / "a.svg"
    attribute = f'font-family="{family}"' if family else ""
    text = f'<text x="10" y="50" font-size="40" {attribute}>{words}</text>'
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60">{text}</svg>',
        encoding="utf-8",
    )
    written = opened(mail_picture(path, FONTS)).convert("L")
    dark = sum(1 for pixel in written.tobytes() if pixel < 100)
    assert dark > 5000
    # Without fonts of its own, none of the machine's takes their place.
    assert set(opened(mail_picture(path, ())).convert("RGB").tobytes()) == set(PAPER)


def test_size_that_cannot_be_told(tmp_path: Path) -> None:
    assert shown_size(measured(tmp_path / "absent.png")) is None


def test_same_bytes_twice(picture: Path) -> None:
    assert mail_picture(picture, FONTS) == mail_picture(picture, FONTS)
