"""The pages and files of a planned site, each page made once for all builds.

An item that stands since the last run (`earlier`) is not even planned. A page is a function of its
view, the theme and the site's address, and two views have one repr when they are equal, and then
only (`tests/views/test_values.py`). What the last output holds is linked from there.
"""

import os
import pickle
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from plugins.build.earlier import EarlierRun
from plugins.build.parallel import beside, spread
from plugins.build.progress import Stages
from plugins.build.unchanged import Mark, mark, marks
from plugins.faults import ContentError
from plugins.site.plan import PlannedSite
from plugins.store import Store, key_of
from plugins.views.pages import Bundle, File, Page, folder_of_bundle, unpacked

OUTCOME = "PASSERELLE_OUTCOME"
"""The setting that holds the Outcome of a build that replaces an output."""


@dataclass
class Outcome:
    """What a command tells a build, the folder that it replaces, and what it learns of it.

    `until` is the instant up to which another build would do the same.
    """

    output: Path
    earlier: EarlierRun
    faults: tuple[ContentError, ...] = ()
    until: datetime | None = None


def mark_of(path: Path) -> Mark | None:
    """Return the mark of a file, None for a missing one."""
    try:
        return mark(path.stat())
    except OSError:
        return None


@dataclass(frozen=True)
class Output:
    """A built folder: the key and the mark of each page, by the name of its file."""

    folder: Path = Path()
    pages: Mapping[str, tuple[str, Mark | None]] = field(default_factory=dict)

    def holds(self, name: str, key: str) -> bool:
        """Return True when a file is still the one written for a page."""
        known = self.pages.get(name)
        return bool(known and known[0] == key and known[1] == mark_of(self.folder / name))


class _Made(NamedTuple):
    """A page, by its key; without its data when the last output holds it. A file has no key."""

    key: str
    data: bytes | None = None
    is_new: bool = False


class Written(NamedTuple):
    """A file of an item: its name in the output, and where it waits."""

    item: Page | File
    name: str
    path: Path


class Rendering:
    """The making of the pages and files of a site."""

    def __init__(
        self, planned: PlannedSite, store: Store, last: Output, earlier: EarlierRun
    ) -> None:
        """Take the site, the store of former builds, the last run and its output."""
        self._plan, self._site, self._theme = planned.plan, planned.site, planned.theme
        self._addresses, self._notices = planned.addresses, planned.notices
        self._store = store
        self._last = last
        self._earlier = earlier
        self._shape = planned.theme.fingerprint
        self._stands: set[str] = set()
        self.keys: dict[str, str] = {}
        """The keys of the pages made, by the names of their files."""

    def stand(self, folder: Path, former: Path) -> list[str]:
        """Give an empty folder the files that stand in the last output; return their names.

        The faults found in making them are among the notices of the site. The site before that one,
        in the folder `former`, is begun from when it has files of the same names: most of them are
        the same, and few are left to be given.
        """
        written = self._earlier.output_files()
        if not written:
            return []
        names = [name for address in self._addresses for name in self._standing(address)]
        there = marks(former)
        planned = {file_name(address) for address in self._addresses}
        own = partial(_outside, self.bundle_folders())
        if own(planned) == own(written) == own(there) and not any(folder.iterdir()):
            former.replace(folder)
        else:
            there = {}
        for name in names:
            if there.get(name) != written[name]:
                _give(self._last.folder / name, folder / name)
        return names

    def bundle_folders(self) -> tuple[str, ...]:
        """Return the folders of bundles, relative to the output: they hold nothing else."""
        found = filter(None, map(folder_of_bundle, self._addresses))
        return tuple(folder.lstrip("/") for folder in found)

    def _standing(self, address: str) -> tuple[str, ...]:
        """Return the names of an item's files if it stands."""
        kept = self._earlier.standing(address)
        if kept is None:
            return ()
        self._notices.add(kept.faults)
        self._stands.add(address)
        for name in kept.names:
            if name in self._last.pages:
                self.keys[name] = self._last.pages[name][0]
        return kept.names

    def make(self, folder: Path) -> list[Written]:
        """Make each other item of the plan into files of a folder; return them.

        Faults that show only then are among the notices of the site.
        """
        items = list(self._to_make())
        # Each by a program of its own, meanwhile.
        bundles = {n: item for n, item in enumerate(items) if isinstance(item, Bundle)}
        under_way = self._earlier.under_way
        archives = {
            n: under_way.get(bundle.address) or beside(bundle.content)
            for n, bundle in bundles.items()
        }
        paths = [folder / str(number) for number in range(len(items))]
        pages = {n: item for n, item in enumerate(items) if isinstance(item, Page)}
        free = {n: page for n, page in pages.items() if not page.follows_files}
        # The first page of each kind makes what the others share, such as the relations between
        # contents: before several processes do.
        first = {page.template: n for n, page in reversed(free.items())}
        made = {n: self._made(free[n]) for n in first.values()}
        alone = [n for n, item in enumerate(items) if isinstance(item, File) and item.stands_alone]
        others = [*(n for n in free if n not in made), *alone]

        def make_the_rest() -> None:
            with Stages().stage("Fabrication des fichiers", len(items)) as stage:
                for number, item in enumerate(items):
                    if number in bundles:
                        continue
                    before = self._notices.taken()
                    if isinstance(item, File):
                        if not item.stands_alone:
                            paths[number].write_bytes(item.content())
                    elif item.follows_files:
                        made[number] = self._made(item)
                    found = self._notices.taken()
                    self._earlier.keep_item(item, found, (file_name(item.address),))
                    self._notices.add((*before, *found))
                    stage.reach(number)

        with Stages().stage("Fabrication des pages", len(others)) as stage:
            found = spread(self._shared, [items[n] for n in others], stage.reach, make_the_rest)
        made.update(zip(others, found, strict=True))
        for number in alone:
            paths[number].write_bytes(made[number].data or b"")
        self._write({paths[n]: (page, made[n]) for n, page in pages.items()})
        written = [
            Written(item, file_name(item.address), paths[n])
            for n, item in enumerate(items)
            if n not in bundles
        ]
        for number, bundle in bundles.items():
            files = [*_opened(bundle, unpacked(archives[number]()), paths[number])]
            self._earlier.keep_item(bundle, (), tuple(file.name for file in files))
            written += files
        return written

    def _to_make(self) -> Iterator[Page | File]:
        if not self._stands:
            yield from self._plan
            return
        for address in self._addresses:
            if address not in self._stands:
                item = self._plan.find(unquote(address))
                assert item
                yield item

    def _write(self, made: Mapping[Path, tuple[Page, _Made]]) -> None:
        new: dict[str, bytes] = {}
        for path, (page, found) in made.items():
            name = file_name(page.address)
            self.keys[name] = found.key
            if found.data is None and self._link(name, path):
                continue
            html = found.data or self._theme.render(self._site.page_view(page))
            path.write_bytes(html)
            if found.is_new:
                new[found.key] = html
        self._store.keep(new)

    def _shared(self, item: Page | File) -> _Made:
        return self._made(item) if isinstance(item, Page) else _Made("", item.content())

    def _made(self, page: Page) -> _Made:
        view = self._site.page_view(page)
        if self._shape is None:
            return _Made("", self._theme.render(view))
        key = key_of("page", self._shape, repr(view))
        if self._last.holds(file_name(page.address), key):
            return _Made(key)
        if (kept := self._store.get(key)) is not None:
            return _Made(key, kept)
        return _Made(key, self._theme.render(view), is_new=True)

    def _link(self, name: str, path: Path) -> bool:
        """Give a file of the last output, which this one replaces, a second name."""
        with suppress(OSError):
            os.link(self._last.folder / name, path)
            return True
        return False


def _opened(bundle: File, files: Mapping[str, bytes], folder: Path) -> Iterator[Written]:
    """Write the files of a bundle into a new folder."""
    folder.mkdir()
    place = folder_of_bundle(bundle.address)
    for number, (name, data) in enumerate(files.items()):
        path = folder / str(number)
        path.write_bytes(data)
        yield Written(bundle, file_name(f"{place}{name}"), path)


def _outside(folders: tuple[str, ...], names: Iterable[str]) -> set[str]:
    """Return the names of files that are in none of some folders."""
    return {name for name in names if not name.startswith(folders)}


def _give(file: Path, path: Path) -> None:
    """Give a file of the last output, which this one replaces, a second name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        os.link(file, path)
    except OSError:  # a file system without hard links
        shutil.copy2(file, path)


def file_name(address: str) -> str:
    """Return the name of an address's file, relative to the output."""
    name = address.lstrip("/")
    return f"{name}index.html" if name.endswith("/") or not name else name


def last_output(folder: Path, store: Store) -> Output:
    """Return what the last build wrote into a folder."""
    kept = store.get(_key_of_output(folder))
    return Output(folder, pickle.loads(kept) if kept else {})  # noqa: S301 - ours, under its sum


def remember_output(folder: Path, built: Path, keys: Mapping[str, str], store: Store) -> None:
    """Keep what a build wrote into `built`, which takes the place of a folder."""
    pages = {name: (key, mark_of(built / name)) for name, key in keys.items()}
    store.put(_key_of_output(folder), pickle.dumps(pages))


def _key_of_output(folder: Path) -> str:
    return key_of("output", os.fspath(folder.absolute()))
