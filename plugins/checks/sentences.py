"""The sentences of a text, each with its links.

The sentences are read from the converted text, where paragraphs, list items and cells are elements
and no Markdown sign interrupts the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

from plugins.french.typography import plain
from plugins.markdown.bodies import LINK_SCHEME, Body, Html, Link, Part
from plugins.models.blocks import ButtonBlock

# Private characters, forbidden in content files.
LINK_START, LINK_END = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with ordinary spaces and apostrophes, and its links in order.

    In `text`, the words of each link stand between `LINK_START` and `LINK_END`.
    """

    text: str
    links: tuple[Link, ...]


def sentences_of(body: Body) -> Iterator[Sentence]:
    """Yield the sentences of a text in reading order, blocks included.

    The end of a list item ends a sentence; a row of a table is one sentence, unless one of its
    cells holds several. The whole of a button's sentence is its link.
    """
    yield from _sentences(body.parts, body.links, None)


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


_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "data", "dfn", "em", "i", "ins", "kbd", "mark"),
        *("q", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img"),
    )
)
_SKIPPED = frozenset(("code", "del", "pre", "s", "strike"))


class _Reader(HTMLParser):
    """An HTML parser that gathers text up to the tags that end a sentence."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.units: list[str] = []
        self._run: list[str] = []
        self._row: list[str] | None = None
        self._numbers: list[int] = []
        self._in_link = False
        self._skipped = ""
        self._depth = 0

    @classmethod
    def read(cls, html: str) -> Iterator[tuple[str, list[int]]]:
        """Yield each sentence of a sanitised text with the numbers of its links."""
        reader = cls()
        reader.feed(html)
        reader.close()
        reader._end_row()
        numbers = iter(reader._numbers)
        for unit in reader.units:
            for sentence in split(unit):
                found = [next(numbers) for _ in range(sentence.count(LINK_START))]
                yield " ".join(sentence.split()), found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link or a skipped passage, or end a sentence."""
        values = dict(attrs)
        if self._skipped:
            self._depth += tag == self._skipped
        elif tag in _SKIPPED or (values.get("id") or "").startswith("fnref"):
            self._skipped, self._depth = tag, 1
        elif tag == "a":
            number = (values.get("href") or "").removeprefix(LINK_SCHEME)
            if number.isdigit():
                self._numbers.append(int(number))
                self._run.append(LINK_START)
                self._in_link = True
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag not in _INLINE:
            self._end_unit()

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        """Gather the text outside skipped passages."""
        if not self._skipped:
            self._run.append(data)

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
    r"(?:(?P<mark>[.!?…]+)(?:\s?[»”\"')\]])*|;)\s+"
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
