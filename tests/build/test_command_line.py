"""The command line of editors: `make` with its options, run or refused in French."""

from __future__ import annotations

import os
import re
import subprocess
from copy import deepcopy

import pytest
from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

import tasks
from plugins.build.command_line import FrenchProgram
from tests.sites import ROOT

SPACES = str.maketrans("\u00a0\u202f", "  ")
ALL = "Pour voir toutes les commandes : make"
NEAR = "Vouliez-vous écrire"
NO_OPTION = "Il ne prend pas d’option."
OF_SEND = "Ses options : N, TEST, AGAIN, CONFIRM."


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
        ("envoyer", f"La commande « make envoyer » n’existe pas. {ALL}"),
        ("l'envoi", f"La commande « make l'envoi » n’existe pas. {ALL}"),
        (
            "lettre N=1",
            f"La commande « make lettre » n’existe pas. {NEAR} make letter ? {ALL}",
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
        ("send N=1 CONFIRM=2", "CONFIRM vaut « 2 » : écrivez CONFIRM=oui, ou rien."),
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
        (["SURE=0"], {"SURE": "oui"}, ("", "", False)),
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


@pytest.mark.parametrize("words", [(), ("help",)])
def test_help_tells_every_command_and_option(words: tuple[str, ...]) -> None:
    done = make(*words)
    assert (done.stderr, done.returncode) == ("", 0)
    told = set(re.findall(r"^  make ([a-z-]+)|, ([a-z-]+)(?=.* : voir)", done.stdout, re.MULTILINE))
    contexts = deepcopy(Collection.from_module(tasks)).to_contexts()
    assert {first or second for first, second in told} == {context.name for context in contexts}
    options = {option.names[0].upper() for context in contexts for option in context.args.values()}
    assert set(re.findall(r"\b([A-Z]+)=", done.stdout)) == {*options, "SITEURL"}
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(
    ("words", "variables", "message"),
    [
        (
            ("lettre", "N=1"),
            {},
            f"La commande « make lettre » n’existe pas. {NEAR} make letter ? {ALL}",
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
            {"CONFIRM": "2"},
            "CONFIRM vaut « 2 » : écrivez CONFIRM=oui, ou rien.",
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
