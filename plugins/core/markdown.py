"""From Markdown to a body: conversion, sanitising, typography, in this order."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from selectolax.lexbor import LexborHTMLParser

from plugins.core.block_marks import Line, outside_fences
from plugins.core.block_processor import BlockMarkdown
from plugins.core.bodies import Body, Heading, Problem
from plugins.core.body_html import Sanitizer, free_id
from plugins.core.errors import Position
from plugins.core.front_matter import Document
from plugins.core.markdown_blocks import BlockSession, split, unmarked
from plugins.core.models import KINDS
from plugins.core.slugs import slugify
from plugins.core.typography import clean, typeset_html

_LONE_IMAGE = re.compile(r"<p>\s*(<img\b[^>]*>)\s*</p>")
_TITLE = re.compile(r' title="([^"]*)"')
_LETTERS = next(kind.folder for kind in KINDS if kind.name == "letter")
_TOP_LEVEL, _LAST_LEVEL = 2, 6


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
    converter.lowest_level = _TOP_LEVEL if has_rubrics else 1  # type: ignore[attr-defined]
    sanitizer = Sanitizer(source, document.body_line)
    safe = sanitizer.clean(session.unnumbered(converter.convert(session.numbered)))
    safe = _wrap_tables(_LONE_IMAGE.sub(_figure, safe))
    if str(document.values.get("lang") or "fr").startswith("fr"):
        safe = typeset_html(safe)
    tree = LexborHTMLParser(f"<body>{unmarked(safe, session)}</body>")
    return Body(
        parts=split(safe, session),
        links=tuple(sanitizer.links),
        headings=_headings(tree),
        ids=frozenset(node.attributes["id"] or "" for node in tree.css("[id]")),
        problems=(
            *session.problems,
            *(_levelled(source, document.body_line) if has_rubrics else ()),
            *sanitizer.problems,
            *sanitizer.alternatives(tree),
        ),
        text=" ".join(tree.body.text(separator=" ").split()) if tree.body else "",
    )


def _levelled(source: str, first_line: int) -> Iterator[Problem]:
    """Yield a warning per `# heading` of a letter that has `## headings` too: it becomes like them.

    A line of `=` makes the one above a heading as `#` does.
    """
    lines = list(outside_fences(source, first_line))
    if not any(re.match(r"##(?!#)", line.text) for line in lines):
        return
    for above, line in pairwise([Line(0, ""), *lines]):
        is_underlined = re.fullmatch(r"=+ *", line.text) and above.text.strip()
        if is_underlined or re.match(r"#(?!#)", line.text):
            yield Problem(
                Position((above if is_underlined else line).number),
                "intertitre",
                "« # » est le titre de la page : celui-ci est lu comme s’il avait « ## ». "
                "Écrivez « ## », et « ### » pour ceux qui dépendent de lui.",
                is_warning=True,
            )


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
            "tables",
            "toc",
            _Headings(),
            BlockMarkdown(),
        ],
        extension_configs={
            # It only reads « :::python », which Pelican's articles begin their code with.
            "codehilite": {"use_pygments": False, "guess_lang": False},
            "toc": {"slugify": lambda text, _separator: _heading_id(text)},
            "footnotes": {"BACKLINK_TITLE": "Retour à l’appel de la note {}"},
        },
        output_format="html",
    )
    converter.block_level_elements.append("figure")
    return converter


def _heading_id(text: str) -> str:
    try:
        return free_id(slugify(text))
    except ValueError:
        return "section"


class _Headings(Extension):
    """Gives headings the levels of a page whose title is the `h1`: from `h2` on, none skipped.

    In a letter `#` counts as `##`: it would else take the rubrics below it out of the summary.
    """

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        md.treeprocessors.register(_HeadingLevels(md), "passerelle-headings", 15)


class _HeadingLevels(Treeprocessor):
    def run(self, root: Element) -> None:
        lowest: int = self.md.lowest_level  # type: ignore[attr-defined]
        above: list[int] = []
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", str(element.tag)):
                level = max(lowest, int(element.tag[1]))
                while above and above[-1] >= level:
                    above.pop()
                above.append(level)
                element.tag = f"h{min(_LAST_LEVEL, _TOP_LEVEL + len(above) - 1)}"


def _figure(match: re.Match[str]) -> str:
    """Return a lone image as a figure; what Markdown calls its title is its caption."""
    title = _TITLE.search(match[1])
    caption = f"<figcaption>{title[1]}</figcaption>" if title else ""
    return f"<figure>{_TITLE.sub('', match[1])}{caption}</figure>"


def _wrap_tables(text: str) -> str:
    """Let a wide table scroll inside its own region (WCAG 1.4.10)."""
    return text.replace("<table>", '<div class="table-scroll"><table>').replace(
        "</table>", "</table></div>"
    )


def _headings(tree: LexborHTMLParser) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            int((node.tag or "h2")[1]),
            " ".join(node.text().split()),
            node.attributes.get("id") or "",
        )
        for node in tree.css("h2, h3, h4, h5, h6")
    )
