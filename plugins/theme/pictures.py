"""Pictures in pages: the copies from which the browser chooses, by the room that the layout has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from plugins.views.base import Picture

_SOURCE = Markup('<source type="image/{}" srcset="{}" sizes="{}">')
_IMAGE = Markup('src="{}"{}{} decoding="async"')
_FIRST, _LAZY = Markup(' fetchpriority="high"'), Markup(' loading="lazy"')
_SIZE = Markup(' width="{}" height="{}"')


@dataclass(frozen=True, slots=True)
class _Place:
    """The widths of a place of the layout, each after the width of window from which it holds.

    `tallest` is the greatest height of a picture there, in rem.
    """

    widths: tuple[tuple[str, str], ...]
    tallest: int = 40


# As in theme/static/css/layout.css and tokens.css; tests/browser/test_photographs.py compares.
PLACES: Mapping[str, _Place] = {
    "prose": _Place(
        (("62rem", "41rem"), ("56rem", "100vw - 20rem"), ("", "100vw - 2rem, 41rem")),
    ),
    "sheet": _Place((("81rem", "58.5rem"), ("56rem", "100vw - 20rem"), ("", "100vw - 2rem"))),
    "letter": _Place(
        (("81rem", "58.5rem"), ("56rem", "100vw - 20rem"), ("", "100vw - 2rem")), tallest=24
    ),
    "margin": _Place((("56rem", "14rem"), ("", "100vw - 2rem"))),
    "teaser-lead": _Place((("81rem", "42.5rem"), ("56rem", "52vw"), ("", "100vw - 2rem"))),
    "teaser-row": _Place(
        (("60rem", "16rem"), ("48rem", "50vw"), ("40rem", "10rem"), ("", "6.5rem"))
    ),
    "cover": _Place((("", "20rem"),)),
}
"""The places of pictures, by the names that templates give them."""


def sizes(picture: Picture, place: str) -> str:
    """Return the width of a picture in a place, as the attribute `sizes` (HTML, 4.8.4.2.1)."""
    found = PLACES[place]
    most = round(found.tallest * (picture.width or 1) / (picture.height or 1), 1)
    return ", ".join(
        f"{f'(min-width: {window}) ' if window else ''}min({width}, {most:g}rem)"
        for window, width in found.widths
    )


def sources(picture: Picture, place: str, link: Callable[[str], str]) -> Markup:
    """Return the elements `source` of a picture, empty when it has no copies."""
    room = sizes(picture, place)
    found = Markup()
    for form, copies in groupby(picture.copies, key=lambda copy: copy.form):
        addresses = ", ".join(f"{link(copy.address)} {copy.width}w" for copy in copies)
        found += _SOURCE.format(form.lower(), addresses, room)
    return found


def attributes(picture: Picture, link: Callable[[str], str], *, is_first: bool = False) -> Markup:
    """Return the attributes of a picture's `img`, except its words.

    `is_first` says that it is the largest of the first screen; others wait for their turn.
    """
    size = (picture.width, picture.height)
    return _IMAGE.format(
        link(picture.src),
        _SIZE.format(*size) if all(size) else "",
        _FIRST if is_first else _LAZY,
    )
