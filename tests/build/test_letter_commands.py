"""The commands of the letter: files, messages and exit statuses."""

from __future__ import annotations

import base64
import datetime as dt
import email
import email.policy
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from plugins.build import letter_commands as commands
from tests.outputs import poppler
from tests.outputs.flowed_reading import read
from tests.site.small_content import write_content

LETTER = """\
---
titre: Un numéro
numero: 3
date: 2024-01-05
resume: Deux mots.
---
L'éditorial.

## Une rubrique

![Un carré](../images/carre.svg)
"""
NOW = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)
DRY: dict[str, Any] = {"again": False, "confirm": False, "now": NOW, "environment": {}}
KNOWN_TOOLS = "Ajoutez POUR= suivi de l’un de ces noms\u00a0: listmonk, brevo, zip.\n"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = write_content(tmp_path)
    path = tmp_path / "content" / "lettres" / "3.md"
    path.parent.mkdir()
    path.write_text(LETTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return settings


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command; return its status and what it printed."""

    def run(command: Callable[..., int], *arguments: object, **options: object) -> tuple[int, str]:
        status = command(*arguments, **options)
        said = capfd.readouterr()
        return status, said.out + said.err

    return run


def test_build(settings: Path, run: Run, tmp_path: Path) -> None:
    status, said = run(commands.build, settings, "3", tmp_path / "exports")
    folder = tmp_path / "exports" / "lettre-3"
    names = ["lettre-3.eml", "lettre-3.html", "lettre-3.pdf", "lettre-3.txt"]
    assert (status, sorted(path.name for path in folder.iterdir())) == (0, names)
    lines = said.splitlines()
    assert lines[0] == "La lettre n°\u00a03\u00a0: Un numéro"
    assert lines[-1] == "Les fichiers sont dans exports/lettre-3/."
    assert lines[1:3] == ["Le courriel et le texte…", "Le PDF…"]
    assert [line.split()[0] for line in lines[3:7]] == [
        "lettre-3.html",
        "lettre-3.txt",
        "lettre-3.pdf",
        "lettre-3.eml",
    ]
    assert poppler.properties((folder / "lettre-3.pdf").read_bytes())["Pages"] == "1"
    message = email.message_from_bytes(
        (folder / "lettre-3.eml").read_bytes(), policy=email.policy.SMTP
    )
    assert isinstance(message, EmailMessage)
    assert [part for part in message.walk() if part.defects] == []
    text, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert rich is not None
    shown = " ".join(chunk for _, _, chunk in read(text.get_content().replace("\r\n", "\n")))
    assert shown.split() == (folder / "lettre-3.txt").read_text("utf-8").split()
    assert rich.get_content().replace("\r\n", "\n") == (folder / "lettre-3.html").read_text("utf-8")


def test_build_of_a_letter_in_another_language_says_so(
    settings: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "content" / "lettres" / "3.md").write_text(
        LETTER.replace("numero: 3", "numero: 3\nlang: en"), encoding="utf-8"
    )
    assert run(commands.build, settings, "3", tmp_path / "exports")[0] == 0
    folder = tmp_path / "exports" / "lettre-3"
    message = email.message_from_bytes((folder / "lettre-3.eml").read_bytes())
    assert message["Content-Language"] == "en"
    tree = html.fromstring((folder / "lettre-3.html").read_bytes())
    assert tree.get("lang") == "en"
    said = {
        text.strip(): text.getparent().xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        for text in tree.xpath("//body//text()[normalize-space()]")
    }
    for words in ("Un numéro", "Une rubrique", "L'éditorial."):
        assert said[words] == "en"
    for words in ("Lire en ligne", "La lettre", "J", "Éditorial", "Se désinscrire"):
        assert said[words] == "fr"


def test_build_replaces_the_whole_folder(settings: Path, run: Run, tmp_path: Path) -> None:
    old = tmp_path / "exports" / "lettre-3" / "ancien.txt"
    old.parent.mkdir(parents=True)
    old.touch()
    assert run(commands.build, settings, "3", tmp_path / "exports")[0] == 0
    assert not old.exists()


def test_fault_of_the_content_is_told_and_nothing_written(
    settings: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "content" / "lettres" / "3.md").write_text(
        LETTER.replace("numero: 3", "numero: trois"), encoding="utf-8"
    )
    status, said = run(commands.build, settings, "3", tmp_path / "exports")
    assert status == 1
    assert "content/lettres/3.md:3:9 · numero : « trois »" in said
    assert said.endswith("1 erreur : rien n’a été écrit.\n")
    assert not (tmp_path / "exports").exists()


def test_sign_that_no_font_has_is_told_and_nothing_written(
    settings: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "content" / "lettres" / "3.md").write_text(
        LETTER.replace("Une rubrique", "Une rubrique 漢"), encoding="utf-8"
    )
    status, said = run(commands.build, settings, "3", tmp_path / "exports")
    assert status == 1
    assert "content/lettres/3.md:9:17 · PDF : " in said
    assert "« 漢 » (U+6F22)" in said
    assert "page" not in said
    assert "prêt" not in said
    assert said.endswith("1 erreur : rien n’a été écrit.\n")
    assert not (tmp_path / "exports" / "lettre-3").exists()


@pytest.mark.parametrize(
    ("command", "arguments"), [(commands.build, []), (commands.export, ["brevo", ["4"]])]
)
def test_example_addresses_are_told(
    settings: Path, run: Run, tmp_path: Path, command: Callable[..., int], arguments: list[object]
) -> None:
    with settings.open("a", encoding="utf-8") as file:
        file.write('\nSITEURL = "https://passerelle.example"\n')
    status, said = run(command, settings, "3", *arguments, tmp_path / "exports")
    assert status == 0
    assert "Attention\u00a0: les liens de la lettre ne mèneraient nulle part\u00a0: " in said


def test_a_picture_that_cannot_be_read_leaves_no_file(
    settings: Path, run: Run, tmp_path: Path
) -> None:
    broken(tmp_path)
    status, said = run(commands.export, settings, "3", "zip", [], tmp_path / "exports")
    assert status == 1
    assert said.startswith(
        "erreur content/lettres/3.md:11:13 · image : « ../images/creux.png » est incomplète ou "
        "abîmée. Copiez-la de nouveau depuis l’original.\n"
    )
    assert said.endswith("1 erreur : rien n’a été écrit.\n")
    assert not (tmp_path / "exports").exists()


def test_a_picture_that_cannot_be_read_is_not_sent(
    settings: Path, run: Run, tmp_path: Path
) -> None:
    broken(tmp_path)
    status, said = run(commands.send, settings, "3", test="boite@exemple.fr", **DRY)
    assert status == 1
    assert said.endswith("1 erreur : rien n’est parti.\n")


def broken(folder: Path) -> None:
    """Show in the letter a picture whose head is sound, and the rest missing."""
    out = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(out, "PNG")
    (folder / "content" / "images" / "creux.png").write_bytes(out.getvalue()[:100])
    letter = LETTER.replace("carre.svg", "creux.png")
    (folder / "content" / "lettres" / "3.md").write_text(letter, encoding="utf-8")


def given(folder: Path, header: str) -> None:
    """Give the letter other lines than its date."""
    letter = LETTER.replace("date: 2024-01-05", header)
    (folder / "content" / "lettres" / "3.md").write_text(letter, encoding="utf-8")


TO_COME = (
    "Attention : la lettre n° 3 n’est pas encore publiée. Ses liens vers le site ne "
    "mènent nulle part avant qu’elle paraisse, le 1er février 2024{}.\n"
)


@pytest.mark.parametrize(
    ("header", "hour"),
    [
        ("date: 2024-02-01", ""),
        ("date: 2024-01-05\npublier_le: 2024-02-01 09:30", " à 9 h 30"),
    ],
)
def test_an_issue_to_come_can_be_tried(
    settings: Path, run: Run, tmp_path: Path, header: str, hour: str
) -> None:
    given(tmp_path, header)
    status, said = run(commands.build, settings, "3", tmp_path / "exports")
    assert status == 0
    assert TO_COME.format(hour) in spaced(said)
    assert (tmp_path / "exports" / "lettre-3" / "lettre-3.pdf").is_file()
    status, said = run(commands.send, settings, "3", test="boite@exemple.fr", **DRY)
    assert status == 0
    assert spaced(said).startswith(TO_COME.format(hour))


def test_faults_of_an_issue_to_come_are_told(settings: Path, run: Run, tmp_path: Path) -> None:
    given(tmp_path, "date: 2024-02-01\nredacteurs_en_chef: []")
    path = tmp_path / "content" / "lettres" / "3.md"
    path.write_text(path.read_text("utf-8") + "\n[Rien](rien.md)\n", encoding="utf-8")
    status, said = run(commands.build, settings, "3", tmp_path / "exports")
    assert status == 1
    assert "aucun fichier « content/lettres/rien.md »" in spaced(said)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "date: 2024-01-05\nstatut: brouillon",
            (
                "La lettre n° 3 est un brouillon (content/lettres/3.md). Quand elle est prête, "
                "retirez-en « statut » : elle peut être essayée avant sa date.\n"
            ),
        ),
        (
            "date: 2024-01-05\nexpire_le: 2024-01-06",
            (
                "La lettre n° 3 n’est plus publiée après le 6 janvier 2024 "
                "(content/lettres/3.md). Retirez « expire_le », ou donnez un jour à venir.\n"
            ),
        ),
    ],
)
def test_an_issue_put_aside_is_told_as_such(
    settings: Path, run: Run, tmp_path: Path, header: str, message: str
) -> None:
    given(tmp_path, header)
    said = run(commands.build, settings, "3", tmp_path / "exports")
    assert (said[0], spaced(said[1])) == (2, message)


@pytest.mark.parametrize("to", ["list", "tool"])
def test_an_issue_to_come_goes_to_no_list(
    settings: Path, run: Run, tmp_path: Path, to: str
) -> None:
    given(tmp_path, "date: 2024-02-01")
    if to == "list":
        status, said = run(commands.send, settings, "3", test=None, **DRY)
    else:
        status, said = run(commands.export, settings, "3", "zip", [], tmp_path / "exports")
    assert (status, spaced(said)) == (
        2,
        (
            "La lettre n° 3 n’est pas encore publiée : elle paraîtra le 1er février 2024. "
            "D’ici là, essayez-la : make lettre N=3, ou make envoyer N=3 ESSAI=boite@exemple.fr.\n"
        ),
    )


def spaced(text: str) -> str:
    """Return a text whose spaces may all break."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("03", "Aucune lettre publiée n° « 03 »."),
        ("", "Quelle lettre ? Donnez son numéro, par exemple N=1."),
    ],
)
def test_unknown_number(
    settings: Path, run: Run, tmp_path: Path, number: str, message: str
) -> None:
    status, said = run(commands.build, settings, number, tmp_path / "exports")
    assert (status, spaced(said)) == (2, f"{message} Numéros publiés : 3.\n")


@pytest.mark.parametrize(
    ("tool", "files"),
    [
        (
            "listmonk",
            ["LISEZMOI.txt", "campagne.json", "lettre.html", "lettre.txt", "modele.html"],
        ),
        ("Brevo", ["LISEZMOI.txt", "campagne.json", "lettre.html"]),
        ("zip", ["lettre-3.zip"]),
    ],
)
def test_export(settings: Path, run: Run, tmp_path: Path, tool: str, files: list[str]) -> None:
    status, said = run(commands.export, settings, "3", tool, ["4"], tmp_path / "exports")
    folder = tmp_path / "exports" / f"lettre-3-{tool.lower()}"
    assert (status, sorted(path.name for path in folder.iterdir())) == (0, files)
    assert said.endswith(f"dans exports/{folder.name}/\u00a0: suivez LISEZMOI.txt.\n")


def test_archive_holds_the_pictures(settings: Path, run: Run, tmp_path: Path) -> None:
    assert run(commands.export, settings, "3", "zip", [], tmp_path / "exports")[0] == 0
    with zipfile.ZipFile(tmp_path / "exports" / "lettre-3-zip" / "lettre-3.zip") as archive:
        (picture,) = [name for name in archive.namelist() if name.endswith(".png")]
        assert picture.rpartition("/")[2].encode() in archive.read("lettre.html")


def test_pictures_within_the_html(settings: Path, run: Run, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    assert run(commands.export, settings, "3", "brevo", [], exports, inline=True)[0] == 0
    tree = html.fromstring((exports / "lettre-3-brevo" / "lettre.html").read_bytes())
    (source,) = tree.xpath("//img/@src")
    kind, _, data = source.partition(";base64,")
    assert kind == "data:image/png"
    with Image.open(io.BytesIO(base64.b64decode(data, validate=True))) as picture:
        assert picture.format == "PNG"


@pytest.mark.parametrize(
    ("tool", "lists", "message"),
    [
        ("", [], f"Pour quel outil ? {KNOWN_TOOLS}"),
        ("fax", [], f"« fax » n’est pas un outil connu. {KNOWN_TOOLS}"),
        (
            "brevo",
            ["deux"],
            "« deux » n’est pas le numéro d’une liste. Exemple\u00a0: LISTES=3,4\n",
        ),
    ],
)
def test_export_refused(
    settings: Path, run: Run, tmp_path: Path, tool: str, lists: list[str], message: str
) -> None:
    assert run(commands.export, settings, "3", tool, lists, tmp_path / "x") == (2, message)
    assert not (tmp_path / "x").exists()


def test_sending_is_dry_by_default(settings: Path, run: Run, tmp_path: Path) -> None:
    status, said = run(
        commands.send,
        settings,
        "3",
        test="boite@exemple.fr",
        again=False,
        confirm=False,
        now=NOW,
        environment={},
    )
    assert status == 0
    assert "Objet\u00a0: [Essai] Un numéro\n" in said
    assert said.endswith("sans cela, CONFIRMER=oui est refusé.\n")
    assert not (tmp_path / "content" / "donnees" / "envois.yaml").exists()


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("", "Un numéro"),
        ("objet: Le printemps, en neuf chantiers", "Le printemps, en neuf chantiers"),
    ],
)
def test_the_subject_may_be_another_than_the_title(
    settings: Path, run: Run, tmp_path: Path, field: str, subject: str
) -> None:
    (tmp_path / "content" / "lettres" / "3.md").write_text(
        LETTER.replace("numero: 3", f"numero: 3\n{field}"), encoding="utf-8"
    )
    _, said = run(commands.send, settings, "3", test=None, **DRY)
    assert f"Objet\u00a0: {subject}\n" in said
