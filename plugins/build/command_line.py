"""The command line behind `make`: a command and its options, refused in French if unknown."""

import os
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import NoReturn

from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.parser.parser import ParseResult
from invoke.program import Program

from plugins.faults import shorten
from plugins.mailing.failures import french
from plugins.mailing.smtp_settings import NAMES

MISUSE = 2
"""The exit status of a command that cannot be carried out as it was given."""

# What the environment may say to every command, and make may be given too.
_ENVIRONMENT = ("SITEURL", "SOURCE_DATE_EPOCH", "SSL_CERT_FILE", "PYTHON", *NAMES)
_ALL = "Pour voir toutes les commandes : make"
# What editors write for the options of the commands that have two names.
_IN_FRENCH = {
    "TEST": "ESSAI",
    "CONFIRM": "CONFIRMER",
    "AGAIN": "ENCORE",
    "FOR": "POUR",
    "LISTS": "LISTES",
    "INLINE": "INTEGRER",
    "LINKS": "LIENS",
    "MEND": "CORRIGER",
    "FILES": "FICHIERS",
    "STAGED": "INDEXES",
}
_YES, _NO = {"oui", "1"}, {"non", "0"}


class FrenchProgram(Program):
    """Invoke for editors: one command, its options written as make's variables, `NAME=value`.

    A variable of the environment counts as well, as it does for make; a flag is written
    `NAME=oui` or `NAME=1`. A command called by its French name has French options, and takes the
    English ones. All refusals are French, with status 2. `inv` keeps Invoke's own syntax and words.
    """

    def parse_tasks(self) -> None:
        """Read the command and its options."""
        self.tasks = ParseResult()
        if not self.core.unparsed:
            return
        name, *words = self.core.unparsed
        contexts = {
            str(called): context
            for context in self.collection.to_contexts()
            for called in (context.name, *context.aliases)
        }
        if name not in contexts:
            near = _near(name, contexts, "make ")
            _refuse(f"La commande « make {name} » n’existe pas.", near, _ALL)
        _fill(contexts[name], name, words, os.environ)
        self.tasks.append(contexts[name])

    def no_tasks_given(self) -> NoReturn:
        """Ask for a command."""
        _refuse("Quelle commande ?", _ALL)


def _fill(
    context: ParserContext, called: str, words: Sequence[str], environment: Mapping[str, str]
) -> None:
    """Set the options of a command: as typed, else as the environment has them."""
    given = {_variable(option): option for option in context.args.values()}
    french = {_IN_FRENCH.get(name, name): option for name, option in given.items()}
    shown = french if called in context.aliases else given
    options = {**given, **french}
    typed = dict(word.partition("=")[::2] for word in words)
    for name in typed:
        if name not in options and name not in _ENVIRONMENT:
            near = _near(name.upper(), (*shown, *_ENVIRONMENT))
            known = f"Ses options : {', '.join(shown)}." if shown else "Il ne prend pas d’option."
            _refuse(f"make {called} ne connaît pas {shorten(name)}.", near, known)
    for name, option in options.items():
        value = typed.get(name, environment.get(name))
        if value is not None:
            _set(option, name, value)


def _set(option: Argument, name: str, value: str) -> None:
    if option.kind is bool:
        if value.lower() not in _YES | _NO:
            _refuse(f"{name} vaut {shorten(value)} : écrivez {name}=oui, ou rien.")
        option.set_value(value.lower() in _YES, cast=False)
        return
    if not value.strip():
        _refuse(f"{name} attend une valeur : {option.help}.")
    option.set_value(value.strip())


def _variable(option: Argument) -> str:
    """Return the name of an option on make's command line."""
    return str(option.names[0]).rstrip("_").upper().replace("-", "_")


def _near(word: str, known: Iterable[str], before: str = "") -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"Vouliez-vous écrire {before}{near[0]} ?" if near else ""


def _refuse(*sentences: str) -> NoReturn:
    raise Exit(french(" ".join(sentence for sentence in sentences if sentence)), MISUSE)
