"""The header of a content file: YAML between `---` lines, with the place of every key.

Every scalar is read as text; the models give types. So nothing of YAML 1.1's guessing (`17:30` an
integer, `no` a boolean, `2024-02-30` a crash) can reach an editor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from plugins.core.errors import START, ContentError, Position, shorten

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

MAX_FILE_BYTES = 2_000_000
MAX_HEADER_CHARACTERS = 64_000
MAX_DEPTH = 12

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PELICAN_LINE = re.compile(r"^(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?$")
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
    """Return a data file (YAML alone) as a document; a list at its top is called `name`."""
    try:
        text = _decode(data)
        document = Document(path, {}, "", 1)
        root = _compose(text, 1)
        values = _build(root, () if isinstance(root, yaml.MappingNode) else (name,), document, 1)
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
    document = Document(path, {}, body, body_line)
    try:
        root = _compose(header, header_line)
    except Refusal:
        if _looks_like_pelican(header):
            return _parse_pelican(path, header, header_line, body, body_line)
        raise
    if not isinstance(root, yaml.MappingNode):
        raise Refusal(
            Position(header_line),
            None,
            "l’en-tête n’est pas une suite de champs. Écrivez « champ: valeur », un par ligne.",
        )
    values = _build(root, (), document, header_line)
    assert isinstance(values, dict)
    document.values.update(values)
    return Document(
        path,
        document.values,
        body,
        body_line,
        document.positions,
        document.keys,
        pelican=any(key.lower() == "title" for key in document.values),
    )


def _compose(text: str, first_line: int) -> yaml.Node:
    try:
        _refuse_bombs(text, first_line)
        root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _explain(error, text, first_line) from None
    if root is None:
        raise Refusal(
            Position(first_line), None, "l’en-tête est vide. Écrivez au moins « titre: … »."
        )
    return root


def _refuse_bombs(header: str, header_line: int) -> None:
    """Refuse aliases, tags and deep nesting before anything is built from them."""
    depth = 0
    for event in yaml.parse(header, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise Refusal(
                _position(event.start_mark, header_line),
                None,
                f"le renvoi « *{event.anchor} » n’est pas permis. Écrivez la valeur en entier "
                "(ou entre guillemets si elle commence par « * »).",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Refusal(
                    _position(event.start_mark, header_line),
                    None,
                    f"plus de {MAX_DEPTH} listes ou groupes emboîtés. Simplifiez l’en-tête.",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise Refusal(
                _position(event.start_mark, header_line),
                None,
                f"l’étiquette {shorten(tag)} n’est pas permise. Écrivez la valeur "
                "sans « ! » (ou entre guillemets).",
            )


def _build(node: yaml.Node, path: KeyPath, document: Document, offset: int) -> Value:
    document.positions[path] = _position(node.start_mark, offset)
    if isinstance(node, yaml.ScalarNode):
        if node.style is None and node.value in {"", "~", "null"}:
            return None
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, i), document, offset) for i, item in enumerate(node.value)]
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        place = _position(key_node.start_mark, offset)
        if not isinstance(key_node, yaml.ScalarNode):
            raise Refusal(place, None, "un nom de champ doit être un simple mot.")
        key = str(key_node.value)
        if key in mapping:
            first = document.keys[(*path, key)]
            raise Refusal(
                place,
                key,
                f"le champ est écrit deux fois (déjà ligne {first.line}). Gardez l’un des deux.",
            )
        document.keys[(*path, key)] = place
        mapping[key] = _build(value_node, (*path, key), document, offset)
    return mapping


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
            raise Refusal(
                place,
                last,
                f"le champ est écrit deux fois (déjà ligne {document.keys[(last,)].line}). "
                "Gardez l’un des deux.",
            )
        document.keys[(last,)] = place
        document.positions[(last,)] = Position(number, match.start("value") + 1)
        document.values[last] = match["value"].strip() if match["value"] else None
    return document


def _position(mark: Any, offset: int) -> Position:  # noqa: ANN401 - a mark of either loader
    return Position(mark.line + offset, mark.column + 1)


def _line_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


# What PyYAML says, and what an editor can do about it. First match wins.
_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        (
            "un « : » suivi d’une espace coupe la valeur. Mettez toute la valeur entre "
            'guillemets, par exemple titre: "Retour : une journée".'
        ),
    ),
    (
        "found character '\\t'",
        "une tabulation sert de retrait. Remplacez-la par des espaces.",
    ),
    (
        "cannot start any token",
        "ce caractère ne peut pas commencer une valeur. Mettez la valeur entre guillemets.",
    ),
    (
        "found unexpected end of stream",
        "un guillemet ouvert n’est jamais fermé. Fermez-le à la fin de la valeur.",
    ),
    (
        "did not find expected ',' or ']'",
        "une liste entre crochets n’est pas fermée. Ajoutez « ] ».",
    ),
    (
        "did not find expected ',' or '}'",
        "un groupe entre accolades n’est pas fermé. Ajoutez « } ».",
    ),
    (
        "could not find expected ':'",
        "un champ n’a pas de « : ». Écrivez « champ: valeur ».",
    ),
    (
        "found undefined tag handle",
        "une valeur commence par « ! ». Mettez-la entre guillemets.",
    ),
    (
        "expected alphabetic or numeric character",
        "une valeur commence par « & » ou « * ». Mettez-la entre guillemets.",
    ),
)


def _explain(error: yaml.YAMLError, header: str, offset: int) -> Refusal:
    mark = getattr(error, "problem_mark", None)
    place = _position(mark, offset) if mark else Position(offset)
    problem = str(getattr(error, "problem", "") or error)
    lines = header.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    key = _PELICAN_LINE.match(line.strip())
    message = next(
        (message for sign, message in _EXPLANATIONS if sign in problem),
        "l’en-tête n’est pas lisible à cet endroit. Vérifiez le retrait (deux espaces), "
        "les guillemets et les « : ».",
    )
    shown = f"{shorten(line.strip())} : " if line.strip() else ""
    return Refusal(place, key["key"] if key else None, shown + message)


def iter_scalars(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield every text of a header value with its path of keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from iter_scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from iter_scalars(item, (*path, index))
    elif value is not None:
        yield path, value
