"""`make nouveau`: what it writes, asks, refuses and says."""

from __future__ import annotations

import itertools
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from invoke.context import Context
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import tasks
from plugins.build import new_batch, new_commands
from plugins.build.new_commands import Order, create
from plugins.checks.suite import check_contents
from plugins.faults import Level
from plugins.library.index import Index, read_index
from plugins.models import EventHeader
from plugins.views.site import RESERVED
from plugins.writing.files import write_all
from tests.contents import NOW, article, record_at, write
from tests.site.small_content import write_content
from tests.sites import ROOT

SPACES = str.maketrans("\u00a0\u202f", "  ")
ENTER, DOWN, UP, CTRL_C, CTRL_D = "\r", "\x1b[B", "\x1b[A", "\x03", "\x04"
EVENT = {"TYPE": "evenement", "TITRE": "Essai", "DATE": "7 février 2027 17h"}
DRAFT = "C’est un brouillon : il ne paraît qu’une fois « statut: publié » écrit.\n"
LEFT = "Reste à écrire : « resume » (pas d’aperçu sans lui) et le texte, en bas du fichier.\n"

Make = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small content folder, on 8 January 2024; nobody is at the terminal."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SITEURL", raising=False)
    monkeypatch.setattr(new_commands, "is_interactive", lambda: False)
    return tmp_path


@pytest.fixture
def make(root: Path, capsys: pytest.CaptureFixture[str]) -> Make:
    """Run the command; return its status and what it printed, with plain spaces."""
    numbers = itertools.count(1)

    def make(answers: dict[str, str], **others: Any) -> tuple[int, str]:  # noqa: ANN401
        order = Order(answers, **others)
        status = create(root / "settings.py", order, new_identifier=lambda: f"id-{next(numbers)}")
        printed = capsys.readouterr()
        return status, (printed.err + printed.out).translate(SPACES)

    return make


@contextmanager
def typed(monkeypatch: pytest.MonkeyPatch, *keys: str) -> Iterator[None]:
    """Have someone at the terminal, who types these keys."""
    monkeypatch.setattr(new_commands, "is_interactive", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        # A question too many is given up, rather than waited for.
        pipe.send_text("".join((*keys, CTRL_C)))
        yield


def read(root: Path) -> Index:
    """Return the index of the contents, in which nothing is an error."""
    index = read_index(root / "content", NOW)
    faults = check_contents(index, RESERVED)
    assert [str(fault) for fault in faults if fault.level is Level.ERROR] == []
    return index


def files(root: Path) -> dict[str, str]:
    """Return every file of the contents, hidden ones included, with its text."""
    paths = (path for path in (root / "content").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


# Options


def test_every_type_by_options(root: Path, make: Make) -> None:
    given = {
        "articles/un-article.md": {"TYPE": "article", "TITRE": "Un article"},
        "evenements/un-evenement.md": EVENT | {"TITRE": "Un événement", "COLLECTIF": "numerique"},
        "collectifs/un-chantier.md": {"TYPE": "chantier", "TITRE": "Un chantier"},
        "collectifs/un-groupe.md": {"TYPE": "Groupe", "TITRE": "Un groupe"},
        "organisations/une-organisation.md": {
            "TYPE": "organisations",
            "TITRE": "Une organisation",
        },
        "portraits/camille-exemple.md": {
            "TYPE": "portrait",
            "NOM": "Camille Exemple",
            "CONSENTEMENT": "oui",
            "EXPIRE_LE": "31 décembre 2028",
        },
        "metiers/un-metier.md": {"TYPE": "métier", "TITRE": "Un métier"},
        "pages/une-page.md": {"TYPE": "page", "TITRE": "Une page"},
    }
    for answers in given.values():
        assert make(answers)[0] == 0
    index = read(root)
    records = [record_at(index, name) for name in given]
    assert all(record in index.unpublished for record in records)
    identifiers = [record.header.identifier for record in records]
    assert identifiers == [f"id-{n}" for n in range(1, 9)]
    assert [fault.field for record in records for fault in record.faults] == ["resume"] * 8


def test_what_is_written_and_said(root: Path, make: Make) -> None:
    answers = EVENT | {
        "RESUME": "Deux phrases. Les voici : oui.",
        "DATE": "chaque premier mardi sauf août, de 17h à 18h30",
        "MODALITE": "visio",
        "LIEU": "Grande Arche",
        "COLLECTIF": "Numérique",
    }
    status, said = make(answers)
    path = "content/evenements/essai.md"
    assert (status, said) == (
        0,
        (
            f"Écrit : {path}\n"
            "Aperçu (make apercu) : http://localhost:8000/evenements/essai/\n"
            f"{DRAFT}Reste à écrire : le texte, en bas du fichier.\n"
        ),
    )
    head = (root / path).read_text("utf-8").partition("\n\n## Facultatif")[0]
    assert [line for line in head.split("\n") if not line.startswith("#")] == [
        "---",
        "titre: Essai",
        'resume: "Deux phrases. Les voici : oui."',
        "statut: brouillon",
        "identifiant: id-1",
        "debut: 2024-02-06 17:00",
        "fin: 18:30",
        "modalite: visio",
        "lieu: Grande Arche",
        "recurrence:",
        "  chaque: premier mardi",
        "  sauf:",
        "    - août",
        "collectif: numerique",
    ]
    header = record_at(read(root), "evenements/essai.md").header
    assert isinstance(header, EventHeader)
    assert header.place is not None
    assert header.place.name == "Grande Arche"


def test_published_at_once(root: Path, make: Make) -> None:
    answers = {"TYPE": "page", "TITRE": "Essai", "RESUME": "Deux mots.", "STATUT": "Publie"}
    status, said = make(answers)
    assert (status, said) == (
        0,
        (
            "Écrit : content/pages/essai.md\n"
            "Aperçu (make apercu) : http://localhost:8000/essai/\n"
            "Reste à écrire : le texte, en bas du fichier.\n"
        ),
    )
    assert record_at(read(root), "pages/essai.md") in read(root).published


def test_preview_of_a_site_under_a_path(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", "https://exemple.fr/reseau/")
    assert "http://localhost:8000/reseau/essai/\n" in make({"TYPE": "page", "TITRE": "Essai"})[1]


ALL_TYPES = "article, evenement, lettre, collectif, organisation, portrait, metier, page"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, f"Il manque TYPE ({ALL_TYPES})."),
        ({"TYPE": "billet"}, f"TYPE : « billet » n’existe pas. Choisissez parmi : {ALL_TYPES}."),
        (
            {"TYPE": "Évenment"},
            (
                "TYPE : « Évenment » n’existe pas. Vouliez-vous « evenement » ? Choisissez parmi : "
                f"{ALL_TYPES}."
            ),
        ),
        ({"TYPE": "page"}, "Il manque TITRE (titre)."),
        (
            {"TYPE": "evenement", "TITRE": "Essai"},
            (
                "Il manque DATE (quand, par exemple 7 février 2027 17h, T4 2027, chaque premier "
                "mardi)."
            ),
        ),
        (
            {"TYPE": "portrait"},
            (
                "Il manque NOM (prénom et nom), CONSENTEMENT (la personne a-t-elle donné son "
                "accord écrit), EXPIRE_LE (dernier jour où le portrait paraît, par exemple "
                "31 décembre 2028)."
            ),
        ),
        (
            {"TYPE": "collectif", "TITRE": f"Un nom qui est {'très ' * 8} long"},
            (
                "Il manque GENRE (chantier ou groupe), TITRE_COURT (nom court, pour le tableau de "
                "l’année)."
            ),
        ),
        (
            {"TYPE": "page", "TITRE": "Essai", "STATUT": "publié"},
            "Il manque RESUME (résumé, en une ou deux phrases).",
        ),
        (
            {"TYPE": "page", "TITRE": "Essai", "DATE": "demain"},
            (
                "TYPE=page n’attend pas DATE. Ses options : TITRE, RESUME, STATUT, ORGANISATION, "
                "THEMES, FICHIER."
            ),
        ),
        (
            {"TYPE": "lettre", "TITRE": "Essai"},
            "La lettre se propose d’elle-même, sans TITRE. Écrivez : make nouveau TYPE=lettre",
        ),
        (
            EVENT | {"MODALITE": "zoom"},
            (
                "MODALITE : « zoom » : ce n’est pas un choix possible. Choisissez parmi : "
                "présentiel, visio, hybride, à définir."
            ),
        ),
        (
            {"TYPE": "page", "TITRE": "x" * 201},
            f"TITRE : « {'x' * 59}… » : 201 caractères, 200 au plus. Raccourcissez.",
        ),
        (
            {"TYPE": "page", "TITRE": "a\x07b"},
            (
                "TITRE : le caractère invisible U+0007 n’est pas permis. Effacez-le (il vient "
                "souvent d’un copier-coller)."
            ),
        ),
        (
            EVENT | {"COLLECTIF": "numeriqe"},
            (
                "COLLECTIF : « numeriqe » n’existe pas. Vouliez-vous « numerique » ? Pour créer un "
                "nouveau chantier ou groupe : CREER=oui"
            ),
        ),
        (
            EVENT | {"SERIE": "Déjeuners"},
            "SERIE : « Déjeuners » n’existe pas. Pour créer une nouvelle série : CREER=oui",
        ),
        (
            {"TYPE": "article", "TITRE": "Essai", "EVENEMENT": "webinair"},
            "EVENEMENT : « webinair » n’existe pas. Vouliez-vous « webinaire » ?",
        ),
        (
            {"TYPE": "page", "TITRE": "🎉"},
            (
                "Ce titre n’a ni lettre latine ni chiffre dont nommer le fichier. Donnez un nom : "
                "FICHIER=page"
            ),
        ),
        (
            {"TYPE": "page", "TITRE": "Agenda"},
            "L’adresse /agenda/ est déjà prise. Donnez un nom : FICHIER=agenda-2",
        ),
        (
            EVENT | {"TITRE": "Webinaire !"},
            "content/evenements/webinaire.md existe déjà. Donnez un nom : FICHIER=webinaire-2",
        ),
        (
            EVENT | {"FICHIER": "../Été.md"},
            (
                "« ../Été » sort de son dossier : un slug n’a ni barre ni points. Écrivez ete. "
                "Donnez un nom : FICHIER=ete"
            ),
        ),
    ],
)
def test_refusals(root: Path, make: Make, answers: dict[str, str], message: str) -> None:
    before = files(root)
    assert make(answers) == (2, f"{message}\n")
    assert files(root) == before


TITLES = (
    'L\'été : « ici » et "là"',
    "#direct, c'est parti",
    "- [x] fait @ 100 % & plus",
    "Œuvre, cœur & ﬁn 🎉",
    "mot " * 50,
    "null",
    "---",
)


@pytest.mark.parametrize("title", TITLES)
def test_any_title(root: Path, make: Make, title: str) -> None:
    assert make({"TYPE": "page", "TITRE": title, "FICHIER": "essai"})[0] == 0
    (document,) = [text for name, text in files(root).items() if name.endswith("/essai.md")]
    assert document.startswith("---\n## Titre")
    assert not read(root).contents.by_path[Path("content/pages/essai.md")].faults[1:]


def test_a_name_of_file_is_given(root: Path, make: Make) -> None:
    assert make(EVENT | {"TITRE": "Webinaire", "FICHIER": "webinaire-2.md"})[0] == 0
    assert "content/evenements/webinaire-2.md" in files(root)


def test_what_does_not_exist_is_created_when_asked(root: Path, make: Make) -> None:
    answers = EVENT | {
        "COLLECTIF": "Les sables",
        "GENRE": "groupe",
        "ORGANISATION": "Un réseau",
        "SERIE": "Déjeuners",
        "THEMES": "Eau, Air",
    }
    status, said = make(answers, creates=True)
    assert (status, said) == (
        0,
        (
            "Thème ajouté dans content/donnees/themes.yaml : Eau\n"
            "Thème ajouté dans content/donnees/themes.yaml : Air\n"
            "Écrit : content/collectifs/les-sables.md\n"
            "Écrit : content/organisations/un-reseau.md\n"
            "Écrit : content/evenements/essai.md\n"
            "Aperçu (make apercu) : http://localhost:8000/evenements/essai/\n"
            f"{DRAFT}{LEFT}"
        ),
    )
    index = read(root)
    header = record_at(index, "evenements/essai.md").header
    assert isinstance(header, EventHeader)
    assert (header.group, header.organisation) == ("les-sables", "un-reseau")
    assert header.themes == ("Eau", "Air")
    assert header.series is not None
    assert header.series.name == "Déjeuners"
    assert [theme.name for theme in index.contents.themes] == ["Eau", "Air"]
    assert record_at(index, "collectifs/les-sables.md").address == "/groupes/les-sables/"


def test_creating_a_group_needs_its_sort(root: Path, make: Make) -> None:
    before = files(root)
    answers = EVENT | {"COLLECTIF": "Les sables", "ORGANISATION": "Un réseau"}
    assert make(answers, creates=True) == (
        2,
        "Il manque GENRE (chantier ou groupe) pour créer « Les sables ».\n",
    )
    assert files(root) == before


def test_a_published_content_names_no_draft(root: Path, make: Make) -> None:
    before = files(root)
    answers = EVENT | {"RESUME": "Un.", "STATUT": "publié", "ORGANISATION": "Un réseau"}
    status, said = make(answers, creates=True)
    assert status == 1
    assert said.endswith(
        "organisation : « un-reseau » n’est pas publié (brouillon, à paraître ou expiré). "
        "Publiez-le ou retirez cette mention.\n1 erreur : rien n’a été écrit.\n"
    )
    assert files(root) == before


# Questions


def questions(root: Path, monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    with typed(monkeypatch, *keys):
        assert create(root / "settings.py", Order({}), new_identifier=lambda: "id-1") == 0


def head(root: Path, name: str) -> list[str]:
    """Return the fields of a new content, without comments."""
    text = (root / "content" / name).read_text("utf-8").partition("\n\n## Facultatif")[0]
    return [line for line in text.split("\n")[1:] if not line.startswith("#")]


DRAFTED = ["statut: brouillon", "identifiant: id-1"]


@pytest.mark.parametrize(
    ("keys", "name", "fields"),
    [
        (
            (ENTER, "Essai", ENTER, "Un.", ENTER, ENTER, DOWN, ENTER, ENTER),
            "articles/essai.md",
            ["resume: Un.", *DRAFTED, "date: 2024-01-08", "collectifs:", "  - numerique"],
        ),
        (
            (DOWN, ENTER, "Essai", ENTER, "25-26 mars", ENTER, ENTER, DOWN, ENTER) + (ENTER,) * 3,
            "evenements/essai.md",
            ["resume:", *DRAFTED, "debut: 2024-03-25", "fin: 2024-03-26", "modalite: visio"],
        ),
        (
            (DOWN * 3, ENTER, DOWN, ENTER, "Essai", ENTER, ENTER, ENTER),
            "collectifs/essai.md",
            ["resume:", *DRAFTED, "genre: groupe", "titre_court: Essai"],
        ),
        (
            (DOWN * 4, ENTER, "Essai", ENTER, "Un.", ENTER),
            "organisations/essai.md",
            ["resume: Un.", *DRAFTED],
        ),
        (
            (DOWN * 5, ENTER, "Essai", ENTER, ENTER, ENTER, DOWN, ENTER, "2028-12-31", ENTER),
            "portraits/essai.md",
            ["resume:", *DRAFTED, "expire_le: 2028-12-31", "nom: Essai", "consentement: non"],
        ),
        ((DOWN * 6, ENTER, "Essai", ENTER, ENTER), "metiers/essai.md", ["resume:", *DRAFTED]),
        ((UP, ENTER, "Essai", ENTER, ENTER), "pages/essai.md", ["resume:", *DRAFTED]),
    ],
)
def test_every_type_by_questions(
    root: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], name: str, fields: list[str]
) -> None:
    questions(root, monkeypatch, *keys)
    assert head(root, name) == ["titre: Essai", *fields]
    read(root)


@pytest.mark.parametrize(
    ("mode", "fields"),
    [
        ((ENTER, "Grande Arche", ENTER), ["modalite: présentiel", "lieu: Grande Arche"]),
        ((ENTER, ENTER), ["modalite: présentiel"]),
        (
            (DOWN, ENTER, "https://visio.example/1", ENTER),
            ["modalite: visio", "lien_visio: https://visio.example/1"],
        ),
        (
            (DOWN * 2, ENTER, "Arche", ENTER, "https://visio.example/1", ENTER),
            ["modalite: hybride", "lieu: Arche", "lien_visio: https://visio.example/1"],
        ),
        ((DOWN * 3, ENTER), ["modalite: à définir"]),
        # That is the last choice: the first one is below.
        ((DOWN * 4, ENTER, ENTER), ["modalite: présentiel"]),
    ],
)
def test_the_place_is_asked_after_the_mode(
    root: Path, monkeypatch: pytest.MonkeyPatch, mode: tuple[str, ...], fields: list[str]
) -> None:
    keys = (DOWN, ENTER, "Essai", ENTER, "2027", ENTER, ENTER, *mode, ENTER, ENTER)
    questions(root, monkeypatch, *keys)
    assert head(root, "evenements/essai.md") == [
        "titre: Essai",
        "resume:",
        *DRAFTED,
        "debut: 2027",
        *fields,
    ]


@pytest.mark.parametrize(
    ("keys", "field"), [((ENTER,), []), ((DOWN, ENTER), ["evenement: dernier"])]
)
def test_an_article_may_tell_a_past_event(
    root: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], field: list[str]
) -> None:
    """The last one is the first of them; no event to come is proposed."""
    past = {"premier": "2023-11-06", "dernier": "2023-12-06"}
    text = "---\ntitre: Atelier {name}\nresume: Un.\ndebut: {day}\n---\n"
    write(
        root / "content",
        {f"evenements/{name}.md": text.format(name=name, day=day) for name, day in past.items()},
    )
    questions(root, monkeypatch, ENTER, "Essai", ENTER, "Un.", ENTER, ENTER, ENTER, *keys)
    assert head(root, "articles/essai.md")[5:] == field
    read(root)


def test_an_answer_that_is_refused_is_asked_again(
    root: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ("bientô", ENTER, "T4 2027", ENTER, ENTER, UP, ENTER, ENTER, ENTER)
    with typed(monkeypatch, *keys):
        status, said = make({"TYPE": "evenement", "TITRE": "Essai"})
    assert status == 0
    assert said.startswith("  « bientô » n’est pas compris. Écrivez par exemple ")
    assert "debut: 2027-T4" in head(root, "evenements/essai.md")


def test_what_is_given_is_not_asked(
    root: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with typed(monkeypatch):
        assert make(EVENT)[0] == 0
    assert "content/evenements/essai.md" in files(root)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ((ENTER,), "numerique"),
        ((DOWN, ENTER, ENTER), "numeriqe"),
        ((DOWN * 2, ENTER, "tous", ENTER), "tous"),
        ((DOWN * 3, ENTER), None),
    ],
)
def test_a_name_that_does_not_exist(
    root: Path,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    value: str | None,
) -> None:
    with typed(monkeypatch, *keys):
        assert make(EVENT | {"COLLECTIF": "numeriqe"})[0] == 0
    header = record_at(read(root), "evenements/essai.md").header
    assert isinstance(header, EventHeader)
    assert header.group == value
    assert ("content/collectifs/numeriqe.md" in files(root)) == (value == "numeriqe")


def test_a_new_series_among_the_choices(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = (DOWN, ENTER, "Essai", ENTER, "2027", ENTER, ENTER, ENTER, ENTER, ENTER)
    questions(root, monkeypatch, *keys, DOWN, ENTER, "Déjeuners", ENTER)
    assert head(root, "evenements/essai.md")[-2:] == ["serie:", "  nom: Déjeuners"]


def test_another_name_is_proposed_for_a_file_that_is_there(
    root: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(root)
    with typed(monkeypatch, ENTER):
        status, said = make(EVENT | {"TITRE": "Webinaire"})
    assert (status, said.split("\n")[:2]) == (
        0,
        [
            "  content/evenements/webinaire.md existe déjà.",
            "Écrit : content/evenements/webinaire-2.md",
        ],
    )
    after = files(root)
    assert after.keys() - before.keys() == {"content/evenements/webinaire-2.md"}
    assert before.items() <= after.items()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_giving_up_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    before = files(root)
    keys = (
        DOWN,
        ENTER,
        "Essai",
        ENTER,
        "2027",
        ENTER,
        ENTER,
        UP,
        ENTER,
        UP,
        ENTER,
        "Sables",
        ENTER,
    )
    with typed(monkeypatch, *keys, ENTER, key), pytest.raises(KeyboardInterrupt):
        create(root / "settings.py", Order({}))
    assert files(root) == before


# The file, and the command line


def test_a_file_made_meanwhile_is_not_overwritten(
    root: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(_root: Path, new: dict[Path, str], _changed: object) -> None:
        write(root / "content", {"evenements/essai.md": article()})
        write_all(root, new, {})

    monkeypatch.setattr(new_batch, "write_all", late)
    answers = EVENT | {"ORGANISATION": "Un réseau"}
    assert make(answers, creates=True) == (
        1,
        "content/evenements/essai.md vient d’être créé par ailleurs : rien n’a été écrit.\n",
    )
    assert files(root)["content/evenements/essai.md"] == article()
    assert not [name for name in files(root) if "reseau" in name]


def test_opening(root: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = root / "editor.py"
    editor.write_text("import sys, pathlib; pathlib.Path('opened').write_text(sys.argv[1])")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{editor}'")
    assert make(EVENT, opens=True)[0] == 0
    opened = (root / "opened").read_text()
    assert Path(opened) == root / "content/evenements/essai.md"
    monkeypatch.setenv("VISUAL", "no-such-editor")
    status, said = make(EVENT | {"TITRE": "Autre"}, opens=True)
    assert status == 0
    assert said.endswith("Le fichier n’a pas pu être ouvert : no-such-editor ne se lance pas.\n")


def test_the_next_letter(root: Path, make: Make) -> None:
    status, said = make({"TYPE": "lettre"})
    assert status == 0
    assert said.startswith("Écrit : content/lettres/1.md\n")
    assert record_at(read(root), "lettres/1.md").address == "/lettres/1/"
    before = files(root)
    status, said = make({"TYPE": "lettre"})
    assert (status, files(root)) == (1, before)
    assert "content/lettres/1.md" in said


def test_in_a_terminal_of_its_own() -> None:
    """Someone answers a first question, then gives up."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "plugins.build", "nouveau"],
        cwd=ROOT,
        env={**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = ""

    def wait_for(words: str) -> None:
        nonlocal said
        while words not in said.translate(SPACES):
            assert select.select([ours], [], [], 30)[0], said
            said += os.read(ours, 4096).decode(errors="replace")

    try:
        for words, key in (("Page", UP + ENTER), ("Titre", CTRL_C), ("Interrompu.", "")):
            wait_for(words)
            os.write(ours, key.encode())
        assert process.wait(30) == 130
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_from_the_command_line_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        tasks.nouveau(Context(), type_="evenement", titre="Essai", ouvrir=True)
    assert caught.value.code == 2
    assert capsys.readouterr().out.startswith("Il manque DATE (quand, par exemple 7 février ")


# Invitations


def invitation(*events: str, method: str = "REQUEST") -> str:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Essai//FR", f"METHOD:{method}")
    return "\r\n".join((*lines, *events, "END:VCALENDAR", ""))


def vevent(*lines: str, day: str = "20240207", uid: str = "abc@exemple.fr") -> str:
    times = (f"DTSTART:{day}T160000Z", f"DTEND:{day}T173000Z", "DTSTAMP:20240101T000000Z")
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *times, *lines, "END:VEVENT"))


@pytest.fixture
def invite(root: Path, capsys: pytest.CaptureFixture[str]) -> Make:
    """Run the command on an invitation; return its status and what it printed."""

    def invite(text: str, **answers: str) -> tuple[int, str]:
        (root / "invitation.ics").write_text(text, encoding="utf-8")
        updates = bool(answers.pop("METTRE_A_JOUR", ""))
        order = Order(answers, invitation="invitation.ics", updates=updates)
        status = create(root / "settings.py", order, new_identifier=lambda: "id")
        printed = capsys.readouterr()
        return status, (printed.err + printed.out).translate(SPACES)

    return invite


MEETING = ("SUMMARY:Réunion : les suites", "LOCATION:Grande Arche", "DESCRIPTION:Ordre du jour.")


def test_an_invitation_makes_an_event(root: Path, invite: Make) -> None:
    status, said = invite(invitation(vevent(*MEETING)), COLLECTIF="numerique")
    assert (status, said) == (
        0,
        (
            "Écrit : content/evenements/reunion-les-suites.md\n"
            "Aperçu (make apercu) : http://localhost:8000/evenements/reunion-les-suites/\n"
            f"{DRAFT}Reste à écrire : « resume » (pas d’aperçu sans lui).\n"
        ),
    )
    fields = head(root, "evenements/reunion-les-suites.md")
    assert fields == [
        'titre: "Réunion : les suites"',
        "resume:",
        "statut: brouillon",
        "identifiant: invitation-f0ae3716f228652d7fe8",
        "debut: 2024-02-07 17:00",
        "fin: 18:30",
        "modalite: présentiel",
        "lieu: Grande Arche",
        "collectif: numerique",
    ]
    text = files(root)["content/evenements/reunion-les-suites.md"]
    assert text.endswith("\n---\nOrdre du jour.\n")
    read(root)


def test_several_events_of_one_title(root: Path, invite: Make) -> None:
    events = (vevent(*MEETING), vevent(*MEETING, day="20240214", uid="d@exemple.fr"))
    status, said = invite(invitation(*events))
    assert status == 0
    assert said.startswith(
        "Écrit : content/evenements/reunion-les-suites.md\n"
        "Écrit : content/evenements/reunion-les-suites-2.md\n"
    )


def test_an_invitation_that_comes_again(root: Path, invite: Make) -> None:
    path = "content/evenements/reunion-les-suites.md"
    invite(invitation(vevent(*MEETING)))
    written = files(root)
    assert invite(invitation(vevent(*MEETING))) == (
        0,
        f"{path} dit déjà ce que dit l’invitation.\n",
    )
    moved = invitation(vevent(*MEETING, "STATUS:CANCELLED", day="20240214"))
    changes = (
        f"{path} est l’événement de l’invitation, qui change :\n"
        "  debut : « 2024-02-07 17:00 » → « 2024-02-14 17:00 »\n"
        "  statut_evenement : rien → « annulé »\n"
    )
    assert invite(moved) == (
        0,
        f"{changes}Rien n’y a été écrit. Pour l’écrire, ajoutez METTRE_A_JOUR=oui.\n",
    )
    assert files(root) == written
    assert invite(moved, METTRE_A_JOUR="oui") == (0, f"{changes}Mis à jour : {path}\n")
    after = files(root)
    assert after.pop(path) == written.pop(path).replace(
        "debut: 2024-02-07", "debut: 2024-02-14"
    ).replace("#statut_evenement:", "statut_evenement: annulé")
    assert after == written
    read(root)


def test_an_invitation_to_sittings_of_a_series(root: Path, invite: Make) -> None:
    """The series stays; its sittings become exceptions, several in one file too."""
    rule = ("SUMMARY:Série", "RRULE:FREQ=WEEKLY;COUNT=6")
    invite(invitation(vevent(*rule)))
    path = "content/evenements/serie.md"
    written = files(root)
    off, moved = ("SUMMARY:Série", "STATUS:CANCELLED"), ("SUMMARY:Série", "LOCATION:Salle 4")
    sittings = invitation(
        vevent(*off, "RECURRENCE-ID:20240214T160000Z", day="20240214"),
        vevent(*moved, "RECURRENCE-ID:20240221T160000Z", day="20240222"),
    )
    told = (
        (
            f"{path} est la série de l’invitation, "
            "qui ne change que la séance du 14 février 2024 :\n"
            "  exceptions : rien → « date: 2024-02-14, statut: annulé »\n"
        ),
        (
            f"{path} : la séance du 21 février 2024 a son propre lieu, « Salle 4 ». "
            "Dites-le dans le texte.\n"
            f"{path} est la série de l’invitation, "
            "qui ne change que la séance du 21 février 2024 :\n"
            "  exceptions : rien → « date: 2024-02-21, debut: 2024-02-22 17:00 »\n"
        ),
    )
    left = "Rien n’y a été écrit. Pour l’écrire, ajoutez METTRE_A_JOUR=oui.\n"
    assert invite(sittings) == (0, f"{told[0]}{left}{told[1]}{left}")
    assert files(root) == written
    assert invite(sittings, METTRE_A_JOUR="oui") == (0, f"{''.join(told)}Mis à jour : {path}\n")
    fields = head(root, "evenements/serie.md")
    assert fields[4:] == [
        "debut: 2024-02-07 17:00",
        "fin: 18:30",
        "recurrence:",
        "  chaque: mercredi",
        "  fois: 6",
        "  exceptions:",
        "    - date: 2024-02-14",
        "      statut: annulé",
        "    - date: 2024-02-21",
        "      debut: 2024-02-22 17:00",
    ]
    read(root)
    again = files(root)
    whole = invitation(vevent(*off), method="CANCEL")
    assert invite(whole, METTRE_A_JOUR="oui")[0] == 0
    after = files(root)
    assert after.pop(path) == again.pop(path).replace(
        "#statut_evenement:", "statut_evenement: annulé"
    )
    assert after == again


def test_a_sitting_that_cannot_be_changed(root: Path, invite: Make) -> None:
    path = "content/evenements/reunion-les-suites.md"
    invite(invitation(vevent(*MEETING)))
    before = files(root)
    sitting = vevent(*MEETING, "STATUS:CANCELLED", "RECURRENCE-ID:20240207T160000Z")
    assert invite(invitation(sitting), METTRE_A_JOUR="oui") == (
        0,
        (
            f"{path} : l’invitation ne change que la séance du 7 février 2024, et rien n’y a été "
            "écrit : il n’a pas de « recurrence ».\nÉcrivez vous-même :\nstatut_evenement: annulé\n"
        ),
    )
    assert files(root) == before


@pytest.mark.parametrize(
    ("text", "answers", "status", "message"),
    [
        (
            invitation(vevent(*MEETING), method="CANCEL"),
            {},
            0,
            (
                "« Réunion : les suites » est annulé, et n’est pas sur le site : rien à écrire. "
                "S’il y est sans venir d’une invitation, écrivez-y « statut_evenement: annulé »."
            ),
        ),
        (
            invitation(vevent(*MEETING, "RECURRENCE-ID:20240207T160000Z"), method="CANCEL"),
            {},
            0,
            (
                "La séance du 7 février 2024 de « Réunion : les suites » est annulée, et cette "
                "série n’est pas sur le site : rien à écrire. Si elle y est sans venir d’une "
                "invitation, ajoutez « date: 2024-02-07, statut: annulé » à ses « exceptions »."
            ),
        ),
        (invitation(vevent()), {}, 2, "Il manque TITRE (titre)."),
        ("Bonjour", {}, 1, None),
        (
            invitation(vevent(*MEETING)),
            {"DATE": "demain"},
            2,
            "DATE se lit dans l’invitation : retirez-le.",
        ),
    ],
)
def test_invitations_that_make_nothing(
    root: Path, invite: Make, text: str, answers: dict[str, str], status: int, message: str | None
) -> None:
    before = files(root)
    done, said = invite(text, **answers)
    assert done == status
    assert message is None or said == f"{message}\n"
    assert files(root) == before


def test_an_invitation_that_is_not_there(make: Make) -> None:
    assert make({}, invitation="absente.ics") == (
        2,
        "DEPUIS : « absente.ics » ne peut pas être lu. Donnez le chemin d’un fichier .ics.\n",
    )
