"""WeasyPrint, kept apart from the machine and from the rest of the program.

It needs Pango, which `make` installs; nothing but a PDF does, so it is loaded when the first one is
made. What it could not do, which it only logs, is told in French.
"""

import ctypes
import ctypes.util
import importlib
import io
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from functools import cache
from importlib.metadata import requires, version
from tempfile import NamedTemporaryFile
from types import ModuleType

from PIL import ImageFile

_NO_FONTS = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig/>
"""
_REQUIREMENT = re.compile(r"[\w.-]+")
# What tells its version, by platform: (file of the library, function that returns a `char *`).
_LIBRARIES = {
    "linux": (
        ("libpango-1.0.so.0", "pango_version_string"),
        ("libharfbuzz.so.0", "hb_version_string"),
    ),
    "darwin": (
        ("libpango-1.0.dylib", "pango_version_string"),
        ("libharfbuzz.dylib", "hb_version_string"),
    ),
}
# Where Homebrew puts libraries, which macOS does not look into by itself.
_FALLBACK = "DYLD_FALLBACK_LIBRARY_PATH"
_FALLBACK_FOLDERS = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"

_LOGGERS = ("weasyprint", "fontTools")
# Its messages that a text of ours can cause; their arguments take the places {0}, {1}.
_MESSAGES = {
    "Failed to load image at %r: %s": "l’image {0} ne peut pas être lue",
    "Failed to render SVG image %s": "le dessin {0} ne peut pas être tracé",
    "Failed to load inline SVG: %s": "un dessin ne peut pas être tracé ({0})",
    'Image "%s" has no required alt description': "l’image {0} n’a pas de texte de remplacement",
    "No anchor #%s for internal URI reference": "le lien vers #{0} ne mène nulle part",
    (
        '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'
    ): "aucune police de l’impression n’a le caractère « {0} » (U+{1:04X}) : remplacez-le",
}


class MissingPangoError(Exception):
    """Pango, or HarfBuzz's subsetter, is not on this machine."""


@contextmanager
def weasyprint() -> Iterator[ModuleType]:
    """Yield WeasyPrint, to which no font of the machine exists.

    The same text then gives the same PDF anywhere, and what our fonts lack is told instead of
    being borrowed. fontconfig reads its configuration when WeasyPrint is loaded and again for each
    document; ours names no folder, so it looks for no cache either. Raises MissingPangoError.
    """
    with NamedTemporaryFile(prefix="passerelle-", suffix=".conf") as configuration:
        configuration.write(_NO_FONTS)
        configuration.flush()
        with _set(FONTCONFIG_FILE=configuration.name):
            yield _load()


@cache
def versions() -> tuple[str, ...]:
    """Return the versions of all that decides a PDF's bytes, without loading any of it."""
    names = {
        found[0]
        for requirement in requires("weasyprint") or ()
        if "extra ==" not in requirement and (found := _REQUIREMENT.match(requirement))
    }
    # selectolax writes the HTML that WeasyPrint reads.
    packages = (f"{name} {version(name)}" for name in sorted({*names, "selectolax", "weasyprint"}))
    return (*packages, *(_library(*each) for each in _LIBRARIES.get(sys.platform, ())))


def _library(file: str, function: str) -> str:
    try:
        with _libraries():
            # Given a name, macOS only looks where it was told to when the program began.
            found = ctypes.util.find_library(file.removesuffix(".dylib")) if _is_macos() else None
        tell = getattr(ctypes.CDLL(found or file), function)
    except OSError:
        return f"{file} ?"
    tell.restype = ctypes.c_char_p
    return f"{file} {tell().decode()}"


@cache
def _load() -> ModuleType:
    accepts_truncated = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        # It warns that there are no fonts, as is meant, and prints advice when Pango is missing.
        with _libraries(), warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            module = importlib.import_module("weasyprint")
    except OSError as error:
        raise MissingPangoError from error
    finally:
        # WeasyPrint makes Pillow show half a picture without a word, here and everywhere.
        ImageFile.LOAD_TRUNCATED_IMAGES = accepts_truncated
    if importlib.import_module("weasyprint.text.ffi").harfbuzz_subset is None:
        raise MissingPangoError
    return module


def _libraries() -> AbstractContextManager[None]:
    """Make Python look for libraries where Homebrew puts them, unless it is told where."""
    if not _is_macos() or _FALLBACK in os.environ:
        return nullcontext()
    return _set(**{_FALLBACK: _FALLBACK_FOLDERS})


def _is_macos() -> bool:
    return sys.platform == "darwin"


@contextmanager
def _set(**variables: str) -> Iterator[None]:
    """Give variables of the environment a value for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def recorded() -> Iterator[list[logging.LogRecord]]:
    """Yield the list of what is logged meanwhile, warnings and errors; nothing else shows it.

    The loggers may be those of a program that tells nothing twice, or that stops at an error
    (Pelican's do both): ours is the first of their filters, and lets nothing through.
    """
    keeper = _Keeper()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.filters.insert(0, keeper)
        logger.setLevel(logging.WARNING)
    try:
        yield keeper.records
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeFilter(keeper)
            logger.setLevel(level)


def sentences(records: Iterable[logging.LogRecord]) -> Iterator[str]:
    """Yield each fault once, in French; one that is ours, not the editor's, as it was logged."""
    told = set()
    for record in records:
        french = _MESSAGES.get(record.msg)
        arguments = record.args if isinstance(record.args, tuple) else ()
        sentence = french.format(*arguments) if french else f"WeasyPrint : {record.getMessage()}"
        if sentence not in told:
            told.add(sentence)
            yield sentence


class _Keeper(logging.Filter):
    """Keeps records from going further."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def filter(self, record: logging.LogRecord) -> bool:
        self.records.append(record)
        return False
