"""What builds remember: records and histories, under all that shapes them.

What is made from them does not know whether they were remembered.
"""

import pickle
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from plugins.build.parallel import beside, spread
from plugins.build.progress import Stages
from plugins.content.reading import Source, read_record
from plugins.content.record import AnyRecord
from plugins.library.history import History, read_history
from plugins.library.index import Index, read_index
from plugins.library.outline import outline_of
from plugins.store import Store, key_of, store_of

T = TypeVar("T")


class Digests(NamedTuple):
    """The digests of a content: of its outline, and of its file."""

    outline: str
    file: str


class Memory:
    """The work of former builds, in a store.

    `digests` are those of the records read, by their paths.
    """

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store
        self.digests: dict[Path, Digests] = {}

    def index(self, root: Path, now: datetime) -> Index:
        """Return the index of a content folder, as `read_index` does."""
        # Git works for itself, meanwhile.
        history = beside(partial(self.history, root))
        return read_index(root, now, self.records, lambda _root: history())

    def history(self, root: Path) -> History:
        """Return the git history of a content folder, as `read_history` does."""
        return read_history(root, self.value)

    def records(self, sources: Sequence[Source]) -> list[AnyRecord]:
        """Return the records of files; those that are new are made by all cores, and kept."""
        keys = [key_of("record", s.kind.name, s.path.as_posix(), s.data) for s in sources]
        found = self._store.found(keys)
        new = {key: source for key, source in zip(keys, sources, strict=True) if key not in found}
        if new:
            with Stages().stage("Lecture des textes", len(new)) as stage:
                made = dict(
                    zip(new, spread(_pickled, list(new.values()), stage.reach), strict=True)
                )
            self._store.keep(made)
            found |= made
        records = []
        for source, key in zip(sources, keys, strict=True):
            outline, record = pickle.loads(found[key])  # noqa: S301 - ours, and under its sum
            self.digests[source.path] = Digests(outline, key)
            records.append(record)
        return records

    def value(self, name: str, make: Callable[[], T]) -> T:
        """Return what a function makes, made once under a name."""
        key = key_of("value", name)
        if (kept := self._store.get(key)) is not None:
            value: T = pickle.loads(kept)  # noqa: S301 - as above
            return value
        value = make()
        self._store.put(key, pickle.dumps(value))
        return value


def memory_of(content: Path) -> Memory:
    """Return the memory kept beside a content folder."""
    return Memory(store_of(content.absolute().parent))


def _pickled(source: Source) -> bytes:
    record = read_record(*source)
    outline = key_of("outline", repr(outline_of(record)))
    return pickle.dumps((outline, record), pickle.HIGHEST_PROTOCOL)
