"""What builds remember: records and histories, under all that shapes them.

What is made from them does not know whether they were remembered.
"""

import hashlib
import pickle
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from sysconfig import get_paths
from typing import TypeVar

from plugins.build.parallel import spread
from plugins.content.reading import Source, read_record
from plugins.content.record import AnyRecord
from plugins.library.history import read_history
from plugins.library.index import Index, read_index
from plugins.store import Store, store_of

T = TypeVar("T")

_OURS = Path(__file__).parents[1]


class Memory:
    """The work of former builds, in a store."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store

    def index(self, root: Path, now: datetime) -> Index:
        """Return the index of a content folder, as `read_index` does."""
        return read_index(root, now, self.records, partial(read_history, remember=self.value))

    def records(self, sources: Sequence[Source]) -> list[AnyRecord]:
        """Return the records of files; those that are new are made by all cores, and kept."""
        keys = [_key("record", s.kind.name, s.path.as_posix(), s.data) for s in sources]
        found = self._store.found(keys)
        new = {key: source for key, source in zip(keys, sources, strict=True) if key not in found}
        if new:
            made = dict(zip(new, spread(_pickled, list(new.values())), strict=True))
            self._store.keep(made)
            found |= made
        return [pickle.loads(found[key]) for key in keys]  # noqa: S301 - ours, and under its sum

    def value(self, name: str, make: Callable[[], T]) -> T:
        """Return what a function makes, made once under a name."""
        key = _key("value", name)
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
    return pickle.dumps(read_record(*source), pickle.HIGHEST_PROTOCOL)


def _key(family: str, *parts: str | bytes) -> str:
    digest = hashlib.sha256(program())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"{family}:{digest.hexdigest()}"


@cache
def program() -> bytes:
    """Return a digest of what makes records and pages: our code, Python, the libraries."""
    digest = hashlib.sha256(sys.version.encode())
    libraries = Path(get_paths()["purelib"]).glob("*.dist-info")
    digest.update("\n".join(sorted(path.name for path in libraries)).encode())
    for path in sorted(_OURS.rglob("*.py")):
        digest.update(path.relative_to(_OURS).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()
