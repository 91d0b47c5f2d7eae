"""The icons of the site are those that its script draws of the emblem."""

from __future__ import annotations

import io
import runpy
from math import hypot

import pytest
from PIL import Image, ImageChops

from tests.sites import ROOT

STATIC = ROOT / "theme/static"
SCRIPT = runpy.run_path(str(ROOT / "theme/tools/build_icons.py"))
DRAWN = SCRIPT["icons"]((STATIC / "favicon.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DRAWN)
def test_an_icon_is_drawn_of_the_emblem(name: str) -> None:
    with Image.open(STATIC / name) as kept, Image.open(io.BytesIO(DRAWN[name])) as drawn:
        assert kept.size == drawn.size
        assert kept.convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes()


def test_a_launcher_cuts_nothing_of_a_maskable_icon() -> None:
    """It may keep a circle of four fifths of the width (W3C, Web Application Manifest)."""
    with Image.open(STATIC / "icon-maskable-512.png") as image:
        paper = Image.new("RGB", image.size, SCRIPT["PAPER"])
        box = ImageChops.difference(image.convert("RGB"), paper).getbbox()
    assert box
    assert hypot(image.width / 2 - box[0], image.height / 2 - box[1]) <= 0.4 * image.width
    assert (image.width - box[2], image.height - box[3]) == box[:2]
