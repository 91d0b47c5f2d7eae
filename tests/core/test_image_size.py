"""The size of a picture, and whether a file is one."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from plugins.core.image_size import image_size, is_picture


def picture(kind: str, size: tuple[int, int] = (3, 2)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, kind)
    return data.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", picture("PNG"), (3, 2)),
        ("a.jpg", picture("JPEG"), (3, 2)),
        ("a.webp", picture("WEBP"), (3, 2)),
        ("a.svg", SVG.format('width="640" height="360"', ""), (640, 360)),
        ("a.svg", SVG.format('width="640px" height="360.4px"', ""), (640, 360)),
        ("a.svg", SVG.format('viewBox="0 0 640 360"', ""), (640, 360)),
        ("a.svg", SVG.format('width="100%" viewBox="-1,-2, 64.5 , 36"', ""), (64, 36)),
        ("a.svg", SVG.format("", ""), (None, None)),
        ("a.svg", SVG.format('width="." height="1.2.3"', ""), (None, None)),
        ("a.svg", b'\xff<svg width="1" height="\xff">', (None, None)),
        ("a.png", b"", (None, None)),
        ("a.png", b"faux", (None, None)),
        ("a.png", picture("PNG")[:20], (None, None)),
        ("a.gif", b"GIF89a", (None, None)),
        ("absent.png", None, (None, None)),
        ("absent.svg", None, (None, None)),
    ],
)
def test_size(
    tmp_path: Path, name: str, data: str | bytes | None, size: tuple[int | None, int | None]
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    assert image_size(tmp_path / name) == size


@pytest.mark.parametrize(("side", "size"), [(12_000, (12_000, 12_000)), (60_000, (None, None))])
def test_a_huge_picture_is_measured_by_its_header(
    tmp_path: Path, side: int, size: tuple[int | None, int | None]
) -> None:
    """It takes no memory and gives no warning; one that no screen can show is no picture."""
    start = b"IHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    chunk = (13).to_bytes(4, "big") + start + zlib.crc32(start).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:])
    assert image_size(tmp_path / "a.png") == size


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.svg", SVG.format("", "<path d='M0 0'/><text>on y va = oui</text>"), True),
        ("a.png", picture("PNG"), True),
        ("a.svg", SVG.format("", "<script>alert(1)</script>"), False),
        ("a.svg", SVG.format("onload='alert(1)'", ""), False),
        ("a.svg", SVG.format("", "<a href='JavaScript:alert(1)'/>"), False),
        ("a.svg", SVG.format("", "<foreignObject><p>a</p></foreignObject>"), False),
        ("a.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("", ""), False),
        ("a.svg", "du texte", False),
        ("a.svg", "", False),
        ("a.png", "du texte", False),
    ],
)
def test_is_picture(tmp_path: Path, name: str, data: str | bytes, expected: bool) -> None:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    assert is_picture(tmp_path / name) is expected
