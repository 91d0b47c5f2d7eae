"""Pictures that would serve badly, or tell too much, are told with their place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from plugins.content.pictures import holds_position
from plugins.french.typography import NBSP
from tests.contents import SVG, Files, article, errors, load_files, text, warnings

PORTRAIT = "nom: A\nfonction: B\nconsentement: oui\nexpire_le: 2024-12-31"
SHOWN = "image:\n  fichier: {}\n  alt: Une table"


def picture(size: tuple[int, int], form: str = "JPEG", **options: Any) -> bytes:  # noqa: ANN401
    out = io.BytesIO()
    Image.new("RGB", size, "#9d2e1c").save(out, form, **options)
    return out.getvalue()


def animation() -> bytes:
    frames = [Image.effect_noise((500, 500), 90).convert("P") for _ in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_words_that_tell_nothing_are_told_where_they_are_written(tmp_path: Path) -> None:
    files: Files = {
        "articles/a.md": article(
            "image:\n  fichier: images/a.svg\n  alt: Illustration",
            "Texte.\n\n![IMG_2034](../images/a.svg)\n\n"
            "/// image\n    fichier: images/a.svg\n    alt: photo\n///\n",
        ),
        "images/a.svg": SVG,
    }
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    assert warnings(loaded) == [
        (
            "content/articles/a.md:7:8 · image.alt : « Illustration » ne dit rien à qui ne voit "
            "pas l’image. Écrivez ce qu’elle montre."
        ),
        (
            "content/articles/a.md:11:13 · image : « IMG_2034 » est le nom d’un fichier, qui ne "
            "dit rien à qui ne voit pas l’image. Écrivez ce qu’elle montre."
        ),
        (
            "content/articles/a.md:15:10 · /// image alt : « photo » ne dit rien à qui ne voit "
            "pas l’image. Écrivez ce qu’elle montre."
        ),
    ]


@pytest.mark.parametrize(
    ("file", "header", "size", "told"),
    [
        ("articles/a.md", "date: 2024-01-03", (320, 200), (600, "1\u202f200")),
        ("articles/a.md", "date: 2024-01-03", (600, 400), None),
        ("articles/a.md", "date: 2024-01-03", (300, 900), None),
        ("portraits/a.md", PORTRAIT, (240, 240), (300, "600")),
        ("portraits/a.md", PORTRAIT, (320, 320), None),
    ],
)
def test_a_photograph_too_small_for_its_place(
    tmp_path: Path, file: str, header: str, size: tuple[int, int], told: tuple[int, str] | None
) -> None:
    content = text(f"{SHOWN.format('images/a.jpg')}\n{header}")
    loaded = load_files(tmp_path, {file: content, "images/a.jpg": picture(size)})
    assert errors(loaded) == []
    assert warnings(loaded) == (
        [
            (
                f"content/{file}:5:12 · image.fichier : « images/a.jpg » est petite pour sa "
                f"place : {size[0]} × {size[1]} pixels. Prenez l’original, de {told[0]} pixels "
                f"de large au moins ; {told[1]} valent mieux."
            )
        ]
        if told
        else []
    )


def test_a_picture_that_the_site_cannot_make_lighter(tmp_path: Path) -> None:
    drawing = SVG.replace("></svg>", f"><path d='M0 0{'l1 1' * 100_000}'/></svg>")
    files: Files = {
        "articles/a.md": article(SHOWN.format("images/a.svg"), "![Un pas](../images/b.gif)\n"),
        "images/a.svg": drawing,
        "images/b.gif": animation(),
    }
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    kilobytes = round(len(files["images/b.gif"]) / 1000)
    assert warnings(loaded) == [
        (
            f"content/articles/a.md:6:12 · image : « images/a.svg » pèse 400{NBSP}ko, et le site "
            "ne peut pas alléger un dessin. Simplifiez ses tracés, ou exportez-le en PNG."
        ),
        (
            f"content/articles/a.md:9:11 · image : « ../images/b.gif » pèse {kilobytes}{NBSP}ko, "
            "et le site ne peut pas alléger une animation. Raccourcissez-la, réduisez-la, ou "
            "prenez une image fixe."
        ),
    ]


def test_a_heavy_photograph_is_made_lighter_in_silence(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(out, "PNG")
    assert len(out.getvalue()) > 300_000
    files: Files = {
        "articles/a.md": article(SHOWN.format("images/a.png")),
        "images/a.png": out.getvalue(),
    }
    assert warnings(load_files(tmp_path, files)) == []


def with_position() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)}
    return exif


def test_a_position_is_told_once_per_file(tmp_path: Path) -> None:
    """It does not go online, but everyone who reads the repository has it."""
    shown = article(SHOWN.format("images/a.jpg"))
    files: Files = {
        "articles/a.md": shown,
        "articles/b.md": shown.replace("Essai", "Autre").replace("Texte.", "Autre texte."),
        "images/a.jpg": picture((800, 600), exif=with_position()),
    }
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    assert warnings(loaded) == [
        (
            "content/images/a.jpg:1:1 · le lieu de la prise de vue (GPS) est inscrit dans la "
            "photographie. Les lecteurs du site ne le voient jamais : ils en reçoivent des copies "
            "sans lui. Le fichier, lui, le garde dans le dépôt. Si ce lieu doit rester secret, "
            "remplacez le fichier par une copie exportée sans le lieu, avant de l’enregistrer dans "
            "git."
        )
    ]


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="48,51.4N"/></x:xmpmeta>'


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
def test_a_position_is_found_in_every_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.new("RGB", (9, 9)).save(path, exif=with_position())
    assert holds_position(path)


@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("a.webp", "WEBP")])
def test_a_position_is_found_in_xmp(tmp_path: Path, name: str, form: str) -> None:
    (tmp_path / name).write_bytes(picture((9, 9), form, xmp=XMP))
    assert holds_position(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", picture((9, 9))),
        ("a.jpg", picture((9, 9), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")),
        ("a.jpg", picture((9, 9), exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0")),
        ("a.jpg", b"texte"),
        ("a.pdf", b"%PDF-1.7"),
        ("absent.jpg", None),
    ],
)
def test_no_position(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert not holds_position(tmp_path / name)
