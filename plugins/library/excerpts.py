"""The contents that blocks `extrait` show: found by folder, name and heading, chains followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from plugins.content.record import AnyRecord
from plugins.library.selection import Selection, State
from plugins.markdown.bodies import BlockCall, Body
from plugins.markdown.excerpts import excerpt
from plugins.models import KINDS
from plugins.models.blocks import ExcerptBlock

_KINDS = {kind.folder: kind.name for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Name:
    """What a block names: « organisations/dextera#presentation ». `heading` is an id, or None."""

    folder: str
    name: str
    heading: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text that a block shows: `body`, a section of the content `source` or the whole of it."""

    source: AnyRecord
    body: Body


def name_of(block: BlockCall) -> Name:
    """Return what a block names; a path as links write it, `../pages/a.md#b`, is read too."""
    path, mark, heading = (block.argument or "").partition("#")
    path = path.strip().removeprefix("../").removeprefix("/").removeprefix("content/")
    folder, _, name = path.removesuffix(".md").partition("/")
    return Name(folder, name, unquote(heading).strip() if mark else None)


def source_of(
    block: BlockCall, selection: Selection, state: State = State.PUBLISHED
) -> AnyRecord | None:
    """Return the content, in a state, that a block names."""
    name = name_of(block)
    return selection.find(_KINDS.get(name.folder, ""), name.name, state)


def excerpt_of(block: BlockCall, selection: Selection) -> Excerpt | None:
    """Return what a block shows; None when it names no published content, or no heading of it."""
    source = source_of(block, selection)
    if source is None or not isinstance(block.options, ExcerptBlock):
        return None
    body = excerpt(source.body, name_of(block).heading, titled=block.options.has_title)
    return Excerpt(source, body) if body is not None else None


def excerpt_blocks(body: Body) -> Iterator[BlockCall]:
    """Yield the blocks `extrait` of a text, in reading order."""
    return (block for block in body.blocks() if isinstance(block.options, ExcerptBlock))


@dataclass(frozen=True, slots=True)
class Shown:
    """A block shown, directly or by a chain, and the content that it is written in."""

    record: AnyRecord
    block: BlockCall
    excerpt: Excerpt


def shown_by(record: AnyRecord, body: Body, selection: Selection) -> Iterator[Shown]:
    """Yield the excerpts in a text of a content, and those in them; each block once."""
    seen: set[object] = set()
    todo = [(record, body)]
    while todo:
        owner, text = todo.pop(0)
        for block in excerpt_blocks(text):
            key = (owner.path, block.position)
            found = None if key in seen else excerpt_of(block, selection)
            seen.add(key)
            if found:
                yield Shown(owner, block, found)
                todo.append((found.source, found.body))
