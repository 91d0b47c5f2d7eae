"""Draw the icons of the site from its emblem, theme/static/favicon.svg.

    .venv/bin/python theme/tools/build_icons.py theme/static

`favicon.ico` is for programs that ask for nothing else, the others are named by the pages and by
the manifest. A launcher may cut a « maskable » icon to a circle of four fifths of its width.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

PAPER = "#fcfaf6"
# Name, width, and the part of it that the emblem takes.
ICONS = (
    ("apple-touch-icon.png", 180, 0.64),
    ("icon-192.png", 192, 0.72),
    ("icon-512.png", 512, 0.72),
    ("icon-maskable-512.png", 512, 0.52),
)
ICO = "favicon.ico"
ICO_WIDTHS = (16, 32, 48)


def icons(emblem: str) -> dict[str, bytes]:
    """Return the icons drawn from an emblem in SVG, by name."""
    found = {name: _png(on_paper(emblem, width, part)) for name, width, part in ICONS}
    return {**found, ICO: _ico([drawn(emblem, width) for width in ICO_WIDTHS])}


def drawn(emblem: str, width: int) -> Image.Image:
    """Draw an emblem, on nothing."""
    data = resvg_py.svg_to_bytes(svg_string=emblem, width=width, height=width)
    return Image.open(io.BytesIO(bytes(data))).convert("RGBA")


def on_paper(emblem: str, width: int, part: float) -> Image.Image:
    """Draw an emblem in the middle of a square of paper."""
    # As wide as the grid of the emblem allows: its edges stay sharp.
    inside = round(width * part / 32) * 32
    place = (width - inside) // 2
    image = Image.new("RGBA", (width, width), PAPER)
    image.alpha_composite(drawn(emblem, inside), (place, place))
    return image.convert("RGB").quantize(32, dither=Image.Dither.NONE)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _ico(images: list[Image.Image]) -> bytes:
    out = io.BytesIO()
    sizes = [image.size for image in images]
    images[-1].save(out, "ICO", sizes=sizes, append_images=images[:-1])
    return out.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, data in icons((folder / "favicon.svg").read_text(encoding="utf-8")).items():
        (folder / name).write_bytes(data)
