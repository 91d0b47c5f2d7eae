"""What each file of the content folder is: a content, data, a file to publish, or a mistake."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from plugins.content.folder import scan

KNOWN = "articles, evenements, lettres, collectifs, organisations, portraits, metiers, pages"
NOWHERE = (
    "le fichier n’est dans aucun dossier connu : il ne serait pas publié. "
    f"Placez-le dans l’un de ces dossiers : {KNOWN}."
)
LINK = "un lien symbolique n’est pas permis dans le contenu. Copiez le fichier à sa place."
UNPRINTABLE = (
    "le nom du fichier contient un signe qui ne s’affiche pas. "
    "Renommez-le avec des lettres, des chiffres et des tirets."
)


JPEG = "Exportez la photographie en JPEG (« .jpg »)."


def unknown(ending: str, remedy: str = "Donnez-lui la fin « .md », ou retirez-le.") -> str:
    return f"un fichier « {ending} » n’est pas pris en charge : il ne serait pas publié. {remedy}"


def twice(name: str) -> str:
    return f"le nom finit deux fois, et le fichier ne serait pas lu. Renommez-le « {name} »."


def spoken(sign: str) -> str:
    return (
        f"le nom du fichier contient « {sign} », qui a un sens dans une adresse. "
        "Renommez-le avec des lettres, des chiffres et des tirets."
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("articles/2024/un.md", "articles/a.md", "images/A.PNG", "pages/b.pdf", "c.txt"):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "content"


def faults(root: Path) -> list[str]:
    return [str(error) for error in scan(root).errors]


def test_files_are_sorted_and_named(root: Path) -> None:
    (root / "donnees").mkdir()
    (root / "donnees/site.yaml").touch()
    folder = scan(root)
    assert [(file.path.name, file.kind.name) for file in folder.files] == [
        ("a.md", "article"),
        ("un.md", "article"),
    ]
    assert set(folder.static) == {"images/A.PNG", "pages/b.pdf", "c.txt"}
    assert folder.data == (root / "donnees/site.yaml",)
    assert folder.errors == ()
    assert folder.shown(root / "articles/a.md") == Path("content/articles/a.md")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.md", f"content/x.md:1:1 · {NOWHERE}"),
        ("articls/x.md", f"content/articls/x.md:1:1 · {NOWHERE}"),
        ("donnees/x.md", f"content/donnees/x.md:1:1 · {NOWHERE}"),
        ("articles/x.rst", f"content/articles/x.rst:1:1 · {unknown('.rst')}"),
        ("articles/x.markdown", f"content/articles/x.markdown:1:1 · {unknown('.markdown')}"),
        ("articles/x.MD", f"content/articles/x.MD:1:1 · {unknown('.MD')}"),
        ("articles/x.html", f"content/articles/x.html:1:1 · {unknown('.html')}"),
        *(
            (f"documents/x{end}", f"content/documents/x{end}:1:1 · {unknown(end)}")
            for end in (".HTML", ".htm", ".xhtml", ".shtml", ".xml", ".svgz", ".mjs", ".php")
        ),
        ("articles/x", f"content/articles/x:1:1 · {unknown('x')}"),
        ("donnees/x.json", f"content/donnees/x.json:1:1 · {unknown('.json')}"),
        ("donnees/x.png", f"content/donnees/x.png:1:1 · {unknown('.png')}"),
        ("images/x.js", f"content/images/x.js:1:1 · {unknown('.js')}"),
        ("images/x.HEIC", f"content/images/x.HEIC:1:1 · {unknown('.HEIC', JPEG)}"),
        ("articles/x.tif", f"content/articles/x.tif:1:1 · {unknown('.tif', JPEG)}"),
        (
            "documents/x.doc",
            (
                "content/documents/x.doc:1:1 · "
                f"{unknown('.doc', 'Enregistrez-le en PDF ou en « .docx ».')}"
            ),
        ),
        ("articles/x.md.txt", f"content/articles/x.md.txt:1:1 · {twice('x.md')}"),
        ("lettres/2.md.md", f"content/lettres/2.md.md:1:1 · {twice('2.md')}"),
        ("articles/x\x1b.md", f"content/articles/x\ufffd.md:1:1 · {UNPRINTABLE}"),
        ("articles/x\n.md", f"content/articles/x\ufffd.md:1:1 · {UNPRINTABLE}"),
        *(
            (f"images/a{sign}b.png", f"content/images/a{sign}b.png:1:1 · {spoken(sign)}")
            for sign in '#?%:"<|*'
        ),
    ],
)
def test_files_that_would_be_skipped_are_faults(root: Path, name: str, message: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).touch()
    assert faults(root) == [message]


@pytest.mark.parametrize(
    "name",
    [".gitkeep", "articles/.x.md.swp", "articles/x.md~", "images/Thumbs.db", "images/~$x.docx"],
)
def test_files_of_tools_are_left_out(root: Path, name: str) -> None:
    (root / name).touch()
    (root / ".obsidian").mkdir()
    (root / ".obsidian/x.json").touch()
    folder = scan(root)
    assert (folder.errors, len(folder.files), len(folder.static)) == ((), 2, 3)


@pytest.mark.parametrize("target", ["/etc/passwd", "a.md", "nulle-part", "."])
def test_symbolic_links(root: Path, target: str) -> None:
    (root / "articles/lien.md").symlink_to(target)
    folder = scan(root)
    assert faults(root) == [f"content/articles/lien.md:1:1 · {LINK}"]
    assert len(folder.files) == 2


def test_link_to_a_folder_is_not_followed(root: Path) -> None:
    (root / "articles/dossier").symlink_to("/etc")
    assert faults(root) == [f"content/articles/dossier:1:1 · {LINK}"]


def test_folder_named_like_a_content(root: Path) -> None:
    (root / "articles/x.md").mkdir()
    assert faults(root) == [
        "content/articles/x.md:1:1 · c’est un dossier, et son nom finit par « .md ». Renommez-le."
    ]


def test_pipes_and_sockets_are_never_read(root: Path) -> None:
    os.mkfifo(root / "articles/x.md")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(root / "articles")  # a socket's path is short
        try:
            listener.bind("y.md")
        finally:
            os.chdir(here)
        assert faults(root) == [
            f"content/articles/{name}.md:1:1 · ce n’est ni un fichier ni un dossier. Retirez-le."
            for name in "xy"
        ]


def test_name_that_is_no_text(root: Path) -> None:
    name = os.fsdecode(b"articles/\xff.md")
    (root / name).touch()
    assert faults(root) == [f"content/articles/\ufffd.md:1:1 · {UNPRINTABLE}"]


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert faults(tmp_path / "content") == [
        "content:1:1 · le dossier du contenu n’existe pas. Créez-le, avec un dossier « articles »."
    ]


def test_a_file_that_cannot_be_read_is_told_before_a_build_needs_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "documents").mkdir(exist_ok=True)
    (root / "documents/a.pdf").touch()
    # Tests may be run by root, who reads everything.
    monkeypatch.setattr("plugins.content.folder.os.access", lambda *_: False)
    folder = scan(root)
    assert [str(fault) for fault in folder.errors if "a.pdf" in str(fault)] == [
        (
            "content/documents/a.pdf:1:1 · le fichier ne peut pas être lu. "
            "Vérifiez ses droits et le disque."
        )
    ]
    assert "documents/a.pdf" in folder.static
