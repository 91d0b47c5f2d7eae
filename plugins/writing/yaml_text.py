"""The YAML of headers and data files, written as an editor would: block by block, few quotes."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plugins.front_matter.document import read_data

STEP = "  "


def yaml_lines(key: str, value: object) -> Iterator[str]:
    """Yield the lines of a field; a list, a mapping or both in one another take several.

    Numbers and truth values are written as editors do; None and empty texts leave the key alone.
    """
    if isinstance(value, Mapping):
        yield f"{key}:"
        for name, item in value.items():
            yield from (f"{STEP}{line}" for line in yaml_lines(name, item))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{key}:"
        for item in value:
            lines = _item_lines(item)
            yield f"{STEP}- {next(lines)}"
            yield from (f"{STEP}{STEP}{line}" for line in lines)
    else:
        yield f"{key}: {scalar(value)}".rstrip()


def scalar(value: object) -> str:
    """Return a value as YAML on one line, in quotes only where YAML would read another one."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = "" if value is None else " ".join(str(value).split())
    if not text:
        return ""
    document, _ = read_data(Path(), f"un:\n  - {text}\nautre: {text}\n".encode(), "")
    if document and document.values == {"un": [text], "autre": text}:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _item_lines(item: object) -> Iterator[str]:
    """Yield the lines of an item of a list, to be set after its dash."""
    if isinstance(item, Mapping):
        for name, value in item.items():
            yield from yaml_lines(name, value)
    else:
        yield scalar(item)
