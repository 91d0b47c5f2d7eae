"""The options of a block, read as headers are: every value a text, and its place in the file."""

import re
from collections.abc import Sequence
from pathlib import Path

from plugins.faults import Position
from plugins.front_matter.document import Document
from plugins.front_matter.yaml_fields import Refusal, YamlFields

_CLOSING = re.compile(r" *(?P<bars>/{3,}) *")


def read_options(path: Path, written: str, below: Sequence[str], opening: Position) -> Document:
    """Return the options, or raise Refusal.

    `written` is what Markdown takes for options: the lines that stand `below` the opening, less
    what a list or a quotation puts before them, tabs made spaces.
    """
    lines = written.splitlines()

    def place(line: int, column: int) -> Position:
        margin = len(below[line].rstrip()) - len(lines[line].rstrip())
        return Position(opening.line + 1 + line, max(0, column + margin) + 1)

    for number, line in enumerate(lines):
        if found := _CLOSING.fullmatch(line):
            raise Refusal(
                place(number, found.start("bars")),
                None,
                f"« {found['bars']} » est décalé comme une option, et ne ferme rien. "
                "Alignez-le sur l’ouverture du bloc.",
            )
    fields = YamlFields("\n".join(lines), place)
    values = {} if fields.is_empty else fields.mapping()
    if values is None:
        start = len(lines[0]) - len(lines[0].lstrip())
        raise Refusal(
            place(0, start), None, "l’option n’est pas lisible. Écrivez « option: valeur »."
        )
    return Document(path, values, "", 0, fields.positions, fields.keys)
