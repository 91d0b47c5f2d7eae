"""Mending what can only be meant in one way: the texts of files, and the names of new pictures.

Whatever is not found as it was described stays as it is, byte for byte: line ends, comments, order.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from plugins.content.pictures import is_picture_name
from plugins.faults import ContentError, Edit
from plugins.french.slugs import slugify
from plugins.front_matter.document import read_document

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_QUOTES = {'"', "'"}
_FENCE = re.compile(r"(?m)^---[ \t]*\r?$")
_SOUND_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
# What stands before the name of a file where it is an address, and what stands after.
_BEFORE = r"""(?:/|\]\(<?|\]:[ ]<?|["']|\bfichier:[ ]+)"""
_AFTER = r"""(?=[)>"'#?,\]}\s]|\Z)"""
_OUTSIDE = re.compile(r"""[A-Za-z][A-Za-z+.-]*://[^\s)>"']*\Z""")


_Span: TypeAlias = tuple[int, int]


def mended(data: bytes, faults: Iterable[ContentError]) -> bytes:
    """Return the bytes of a file once the edits of its faults are made.

    The edits of a fault are made together. Those that do not find what they replace, or meet those
    of another fault, are left.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data
    start = len("\ufeff") if text.startswith("\ufeff") else 0
    lines = [(found.start(), found[1], found[2]) for found in _LINE.finditer(text, start)]
    taken: dict[_Span, str] = {}
    for fault in faults:
        spans = [_span(edit, lines) for edit in fault.edits]
        found = {span[:2]: span[2] for span in spans if span}
        if len(found) == len(spans) and not _meet(found, taken):
            taken |= found
    for (first, last), new in sorted(taken.items(), reverse=True):
        text = text[:first] + new + text[last:]
    return text.encode()


def _span(edit: Edit, lines: list[tuple[int, str, str]]) -> tuple[int, int, str] | None:
    """Return the start and the end of what an edit replaces, and the text that takes its place."""
    number, column = edit.position.line - 1, edit.position.column - 1
    if number >= len(lines):
        return None
    start, line, ending = lines[number]
    # The place of a value between quotes is that of the quote.
    if edit.old and line[column : column + 1] in _QUOTES and edit.old[0] not in _QUOTES:
        column += 1
    whole = f"{line}\n" if ending else line
    last = column + len(edit.old)
    is_cut = edit.old[-1:].isalnum() and whole[last : last + 1].isalnum()
    if column > len(line) or whole[column:last] != edit.old or is_cut:
        return None
    end = start + last + (len(ending) - 1 if last > len(line) else 0)
    new_ending = (lines[number - 1][2] if number else ending) or "\n"
    return start + column, end, edit.new.replace("\n", new_ending)


def _meet(found: Mapping[_Span, str], taken: Mapping[_Span, str]) -> bool:
    """Return True when edits lie upon others that differ; two faults may ask for the same one."""
    return any(
        new != taken[other] if span == other else span[0] < other[1] and other[0] < span[1]
        for span, new in found.items()
        for other in taken
    )


def identified(data: bytes, path: Path, identifier: str) -> bytes:
    """Return a content's bytes with a last line in its header, « identifiant ».

    A header that would then say anything else than before is left.
    """
    before, _ = read_document(path, data)
    text = data.decode(errors="surrogateescape")
    fences = list(_FENCE.finditer(text))[:2]
    if not before or before.pelican or len(fences) < 2 or "identifiant" in before.values:
        return data
    at = fences[1].start()
    ending = "\r\n" if text[:at].endswith("\r\n") else "\n"
    line = f"identifiant: {identifier}{ending}"
    after_data = (text[:at] + line + text[at:]).encode(errors="surrogateescape")
    after, _ = read_document(path, after_data)
    is_same = (
        after
        and after.values == {**before.values, "identifiant": identifier}
        and after.body == before.body
    )
    return after_data if is_same else data


class Renaming(NamedTuple):
    """A picture's file, and its new name in the same folder; paths from the content folder."""

    old: str
    new: str


def renamings(static: Collection[str], committed: Collection[str]) -> Iterator[Renaming]:
    """Yield the new names of pictures with capitals, spaces or accents in theirs.

    Only of pictures that no commit has: an address that may be online is never taken away, since
    letters that were sent show it. None gets a name that another file has, whatever its capitals.
    """
    wanted = {
        Renaming(path, new)
        for path in static
        if is_picture_name(path) and path not in committed and (new := _sound(path)) != path
    }
    names = [path.casefold() for path in (*static, *(renaming.new for renaming in wanted))]
    for renaming in sorted(wanted):
        own = renaming.new.casefold() == renaming.old.casefold()
        if names.count(renaming.new.casefold()) == 1 + own:
            yield renaming


def _sound(path: str) -> str:
    pure = PurePosixPath(path)
    if _SOUND_NAME.fullmatch(pure.name):
        return path
    try:
        return (pure.parent / f"{slugify(pure.stem)}{pure.suffix.lower()}").as_posix()
    except ValueError:
        return path


def renamed(
    renaming: Renaming, texts: Mapping[Path, bytes], static: Collection[str]
) -> dict[Path, bytes] | None:
    """Return the texts that name a picture, with its new name; None when that is not certain.

    It is not when another file bears the name, or when a text has it outside an address.
    """
    name, new = (PurePosixPath(path).name for path in renaming)
    spelt = _forms(name)
    if sum(PurePosixPath(path).name.casefold() == name.casefold() for path in static) > 1:
        return None
    forms = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True))
    known = re.compile(rf"(?P<before>{_BEFORE})(?:{forms}){_AFTER}")
    anywhere = re.compile(forms)
    changed = {}
    for path, data in texts.items():
        text = data.decode(errors="surrogateescape")
        if not any(form in text for form in spelt):
            continue
        after = known.sub(rf"\g<before>{new}", text)
        is_outside = any(
            _OUTSIDE.search(text, 0, found.end("before")) for found in known.finditer(text)
        )
        if is_outside or anywhere.search(after):
            return None
        changed[path] = after.encode(errors="surrogateescape")
    return changed


def _forms(name: str) -> set[str]:
    """Return the ways in which texts write the name of a file."""
    spelt = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    return {
        *spelt,
        *(quote(form) for form in spelt),
        *(form.replace(" ", "%20") for form in spelt),
    }
