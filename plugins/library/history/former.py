"""The former states of content files whose pages may have had another address."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from plugins.library.history.lineage import Version
from plugins.models import KINDS

# Of a text, only these fields shape its address; a line of the body counts too, harmlessly.
_SHAPING = re.compile(rb"^(?:slug|numero|genre)[ \t]*:.*", re.IGNORECASE | re.MULTILINE)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A former state of a file, whose page may have had another address than today.

    `path` is relative to the content folder of then; the file was so until `until`, which is None
    when only the working tree changed it.
    """

    path: str
    data: bytes
    until: datetime | None


def former_files(
    current: Mapping[str, Version],
    read: Callable[[Iterable[str]], Mapping[str, bytes]],
    prefix: str,
) -> dict[str, tuple[FormerFile, ...]]:
    """Return the former states of each file, by path, the latest first.

    Only those with another path, or with another line that shapes an address, are kept: one pass
    reads the texts, and few are looked at. `read` returns the contents of blobs by hash; `prefix`
    is the path of the content folder in the repository.
    """
    chains = {path: list(_before(version)) for path, version in current.items() if version.previous}
    used = {version.blob for chain in chains.values() for version, _ in chain}
    blobs = sorted(used | {current[path].blob for path in chains})
    shapes: dict[str, tuple[bytes, ...]] = {}
    for start in range(0, len(blobs), _BATCH):
        for name, data in read(blobs[start : start + _BATCH]).items():
            shapes[name] = tuple(line.rstrip() for line in _SHAPING.findall(data))
    kept = {
        path: [
            (relative, version.blob, until)
            for version, until in chain
            if (version.path, shapes[version.blob])
            != (current[path].path, shapes[current[path].blob])
            if (relative := content_path(version.path, prefix))
        ]
        for path, chain in chains.items()
    }
    wanted = sorted({blob for states in kept.values() for _, blob, _ in states})
    texts = read(wanted) if wanted else {}
    return {
        path: tuple(FormerFile(relative, texts[blob], until) for relative, blob, until in states)
        for path, states in kept.items()
        if states
    }


def content_path(path: str, prefix: str) -> str | None:
    """Return a path of the repository from the content folder, which may have been renamed since.

    A path that is in no folder of contents gives None.
    """
    path = f"/{path.removeprefix(prefix)}"
    start = max(path.rfind(f"/{kind.folder}/") for kind in KINDS)
    return path[start + 1 :] if start >= 0 else None


def _before(version: Version) -> Iterator[tuple[Version, datetime | None]]:
    """Yield each version before another one, and the time of the next, the latest first."""
    until: dict[Version, int | None] = {}
    waiting = [version]
    while waiting:
        newer = waiting.pop()
        for older in newer.previous:
            if older not in until:
                until[older] = newer.time
                waiting.append(older)
    for older in sorted(until, key=lambda v: v.depth, reverse=True):
        time = until[older]
        yield older, None if time is None else datetime.fromtimestamp(time, UTC)
