"""Texts in Markdown, rendered as those of a content file."""

from __future__ import annotations

from pathlib import Path

from plugins.front_matter.document import Document
from plugins.markdown.bodies import BlockCall, Body, Html, Part, fill_links
from plugins.markdown.conversion import render

PATH = Path("content/articles/essai.md")


def body_of(text: str, line: int = 1) -> Body:
    return render(Document(PATH, {}, text, line))


def html_of(text: str, **values: str) -> str:
    """Return the HTML, addresses put back, the content of blocks in place."""
    body = render(Document(PATH, dict(values), text, 1))

    def link(number: int) -> str:
        found = body.links[number]
        return f'{"src" if found.is_image else "href"}="{found.target}"'

    def joined(parts: tuple[Part, ...]) -> str:
        return "".join(fill_links(p.text, link) for p in parts if isinstance(p, Html))

    return "".join(
        joined(part.parts if isinstance(part, BlockCall) else (part,)) for part in body.parts
    )


def problems(text: str, line: int = 1) -> list[str]:
    return [
        f"{p.position.line}:{p.position.column} · {p.field} : {p.message}"
        for p in body_of(text, line).problems
    ]
