"""A picture is cut around its focal point, and never made larger."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from plugins.content.pictures import StaticFile, measured
from plugins.outputs.picture_copies import Copy, shared_copy
from plugins.outputs.pictures import PictureCache
from plugins.store import Store

RED, GREEN, BLUE = (200, 0, 0), (0, 160, 0), (0, 0, 200)


@pytest.mark.parametrize(
    ("focus", "colour"), [((50, 0), RED), (None, GREEN), ((50, 50), GREEN), ((0, 100), BLUE)]
)
def test_what_stays(tmp_path: Path, focus: tuple[int, int] | None, colour: object) -> None:
    path = tmp_path / "photo.png"
    picture = Image.new("RGB", (600, 1800), GREEN)
    picture.paste(RED, (0, 0, 600, 700))
    picture.paste(BLUE, (0, 1100, 600, 1800))
    picture.save(path)
    copy = shared_copy("/images/photo.png", measured(path), focus)
    assert copy
    data = PictureCache(Store(tmp_path / ".cache")).copy(path, copy)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (600, 315)
        found = image.getpixel((300, 157))
    assert isinstance(found, tuple)
    assert isinstance(colour, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize(
    ("size", "cut"),
    [((4000, 3000), (1200, 630)), ((4000, 500), (952, 500)), ((300, 900), (300, 158))],
)
def test_size_of_the_cut(size: tuple[int, int], cut: tuple[int, int]) -> None:
    file = StaticFile(".jpg", 1, *size, is_animated=False, has_transparency=False)
    assert shared_copy("/a.jpg", file, (30, 20)) == Copy(
        "/tailles/a.jpg/partage-30-20.jpg", "JPEG", *cut, (30, 20)
    )


def test_a_drawing_and_a_logo_are_not_cut() -> None:
    logo = StaticFile(".png", 1, 900, 400, is_animated=False, has_transparency=True)
    assert shared_copy("/a.png", logo, None) is None
    assert shared_copy("/a.svg", StaticFile(".svg", 1, 900, 400), None) is None
