"""A record: the data of one content file, and nothing else.

A record is a pure function of the file's path and bytes and of this program. It knows no other
record, no index and no clock, so it can be remembered, pickled and made in parallel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeGuard, TypeVar

from plugins.dates.in_words import Day
from plugins.faults import ContentError, Edit, KeyPath, Level, Position, field_name, nearest
from plugins.markdown.bodies import Body
from plugins.models import KINDS, Header, Kind

_KINDS = {kind.header: kind for kind in KINDS}

H_co = TypeVar("H_co", bound=Header, covariant=True)
H = TypeVar("H", bound=Header)


@dataclass(frozen=True, slots=True)
class Record(Generic[H_co]):
    """The data of a content file.

    `path` is the path in messages: `content/articles/x.md`. `source_line` is the line where the
    Markdown starts, below the header, `positions` the place of each header value. `faults`
    are those of the header; those of the text are in `body.problems`. A header at fault holds only
    its valid values. `unknown_words` are those of the header that the French dictionary does not
    know, each with its path.
    """

    path: Path
    slug: str
    address: str
    header: H_co
    body: Body
    source_line: int
    positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    faults: tuple[ContentError, ...] = ()
    unknown_words: tuple[tuple[KeyPath, str], ...] = ()

    @property
    def kind(self) -> Kind:
        """The content type, known from the header's model."""
        return _KINDS[type(self.header)]

    def __hash__(self) -> int:
        """Hash by path: no two records of a content folder share one."""
        return hash(self.path)

    def locate(self, path: KeyPath) -> Position:
        """Return the place of a header value, else of its nearest parent, else the file's start."""
        return nearest(self.positions, path)

    def error(
        self,
        path: KeyPath,
        message: str,
        level: Level = Level.ERROR,
        field: str | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> ContentError:
        """Return a fault at the place of a header value."""
        name = field or field_name(path)
        return ContentError(self.path, self.locate(path), name, message, level, edits)

    def error_at(
        self,
        position: Position,
        name: str | None,
        message: str,
        level: Level = Level.ERROR,
        edits: tuple[Edit, ...] = (),
    ) -> ContentError:
        """Return a fault at a place of the text."""
        return ContentError(self.path, position, name, message, level, edits)

    def text_faults(self) -> tuple[ContentError, ...]:
        """Return the faults of the text."""
        return tuple(
            self.error_at(
                problem.position,
                problem.field,
                problem.message,
                Level.WARNING if problem.is_warning else Level.ERROR,
                problem.edits,
            )
            for problem in self.body.problems
        )


AnyRecord = Record[Header]


def has_header(record: Record[Header], header: type[H]) -> TypeGuard[Record[H]]:
    """Return True when the record's header is of a given model."""
    return isinstance(record.header, header)


def day_of(record: Record[Header]) -> Day | None:
    """Return the day of publication."""
    return Day(record.header.date.day) if record.header.date else None
