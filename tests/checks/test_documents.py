"""What a document put online tells of persons is named to the editor."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from plugins.content.documents import film_holds_position, properties
from tests.contents import Files, article, errors, load_files, text, warnings

LINKED = article("", "[Le programme](../documents/{})\n")
REMEDY = (
    "Si c’est trop, effacez ses propriétés (dans Word, « Fichier », « Informations », "
    "« Inspecter le document »), refaites le PDF s’il en vient, et déposez-le de nouveau."
)


def pdf(password: str = "", **stated: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    writer.add_metadata({f"/{key}": value for key, value in stated.items()})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Note</dc:title>'
    "<dc:creator>Camille Exemple</dc:creator><cp:lastModifiedBy>Dominique Essai"
    "</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Company>Ministère</Company></Properties>'
)
META = (
    '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><meta:initial-creator>Camille'
    "</meta:initial-creator><dc:creator>Dominique</dc:creator></office:meta>"
    "</office:document-meta>"
)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><creator>&x;</creator></a>'


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        (
            "a.pdf",
            pdf(Author="Camille  Exemple", Title="Microsoft Word - v3.docx"),
            (("auteur", "Camille Exemple"), ("titre", "Microsoft Word - v3.docx")),
        ),
        ("A.PDF", pdf(Author="Camille"), (("auteur", "Camille"),)),
        ("a.pdf", pdf(Producer="pypdf"), ()),
        ("a.pdf", pdf("secret", Author="Camille"), ()),
        ("a.pdf", pdf(Author="Camille")[:200], ()),
        ("a.pdf", b"%PDF-1.7", ()),
        ("a.pdf", b"", ()),
        (
            "a.docx",
            archive(docProps__core=CORE),
            (("titre", "Note"), ("auteur", "Camille Exemple"), ("modifié par", "Dominique Essai")),
        ),
        ("a.xlsx", archive(docProps__app=APP), (("organisme", "Ministère"),)),
        ("a.odt", archive(meta=META), (("auteur", "Camille"), ("modifié par", "Dominique"))),
        ("a.odt", archive(meta=ENTITY), ()),
        ("a.docx", archive(docProps__core=CORE)[:100], ()),
        ("a.docx", b"", ()),
        ("a.docx", archive(docProps__core="<a"), ()),
        ("a.zip", archive(docProps__core=CORE), ()),
        ("absent.pdf", None, ()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_properties(
    tmp_path: Path, name: str, data: bytes | None, found: tuple[tuple[str, str], ...]
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert properties(tmp_path / name) == found


def test_the_position_of_a_photograph_in_a_document_is_told(tmp_path: Path) -> None:
    """Word keeps a photograph as it was inserted, reduced or not."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)}
    taken, plain, made = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (9, 9)).save(taken, "JPEG", exif=exif)
    Image.new("RGB", (9, 9)).save(plain, "JPEG")
    with zipfile.ZipFile(made, "w") as document:
        document.writestr("word/media/image1.jpeg", plain.getvalue())
        document.writestr("word/media/image2.jpeg", b"texte")
        document.writestr("word/media/image3.jpeg", taken.getvalue())
    files: Files = {"articles/a.md": LINKED.format("a.docx"), "documents/a.docx": made.getvalue()}
    assert warnings(load_files(tmp_path, files)) == [
        (
            "content/documents/a.docx:1:1 · la photographie « image3.jpeg », dans ce document, dit "
            "où elle a été prise (GPS). Retirez-en ce lieu, insérez-la de nouveau, et déposez le "
            "document."
        )
    ]


def test_an_author_is_told(tmp_path: Path) -> None:
    files: Files = {
        "articles/a.md": LINKED.format("programme.pdf"),
        "documents/programme.pdf": pdf(Author="Camille Exemple", Title="v3 définitif.docx"),
        "documents/inutile.pdf": pdf(Author="Camille Exemple"),
    }
    loaded = load_files(tmp_path, files)
    assert errors(loaded) == []
    assert warnings(loaded) == [
        (
            "content/documents/programme.pdf:1:1 · ce document dit à qui l’ouvre : "
            f"auteur « Camille Exemple », titre « v3 définitif.docx ». {REMEDY}"
        )
    ]


@pytest.mark.parametrize("author", ["Essai", "essai", "Passerelle", ""])
def test_the_site_and_its_organisations_are_no_persons(tmp_path: Path, author: str) -> None:
    files: Files = {
        "articles/a.md": LINKED.format("programme.pdf"),
        "organisations/o.md": text(titre="Passerelle"),
        "documents/programme.pdf": pdf(Author=author, Title="Programme"),
    }
    assert warnings(load_files(tmp_path, files)) == []


FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 900


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (b"\xa9xyz\0\x12\x15\xc7+48.8577+002.295/", True),
        (b"com.apple.quicktime.location.ISO6709", True),
        (b"", False),
    ],
)
def test_the_position_of_a_film_is_told(tmp_path: Path, mark: bytes, expected: bool) -> None:
    files: Files = {"articles/a.md": LINKED.format("f.mp4"), "documents/f.mp4": FILM + mark}
    assert warnings(load_files(tmp_path, files)) == [
        (
            "content/documents/f.mp4:1:1 · le lieu de la prise de vue (GPS) est inscrit dans ce "
            "film, et serait publié avec lui. Exportez-le sans sa position, et déposez-le de "
            "nouveau."
        )
    ] * int(expected)


def test_an_empty_film_has_no_position(tmp_path: Path) -> None:
    (tmp_path / "f.mp4").write_bytes(b"")
    assert not film_holds_position(tmp_path / "f.mp4")
