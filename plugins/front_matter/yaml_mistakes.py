"""What YAML's refusals mean to an editor: where the mistake is, and how to write it right."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

_KEY = re.compile(r"^\s*(?:- +)?(?P<key>[^\s:#'\"][^:#]*?):(?P<space> *)(?P<value>.*)$")
_NO_SPACE = re.compile(r"^\s*(?:- +)?[\w-]+:(?!//)[^\s:]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a YAML text: line and column from 0, and what to do about it.

    `is_of_value` tells that the text can be read without the value of that line.
    """

    line: int
    column: int
    message: str
    is_of_value: bool = False


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What the parser says, with the text: marks are (line, column) from 0."""

    lines: list[str]
    line: int
    column: int
    problem: str
    context: str
    context_line: int
    context_column: int

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def sign(self) -> str:
        return self.text[self.column : self.column + 1]

    def at_context(self, message: str) -> Mistake:
        return Mistake(self.context_line, self.context_column, message)

    def here(self, message: str) -> Mistake:
        return Mistake(self.line, self.column, message)

    def of_value(self, column: int, message: str) -> Mistake:
        """Return a mistake of the value of the line, alone when no line below goes on with it."""
        below = next((line for line in self.lines[self.line + 1 :] if line.strip()), "")
        is_alone = _indent(below) <= _indent(self.text)
        return Mistake(self.line, column, message, is_of_value=is_alone)


def explain(error: yaml.YAMLError, text: str) -> Mistake:
    """Return the mistake that a parser's error tells of."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None) or mark
    lines = text.split("\n")
    line, column = _last_written(lines, mark.line, mark.column) if mark else (0, 0)
    refusal = _Refusal(
        lines,
        line,
        column,
        str(getattr(error, "problem", None) or error),
        str(getattr(error, "context", None) or ""),
        context.line if context else 0,
        context.column if context else 0,
    )
    for sign, tell in _EXPLANATIONS:
        if sign in f"{refusal.context} | {refusal.problem}":
            return tell(refusal)
    return refusal.here(_UNREADABLE)


def _last_written(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Return a place, or the end of what is written when the parser read on to find more."""
    if any(below.strip() for below in lines[line:]):
        return line, column
    last = max((number for number, above in enumerate(lines) if above.strip()), default=0)
    return last, len(lines[last].rstrip())


def shown(text: str, line: int) -> tuple[str | None, str]:
    """Return the key and the value that stand on a line, or no key and the whole line."""
    lines = text.split("\n")
    whole = lines[line].strip() if line < len(lines) else ""
    found = _KEY.match(whole)
    if found and not _NO_SPACE.match(whole):
        return found["key"], found["value"].strip()
    return None, whole


_UNREADABLE = (
    "cet endroit n’est pas lisible. Vérifiez le retrait (deux espaces), les guillemets "
    "et les « : »."
)
_ONE_SPACE = "il manque une espace après « : ». Écrivez « champ: valeur »."
_NO_COLON = "un champ n’a pas de « : ». Écrivez « champ: valeur »."


def _value_cut(refusal: _Refusal) -> Mistake:
    """Tell a colon inside a value from a field that is badly placed under another."""
    before, here = refusal.text[: refusal.column], _KEY.match(refusal.text)
    if here and here["value"] and ":" in before:
        return refusal.of_value(
            refusal.column,
            "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre guillemets"
            + _quoted_example(here),
        )
    number = next(
        (n for n in range(refusal.line - 1, -1, -1) if refusal.lines[n].strip()), refusal.line
    )
    above = refusal.lines[number]
    if _NO_SPACE.match(above):
        return Mistake(number, above.index(":") + 1, _ONE_SPACE)
    if not _KEY.match(above):
        return Mistake(number, _indent(above), _NO_COLON)
    return Mistake(
        refusal.line,
        _indent(refusal.text),
        "le champ est décalé sous un autre qui a déjà une valeur. Alignez-le sur ses voisins.",
    )


def _quoted_example(found: re.Match[str]) -> str:
    key, value = found["key"], found["value"].strip()
    if '"' in value or "\\" in value or len(value) > 80:
        return " (doubles ou simples, d’une sorte qu’elle ne contient pas)."
    return f' : {key}: "{value}".'


def _no_colon(refusal: _Refusal) -> Mistake:
    line = refusal.lines[refusal.context_line]
    if _NO_SPACE.match(line):
        return Mistake(refusal.context_line, line.index(":") + 1, _ONE_SPACE)
    return refusal.at_context(_NO_COLON)


def _wrong_sign(refusal: _Refusal) -> Mistake:
    if refusal.sign == "\t":
        return _tab(refusal)
    return refusal.here(
        f"le signe « {refusal.sign} » ne peut pas commencer une valeur. "
        "Mettez la valeur entre guillemets."
    )


def _tab(refusal: _Refusal) -> Mistake:
    return refusal.here("une tabulation sert de retrait. Remplacez-la par des espaces.")


def _unclosed_quote(refusal: _Refusal) -> Mistake:
    return refusal.at_context(
        "un guillemet ouvert n’est jamais fermé. Fermez-le à la fin de la valeur."
    )


def _list_in_brackets(refusal: _Refusal) -> Mistake:
    return refusal.at_context(
        "la liste entre crochets est mal écrite. Séparez ses éléments par des virgules, et "
        "fermez-la par « ] »."
    )


def _group_in_braces(refusal: _Refusal) -> Mistake:
    return refusal.at_context(
        "le groupe entre accolades est mal écrit. Séparez ses champs par des virgules, et "
        "fermez-le par « } »."
    )


def _unclosed(refusal: _Refusal) -> Mistake:
    return refusal.here(
        "une liste entre crochets, ou un groupe entre accolades, n’est pas fermé. Ajoutez « ] » "
        "ou « } »."
    )


def _list_on_the_line(refusal: _Refusal) -> Mistake:
    return refusal.here(
        "une liste ne commence pas sur la ligne du champ. Écrivez chaque élément sous le champ, "
        "précédé d’un tiret."
    )


def _escape(refusal: _Refusal) -> Mistake:
    return refusal.at_context(
        "une barre « \\ » n’est pas permise entre guillemets doubles. Employez des guillemets "
        "simples."
    )


def _ampersand(refusal: _Refusal) -> Mistake:
    return refusal.at_context("une valeur commence par « & » ou « * ». Mettez-la entre guillemets.")


def _tag(refusal: _Refusal) -> Mistake:
    return refusal.at_context("une valeur commence par « ! ». Mettez-la entre guillemets.")


def _second_document(refusal: _Refusal) -> Mistake:
    return refusal.here(
        "une ligne « --- » ou « ... » coupe l’en-tête en deux juste avant. Retirez-la."
    )


def _out_of_place(refusal: _Refusal) -> Mistake:
    """Tell a value that YAML takes for closed too early from a wrong indent."""
    found = _KEY.match(refusal.text)
    value = found["value"].strip() if found else ""
    if found and value[:1] in {'"', "'"}:
        return _left_open(refusal, value[0]) or refusal.of_value(
            refusal.column,
            "le guillemet se ferme avant la fin de la valeur. Entourez toute la valeur de "
            "guillemets d’une sorte qu’elle ne contient pas, \"…\" ou '…'.",
        )
    if found and value[:1] in {"[", "{"}:
        return refusal.of_value(
            found.start("value"),
            f"une valeur qui commence par « {value[0]} » se met toute entre guillemets"
            + _quoted_example(found),
        )
    return refusal.here(
        "le retrait de cette ligne n’est pas celui de ses voisines. Alignez-la sur elles."
    )


def _left_open(refusal: _Refusal, quote: str) -> Mistake | None:
    """Return the quote left open on some line above, which that of this line closes."""
    for number in range(refusal.line - 1, -1, -1):
        above = _KEY.match(refusal.lines[number])
        opened = above["value"].strip() if above else ""
        if above and opened[:1] == quote:
            if len(opened) > 1 and opened[-1] == quote:
                return None
            message = "un guillemet ouvert n’est jamais fermé. Fermez-le à la fin de la valeur."
            return Mistake(number, above.start("value"), message)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# What PyYAML says (both its parsers), with what it was doing. The first match wins.
_EXPLANATIONS: tuple[tuple[str, Callable[[_Refusal], Mistake]], ...] = (
    ("tab character", _tab),
    ("mapping values are not allowed", _value_cut),
    ("cannot start any token", _wrong_sign),
    ("found unexpected end of stream", _unclosed_quote),
    ("parsing a flow sequence", _list_in_brackets),
    ("parsing a flow mapping", _group_in_braces),
    ("parsing a flow node", _unclosed),
    ("parsing a block node", _wrong_sign),
    ("could not find expected ':'", _no_colon),
    ("sequence entries are not allowed", _list_on_the_line),
    ("unknown escape character", _escape),
    ("scanning an anchor", _ampersand),
    ("scanning an alias", _ampersand),
    ("scanning a tag", _tag),
    ("parsing a tag", _tag),
    ("undefined tag handle", _tag),
    ("another document", _second_document),
    ("document start", _second_document),
    ("parsing a block mapping", _out_of_place),
    ("parsing a block collection", _out_of_place),
)
