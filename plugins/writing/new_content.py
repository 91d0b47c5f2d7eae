"""A new content: the text of its file, with every field explained, and a name that is free."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from textwrap import wrap

from plugins.content.reading import Contents, read_record
from plugins.content.record import AnyRecord
from plugins.models import Header, Kind
from plugins.models.description import FieldDescription, fields_of, own_fields
from plugins.views.site import RESERVED
from plugins.writing.yaml_text import STEP, scalar, yaml_lines

_WIDTH = 96
_OPTIONAL = (
    "Facultatif. Pour remplir un champ, ôtez le « # » au début de sa ligne, puis écrivez sa valeur "
    "après les deux-points ; d’un champ décalé, ôtez aussi celui de la ligne dont il dépend."
)
# The fields of every content that come first; its other ones come after those of the type.
_FIRST = ("titre", "resume", "statut", "identifiant")


@dataclass(frozen=True)
class NewContent:
    """A content to write: its type, its path from the root of the project, and its text."""

    kind: Kind
    path: Path
    text: str

    @cached_property
    def record(self) -> AnyRecord:
        """The content as it will be read."""
        return read_record(self.kind, self.path, self.text.encode())

    def is_free(self, contents: Contents) -> bool:
        """Return True when no file has its path, and nothing its address."""
        former = {old for record in contents.records for old in record.header.old_addresses}
        taken = {*RESERVED, *contents.by_address, *former, *(a.former for a in contents.addresses)}
        paths = {record.path.as_posix().casefold() for record in contents.records}
        return (
            self.path.as_posix().casefold() not in paths
            and not (contents.root.parent / self.path).exists()
            and self.record.address not in taken
        )

    def renamed(self, name: str) -> "NewContent":
        """Return the content under another name of its file, given without its ending."""
        return replace(self, path=self.path.with_name(f"{name}.md"))

    def with_free_name(self, contents: Contents) -> "NewContent":
        """Return the content under its name, else under that name with the first free number."""
        number, content = 2, self
        while not content.is_free(contents):
            content, number = self.renamed(f"{self.path.stem}-{number}"), number + 1
        return content


def content_text(kind: Kind, values: Mapping[str, object], body: str = "") -> str:
    """Return the text of a content's file: its fields, then all others as comments, then its body.

    A line of comment begins with `## `, one of an unused field with `#`: without that sign, it is
    YAML. A value that is None is still to be written.
    """
    fields = _in_order(kind)
    lines = ["---"]
    for field in fields:
        if field.name in values:
            lines += _commented(field.description)
            lines += yaml_lines(field.name, values[field.name])
            lines += _unused_within(field, values[field.name])
    lines += ["", *_commented(_OPTIONAL), ""]
    for field in fields:
        if field.name not in values:
            lines += _unused(field)
    lines += ["---", body.strip()]
    return "\n".join(lines) + "\n"


def _in_order(kind: Kind) -> list[FieldDescription]:
    """Return the fields of a type: those of every content first and last, its own between."""
    fields = {field.name: field for field in fields_of(kind.header)}
    own = (field.name for field in own_fields(kind.header, Header))
    return [fields[name] for name in dict.fromkeys((*_FIRST, *own, *fields))]


def _commented(words: str, indent: str = "") -> list[str]:
    width = _WIDTH - len(indent)
    lines = wrap(words, width, break_long_words=False, break_on_hyphens=False)
    return [f"## {indent}{line}" for line in lines]


def _unused(
    field: FieldDescription, indent: str = "", mark: str = "", *, is_open: bool = True
) -> Iterator[str]:
    """Yield the lines of a field without a value; a group within it stays closed.

    `mark` is the dash before the first field of an item of a list.
    """
    yield from _commented(_explained(field), indent)
    yield f"#{indent[: len(indent) - len(mark)]}{mark}{field.name}:"
    if is_open:
        for number, inner in enumerate(field.fields):
            dash = "- " if field.is_list and number == 0 else ""
            step = STEP * 2 if field.is_list else STEP
            yield from _unused(inner, f"{indent}{step}", dash, is_open=False)


def _unused_within(field: FieldDescription, value: object) -> Iterator[str]:
    """Yield the lines of the fields that the value of a group leaves out."""
    if isinstance(value, Mapping):
        for inner in field.fields:
            if inner.name not in value:
                yield from _unused(inner, STEP)


def _explained(field: FieldDescription) -> str:
    """Return what a field is for, with an example as YAML unless the words hold it."""
    example = field.examples[0] if field.examples and not field.choices else ""
    if not example or example in field.description:
        return field.description
    written = example if field.is_list else scalar(example)
    return f"{field.description} Exemple : {written}"
