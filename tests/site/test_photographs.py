"""Photographs go online in the sizes of their place, and nothing jumps while they come."""

from __future__ import annotations

import io

from lxml import html
from PIL import Image

from plugins.french.typography import NBSP
from tests.sites import BuiltSite


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


def _sources(picture: html.HtmlElement) -> dict[str, list[str]]:
    """Return the addresses and widths of a `picture`, by format."""
    return {
        str(source.get("type")): str(source.get("srcset")).split(", ")
        for source in picture.iter("source")
    }


def test_browsers_choose_among_widths_and_formats(photographs: BuiltSite) -> None:
    page = html.fromstring(photographs.read("/actualites/seminaire/"))
    large, narrow, small = page.xpath("//main//picture")
    folder = "/tailles/images/seminaire.jpg"
    assert _sources(large) == {
        f"image/{form}": [f"{folder}/{width}.{form} {width}w" for width in (400, 800, 1200, 1600)]
        for form in ("avif", "webp")
    }
    # Never larger than it is.
    assert _sources(narrow)["image/avif"] == [
        "/tailles/images/detail.png/400.avif 400w",
        "/tailles/images/detail.png/600.avif 600w",
    ]
    assert _sources(small)["image/webp"] == ["/tailles/images/petite.webp/300.webp 300w"]
    assert [img.get("src") for img in page.xpath("//main//img")] == [
        "/images/seminaire.jpg",
        "/images/detail.png",
        "/tailles/images/petite.webp/300.jpg",
    ]


def test_each_copy_has_its_format_and_width(photographs: BuiltSite) -> None:
    files = sorted((photographs.path / "tailles").rglob("*.*"))
    copies = [file for file in files if file.is_file()]
    assert len(copies) == 8 + 4 + 3
    for file in copies:
        with Image.open(file) as image:
            assert image.format == {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG"}[file.suffix]
            assert image.width == min(int(file.stem), 300 if "petite" in str(file) else 1600)


def test_feeds_have_one_plain_size(photographs: BuiltSite) -> None:
    feed = photographs.read("/flux/actualites.atom.xml")
    assert "srcset" not in feed
    assert "loading" not in feed
    assert "/images/seminaire.jpg" in feed
