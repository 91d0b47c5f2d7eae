"""WeasyPrint, kept apart from the machine and from the rest of the program.

It needs Pango, which `make` installs; nothing but a PDF does, so it is loaded when the first one is
made. What it complains of, which it only logs, is recorded.
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
from collections.abc import Iterator
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
# Libraries and their functions that return the version (`char *`), by platform.
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
# The folders of Homebrew, which macOS does not search by itself.
_FALLBACK = "DYLD_FALLBACK_LIBRARY_PATH"
_FALLBACK_FOLDERS = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"

_LOGGERS = ("weasyprint", "fontTools")


class MissingPangoError(Exception):
    """Pango, or HarfBuzz's subsetter, is not on this machine."""


@contextmanager
def weasyprint() -> Iterator[ModuleType]:
    """Yield WeasyPrint, without any font of the machine.

    The same text then gives the same PDF anywhere, and a character that our fonts lack is told
    instead of being borrowed. fontconfig reads its configuration when WeasyPrint is loaded, and
    again for each document; ours names no folder, so it looks for no cache either. Raises
    MissingPangoError.
    """
    with NamedTemporaryFile(prefix="passerelle-", suffix=".conf") as configuration:
        configuration.write(_NO_FONTS)
        configuration.flush()
        with _set(FONTCONFIG_FILE=configuration.name):
            yield _load()


@cache
def versions() -> tuple[str, ...]:
    """Return the names and versions of the packages and libraries that decide a PDF's bytes.

    WeasyPrint is not loaded for it.
    """
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
    """Make Python search the folders of Homebrew on macOS, unless others are set."""
    if not _is_macos() or _FALLBACK in os.environ:
        return nullcontext()
    return _set(**{_FALLBACK: _FALLBACK_FOLDERS})


def _is_macos() -> bool:
    return sys.platform == "darwin"


@contextmanager
def _set(**variables: str) -> Iterator[None]:
    """Set variables of the environment, and restore them at the end."""
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
def recorded() -> Iterator[list[str]]:
    """Yield the list of WeasyPrint's warnings and errors, as they are logged; no log shows them.

    The program's loggers may show a message only once, or stop at an error (Pelican's do both):
    our filter comes before theirs and lets nothing through.
    """
    messages: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        messages.append(record.getMessage())
        return False

    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.filters.insert(0, keep)
        logger.setLevel(logging.WARNING)
    try:
        yield messages
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeFilter(keep)
            logger.setLevel(level)
