"""Photographs go online in the sizes of their place, and nothing jumps while they come."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from plugins.french.typography import NBSP
from tests.conftest import MadeOnce
from tests.photographs import telephone
from tests.site.small_content import write_content
from tests.sites import BuiltSite, build_site

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


@pytest.fixture(scope="session")
def photographs(made_once: MadeOnce) -> BuiltSite:
    """A site with a photograph of 4000 × 3000 pixels and smaller pictures."""

    def make(folder: Path) -> None:
        settings = write_content(folder)
        content = folder / "content"
        (content / "images" / "seminaire.jpg").write_bytes(telephone())
        Image.new("RGB", (600, 1200), "#9d2e1c").save(content / "images" / "detail.png")
        Image.new("RGB", (300, 200), "#005354").save(content / "images" / "petite.webp")
        (content / "articles" / "seminaire.md").write_text(ARTICLE, encoding="utf-8")
        (content / "evenements" / "visite.md").write_text(EVENT, encoding="utf-8")
        build_site(folder / "output", settings)

    return BuiltSite(made_once("photographs", make) / "output")


def test_sizes_are_those_of_the_published_files(photographs: BuiltSite) -> None:
    """An editor's photograph of 4000 pixels goes online with 1600."""
    page = html.fromstring(photographs.read("/actualites/seminaire/"))
    shown = {img.get("src"): (img.get("width"), img.get("height")) for img in page.iter("img")}
    assert shown["/images/seminaire.jpg"] == ("1600", "1200")
    for address, size in shown.items():
        with Image.open(io.BytesIO(photographs.file(str(address)).read_bytes())) as image:
            assert (str(image.width), str(image.height)) == size


def test_weight_of_a_picture_to_download_is_that_of_the_published_file(
    photographs: BuiltSite,
) -> None:
    page = html.fromstring(photographs.read("/evenements/visite/"))
    kilobytes = round(photographs.file("/images/seminaire.jpg").stat().st_size / 1000)
    told = page.xpath("string(//*[@aria-labelledby='documents']//*[@class='link-list__kind'])")
    assert told == f"JPG, {kilobytes}{NBSP}ko"
