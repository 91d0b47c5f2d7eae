"""Mistakes of YAML, told to an editor: their place, and how to write the line right.

The class of the error, its marks and the text tell mistakes apart. Its messages are not read: they
are English sentences, and differ between the two parsers of PyYAML.
"""

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

import yaml
from yaml.parser import ParserError
from yaml.scanner import ScannerError

_KEY = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:#'\"][^:#]*?):(?P<space> *)(?P<value>.*)$")
_NO_SPACE = re.compile(r"^\s*(?:- +)?[\w-]+:(?!//)[^\s:]")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'", re.DOTALL)
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?!\S)")

_UNREADABLE = (
    "cet endroit n’est pas lisible. Vérifiez le retrait (deux espaces), les guillemets "
    "et les « : »."
)
_ONE_SPACE = "il manque une espace après « : ». Écrivez « champ: valeur »."
_NO_COLON = "un champ n’a pas de « : ». Écrivez « champ: valeur »."
_VALUE_CUT = "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets"
_SHIFTED = "le champ est décalé sous un autre qui a déjà une valeur. Alignez-le sur ses voisins."
_TAB = "une tabulation sert de retrait. Remplacez-la par des espaces."
_OPEN_QUOTE = "un guillemet ouvert n’est jamais fermé. Fermez-le à la fin de la valeur."
_EARLY_QUOTE = (
    "le guillemet se ferme avant la fin de la valeur. Entourez toute la valeur de "
    "guillemets d’une sorte qu’elle ne contient pas, \"…\" ou '…'."
)
_LIST = (
    "la liste entre crochets est mal écrite. Séparez ses éléments par des virgules, et "
    "fermez-la par « ] »."
)
_GROUP = (
    "le groupe entre accolades est mal écrit. Séparez ses champs par des virgules, et "
    "fermez-le par « } »."
)
_OPEN_BRACKET = (
    "une liste entre crochets, ou un groupe entre accolades, n’est pas fermé. Ajoutez « ] » "
    "ou « } »."
)
_LIST_ON_THE_LINE = (
    "une liste ne commence pas sur la ligne du champ. Écrivez chaque élément sous le champ, "
    "précédé d’un tiret."
)
_ESCAPE = (
    "une barre « \\ » n’est pas permise entre guillemets doubles. Employez des guillemets simples."
)
_AMPERSAND = "une valeur commence par « & » ou « * ». Mettez-la entre guillemets."
_TAG = "une valeur commence par « ! ». Mettez-la entre guillemets."
_SECOND_DOCUMENT = "une ligne « --- » ou « ... » coupe l’en-tête en deux juste avant. Retirez-la."
_INDENT = "le retrait de cette ligne n’est pas celui de ses voisines. Alignez-la sur elles."


Change: TypeAlias = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a YAML text: line and column from 0, and the message with the remedy.

    `is_of_value` is True when the text can be read without the value of that line. `change` is the
    line and the column, what is there, and what to write in its place, when that is certain.
    """

    line: int
    column: int
    message: str
    is_of_value: bool = False
    change: Change | None = None


class _Stop:
    """The place where PyYAML stops, and the start of the value or key that it was reading.

    `line` and `column` are the place told, from 0: the last sign written when PyYAML has read on
    to the end of the text. `rest` is the text from where it stops, `begun` the text from the start.
    """

    def __init__(self, text: str, mark: yaml.Mark, start: yaml.Mark) -> None:
        self.lines = text.split("\n")
        self.start = start
        self.rest = text[mark.index :]
        self.begun = text[start.index :]
        self.line, self.column = mark.line, mark.column
        if not self.rest.strip():
            written = text.rstrip()
            self.line = written.count("\n")
            self.column = len(written) - (written.rfind("\n") + 1)

    @property
    def text(self) -> str:
        """The line told."""
        return self.lines[self.line]

    @property
    def has_begun(self) -> bool:
        """True when a value or a key was being read."""
        return self.begun != self.rest

    @property
    def is_on_one_line(self) -> bool:
        return "\n" not in self.begun[: len(self.begun) - len(self.rest)]

    def here(self, message: str) -> Mistake:
        return Mistake(self.line, self.column, message)

    def at_start(self, message: str) -> Mistake:
        return Mistake(self.start.line, self.start.column, message)

    def of_value(self, column: int, message: str) -> Mistake:
        """Return a mistake in the value of the line, alone unless a line below continues it."""
        return Mistake(self.line, column, message, is_of_value=self._is_alone(self.line))

    def quoting(self, mistake: Mistake) -> Mistake:
        """Return a mistake with its change: the whole value of its line between quotes."""
        found = _KEY.match(self.lines[mistake.line])
        value = found["value"].rstrip() if found else ""
        is_plain = value[:1] not in {'"', "'"} and " #" not in value and _is_quotable(value)
        if not found or not is_plain or not self._is_alone(mistake.line):
            return mistake
        change = mistake.line, found.start("value"), value, f'"{value}"'
        return replace(mistake, change=change)

    def _is_alone(self, number: int) -> bool:
        """Return True when no line below continues the value of a line."""
        below = next((line for line in self.lines[number + 1 :] if line.strip()), "")
        return _indent(below) <= _indent(self.lines[number])


def explain(error: yaml.YAMLError, text: str, *, in_brackets: bool) -> Mistake:
    """Return the mistake behind an error of PyYAML.

    `in_brackets` is True when a list in brackets, or a group in braces, is open where it stops.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Mistake(0, 0, _UNREADABLE)
    stop = _Stop(text, error.problem_mark, error.context_mark or error.problem_mark)
    if isinstance(error, ScannerError):
        return _in_token(stop)
    if isinstance(error, ParserError) and error.context_mark:
        return _between_tokens(stop, in_brackets=in_brackets)
    return stop.here(_UNREADABLE if stop.rest[:1] in {"%", "*"} else _SECOND_DOCUMENT)


def shown(text: str, line: int) -> tuple[str | None, str]:
    """Return the key and the value on a line, or None and the whole line."""
    lines = text.split("\n")
    whole = lines[line].strip() if line < len(lines) else ""
    found = _KEY.match(whole)
    if found and not _NO_SPACE.match(whole):
        return found["key"], found["value"].strip()
    return None, whole


def _in_token(stop: _Stop) -> Mistake:
    """Return the mistake in the signs of one value or key."""
    sign, first = stop.rest[:1], stop.begun[:1]
    if not stop.has_begun:
        return _unexpected(stop, sign)
    if first in {'"', "'"}:
        return _in_quotes(stop)
    if sign == "\t" and not stop.is_on_one_line:
        return stop.here(_TAB)
    if first in {"|", ">", "%"}:
        return stop.here(_UNREADABLE)
    if stop.is_on_one_line:
        if first in {"&", "*"}:
            return stop.quoting(stop.at_start(_AMPERSAND))
        if first == "!":
            return stop.quoting(stop.at_start(_TAG))
        if sign == ":":
            return stop.here(_UNREADABLE)
    return _no_colon(stop)


def _between_tokens(stop: _Stop, *, in_brackets: bool) -> Mistake:
    """Return the mistake in how values and keys follow one another."""
    sign = stop.rest[:1]
    if not stop.has_begun and sign == "!":
        return stop.at_start(_TAG)
    if in_brackets:
        if not stop.has_begun:
            return stop.here(_OPEN_BRACKET)
        return stop.at_start(_GROUP if stop.begun[:1] == "{" else _LIST)
    if not stop.has_begun and stop.column == 0 and _DOCUMENT.match(stop.rest):
        return stop.here(_SECOND_DOCUMENT)
    if not stop.has_begun and sign in {"]", "}", ","}:
        return _unexpected(stop, sign)
    return _out_of_place(stop)


def _unexpected(stop: _Stop, sign: str) -> Mistake:
    """Return the mistake of a sign that can begin no value at its place."""
    match sign:
        case "\t":
            return stop.here(_TAB)
        case ":":
            return _value_cut(stop)
        case "-":
            return stop.here(_LIST_ON_THE_LINE)
        case "?":
            return stop.here(_UNREADABLE)
    mistake = stop.here(
        f"le signe « {sign} » ne peut pas commencer une valeur. Mettez la valeur entre guillemets."
    )
    return stop.quoting(mistake) if sign in {"@", "`", "%"} else mistake


def _value_cut(stop: _Stop) -> Mistake:
    """Return the mistake of a colon: inside a value, or of a field indented under another."""
    before, here = stop.text[: stop.column], _KEY.match(stop.text)
    if here and here["value"] and ":" in before:
        return stop.quoting(stop.of_value(stop.column, _VALUE_CUT + _quoted_example(here)))
    number = next((n for n in range(stop.line - 1, -1, -1) if stop.lines[n].strip()), stop.line)
    above = stop.lines[number]
    if _NO_SPACE.match(above):
        return _spaced(number, above)
    if not _KEY.match(above):
        return Mistake(number, _indent(above), _NO_COLON)
    return Mistake(stop.line, _indent(stop.text), _SHIFTED)


def _spaced(number: int, line: str) -> Mistake:
    column = line.index(":") + 1
    return Mistake(number, column, _ONE_SPACE, change=(number, column, "", " "))


def _is_quotable(value: str) -> bool:
    """Return True for a value that double quotes around it leave as it is."""
    return '"' not in value and "\\" not in value


def _quoted_example(found: re.Match[str]) -> str:
    key, value = found["key"], found["value"].strip()
    if not _is_quotable(value) or len(value) > 80:
        return " (doubles ou simples, d’une sorte qu’elle ne contient pas)."
    return f' : {key}: "{value}".'


def _in_quotes(stop: _Stop) -> Mistake:
    """Return the mistake in quotes: never closed, holding a bar, or a key without a colon."""
    quoted = _QUOTED.match(stop.begun)
    if quoted and quoted.end() <= len(stop.begun) - len(stop.rest):
        return _no_colon(stop)
    is_cut = not stop.rest.strip() or (stop.column == 0 and _DOCUMENT.match(stop.rest))
    return stop.at_start(_OPEN_QUOTE if is_cut else _ESCAPE)


def _no_colon(stop: _Stop) -> Mistake:
    line = stop.lines[stop.start.line]
    if _NO_SPACE.match(line):
        return _spaced(stop.start.line, line)
    return stop.at_start(_NO_COLON)


def _out_of_place(stop: _Stop) -> Mistake:
    """Return the mistake of a line out of place: its value closed too early, or its indent."""
    found = _KEY.match(stop.text)
    value = found["value"].strip() if found else ""
    if found and value[:1] in {'"', "'"}:
        return _left_open(stop, value[0]) or stop.of_value(stop.column, _EARLY_QUOTE)
    if found and value[:1] in {"[", "{"}:
        mistake = stop.of_value(
            found.start("value"),
            f"une valeur qui commence par « {value[0]} » se met toute entre guillemets"
            + _quoted_example(found),
        )
        return stop.quoting(mistake)
    return stop.here(_INDENT)


def _left_open(stop: _Stop, quote: str) -> Mistake | None:
    """Return the quote left open on a line above, if the quote of this line closes it."""
    for number in range(stop.line - 1, -1, -1):
        above = _KEY.match(stop.lines[number])
        opened = above["value"].strip() if above else ""
        if above and opened[:1] == quote:
            if len(opened) > 1 and opened[-1] == quote:
                return None
            return Mistake(number, above.start("value"), _OPEN_QUOTE)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
