"""The fields of a YAML text: every scalar is a text, every key and value has its place.

The models give types: the guesses of YAML 1.1 (`17:30` an integer, `no` a boolean, `2024-02-30` a
crash) never reach an editor.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import TypeAlias

import yaml

from plugins.faults import Edit, KeyPath, Position, shorten
from plugins.front_matter.yaml_mistakes import Mistake, explain, shown

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Place: TypeAlias = Callable[[int, int], Position]
"""The place in the file of a line and a column of the YAML text, both from 0."""

MAX_DEPTH = 12

_COMMENTS = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:#.*)?")
_LOST = re.compile(r"[ \t]+(?P<text>#[^\s#].*)")
# PyYAML takes them for ends of lines, no editor does: places would be wrong below.
_SEPARATORS = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")
_LOADER: type[yaml.CBaseLoader | yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Refusal(Exception):
    """The text cannot be taken apart: the place, the field and the reason.

    `line`, from 0, holds a value without which the text may be read; None when there is none.
    `edits` are the remedy, when only one is possible.
    """

    def __init__(
        self,
        position: Position,
        field: str | None,
        message: str,
        line: int | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        """Keep the parts of the fault."""
        super().__init__(message)
        self.position = position
        self.field = field
        self.message = message
        self.line = line
        self.edits = edits


class YamlFields:
    """The fields of a YAML text, the places of its values (`positions`) and of its keys (`keys`).

    Both are indexed by the path of keys, for example `("seances", 0, "debut")`.
    """

    def __init__(self, text: str, place: Place) -> None:
        """Take the text apart; raise Refusal for an unreadable one."""
        self.positions: dict[KeyPath, Position] = {}
        self.keys: dict[KeyPath, Position] = {}
        text = text.translate(_SEPARATORS)
        self._lines = text.split("\n")
        self._place = place
        self._root = None if _COMMENTS.fullmatch(text) else _compose(text, place)

    @property
    def is_empty(self) -> bool:
        """True for an empty text, or comments alone."""
        return self._root is None

    def mapping(self) -> dict[str, Value] | None:
        """Return the values by key, or None when the text is no mapping."""
        if not isinstance(self._root, yaml.MappingNode):
            return None
        self.positions[()] = self._start(self._root)
        return self._mapping(self._root, ())

    def value(self, path: KeyPath) -> Value:
        """Return the value of the whole text, its places under a path of keys."""
        assert self._root is not None
        return self._value(self._root, path)

    def _value(self, node: yaml.Node, path: KeyPath) -> Value:
        self.positions[path] = self._start(node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> str | None:
        if node.style:
            return str(node.value)
        self._refuse_lost_text(node, path)
        return None if node.value in {"", "~", "null"} else str(node.value)

    def _refuse_lost_text(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        """Raise Refusal for `titre: Chantier #3`: YAML takes the end for a comment."""
        mark = node.end_mark
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        if lost := _LOST.match(line, mark.column):
            raise Refusal(
                self._place(mark.line, lost.start("text")),
                ".".join(str(part) for part in path) or None,
                f"{shorten(lost['text'])} serait pris pour un commentaire et perdu. Mettez toute "
                "la valeur entre guillemets (ou une espace après « # »).",
            )

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        for key_node, value_node in node.value:
            place = self._start(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise Refusal(place, None, "un nom de champ doit être un simple mot.")
            key = sys.intern(str(key_node.value))
            if key in mapping:
                raise Refusal(place, key, twice(self.keys[(*path, key)]))
            self.keys[(*path, key)] = place
            mapping[key] = self._value(value_node, (*path, key))
        return mapping

    def _start(self, node: yaml.Node) -> Position:
        return self._place(node.start_mark.line, node.start_mark.column)


def below(first_line: int) -> Place:
    """Return the places of a YAML text made of whole lines of its file, from `first_line` on."""
    return lambda line, column: Position(line + first_line, column + 1)


def twice(first: Position) -> str:
    """Return the message for a field written twice."""
    return f"le champ est écrit deux fois (déjà ligne {first.line}). Gardez l’un des deux."


def _compose(text: str, place: Place) -> yaml.Node | None:
    opened: list[yaml.CollectionStartEvent] = []
    try:
        mistake = _bomb(text, opened)
        root: yaml.Node | None = None if mistake else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mistake = explain(error, text, in_brackets=bool(opened and opened[-1].flow_style))
    if mistake:
        key, value = shown(text, mistake.line)
        raise Refusal(
            place(mistake.line, mistake.column),
            key,
            (f"{shorten(value)} : " if value else "") + mistake.message,
            mistake.line if mistake.is_of_value else None,
            tuple(_edits(mistake, place)),
        )
    return root


def _edits(mistake: Mistake, place: Place) -> Iterator[Edit]:
    if mistake.change:
        line, column, old, new = mistake.change
        yield Edit(place(line, column), old, new)


def _bomb(text: str, opened: list[yaml.CollectionStartEvent]) -> Mistake | None:
    """Return the first alias, tag or too deep nesting of a text, before any value is built.

    `opened` becomes the lists and groups that are open where reading stops.
    """
    for event in yaml.parse(text, Loader=_LOADER):
        message = None
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(event)
            if len(opened) > MAX_DEPTH:
                message = f"plus de {MAX_DEPTH} listes ou groupes emboîtés. Simplifiez la valeur."
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            message = (
                "les renvois de YAML (« & » et « * ») ne sont pas permis. "
                "Écrivez la valeur en entier, ou entre guillemets."
            )
        if getattr(event, "tag", None) not in {None, "!"}:
            message = "une valeur commence par « ! ». Mettez-la entre guillemets."
        if message and event.start_mark:
            return Mistake(event.start_mark.line, event.start_mark.column, message)
    return None
