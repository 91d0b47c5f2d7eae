"""Markdown and YAML written from plain texts, so that they are read back as they were."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from plugins.french.typography import plain, typeset
from plugins.front_matter.document import Document
from plugins.markdown.conversion import render

_SIGNS = re.compile(r"(?<!&)[\\`*_{}\[\]#|]")
_WITHOUT_ESCAPE = "&<>~^="
_ANY = Path("content/lettres/1.md")


def remark(text: str) -> str:
    """Return a remark for editors, which no medium shows: an HTML comment."""
    return f"<!-- {plain(text).replace('--', '–')} -->"


def words(text: str) -> str:
    """Return a plain text as Markdown for a heading or a link, its signs escaped if they are any.

    Spaces and apostrophes are ordinary ones: the site sets its own.
    """
    bare = plain(text)
    if _is_read_back(bare):
        return bare
    named = (f"&#{ord(sign)};" if sign in _WITHOUT_ESCAPE else sign for sign in bare)
    return _SIGNS.sub(r"\\\g<0>", "".join(named))


def _is_read_back(text: str) -> bool:
    body = render(Document(_ANY, {}, f"## {text}\n\n## [{text}](https://a.example)", 1))
    return [plain(h.title) for h in body.headings] == [plain(typeset(text))] * 2


def field(key: str, value: str | Iterable[str]) -> str:
    """Return the lines of a header's field: a text, or a list of texts."""
    if isinstance(value, str):
        return f"{key}: {_scalar(value)}\n"
    return f"{key}:\n" + "".join(f"  - {_scalar(item)}\n" for item in value)


def _scalar(text: str) -> str:
    """Return a text as YAML: as it is where that is read back, else between quotation marks."""
    bare = plain(text)
    try:
        is_plain = yaml.load(f"- a: {bare}", yaml.BaseLoader) == [{"a": bare}]  # noqa: S506 - text
    except yaml.YAMLError:
        is_plain = False
    return bare if is_plain else json.dumps(bare, ensure_ascii=False)
