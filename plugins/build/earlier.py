"""What the run before made, and whether it stands: an edit of words leaves most of it as it was.

A value stands when the frame of the site is the same, and so are the words of its texts. The frame
is all that shapes the site besides words: the outlines of the contents, the other files, the
settings, the git history, the day, the program, the system's libraries.
"""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, cast

from plugins.build.memory import Memory, memory_of
from plugins.build.parallel import beside
from plugins.build.unchanged import CONTENT, Inputs, LastRun, Mark, has_libraries, libraries
from plugins.faults import ContentError
from plugins.library.index import Index
from plugins.library.reuse import T, Texts, no_texts
from plugins.site.plan import PlannedSite, instant_of, planned_from, shown_site
from plugins.site.search_pages import index_bundle
from plugins.store import key_of
from plugins.views.pages import File, Page


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


class _Values:
    """The values of a run under their names, and those of the run before that stand."""

    def __init__(self, frame: str, files: Mapping[str, str], kept: bytes | None) -> None:
        """Take the frame of this run, its contents' files, and what the run before kept."""
        before: _Kept | None = pickle.loads(kept) if kept else None  # noqa: S301 - ours
        is_same = before and before.frame == frame and has_libraries(before.libraries)
        self._before = before if before and is_same else _Kept(frame, files)
        was = self._before.files
        self._changed = frozenset(path for path, file in files.items() if was[path] != file)
        self._frame, self._files = frame, files
        self._values: dict[str, _Value] = {}

    def standing(self, name: str) -> Any | None:  # noqa: ANN401 - whatever was kept
        """Return the value that stands under a name, if any; it is then one of this run too."""
        kept = self._before.values.get(name)
        if kept is None or not self._changed.isdisjoint(kept.texts):
            return None
        self._values[name] = kept
        return kept.value

    def keep(self, name: str, value: object, texts: Texts) -> None:
        """Take a value of this run."""
        paths = dict.fromkeys(record.path.as_posix() for record in texts())
        self._values[name] = _Value(value, tuple(paths))

    def pickled(self) -> bytes:
        """Return what the next run may take."""
        used = {**self._before.libraries, **libraries()}
        kept = _Kept(self._frame, self._files, self._values, used)
        return pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)


class Standing(NamedTuple):
    """An item of the plan that stands: the faults found in making it, the names of its files."""

    faults: tuple[ContentError, ...]
    names: tuple[str, ...]


class EarlierRun:
    """The run before this one, from which this one takes what stands.

    The values of the site, such as its faults, are those of any command with the same settings; the
    items of its plan stand in the output of the last build. Nothing stands before `begin`, nor
    without a last run that can be told from others.
    """

    def __init__(self, last: LastRun | None = None) -> None:
        """Take the last run of the same command."""
        self._last = last
        self._values: _Values | None = None
        self._items: _Values | None = None
        self.under_way: dict[str, beside[bytes]] = {}
        """The bundles begun before the plan, by their addresses."""

    def begin(self, memory: Memory, index: Index) -> None:
        """Compare the frame and the texts with those of the run before."""
        last = self._last
        if not last or not last.inputs:
            return
        frame = _frame(last.inputs, memory, index)
        files = _files(memory, index)
        self._values = _Values(frame, files, last.kept(last.key_of_settings))
        self._items = _Values(frame, files, last.kept(last.key_of_items))

    def __call__(self, name: str, make: Callable[[], T], texts: Texts = no_texts) -> T:
        """Return a value that stands under a name, or make it."""
        if self._values is None:
            return make()
        if (found := self._values.standing(name)) is None:
            found = make()
            self._values.keep(name, found, texts)
        return cast("T", found)

    def standing(self, address: str) -> Standing | None:
        """Return the item at an address of the plan if it stands."""
        return self._items.standing(address) if self._items else None

    def keep_item(
        self, item: Page | File, faults: tuple[ContentError, ...], names: tuple[str, ...]
    ) -> None:
        """Take an item made by this run, and the names of its files in the output."""
        if self._items:
            self._items.keep(item.address, Standing(faults, names), item.texts)

    def output_files(self) -> Mapping[str, Mark]:
        """Return the files of the last run's output, by their names; none if one is another now.

        To be asked for under the lock of the output: this run may have waited for another one.
        """
        last = self._last
        return last.run.files if last and last.run and last.has_its_output() else {}

    def to_keep(self) -> dict[str, bytes]:
        """Return what the next run may take, by its key in the store."""
        if not self._last or not self._values or not self._items:
            return {}
        return {
            self._last.key_of_settings: self._values.pickled(),
            self._last.key_of_items: self._items.pickled(),
        }


def planned_site(
    settings: Mapping[str, Any],
    earlier: EarlierRun,
    as_of: datetime | None = None,
    *,
    to_build: bool = False,
) -> PlannedSite:
    """Return the planned site of Pelican's settings, with what is remembered of it.

    When it is `to_build`, what takes a program of its own is begun meanwhile: one core plans.
    """
    root = Path(settings["PATH"])
    memory = memory_of(root)
    index = memory.index(root, instant_of(settings, as_of))
    earlier.begin(memory, index)
    if to_build:
        bundle = index_bundle(shown_site(index, settings, as_of))
        if earlier.standing(bundle.address) is None:
            earlier.under_way[bundle.address] = beside(bundle.content)
    return planned_from(index, settings, as_of, earlier)


def _files(memory: Memory, index: Index) -> dict[str, str]:
    """Return what shapes each content's own words: its bytes, and when these changed."""
    changes = index.history.changes if index.history else {}
    return {
        path.as_posix(): f"{digests.file} {changes.get(path.relative_to(path.parts[0]).as_posix())}"
        for path, digests in memory.digests.items()
    }


def _frame(inputs: Inputs, memory: Memory, index: Index) -> str:
    outlines = {path.as_posix(): digests.outline for path, digests in memory.digests.items()}
    contents = {f"{CONTENT}:{path.partition('/')[2]}" for path in outlines}
    others = [item for item in inputs.files.items() if item[0] not in contents]
    history = index.history and replace(index.history, changes={})
    parts = (outlines, others, inputs.settings, history, index.until)
    return key_of("frame", *map(repr, parts))
