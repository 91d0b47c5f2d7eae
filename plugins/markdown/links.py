"""Markdown's links and pictures, in a time that grows with the text, not with its square.

Python-Markdown looks from every « [ » to the end of the paragraph for its « ] », and from every
« ]( » for its « ) », again for each of the six kinds of links.
"""

import re

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import STX

MAX_READ = 5_000_000
"""The characters that may be read in search of the ends of the addresses of one text."""

# The call of a note. Markdown's own pattern looks for the bracket as far as the text goes.
_NOTE = re.compile(r"\[\^([^\]]{0,200})\]")
_BRACKET = re.compile(r"[\[\]]")
_QUOTE = re.compile("['\"]")


class EndlessAddresses(Exception):
    """Addresses of links are not closed, and reading on would take minutes.

    `written` is what the text holds at one of them, as far as Markdown has left it as it was.
    """

    def __init__(self, rest: str) -> None:
        """Take the rest of the paragraph from that address on."""
        self.written = rest.partition("\n")[0].partition(STX)[0]
        super().__init__(self.written)


class _Brackets:
    """Where each bracket of a text is closed, known once for all of them.

    A text is given again after each link that was found, the link replaced: what follows it is the
    same, so that places are counted from the end.
    """

    def __init__(self) -> None:
        self._text = ""
        self._closed: dict[int, int] = {}

    def after(self, text: str, index: int) -> int | None:
        """Return the place after the « ] » of the « [ » just before an index; None without one."""
        size = len(text)
        if not self._text.endswith(text[index - 1 :]):
            self._read(text)
        left = self._closed.get(size - index)
        return None if left is None else size - left

    def _read(self, text: str) -> None:
        size = len(text)
        self._text = text
        self._closed.clear()
        opened: list[int] = []
        for found in _BRACKET.finditer(text):
            if found[0] == "[":
                opened.append(size - found.end())
            elif opened:
                self._closed[opened.pop()] = size - found.end()


class _Ends(LinkInlineProcessor):
    """Finds the same ends of words and addresses as Markdown does."""

    def __init__(self, pattern: str, md: markdown.Markdown) -> None:
        super().__init__(pattern, md)
        self._brackets = _Brackets()
        self._read = 0

    def reset(self) -> None:
        """Begin a text."""
        self._read = 0

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - Markdown's name
        """Return the words between brackets, the place after them, and whether they are closed."""
        end = self._brackets.after(data, index)
        return ("", len(data), False) if end is None else (data[index : end - 1], end, True)

    def getLink(  # noqa: N802 - Markdown's name
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        """Return the address, its title, the place after them, and whether they are closed."""
        found = super().getLink(data, index)
        _, _, end, is_closed = found
        # A quote may begin a title, whose other quote Markdown seeks to the end of the paragraph.
        is_short = is_closed and not _QUOTE.search(data, index, end)
        self._read += end - index if is_short else len(data) - index
        if self._read > MAX_READ:
            raise EndlessAddresses(data[index:])
        return found


class _Link(_Ends, LinkInlineProcessor):
    pass


class _Image(_Ends, ImageInlineProcessor):
    pass


class _Reference(_Ends, ReferenceInlineProcessor):
    pass


class _ImageReference(_Ends, ImageReferenceInlineProcessor):
    pass


class _ShortReference(_Ends, ShortReferenceInlineProcessor):
    pass


class _ShortImageReference(_Ends, ShortImageReferenceInlineProcessor):
    pass


class Links(Extension):
    """Puts our reading of links in the place of Markdown's own, at its priorities."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Replace the patterns of links and pictures."""
        md.registerExtension(self)
        self._patterns: list[_Ends] = []
        for name, kind, pattern, priority in (
            ("reference", _Reference, REFERENCE_RE, 170),
            ("link", _Link, LINK_RE, 160),
            ("image_link", _Image, IMAGE_LINK_RE, 150),
            ("image_reference", _ImageReference, IMAGE_REFERENCE_RE, 140),
            ("short_reference", _ShortReference, REFERENCE_RE, 130),
            ("short_image_ref", _ShortImageReference, IMAGE_REFERENCE_RE, 125),
        ):
            processor: _Ends = kind(pattern, md)
            self._patterns.append(processor)
            md.inlinePatterns.register(processor, name, priority)
        md.inlinePatterns["footnote"].compiled_re = _NOTE

    def reset(self) -> None:
        """Begin a text."""
        for pattern in self._patterns:
            pattern.reset()
