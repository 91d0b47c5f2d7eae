"""Where French words may be cut: browsers without a French dictionary cut them anywhere."""

from functools import cache

from pyphen import Pyphen

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG = 10
"""Letters of the shortest word that is cut."""


@cache
def _french() -> Pyphen:
    return Pyphen(lang="fr_FR", left=3, right=3)


def hyphenated(text: str) -> str:
    """Return a text with a soft hyphen wherever one of its long words may be cut."""
    return " ".join(
        _french().inserted(word, SOFT_HYPHEN) if len(word) >= LONG else word
        for word in text.split(" ")
    )
