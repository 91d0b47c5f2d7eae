"""New work shared by the cores of the machine; little work stays in this process."""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 16
"""Items that a process takes at once."""
_LEAST = 64
"""Fewer items do not pay for a process."""
_TOKEN = 4
"""Bytes that name a chunk in the pipe that the processes take them from."""
_MOST = 8_000
"""Chunks that the pipe holds at once."""


class beside(Generic[T]):  # noqa: N801 - called as a function
    """Some work begun in another process, where one can be forked; a call returns its result.

    The result must be picklable. What the process could not do is done when it is asked for.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin the work."""
        self._work = work
        self._helper: _Helper | None = None
        if _may_fork():
            tokens = _tokens(1)
            self._helper = _Helper(lambda _: work(), [[None]], tokens)
            os.close(tokens)

    def __call__(self) -> T:
        """Wait for the result."""
        if self._helper is None:
            return self._work()
        try:
            found = dict(self._helper.results())
        finally:
            self._helper.end()
        return found[0][0] if found else self._work()

    def give_up(self) -> None:
        """Stop the work, whose result is not asked for."""
        if self._helper:
            self._helper.end()


def spread(
    work: Callable[[T], R],
    items: Sequence[T],
    tell: Callable[[int], None] = lambda _: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """Return the result of a function for each item, in order; results must be picklable.

    This process does `meanwhile`, then its share, and whatever another one could not do: what a
    function raises is raised here. `tell` is given how many items are done, or under way.
    """
    if len(items) < _LEAST or not _may_fork():
        meanwhile()
        return list(_told(map(work, items), tell))
    size = max(_CHUNK, -(-len(items) // _MOST))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    found: dict[int, list[R]] = {}
    tokens = _tokens(len(chunks))
    helpers = [_Helper(work, chunks, tokens) for _ in range(_cores() - 1)]
    try:
        meanwhile()
        for number, results in _share(work, chunks, tokens):
            found[number] = results
            tell(min(len(items), (number + 1) * size))
        for helper in helpers:
            found.update(helper.results())
    finally:
        os.close(tokens)
        for helper in helpers:
            helper.end()
    return [
        result
        for number, chunk in enumerate(chunks)
        for result in (found[number] if number in found else map(work, chunk))
    ]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _may_fork() -> bool:
    # A fork among threads may stop for ever; macOS has none that is safe.
    return _cores() > 1 and threading.active_count() == 1


def _told(results: Iterable[R], tell: Callable[[int], None]) -> Iterator[R]:
    for number, result in enumerate(results, 1):
        yield result
        tell(number)


def _tokens(count: int) -> int:
    """Return a pipe with the numbers of all chunks: processes may read it at the same time."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_TOKEN, "big") for number in range(count)))
    os.close(writing)
    return reading


def _share(
    work: Callable[[T], R], chunks: Sequence[Sequence[T]], tokens: int
) -> Iterator[tuple[int, list[R]]]:
    """Yield the results of the chunks that this process takes, by their numbers."""
    while token := os.read(tokens, _TOKEN):
        number = int.from_bytes(token, "big")
        yield number, [work(item) for item in chunks[number]]


class _Helper:
    """A forked process, which inherits the function and the items: neither need be picklable."""

    def __init__(self, work: Callable[[T], R], chunks: Sequence[Sequence[T]], tokens: int) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._process = os.fork()
        if self._process == 0:
            status = 1
            try:
                # Ctrl-C is for the process that the editor sees.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                for found in _share(work, chunks, tokens):
                    pickle.dump(found, self._file, pickle.HIGHEST_PROTOCOL)
                    self._file.flush()
                status = 0
            finally:
                # Without the ends of the parent: its buffers, its handlers, its exceptions.
                os._exit(status)

    def results(self) -> Iterator[tuple[int, list[Any]]]:
        """Wait for the process, and yield the results of the chunks that it ended."""
        self._wait()
        self._file.seek(0)
        # A process may be killed while it writes.
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                yield pickle.load(self._file)  # noqa: S301 - written just now by this program

    def end(self) -> None:
        """Stop the process if it still runs."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._wait()
        self._file.close()

    def _wait(self) -> None:
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)
        self._process = 0
