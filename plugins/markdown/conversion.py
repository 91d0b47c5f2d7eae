"""The conversion of a document into a body: Markdown, sanitising, typography, in this order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

import markdown
from markdown.inlinepatterns import HTML_RE, SimpleTagInlineProcessor, SubstituteTagInlineProcessor

from plugins.faults import Position
from plugins.french.typography import clean, typeset, with_plain_spaces
from plugins.french.typography_html import typeset_html
from plugins.front_matter.document import Document
from plugins.markdown.advice import advice
from plugins.markdown.bodies import Body, Problem
from plugins.markdown.bounds import too_much
from plugins.markdown.extensions import NoteLinks, Tables, Tags, Texts, back_title, link_addresses
from plugins.markdown.headings import HeadingLevels, Headings, heading_id, heading_problems
from plugins.markdown.links import EndlessAddresses, Links
from plugins.markdown.lists import indented
from plugins.markdown.markdown_blocks import BlockMarkdown, BlockSession, split, unmarked
from plugins.markdown.prose import Prose
from plugins.markdown.sanitizer import Sanitizer
from plugins.markdown.sentences import fingerprint, sentences_of
from plugins.markdown.slips import slips
from plugins.markdown.words import unknown_in
from plugins.models import KINDS

_LONE_IMAGE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_ALTERNATIVE = re.compile(r'(<img\b(?:[^">]|"[^"]*")*?\salt=")([^"]+)')
_BREAK = r"\\\n"
# « ==mots== », « H~2~O », « x^2^ »: only where the signs can mean nothing else.
_DRESSED = {
    "mark": r"(?<![=\w])(==)(?=[^\s=])([^=\n]+)(?<=\S)==(?![=\w])",
    "sub": r"(?<=[A-Za-z)\]])(~)([^\s~^]{1,20})~(?!~)",
    "sup": r"(?<=[\w)\]])(\^)([^\s~^]{1,20})\^(?!\^)",
}
_TITLE = re.compile(r' title="([^"]*)"')
_LETTERS = next(kind.folder for kind in KINDS if kind.name == "letter")


def render(document: Document) -> Body:
    """Convert the text of a document; of its header and path, only `lang` and the folder count."""
    source = clean(document.body)
    if problem := too_much(source, document.body_line):
        return Body(problems=(problem,))
    try:
        return _render(document, source)
    except RecursionError:
        position = Position(document.body_line)
        message = "trop de listes ou de citations emboîtées. Simplifiez le texte."
        field = None
    except EndlessAddresses as endless:
        place = source.find(endless.written)
        position = Position(document.body_line + source.count("\n", 0, max(0, place)))
        message = (
            "trop d’adresses de liens ne sont pas fermées dans ce paragraphe. "
            "Écrivez « [les mots](adresse) », et coupez-le par des lignes vides."
        )
        field = "lien"
    # It stopped half-way: the state that Python-Markdown keeps of it would spoil the next text.
    _converter.cache_clear()
    return Body(problems=(Problem(position, field, message),))


def _render(document: Document, source: str) -> Body:
    has_rubrics = document.path.parts[1:2] == (_LETTERS,)
    session = BlockSession(source, document)
    converted = _converter().convert(session, has_rubrics=has_rubrics)
    prose = Prose(source, document.body_line, converted.html)
    sanitizer = Sanitizer(source, document.body_line)
    safe = sanitizer.clean(converted.html)
    safe = _wrap_tables(_LONE_IMAGE.sub(_figure, safe))
    is_french = str(document.values.get("lang") or "fr").startswith("fr")
    if is_french:
        safe = _ALTERNATIVE.sub(_heard, typeset_html(safe))
    parts = split(safe, session)
    links = tuple(sanitizer.links)
    return Body(
        parts=parts,
        links=links,
        sentences=tuple(sentences_of(parts, links)),
        fingerprint=fingerprint(Body(parts).plain_text()),
        unknown_words=unknown_in(parts) if is_french else (),
        problems=(
            *session.problems,
            *heading_problems(source, document.body_line, has_rubrics=has_rubrics),
            *(_no_text(document) if has_rubrics and not parts else ()),
            *slips(prose, converted.wide_rows, converted.lone_notes),
            *sanitizer.problems,
            *sanitizer.alternatives(unmarked(safe, session)),
            *advice(Body(parts, links), prose),
        ),
    )


def _no_text(document: Document) -> Iterator[Problem]:
    """Yield a warning for a letter without text. An article needs none: its summary says enough."""
    message = "la lettre n’a pas de texte. Écrivez-le sous l’en-tête."
    yield Problem(Position(document.body_line), "texte", message, is_warning=True)


@dataclass(frozen=True, slots=True)
class _Converted:
    """The HTML of a text, not yet safe, and the slips that only the conversion notices."""

    html: str
    wide_rows: tuple[str, ...]
    lone_notes: tuple[str, ...]


class _Converter:
    """Python-Markdown with its extensions and ours. It keeps nothing of a text once converted."""

    def __init__(self) -> None:
        self._blocks = BlockMarkdown()
        self._markdown = md = markdown.Markdown(
            extensions=[
                "abbr",
                "attr_list",
                "codehilite",
                "def_list",
                "fenced_code",
                "footnotes",
                "sane_lists",
                "tables",
                "toc",
                self._blocks,
                Links(),
            ],
            extension_configs={
                # It only reads « :::python », which Pelican's articles begin their code with.
                "codehilite": {"use_pygments": False, "guess_lang": False},
                "toc": {"slugify": lambda text, _separator: heading_id(text)},
                "footnotes": {"BACKLINK_TITLE": back_title("{}")},
            },
            output_format="html",
        )
        md.block_level_elements.append("figure")
        link_addresses(md)
        md.inlinePatterns.register(Tags(HTML_RE, md), "html", 90)
        # pymdownx.escapeall takes the bars of « C:\\dossier » away; pymdownx.caret and tilde
        # raise an IndexError on « ~10 % à ~20 %, a^b et c^d ».
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_BREAK, "br"), "hardbreak", 95)
        for tag, pattern in _DRESSED.items():
            md.inlinePatterns.register(
                SimpleTagInlineProcessor(pattern, tag), f"passerelle-{tag}", 50
            )
        self._tables = Tables(md.parser)
        self._levels = HeadingLevels(md)
        self._notes = NoteLinks(md)
        # In place of Markdown's own, at its priority; then once the whole tree is there.
        md.treeprocessors.register(Texts(md), "inline", 20)
        md.parser.blockprocessors.register(self._tables, "table", 75)
        md.parser.blockprocessors.register(Headings(md.parser), "hashheader", 70)
        md.treeprocessors.register(self._levels, "passerelle-headings", 15)
        md.treeprocessors.register(self._notes, "passerelle-notes", 14)

    def convert(self, session: BlockSession, *, has_rubrics: bool) -> _Converted:
        """Convert the text of a session; `has_rubrics` is True for a letter."""
        self._blocks.session = session
        self._levels.has_rubrics = has_rubrics
        try:
            html = session.unnumbered(self._markdown.convert(indented(session.numbered)))
            return _Converted(html, tuple(self._tables.wide_rows), tuple(self._notes.labels))
        finally:
            self._markdown.reset()
            self._tables.wide_rows.clear()
            self._notes.labels.clear()


@cache
def _converter() -> _Converter:
    """Return the one converter: making one takes as long as converting a text."""
    return _Converter()


def _figure(match: re.Match[str]) -> str:
    """Return an image alone in its paragraph as a figure, its Markdown title as the caption."""
    title = _TITLE.search(match[1])
    caption = f"<figcaption>{title[1]}</figcaption>" if title else ""
    return f"<figure>{_TITLE.sub('', match[1])}{caption}</figure>"


def _heard(match: re.Match[str]) -> str:
    """Return the alternative of an image, typeset, with ordinary spaces: it is heard, not set."""
    return match[1] + escape(with_plain_spaces(typeset(unescape(match[2]))))


def _wrap_tables(text: str) -> str:
    """Wrap each table in a region that scrolls when it is wide (WCAG 1.4.10)."""
    return text.replace("<table>", '<div class="table-scroll"><table>').replace(
        "</table>", "</table></div>"
    )
