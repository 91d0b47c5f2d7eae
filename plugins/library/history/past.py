"""Files as git had them at an instant of the past, under the names they have today."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from plugins.library.history.lineage import State, Version, follow, trace
from plugins.library.history.repository import Repository, RepositoryError, opened


def files_at(content: Path, names: Iterable[str], instant: datetime) -> dict[str, bytes]:
    """Return the bytes that files had at an instant, by their path of today in the content folder.

    A file that was not there yet, or whose history cannot be read, is left out.
    """
    wanted = sorted(names)
    if not wanted:
        return {}
    try:
        with opened(content) as repository:
            found = _versions(repository, wanted, int(instant.timestamp()))
            blobs = dict(repository.blobs({version.blob for version in found.values()}))
    except RepositoryError:
        return {}
    return {name: blobs[version.blob] for name, version in found.items()}


def _versions(repository: Repository, names: list[str], time: int) -> dict[str, Version]:
    state = _state(repository, names)
    found = {}
    for name in names:
        version = state.files.get(repository.prefix + name)
        if version and (then := _version_at(version, time)):
            found[name] = then
    return found


def _state(repository: Repository, names: list[str]) -> State:
    """Return the state of the working tree, whose files may have been renamed."""
    commits = repository.commits(repository.head())
    state = trace(commits, repository.changes(commits))
    paths = {repository.prefix + name for name in names}
    committed = {path: version.blob for path, version in state.files.items()}
    return follow([(state, repository.uncommitted(paths, committed))], None)


def _version_at(version: Version, time: int) -> Version | None:
    """Return the last version that a file had at a time, in seconds since 1970."""
    waiting, past = [version], []
    while waiting:
        one = waiting.pop()
        if one.time is not None and one.time <= time:
            past.append(one)
        else:
            waiting.extend(one.previous)
    return max(past, key=lambda one: (one.time or 0, one.depth), default=None)
