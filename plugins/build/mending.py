"""`make check` with MEND: what can only be meant in one way is put right, and shown."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO
from uuid import uuid4

from plugins.build.earlier import EarlierRun, planned_site
from plugins.build.publication import read_settings, told
from plugins.build.report import print_change, print_line
from plugins.content.folder import JOURNAL, composed
from plugins.content.reading import Contents
from plugins.faults import ContentError
from plugins.library.history.repository import RepositoryError, opened
from plugins.library.index import Index
from plugins.site.plan import PlannedSite
from plugins.writing.files import write_anew
from plugins.writing.mending import Renaming, identified, mended, renamed, renamings

# To put a fault right may show another one: contents with many are read several times.
_MOST_PASSES = 10
_NEW_IDENTIFIER = (
    "Un contenu nouveau reçoit un « identifiant », qui reste le sien quand son fichier change de "
    "nom : ne le modifiez plus."
)


class _Text(NamedTuple):
    """The bytes of a file as they were read, and those to put in their place."""

    before: bytes
    after: bytes


class _Batch(NamedTuple):
    """What one reading puts right: texts by their files, and the new names of pictures."""

    texts: Mapping[Path, _Text]
    renamings: Sequence[Renaming] = ()


class _WriteError(Exception):
    """A file cannot be written; the message is French."""


def mend(
    settings_file: Path,
    stream: TextIO,
    is_mended: Callable[[Path], bool] = lambda _path: True,
    new_identifier: Callable[[], str] = lambda: str(uuid4()),
) -> int:
    """Put right what is certain, each file whole or not at all, and show every change.

    Only the files of which `is_mended` is true are, by their paths in messages; and whatever names
    one of their pictures. Return 0, or 1 after having said why nothing could be read.
    """

    def run() -> None:
        settings = read_settings(settings_file)
        root = Path(settings["PATH"])
        before: dict[Path, bytes] = {}
        moved: list[Renaming] = []
        for _ in range(_MOST_PASSES):
            planned = planned_site(settings, EarlierRun())
            batch = _batch(planned, is_mended, new_identifier)
            if not batch.texts and not batch.renamings:
                break
            _write(root, batch)
            for path, text in batch.texts.items():
                before.setdefault(path, text.before)
            moved.extend(batch.renamings)
        _show(root, before, moved, stream)

    try:
        return told(run, say=lambda sentence: print_line(sentence, stream))
    except _WriteError as error:
        print_line(str(error), stream)
        return 1


def _batch(
    planned: PlannedSite, is_mended: Callable[[Path], bool], new_identifier: Callable[[], str]
) -> _Batch:
    index = planned.published
    root = index.contents.root
    by_file: dict[Path, list[ContentError]] = {}
    for fault in planned.faults:
        if fault.edits and is_mended(fault.path) and fault.path != Path(root.name) / JOURNAL:
            by_file.setdefault(root.parent / fault.path, []).append(fault)
    texts = {
        root.parent / path: text
        for path, text in _identified(index, new_identifier)
        if is_mended(path)
    }
    for path, faults in by_file.items():
        data = path.read_bytes()
        texts[path] = _Text(data, mended(data, faults))
    texts = {path: text for path, text in texts.items() if text.after != text.before}
    # A picture is sought in texts without any other fault.
    return _Batch(texts) if texts else _renamed(index.contents, is_mended)


def _identified(index: Index, new_identifier: Callable[[], str]) -> Iterator[tuple[Path, _Text]]:
    """Yield the contents that get an « identifiant »: new ones, whose header is sound.

    Without one, a content is known by what git tells of its file. To give one to a content that
    readers or calendars may have would make another content of it, and a second event of an event:
    so each commit must be known, and none may have published it.
    """
    if not index.history or index.history.notice:
        return
    for record in index.contents.records:
        history = index.history_of(record)
        is_new = history is not None and history.published_at is None
        if is_new and not record.header.identifier and not record.faults:
            data = (index.contents.root.parent / record.path).read_bytes()
            yield record.path, _Text(data, identified(data, record.path, new_identifier()))


def _renamed(contents: Contents, is_mended: Callable[[Path], bool]) -> _Batch:
    """Return the new names of pictures that no commit has, and the texts that name them."""
    root = contents.root
    try:
        with opened(root) as repository:
            committed = {composed(Path(name)) for name in repository.files(repository.head())}
    except RepositoryError:
        return _Batch({})
    found = renamings(contents.static, committed)
    wanted = [renaming for renaming in found if is_mended(Path(root.name, renaming.old))]
    files = (*root.rglob("*.md"), *root.rglob("*.yaml"), *root.rglob("*.yml")) if wanted else ()
    texts = {path: path.read_bytes() for path in sorted(files) if path.is_file()}
    changed: dict[Path, bytes] = {}
    certain = []
    for renaming in wanted:
        named = renamed(renaming, texts | changed, contents.static)
        # The name on the disk may be spelt otherwise than in texts (macOS).
        is_there = (root / renaming.old).is_file() and not _is_another(root, renaming)
        if named is not None and is_there:
            changed |= named
            certain.append(renaming)
    return _Batch({path: _Text(texts[path], after) for path, after in changed.items()}, certain)


def _is_another(root: Path, renaming: Renaming) -> bool:
    """Return True when a file that is not the picture bears its new name already."""
    old, new = root / renaming.old, root / renaming.new
    return new.exists() and not new.samefile(old)


def _write(root: Path, batch: _Batch) -> None:
    """Give pictures their new names, and files their new bytes unless they have changed since."""
    path = root
    try:
        for renaming in batch.renamings:
            path = root / renaming.old
            path.rename(root / renaming.new)
        for path, text in batch.texts.items():
            if path.read_bytes() == text.before:
                write_anew(path, text.after)
    except OSError as error:
        name = path.relative_to(root.parent).as_posix()
        raise _WriteError(
            f"{name} n’a pas pu être écrit ({error.strerror}). Vérifiez les droits du dossier."
        ) from error


def _show(
    root: Path, before: Mapping[Path, bytes], moved: Sequence[Renaming], stream: TextIO
) -> None:
    """Print the changes of each file, then what to do."""
    has_new_identifier = False
    for path, data in sorted(before.items()):
        name = path.relative_to(root.parent).as_posix()
        old, new = (_lines(text) for text in (data, path.read_bytes()))
        print_change(difflib.unified_diff(old, new, name, name, lineterm=""), stream)
        has_new_identifier |= _is_identified(new) and not _is_identified(old)
    for renaming in moved:
        old_name, new_name = (f"{root.name}/{name}" for name in renaming)
        print_line(f"Renommé : {old_name} → {new_name}", stream)
    if has_new_identifier:
        print_line(_NEW_IDENTIFIER, stream)
    if before or moved:
        count = len(before)
        files = f"{count} fichier corrigé" if count == 1 else f"{count} fichiers corrigés"
        print_line(f"{files}. Relisez ces changements avant de les enregistrer.\n", stream)
    else:
        print_line("Rien ne se corrige seul.\n", stream)


def _is_identified(lines: Sequence[str]) -> bool:
    return any(line.startswith("identifiant:") for line in lines)


def _lines(data: bytes) -> list[str]:
    return data.decode(errors="replace").splitlines()
