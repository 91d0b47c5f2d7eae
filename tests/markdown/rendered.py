"""Texts in Markdown, rendered as those of a content file."""

from __future__ import annotations

from pathlib import Path

from plugins.front_matter.document import Document
from plugins.markdown.bodies import Body, expand
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

    return expand(body.parts, lambda call: expand(call.parts, lambda _: "", link), link)


def problems(text: str, line: int = 1) -> list[str]:
    return [
        f"{p.position.line}:{p.position.column} · {p.field} : {p.message}"
        for p in body_of(text, line).problems
    ]
