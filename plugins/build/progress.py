"""How far a long build is, on the terminal of the person who waits for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

PATIENCE = 2.0
"""Seconds of a command before anything is shown."""
_EVERY = 0.1
_STARTED = time.monotonic()


class Stages:
    """The stages of a build, one line at a time; nothing where no terminal shows them."""

    def __init__(self, console: Console | None = None) -> None:
        """Show nothing yet; by default, on the standard error."""
        self._console = console or Console(stderr=True)
        self._drawn = 0.0

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator["Stage"]:
        """Show a stage of so many items, in French, until it ends."""
        # Without a thread that draws: builds are forked, which threads forbid.
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            auto_refresh=False,
        )
        stage = Stage(self, bar, name, total)
        try:
            yield stage
        finally:
            if stage.is_shown:
                bar.stop()

    def is_due(self) -> bool:
        """Return True when a line is to be drawn: after a while, and not too often."""
        now = time.monotonic()
        is_due = (
            self._console.is_terminal and now - _STARTED > PATIENCE and now - self._drawn > _EVERY
        )
        if is_due:
            self._drawn = now
        return is_due


class Stage:
    """One stage: how many of its items are done."""

    def __init__(self, stages: Stages, bar: Progress, name: str, total: int) -> None:
        """Show nothing yet."""
        self._stages = stages
        self._bar = bar
        self._task = bar.add_task(name, total=total)
        self.is_shown = False

    def reach(self, done: int) -> None:
        """Say that so many items are done."""
        self._bar.update(self._task, completed=done)
        if self._stages.is_due():
            self.is_shown = True
            self._bar.start()
            self._bar.refresh()
