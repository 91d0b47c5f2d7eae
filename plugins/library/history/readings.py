"""What one state of a content's file tells: its address, its appointment, what readers see."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from plugins.dates.parsing import parse_publication
from plugins.french.typography import fold
from plugins.front_matter.document import read_document
from plugins.front_matter.yaml_fields import Value
from plugins.library.history.appointment import Signature, signature

_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_QUICKLY_READ = 8_000
# Of a header, what no reader sees.
_UNSEEN = frozenset(
    {
        *("alias", "expire_le", "identifiant", "modifie", "modified", "publier_le", "slug"),
        *("statut", "status"),
    }
)
_DRAFTS = frozenset({"brouillon", "draft"})
_DATED = frozenset({"debut", "seances", "recurrence", "inscription"})
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

Shape: TypeAlias = tuple[str, ...]
"""The fields of a header that shape an address: slug, number, kind of group."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A state of a file.

    `head` is its header as it is written, `shape` what it says of the address, `appointment` of the
    dates; `seen` is a digest of what readers see, `modified` the time in `modifie`, in seconds
    since 1970. Of an unreadable header, all but `head` is empty.
    """

    head: bytes = b""
    shape: Shape = ()
    identifier: str = ""
    is_draft: bool = False
    appointment: Signature | None = None
    seen: bytes | None = None
    modified: int | None = None


def readings(blobs: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, Reading]]:
    """Yield the reading of each blob; a header that several of them have is read once."""
    known: dict[bytes, tuple[Reading, bytes]] = {}
    for name, data in blobs:
        head, text = _split(data)
        if head not in known:
            known[head] = _header_read(head, data)
        reading, seen = known[head]
        yield name, _with_text(reading, seen, text)


def _split(data: bytes) -> tuple[bytes, bytes]:
    end = data.find(b"\n---", 3)
    if not data.startswith(b"---") or end < 0:
        return data, b""
    return data[: end + 4], data[end + 4 :]


def _header_read(head: bytes, data: bytes) -> tuple[Reading, bytes]:
    """Return the reading of a header, and what readers see of it."""
    header = read_header(data)
    if header is None:
        return Reading(head), b""
    values = {key.lower(): value for key, value in header.items()}
    shape = tuple(_text(values.get(name)) for name in ("slug", "numero", "genre"))
    is_dated = not _DATED.isdisjoint(values)
    shown = sorted((k, v) for k, v in values.items() if k not in _UNSEEN)
    return Reading(
        head=head,
        shape=shape,
        identifier=_text(values.get("identifiant")),
        is_draft=fold(_text(values.get("statut") or values.get("status"))) in _DRAFTS,
        appointment=signature(values) if is_dated else (),
        modified=_modified(values),
    ), repr(shown).encode("utf-8", errors="surrogatepass")


def _with_text(read: Reading, seen: bytes, text: bytes) -> Reading:
    if not read.shape:
        return read
    words = b" ".join((_COMMENT.sub(b"", text) if b"<!--" in text else text).split())
    digest = blake2b(seen, digest_size=12)
    digest.update(words)
    return Reading(
        read.head,
        read.shape,
        read.identifier,
        read.is_draft,
        read.appointment,
        digest.digest(),
        read.modified,
    )


def _text(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _modified(header: Mapping[str, Value]) -> int | None:
    """Return the time of `modifie`, in seconds since 1970, None when absent or invalid."""
    if text := _text(header.get("modifie") or header.get("modified")):
        try:
            return int(parse_publication(text).instant.timestamp())
        except ValueError:
            return None
    return None


def read_header(data: bytes) -> Mapping[str, Value] | None:
    """Return the header in a file's bytes, None when unreadable.

    Most headers are simple: they are read without positions and checks, which are slow.
    """
    start, end = data.find(b"---"), data.find(b"\n---", 3)
    if start == 0 and 0 < end <= _LONGEST_QUICKLY_READ:
        text = data[3:end].decode("utf-8", errors="replace").replace("\r\n", "\n")
        if "&" not in text and "\ufffd" not in text:
            try:
                values: object = yaml.load(text, _LOADER)  # noqa: S506 - scalars as text only
            except (yaml.YAMLError, RecursionError):
                values = None
            if isinstance(values, dict):
                return values
    document, _ = read_document(Path(), data)
    return document.values if document else None
