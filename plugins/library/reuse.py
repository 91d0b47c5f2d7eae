"""Reuse: a value that a former run made may stand for the one to be made now.

Whether it does, only `build/` knows; the rest says which texts shape a value. Everything else that
shapes it is the frame of the site: the outlines of all contents, the other files, the day.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from plugins.content.record import AnyRecord

T = TypeVar("T")
Texts = Callable[[], Iterable[AnyRecord]]
"""The contents whose words shape a value, asked for only when it is made."""


def no_texts() -> tuple[AnyRecord, ...]:
    """Return no content: of a value that the words of texts do not shape."""
    return ()


class Reuse(Protocol):
    """A way to take a value by its name, or to make it."""

    def __call__(self, name: str, make: Callable[[], T], texts: Texts = no_texts, /) -> T:
        """Return the value; `texts` are those whose words shape it, besides the site's frame."""


def made_anew(_name: str, make: Callable[[], T], _texts: Texts = no_texts) -> T:
    """Return a value made now."""
    return make()
