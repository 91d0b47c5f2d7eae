"""From Markdown to a body: conversion, sanitising, typography, in this order."""

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape

import markdown
from selectolax.lexbor import LexborHTMLParser

from plugins.faults import Position
from plugins.french.typography import clean, typeset, typeset_html, with_plain_spaces
from plugins.front_matter.document import Document
from plugins.markdown.bare_addresses import BareAddresses
from plugins.markdown.block_processor import BlockMarkdown
from plugins.markdown.bodies import Body, Problem
from plugins.markdown.body_html import Sanitizer
from plugins.markdown.headings import HeadingLevels, heading_id, heading_problems, headings
from plugins.markdown.line_slips import line_slips
from plugins.markdown.markdown_blocks import BlockSession, split, unmarked
from plugins.markdown.notes import LoneNotes, lone_note_problems
from plugins.markdown.prose import Prose
from plugins.markdown.tables import Tables, wide_row_problems
from plugins.markdown.text_slips import text_slips
from plugins.models import KINDS

_LONE_IMAGE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_ALTERNATIVE = re.compile(r'(<img\b(?:[^">]|"[^"]*")*?\salt=")([^"]+)')
_TITLE = re.compile(r' title="([^"]*)"')
_LETTERS = next(kind.folder for kind in KINDS if kind.name == "letter")


def render(document: Document) -> Body:
    """Return the body of a document. Depends on the document alone."""
    try:
        return _render(document)
    except RecursionError:
        # It stopped half-way: what the converter holds is of no use for the next text.
        _converter.cache_clear()
        message = "trop de listes ou de citations emboîtées. Simplifiez le texte."
        return Body(problems=(Problem(Position(document.body_line), None, message),))


def _render(document: Document) -> Body:
    source = clean(document.body)
    converter = _converter()
    converter.reset()
    session = BlockSession(source, document)
    converter.passerelle = session  # type: ignore[attr-defined]
    has_rubrics = document.path.parts[1:2] == (_LETTERS,)
    converter.has_rubrics = has_rubrics  # type: ignore[attr-defined]
    sanitizer = Sanitizer(source, document.body_line)
    raw = session.unnumbered(converter.convert(session.numbered))
    prose = Prose(source, document.body_line, raw)
    safe = sanitizer.clean(raw)
    safe = _wrap_tables(_LONE_IMAGE.sub(_figure, safe))
    if str(document.values.get("lang") or "fr").startswith("fr"):
        safe = _ALTERNATIVE.sub(_heard, typeset_html(safe))
    tree = LexborHTMLParser(f"<body>{unmarked(safe, session)}</body>")
    parts = split(safe, session)
    return Body(
        parts=parts,
        links=tuple(sanitizer.links),
        headings=headings(tree),
        ids=frozenset(node.attributes["id"] or "" for node in tree.css("[id]")),
        problems=(
            *session.problems,
            *heading_problems(source, document.body_line, has_rubrics=has_rubrics),
            *(_no_text(document) if has_rubrics and not parts else ()),
            *text_slips(prose),
            *line_slips(prose),
            *wide_row_problems(converter.wide_rows, prose),  # type: ignore[attr-defined]
            *lone_note_problems(converter.lone_notes, prose),  # type: ignore[attr-defined]
            *sanitizer.problems,
            *sanitizer.alternatives(tree),
        ),
    )


def _no_text(document: Document) -> Iterator[Problem]:
    """Yield that a letter is empty: an article may be, whose summary says all."""
    message = "la lettre n’a pas de texte. Écrivez-le sous l’en-tête."
    yield Problem(Position(document.body_line), "texte", message, is_warning=True)


@cache
def _converter() -> markdown.Markdown:
    """Return the one configured converter; `.reset()` it between texts."""
    converter = markdown.Markdown(
        extensions=[
            "abbr",
            "attr_list",
            "codehilite",
            "def_list",
            "fenced_code",
            "footnotes",
            "sane_lists",
            Tables(),
            "toc",
            BareAddresses(),
            HeadingLevels(),
            LoneNotes(),
            BlockMarkdown(),
        ],
        extension_configs={
            # It only reads « :::python », which Pelican's articles begin their code with.
            "codehilite": {"use_pygments": False, "guess_lang": False},
            "toc": {"slugify": lambda text, _separator: heading_id(text)},
            "footnotes": {"BACKLINK_TITLE": "Retour à l’appel de la note {}"},
        },
        output_format="html",
    )
    converter.block_level_elements.append("figure")
    return converter


def _figure(match: re.Match[str]) -> str:
    """Return a lone image as a figure; what Markdown calls its title is its caption."""
    title = _TITLE.search(match[1])
    caption = f"<figcaption>{title[1]}</figcaption>" if title else ""
    return f"<figure>{_TITLE.sub('', match[1])}{caption}</figure>"


def _heard(match: re.Match[str]) -> str:
    """Return what tells an image, typeset; no line is set of it."""
    return match[1] + escape(with_plain_spaces(typeset(unescape(match[2]))))


def _wrap_tables(text: str) -> str:
    """Let a wide table scroll inside its own region (WCAG 1.4.10)."""
    return text.replace("<table>", '<div class="table-scroll"><table>').replace(
        "</table>", "</table></div>"
    )
