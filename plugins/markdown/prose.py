"""A text as written, without its code, and the same text as readers see it."""

import html as html_entities
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from plugins.faults import Position

_CODE = re.compile(r"(?<![`\\])(`+)(?!`)((?:[^\n]|\n(?![ \t]*\n))+?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNSEEN = re.compile(r"<!--.*?-->|<(pre|code|script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_START = re.compile(
    r"[ \t]*(?P<sign>\d+[.)°/-]|[a-zA-Z]\)|o(?=[ \t\u00a0])|([^\w\s])\2*)[^\w\n]*(?P<word>\w*)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, and its number in the file."""

    number: int
    text: str


@lru_cache(maxsize=4)  # Each reading of one text asks for them.
def outside_fences(source: str, first_line: int) -> tuple[Line, ...]:
    """Return the lines outside fenced code, as Python-Markdown reads it."""
    fenced: set[int] = set()
    if "```" in source or "~~~" in source:
        for found in FencedBlockPreprocessor.FENCED_BLOCK_RE.finditer(source):
            first = source.count("\n", 0, found.start())
            fenced.update(range(first, first + found[0].count("\n") + 1))
    return tuple(
        Line(number + first_line, text)
        for number, text in enumerate(source.split("\n"))
        if number not in fenced
    )


def without_comments(source: str, blank: Callable[[re.Match[str]], str]) -> str:
    """Return a text with each comment replaced.

    Nothing is sought below the last end of a comment: it would be, again from each beginning.
    """
    end = source.rfind("-->") + len("-->")
    return _COMMENT.sub(blank, source[:end]) + source[end:] if end >= len("-->") else source


class Prose:
    """A Markdown text and its HTML: a sign of Markdown that readers still see is a slip.

    A sign that the text escapes is no slip: searches of `source` must leave it out.
    """

    def __init__(self, source: str, first_line: int, html: str) -> None:
        """Blank the code and the comments of the text; every other sign keeps its place."""
        prose = {line.number - first_line: line.text for line in outside_fences(source, first_line)}
        lines = source.split("\n")
        bare = "\n".join(prose.get(n, " " * len(line)) for n, line in enumerate(lines))
        self.source = _CODE.sub(_blank, without_comments(bare, _blank))
        self._first_line = first_line
        self._html = html

    @cached_property
    def shown(self) -> str:
        """The text that readers see, line by line as written, without code."""
        return html_entities.unescape(_TAG.sub("", _UNSEEN.sub("", self._html)))

    def shows_line(self, line: str) -> bool:
        """Return True when readers see a line with the same first sign and first word."""
        return _start(line) in self._starts

    def shows_list(self, first: str) -> bool:
        """Return True when readers see a numbered list that begins at a number."""
        return f'<ol start="{first}">' in self._html

    def shows_code(self, words: str) -> bool:
        """Return True when readers see a block of code that begins a line with some words."""
        return any(words in html_entities.unescape(code) for code in self._blocks_of_code)

    @cached_property
    def _blocks_of_code(self) -> list[str]:
        return re.findall(r"(?s)<pre\b.*?</pre>", self._html)

    @cached_property
    def _starts(self) -> frozenset[tuple[str, str] | None]:
        return frozenset(_start(line) for line in self.shown.split("\n")) - {None}

    def place(self, index: int) -> Position:
        """Return the place in the file of an index of the text."""
        line = bisect_right(self._line_starts, index) - 1
        return Position(self._first_line + line, index - self._line_starts[line] + 1)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.source))]

    def paragraphs(self) -> Iterator[list[tuple[int, str]]]:
        """Yield groups of lines between empty lines, each line with the index of its first sign."""
        lines: list[tuple[int, str]] = []
        index = 0
        for text in self.source.split("\n"):
            if text.strip():
                lines.append((index, text))
            elif lines:
                yield lines
                lines = []
            index += len(text) + 1
        if lines:
            yield lines


def _start(line: str) -> tuple[str, str] | None:
    """Return the first sign and the first word of a line, the markup between them left out."""
    found = _START.match(line)
    return (found["sign"], found["word"]) if found else None


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
