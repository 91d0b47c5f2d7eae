"""The command line of `inv`: what an editor types, understood or refused in French."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NoReturn

from invoke.exceptions import Exit, ParseError
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.program import Program

from plugins.french.typography import NBSP, typeset
from plugins.mailing.failures import french

_MISUSE = 2
_HELP = frozenset(("--help", "-h"))
_ALL = "Toutes les commandes : inv --list"
_UNKNOWN = re.compile(r"""No idea what (?P<quote>['"])(?P<word>.*)(?P=quote) is!""")


class FrenchProgram(Program):
    """Invoke, whose words to editors are French.

    What it says before it reads `tasks.py` stays its own: the bare `inv --help`.
    """

    def parse_tasks(self) -> None:
        """Read the tasks and their options; a task that lacks its argument says so itself."""
        words = self.core.unparsed
        if not _HELP.isdisjoint(words):
            # Invoke would take the help asked of a task for the number of a letter.
            self.args.help.value = words[0]
            self.core.unparsed = []
        try:
            super().parse_tasks()
        except ParseError as error:
            context = error.context
            if context:
                _check(context, words)
            if context is None or not context.missing_positional_args:
                self._refuse(error)
            self.core.unparsed = [*words, ""]
            self.parse_tasks()
        for context in self.tasks:
            # Two tasks may give one word two meanings.
            _check(context, words if len(self.tasks) == 1 else ())

    def parse_cleanup(self) -> None:
        """Show help or the list when asked; their subject must exist."""
        subject = self.args.list.value
        if isinstance(subject, str) and subject not in self.collection.collections:
            self._refuse_command(subject)
        try:
            super().parse_cleanup()
        except ParseError as error:
            self._refuse(error)

    def no_tasks_given(self) -> NoReturn:
        """Show what one may type."""
        self.list_tasks()
        raise Exit

    def print_task_help(self, name: str) -> None:
        """Say how a command is typed, what it does, and what its options mean."""
        context = self.parser.contexts[name]
        options = [argument for argument in context.args.values() if not argument.positional]
        usage = [f"<{argument.help}>" for argument in context.positional_args]
        print(" ".join((f"Emploi{NBSP}: inv", name, *usage, *(["[options]"] if options else []))))
        print(f"\n{typeset(self.collection[name].__doc__ or '')}\n")
        if options:
            print(f"Options{NBSP}:\n")
            self.print_columns([(_spelling(option), option.help) for option in options])

    def list_tasks(self) -> None:
        """List commands, and say where to learn more."""
        super().list_tasks()
        if self.list_format == "flat":
            print(f"Pour en savoir plus sur l’une d’elles{NBSP}: inv letter.send --help")

    def task_list_opener(self, extra: str = "") -> str:  # noqa: ARG002 - what `nested` adds is English
        """Return what the list is headed with; Invoke puts a colon after it."""
        return f"Commandes{NBSP}"

    def print_columns(self, tuples: Sequence[tuple[str, str | None]]) -> None:
        """Show names and what they mean, typeset so that no line begins with a sign."""
        super().print_columns([(name, typeset(text or "")) for name, text in tuples])

    def _refuse(self, error: ParseError) -> NoReturn:
        """Say which word is not understood, what is near it, where all that may be is told."""
        found = _UNKNOWN.fullmatch(str(error))
        word = found["word"] if found else " ".join(self.core.unparsed)
        if error.context and error.context.name:
            _refuse_word(word, error.context, list(self.parser.contexts))
        self._refuse_command(word)

    def _refuse_command(self, name: str) -> NoReturn:
        if name.startswith("-"):
            _stop(f"L’option « {name} » n’est celle d’aucune commande.", _ALL)
        known = list(self.parser.contexts)
        within = sorted(command for command in known if command.startswith(f"{name}."))
        _stop(
            f"La commande « {name} » n’existe pas.",
            f"Vouliez-vous écrire {', '.join(within)} ?" if within else _near(name, known),
            _ALL,
        )


def _check(context: ParserContext, words: Iterable[str]) -> None:
    """Refuse an unknown option taken for a task's argument, and an option without its value."""
    for argument in context.positional_args:
        if str(argument.value).startswith("-"):
            _refuse_word(argument.value, context)
    for option in (context.flags[word] for word in words if word in context.flags):
        if option.takes_value and option.raw_value in (None, []):
            _stop(f"{_flag(option)} attend une valeur : {option.help}.")


def _refuse_word(word: str, context: ParserContext, commands: Sequence[str] = ()) -> NoReturn:
    is_option = word.startswith("-")
    _stop(
        f"{context.name} ne connaît pas {'l’option ' if is_option else ''}« {word} ».",
        _near(word, list(context.flags) if is_option else commands),
        f"Son emploi : inv {context.name} --help",
    )


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"Vouliez-vous écrire {near[0]} ?" if near else ""


def _flag(option: Argument) -> str:
    return f"--{option.names[0]}"


def _spelling(option: Argument) -> str:
    """Return the names of an option, the short one first: `-t, --test …`."""
    short = [f"-{name}" for name in option.nicknames]
    return ", ".join((*short, _flag(option))) + (" …" if option.takes_value else "")


def _stop(*sentences: str) -> NoReturn:
    raise Exit(french(" ".join(sentence for sentence in sentences if sentence)), _MISUSE)
