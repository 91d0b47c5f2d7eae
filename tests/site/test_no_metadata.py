"""Nothing of a camera or of an editor is in any file that goes online, or is sent."""

from __future__ import annotations

import contextlib
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from plugins.build import letter_commands as commands
from tests.conftest import MadeOnce
from tests.site.small_content import write_content
from tests.sites import ROOT, BuiltSite, build_site
from tests.tooling import EXIFTOOL

SECRET = "Secret-de-l-auteur"
NAMES = ("a.jpg", "b.png", "c.webp", "d.avif", "e.gif")
# Of a letter's PDF: what its header says, and PDF/UA demands (ISO 14289-1, 7.1).
OF_A_LETTER = {
    *("XMP-dc:Creator", "XMP-dc:Description", "XMP-dc:Title", "XMP-pdf:Producer"),
    *("XMP-pdfuaid:Part", "XMP-xmp:CreateDate"),
}
SHOWN = "\n\n".join(f"![Un aplat rouge, n° {name[0]}](../images/{name})" for name in NAMES)
ARTICLE = f"""\
---
titre: Les photographies
resume: De chaque format.
date: 2024-01-03
image:
  fichier: images/a.jpg
  alt: Un aplat rouge
---
{SHOWN}

[En grand](../images/b.png) et ![Un trait](../images/f.svg)
"""
LETTER = ARTICLE.replace("date:", "numero: 1\nredacteurs_en_chef: La rédaction\ndate:")
EVENT = """\
---
titre: La visite
resume: Une visite.
debut: 2024-02-08 17:00
documents:
  - titre: Le plan
    fichier: images/c.webp
---
Texte.
"""
DRAWING = f"""\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:dc="http://purl.org/dc/elements/1.1/"
  viewBox="0 0 9 9"><!-- {SECRET} --><metadata><dc:creator>{SECRET}</dc:creator></metadata>
  <path d="M0 0h9"/></svg>
"""


def metadata(folder: Path) -> dict[str, set[str]]:
    """Return the tags of EXIF, GPS, XMP and IPTC that exiftool finds, by file.

    It takes for XMP any XML of ours: feeds, the site map, subscriptions.
    """
    tool = EXIFTOOL.path()
    assert tool
    kinds = ("EXIF", "GPS", "XMP", "IPTC", "Photoshop", "MakerNotes", "ICC_Profile")
    done = subprocess.run(
        [
            *(tool, "-json", "-G1", "-r", "-q", "-ext", "*", "--ext", "xml", "--ext", "opml"),
            *(f"-{kind}:all" for kind in kinds),
            *("-Comment", "-PNG:Author", "-SVG:all", str(folder)),
        ],
        check=False,
        capture_output=True,
    )
    found = json.loads(done.stdout or b"[]")
    return {
        str(Path(file["SourceFile"]).relative_to(folder)): tags
        for file in found
        if (tags := {tag for tag in file if not tag.startswith(("SourceFile", "SVG:"))})
    }


def write_pictures(folder: Path) -> None:
    """Write a picture of each format, and have exiftool fill it with all that it can hold."""
    for name in NAMES:
        Image.new("RGB", (700, 500), "#9d2e1c").save(folder / name)
    (folder / "f.svg").write_text(DRAWING, encoding="utf-8")
    tags = ("EXIF:Artist", "IPTC:By-line", "XMP-dc:Creator", "Comment", "PNG:Author")
    texts = [f"-{tag}={SECRET}" for tag in tags]
    position = ("-GPSLatitude=48.85", "-GPSLatitudeRef=N", "-XMP:GPSLatitude=48.85")
    tool = EXIFTOOL.path()
    assert tool
    # -m: a format that cannot hold a tag goes without.
    options = ("-m", "-q", "-q", "-overwrite_original")
    for name in NAMES:
        subprocess.run([tool, *options, *texts, *position, folder / name], check=True)


def make(folder: Path) -> None:
    """Build a site with pictures of each format, and all that is made of its letter."""
    settings = write_content(folder)
    content = folder / "content"
    write_pictures(content / "images")
    texts = {"articles/p.md": ARTICLE, "lettres/1.md": LETTER, "evenements/v.md": EVENT}
    for name, text in texts.items():
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    build_site(folder / "output", settings)
    export(settings, folder / "exports")


def export(settings: Path, exports: Path) -> None:
    with contextlib.chdir(exports.parent):
        assert commands.build(settings, "1", exports) == 0
        assert commands.export(settings, "1", "zip", [], exports) == 0
    for archive in exports.rglob("*.zip"):
        with zipfile.ZipFile(archive) as files:
            files.extractall(archive.with_suffix(""))


@pytest.fixture(scope="module")
def folder(made_once: MadeOnce) -> Path:
    return made_once("metadata", make)


@pytest.mark.parametrize("name", NAMES)
def test_the_pictures_given_are_full_of_it(folder: Path, name: str) -> None:
    given = metadata(folder / "content" / "images")[name]
    assert given & {"IFD0:Artist", "XMP-dc:Creator"}
    assert SECRET.encode() in (folder / "content" / "images" / name).read_bytes()


def test_no_published_file_holds_any(folder: Path) -> None:
    assert metadata(folder / "output") == {"lettres/1/lettre-1.pdf": OF_A_LETTER}


def test_no_exported_file_holds_any(folder: Path) -> None:
    found = metadata(folder / "exports")
    assert {name: tags for name, tags in found.items() if not name.endswith(".pdf")} == {}
    assert found["lettre-1/lettre-1.pdf"] == OF_A_LETTER


def test_no_byte_of_it_is_left(folder: Path) -> None:
    files = [path for made in ("output", "exports") for path in (folder / made).rglob("*.*")]
    held = [path for path in files if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert len(files) > 50
    assert held == []


def test_nor_is_any_in_the_sample(site: BuiltSite, tmp_path: Path) -> None:
    sample = OF_A_LETTER | {"XMP-pdf:Keywords"}
    assert metadata(site.path) == {"lettres/1/lettre-1.pdf": sample}
    export(ROOT / "pelicanconf.py", tmp_path / "exports")
    assert metadata(tmp_path / "exports") == {"lettre-1/lettre-1.pdf": sample}
