"""Questions in the terminal: what is shown, and that nothing is chosen which is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.plain_text import PlainTextOutput

from plugins.build.prompts import ask_text, choose

ENTER, CTRL_C, BACKSPACE = "\r", "\x03", "\x7f"
NAMES = ["Rien", "Alpha", "Bêta", "Delta", "Écologie", "Gamma", "Numérique", "Océan", "Sables", "X"]
CHOICES = [(name, name) for name in NAMES]


@contextmanager
def typed(*keys: str, shown: StringIO | None = None) -> Iterator[None]:
    output = PlainTextOutput(shown) if shown else DummyOutput()
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        pipe.send_text("".join((*keys, CTRL_C)))
        yield


@pytest.mark.parametrize(
    ("wording", "hint", "said"),
    [
        ("Quand", "demain", "? Quand : (demain) oui\r\n"),
        ("Où ?", "lieu ; Entrée : plus tard", "? Où ? (lieu ; Entrée : plus tard) oui\r\n"),
        ("Titre", "", "? Titre : oui\r\n"),
    ],
)
def test_one_space_before_the_answer(wording: str, hint: str, said: str) -> None:
    shown = StringIO()
    with typed("oui", ENTER, shown=shown):
        assert ask_text(wording, hint) == "oui"
    assert shown.getvalue().endswith(said)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ((ENTER,), "Rien"),
        (("sab", ENTER), "Sables"),
        (("éco", ENTER), "Écologie"),
        (("bê", ENTER), "Bêta"),
        # Nothing has these letters: they are taken back.
        (("zz", ENTER, BACKSPACE * 2, "océ", ENTER), "Océan"),
        (("zz", ENTER, BACKSPACE * 2, ENTER), "Rien"),
    ],
)
def test_a_choice_by_letters(keys: tuple[str, ...], chosen: str) -> None:
    with typed(*keys):
        assert choose("Lequel ?", CHOICES) == chosen


def test_letters_that_nothing_has_choose_nothing() -> None:
    with typed("zz", ENTER), pytest.raises(KeyboardInterrupt):
        choose("Lequel ?", CHOICES)
