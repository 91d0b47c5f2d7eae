"""The colour of each chantier and group in calendars: a name of CSS 3, as RFC 7986 (5.9) wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Color:
    """A colour by its name in CSS, and as `#rrggbb` for Apple's applications."""

    name: str
    code: str


# White letters are read on each: its contrast with them is 4.5 at least (WCAG 2.2, 1.4.3).
PALETTE = tuple(
    Color(name, code)
    for name, code in (
        ("crimson", "#dc143c"),
        ("darkgreen", "#006400"),
        ("darkmagenta", "#8b008b"),
        ("darkolivegreen", "#556b2f"),
        ("darkslateblue", "#483d8b"),
        ("darkslategray", "#2f4f4f"),
        ("dimgray", "#696969"),
        ("firebrick", "#b22222"),
        ("indigo", "#4b0082"),
        ("maroon", "#800000"),
        ("mediumblue", "#0000cd"),
        ("mediumvioletred", "#c71585"),
        ("midnightblue", "#191970"),
        ("saddlebrown", "#8b4513"),
        ("sienna", "#a0522d"),
        ("teal", "#008080"),
        ("blueviolet", "#8a2be2"),
        ("royalblue", "#4169e1"),
    )
)


def colors(names: Iterable[str]) -> dict[str, Color]:
    """Return a colour for each name: its own whatever the order, another when that one is taken.

    A name that comes or goes leaves the colours of most others as they are. Past the palette's
    size, colours serve again.
    """
    found: dict[str, Color] = {}
    free = list(PALETTE)
    for name in sorted(set(names)):
        wished = int.from_bytes(sha256(name.encode()).digest()[:4]) % len(PALETTE)
        free = free or list(PALETTE)
        order = (*PALETTE[wished:], *PALETTE[:wished])
        found[name] = next(color for color in order if color in free)
        free.remove(found[name])
    return found
