"""A small site with photographs, of which one is such as a telephone takes."""

from __future__ import annotations

import io
import json
import struct
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter, PngImagePlugin

from tests.site.small_content import write_content
from tests.sites import build_site
from tests.tooling import EXIFTOOL

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
SUFFIXES = (".jpg", ".png", ".webp", ".avif", ".gif")
FORMATS = """\
---
titre: Tous les formats
resume: Cinq photographies.
date: 2024-01-02
image:
  fichier: images/secret.jpg
  alt: Une photographie
---
""" + "\n\n".join(f"![Une photographie](../images/secret{suffix})" for suffix in SUFFIXES)
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

""" + "\n\n".join(f"![Une photographie](../images/secret{suffix})" for suffix in SUFFIXES)
EVENT = """\
---
titre: La visite
resume: Une visite.
debut: 2024-02-08 17:00
image:
  fichier: images/seminaire.jpg
  alt: Une table vue de dessus
documents:
  - titre: Le plan
    fichier: images/seminaire.jpg
  - titre: Le lieu
    fichier: images/secret.jpg
---
Texte.
"""


SECRET = b"Secret-de-l-auteur"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>' + SECRET + b"</dc:creator>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def photograph(path: Path, size: tuple[int, int] = (40, 20), turn: int = 6) -> Path:
    """Write a picture, lying on its side, with all that a camera and an editor may write in it."""
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x013B] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET.decode())
    options: dict[str, dict[str, Any]] = {
        ".jpg": {"exif": exif, "xmp": XMP, "comment": SECRET},
        ".png": {"exif": exif, "pnginfo": notes},
        ".webp": {"exif": exif, "xmp": XMP},
        ".avif": {"exif": exif, "xmp": XMP},
        ".gif": {"comment": SECRET},
    }
    Image.new("RGB", size, "#9d2e1c").save(path, **options[path.suffix.lower()])
    if path.suffix == ".jpg":
        data = path.read_bytes()
        path.write_bytes(data[:2] + _iptc() + data[2:])
    return path


def _iptc() -> bytes:
    """Return the segment of a JPEG that Photoshop keeps the author in (IPTC IIM, 2:80)."""
    record = b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET
    block = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    )
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def wide_gamut() -> bytes:
    """Return the profile of Display P3, the colours of telephones (ICC.1:2001-04)."""
    columns = {
        b"rXYZ": (0.51512, 0.24119, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
        b"wtpt": (0.96420, 1.0, 0.82491),
    }
    fixed = struct.Struct(">i").pack
    tags = {
        name: b"XYZ \0\0\0\0" + b"".join(fixed(round(65536 * value)) for value in values)
        for name, values in columns.items()
    }
    curve = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    para = b"para\0\0\0\0\0\3\0\0" + b"".join(fixed(round(65536 * value)) for value in curve)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), para)
    text = b"Display P3\0"
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78
    tags[b"cprt"] = b"text\0\0\0\0CC0\0"
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(data), len(tag))
        data += tag + b"\0" * (-len(tag) % 4)
    header = bytearray(128)
    header[8:24] = b"\x04\x00\x00\x00mntrRGB XYZ "
    header[36:40] = b"acsp"
    header[68:80] = b"".join(fixed(round(65536 * value)) for value in (0.9642, 1.0, 0.82491))
    header[:4] = struct.pack(">I", start + len(data))
    return bytes(header) + table + data


def metadata(folder: Path) -> dict[str, str]:
    """Return what exiftool finds that tells something of a person or a place, by file and tag."""
    tool = EXIFTOOL.path()
    assert tool
    groups = ("-EXIF:all", "-XMP:all", "-IPTC:all", "-GPS:all", "-MakerNotes:all", "-Comment")
    done = subprocess.run(
        [tool, "-json", "-G0", "-r", "-q", "-ext", "*", *groups, str(folder)],
        check=False,
        capture_output=True,
    )
    found: list[dict[str, str]] = json.loads(done.stdout or b"[]")
    return {
        f"{Path(file['SourceFile']).name} {tag}": str(value)
        for file in found
        for tag, value in file.items()
        if tag != "SourceFile"
    }


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
    for suffix in SUFFIXES:
        photograph(content / "images" / f"secret{suffix}", (900, 600))
    (content / "articles" / "formats.md").write_text(FORMATS, encoding="utf-8")
    (content / "articles" / "seminaire.md").write_text(ARTICLE, encoding="utf-8")
    (content / "lettres").mkdir()
    (content / "lettres" / "1.md").write_text(LETTER, encoding="utf-8")
    (content / "evenements" / "visite.md").write_text(EVENT, encoding="utf-8")
    build_site(folder / "output", settings)
