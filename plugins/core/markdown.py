"""From Markdown to a body: conversion, sanitising, typography, in this order."""

import hashlib
import html as html_entities
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block
from selectolax.lexbor import LexborHTMLParser

from plugins.core.blocks import BLOCKS, BlockOptions
from plugins.core.bodies import (
    LINK_SCHEME,
    BlockCall,
    Body,
    Heading,
    Html,
    Link,
    Part,
    Problem,
)
from plugins.core.errors import Position, shorten
from plugins.core.front_matter import Document
from plugins.core.slugs import slugify
from plugins.core.typography import clean, typeset_html
from plugins.core.validation import validate

_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section", "mark"}
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "details": {"open"},
    "div": {"class"},
    "sup": {"class"},
}
_CLASSES = {"div": {"footnote"}, "a": {"footnote-ref", "footnote-backref"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_OPENING = re.compile(r"^ {0,3}/{3,}[ ]*([\w-]+)[ ]*(?:\|.*)?$")
_DANGEROUS = re.compile(r"\]\(\s*(javascript|data|vbscript|file):", re.IGNORECASE)
_LONE_IMAGE = re.compile(
    r'<p>\s*(<img src="[^"]*" alt="[^"]*")(?: title="([^"]*)")?>\s*</p>', re.DOTALL
)
_TOP_LEVEL = 2


def render(document: Document) -> Body:
    """Return the body of a document. Depends on the document's text alone."""
    source = clean(document.body)
    token = hashlib.sha256(source.encode()).hexdigest()[:16]
    converter = _converter()
    converter.reset()
    session = _Session(source, document, token)
    converter.passerelle = session  # type: ignore[attr-defined]
    raw = converter.convert(source)
    links = _Links(source, document.body_line)
    safe = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=None,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=links.rewrite,
    )
    safe = typeset_html(_wrap_tables(_LONE_IMAGE.sub(_figure, safe)))
    tree = LexborHTMLParser(f"<body>{safe}</body>")
    headings, problems = _headings(tree)
    return Body(
        parts=_split(safe, session),
        links=tuple(links.found),
        headings=headings,
        ids=frozenset(node.attributes["id"] or "" for node in tree.css("[id]")),
        problems=(
            *session.problems,
            *session.missing(),
            *links.problems(tree),
            *problems,
        ),
        text=" ".join(tree.body.text(separator=" ").split()) if tree.body else "",
    )


@cache
def _converter() -> markdown.Markdown:
    """Return the one configured converter; `.reset()` it between texts."""
    converter = markdown.Markdown(
        extensions=[
            "abbr",
            "attr_list",
            "def_list",
            "fenced_code",
            "footnotes",
            "sane_lists",
            "tables",
            "toc",
            _Headings(),
            _Blocks(),
        ],
        extension_configs={
            "toc": {"slugify": lambda text, _separator: slugify(text) or "section"},
            "footnotes": {"BACKLINK_TITLE": "Retour à l’appel de la note {}"},
        },
        output_format="html",
    )
    converter.block_level_elements.append("figure")
    return converter


class _Session:
    """What is gathered while one text is converted."""

    def __init__(self, source: str, document: Document, token: str) -> None:
        self.document = document
        self.token = token
        self.calls: dict[int, BlockCall] = {}
        self.problems: list[Problem] = []
        self.openings = _openings(source, document.body_line)
        self.taken = [False] * len(self.openings)
        self.closed: set[int] = set()

    def open(self, name: str) -> tuple[int, Position]:
        """Return the number and the place of the next opening of a block of this name."""
        for number, (found, position) in enumerate(self.openings):
            if found == name and not self.taken[number]:
                self.taken[number] = True
                return number, position
        self.openings.append((name, Position(self.document.body_line)))
        self.taken.append(True)
        return len(self.openings) - 1, self.openings[-1][1]

    def missing(self) -> list[Problem]:
        """Return the openings that no block came of, and the blocks never closed."""
        problems = []
        for number, (name, position) in enumerate(self.openings):
            if name not in BLOCKS:
                problems.append(
                    Problem(
                        position,
                        f"/// {name}",
                        "le bloc n’existe pas. Blocs possibles : "
                        + ", ".join(sorted(BLOCKS))
                        + ".",
                    )
                )
            elif not self.taken[number]:
                problems.append(
                    Problem(
                        position,
                        f"/// {name}",
                        "le bloc est mal écrit. Mettez une ligne vide avant lui, ses options "
                        "décalées de quatre espaces, sous la forme « option: valeur ».",
                    )
                )
            elif number not in self.closed:
                problems.append(
                    Problem(
                        position,
                        f"/// {name}",
                        "le bloc n’est jamais fermé. Ajoutez une ligne « /// » à sa fin.",
                    )
                )
        return problems


def _openings(source: str, first_line: int) -> list[tuple[str, Position]]:
    """Return the name and place of every block opening outside fenced code."""
    found = []
    fence = ""
    for number, line in enumerate(source.split("\n"), start=first_line):
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif line.strip().startswith(fence):
                fence = ""
        elif not fence and (match := _OPENING.match(line)):
            found.append((match[1].lower(), Position(number)))
    return found


class _PasserelleBlock(Block):  # type: ignore[misc]
    """A block of ours; every option is taken in and judged by the block's model."""

    MODEL: type[BlockOptions]

    def _validate(self, parent: Element, arg: Any, **options: Any) -> bool:  # noqa: ANN401, ARG002
        self.argument = (arg or "").strip() or None
        self.options: dict[str, Any] = {"attrs": {}}
        self.written = options
        return True

    def on_create(self, parent: Element) -> Element:
        """Create the element that holds the content between two marks."""
        session: _Session = self.md.passerelle
        self.number, position = session.open(self.NAME)
        options = _check_options(self, session, position)
        if options is not None:
            session.calls[self.number] = BlockCall(options, self.argument, (), position)
        element = SubElement(parent, "div")
        _mark(element, f"{session.token}:{self.number}:")
        return element

    def on_end(self, block: Element) -> None:
        """Close the content; tell of a block that has some and should not, or lacks it."""
        session: _Session = self.md.passerelle
        session.closed.add(self.number)
        filled = len(block) > 1
        if filled != self.MODEL.HAS_CONTENT:
            message = (
                "le bloc est vide. Écrivez son contenu entre les options et « /// »."
                if self.MODEL.HAS_CONTENT
                else "le bloc ne prend pas de contenu. Fermez-le par « /// » sous ses options."
            )
            session.problems.append(
                Problem(session.openings[self.number][1], f"/// {self.NAME}", message)
            )
        _mark(block, f"{session.token}:{self.number}/")


def _mark(parent: Element, text: str) -> None:
    SubElement(parent, "p").text = AtomicString(text)


def _check_options(
    block: _PasserelleBlock, session: _Session, position: Position
) -> BlockOptions | None:
    """Return the options of a block, or None after having told what is wrong with them."""
    values = {key: _as_text(value) for key, value in block.written.items()}
    place = Document(session.document.path, {}, "", 0, {(): position}, {(): position})
    options, errors = validate(place, block.MODEL, values)
    problems = [
        Problem(
            _option_position(session, position, error.field),
            f"/// {block.NAME}" + (f" {error.field}" if error.field else ""),
            error.message,
        )
        for error in errors
    ]
    if block.MODEL.ARGUMENT and not block.argument:
        problems.append(
            Problem(
                position,
                f"/// {block.NAME}",
                f"il manque le contenu à montrer. Écrivez « /// {block.NAME} | nom-du-fichier ».",
            )
        )
    if block.argument and not block.MODEL.ARGUMENT:
        problems.append(
            Problem(
                position,
                f"/// {block.NAME}",
                f"{shorten(block.argument)} : ce bloc ne prend rien après « | ». Retirez-le.",
            )
        )
    session.problems.extend(problems)
    return None if problems else options


def _as_text(value: Any) -> Any:  # noqa: ANN401 - what pymdownx's YAML gave
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | dict | list) or value is None:
        return value
    return str(value)


def _option_position(session: _Session, opening: Position, field: str | None) -> Position:
    lines = session.document.body.split("\n")
    first = opening.line - session.document.body_line + 1
    for offset, line in enumerate(lines[first:], start=1):
        if not line.startswith("    "):
            break
        if field and line.strip().startswith(f"{field}:"):
            return Position(opening.line + offset, line.index(":") + 3)
    return opening


class _Blocks(BlocksExtension):  # type: ignore[misc]
    """Registers one block per model."""

    def extendMarkdownBlocks(  # noqa: N802 - pymdownx's name
        self,
        md: markdown.Markdown,  # noqa: ARG002
        block_mgr: Any,  # noqa: ANN401
    ) -> None:
        for name, model in BLOCKS.items():
            kind = type(f"{name.title()}Block", (_PasserelleBlock,), {"NAME": name, "MODEL": model})
            block_mgr.register(kind, self.getConfigs())


class _Headings(Extension):
    """Moves the headings of a text so that the highest is `h2`: the page's title is the `h1`."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        md.treeprocessors.register(_HeadingShift(md), "passerelle-headings", 15)


class _HeadingShift(Treeprocessor):
    def run(self, root: Element) -> None:
        headings = [e for e in root.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
        shift = _TOP_LEVEL - min((int(e.tag[1]) for e in headings), default=_TOP_LEVEL)
        for element in headings:
            element.tag = f"h{min(6, int(element.tag[1]) + shift)}"


class _Links:
    """Replaces each address by its number, and remembers where it was written."""

    def __init__(self, source: str, first_line: int) -> None:
        self.found: list[Link] = []
        self._source = source
        self._first_line = first_line
        self._from: dict[str, int] = {}

    def rewrite(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "class":
            kept = [name for name in value.split() if name in _CLASSES.get(tag, ())]
            return " ".join(kept) or None
        if attribute not in {"href", "src"}:
            return value
        self.found.append(Link(value, self._locate(value), is_image=tag == "img"))
        return f"{LINK_SCHEME}{len(self.found) - 1}"

    def _locate(self, target: str) -> Position:
        for form in (target, html_entities.escape(target), target.removeprefix("mailto:")):
            start = self._source.find(form, self._from.get(form, 0)) if form else -1
            if start >= 0:
                self._from[form] = start + 1
                return self._position(start)
        return Position(self._first_line)

    def _position(self, index: int) -> Position:
        line = self._source.count("\n", 0, index)
        column = index - (self._source.rfind("\n", 0, index) + 1) + 1
        return Position(self._first_line + line, column)

    def problems(self, tree: LexborHTMLParser) -> list[Problem]:
        """Return the faults of images without alternative and of addresses that run code."""
        problems = []
        for node in tree.css("img"):
            if (node.attributes.get("alt") or "").strip():
                continue
            number = (node.attributes.get("src") or "").removeprefix(LINK_SCHEME)
            link = self.found[int(number)] if number.isdigit() else None
            problems.append(
                Problem(
                    link.position if link else Position(self._first_line),
                    "image",
                    f"{shorten(link.target) if link else 'une image'} : la description (alt) "
                    "manque. Écrivez ![ce que montre l’image](fichier).",
                )
            )
        problems.extend(
            Problem(
                self._position(match.start(1)),
                "lien",
                f"une adresse « {match[1]}: » n’est pas permise. Donnez une adresse https://.",
            )
            for match in _DANGEROUS.finditer(self._source)
        )
        return problems


def _figure(match: re.Match[str]) -> str:
    """Return a lone image as a figure; what Markdown calls its title is its caption."""
    image, caption = match[1], match[2]
    legend = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{image}>{legend}</figure>"


def _wrap_tables(text: str) -> str:
    """Let a wide table scroll inside its own region (WCAG 1.4.10)."""
    return text.replace("<table>", '<div class="table-scroll"><table>').replace(
        "</table>", "</table></div>"
    )


def _headings(tree: LexborHTMLParser) -> tuple[tuple[Heading, ...], list[Problem]]:
    headings = tuple(
        Heading(
            int((node.tag or "h2")[1]),
            " ".join(node.text().split()),
            node.attributes.get("id") or "",
        )
        for node in tree.css("h2, h3, h4, h5, h6")
    )
    return headings, []


def _split(text: str, session: _Session) -> tuple[Part, ...]:
    """Return the parts of a sanitised text: HTML, and the blocks between their two marks."""
    token = re.escape(session.token)
    mark = re.compile(rf"<div>\s*<p>{token}:(\d+):</p>(.*?)<p>{token}:\1/</p>\s*</div>", re.DOTALL)
    return _parts(text, mark, session.calls)


def _parts(text: str, mark: re.Pattern[str], calls: Mapping[int, BlockCall]) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for match in mark.finditer(text):
        if before := text[end : match.start()].strip("\n"):
            parts.append(Html(before))
        end = match.end()
        call = calls.get(int(match[1]))
        if call:
            inner = _parts(match[2].strip(), mark, calls)
            parts.append(BlockCall(call.options, call.argument, inner, call.position))
    if rest := text[end:].strip("\n"):
        parts.append(Html(rest))
    return tuple(parts)
