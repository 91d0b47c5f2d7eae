"""Semantic HTML, without styles, as plain text that is pleasant to read: 72 columns.

Headings are underlined, tables become lists; addresses are numbered in the text and listed at the
end of each section. Strong words stand as the others: signs around them would be read aloud.
"""

from collections.abc import Callable, Iterable, Iterator

from selectolax.lexbor import LexborNode

from plugins.library.addresses import in_words
from plugins.outputs.characters import clean_text
from plugins.outputs.text.elements import body_of, caption_of, cells, headed, items
from plugins.outputs.text.lines import (
    Line,
    Lines,
    fixed,
    flowed,
    hanging,
    indented,
    plain,
    quoted,
    squeezed,
    underlined,
    wrapped,
)

COLUMNS = 72
"""RFC 3676 (4.2) wants lines of at most 78 characters: this leaves room for a reply's « > »."""

_AROUND = {"em": "_", "i": "_", "cite": "_", "code": "`", "s": "~", "del": "~"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCKS = {"address", "aside", "blockquote", "details", "div", "dl", "dd", "dt", "figcaption"}
_BLOCKS |= {"figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section"}
_BLOCKS |= {"summary", "table", "ul"}


def to_plain_text(html: str) -> str:
    """Write a document made of sections as text, its lines ended by line feeds.

    Only a word that is longer than `COLUMNS`, most often an address, makes a longer line.
    """
    return _written(html, plain)


def to_flowed_text(html: str) -> str:
    """Write a document as `to_plain_text` does, for messages: clients wrap it anew (RFC 3676)."""
    return _written(html, flowed)


def _written(html: str, write: Callable[[Lines], list[str]]) -> str:
    links = _Links()
    sections = []
    for node in body_of(clean_text(html)).iter():
        blocks = [*_Writer(links).blocks(node, COLUMNS), *links.told()]
        if blocks:
            sections.append("\n\n".join("\n".join(write(block)) for block in blocks))
    return "\n\n\n".join(sections) + "\n"


class _Links:
    """The addresses of a text: numbered from its start to its end, listed after each section."""

    def __init__(self) -> None:
        self._last = 0
        self._waiting: dict[str, int] = {}

    def number(self, address: str) -> int:
        """Return the number of an address in the list of the present section."""
        if address not in self._waiting:
            self._last += 1
            self._waiting[address] = self._last
        return self._waiting[address]

    def told(self) -> Iterator[Lines]:
        """Yield the list of the addresses numbered since the last list, if there are any."""
        if self._waiting:
            marks = {f"[{number}] ": address for address, number in self._waiting.items()}
            yield [
                line
                for mark, address in marks.items()
                for line in hanging(wrapped(in_words(address), COLUMNS - len(mark)), mark)
            ]
        self._waiting = {}


class _Writer:
    """Writes HTML elements as paragraphs."""

    def __init__(self, links: _Links) -> None:
        self._links = links

    def blocks(self, node: LexborNode, width: int) -> list[Lines]:
        """Return the paragraphs of an element; text between its elements makes paragraphs too."""
        found: list[Lines] = []
        inline: list[str] = []

        def flush() -> None:
            if text := squeezed("".join(inline)):
                found.append(wrapped(text, width))
            inline.clear()

        for child in node.iter(include_text=True):
            if child.tag in _BLOCKS:
                flush()
                found.extend(self._block(child, width))
            else:
                inline.append(self._inline(child))
        flush()
        return found

    def _block(self, node: LexborNode, width: int) -> Iterable[Lines]:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(node, width)
            case "ul" | "ol":
                return self._list(node, width)
            case "table":
                return self._table(node, width)
            case "blockquote":
                return [quoted(self.blocks(node, width - 2))]
            case "pre":
                lines = node.text().rstrip("\n").split("\n")
                return [[Line(line, " " * 4) for line in lines]]
            case "hr":
                return [[Line("* * *")]]
            case "dd":
                return [indented(block, 4) for block in self.blocks(node, width - 4)]
            case "dl" | "figure":
                together = [line for block in self.blocks(node, width) for line in block]
                return [together] if together else []
            case _:
                return self.blocks(node, width)

    def _heading(self, node: LexborNode, width: int) -> list[Lines]:
        words = squeezed(self._inlines(node))
        if not words:
            return []
        match node.tag:
            case "h1":
                rule = Line("=" * width)
                return [[rule, *fixed(wrapped(words, width)), rule]]
            case "h2" | "h3":
                return [underlined(wrapped(words, width), "=" if node.tag == "h2" else "-")]
            case _:
                return [fixed(wrapped(f"* {words} *", width))]

    def _list(self, node: LexborNode, width: int) -> list[Lines]:
        """Return one paragraph when most items take one line, else one paragraph per item."""
        found: list[Lines] = []
        for number, item in items(node):
            mark = f"{number}. " if node.tag == "ol" else "- "
            own = [line for block in self.blocks(item, width - len(mark)) for line in block]
            found.append(hanging(own or [Line("")], mark))
        lines = [line for item in found for line in item]
        return [lines] if lines and len(lines) <= 1.5 * len(found) else found

    def _table(self, node: LexborNode, width: int) -> list[Lines]:
        """Return one paragraph per row: its first cell, then each other cell after its heading."""
        caption = caption_of(node)
        found = self.blocks(caption, width) if caption else []
        head_row, rows = headed(node)
        heads = [self._words(cell) for cell in head_row]
        for row in rows:
            lines: Lines = []
            for column, cell in cells(row):
                own = [line for block in self.blocks(cell, width - 2) for line in block]
                head = heads[column] if 0 < column < len(heads) else ""
                if own and head:
                    title = f"{head}\u00a0:"
                    one = wrapped(f"{title} {own[0].whole}", width - 2)
                    own = one if len(own) == 1 else [Line(title), *own]
                lines += own
            if lines:
                found.append(hanging(lines, "- "))
        return found

    def _words(self, cell: LexborNode) -> str:
        return squeezed(self._inlines(cell)).replace("\n", " ")

    def _inlines(self, node: LexborNode) -> str:
        return "".join(self._inline(child) for child in node.iter(include_text=True))

    def _inline(self, node: LexborNode) -> str:
        match node.tag:
            case "-text":
                return (node.text_content or "").replace("\n", " ")
            case "br":
                return "\n"
            case "img":
                return f"[Image\u00a0: {node.attributes.get('alt') or ''}]"
            case "sup":
                return self._inlines(node).translate(_SUPERSCRIPTS)
            case "a":
                return self._link(node)
            case tag if tag in _AROUND:
                return _between(self._inlines(node), _AROUND[tag])
            case _:
                return self._inlines(node)

    def _link(self, node: LexborNode) -> str:
        words, address = self._inlines(node), node.attributes.get("href") or ""
        if "footnote-backref" in (node.attributes.get("class") or ""):
            return ""
        shown = {address, address.removeprefix("mailto:").partition("?")[0]}
        if not address or address.startswith("#") or squeezed(words) in shown:
            return words
        return f"{words}\u00a0[{self._links.number(address)}]"


def _between(text: str, sign: str) -> str:
    """Put signs around a text, with no space between them and its words."""
    inner = text.strip(" \n")
    return text.replace(inner, f"{sign}{inner}{sign}", 1) if inner else text
