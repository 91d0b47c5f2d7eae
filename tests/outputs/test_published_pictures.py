"""Photographs go online upright, in sRGB, no larger than needed, without their author."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from coloraide import Color
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from plugins.outputs.picture_copies import WIDEST
from plugins.outputs.pictures import PictureCache
from plugins.store import Store
from tests.photographs import SECRET, metadata, photograph, wide_gamut


def published(path: Path) -> bytes:
    return PictureCache(Store(path.parent / ".cache")).published(path)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".avif", ".gif"])
def test_nothing_of_the_camera_goes_online(tmp_path: Path, suffix: str) -> None:
    given, made = tmp_path / "recu", tmp_path / "publie"
    given.mkdir()
    made.mkdir()
    source = photograph(given / f"photo{suffix}")
    assert metadata(given)  # the tool sees it
    data = published(source)
    (made / source.name).write_bytes(data)
    assert metadata(made) == {}
    assert SECRET not in data
    with Image.open(io.BytesIO(data)) as image:
        # A GIF has no orientation.
        assert image.size == ((40, 20) if suffix == ".gif" else (20, 40))


def test_colours_are_converted_to_those_of_browsers(tmp_path: Path) -> None:
    """Without its profile, a photograph in Lab or in a wide gamut would change its colours."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    path = tmp_path / "a.jpg"
    # A profile that is not of the picture's kind is left out.
    Image.new("RGB", (9, 9), "#ff0000").save(path, icc_profile=lab, quality=95)
    with Image.open(io.BytesIO(published(path))) as image:
        assert "icc_profile" not in image.info
        pixel = image.getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".avif"])
def test_the_wide_gamut_of_telephones_is_converted(tmp_path: Path, suffix: str) -> None:
    """The same numbers in Display P3 and in sRGB are two colours."""
    path = tmp_path / f"a{suffix}"
    Image.new("RGB", (64, 64), (180, 110, 90)).save(path, icc_profile=wide_gamut(), quality=95)
    told = Color("display-p3", [180 / 255, 110 / 255, 90 / 255]).convert("srgb")
    wanted = [round(255 * channel) for channel in told.coords()]
    assert wanted[0] > 185
    with Image.open(io.BytesIO(published(path))) as image:
        assert "icc_profile" not in image.info
        pixel = image.convert("RGB").getpixel((32, 32))
    assert isinstance(pixel, tuple)
    assert all(abs(a - b) <= 3 for a, b in zip(pixel, wanted, strict=True))


def test_it_is_made_smaller_and_never_larger(tmp_path: Path) -> None:
    large = photograph(tmp_path / "large.jpg", (4000, 3000), turn=1)
    small = photograph(tmp_path / "small.jpg", (300, 200), turn=1)
    sizes = [Image.open(io.BytesIO(published(path))).size for path in (large, small)]
    assert sizes == [(WIDEST, WIDEST * 3 // 4), (300, 200)]


@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp"])
def test_an_animation_goes_on_moving(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    frames = [Image.new("RGB", (4, 4), color) for color in ("#000000", "#ffffff", "#ff0000")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, loop=0)
    image = Image.open(io.BytesIO(published(path)))
    assert (getattr(image, "n_frames", 1), image.info["loop"]) == (3, 0)


def test_transparency_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (4, 4), "#ffffff").save(path, transparency=(255, 255, 255))
    image = Image.open(io.BytesIO(published(path)))
    assert image.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 0)


def test_grey_of_sixteen_bits_keeps_its_light(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("I;16", (4, 4), 0x8000).save(path)
    assert Image.open(io.BytesIO(published(path))).getpixel((1, 1)) == 0x80


@pytest.mark.parametrize("where", ["xmp", "exif after the pixels"])
def test_an_orientation_that_the_size_leaves_out_turns_nothing(tmp_path: Path, where: str) -> None:
    """Turned after it was measured, a PNG of 800 × 400 went out squashed."""
    path = tmp_path / "a.png"
    image = Image.new("L", (800, 400))
    ImageDraw.Draw(image).ellipse((100, 100, 300, 300), fill=255)
    if where == "xmp":
        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", XMP)
        image.save(path, pnginfo=notes)
    else:
        exif = Image.Exif()
        exif[0x0112] = 6
        image.save(path, exif=exif)
        path.write_bytes(moved_to_the_end(path.read_bytes(), b"eXIf"))
    made = Image.open(io.BytesIO(published(path)))
    assert made.size == (800, 400)
    circle = made.convert("L").point([255 * (value > 127) for value in range(256)]).getbbox()
    assert circle
    assert circle[2] - circle[0] == circle[3] - circle[1]


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    'syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'
    "</rdf:RDF></x:xmpmeta>"
)


def moved_to_the_end(png: bytes, name: bytes) -> bytes:
    """Return a PNG with a chunk right before its end."""
    at = png.index(name) - 4
    end = at + 12 + int.from_bytes(png[at : at + 4], "big")
    return png[:at] + png[end:-12] + png[at:end] + png[-12:]


def test_it_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photograph(tmp_path / "photo.jpg")
    first = published(path)
    monkeypatch.setattr("plugins.outputs.pictures.published_photograph", None)
    assert published(path) == first
    shutil.copy(path, tmp_path / "autre.jpg")
    assert published(tmp_path / "autre.jpg") == first


def test_a_picture_at_fault_does_not_go_online(tmp_path: Path) -> None:
    path = photograph(tmp_path / "photo.png")
    shutil.move(path, tmp_path / "photo.jpg")
    assert published(tmp_path / "photo.jpg") == b""
    drawing = tmp_path / "a.SVG"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', encoding="utf-8")
    assert published(drawing) == b""


def test_the_notes_of_a_drawing_program_do_not_go_online(tmp_path: Path) -> None:
    """Inkscape writes the author and the folders of the computer."""
    path = tmp_path / "a.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" i:export-filename="/home/nom/a.png">'
        "<!-- Nom --><metadata><dc:creator>Nom</dc:creator></metadata><i:view/><path d='M0 0'/>"
        "</svg>",
        encoding="utf-8",
    )
    assert published(path) == (
        b"<?xml version='1.0' encoding='utf-8'?>\n"
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    )


def test_other_files_are_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"texte")
    assert published(tmp_path / "a.txt") == b"texte"
