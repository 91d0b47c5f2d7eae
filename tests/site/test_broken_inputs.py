"""What is wrong in the content is told, exactly, and nothing of what stood is touched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from plugins.build import publication
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
        replaced(ARTICLE, "carre.svg", "carree.svg"),
        (
            "content/articles/bilan.md:8:13 · image : « ../images/carree.svg » : aucun fichier "
            "« content/images/carree.svg ». Vouliez-vous « ../images/carre.svg » ?"
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
KNOWN = "articles, evenements, lettres, collectifs, organisations, portraits, metiers, pages"
SECOND_LETTER = "---\ntitre: L\nresume: L.\nnumero: 1\ndate: 2024-01-02\n---\nx\n"


def two_letters(content: Path) -> None:
    written("lettres/1.md", SECOND_LETTER)(content)
    other = SECOND_LETTER.replace("titre: L", "titre: M").replace("\nx\n", "\ny\n")
    written("lettres/autre.md", other)(content)


def folder_like_a_file(content: Path) -> None:
    (content / "articles/dossier.md").mkdir()


def body(text: str) -> Break:
    """Write an article whose text begins on line 6."""
    return written(OTHER, f"{HEADER}---\n{text}\n")


# Told as exactly, without building each time.
MORE_CASES: dict[str, tuple[Break, str]] = {
    "a file in an unknown folder": (
        written("articls/x.md", f"{HEADER}---\nx\n"),
        f"content/articls/x.md:1:1 · le fichier n’est dans aucun dossier connu : il ne serait pas publié. Placez-le dans l’un de ces dossiers : {KNOWN}.",
    ),
    "reStructuredText": (
        written("articles/x.rst", "Titre\n=====\n"),
        "content/articles/x.rst:1:1 · un fichier « .rst » n’est pas pris en charge : il ne serait pas publié. Donnez-lui la fin « .md », ou retirez-le.",
    ),
    "a folder named like a file": (
        folder_like_a_file,
        "content/articles/dossier.md:1:1 · c’est un dossier, et son nom finit par « .md ». Renommez-le.",
    ),
    "a deep nesting bomb": (
        written(OTHER, "---\ntitre: " + "[" * 5000 + "\n---\n"),
        f"content/articles/autre.md:2:19 · titre : « {'[' * 59}… » : plus de 12 listes ou groupes emboîtés. Simplifiez la valeur.",
    ),
    "a YAML tag": (
        replaced(ARTICLE, "titre: Bilan", "titre: !!python/object/apply:os.system [ls]"),
        "content/articles/bilan.md:2:8 · titre : « !!python/object/apply:os.system [ls] » : une valeur commence par « ! ». Mettez-la entre guillemets.",
    ),
    "an unclosed header": (
        written(OTHER, HEADER + "\nx\n"),
        "content/articles/autre.md:1:1 · l’en-tête ouvert par « --- » n’est jamais fermé. Ajoutez une ligne « --- » après le dernier champ.",
    ),
    "no header": (
        written(OTHER, "Bonjour.\n"),
        "content/articles/autre.md:1:1 · l’en-tête manque : la première ligne est « Bonjour. ». Commencez le fichier par une ligne « --- », les champs, puis une ligne « --- ».",
    ),
    "a colon in a title": (
        replaced(ARTICLE, "titre: Bilan", "titre: Bilan : la suite"),
        'content/articles/bilan.md:2:14 · titre : « Bilan : la suite » : un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets : titre: "Bilan : la suite".',
    ),
    "a number sign in a title": (
        replaced(ARTICLE, "titre: Bilan", "titre: Bilan #3"),
        "content/articles/bilan.md:2:14 · titre : « #3 » serait pris pour un commentaire et perdu. Mettez toute la valeur entre guillemets (ou une espace après « # »).",
    ),
    "a tab in YAML": (
        replaced(EVENT, "collectif: numerique", "lieu:\n\tville: Nantes"),
        "content/evenements/webinaire.md:7:1 · ville : « Nantes » : une tabulation sert de retrait. Remplacez-la par des espaces.",
    ),
    "a very long slug": (
        written(OTHER, f"{HEADER}slug: {'mot-' * 21}fin\n---\nx\n"),
        f"content/articles/autre.md:5:7 · slug : « {'mot-' * 10}… » a 87 caractères, 80 au plus. Écrivez {'-'.join(['mot'] * 20)}.",
    ),
    "a very long title": (
        replaced(ARTICLE, "titre: Bilan", f"titre: {'mot ' * 60}"),
        f"content/articles/bilan.md:2:8 · titre : « {'mot ' * 14}mot… » : 239 caractères, 200 au plus. Raccourcissez.",
    ),
    "a name without Latin letters": (
        written("articles/日本.md", f"{HEADER}---\nx\n"),
        "content/articles/日本.md:1:1 · slug : le nom « 日本.md » n’a ni lettre latine ni chiffre : aucune adresse ne peut en être faite. Renommez le fichier, ou ajoutez « slug ».",
    ),
    "two letters with one number": (
        two_letters,
        "content/lettres/autre.md:4:9 · numero : « 1 » : l’adresse /lettres/1/ est déjà celle de content/lettres/1.md. Donnez un autre numéro à l’une des deux lettres.",
    ),
    "a page in the place of the agenda": (
        written("pages/agenda.md", "---\ntitre: A\nresume: A.\n---\nx\n"),
        "content/pages/agenda.md:1:1 · slug : « agenda » : l’adresse /agenda/ est prise par l’agenda. Changez « slug » ou le nom du fichier.",
    ),
    "an alias that is a content's address": (
        written(OTHER, f"{HEADER}alias: /actualites/bilan/\n---\nx\n"),
        "content/articles/autre.md:5:8 · alias.1 : « /actualites/bilan/ » est l’adresse d’une page qui existe. Retirez cet alias.",
    ),
    "an alias that is the site's own address": (
        written(OTHER, f"{HEADER}alias: /agenda/2024/02/\n---\nx\n"),
        "content/articles/autre.md:5:8 · alias.1 : « /agenda/2024/02/ » est l’adresse d’une page qui existe. Retirez cet alias.",
    ),
    "a fragment that does not exist": (
        body("[a](bilan.md#rien)"),
        "content/articles/autre.md:6:5 · lien : « bilan.md#rien » : pas d’intertitre « #rien » à cet endroit. Retirez « # » et ce qui suit.",
    ),
    "a link that runs code": (
        body("[a](javascript:alert)"),
        "content/articles/autre.md:6:5 · lien : « javascript:alert » : une adresse « javascript: » n’est pas permise. Donnez une adresse https://.",
    ),
    "a link to a file that is not there": (
        body("[a](bilans.md)"),
        "content/articles/autre.md:6:5 · lien : « bilans.md » : aucun fichier « content/articles/bilans.md ». Vouliez-vous « bilan.md » ?",
    ),
    "a link out of the content": (
        body("[a](../../../etc/passwd)"),
        "content/articles/autre.md:6:5 · lien : « ../../../etc/passwd » sort du dossier « content ». Visez un fichier du contenu.",
    ),
    "an image that is none": (
        lambda content: (
            written("images/faux.png", "faux")(content),
            body("![Un](../images/faux.png)")(content),
        )[0],
        "content/articles/autre.md:6:7 · image : « ../images/faux.png » n’est pas une image lisible. Enregistrez-la de nouveau.",
    ),
    "an unclosed block": (
        body("/// encart\n\na"),
        "content/articles/autre.md:6:1 · /// encart : le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin.",
    ),
    "an unknown block": (
        body("/// encar\n\na\n///"),
        "content/articles/autre.md:6:1 · /// encar : le bloc n’existe pas. Vouliez-vous « encart » ?",
    ),
    "a wrong option of a block": (
        body("/// agenda\n    periodes: 2024\n///"),
        "content/articles/autre.md:7:5 · /// agenda periodes : le champ n’existe pas. Vouliez-vous écrire « periode » ?",
    ),
    "a block with content it does not take": (
        body("/// agenda\n\nBonjour\n///"),
        "content/articles/autre.md:6:1 · /// agenda : le bloc ne prend pas de contenu. Fermez-le par « /// » sous ses options.",
    ),
    "code that never ends": (
        body("```\nx = 1"),
        "content/articles/autre.md:6:1 · code : le code ouvert par « ``` » n’est jamais fermé. Ajoutez une ligne « ``` » à sa fin.",
    ),
    "no data of the site": (
        lambda content: (content / "donnees/site.yaml").unlink(),
        "content/donnees/site.yaml:1:1 · le fichier manque : il donne le nom du site. Créez-le avec « nom », « accroche », « description » et « contact ».",
    ),
    "a file where the site writes its own": (
        lambda content: (
            written("agenda/tout.ics", "BEGIN:VCALENDAR")(content),
            body("[a](/agenda/tout.ics)")(content),
        )[0],
        "content/agenda/tout.ics:1:1 · l’adresse /agenda/tout.ics est celle d’un fichier que le site fabrique. Renommez ce fichier ou changez-le de dossier.",
    ),
}
MENDABLE = "Une de ces fautes se corrige seule : make verifier CORRIGER=1"
MENDED = {MORE_CASES[name][1] for name in ("a colon in a title", "a very long slug")}
MENDED.add(CASES["control characters"][1])
CLOSING = "1 erreur : rien n’a été publié, output/ est resté tel quel."
CHECKED = "1 erreur : à corriger avant de publier."


def build(settings: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """Build as the task does, in a process of its own."""
    code = "import sys; from pathlib import Path; from plugins.build import publication; "
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
    assert publication.build(write_content(folder), folder / "output") == 0
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
    told, *mendable, closing = said.err.splitlines()
    assert (told, closing) == (f"erreur {line}", CLOSING)
    assert mendable == [MENDABLE] * (line in MENDED)
    assert said.out == ""
    assert digest(good) == before
    assert not list(good.parent.glob(".output-*")), "a staging folder was left"


@pytest.mark.parametrize(("broken", "line"), MORE_CASES.values(), ids=MORE_CASES.keys())
def test_fault_is_told_by_a_check(
    tmp_path: Path, broken: Break, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write_content(tmp_path)
    broken(tmp_path / "content")

    status = publication.check(settings)

    said = capsys.readouterr()
    assert status == 1
    told, *mendable, closing = said.err.splitlines()
    assert (told, closing) == (f"erreur {line}", CHECKED)
    assert mendable == [MENDABLE] * (line in MENDED)
    assert said.out == "Contenu vérifié au 8\u00a0janvier 2024.\n"


@pytest.mark.parametrize(
    "broken",
    [
        written(OTHER, f"\ufeff{HEADER}---\nL'été\n".replace("\n", "\r\n")),
        written(OTHER, f"{HEADER}slug:\nmodifie: ~\n---\nx\n"),
        written(OTHER, f"{HEADER}rubrique:\tAppel\n---\nx\n"),
        body("## 日本\n\na\n\n## ???\n\na\n\n# 1. Un\n\na"),
        body("## Contenu\n\na\n\n## À venir\n\na\n\n## Documents\n\na"),
        body("/// agenda\n///\n\n/// agenda\n    periode: 2024\n///"),
        body("Avant\n/// agenda\n///\nAprès"),
    ],
)
def test_what_is_no_fault(
    tmp_path: Path, broken: Break, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write_content(tmp_path)
    broken(tmp_path / "content")
    assert publication.build(settings, tmp_path / "output") == 0
    assert capsys.readouterr().err == ""
    for page in (tmp_path / "output").rglob("*.html"):
        ids = html.fromstring(page.read_bytes()).xpath("//@id")
        assert sorted(ids) == sorted(set(ids)), page


MODULE_FAULTS = {
    "syntax.py": "def register(:\n",
    "importing.py": "import rien_de_tel\n\ndef register():\n    pass\n",
    "mute.py": "x = 1\n",
    "raising.py": "def register():\n    raise ValueError('boom')\n",
}
FIX = "Corrigez-le, ou retirez-le de PLUGINS dans settings.py."


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        (
            'PLUGINS = [*PLUGINS, "faulty_syntax"]',
            f"Le module « faulty_syntax » n’a pas pu être chargé (SyntaxError, faulty_syntax.py:1). {FIX}",
        ),
        (
            'PLUGINS = [*PLUGINS, "faulty_importing"]',
            f"Le module « faulty_importing » n’a pas pu être chargé (ModuleNotFoundError « rien_de_tel », faulty_importing.py:1). {FIX}",
        ),
        (
            'PLUGINS = [*PLUGINS, "faulty_absent"]',
            f"Le module « faulty_absent » n’a pas pu être chargé (ModuleNotFoundError « faulty_absent »). {FIX}",
        ),
        (
            'PLUGINS = [*PLUGINS, "faulty_mute"]',
            "Le module « faulty_mute » n’a pas de fonction register() : il ne ferait rien. Ajoutez-la, ou retirez-le de PLUGINS dans settings.py.",
        ),
        (
            'PLUGINS = [*PLUGINS, "faulty_raising"]',
            "Le module « faulty_raising » n’a pas pu s’enregistrer. Corrigez sa fonction register().",
        ),
        (
            'PLUGINS = [name for name in PLUGINS if name != "plugins.passerelle"]',
            "PLUGINS ne contient pas « plugins.passerelle », sans quoi rien n’est vérifié ni écrit. Ajoutez-le dans settings.py.",
        ),
        *(
            (
                f"SITEURL = {address!r}",
                f"SITEURL vaut « {address} » : écrivez l’adresse complète du site, par exemple https://passerelle.example.",
            )
            for address in (
                *("", "passerelle.example", "ftp://passerelle.example", "https://a b.example"),
                *("https://a.example:port", "https://a.example/?b", "https://a.example/#b"),
            )
        ),
        (
            "BUILD_DATE = 'hier'",
            "BUILD_DATE vaut « hier » : écrivez par exemple 2024-01-08 09:00.",
        ),
        (
            "SOURCE_DATE_EPOCH = 'hier'",
            "SOURCE_DATE_EPOCH vaut « hier » : un nombre de secondes est attendu. Corrigez la variable ou retirez-la.",
        ),
        (
            "PATH = 'nulle-part'",
            "PATH vaut « nulle-part » : ce dossier n’existe pas. Corrigez le chemin dans settings.py.",
        ),
        (
            "THEME = 'nulle-part'",
            "THEME vaut « nulle-part » : ce dossier n’existe pas. Corrigez le chemin dans settings.py.",
        ),
        ("SITEURL =", "settings.py n’a pas pu être lu (SyntaxError, settings.py:7). Corrigez-le."),
        (
            "1 / 0",
            "settings.py n’a pas pu être lu (ZeroDivisionError, settings.py:7). Corrigez-le.",
        ),
    ],
)
def test_settings_that_cannot_publish(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = write_content(tmp_path)
    for name, source in MODULE_FAULTS.items():
        (tmp_path / f"faulty_{name}").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"{setting}\n")

    assert publication.build(settings, tmp_path / "output") == 1
    assert capsys.readouterr().out.splitlines() == [line]
    assert not (tmp_path / "output").exists()


def test_the_commands_that_editors_type(tmp_path: Path) -> None:
    """A good build, then a fault: `invoke build` and `invoke check` say it, output/ stands."""
    write_content(tmp_path)
    for name in ("plugins", "theme"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())

    def invoke(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "invoke", *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1704700800"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert invoke("build").returncode == 0
    before = digest(tmp_path / "output")
    assert "index.html" in before
    broken, line = CASES["end before start"]
    broken(tmp_path / "content")
    day = "Contenu vérifié au 8\u00a0janvier 2024.\n"
    for command, words, closing in (("build", "", CLOSING), ("check", day, CHECKED)):
        done = invoke(command)
        assert done.returncode == 1
        assert done.stderr.splitlines() == [f"erreur {line}", closing]
        assert done.stdout == words
    assert digest(tmp_path / "output") == before
    hidden = {path.name for path in tmp_path.glob(".*")}
    assert hidden == {".cache", ".output.lock"}


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
    assert (
        lines[-1] == "5 erreurs dans 3 fichiers : rien n’a été publié, output/ est resté tel quel."
    )
