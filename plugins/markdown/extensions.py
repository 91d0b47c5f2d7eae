"""Extensions of Python-Markdown: bare addresses, aligned columns, notes without a call."""

import html as html_entities
import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

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
# Markdown's own priority.
_TABLE_PRIORITY = 75
_LINK, _NOTE, _CALL = "footnote-backref", "fn:", "fnref:"


class BareAddresses(Extension):
    """Turns `www.exemple.fr`, `https://exemple.fr` and `nom@exemple.fr` into links.

    pymdownx.magiclink takes a time that grows with the square of the text, and links inside links.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look for addresses outside links, code and tags."""
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


class Tables(TableExtension):
    """Gives the cells of tables the class `align-left`, `align-center` or `align-right`.

    `wide_rows` are the rows with more cells than their table has columns, as written.
    """

    def __init__(self) -> None:
        """Start with no row."""
        super().__init__()
        self.wide_rows: list[str] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Replace the processor of Python-Markdown."""
        super().extendMarkdown(md)
        processor = _Rows(md.parser, {"use_align_attribute": True}, self.wide_rows)
        md.parser.blockprocessors.register(processor, "table", _TABLE_PRIORITY)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget the rows of a text."""
        self.wide_rows.clear()


class _Rows(TableProcessor):
    def __init__(
        self, parser: BlockParser, config: dict[str, object], wide_rows: list[str]
    ) -> None:
        super().__init__(parser, config)
        self._wide_rows = wide_rows

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        for cell in parent[-1]:
            if side := cell.attrib.pop("align", None):
                cell.set("class", f"align-{side}")
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells[len(align) :]):
            self._wide_rows.append(row)


class LoneNotes(Extension):
    """Removes the link back of a note that nothing calls: it would lead nowhere.

    `labels` are the labels of such notes.
    """

    def __init__(self) -> None:
        """Start with no note."""
        super().__init__()
        self.labels: list[str] = []

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Look at notes once every call and every link back is in the tree."""
        md.treeprocessors.register(_LoneNotes(md, self.labels), "passerelle-notes", 14)
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget the notes of a text."""
        self.labels.clear()


class _LoneNotes(Treeprocessor):
    def __init__(self, md: markdown.Markdown, labels: list[str]) -> None:
        super().__init__(md)
        self._labels = labels

    def run(self, root: Element) -> None:
        called = {element.get("id") for element in root.iter("sup")}
        for note in root.iter("li"):
            label = (note.get("id") or "").removeprefix(_NOTE)
            if note.get("id") == f"{_NOTE}{label}" and f"{_CALL}{label}" not in called:
                self._labels.append(label)
                for parent in list(note.iter()):
                    for child in [c for c in parent if c.get("class") == _LINK]:
                        parent.remove(child)
