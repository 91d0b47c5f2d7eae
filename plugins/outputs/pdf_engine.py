"""WeasyPrint, kept apart from the machine and from the rest of the program.

It needs Pango, which `make` installs; nothing but a PDF does, so it is loaded when the first one is
made.
"""

import ctypes
import importlib
import io
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
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
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = configuration.name
        try:
            yield _load()
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def versions() -> tuple[str, ...]:
    """Return the versions of all that decides a PDF's bytes, without loading any of it."""
    names = {
        found[0]
        for requirement in requires("weasyprint") or ()
        if "extra ==" not in requirement and (found := _REQUIREMENT.match(requirement))
    }
    packages = (f"{name} {version(name)}" for name in sorted({*names, "weasyprint"}))
    return (*packages, *(_library(*each) for each in _LIBRARIES.get(sys.platform, ())))


def _library(file: str, function: str) -> str:
    try:
        tell = getattr(ctypes.CDLL(file), function)
    except OSError:
        return f"{file} ?"
    tell.restype = ctypes.c_char_p
    return f"{file} {tell().decode()}"


@cache
def _load() -> ModuleType:
    accepts_truncated = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        # It warns that there are no fonts, as is meant, and prints advice when Pango is missing.
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
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
