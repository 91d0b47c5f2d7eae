"""The header of a content file: YAML between `---` lines, with the place of every key.

Every scalar is read as text; the models give types. So nothing of YAML 1.1's guessing (`17:30` an
integer, `no` a boolean, `2024-02-30` a crash) can reach an editor.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from plugins.core.errors import START, ContentError, Position, shorten
from plugins.core.yaml_mistakes import Mistake, explain, shown

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

MAX_FILE_BYTES = 2_000_000
MAX_HEADER_CHARACTERS = 64_000
MAX_DEPTH = 12

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PELICAN_LINE = re.compile(r"^(?P<key>[A-Za-z][\w-]*):(?!//)[ \t]*(?P<value>.*)$")
_COMMENTS = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:#.*)?")
_LOST = re.compile(r"[ \t]+(?P<text>#[^\s#].*)")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufffe\uffff]")
_LOADER: type[yaml.CBaseLoader | yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Document:
    """A content file taken apart, not yet judged against a model.

    `positions` maps a path of keys (`("seances", 0, "debut")`) to the place of its value;
    `keys` to the place of the key itself. `pelican` tells that the header is written with
    Pelican's own English keys.
    """

    path: Path
    values: dict[str, Value]
    body: str
    body_line: int
    positions: dict[KeyPath, Position] = field(default_factory=dict)
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    pelican: bool = False

    def locate(self, path: KeyPath) -> Position:
        """Return the place of a value, else of its nearest parent, else of the file's start."""
        while path:
            if path in self.positions:
                return self.positions[path]
            path = path[:-1]
        return START


class Refusal(Exception):
    """The file cannot be taken apart: where, in which field, and why."""

    def __init__(self, position: Position, field: str | None, message: str) -> None:
        """Keep the three parts of the fault."""
        super().__init__(message)
        self.position = position
        self.field = field
        self.message = message


def read_document(path: Path, data: bytes) -> tuple[Document | None, list[ContentError]]:
    """Return the document held by a file's bytes, or the faults that forbid reading it.

    `path` is the one shown in messages. Both Passerelle's header (YAML between `---` lines) and
    Pelican's (`Title: …` lines up to the first empty one) are read.
    """
    try:
        text = _decode(data)
        header, header_line, body, body_line = _split(text)
        document = _parse(path, header, header_line, body, body_line)
    except Refusal as refusal:
        return None, [ContentError(path, refusal.position, refusal.field, refusal.message)]
    return document, []


def read_data(path: Path, data: bytes, name: str) -> tuple[Document | None, list[ContentError]]:
    """Return a data file (YAML alone) as a document; a list at its top is called `name`.

    A file of comments alone holds nothing, and is no fault.
    """
    document = Document(path, {}, "", 1)
    try:
        text = _decode(data)
        if _COMMENTS.fullmatch(text):
            return document, []
        root = _compose(text, 1)
        values = _Builder(document, text, 1).build(
            root, () if isinstance(root, yaml.MappingNode) else (name,)
        )
    except Refusal as refusal:
        return None, [ContentError(path, refusal.position, refusal.field, refusal.message)]
    document.values.update(values if isinstance(values, dict) else {name: values})
    return document, []


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise Refusal(
            START,
            None,
            f"le fichier pèse {len(data):_} octets, plus que les {MAX_FILE_BYTES:_} permis. "
            "Placez ce contenu dans un document joint.".replace("_", "\u202f"),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        line = before.count("\n") + 1
        raise Refusal(
            Position(line, len(before) - (before.rfind("\n") + 1) + 1),
            None,
            f"l’octet 0x{data[error.start]:02x} n’est pas de l’UTF-8 (fichier en latin-1 ?). "
            "Enregistrez le fichier avec l’encodage « UTF-8 ».",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refusal(
            START, None, "le fichier est vide. Écrivez son en-tête et son texte, ou supprimez-le."
        )
    if found := _FORBIDDEN.search(text):
        line, column = _line_column(text, found.start())
        raise Refusal(
            Position(line, column),
            None,
            f"le caractère invisible U+{ord(found[0]):04X} n’est pas permis. "
            "Effacez-le (il vient souvent d’un copier-coller).",
        )
    return text


def _split(text: str) -> tuple[str, int, str, int]:
    """Return the header, the line where it starts, the body and the line where it starts."""
    if text.startswith("---"):
        opening = _FENCE.match(text)
        closing = _FENCE.search(text, opening.end()) if opening else None
        if not opening:
            raise Refusal(
                START,
                None,
                f"la première ligne {shorten(text.splitlines()[0])} n’est pas « --- » seul. "
                "Écrivez trois tirets et rien d’autre.",
            )
        if not closing:
            raise Refusal(
                START,
                None,
                "l’en-tête ouvert par « --- » n’est jamais fermé. "
                "Ajoutez une ligne « --- » après le dernier champ.",
            )
        header = text[opening.end() + 1 : closing.start()]
        body = text[closing.end() + 1 :]
        return header, 2, body, text.count("\n", 0, closing.end()) + 2
    lines = text.split("\n")
    if not _PELICAN_LINE.match(lines[0]):
        raise Refusal(
            START,
            None,
            f"l’en-tête manque : la première ligne est {shorten(lines[0])}. "
            "Commencez le fichier par une ligne « --- », les champs, puis une ligne « --- ».",
        )
    end = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    return "\n".join(lines[:end]), 1, "\n".join(lines[end + 1 :]), end + 2


def _parse(path: Path, header: str, header_line: int, body: str, body_line: int) -> Document:
    if len(header) > MAX_HEADER_CHARACTERS:
        raise Refusal(
            Position(header_line),
            None,
            f"l’en-tête compte {len(header)} caractères, plus que les {MAX_HEADER_CHARACTERS} "
            "permis. Déplacez le texte sous l’en-tête.",
        )
    if header_line == 1:
        return _parse_pelican(path, header, header_line, body, body_line)
    try:
        return _parse_yaml(path, header, header_line, body, body_line)
    except Refusal:
        if _looks_like_pelican(header):
            return _parse_pelican(path, header, header_line, body, body_line)
        raise


def _parse_yaml(path: Path, header: str, header_line: int, body: str, body_line: int) -> Document:
    document = Document(path, {}, body, body_line)
    root = _compose(header, header_line)
    if not isinstance(root, yaml.MappingNode):
        raise Refusal(
            Position(header_line),
            None,
            "l’en-tête n’est pas une suite de champs. Écrivez « champ: valeur », un par ligne.",
        )
    values = _Builder(document, header, header_line).build(root, ())
    assert isinstance(values, dict)
    document.values.update(values)
    is_pelican = any(key.lower() == "title" for key in values)
    return replace(document, pelican=is_pelican)


def _compose(text: str, first_line: int) -> yaml.Node:
    try:
        mistake = _bomb(text)
        root: yaml.Node | None = None if mistake else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mistake = explain(error, text)
    if mistake:
        key, value = shown(text, mistake.line)
        raise Refusal(
            Position(mistake.line + first_line, mistake.column + 1),
            key,
            (f"{shorten(value)} : " if value else "") + mistake.message,
        )
    if root is None:
        raise Refusal(
            Position(first_line), None, "l’en-tête est vide. Écrivez au moins « titre: … »."
        )
    return root


def _bomb(text: str) -> Mistake | None:
    """Return the first alias, tag or too deep nesting, before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        message = None
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"plus de {MAX_DEPTH} listes ou groupes emboîtés. Simplifiez l’en-tête."
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
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


class _Builder:
    """Turns YAML's nodes into values, and notes where each stands in the document."""

    def __init__(self, document: Document, text: str, first_line: int) -> None:
        self._document = document
        self._lines = text.split("\n")
        self._first_line = first_line

    def build(self, node: yaml.Node, path: KeyPath) -> Value:
        self._document.positions[path] = _position(node.start_mark, self._first_line)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> str | None:
        if node.style:
            return str(node.value)
        self._refuse_lost_text(node, path)
        return None if node.value in {"", "~", "null"} else str(node.value)

    def _refuse_lost_text(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        """Refuse `titre: Chantier #3`, where YAML takes the end for a comment."""
        mark = node.end_mark
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        if lost := _LOST.match(line, mark.column):
            raise Refusal(
                Position(mark.line + self._first_line, lost.start("text") + 1),
                ".".join(str(part) for part in path) or None,
                f"{shorten(lost['text'])} serait pris pour un commentaire et perdu. Mettez toute "
                "la valeur entre guillemets (ou une espace après « # »).",
            )

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        keys = self._document.keys
        for key_node, value_node in node.value:
            place = _position(key_node.start_mark, self._first_line)
            if not isinstance(key_node, yaml.ScalarNode):
                raise Refusal(place, None, "un nom de champ doit être un simple mot.")
            key = str(key_node.value)
            if key in mapping:
                raise Refusal(place, key, _twice(keys[(*path, key)]))
            keys[(*path, key)] = place
            mapping[key] = self.build(value_node, (*path, key))
        return mapping


def _twice(first: Position) -> str:
    return f"le champ est écrit deux fois (déjà ligne {first.line}). Gardez l’un des deux."


def _looks_like_pelican(header: str) -> bool:
    lines = [line for line in header.split("\n") if line.strip()]
    matches = [_PELICAN_LINE.match(line) for line in lines if not line.startswith((" ", "\t"))]
    keys = {match["key"].lower() for match in matches if match}
    return all(matches) and "title" in keys


def _parse_pelican(
    path: Path, header: str, header_line: int, body: str, body_line: int
) -> Document:
    """Read `Key: value` lines; an indented line continues the one before (Markdown's meta-data)."""
    document = Document(path, {}, body, body_line, pelican=True)
    last = ""
    for number, line in enumerate(header.split("\n"), start=header_line):
        if line.startswith((" ", "\t")) and last:
            document.values[last] = f"{document.values[last] or ''} {line.strip()}".strip()
            continue
        match = _PELICAN_LINE.match(line)
        if not match:
            if not line.strip():
                continue
            raise Refusal(
                Position(number),
                None,
                f"la ligne {shorten(line)} n’est pas un champ. Écrivez « champ: valeur », "
                "et une ligne vide après le dernier champ.",
            )
        last = match["key"].lower()
        place = Position(number, 1)
        if (last,) in document.keys:
            raise Refusal(place, last, _twice(document.keys[(last,)]))
        document.keys[(last,)] = place
        document.positions[(last,)] = Position(number, match.start("value") + 1)
        document.values[last] = match["value"].strip() or None
    return document


def _position(mark: Any, offset: int) -> Position:  # noqa: ANN401 - a mark of either loader
    return Position(mark.line + offset, mark.column + 1)


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
