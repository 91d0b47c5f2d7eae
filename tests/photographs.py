"""A photograph such as a telephone takes, drawn: light, structures, grain, and what it writes."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter


@cache
def telephone() -> bytes:
    """Return a JPEG of 4000 × 3000 pixels, of some megabytes, with a position in it."""
    size = (4000, 3000)
    sky = Image.linear_gradient("L").resize(size)
    picture = Image.merge("RGB", (sky, sky.point(lambda v: 60 + v // 2), ImageChops.invert(sky)))
    draw = ImageDraw.Draw(picture)
    for k in range(400):
        x, y = k * 1237 % size[0], k * 811 % size[1]
        side = 20 + k * 37 % 300
        draw.ellipse((x, y, x + side, y + side), fill=(k * 7 % 256, k * 11 % 256, k * 17 % 256))
        draw.line((x, y, x + 2 * side, y - side), fill=(20, 20, 30), width=1 + k % 9)
    # Leaves, hair and gravel: what lasts when the grain of the sensor is gone.
    texture = Image.effect_noise((size[0] // 3, size[1] // 3), 18).resize(size)
    grain = Image.effect_noise(size, 8)
    for layer in (texture, grain):
        picture = ImageChops.add(picture, Image.merge("RGB", (layer,) * 3), 1, -128)
    exif = Image.Exif()
    exif[0x0110] = "Telephone"
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)}
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()
