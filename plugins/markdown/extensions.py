"""Extensions of Python-Markdown: plain texts, bare addresses, aligned columns, lone notes."""

import html as html_entities
import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTexts, Treeprocessor
from markdown.util import AtomicString

from plugins.markdown.sanitizer import BOOLEAN_ATTRIBUTES

_WEB = (
    r"(?i)(?<![\w/@.])(?:https?://|www\.)"
    r"(?:[^\s<>()\[\]\"«»“”`\x02\x03]|\([^\s<>()\[\]\"«»“”`\x02\x03]{0,80}\))+"
)
_MAILBOX = r"(?<![\w.+%/@-])[\w+%-][\w.+%-]{0,63}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,63}(?![\w@-])"
_HOST = re.compile(r"(?i)(?:https?://|www\.)[\w-]{1,63}(?:\.[\w-]{1,63})*(?::\d+)?(?:[/?#]|$)")
# What ends a sentence, or closes emphasis, is no part of the address before it.
_AFTER = ".,;:!?…'’*_~|"
# Markdown's own links, code and `<https://…>` are taken before, its raw HTML after.
_ADDRESS_PRIORITY = 95
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK, _NOTE, _CALL = "footnote-backref", "fn:", "fnref:"


def link_addresses(md: markdown.Markdown) -> None:
    """Turn `www.exemple.fr`, `https://exemple.fr` and `nom@exemple.fr` into links.

    pymdownx.magiclink takes a time that grows with the square of the text, and links inside links.
    """
    md.inlinePatterns.register(_Addresses(_WEB, md, _site), "passerelle-web", _ADDRESS_PRIORITY)
    md.inlinePatterns.register(
        _Addresses(_MAILBOX, md, _mailbox), "passerelle-mail", _ADDRESS_PRIORITY - 1
    )


class _Addresses(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(
        self, pattern: str, md: markdown.Markdown, target: Callable[[str], str | None]
    ) -> None:
        """Link each match to its `target`; None leaves the match as text."""
        super().__init__(pattern, md)
        self._target = target

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return a link, and the indexes of its start and end in the text."""
        written = m[0].rstrip(_AFTER)
        target = self._target(written)
        if not target or _is_in_tag_or_link(data[: m.start()]):
            return None, None, None
        link = Element("a", {"href": html_entities.unescape(target)})
        link.text = AtomicString(html_entities.unescape(written))
        return link, m.start(), m.start() + len(written)


_ALONE = f"(?:{'|'.join(sorted(BOOLEAN_ATTRIBUTES))})"
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_TAG = re.compile(
    rf"(?i)</?[a-z][^\s<>/]*+(?:\s+(?:{_ALONE}|[^\s\"'<>/=]++\s*=\s*{_VALUE}))*\s*/?>|<!--.*-->",
    re.DOTALL,
)


class Tags(HtmlInlineProcessor):
    """Keeps the tags of HTML in a text, as Markdown does, and leaves prose that looks like one.

    « si a <b et c> d » is prose: words alone in a tag are no attributes.
    """

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return the place kept for a tag, and the indexes of its start and end in the text."""
        return super().handleMatch(m, data) if _TAG.fullmatch(m[1]) else (None, None, None)


def _site(written: str) -> str | None:
    if not _HOST.match(written):
        return None
    return f"https://{written}" if written[:4].lower() == "www." else written


def _mailbox(written: str) -> str:
    return f"mailto:{written}"


def _is_in_tag_or_link(before: str) -> bool:
    """Return True when the text before a place has opened a tag or a link of raw HTML."""
    opened = before.rfind("<")
    is_tag = opened > before.rfind(">") and re.match(r"</?[a-zA-Z]", before[opened:])
    lowered = before.lower()
    return bool(is_tag) or lowered.rfind("<a ") > lowered.rfind("</a")


# What a text holds wherever a pattern, here by its name, may match. Most texts hold few of them.
_SIGNS = {
    "backtick": "`",
    "escape": r"\\",
    "footnote": r"\[\^",
    "reference": r"\[",
    "link": r"\[",
    "image_link": r"!\[",
    "image_reference": r"!\[",
    "short_reference": r"\[",
    "short_image_ref": r"!\[",
    "autolink": "<",
    "automail": "<",
    "linebreak": r"  \n",
    "hardbreak": r"\\\n",
    "passerelle-web": r"://|[wW]{3}\.",
    "passerelle-mail": "@",
    "html": "<",
    "entity": "&",
    "em_strong": "[*_]",
    "passerelle-mark": "==",
    "passerelle-sub": "~",
    "passerelle-sup": r"\^",
}
# A text without any of these, nor the place of what is taken out of a text, is left as it is.
_INLINE_SIGN = re.compile("|".join({*_SIGNS.values(), "\x02"}))


class Texts(InlineTexts):
    """Applies to a text only the patterns of Markdown whose signs it holds."""

    def __init__(self, md: markdown.Markdown) -> None:
        """Take the patterns, once all are there."""
        super().__init__(md)
        signs = {md.inlinePatterns[name]: re.compile(sign) for name, sign in _SIGNS.items()}
        self._signs = [(pattern, signs[pattern]) for pattern in md.inlinePatterns]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to the texts of a tree."""
        written = "\0".join(tree.itertext())
        self.inlinePatterns = [  # type: ignore[assignment] # it is only read by index
            pattern for pattern, sign in self._signs if sign.search(written)
        ]
        plain = [
            element
            for element in tree.iter()
            if type(element.text) is str and not _INLINE_SIGN.search(element.text)
        ]
        for element in plain:
            element.text = AtomicString(element.text)
        super().run(tree, ancestors)
        for element in plain:
            # What comes next, such as abbreviations, is for them too.
            element.text = str(element.text)
        return tree


class Tables(TableProcessor):
    """Gives the cells of tables the class `align-left`, `align-center` or `align-right`.

    `wide_rows` are the rows with more cells than their table has columns, as written.
    """

    def __init__(self, parser: BlockParser) -> None:
        """Start with no row."""
        super().__init__(parser, {"use_align_attribute": True})
        self.wide_rows: list[str] = []

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        for cell in parent[-1]:
            # A bar is escaped in code too, where Markdown would show the escape (GFM, 4.10).
            cell.text = _SPAN.sub(lambda found: found[0].replace("\\|", "|"), cell.text or "")
            if side := cell.attrib.pop("align", None):
                cell.set("class", f"align-{side}")
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            self.wide_rows.append(row)


def back_title(note: object, rank: int | None = None) -> str:
    """Return the name of a link back from a note; `rank` tells one call of several."""
    if rank is None:
        return f"Retour à l’appel de la note {note}"
    return f"Retour au {'1er' if rank == 1 else f'{rank}e'} appel de la note {note}"


class NoteLinks(Treeprocessor):
    """Tells the links back of a note that is called several times apart (RGAA 6.1).

    Removes the link back of a note that nothing calls, which would lead nowhere: `labels` are the
    labels of such notes.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        """Start with no note."""
        super().__init__(md)
        self.labels: list[str] = []

    def run(self, root: Element) -> None:
        """Look at the notes of a text."""
        called = {element.get("id") for element in root.iter("sup")}
        for note in root.iter("li"):
            label = (note.get("id") or "").removeprefix(_NOTE)
            if note.get("id") == f"{_NOTE}{label}" and f"{_CALL}{label}" not in called:
                self.labels.append(label)
                for parent in list(note.iter()):
                    for child in [c for c in parent if c.get("class") == _LINK]:
                        parent.remove(child)
                continue
            links = [link for link in note.iter("a") if link.get("class") == _LINK]
            for number, link in enumerate(links if len(links) > 1 else (), start=1):
                note_number = link.get("title", "").rpartition(" ")[2]
                link.set("title", back_title(note_number, number))
                link.tail = " " if number < len(links) else link.tail
