"""A content file taken apart: its header (YAML between `---` lines, or Pelican's) and its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.faults import START, ContentError, Edit, KeyPath, Position, nearest, shorten
from plugins.front_matter.yaml_fields import Refusal, Value, YamlFields, below, twice

MAX_FILE_BYTES = 2_000_000
MAX_HEADER_CHARACTERS = 64_000
# The header is read anew after each mistake.
_MOST_TOLD = 10

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PELICAN_LINE = re.compile(r"^(?P<key>[A-Za-z][\w-]*):(?!//)[ \t]*(?P<value>.*)$")
_FIELD_LINE = re.compile(r"^[^\W\d][\w-]*:(?:[ \t]|$)")
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufffe\uffff]")
"""The characters that no content may hold."""


@dataclass(frozen=True)
class Document:
    """A content file taken apart, not yet validated.

    `positions` maps a path of keys (`("seances", 0, "debut")`) to the place of its value;
    `keys` to the place of the key itself. `pelican` is True for a header with Pelican's own
    English keys.
    """

    path: Path
    values: dict[str, Value]
    body: str
    body_line: int
    positions: dict[KeyPath, Position] = field(default_factory=dict)
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    pelican: bool = False

    def locate(self, path: KeyPath) -> Position:
        """Return the place of a value, else of its nearest parent, else the start of the file."""
        return nearest(self.positions, path)


def read_document(path: Path, data: bytes) -> tuple[Document | None, list[ContentError]]:
    """Take a content file apart; return its document, or None and its faults.

    `path` is the one shown in messages. Both Passerelle's header (YAML between `---` lines) and
    Pelican's (`Title: …` lines up to the first empty one) are read.
    """
    faults: list[ContentError] = []
    header: str | None = None
    while True:
        try:
            if header is None:
                header, header_line, body, body_line = _split(_decode(data))
            document = _parse(path, header, header_line, body, body_line)
        except Refusal as refusal:
            faults.append(_fault(path, refusal))
            mended = None
            if header is not None and refusal.line is not None:
                mended = _without_value(header, refusal.line)
            if mended in {None, header} or len(faults) == _MOST_TOLD:
                return None, faults
            header = mended
        else:
            return (None, faults) if faults else (document, [])


def read_data(path: Path, data: bytes, name: str) -> tuple[Document | None, list[ContentError]]:
    """Take a data file (YAML alone) apart; a list at its top becomes the value of `name`.

    A file of comments alone is an empty document, and no fault.
    """
    try:
        fields = YamlFields(_decode(data), below(1))
        values = {} if fields.is_empty else fields.mapping()
        if values is None:
            values = {name: fields.value((name,))}
    except Refusal as refusal:
        return None, [_fault(path, refusal)]
    return Document(path, values, "", 1, fields.positions, fields.keys), []


def _fault(path: Path, refusal: Refusal) -> ContentError:
    place, name, message = refusal.position, refusal.field, refusal.message
    return ContentError(path, place, name, message, edits=refusal.edits)


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE_BYTES:
        raise Refusal(
            START,
            None,
            f"le fichier pèse {len(data):_} octets, plus que les {MAX_FILE_BYTES:_} permis. "
            "Placez ce contenu dans un document joint.".replace("_", "\u202f"),
        )
    # Every other byte of Latin letters is zero in UTF-16, which a mark may announce.
    if data.startswith(_UTF_16_MARKS) or b"\x00" in (data[:1], data[1:2]):
        raise Refusal(
            START,
            None,
            "le fichier est en UTF-16 (« Unicode » dans le Bloc-notes). "
            "Enregistrez-le avec l’encodage « UTF-8 ».",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise Refusal(
            Position.at(before, len(before)),
            None,
            f"l’octet 0x{data[error.start]:02x} n’est pas de l’UTF-8 (fichier en latin-1 ?). "
            "Enregistrez le fichier avec l’encodage « UTF-8 ».",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refusal(
            START, None, "le fichier est vide. Écrivez son en-tête et son texte, ou supprimez-le."
        )
    if found := FORBIDDEN.search(text):
        raise Refusal(
            Position.at(text, found.start()),
            None,
            f"le caractère invisible U+{ord(found[0]):04X} n’est pas permis. "
            "Effacez-le (il vient souvent d’un copier-coller).",
            edits=tuple(_without_controls(text)),
        )
    return text


def _without_controls(text: str) -> Iterator[Edit]:
    """Yield the edits that erase characters without a meaning in a text.

    Those for private use are left: the bullets of a word processor are among them.
    """
    if not _PRIVATE.search(text):
        for found in FORBIDDEN.finditer(text):
            yield Edit(Position.at(text, found.start()), found[0], "")


def _split(text: str) -> tuple[str, int, str, int]:
    """Return the header, the line where it starts, the body and the line where it starts."""
    if text.startswith("---"):
        opening = _FENCE.match(text)
        closing = _FENCE.search(text, opening.end()) if opening else None
        if not opening:
            first = text.split("\n", maxsplit=1)[0]
            raise Refusal(
                START,
                None,
                f"la première ligne {shorten(first)} n’est pas « --- » seul. "
                "Écrivez trois tirets et rien d’autre.",
                edits=(Edit(START, first, "---"),) if not first.strip("- \t") else (),
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
    _check_opening(lines)
    if not _PELICAN_LINE.match(lines[0]):
        raise Refusal(
            START,
            None,
            f"l’en-tête manque : la première ligne est {shorten(lines[0])}. "
            "Commencez le fichier par une ligne « --- », les champs, puis une ligne « --- ».",
        )
    end = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    return "\n".join(lines[:end]), 1, "\n".join(lines[end + 1 :]), end + 2


def _check_opening(lines: list[str]) -> None:
    """Refuse a header whose opening line is missing, or comes after empty lines."""
    first = next(number for number, line in enumerate(lines) if line.strip())
    if first and _FENCE.match(lines[first]):
        raise Refusal(
            START,
            None,
            "la première ligne est vide. Retirez-la : le fichier commence par « --- ».",
            edits=tuple(Edit(Position(n + 1), f"{lines[n]}\n", "") for n in range(first)),
        )
    block = lines[first:]
    end = next((number for number, line in enumerate(block) if not line.strip()), len(block))
    # A header of Pelican ends with an empty line; without one before « --- », it is ours.
    if _FIELD_LINE.match(block[0]) and any(_FENCE.match(line) for line in block[:end]):
        raise Refusal(
            Position(first + 1),
            None,
            "la ligne « --- » qui ouvre l’en-tête manque. "
            f"Ajoutez-la avant {shorten(block[0])}, en première ligne.",
            edits=(Edit(START, "", "---\n"),) if not first else (),
        )


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
    fields = YamlFields(header, below(header_line))
    if fields.is_empty:
        raise Refusal(
            Position(header_line), None, "l’en-tête est vide. Écrivez au moins « titre: … »."
        )
    values = fields.mapping()
    if values is None:
        raise Refusal(
            Position(header_line),
            None,
            "l’en-tête n’est pas une suite de champs. Écrivez « champ: valeur », un par ligne.",
        )
    is_pelican = any(key.lower() == "title" for key in values)
    return Document(path, values, body, body_line, fields.positions, fields.keys, is_pelican)


def _without_value(header: str, line: int) -> str:
    """Return a header with the value of a line emptied, so that faults below it are found too."""
    lines = header.split("\n")
    lines[line] = f"{lines[line].partition(':')[0]}: ''"
    return "\n".join(lines)


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
            raise Refusal(place, last, twice(document.keys[(last,)]))
        document.keys[(last,)] = place
        document.positions[(last,)] = Position(number, match.start("value") + 1)
        document.values[last] = match["value"].strip() or None
    return document
