"""Questions in the terminal, in French: a line of text, or a choice by arrow keys."""

import sys
from collections.abc import Sequence
from typing import TypeVar

import questionary

from plugins.mailing.failures import french

T = TypeVar("T")

# With more choices than this, one types a part of a name rather than going through them.
_MANY = 8


def is_interactive() -> bool:
    """Return True when someone reads and answers: neither end is a file nor a pipe."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(wording: str, hint: str = "", default: str = "") -> str:
    """Return a line, without spaces around. Raises KeyboardInterrupt when the person gives up."""
    instruction = f"({hint})" if hint else None
    question = questionary.text(_spaced(wording), default=default, instruction=instruction)
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
    return choices[int(_answer(question))][1]


def _spaced(wording: str) -> str:
    return french(wording if wording.endswith("?") else f"{wording} :")


def _answer(question: questionary.Question) -> str:
    try:
        return str(question.unsafe_ask())
    except EOFError:
        # Ctrl-D.
        raise KeyboardInterrupt from None
