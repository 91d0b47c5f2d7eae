"""Questions in the terminal, in French: a line of text, or a choice by arrow keys."""

import sys
from collections.abc import Sequence
from typing import TypeVar

import questionary
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from plugins.mailing.failures import french

T = TypeVar("T")

# With more choices than this, one types a part of a name rather than going through them.
_MANY = 8


def is_interactive() -> bool:
    """Return True when someone reads and answers: neither end is a file nor a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(wording: str, hint: str = "", default: str = "") -> str:
    """Return a line, without spaces around. Raises KeyboardInterrupt when the person gives up."""
    # Questionary would put two spaces before an instruction.
    message = " ".join((_spaced(wording), french(f"({hint})") if hint else "")).rstrip()
    question = questionary.text(message, default=default)
    return _answer(question).strip()


def choose(wording: str, choices: Sequence[tuple[str, T]]) -> T:
    """Return the value of a choice, told by its title. Raises KeyboardInterrupt as `ask_text`."""
    by_typing = len(choices) > _MANY
    # The index is the value: questionary takes None for the title.
    options = [questionary.Choice(title, value=n) for n, (title, _) in enumerate(choices)]
    question = questionary.select(
        _spaced(wording),
        options,
        instruction="(flèches, ou quelques lettres, Entrée)" if by_typing else "(flèches, Entrée)",
        use_search_filter=by_typing,
        use_jk_keys=False,
    )
    if by_typing:
        _refuse_what_is_not_found(question)
    return choices[int(_answer(question))][1]


def _refuse_what_is_not_found(question: questionary.Question) -> None:
    """Let the search of a long list take every letter, and Entrée only what it finds.

    By itself, questionary takes letters without accents only; when nothing has those that were
    typed, it shows the whole list again, and Entrée chooses its first title.
    """
    control = next(
        found
        for found in question.application.layout.find_all_controls()
        if isinstance(found, InquirerControl)
    )
    bindings = question.application.key_bindings
    assert isinstance(bindings, KeyBindings)

    def finds_nothing() -> bool:
        return bool(control.search_filter and control.filtered_choices) and (
            not control.found_in_search
        )

    @bindings.add(Keys.ControlM, eager=True, filter=Condition(finds_nothing))
    def _refuse(event: KeyPressEvent) -> None:
        event.app.output.bell()

    @bindings.add(Keys.Any)
    def _search(event: KeyPressEvent) -> None:
        if event.data.isprintable():
            control.search_filter = f"{control.search_filter or ''}{event.data}"
            control.pointed_at = 0


def _spaced(wording: str) -> str:
    return french(wording if wording.endswith("?") else f"{wording} :")


def _answer(question: questionary.Question) -> str:
    try:
        return str(question.unsafe_ask())
    except EOFError:
        # Ctrl-D.
        raise KeyboardInterrupt from None
