"""Photographs go online in the sizes of their place, and nothing jumps while they come."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
from lxml import html
from PIL import Image

from plugins.build import letter_commands
from plugins.checks.suite import check_plan
from plugins.faults import Notices
from plugins.french.typography import NBSP
from plugins.library.index import read_index
from plugins.site.plan import Plan
from plugins.theme.theme import Theme
from plugins.views.site import RESERVED, Site
from tests.contents import NOW, article, write
from tests.photographs import SECRET, SUFFIXES, metadata, photograph
from tests.site.small_content import settings_of
from tests.sites import ROOT, BuiltSite


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
    folder = photographs.path / "tailles" / "images"
    names = ("seminaire.jpg", "detail.png", "petite.webp")
    copies = [file for name in names for file in (folder / name).iterdir()]
    widths = [file for file in copies if file.stem.isdigit()]
    assert len(widths) == 9 + 4 + 3
    for file in widths:
        with Image.open(file) as image:
            assert image.format == {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG"}[file.suffix]
            assert image.width == min(int(file.stem), 300 if "petite" in str(file) else 1600)


def test_social_networks_get_a_picture_cut_to_their_shape(photographs: BuiltSite) -> None:
    for page, address in (
        ("/actualites/seminaire/", "/tailles/images/seminaire.jpg/partage.jpg"),
        ("/evenements/visite/", "/tailles/images/seminaire.jpg/partage.jpg"),
        ("/lettres/1/", "/tailles/images/seminaire.jpg/partage-32-20.jpg"),
    ):
        head = html.fromstring(photographs.read(page)).xpath("/html/head")[0]
        told = {
            name: head.xpath(f"string(meta[@property='og:image{name}']/@content)")
            for name in ("", ":width", ":height", ":alt")
        }
        assert told == {
            "": photographs.url + address,
            ":width": "1200",
            ":height": "630",
            ":alt": "Une table vue de dessus",
        }
        assert head.xpath("string(meta[@name='twitter:card']/@content)") == "summary_large_image"
        with Image.open(photographs.file(address)) as image:
            assert (image.format, image.size) == ("JPEG", (1200, 630))


def test_search_engines_get_the_same_picture(photographs: BuiltSite) -> None:
    page = html.fromstring(photographs.read("/evenements/visite/"))
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    nodes = {node["@id"]: node for node in data["@graph"]}
    picture = nodes[nodes[f"{photographs.url}/evenements/visite/"]["image"]["@id"]]
    assert picture["url"] == f"{photographs.url}/tailles/images/seminaire.jpg/partage.jpg"


def test_mails_and_feeds_get_a_size_of_their_own(photographs: BuiltSite) -> None:
    feed = feedparser.parse(photographs.read("/flux/actualites.atom.xml"))
    content = next(e for e in feed.entries if e.title == "Le séminaire").content[0].value
    shown = html.fromstring(content).xpath("//img")
    assert [dict(img.attrib) for img in shown] == [
        {
            "src": f"{photographs.url}/tailles/images/seminaire.jpg/1200.jpg",
            "width": "1200",
            "height": "900",
            "alt": "Une table vue de dessus",
        },
        {
            "src": f"{photographs.url}/images/detail.png",
            "width": "600",
            "height": "1200",
            "alt": "Un détail",
        },
        {
            "src": f"{photographs.url}/tailles/images/petite.webp/300.jpg",
            "width": "300",
            "height": "200",
            "alt": "Deux badges",
        },
    ]
    with Image.open(photographs.file("/tailles/images/seminaire.jpg/1200.jpg")) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 900))
    with Image.open(photographs.file("/courriel/images/seminaire.jpg.jpg")) as image:
        assert (image.format, image.size) == ("JPEG", (1216, 912))


def test_no_file_tells_of_a_camera_a_place_or_an_author(photographs: BuiltSite) -> None:
    given = photographs.path.parent / "content"
    assert len({key.split()[0] for key in metadata(given)}) == 1 + len(SUFFIXES)
    assert any("IPTC" in key for key in metadata(given))
    found = metadata(photographs.path)
    # A PDF says its title and that it is accessible; of a feed, the whole text counts as metadata.
    own = re.compile(r"\S+\.(pdf|xml|opml) XMP:")
    assert {key for key in found if not own.match(key)} == set()
    assert not any(SECRET.decode() in value for value in found.values())
    shown = {path.suffix for path in (photographs.path / "courriel" / "images").iterdir()}
    assert shown == {".jpg", ".png"}
    for path in photographs.files():
        assert SECRET not in path.read_bytes(), path


def test_exports_of_a_letter_tell_of_no_camera(
    photographs: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(photographs.path.parent / "content", tmp_path / "content")
    settings = settings_of(tmp_path)
    assert letter_commands.export(settings, "1", "zip", [], tmp_path / "exports") == 0
    archive = tmp_path / "exports" / "lettre-1-zip" / "lettre-1.zip"
    with zipfile.ZipFile(archive) as files:
        files.extractall(tmp_path / "files")
    assert len(list((tmp_path / "files" / "images").iterdir())) == 2 + len(SUFFIXES)
    assert metadata(tmp_path / "files") == {}


def test_an_editor_s_file_at_the_address_of_a_copy_is_told(tmp_path: Path) -> None:
    picture = photograph(tmp_path / "a.jpg", (500, 300), turn=1).read_bytes()
    taken = "tailles/images/a.jpg/400.avif"
    body = f"![Une tour](../images/a.jpg)\n\n![Une tour](../{taken})\n"
    write(tmp_path / "content", {"images/a.jpg": picture, "articles/a.md": article("", body)})
    write(tmp_path / "content", {taken: photograph(tmp_path / "a.avif").read_bytes()})
    index = read_index(tmp_path / "content", NOW)
    site = Site(index, "https://passerelle.example")
    items = Plan(site, Theme(ROOT / "theme", site), Notices())
    found = map(str, check_plan(index, [item.address for item in items], RESERVED))
    told = (
        f"content/{taken}:1:1 · l’adresse /{taken} est celle d’un fichier que le site fabrique. "
        "Renommez ce fichier ou changez-le de dossier."
    )
    assert [fault for fault in found if taken in fault] == [told]


def test_each_file_made_of_a_photograph_is_kept(photographs: BuiltSite) -> None:
    made = [
        path
        for folder in ("tailles", "images", "courriel")
        for path in (photographs.path / folder).rglob("*")
        if path.is_file() and path.suffix != ".svg"
    ]
    [file] = (photographs.path.parent / ".cache").glob("*.sqlite")
    with closing(sqlite3.connect(file)) as store:
        kept = store.execute("SELECT count(*) FROM entries WHERE key LIKE 'picture:%'").fetchone()
    assert kept == (len(made),)


def test_feeds_tell_the_picture_of_a_content_as_it_is_online(photographs: BuiltSite) -> None:
    address = f"{photographs.url}/tailles/images/seminaire.jpg/1200.jpg"
    length = str(photographs.file("/tailles/images/seminaire.jpg/1200.jpg").stat().st_size)
    for form in ("rss.xml", "atom.xml"):
        feed = feedparser.parse(photographs.read(f"/flux/actualites.{form}"))
        entry = next(e for e in feed.entries if e.title == "Le séminaire")
        assert [(e.href, e.type, e.length) for e in entry.enclosures] == [
            (address, "image/jpeg", length)
        ]
        assert entry.media_content == [
            {
                "url": address,
                "filesize": length,
                "type": "image/jpeg",
                "medium": "image",
                "width": "1200",
                "height": "900",
            }
        ]
    items = json.loads(photographs.read("/flux/actualites.json"))["items"]
    item = next(i for i in items if i["title"] == "Le séminaire")
    assert item["image"] == address
    assert item["attachments"] == [
        {"url": address, "mime_type": "image/jpeg", "size_in_bytes": int(length)}
    ]
