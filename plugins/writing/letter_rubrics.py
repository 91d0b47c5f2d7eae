"""The rubrics of an issue of the letter, as the next one takes them over."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from plugins.content.record import AnyRecord, Record, has_header
from plugins.french.typography import fold
from plugins.library.index import Index
from plugins.markdown.bodies import LINK_SCHEME, BlockCall, Html, Part, Rubric, rubrics
from plugins.models import ArticleHeader, EventHeader, GroupHeader, LetterHeader
from plugins.models.blocks import (
    AgendaBlock,
    ArticleBlock,
    BlockOptions,
    ButtonBlock,
    CalloutBlock,
    ChantiersBlock,
    EventBlock,
    FiguresBlock,
    MatrixBlock,
)

_TARGET = re.compile(rf'href="{LINK_SCHEME}(\d+)"')


class Matter(Enum):
    """What a letter tells; each value is the neutral heading of what no rubric takes, in order."""

    CHANGES = "Dates changées"
    EVENTS = "Rendez-vous"
    ARTICLES = "À lire"
    GROUPS = "Chantiers et groupes"


@dataclass(frozen=True, slots=True)
class FormerRubric:
    """A rubric of the last issue.

    `shown` counts what it showed or led to, `groups` are the files of the chantiers and groups that
    it spoke of. `standing` are its blocks that an issue repeats.
    """

    title: str
    shown: Counter[Matter]
    groups: frozenset[Path]
    standing: tuple[BlockCall, ...]

    @property
    def is_standing(self) -> bool:
        """True for a rubric that each issue has, whatever happened."""
        return bool(self.standing) and not self.shown


def former_rubrics(last: Record[LetterHeader], index: Index) -> tuple[FormerRubric, ...]:
    """Return the rubrics of an issue, in order."""
    return tuple(_former(rubric, last, index) for rubric in rubrics(last.body) if rubric.heading)


def home(
    matter: Matter, groups: frozenset[Path], former: Sequence[FormerRubric]
) -> FormerRubric | None:
    """Return the rubric of the last issue that takes some matter, None for a neutral heading.

    It is the one under the neutral heading. Else, of those that showed such matter, it is the first
    that spoke of its groups, or the one that showed most of it.
    """
    for rubric in former:
        if fold(rubric.title) == fold(matter.value):
            return rubric
    found = [rubric for rubric in former if rubric.shown[matter]]
    near = (rubric for rubric in found if rubric.groups & groups)
    return next(near, max(found, key=lambda rubric: rubric.shown[matter], default=None))


def _former(rubric: Rubric, last: Record[LetterHeader], index: Index) -> FormerRubric:
    assert rubric.heading
    blocks = list(_blocks(rubric.parts))
    found = list(cited(rubric.parts, last, index))
    shown = Counter(matter for record in found if (matter := _matter(record)))
    groups = {path for record in found for path in _groups(record, index)}
    for block in blocks:
        if isinstance(block.options, AgendaBlock):
            shown[Matter.EVENTS] += 1
        elif isinstance(block.options, ChantiersBlock):
            shown[Matter.GROUPS] += 1
            wanted = block.options.state
            groups |= {g.path for g in index.chantiers if wanted in {None, g.header.state}}
    _, *pieces = rubric.pieces
    parts = [part for piece in pieces for part in piece]
    tops = [part for part in parts if isinstance(part, BlockCall)]
    is_bare = not shown and len(tops) == len(parts)
    return FormerRubric(
        rubric.heading.title,
        shown,
        frozenset(groups),
        tuple(block for block in tops if _is_repeated(block.options, is_bare=is_bare)),
    )


def _is_repeated(options: BlockOptions, *, is_bare: bool) -> bool:
    """Return True for a block that shows the facts of the day, whatever the issue.

    A call or a button belongs to what is around it, unless its rubric holds nothing else.
    """
    if isinstance(options, AgendaBlock):
        return bool(options.group or options.audience)
    if isinstance(options, CalloutBlock | ButtonBlock):
        return is_bare
    return isinstance(options, MatrixBlock | ChantiersBlock | FiguresBlock)


def _blocks(parts: Sequence[Part]) -> Iterator[BlockCall]:
    for part in parts:
        if isinstance(part, BlockCall):
            yield part
            yield from _blocks(part.parts)


def cited(parts: Sequence[Part], last: Record[LetterHeader], index: Index) -> Iterator[AnyRecord]:
    """Yield the published contents that parts of an issue show or link to."""
    found: AnyRecord | None
    for part in parts:
        if isinstance(part, Html):
            for number in _TARGET.findall(part.text):
                if found := index.linked(last, last.body.links[int(number)].target):
                    yield found
            continue
        if isinstance(part.options, EventBlock | ArticleBlock) and (
            found := index.find(str(part.options.ARGUMENT), part.argument)
        ):
            yield found
        yield from cited(part.parts, last, index)


def _matter(record: AnyRecord) -> Matter | None:
    if has_header(record, EventHeader):
        return Matter.EVENTS
    return Matter.ARTICLES if has_header(record, ArticleHeader) else None


def _groups(record: AnyRecord, index: Index) -> Iterator[Path]:
    if has_header(record, GroupHeader):
        yield record.path
    else:
        yield from groups_of(record, index)


def groups_of(record: AnyRecord, index: Index) -> frozenset[Path]:
    """Return the files of the chantiers and groups of an event or of an article."""
    if has_header(record, EventHeader):
        group = index.group_of(record)
        return frozenset({group.path} if group else ())
    if has_header(record, ArticleHeader):
        return frozenset(group.path for group in index.groups_of(record))
    return frozenset()
