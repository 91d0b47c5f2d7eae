"""What is wrong in the content is told, exactly, and nothing of what stood is touched."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins import publication
from tests.site.small_content import write_content
from tests.sites import ROOT

ARTICLE = "articles/bilan.md"
EVENT = "evenements/webinaire.md"
OTHER = "articles/autre.md"
HEADER = "---\ntitre: Autre\nresume: Autre.\ndate: 2024-01-03\n"
Break = Callable[[Path], None]


def written(name: str, data: str | bytes) -> Break:
    def apply(content: Path) -> None:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return apply


def replaced(name: str, old: str, new: str) -> Break:
    def apply(content: Path) -> None:
        text = (content / name).read_text(encoding="utf-8")
        assert old in text
        (content / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


def linked(content: Path) -> None:
    (content / "articles/lien.md").symlink_to(content / ARTICLE)


# ruff: noqa: E501 - a message stands on one line, as an editor reads it
CASES: dict[str, tuple[Break, str]] = {
    "bad YAML": (
        replaced(ARTICLE, "titre: Bilan", "titre: [Bilan"),
        (
            "content/articles/bilan.md:2:8 · titre : « [Bilan » : la liste entre crochets est mal "
            "écrite. Séparez ses éléments par des virgules, et fermez-la par « ] »."
        ),
    ),
    "duplicate key": (
        replaced(ARTICLE, "titre: Bilan", "titre: Bilan\ntitre: Deux"),
        (
            "content/articles/bilan.md:3:1 · titre : le champ est écrit deux fois (déjà ligne 2). "
            "Gardez l’un des deux."
        ),
    ),
    "unknown key": (
        replaced(EVENT, "collectif:", "colectif:"),
        (
            "content/evenements/webinaire.md:6:1 · colectif : le champ n’existe pas. "
            "Vouliez-vous écrire « collectif » ?"
        ),
    ),
    "wrong type": (
        written(
            "lettres/1.md",
            "---\ntitre: L\nresume: L.\nnumero: un\ndate: 2024-01-02\n---\nx\n",
        ),
        "content/lettres/1.md:4:9 · numero : « un » : un nombre entier est attendu, par exemple 3.",
    ),
    "end before start": (
        replaced(EVENT, '"18:30"', '"16:00"'),
        (
            "content/evenements/webinaire.md:5:6 · fin : « 16:00 » précède le début (17:00). "
            "Corrigez l’un des deux."
        ),
    ),
    "two same slugs": (
        written(OTHER, f"{HEADER}slug: bilan\n---\nx\n"),
        (
            "content/articles/autre.md:5:7 · slug : « bilan » : l’adresse /actualites/bilan/ est déjà "
            "celle de content/articles/bilan.md. Changez « slug » ou le nom de l’un des deux fichiers."
        ),
    ),
    "unknown collectif": (
        replaced(EVENT, "collectif: numerique", "collectif: numerik"),
        (
            "content/evenements/webinaire.md:6:12 · collectif : « numerik » : collectif inconnu. "
            "Vouliez-vous « numerique » ?"
        ),
    ),
    "missing image": (
        replaced(ARTICLE, "carre.svg", "cercle.svg"),
        (
            "content/articles/bilan.md:8:13 · image : « ../images/cercle.svg » : aucun fichier "
            "« content/images/cercle.svg ». Vouliez-vous « images/carre.svg » ?"
        ),
    ),
    "missing alt": (
        replaced(ARTICLE, "![Un carré]", "![]"),
        (
            "content/articles/bilan.md:8:5 · image : « ../images/carre.svg » : la description (alt) "
            "manque. Écrivez ![ce que montre l’image](fichier)."
        ),
    ),
    "impossible date": (
        replaced(EVENT, "2024-02-07", "2024-02-30"),
        (
            "content/evenements/webinaire.md:4:8 · debut : « 2024-02-30 17:00 » n’existe pas : "
            "février 2024 a 29 jours. Corrigez le jour."
        ),
    ),
    "control characters": (
        replaced(ARTICLE, "Bilan", "Bi\x08lan"),
        (
            "content/articles/bilan.md:2:10 · le caractère invisible U+0008 n’est pas permis. "
            "Effacez-le (il vient souvent d’un copier-coller)."
        ),
    ),
    "latin-1 bytes": (
        written(OTHER, f"{HEADER}---\nL'été\n".encode("latin-1")),
        (
            "content/articles/autre.md:6:3 · l’octet 0xe9 n’est pas de l’UTF-8 (fichier en latin-1 ?). "
            "Enregistrez le fichier avec l’encodage « UTF-8 »."
        ),
    ),
    "an empty file": (
        written(OTHER, ""),
        (
            "content/articles/autre.md:1:1 · le fichier est vide. Écrivez son en-tête et son texte, "
            "ou supprimez-le."
        ),
    ),
    "a 10 MB header": (
        written(OTHER, f"---\ntitre: {'x' * 10_000_000}\n---\n"),
        (
            "content/articles/autre.md:1:1 · le fichier pèse 10\u202f000\u202f016 octets, plus que les "
            "2\u202f000\u202f000 permis. Placez ce contenu dans un document joint."
        ),
    ),
    "a YAML alias bomb": (
        written(OTHER, "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nx\n"),
        (
            "content/articles/autre.md:2:4 · a : « &a [x, x] » : les renvois de YAML (« & » et « * ») "
            "ne sont pas permis. Écrivez la valeur en entier, ou entre guillemets."
        ),
    ),
    "a slug with ../": (
        written(OTHER, f"{HEADER}slug: ../../etc\n---\nx\n"),
        (
            "content/articles/autre.md:5:7 · slug : « ../../etc » sort de son dossier : "
            "un slug n’a ni barre ni points. Écrivez etc."
        ),
    ),
    "a symbolic link": (
        linked,
        (
            "content/articles/lien.md:1:1 · un lien symbolique n’est pas permis dans le contenu. "
            "Copiez le fichier à sa place."
        ),
    ),
    "a draft linked from a published page": (
        replaced(EVENT, "resume:", "statut: brouillon\nresume:"),
        (
            "content/articles/bilan.md:6:16 · lien : « ../evenements/webinaire.md » n’est pas publié "
            "(brouillon, à paraître ou expiré). Publiez-le ou retirez le lien."
        ),
    ),
    "a consent missing": (
        written(
            "portraits/camille.md",
            "---\ntitre: C\nresume: C.\nnom: C\nexpire_le: 2025-01-01\n---\nx\n",
        ),
        (
            "content/portraits/camille.md:1:1 · consentement : le champ est obligatoire et manque. "
            "Sans l’accord écrit de la personne, le portrait ne peut pas paraître : "
            "ajoutez « consentement: true » quand vous l’avez."
        ),
    ),
    "a link to a missing page": (
        replaced(ARTICLE, "../evenements/webinaire.md", "/nulle-part/"),
        (
            "content/articles/bilan.md:6:16 · lien : « /nulle-part/ » : aucune page à cette adresse. "
            "Corrigez ou retirez le lien."
        ),
    ),
}
CLOSING = "1 erreur : rien n’a été publié, output/ est resté tel quel."


def build(settings: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """Build as the task does, in a process of its own."""
    code = "import sys; from pathlib import Path; from plugins import publication; "
    code += "sys.exit(publication.build(Path(sys.argv[1]), Path(sys.argv[2])))"
    return subprocess.run(
        [sys.executable, "-c", code, str(settings), str(output)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def digest(folder: Path) -> dict[str, str]:
    """Return what a folder holds, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a good build, which faulty ones must leave alone."""
    folder = tmp_path_factory.mktemp("good")
    done = build(write_content(folder), folder / "output")
    assert done.returncode == 0, done.stderr
    return folder / "output"


@pytest.mark.parametrize(("broken", "line"), CASES.values(), ids=CASES.keys())
def test_fault_is_told_and_output_stands(
    tmp_path: Path,
    good: Path,
    broken: Break,
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = write_content(tmp_path)
    broken(tmp_path / "content")
    before = digest(good)

    status = publication.build(settings, good)

    said = capsys.readouterr()
    assert status == 1
    assert said.err.splitlines() == [f"erreur {line}", CLOSING]
    assert said.out == ""
    assert digest(good) == before
    assert not list(good.parent.glob(".output-*")), "a staging folder was left"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    settings = write_content(tmp_path)
    content = tmp_path / "content"
    for name in ("unknown key", "missing alt", "an empty file"):
        CASES[name][0](content)
    replaced(EVENT, '"18:30"', '"16:00"')(content)
    replaced(ARTICLE, "date: 2024-01-02", "date: 2024-02-30")(content)

    done = build(settings, tmp_path / "output")

    assert done.returncode == 1
    assert not (tmp_path / "output").exists()
    lines = done.stderr.splitlines()
    for name in ("unknown key", "missing alt", "an empty file", "end before start"):
        assert f"erreur {CASES[name][1]}" in lines
    assert any(" · date : « 2024-02-30 » n’existe pas" in line for line in lines)
    assert lines[-1] == "5 erreurs : rien n’a été publié, output/ est resté tel quel."
