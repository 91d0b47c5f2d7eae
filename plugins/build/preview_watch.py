"""The changes of a project's files, as the preview follows them."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from watchfiles import Change, DefaultFilter, awatch

SOURCES = ("content", "theme")
PROGRAM = ("plugins", "pelicanconf.py", ".venv")
"""What the program of the preview is made of: when one of these changes, it starts anew."""

# In milliseconds: a save is one change, or a few that follow each other closely.
_STEP, _DEBOUNCE = 10, 100
# A checkout of git changes many files one after the other: its end is waited for.
_MANY, _QUIET = 20, 0.15


class Changes:
    """The paths that changed since they were last taken, relative to the root of the project."""

    def __init__(self, root: Path) -> None:
        """Watch nothing yet."""
        self._root = root
        self._found: set[PurePath] = set()
        self._some = asyncio.Event()

    async def taken(self) -> frozenset[PurePath]:
        """Wait for a change; return all that changed, and forget it."""
        await self._some.wait()
        count = _MANY
        while len(self._found) > count:
            count = len(self._found)
            await asyncio.sleep(_QUIET)
        changed = frozenset(self._found)
        self._found.clear()
        self._some.clear()
        return changed

    async def watch(self, closing: asyncio.Event) -> None:
        """Gather the changes until `closing` is set."""
        there = [watch for watch in self._watches() if watch[0].is_dir()]
        await asyncio.gather(*(self._gather(*watch, closing) for watch in there))

    def _watches(self) -> Iterator[tuple[Path, Callable[[Change, str], bool], bool]]:
        """Yield each folder to watch, which of its paths count, and whether in depth.

        Many editors save by renaming a new file over the old one: a watch on the file itself
        would be lost at the first change.
        """
        for name in (*SOURCES, *PROGRAM):
            path = self._root / name
            if name == ".venv":
                # Written by make once all libraries are there.
                yield path, lambda _, changed: Path(changed).name.startswith(".installed-"), False
            elif path.suffix:
                yield self._root, lambda _, changed: Path(changed).name in PROGRAM, False
            else:
                yield path, _Sources(path), True

    async def _gather(
        self,
        folder: Path,
        wanted: Callable[[Change, str], bool],
        is_deep: bool,  # noqa: FBT001 - of a table
        closing: asyncio.Event,
    ) -> None:
        async for changes in awatch(
            folder,
            watch_filter=wanted,
            recursive=is_deep,
            step=_STEP,
            debounce=_DEBOUNCE,
            stop_event=closing,
            ignore_permission_denied=True,
        ):
            # The folder of libraries may be a link to another place.
            within = folder.relative_to(self._root)
            self._found |= {
                Path(path).relative_to(self._root)
                if Path(path).is_relative_to(self._root)
                else within
                for _, path in changes
            }
            self._some.set()


class _Sources(DefaultFilter):
    """The files of a folder, without those that editing programs write for themselves."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __call__(self, change: Change, path: str) -> bool:
        parts = Path(path).relative_to(self._folder).parts
        return super().__call__(change, path) and not any(map(_is_of_editor, parts))


def _is_of_editor(name: str) -> bool:
    # Emacs keeps what is not saved yet in « #name# »; Vim tries with « 4913 » whether it may write.
    is_unsaved = name.startswith("#") and name.endswith("#")
    return is_unsaved or name.startswith((".", "~$")) or name == "4913"
