"""The command line of editors: `make` with its options, run or refused in French."""

from __future__ import annotations

import os
import re
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest
from invoke.collection import Collection
from invoke.context import Context
from invoke.parser.context import ParserContext
from invoke.tasks import task

import tasks
from plugins.build.command_line import _IN_FRENCH, FrenchProgram, _variable
from tests.sites import ROOT

SPACES = str.maketrans("\u00a0\u202f", "  ")
ALL = "Pour voir toutes les commandes : make"
NEAR = "Vouliez-vous écrire"
NO_OPTION = "Il ne prend pas d’option."
OF_SEND = "Ses options : N, TEST, AGAIN, CONFIRM."
OF_ENVOYER = "Ses options : N, ESSAI, ENCORE, CONFIRMER."
# These have no English name.
FRENCH_ALONE = {"nouveau", "enregistrer", "recevoir", "annuler"}
HELP = ROOT / "docs" / "aide"


def make(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run make itself in the repository."""
    return subprocess.run(
        ["make", *words],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | variables,
        text=True,
    )


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str, int | None]:
    """Return the output, the errors and the status of a command line, with plain spaces."""
    # Invoke takes the help out of a task as it reads it.
    namespace = deepcopy(Collection.from_module(tasks))
    with pytest.raises(SystemExit) as caught:
        FrenchProgram(namespace=namespace).run(["make", *words])
    printed = capsys.readouterr()
    assert isinstance(caught.value.code, int | None)
    return printed.out.translate(SPACES), printed.err.translate(SPACES), caught.value.code


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", f"Quelle commande ? {ALL}"),
        ("partir", f"La commande « make partir » n’existe pas. {ALL}"),
        ("l'envoi", f"La commande « make l'envoi » n’existe pas. {ALL}"),
        (
            "lettres N=1",
            f"La commande « make lettres » n’existe pas. {NEAR} make lettre ? {ALL}",
        ),
        (
            "letter.build",
            f"La commande « make letter.build » n’existe pas. {NEAR} make letter ? {ALL}",
        ),
        (
            "send N=1 TSET=x CONFIRM=oui",
            f"make send ne connaît pas « TSET ». {NEAR} TEST ? {OF_SEND}",
        ),
        (
            "send n=1",
            f"make send ne connaît pas « n ». {NEAR} N ? {OF_SEND}",
        ),
        (
            "envoyer N=1 TEST=x ESAI=x",
            f"make envoyer ne connaît pas « ESAI ». {NEAR} ESSAI ? {OF_ENVOYER}",
        ),
        ("send XYZ=1", f"make send ne connaît pas « XYZ ». {OF_SEND}"),
        ("send --xyz", f"make send ne connaît pas « --xyz ». {OF_SEND}"),
        ("send 1", f"make send ne connaît pas « 1 ». {OF_SEND}"),
        ("publish L’ÉTÉ=1", f"make publish ne connaît pas « L’ÉTÉ ». {NO_OPTION}"),
        (
            "build SITURL=https://exemple.fr",
            f"make build ne connaît pas « SITURL ». {NEAR} SITEURL ? {NO_OPTION}",
        ),
        (
            "send N=1 TEST= CONFIRM=oui",
            "TEST attend une valeur : boîte qui reçoit un essai, au lieu de la liste.",
        ),
        ("letter N=", "N attend une valeur : numéro de la lettre."),
        (
            "export N=1 FOR=zip LISTS=",
            "LISTS attend une valeur : numéros des listes de l’outil, par exemple 3,4.",
        ),
        ("serve PORT=", "PORT attend une valeur : port de l’aperçu, 8000 par défaut."),
        ("send N=1 CONFIRM=si", "CONFIRM vaut « si » : écrivez CONFIRM=oui, ou rien."),
        ("envoyer N=1 ENCORE=x", "ENCORE vaut « x » : écrivez ENCORE=oui, ou rien."),
        ("send N=1 AGAIN=", "AGAIN vaut «  » : écrivez AGAIN=oui, ou rien."),
    ],
)
def test_what_is_not_understood(
    capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    assert said(capsys, *line.split()) == ("", f"{message}\n", 2)


Given = tuple[str, str, bool]


@pytest.mark.parametrize(
    ("words", "environment", "given"),
    [
        ([], {}, ("", "", False)),
        (["N=3", "TO_LIST=a b"], {}, ("3", "a b", False)),
        (["TO_LIST=--sure", "N= -3 "], {}, ("-3", "--sure", False)),
        (["TO_LIST=a=b", "SURE=oui"], {}, ("", "a=b", True)),
        (["SURE=Oui"], {}, ("", "", True)),
        (["SURE=1"], {}, ("", "", True)),
        (["SURE=0"], {"SURE": "1"}, ("", "", False)),
        (["SURE=non"], {"SURE": "oui"}, ("", "", False)),
        (["N=3"], {"N": "4", "TO_LIST": "c", "SURE": "oui"}, ("3", "c", True)),
        (["SITEURL=https://exemple.fr", "PASSERELLE_SMTP_HOTE=x"], {}, ("", "", False)),
    ],
)
def test_options_are_those_of_make(
    words: list[str],
    environment: dict[str, str],
    given: Given,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Given] = []
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    @task
    def number(_context: Context, n: str = "", to_list: str = "", *, sure: bool = False) -> None:
        seen.append((n, to_list, sure))

    FrenchProgram(namespace=Collection(number)).run(["make", "number", *words])
    assert seen == [given]


def test_a_french_name_is_the_same_command_with_french_options() -> None:
    seen: list[tuple[str, bool]] = []

    @task(aliases=["envoyer"])
    def send(_context: Context, test: str = "", *, confirm: bool = False) -> None:
        seen.append((test, confirm))

    for words in (["envoyer", "ESSAI=a", "CONFIRMER=oui"], ["send", "TEST=a", "CONFIRM=oui"]):
        FrenchProgram(namespace=Collection(send)).run(["make", *words])
    assert seen == [("a", True)] * 2


def contexts() -> list[ParserContext]:
    return deepcopy(Collection.from_module(tasks)).to_contexts()


@pytest.mark.parametrize("words", [(), ("aide",)])
def test_the_list_for_editors_has_every_french_command(words: tuple[str, ...]) -> None:
    done = make(*words)
    assert (done.stderr, done.returncode) == ("", 0)
    told = set(re.findall(r"^  make (?!aide)([a-z-]+)", done.stdout, re.MULTILINE))
    french = {alias for context in contexts() for alias in context.aliases} | FRENCH_ALONE
    assert told == french
    assert {path.stem for path in HELP.glob("*.txt")} == {*french, "commandes"}


def test_every_command_is_in_one_of_the_two_lists() -> None:
    done = make("help")
    assert (done.stderr, done.returncode) == ("", 0)
    told = set(re.findall(r"[a-z]+(?:-[a-z]+)?", " ".join(re.findall("make (.*)", done.stdout))))
    assert {context.name for context in contexts()} - FRENCH_ALONE <= told


@pytest.mark.parametrize("path", sorted(HELP.glob("*.txt")), ids=lambda path: path.stem)
def test_help_of_a_command_has_its_options(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 82] == []
    if path.stem == "commandes":
        return
    assert make("aide", f"COMMANDE={path.stem}").stdout == text
    context = next(c for c in contexts() if path.stem in {c.name, *c.aliases})
    names = map(_variable, context.args.values())
    options = {_IN_FRENCH.get(name, name) for name in names}
    assert set(re.findall(r"^  ([A-Z_]+)=", text, re.MULTILINE)) - {"SITEURL"} == options


def test_help_of_an_unknown_command() -> None:
    done = make("aide", "COMMANDE=../l'été; $(exit)")
    first = done.stderr.splitlines()[0]
    assert first == f"make aide ne connaît pas « ../l'été; $(exit) ». {ALL}"
    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.parametrize(
    ("words", "variables", "message"),
    [
        (
            ("lettres", "N=1"),
            {},
            f"La commande « make lettres » n’existe pas. {NEAR} make lettre ? {ALL}",
        ),
        (
            ("send", 'TSET=l\'été; $(exit) $$ "b"', "N=1"),
            {},
            f"make send ne connaît pas « TSET ». {NEAR} TEST ? {OF_SEND}",
        ),
        (
            ("send", "N=1", "CONFIRM=l'été; $(exit) $HOME"),
            {},
            "CONFIRM vaut « l'été; $(exit) $HOME » : écrivez CONFIRM=oui, ou rien.",
        ),
        (
            ("send", "N=1"),
            {"CONFIRM": "si"},
            "CONFIRM vaut « si » : écrivez CONFIRM=oui, ou rien.",
        ),
    ],
)
def test_make_hands_over_what_is_typed(
    words: tuple[str, ...], variables: dict[str, str], message: str
) -> None:
    done = make(*words, **variables)
    assert done.stdout == ""
    assert done.returncode == 2
    first, last = done.stderr.translate(SPACES).splitlines()
    assert first == message
    assert last.startswith("make: ***")  # in the language of the machine
