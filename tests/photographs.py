"""A small site with photographs, of which one is such as a telephone takes."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.site.small_content import write_content
from tests.sites import build_site

ARTICLE = """\
---
titre: Le séminaire
resume: Une journée de travail.
date: 2024-01-03
image:
  fichier: images/seminaire.jpg
  alt: Une table vue de dessus
---
Un texte.

![Un détail](../images/detail.png)

/// image
    fichier: images/petite.webp
    alt: Deux badges
    legende: Les badges.
///
"""
LETTER = """\
---
titre: La lettre illustrée
resume: Un numéro.
numero: 1
date: 2024-01-04
image:
  fichier: images/seminaire.jpg
  alt: Une table vue de dessus
  cadrage: 32% 20%
---
## Une rubrique

![Deux badges](../images/petite.webp)
"""
EVENT = """\
---
titre: La visite
resume: Une visite.
debut: 2024-02-08 17:00
documents:
  - titre: Le plan
    fichier: images/seminaire.jpg
---
Texte.
"""


@cache
def telephone() -> bytes:
    """Return a drawn JPEG of 4000 × 3000 pixels, of some megabytes, with a position in it."""
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


def build_photographs(folder: Path) -> None:
    """Build, in `folder`/output, a site with a photograph of 4000 × 3000 and smaller pictures."""
    settings = write_content(folder)
    content = folder / "content"
    (content / "images" / "seminaire.jpg").write_bytes(telephone())
    Image.new("RGB", (600, 1200), "#9d2e1c").save(content / "images" / "detail.png")
    Image.new("RGB", (300, 200), "#005354").save(content / "images" / "petite.webp")
    (content / "articles" / "seminaire.md").write_text(ARTICLE, encoding="utf-8")
    (content / "lettres").mkdir()
    (content / "lettres" / "1.md").write_text(LETTER, encoding="utf-8")
    (content / "evenements" / "visite.md").write_text(EVENT, encoding="utf-8")
    build_site(folder / "output", settings)
