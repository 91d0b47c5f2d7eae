"""What is proposed instead of a link that leads nowhere can be written as it is proposed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.checks.references import check_links
from tests.contents import SVG, Files, article, errors, group, load_files, record_at

FILES: Files = {
    "articles/2024/la.md": article(),
    "collectifs/jeunes-cadres.md": group("Jeunes"),
    "images/le havre.svg": SVG,
    "images/quai.svg": SVG,
    "images/x.heic": b"heic",
}
PLACE = "content/articles/ici.md:6:"
BLOCK = "/// image\n    fichier: {}\n    alt: a\n///"
BUTTON = "/// bouton\n    adresse: {}\n\na\n///"
COMPUTER = "est un fichier de votre ordinateur. Déposez-le dans"


def told(tmp_path: Path, body: str) -> list[str]:
    loaded = load_files(tmp_path, {**FILES, "articles/ici.md": article("", body)})
    index = loaded.index
    faults = check_links(record_at(index, "articles/ici.md"), index, None)
    wanted = {*errors(loaded), *map(str, faults)}
    return sorted(w for w in wanted if w.startswith("content/articles/ici.md"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "![a](images/quay.svg)",
            (
                "6:6 · image : « images/quay.svg » : aucun fichier "
                "« content/articles/images/quay.svg ». Vouliez-vous « ../images/quai.svg » ?"
            ),
        ),
        (
            "![a](/images/quay.svg)",
            (
                "6:6 · image : « /images/quay.svg » : aucun fichier "
                "« content/images/quay.svg ». Vouliez-vous « /images/quai.svg » ?"
            ),
        ),
        (
            "![a](le-havre.svg)",
            (
                "6:6 · image : « le-havre.svg » : aucun fichier "
                "« content/articles/le-havre.svg ». Vouliez-vous « ../images/le%20havre.svg » ?"
            ),
        ),
        (
            "[a](../collectifs/jeunes-cadre.md)",
            (
                "6:5 · lien : « ../collectifs/jeunes-cadre.md » : aucun fichier "
                "« content/collectifs/jeunes-cadre.md ». "
                "Vouliez-vous « ../collectifs/jeunes-cadres.md » ?"
            ),
        ),
        (
            "[a](las.md)",
            (
                "6:5 · lien : « las.md » : aucun fichier « content/articles/las.md ». "
                "Vouliez-vous « 2024/la.md » ?"
            ),
        ),
        (
            BLOCK.format("images/quay.svg"),
            (
                "7:14 · /// image fichier : « images/quay.svg » : aucun fichier "
                "« content/images/quay.svg ». Vouliez-vous « images/quai.svg » ?"
            ),
        ),
        (
            BUTTON.format("jeunes-cadre.md"),
            (
                "7:14 · /// bouton adresse : « jeunes-cadre.md » : aucun fichier "
                "« content/articles/jeunes-cadre.md ». "
                "Vouliez-vous « ../collectifs/jeunes-cadres.md » ?"
            ),
        ),
        (
            "![a](..\\images\\quai.svg)",
            (
                "6:6 · image : « ..\\images\\quai.svg » : les dossiers se séparent par « / ». "
                "Écrivez « ../images/quai.svg »."
            ),
        ),
        (
            BLOCK.format("images\\quai.svg"),
            (
                "7:14 · /// image fichier : « images\\quai.svg » : les dossiers se séparent par "
                "« / ». Écrivez « images/quai.svg »."
            ),
        ),
        (
            "![a](C:\\Users\\a.jpg)",
            (
                f"6:6 · image : « C:\\Users\\a.jpg » {COMPUTER} « content/images », puis écrivez "
                "« ../images/ » et son nom."
            ),
        ),
        (
            "[a](file:///C:/a.docx)",
            (
                f"6:5 · lien : « file:///C:/a.docx » {COMPUTER} « content/documents », puis "
                "écrivez « ../documents/ » et son nom."
            ),
        ),
        (
            BUTTON.format("C:\\a.docx"),
            (
                f"7:14 · /// bouton adresse : « C:\\a.docx » {COMPUTER} « content/documents », "
                "puis écrivez « ../documents/ » et son nom."
            ),
        ),
        (
            BLOCK.format("C:\\a.svg"),
            (
                f"7:14 · /// image fichier : « C:\\a.svg » {COMPUTER} « content », puis écrivez "
                "son chemin, par exemple images/seminaire.jpg."
            ),
        ),
        (
            BUTTON.format("javascript:alert"),
            (
                "7:14 · /// bouton adresse : « javascript:alert » : une adresse « javascript: » "
                "n’est pas permise. Donnez une adresse https://."
            ),
        ),
        (
            "![a](../images/x.heic)",
            (
                "6:6 · image : « ../images/x.heic » n’est pas une image que montrent les "
                "navigateurs. Exportez la photographie en JPEG (« .jpg »)."
            ),
        ),
    ],
)
def test_remedies(tmp_path: Path, body: str, message: str) -> None:
    assert told(tmp_path, body) == [f"content/articles/ici.md:{message}"]
    if right := re.search(r"(?:Vouliez-vous|Écrivez) « ([^»]+) »", message):
        wrong = re.search(r" : « ([^»]+) »", message)
        assert wrong
        mended = re.sub(r"(?<=[( ])[^( ]+\.(?:svg|md)", lambda _: right[1], body)
        assert told(tmp_path, mended) == []


def test_each_refused_image_is_told_once_at_its_place(tmp_path: Path) -> None:
    """Its description, were it missing, is not told: there is no image."""
    image = '<img src="file:///C:/a.jpg" alt="">'
    message = (
        f"image : « file:///C:/a.jpg » {COMPUTER} « content/images », puis écrivez "
        "« ../images/ » et son nom."
    )
    assert (
        told(tmp_path, f"a\n\n{image}\n\n{image}")
        == [
            f"content/articles/ici.md:8:11 · {message}",
            f"content/articles/ici.md:10:11 · {message}",
        ][::-1]
    )
