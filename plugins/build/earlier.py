"""What the run before made, and whether it stands: an edit of words leaves most of it as it was.

A value stands when the frame of the site is the same, and so are the words of its texts. The frame
is all that shapes the site besides words: the outlines of the contents, the other files, the
settings, the git history, the day, the program, the system's libraries.
"""

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

from plugins.build.memory import Memory, memory_of
from plugins.build.unchanged import CONTENT, LastRun, Mark, has_libraries, libraries
from plugins.content.record import AnyRecord
from plugins.library.index import Index
from plugins.library.reuse import T, Texts, no_texts
from plugins.site.plan import PlannedSite, instant_of, planned_from
from plugins.store import key_of


class _Value(NamedTuple):
    """A value, and the paths of the contents whose words shape it."""

    value: object
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The frame of a run, the digests of its contents' files by path, and its values by name."""

    frame: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, _Value] = field(default_factory=dict)
    libraries: Mapping[str, Mark] = field(default_factory=dict)


class EarlierRun:
    """The run before this one, from which this one takes the values that stand.

    Nothing stands before `begin`, nor without a last run that can be told from others.
    """

    def __init__(self, last: LastRun | None = None) -> None:
        """Take the last run of the same command."""
        self._last = last
        self._before = _Kept()
        self._frame = ""
        self._files: dict[str, str] = {}
        self._changed: frozenset[str] = frozenset()
        self._values: dict[str, _Value] = {}

    def begin(self, memory: Memory, index: Index) -> None:
        """Compare the frame and the texts with those of the run before."""
        if not self._last or not self._last.inputs:
            return
        self._frame = _frame(self._last, memory, index)
        self._files = {path.as_posix(): d.file for path, d in memory.digests.items()}
        kept = self._last.kept_beside(_NAME)
        before: _Kept | None = pickle.loads(kept) if kept else None  # noqa: S301 - ours
        if before and before.frame == self._frame and has_libraries(before.libraries):
            self._before = before
            was = before.files
            self._changed = frozenset(p for p, file in self._files.items() if was[p] != file)

    def __call__(self, name: str, make: Callable[[], T], texts: Texts = no_texts) -> T:
        """Return a value that stands under a name, or make it."""
        if (found := self.standing(name)) is None:
            found = make()
            self.keep(name, found, texts)
        return cast("T", found)

    def standing(self, name: str) -> Any | None:  # noqa: ANN401 - whatever was kept
        """Return the value that stands under a name, if any; it is then one of this run too."""
        kept = self._before.values.get(name)
        if kept is None or not self._stands(kept):
            return None
        self._values[name] = kept
        return kept.value

    def keep(self, name: str, value: object, texts: Texts) -> None:
        """Take a value of this run."""
        if self._frame:
            self._values[name] = _Value(value, _paths(texts()))

    def output_files(self) -> Mapping[str, Mark]:
        """Return the files of the last run's output, by their names; none if one is another now.

        To be asked for under the lock of the output: this run may have waited for another one.
        """
        last = self._last
        return last.run.files if last and last.run and last.has_its_output() else {}

    def to_keep(self) -> dict[str, bytes]:
        """Return what the next run may take, by its key in the store."""
        if not self._last or not self._frame:
            return {}
        used = {**self._before.libraries, **libraries()}
        kept = _Kept(self._frame, self._files, self._values, used)
        data = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
        return {self._last.key_beside(_NAME): data}

    def _stands(self, value: _Value) -> bool:
        return self._changed.isdisjoint(value.texts)


def planned_site(
    settings: Mapping[str, Any], earlier: EarlierRun, as_of: datetime | None = None
) -> PlannedSite:
    """Return the planned site of Pelican's settings, with what is remembered of it."""
    root = Path(settings["PATH"])
    memory = memory_of(root)
    index = memory.index(root, instant_of(settings, as_of))
    earlier.begin(memory, index)
    return planned_from(index, settings, as_of, earlier)


_NAME = "values"


def _paths(texts: Iterable[AnyRecord]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.path.as_posix() for record in texts))


def _frame(last: LastRun, memory: Memory, index: Index) -> str:
    assert last.inputs
    outlines = {path.as_posix(): d.outline for path, d in memory.digests.items()}
    contents = {f"{CONTENT}:{path.partition('/')[2]}" for path in outlines}
    others = [item for item in last.inputs.files.items() if item[0] not in contents]
    parts = (outlines, others, last.inputs.settings, index.history, index.until)
    return key_of("frame", *map(repr, parts))
