"""Images whose names and addresses are not simple show in every form of the letter."""

from __future__ import annotations

import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from PIL import Image

from plugins.build import letter_commands as commands
from plugins.french.typography import NBSP
from tests.site.small_content import write_content
from tests.sites import BuiltSite, build_site

LETTER = """\
---
titre: Des images
numero: 1
date: 2024-01-05
resume: Deux mots.
image:
  fichier: images/de face.png
  alt: Zéro
---
![Un](../images/carre.svg?v=2)

![Deux](../images/carre.svg#x)

![Trois](<../images/l'équipe à Paris.jpg>)

![Quatre](../images/l%27%C3%A9quipe%20%C3%A0%20Paris.jpg)

/// image
    fichier: images/l'équipe à Paris.jpg
    alt: Cinq
///
"""
PHOTO = "/images/l'équipe à Paris.jpg"
DRAWING = "/images/carre.svg"
COVER = "/images/de face.png"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    settings = write_content(tmp_path)
    (tmp_path / "content" / "lettres").mkdir()
    (tmp_path / "content" / "lettres" / "1.md").write_text(LETTER, encoding="utf-8")
    Image.new("RGB", (30, 20), "#9d2e1c").save(tmp_path / "content" / PHOTO[1:])
    Image.new("RGB", (40, 60), "#9d2e1c").save(tmp_path / "content" / COVER[1:])
    return settings


@pytest.mark.parametrize("base", ["", "/un/chemin"])
def test_every_form_shows_every_image(settings: Path, tmp_path: Path, base: str) -> None:
    url = f"https://hote.exemple.fr{base}"
    build_site(tmp_path / "output", settings, SITEURL=url)
    site = BuiltSite(tmp_path / "output")
    images = [COVER, *[DRAWING] * 2, *[PHOTO] * 3]
    page = [
        urlsplit(s) for s in html.fromstring(site.read("/lettres/1/")).xpath("//main//img/@src")
    ]
    assert [unquote(parts.path) for parts in page] == [f"{base}{image}" for image in images]
    mail = html.fromstring(site.read("/lettres/1/courriel.html"))
    sources = mail.xpath("//img/@src")
    endings = [*[".png"] * 3, *[".jpg"] * 3]
    assert [unquote(source) for source in sources] == [
        f"{url}/courriel{image}{ending}" for image, ending in zip(images, endings, strict=True)
    ]
    assert all(source.isascii() and " " not in source for source in sources)
    for source in sources:
        assert site.file(urlsplit(source).path.removeprefix(base)).is_file()
    assert mail.xpath("//img/@alt") == ["Zéro", "Un", "Deux", "Trois", "Quatre", "Cinq"]
    assert mail.xpath("//img/@width") == ["40", "608", "608", "30", "30", "30"]
    assert f"[Image{NBSP}: Zéro]" in site.read("/lettres/1/lettre-1.txt")
    # The PDF stands: it refuses what lacks one.
    assert list((tmp_path / "output" / "lettres" / "1").glob("*.pdf"))
    cover = html.fromstring(site.read("/lettres/")).xpath("string(//main//img/@src)")
    assert unquote(cover) == f"{base}{COVER}"


def test_archive_shows_its_own_pictures(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert commands.export(settings, "1", "zip", [], tmp_path / "exports") == 0
    with zipfile.ZipFile(tmp_path / "exports" / "lettre-1-zip" / "lettre-1.zip") as archive:
        letter = html.fromstring(archive.read("lettre.html").decode())
        names = {
            "images/01-de-face.png",
            "images/02-carre.png",
            "images/03-l-equipe-a-paris.jpg",
        }
        assert set(letter.xpath("//img/@src")) == names
        assert names <= set(archive.namelist())
