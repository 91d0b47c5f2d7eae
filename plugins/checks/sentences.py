"""The sentences of a text, each with its links.

They are cut out of the converted text: there, a paragraph, an item or a cell is what it is, and
no Markdown sign stands between the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from plugins.french.typography import plain
from plugins.markdown.bodies import LINK_SCHEME, Body, Html, Link, Part
from plugins.models.blocks import ButtonBlock


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with ordinary spaces and apostrophes, and the links that begin in it."""

    text: str
    links: tuple[Link, ...]


def sentences_of(body: Body) -> Iterator[Sentence]:
    """Yield the sentences of a text, in reading order, those of its blocks included.

    An item of a list ends a sentence; a table's row is one, unless a cell of it holds several.
    """
    yield from _sentences(body.parts, body.links, None)


def _sentences(
    parts: tuple[Part, ...], links: tuple[Link, ...], button: Link | None
) -> Iterator[Sentence]:
    for part in parts:
        if isinstance(part, Html):
            for text, numbers in _Reader.read(part.text):
                found = tuple(links[number] for number in numbers)
                yield Sentence(text, (*found, button) if button else found)
        elif isinstance(part.options, ButtonBlock):
            yield from _sentences(part.parts, links, Link(part.options.target, part.position))
        else:
            yield from _sentences(part.parts, links, button)


# Stands where a link begins. A private character, that no content file may hold.
_MARK = "\ue000"
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "data", "dfn", "em", "i", "ins", "kbd", "mark"),
        *("q", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img"),
    )
)
_SKIPPED = frozenset(("code", "del", "pre", "s", "strike"))


class _Reader(HTMLParser):
    """Gathers the text between the tags that end a sentence."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.units: list[str] = []
        self._run: list[str] = []
        self._row: list[str] | None = None
        self._numbers: list[int] = []
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
                found = [next(numbers) for _ in range(sentence.count(_MARK))]
                text = " ".join(sentence.replace(_MARK, "").split())
                if text:
                    yield text, found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, end a sentence, or begin what says nothing."""
        values = dict(attrs)
        if self._skipped:
            self._depth += tag == self._skipped
        elif tag in _SKIPPED or (values.get("id") or "").startswith("fnref"):
            self._skipped, self._depth = tag, 1
        elif tag == "a":
            number = (values.get("href") or "").removeprefix(LINK_SCHEME)
            if number.isdigit():
                self._numbers.append(int(number))
                self._run.append(_MARK)
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag not in _INLINE:
            self._end_unit()

    def handle_endtag(self, tag: str) -> None:
        """End a sentence, a row, or what says nothing."""
        if self._skipped:
            self._depth -= tag == self._skipped
            if not self._depth:
                self._skipped = ""
        elif tag == "tr":
            self._end_row()
        elif tag not in _INLINE:
            self._end_unit()

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        if not self._skipped:
            self._run.append(data)

    def _end_unit(self) -> None:
        text, self._run = "".join(self._run), []
        if text:
            (self.units if self._row is None else self._row).append(text)

    def _end_row(self) -> None:
        self._end_unit()
        cells, self._row = self._row or [], None
        if all(len(split(cell)) <= 1 for cell in cells):
            cells = [" | ".join(cells)] if cells else []
        self.units.extend(cells)


_END = re.compile(
    r"(?:(?P<end>[.!?…]+)(?:\s?[»”\"')\]])*|;)\s+"
    rf"(?=[«“\"(\[\s{_MARK}]*(?P<next>.?))"
)
_LAST_WORD = re.compile(r"(?:^|[\W_])([^\W_]+)$")
_ABBREVIATIONS = frozenset(
    (
        *(
            "mm",
            "mr",
            "dr",
            "pr",
            "st",
            "ste",
            "av",
            "bd",
            "bld",
            "boul",
            "pl",
            "rte",
            "dir",
            "adj",
        ),
        *("p", "pp", "art", "al", "cf", "ex", "fig", "chap", "vol", "n", "no", "réf", "tél", "env"),
        *("vs", "éd"),
    )
)
_MONTHS = frozenset(("janv", "févr", "fév", "avr", "juil", "sept", "oct", "nov", "déc"))
_LONGEST_WORD = 12


def split(text: str) -> list[str]:
    """Return the sentences of a run of text; a semicolon ends one too."""
    text = plain(text)
    found = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(match):
            found.append(text[start : match.end()])
            start = match.end()
    return [sentence for sentence in (*found, text[start:]) if sentence.strip()]


def _is_end(match: re.Match[str]) -> bool:
    """Tell an end from a dot inside a sentence: « M. Le Goff », « art. 12 », « etc. dans »."""
    if not match["end"]:
        return True
    following = match["next"]
    if following.islower():
        return False
    before = match.string[max(0, match.start() - _LONGEST_WORD) : match.start()]
    word = _LAST_WORD.search(before)
    if match["end"] != "." or not word:
        return True
    if len(word[1]) == 1 and word[1].isupper():
        return False
    name = word[1].casefold()
    return not (name in _ABBREVIATIONS or (name in _MONTHS and following.isdigit()))
