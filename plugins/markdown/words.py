"""The words that readers see of a text, read from its HTML: its French prose alone."""

import re
from collections.abc import Collection, Iterator
from html import escape, unescape

from plugins.faults import Position
from plugins.french.spelling import unknown_words
from plugins.markdown.bodies import Html, Part
from plugins.markdown.prose import Prose
from plugins.models.blocks import BlockOptions, QuoteBlock
from plugins.models.fields import prose_in

_ATTRIBUTES = r"""(?:[^">]|"[^"]*")*"""
# Code, what was struck out, and words in another language.
_NO_PROSE = re.compile(
    rf"<(code|del|kbd|pre|s|samp|strike|var)\b{_ATTRIBUTES}>.*?</\1>"
    rf'|<(\w+)\b{_ATTRIBUTES}\slang="(?!fr)[^"]*"{_ATTRIBUTES}>.*?</\2>',
    re.DOTALL,
)
# The words of others are theirs.
_QUOTED = re.compile(r"<(blockquote|q|cite)\b[^>]*>.*?</\1>|«[^«»]*»", re.DOTALL)
_INLINE = re.compile(
    rf"</?(?:a|abbr|b|bdi|bdo|data|dfn|em|i|ins|mark|small|span|strong|u|wbr)\b{_ATTRIBUTES}>"
)
_ADDRESS = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*|\{[^{}\n]*\}|<[^<>\n]*>|(?:https?://|www\.)\S+"
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*|[\w.+-]+@[\w.-]+|^ {4}(?:adresse|fichier|contact):[^\n]*",
    re.MULTILINE,
)
# Words may be parted by the signs of Markdown, and by the end of a line.
_BETWEEN = r"[\W_]{1,6}"
_TAG = re.compile(rf"<{_ATTRIBUTES}>")


def prose_of(parts: tuple[Part, ...]) -> str:
    """Return the words of a text, those of its blocks included; a line per paragraph."""
    return "\n".join(_words(html) for html in _htmls(parts))


def own_prose_of(parts: tuple[Part, ...], holding: Collection[str]) -> str:
    """Return the words that the author does not quote, of the passages that hold one of some."""
    htmls = (html for html in _htmls(parts, QuoteBlock) if any(word in html for word in holding))
    return "\n".join(_words(_QUOTED.sub("\n", html)) for html in htmls)


def unknown_in(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the words of a text that the dictionary does not know, each once, in order."""
    return tuple(dict.fromkeys(unknown_words(prose_of(parts))))


def places_of(words: str, source: str, first_line: int) -> Iterator[Position]:
    """Yield the places of words in the prose of a Markdown text; its beginning without any."""
    prose = _ADDRESS.sub(_blank, Prose(source, first_line, "").source)
    pattern = _BETWEEN.join(map(re.escape, re.findall(r"\w+", words)))
    found = [match.start() for match in re.finditer(rf"(?<![\w-]){pattern}(?![\w-])", prose)]
    found = found or [match.start() for match in re.finditer(pattern, prose)]
    yield from (Position.at(source, place, first_line) for place in found or [0])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _htmls(parts: tuple[Part, ...], left_out: type[BlockOptions] | tuple[()] = ()) -> Iterator[str]:
    """Yield the HTML of a text and of its blocks, with what is shown of their options."""
    for part in parts:
        if isinstance(part, Html):
            yield part.text
        elif not isinstance(part.options, left_out):
            yield from (escape(text) for _, text in prose_in(part.options))
            yield from _htmls(part.parts, left_out)


def _words(html: str) -> str:
    prose = _NO_PROSE.sub("|", html) if "<" in html else html
    return unescape(_TAG.sub("\n", _INLINE.sub("", prose)))
