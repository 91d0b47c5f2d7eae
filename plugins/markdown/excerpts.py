"""Excerpts: a rubric of a text, or the whole, as a text of its own, and its place in another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from plugins.faults import Position
from plugins.markdown.bodies import LINK_SCHEME, BlockCall, Body, Html, Part, fill_links
from plugins.markdown.extensions import back_title

LAST_LEVEL = 6
# A block's content stands between two marks: it is levelled and numbered with the text around it.
_BLOCK = re.compile(
    r'<data value="bloc:(\d+)"></data>(.*?)<data value="/bloc:\1"></data>', re.DOTALL
)
_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')
_HEADING = re.compile(r"(</?h)([2-6])\b")
_IDS = re.compile(r'(\s(?:id|headers)=")([^"]*)(")')
_LINK_NUMBER = re.compile(rf'\shref="{LINK_SCHEME}(\d+)"')
_CALL = re.compile(rf'(<a class="footnote-ref" href="{LINK_SCHEME}(\d+)">)[^<]*(</a>)')
_BACK = re.compile(
    rf'(<a class="footnote-backref" href="{LINK_SCHEME}(\d+)" title=")[^"]*(">[^<]*</a>) ?'
)


@dataclass(frozen=True, slots=True)
class _Node:
    """A top-level element, a text or a mark; a heading outside blocks has a level and an id."""

    html: str
    level: int = 0
    id: str = ""
    is_notes: bool = False


def section_ids(body: Body) -> tuple[str, ...]:
    """Return the ids of the headings whose section is an excerpt: not those in blocks and lists."""
    return tuple(node.id for node in _nodes(_joined(body.parts, [])) if node.level and node.id)


def excerpt(body: Body, heading_id: str | None, *, titled: bool = True) -> Body | None:
    """Return the section under a heading as a text: its links, and the notes it calls, renumbered.

    A section goes to the next heading of its level or above. Without `heading_id` the whole text
    is returned, without `titled` the section lacks its heading. None when no heading has that id.
    """
    calls: list[BlockCall] = []
    nodes = _nodes(_joined(body.parts, calls))
    notes = next((node.html for node in nodes if node.is_notes), "")
    kept = [node for node in nodes if not node.is_notes]
    if heading_id is not None:
        kept = _section(kept, heading_id)
        if not kept:
            return None
        kept = kept if titled else kept[1:]
    html = _with_notes("".join(node.html for node in kept).strip(), notes, body)
    numbers: dict[int, int] = {}

    def renumbered(number: int) -> str:
        name = "src" if body.links[number].is_image else "href"
        return f'{name}="{LINK_SCHEME}{numbers.setdefault(number, len(numbers))}"'

    html = fill_links(html, renumbered)
    return Body(tuple(_parts(html, calls)), tuple(body.links[number] for number in numbers))


def placed(body: Body, level: int, prefix: str) -> Body:
    """Return a text with its headings under a heading of `level`, and `prefix` before its ids."""
    calls: list[BlockCall] = []
    above: list[int] = []

    def levelled(found: re.Match[str]) -> str:
        own = int(found[2])
        if not found[1].startswith("</"):
            while above and above[-1] >= own:
                above.pop()
            above.append(own)
        return f"{found[1]}{min(LAST_LEVEL, level + len(above))}"

    def identified(found: re.Match[str]) -> str:
        names = " ".join(prefix + name for name in found[2].split())
        return f"{found[1]}{names}{found[3]}"

    html = _TAG.sub(
        lambda tag: _IDS.sub(identified, _HEADING.sub(levelled, tag[0], count=1)),
        _joined(body.parts, calls),
    )
    return replace(body, parts=tuple(_parts(html, calls)))


def levels_above(parts: Iterable[Part], level: int) -> dict[Position, int]:
    """Return the level of the heading above each block, by place; `level` above the first one."""
    found: dict[Position, int] = {}

    def walk(parts: Iterable[Part]) -> None:
        nonlocal level
        for part in parts:
            if isinstance(part, BlockCall):
                found[part.position] = level
                walk(part.parts)
                continue
            for tag in _TAG.findall(part.text):
                if heading := _HEADING.match(tag):
                    level = int(heading[2])

    walk(parts)
    return found


def _joined(parts: Iterable[Part], calls: list[BlockCall]) -> str:
    """Return the HTML of a text, each block between marks that number it in `calls`."""
    html = ""
    for part in parts:
        if isinstance(part, Html):
            html += part.text + "\n"
            continue
        number = len(calls)
        calls.append(part)
        inner = _joined(part.parts, calls)
        html += f'<data value="bloc:{number}"></data>{inner}<data value="/bloc:{number}"></data>'
    return html


def _parts(html: str, calls: list[BlockCall]) -> Iterator[Part]:
    end = 0
    for block in _BLOCK.finditer(html):
        if before := html[end : block.start()].strip("\n"):
            yield Html(before)
        yield replace(calls[int(block[1])], parts=tuple(_parts(block[2], calls)))
        end = block.end()
    if rest := html[end:].strip("\n"):
        yield Html(rest)


def _nodes(html: str) -> list[_Node]:
    found: list[_Node] = []
    depth = 0
    body = LexborHTMLParser(f"<body>{html}</body>").body
    for node in body.iter(include_text=True) if body else ():
        tag, attributes = node.tag or "", node.attributes
        value = attributes.get("value") or "" if tag == "data" else ""
        depth += value.startswith("bloc:") - value.startswith("/bloc:")
        is_heading = depth == 0 and bool(re.fullmatch("h[2-6]", tag))
        found.append(
            _Node(
                node.html or "",
                int(tag[1]) if is_heading else 0,
                attributes.get("id") or "" if is_heading else "",
                depth == 0 and tag == "div" and attributes.get("class") == "footnote",
            )
        )
    return found


def _section(nodes: list[_Node], heading_id: str) -> list[_Node]:
    for start, node in enumerate(nodes):
        if node.level and node.id == heading_id:
            after = range(start + 1, len(nodes))
            end = next((n for n in after if 0 < nodes[n].level <= node.level), len(nodes))
            return nodes[start:end]
    return []


def _with_notes(html: str, notes: str, body: Body) -> str:
    """Return HTML with the notes that it calls, and that these call, in the order of the text."""
    items = {
        f"#{node.attributes.get('id')}": node.html or ""
        for node in LexborHTMLParser(notes).css("div.footnote > ol > li")
    }
    called: dict[str, None] = {}
    todo = [html]
    while todo:
        for number in _LINK_NUMBER.findall(todo.pop()):
            target = body.links[int(number)].target
            if target in items and target not in called:
                called[target] = None
                todo.append(items[target])
    kept = [target for target in items if target in called]
    order = {target: number for number, target in enumerate(kept, 1)}
    ids = _IDS.findall("".join(_TAG.findall(html + "".join(items[target] for target in kept))))
    places = {f"#{unescape(value)}" for _, value, _ in ids}
    if kept:
        lines = "\n".join(
            _with_links_back(items[target], order[target], body, places) for target in kept
        )
        html += f'\n<div class="footnote">\n<hr>\n<ol>\n{lines}\n</ol>\n</div>'

    def call(found: re.Match[str]) -> str:
        return f"{found[1]}{order[body.links[int(found[2])].target]}{found[3]}"

    return _CALL.sub(call, html)


def _with_links_back(item: str, number: int, body: Body, places: set[str]) -> str:
    """Return a note with its links back to the calls among `places`, each with a name of its own.

    A call outside the excerpt has no link back.
    """
    shown = [m for m in _BACK.finditer(item) if body.links[int(m[2])].target in places]
    ranks = {found.start(): rank for rank, found in enumerate(shown, start=1)}

    def link(found: re.Match[str]) -> str:
        rank = ranks.get(found.start())
        if rank is None:
            return ""
        title = back_title(number, rank if len(ranks) > 1 else None)
        return f"{found[1]}{title}{found[3]}" + (" " if rank < len(ranks) else "")

    return _BACK.sub(link, item)
