"""What an editor types to `inv`: understood, or refused in French."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy

import pytest
from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

import tasks
from plugins.build.command_line import FrenchProgram
from tests.sites import ROOT

SPACES = str.maketrans("\u00a0\u202f", "  ")
ALL = "Toutes les commandes : inv --list"
LETTER = "letter.build, letter.export, letter.send"
NEAR_TEST = "Vouliez-vous écrire --test ?"
OF_BUILD = "Son emploi : inv letter.build --help"
OF_SEND = "Son emploi : inv letter.send --help"


def inv(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the real thing, which must find our words."""
    command = [sys.executable, "-m", "invoke", *words]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, text=True)


def said(capsys: pytest.CaptureFixture[str], line: str) -> tuple[str, str, int | None]:
    """Return what a line prints, what it complains of, its status; spaces are plain."""
    # Invoke takes the help out of a task as it reads it.
    namespace = deepcopy(tasks.namespace)
    with pytest.raises(SystemExit) as caught:
        FrenchProgram(namespace=namespace).run(["inv", *line.split()])
    printed = capsys.readouterr()
    assert isinstance(caught.value.code, int | None)
    return printed.out.translate(SPACES), printed.err.translate(SPACES), caught.value.code


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "letter.send 1 --tset x",
            f"letter.send ne connaît pas l’option « --tset ». {NEAR_TEST} {OF_SEND}",
        ),
        (
            "letter.send --tset x 1",
            f"letter.send ne connaît pas l’option « --tset ». {NEAR_TEST} {OF_SEND}",
        ),
        (
            "letter.send --xyz",
            f"letter.send ne connaît pas l’option « --xyz ». {OF_SEND}",
        ),
        (
            "check --l’été",
            "check ne connaît pas l’option « --l’été ». Son emploi : inv check --help",
        ),
        (
            "letter.bild 1",
            f"La commande « letter.bild » n’existe pas. Vouliez-vous écrire letter.build ? {ALL}",
        ),
        (
            "letter",
            f"La commande « letter » n’existe pas. Vouliez-vous écrire {LETTER} ? {ALL}",
        ),
        ("envoyer", f"La commande « envoyer » n’existe pas. {ALL}"),
        ("l'envoi", f"La commande « l'envoi » n’existe pas. {ALL}"),
        ("--tset", f"L’option « --tset » n’est celle d’aucune commande. {ALL}"),
        ("--help envoyer", f"La commande « envoyer » n’existe pas. {ALL}"),
        ("envoyer --help", f"La commande « envoyer » n’existe pas. {ALL}"),
        ("--list envoi", f"La commande « envoi » n’existe pas. {ALL}"),
        (
            "letter.build 1 2",
            f"letter.build ne connaît pas « 2 ». {OF_BUILD}",
        ),
        (
            "letter.build 1 chek",
            f"letter.build ne connaît pas « chek ». Vouliez-vous écrire check ? {OF_BUILD}",
        ),
        (
            "letter.send 1 --test",
            "--test attend une valeur : boîte qui reçoit un essai, au lieu de la liste.",
        ),
        (
            "letter.send --test",
            "--test attend une valeur : boîte qui reçoit un essai, au lieu de la liste.",
        ),
        (
            "letter.send 1 --test --confirm",
            "--test attend une valeur : boîte qui reçoit un essai, au lieu de la liste.",
        ),
        (
            "letter.export 1 --for zip --to-list",
            "--to-list attend une valeur : numéro d’une liste de l’outil ; peut être répété.",
        ),
        ("serve --port", "--port attend une valeur : port de l’aperçu, 8000 par défaut."),
    ],
)
def test_what_is_not_understood(
    capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    assert said(capsys, line) == ("", f"{message}\n", 2)


HELP_OF_SEND = """\
Emploi : inv letter.send <numéro de la lettre> [options]

Montre ce qui partirait à la liste, ou à la boîte d’un essai ; l’envoie si on le confirme.

Options :

  -t, --test …    boîte qui reçoit un essai, au lieu de la liste
  -a, --again     envoie à la liste une lettre déjà partie
  -c, --confirm   envoie ; sans cette option, rien ne part

"""


@pytest.mark.parametrize(
    "line",
    ["letter.send --help", "letter.send 1 -h", "--help letter.send", "letter.send --tset --help"],
)
def test_help_of_a_command(capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert said(capsys, line) == (HELP_OF_SEND, "", 0)


def test_help_of_a_command_without_options(capsys: pytest.CaptureFixture[str]) -> None:
    help_text = "Emploi : inv check\n\nVérifie le contenu sans compiler le site.\n\n"
    assert said(capsys, "check --help") == (help_text, "", 0)


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ([], [("", ())]),
        (["--to", "a"], [("", ("a",))]),
        (["3"], [("3", ())]),
        (["3", "--to", "a", "number", "4"], [("3", ("a",)), ("4", ())]),
    ],
)
def test_task_that_lacks_its_argument_is_run_to_say_so(
    words: list[str], given: list[tuple[str, tuple[str, ...]]]
) -> None:
    seen = []

    @task(positional=["number"], iterable=["to"])
    def number(_context: Context, number: str, to: list[str]) -> None:
        seen.append((number, tuple(to)))

    FrenchProgram(namespace=Collection(number)).run(["inv", "number", *words])
    assert seen == given


@pytest.mark.parametrize("words", [(), ("--list",)])
def test_list_of_commands(words: tuple[str, ...]) -> None:
    done = inv(*words)
    lines = done.stdout.splitlines()
    assert (done.stderr, done.returncode) == ("", 0)
    assert lines[0] == "Commandes\xa0:"
    assert lines[-1] == "Pour en savoir plus sur l’une d’elles\xa0: inv letter.send --help"
    names = {line.split()[0] for line in lines[2:-2] if line[2] != " "}
    assert names >= {"build", "check", "clean", "golden", "lint", "lock", "serve", "test", "types"}
    assert names >= {"letter.build", "letter.export", "letter.send"}
    assert not [line for line in lines if line.lstrip().startswith(";")]


def test_inv_has_our_words() -> None:
    done = inv("letter.bild", "1")
    assert done.stdout == ""
    assert done.returncode == 2
    assert done.stderr == (
        "La commande «\xa0letter.bild\xa0» n’existe pas. Vouliez-vous écrire letter.build\xa0? "
        "Toutes les commandes\xa0: inv --list\n"
    )
