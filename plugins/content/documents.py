"""Documents to download: what their properties tell of persons, beside their text."""

import contextlib
import io
import logging
import mmap
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from plugins.content.pictures import UNREADABLE, remembered, states_position

# Of a damaged document, pypdf tells in English what editors cannot use.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

AUTHOR, LAST_AUTHOR, COMPANY, TITLE = "auteur", "modifié par", "organisme", "titre"
POSITION = "lieu"
_PDF = {"/Author": AUTHOR, "/Company": COMPANY, "/Title": TITLE}
# ECMA-376, part 2 (core properties) and part 1 (extended properties); OpenDocument, part 3.
_OFFICE: Mapping[str, Mapping[str, str]] = {
    "docProps/core.xml": {"creator": AUTHOR, "lastModifiedBy": LAST_AUTHOR, "title": TITLE},
    "docProps/app.xml": {"Company": COMPANY, "Manager": "responsable"},
    "meta.xml": {"initial-creator": AUTHOR, "creator": LAST_AUTHOR, "title": TITLE},
}
_ARCHIVES = {".docx", ".odp", ".ods", ".odt", ".pptx", ".xlsx"}
_PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp")
_LARGEST_PHOTOGRAPH = 50_000_000
_MOST_PROPERTIES = 1_000_000
# Where telephones write a position: QuickTime's user data, Apple's keys, 3GPP's location.
_POSITION = re.compile(rb"\xa9xyz.{4}[+-]\d\d|com\.apple\.quicktime\.location|loci\0{4}", re.DOTALL)


@remembered
def properties(path: Path) -> tuple[tuple[str, str], ...]:
    """Return what a document tells of a person, a firm or a place, and its title, with labels.

    A document that cannot be read, or only with a password, has none.
    """
    suffix = path.suffix.lower()
    try:
        if suffix == ".pdf":
            found = list(_of_pdf(path))
        else:
            found = list(_of_office(path)) if suffix in _ARCHIVES else []
    except Exception:  # noqa: BLE001 - a damaged file makes its reader raise anything
        return ()
    texts = ((label, " ".join(value.split())) for label, value in found)
    return tuple(dict.fromkeys((label, value) for label, value in texts if value))


def _of_pdf(path: Path) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, and few sites have documents

    with path.open("rb") as file:
        reader = PdfReader(file)
        stated: Mapping[str, object] = reader.metadata or {}
        for key, label in _PDF.items():
            yield label, str(stated.get(key) or "")
        # Word writes the author in both places, other programs in one.
        more = reader.xmp_metadata
        yield from ((AUTHOR, str(name)) for name in (more.dc_creator or [] if more else []))


def _of_office(path: Path) -> Iterator[tuple[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as archive:
        for name in [name for name in _OFFICE if name in archive.namelist()]:
            with archive.open(name) as file:
                root = etree.fromstring(file.read(_MOST_PROPERTIES), parser)
            for node in root.iter():
                label = isinstance(node.tag, str) and _OFFICE[name].get(_local(node))
                if label:
                    yield label, node.text or ""
        # Word and its like keep a photograph as it was inserted.
        for name in archive.namelist():
            if name.lower().endswith(_PHOTOGRAPHS):
                with archive.open(name) as file, contextlib.suppress(*UNREADABLE):
                    if states_position(io.BytesIO(file.read(_LARGEST_PHOTOGRAPH))):
                        yield POSITION, Path(name).name


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


@remembered
def film_holds_position(path: Path) -> bool:
    """Return True for a film in which the place where it was taken is written."""
    if path.suffix.lower() != ".mp4":
        return False
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _POSITION.search(data) is not None
    except (OSError, ValueError):
        return False
