"""A file named in decomposed letters (NFD, as macOS archives them) is found."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from plugins.build import publication
from tests.contents import SVG, Files, article, load_files, text, write
from tests.site.small_content import settings_of

BODY = """\
![Une table](../images/été.svg) et [un autre](été.md).

/// image
    fichier: images/été.svg
    alt: Une table
///
"""


def nfd(name: str) -> str:
    return unicodedata.normalize("NFD", name)


FILES: Files = {
    nfd("images/été.svg"): SVG,
    nfd("articles/été.md"): article(titre="Été"),
    "articles/a.md": article("image:\n  fichier: images/été.svg\n  alt: Une table", BODY),
    nfd("images/note été.pdf"): b"%PDF-1.7\n",
    "evenements/b.md": text(
        "debut: 2024-02-01\ndocuments: [{titre: A, fichier: images/note été.pdf}]"
    ),
}


def test_every_reference_finds_it(tmp_path: Path) -> None:
    assert load_files(tmp_path, FILES).faults == ()


def test_it_is_published_under_its_usual_name(tmp_path: Path) -> None:
    write(tmp_path / "content", FILES)
    assert publication.build(settings_of(tmp_path), tmp_path / "output") == 0
    assert (tmp_path / "output/images/été.svg").read_bytes() == SVG.encode()
    assert (tmp_path / "output/images/note été.pdf").is_file()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    loaded = load_files(tmp_path, {"images/été.svg": SVG, nfd("images/été.svg"): SVG})
    found = [fault for fault in loaded.faults if "même nom" in fault.message]
    assert [str(fault) for fault in found] == [
        (
            "content/images/été.svg:1:1 · un autre fichier porte le même nom, aux accents codés "
            "autrement. Supprimez ou renommez l’un des deux."
        )
    ]
