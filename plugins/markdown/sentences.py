"""The sentences of a text, read from its HTML.

There, paragraphs, list items and cells are elements, and no Markdown sign interrupts the words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from plugins.french.typography import fold, plain
from plugins.markdown.bodies import LINK_SCHEME, Html, Link, Part, Sentence
from plugins.models.blocks import ButtonBlock

# Private characters, forbidden in content files; an entity may still name one.
LINK_START, LINK_END = "\ue000", "\ue001"


def sentences_of(parts: tuple[Part, ...], links: tuple[Link, ...]) -> Iterator[Sentence]:
    """Yield the sentences with a digit of a text, in reading order, blocks included.

    The end of a list item ends a sentence; a row of a table is one sentence, unless one of its
    cells holds several. The whole of a button's sentence is its link.
    """
    yield from _sentences(parts, links, None)


def _sentences(
    parts: tuple[Part, ...], links: tuple[Link, ...], button: Link | None
) -> Iterator[Sentence]:
    for part in parts:
        if isinstance(part, Html):
            for text, numbers in _Reader.read(part.text):
                if button:
                    yield Sentence(f"{LINK_START}{text}{LINK_END}", (button,))
                else:
                    yield Sentence(text, tuple(links[number] for number in numbers))
        elif isinstance(part.options, ButtonBlock):
            yield from _sentences(part.parts, links, Link(part.options.target, part.position))
        else:
            yield from _sentences(part.parts, links, button)


_DIGIT = re.compile(r"\d")
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "data", "dfn", "em", "i", "ins", "kbd", "mark"),
        *("q", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img"),
    )
)
_SKIPPED = frozenset(("code", "del", "pre", "s", "strike"))


_TOKEN = re.compile(r"""<(?P<end>/?)(?P<tag>[a-z0-9]+)(?P<rest>(?:[^">]|"[^"]*")*)>|[^<]+""")
_HREF = re.compile(rf'\shref="{LINK_SCHEME}(\d+)"')
_RETURN = ' id="fnref'


class _Reader:
    """A reader of sanitised HTML that gathers text up to the tags that end a sentence."""

    def __init__(self) -> None:
        self.units: list[str] = []
        self._run: list[str] = []
        self._row: list[str] | None = None
        self._numbers: list[int] = []
        self._in_link = False
        self._skipped = ""
        self._depth = 0

    @classmethod
    def read(cls, html: str) -> Iterator[tuple[str, list[int]]]:
        """Yield each sentence with a digit, and the numbers of its links."""
        reader = cls()
        for token in _TOKEN.finditer(html):
            reader._take(token)
        reader._end_row()
        numbers = iter(reader._numbers)
        for unit in reader.units:
            for sentence in split(unit) if _DIGIT.search(unit) else (unit,):
                found = [next(numbers) for _ in range(sentence.count(LINK_START))]
                if _DIGIT.search(sentence):
                    yield " ".join(sentence.split()), found

    def _take(self, token: re.Match[str]) -> None:
        if not (tag := token["tag"]):
            if not self._skipped:
                words = unescape(token[0])
                self._run.append(words.replace(LINK_START, "").replace(LINK_END, ""))
        elif token["end"]:
            self._end(tag)
        else:
            self._start(tag, token["rest"])

    def _start(self, tag: str, attributes: str) -> None:
        """Begin a link or a skipped passage, or end a sentence."""
        if self._skipped:
            self._depth += tag == self._skipped
        elif tag in _SKIPPED or _RETURN in attributes:
            self._skipped, self._depth = tag, 1
        elif tag == "a":
            if found := _HREF.search(attributes):
                self._numbers.append(int(found[1]))
                self._run.append(LINK_START)
                self._in_link = True
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag not in _INLINE:
            self._end_unit()

    def _end(self, tag: str) -> None:
        """End a link, a skipped passage, a sentence or a row."""
        if self._skipped:
            self._depth -= tag == self._skipped
            if not self._depth:
                self._skipped = ""
        elif tag == "a" and self._in_link:
            self._run.append(LINK_END)
            self._in_link = False
        elif tag == "tr":
            self._end_row()
        elif tag not in _INLINE:
            self._end_unit()

    def _end_unit(self) -> None:
        text, self._run = "".join(self._run), []
        if text.strip():
            (self.units if self._row is None else self._row).append(text)

    def _end_row(self) -> None:
        self._end_unit()
        cells, self._row = self._row or [], None
        if all(len(split(cell)) <= 1 for cell in cells):
            cells = [" | ".join(cells)] if cells else []
        self.units.extend(cells)


_END = re.compile(
    r"(?:(?<![.!?…])(?P<mark>[.!?…]++)(?:\s?[»”\"')\]])*|;)\s+"
    rf"(?=[«“\"(\[\s{LINK_START}]*(?P<next>.?))"
)


def split(text: str) -> list[str]:
    """Return the sentences of a run of text; a semicolon ends one too.

    A full stop before a small letter or a digit ends none: « etc. dans », « art. 12 ».
    """
    text = plain(text)
    places = [0, *(end.end() for end in _END.finditer(text) if _is_end(end)), len(text)]
    sentences = (text[start:end] for start, end in pairwise(places))
    return [sentence for sentence in sentences if sentence.strip()]


def _is_end(end: re.Match[str]) -> bool:
    return not end["mark"] or not (end["next"].islower() or end["next"].isdigit())


# A shorter text may be the same in several contents: « Programme à venir. »
_SHORTEST = 100


def fingerprint(words: str) -> str:
    """Return the digest of words, whatever their case and accents; nothing for a short text."""
    folded = fold(words)
    return hashlib.sha256(folded.encode()).hexdigest() if len(folded) >= _SHORTEST else ""
