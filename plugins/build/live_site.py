"""The site of a preview, held in memory: changed files are read again, pages made when asked for.

A page needs neither the checks nor the whole plan. A content at fault is shown as it was before.
What is not published yet is shown at its own address, as if it were, and nothing leads to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.build.memory import memory_of
from plugins.build.report import print_faults, print_refusal
from plugins.content.folder import composed
from plugins.content.pictures import is_picture_name
from plugins.content.reading import Contents, read_again, read_contents
from plugins.content.record import AnyRecord, has_header
from plugins.faults import ContentError, Level, Notices
from plugins.library.history import History
from plugins.library.index import Index
from plugins.library.selection import appears, has_expired
from plugins.models import LetterHeader
from plugins.models.fields import Status
from plugins.site.form_pages import form
from plugins.site.plan import Faults, Plan, instant_of, planned_from, preview_site, theme_of
from plugins.site.static_files import picture_copies, shared_pictures, static_file
from plugins.theme.theme import Theme
from plugins.views.pages import Bundle, File, Page, unpacked
from plugins.views.site import FORM, LETTERS, Site

_OUTCOME = "le site ne peut pas être publié en l’état"


@dataclass(frozen=True, slots=True)
class Made:
    """What stands at an address: its bytes, or the address to go to instead."""

    data: bytes = b""
    is_page: bool = False
    moved_to: str | None = None


class LiveSite:
    """The site of Pelican's settings, as its files were when they were last read."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Read the whole content folder, and its git history."""
        self._settings = settings
        self._now = instant_of(settings)
        self._shown: _Shown | None = None
        self._theme: Theme | None = None
        root = Path(settings["PATH"])
        memory = memory_of(root)
        self._read = memory.records
        self.history = memory.history(root)
        self._take(read_contents(root, self._read))

    @property
    def site(self) -> Site:
        """The site as it is shown now."""
        assert self._shown
        return self._shown.site

    def update(self, changed: frozenset[Path], now: datetime) -> None:
        """Read again the files and folders that changed, given by their paths on the disk."""
        self._now = instant_of({**self._settings, "BUILD_DATE": now.isoformat()})
        if any(path.is_relative_to(self._settings["THEME"]) for path in changed):
            self._theme = None
        root = self._contents.root
        changed = frozenset(path for path in changed if path.is_relative_to(root))
        self._take(read_again(self._contents, changed, self._read) if changed else self._contents)

    def remember(self, history: History) -> bool:
        """Take another git history of the contents; return False when it is the same."""
        if history == self.history:
            return False
        self.history = history
        self._take(self._contents)
        return True

    def make(self, address: str) -> Made | None:
        """Return what stands at an unquoted address, None when nothing does.

        Contents at fault and templates may raise any exception.
        """
        assert self._shown
        return self._shown.make(address)

    def errors(self) -> str:
        """Return the errors that contents show by themselves, before any check of the site."""
        return told(fault for record in self._at_fault for fault in _errors(record))

    def faults(self) -> Faults:
        """Return every fault of the site; those of the letter are found in making it.

        It takes long, and remembers much: a process of its own may do it.
        """
        planned = planned_from(Index(self._contents, self._now, self.history), self._settings)
        if not any(fault.level is Level.ERROR for fault in planned.faults):
            for item in planned.plan:
                if isinstance(item, File) and item.address.startswith(LETTERS.address):
                    item.content()
        return (*planned.faults, *planned.notices.taken())

    def _take(self, contents: Contents) -> None:
        """Take contents, and show those at fault as they were before."""
        self._contents = contents
        doubtful = (record for record in contents.records if record.faults or record.body.problems)
        self._at_fault = list(filter(_is_at_fault, doubtful))
        before = self._shown.site.index.contents.by_path if self._shown else {}
        sound = [
            found
            for record in self._at_fault
            if (found := before.get(Path(composed(record.path)))) and not _is_at_fault(found)
        ]
        site = self._site_of(contents.replacing(sound) if sound else contents)
        self._shown = _Shown(site, self._theme_of)

    def _theme_of(self, site: Site) -> Theme:
        """Return the theme, made once until one of its files changes: it needs only addresses."""
        if self._theme is None:
            self._theme = theme_of(site, self._settings)
        return self._theme

    def _site_of(self, contents: Contents) -> Site:
        """Return the site that shows contents, with what was found already and is still so."""
        site = preview_site(Index(contents, self._now, self.history), self._settings)
        if self._shown:
            site.index.take_findings(self._shown.site.index)
        return site


class _Shown:
    """The site between two changes; every part of it is made when it is first needed."""

    def __init__(self, site: Site, theme_of: Callable[[Site], Theme]) -> None:
        self.site = site
        self._theme_of = theme_of
        self._bundles: dict[str, dict[str, bytes]] = {}
        self._ahead: dict[Path, _Shown] = {}

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self.site, self._theme, Notices())

    @cached_property
    def _theme(self) -> Theme:
        return self._theme_of(self.site)

    @cached_property
    def _copies(self) -> dict[str, File]:
        """The smaller pictures, those that no content shows yet included."""
        index = self.site.index
        pictures = filter(is_picture_name, index.contents.static)
        copies = {f.address: f for path in pictures for f in picture_copies(path, self.site)}
        return copies | shared_pictures(index.contents.records, self.site)

    @cached_property
    def _form(self) -> dict[str, File]:
        """The form for the folder that is shown; its page stands at the address of its folder."""
        files = form(self.site, self._theme, self.site.index.contents.records)
        return {file.address.removesuffix("index.html"): file for file in files}

    def make(self, address: str) -> Made | None:
        """Return what stands at an address, once published if it is not yet."""
        shown = self._ahead_of(address) or self
        return shown._made(address)  # noqa: SLF001 - another one of this class

    def _ahead_of(self, address: str) -> "_Shown | None":
        """Return the site on the day when the unpublished content of an address appears.

        The issues of the letter have pages of their own before that.
        """
        index = self.site.index
        for record in index.contents.by_address.get(address, ()):
            if index.at_address(address) or has_header(record, LetterHeader):
                return None
            if record.faults or has_expired(record.header, index.now):
                continue
            if record.path not in self._ahead:
                day = max(appears(record.header) or index.now, index.now)
                ahead = index.at(day, finished=record.path)
                ahead.take_findings(index)
                site = replace(self.site, index=ahead)
                self._ahead[record.path] = _Shown(site, self._theme_of)
            return self._ahead[record.path]
        return None

    def _made(self, address: str) -> Made | None:
        item = self._find(address)
        if item is None and (data := self._bundled(address)) is not None:
            return Made(data)
        if item is None and not address.endswith("/"):
            folder = self._find(f"{address}/") if "." not in address.rpartition("/")[2] else None
            return Made(moved_to=f"{address}/") if folder else None
        if isinstance(item, Page):
            if item.template == "letter":
                self._make_pdf(item)
            return Made(self._theme.render(self.site.page_view(item)), is_page=True)
        if item:
            return Made(item.content(), is_page=item.address.endswith(".html"))
        return None

    def _bundled(self, address: str) -> bytes | None:
        """Return a file of a bundle, which is made whole at the first of them."""
        for folder in PurePosixPath(address).parents:
            bundle = self._plan.find(f"{folder}/*")
            if isinstance(bundle, Bundle):
                if bundle.address not in self._bundles:
                    self._bundles[bundle.address] = unpacked(bundle.content())
                return self._bundles[bundle.address].get(address.removeprefix(f"{folder}/"))
        return None

    def _make_pdf(self, letter: Page) -> None:
        """Make the PDF of an issue, whose page states its length."""
        for item in self._plan.found():
            if item.address.startswith(letter.address) and item.address.endswith(".pdf"):
                assert isinstance(item, File)
                item.content()

    def _find(self, address: str) -> Page | File | None:
        """Return the item at an address; a file of the contents without asking who shows it."""
        path = address.removeprefix("/")
        if path in self.site.index.contents.static:
            return static_file(path, self.site)
        if is_picture_name(address) and (copy := self._copies.get(address)):
            return copy
        if f"{address}/".startswith(FORM):
            return self._form.get(address)
        return self._plan.find(address)


def told(faults: Iterable[ContentError]) -> str:
    """Return faults as the terminal shows them, with their outcome if there is an error."""
    found = list(faults)
    stream = StringIO()
    if any(fault.level is Level.ERROR for fault in found):
        print_refusal(found, stream, _OUTCOME)
    else:
        print_faults(found, stream)
    return stream.getvalue().rstrip("\n")


def _errors(record: AnyRecord) -> Iterator[ContentError]:
    """Yield the errors of a content that it shows by itself."""
    found = (*record.faults, *record.text_faults())
    return (fault for fault in found if fault.level is Level.ERROR)


def _is_at_fault(record: AnyRecord) -> bool:
    """Return True for a content with errors; a draft may have some."""
    return record.header.status is not Status.DRAFT and any(_errors(record))
