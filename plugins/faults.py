"""Faults of the content, and their words to the editor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeAlias


class Level(StrEnum):
    """The level of a fault: an error stops the build, a warning does not."""

    ERROR = "erreur"
    WARNING = "avis"


class Position(NamedTuple):
    """A place in a file: line and column, both counted from 1."""

    line: int = 1
    column: int = 1

    @classmethod
    def at(cls, text: str, index: int, first_line: int = 1) -> "Position":
        """Return the place of an index of a text; `first_line` is the line of the text."""
        line = first_line + text.count("\n", 0, index)
        return cls(line, index - text.rfind("\n", 0, index))


START = Position()

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value of a header: `("seances", 0, "debut")`."""


def field_name(path: KeyPath) -> str | None:
    """Return the name of a field in messages, items counted from 1: « seances.1.debut »."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or None


def nearest(positions: Mapping[KeyPath, Position], path: KeyPath) -> Position:
    """Return the place of a value, else of its nearest parent, else the start of the file."""
    while path:
        if path in positions:
            return positions[path]
        path = path[:-1]
    return START


class Edit(NamedTuple):
    """A piece of a file's text, on one line, and what was certainly meant in its place.

    `old` may hold the end of its line; a line break in `new` is written as the file writes its own.
    """

    position: Position
    old: str
    new: str


def empty_line_above(line: int) -> Edit:
    """Return the edit that puts an empty line above a line of a file."""
    return Edit(Position(line), "", "\n")


@dataclass(frozen=True, slots=True)
class ContentError:
    """One fault: its file, place and field, and its French message, with the remedy.

    `edits` are the remedy itself, when only one is possible; they are all made, or none.
    """

    path: Path
    position: Position
    field: str | None
    message: str
    level: Level = Level.ERROR
    edits: tuple[Edit, ...] = ()

    def __str__(self) -> str:
        """Return « path:line:column · field : message » on one line."""
        return f"{self.place} · {self.words}"

    @property
    def place(self) -> str:
        """The file, line and column, as terminals and editors open them."""
        path = self.path.as_posix().replace("\n", " ")
        return f"{path}:{self.position.line}:{self.position.column}"

    @property
    def words(self) -> str:
        """The field and the message, on one line."""
        field = f"{self.field} : " if self.field else ""
        return f"{field}{self.message}".replace("\n", " ")

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """The sort key: by file, then by place."""
        return (self.path.as_posix(), self.position.line, self.position.column, self.message)


def as_warning(fault: ContentError) -> ContentError:
    """Return the fault as a warning: an unpublished content may be unfinished."""
    return replace(fault, level=Level.WARNING)


class RightFormError(ValueError):
    """A French message about a value, and the form of it that was certainly meant."""

    def __init__(self, message: str, right: str) -> None:
        """Keep the right form, as a header writes it."""
        super().__init__(message)
        self.right = right


class SiblingError(ValueError):
    """A French message raised by the validator of one field about another of the same group."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the other field (its front-matter key) beside the message."""
        super().__init__(message)
        self.field = field


class ContentErrors(Exception):
    """The content cannot be published, because of all these faults, in reading order."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        """Sort the faults and drop repetitions."""
        self.errors = tuple(sorted(set(errors), key=lambda error: error.sort_key))
        super().__init__("\n".join(str(error) for error in self.errors))


def refuse_errors(faults: Iterable[ContentError]) -> tuple[ContentError, ...]:
    """Return the faults, all warnings; raise ContentErrors with all when any is an error."""
    found = tuple(faults)
    if any(fault.level is Level.ERROR for fault in found):
        raise ContentErrors(found)
    return found


class Notices:
    """The faults found while rendering; an error among them stops the publication."""

    def __init__(self) -> None:
        """Start without any."""
        self._faults: list[ContentError] = []

    def add(self, faults: Iterable[ContentError]) -> None:
        """Add faults after those found before."""
        self._faults.extend(faults)

    def taken(self) -> tuple[ContentError, ...]:
        """Return the faults found so far, and forget them."""
        faults = tuple(self._faults)
        self._faults.clear()
        return faults

    def checked(self) -> tuple[ContentError, ...]:
        """Return the faults, all warnings; raise ContentErrors when one is an error."""
        return refuse_errors(self._faults)


def shorten(value: object, limit: int = 60) -> str:
    """Return the value as an editor can recognise it, on one line, between « »."""
    text = " ".join(_written(value).split())
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return f"« {text} »"


def _written(value: object) -> str:
    """Return a value as an editor writes it: a list with commas, a group with colons."""
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_written(item)}" for key, item in value.items())
    return "" if value is None else str(value)
