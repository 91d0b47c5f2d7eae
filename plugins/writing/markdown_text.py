"""Markdown and YAML written from plain texts, so that they are read back as they were."""

import re
from collections.abc import Iterable
from pathlib import Path

from plugins.french.typography import plain, typeset, with_plain_spaces
from plugins.front_matter.document import Document
from plugins.markdown.conversion import render
from plugins.writing.yaml_text import yaml_lines

_SIGNS = re.compile(r"(?<!&)[\\`*_{}\[\]#|]")
_WITHOUT_ESCAPE = "&<>~^="
_ANY = Path("content/lettres/1.md")


def remark(text: str) -> str:
    """Return a remark for editors, which no medium shows: an HTML comment."""
    return f"<!-- {with_plain_spaces(text).replace('--', '–')} -->"


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
    bare = plain(value) if isinstance(value, str) else [plain(item) for item in value]
    return "".join(f"{line}\n" for line in yaml_lines(key, bare))
