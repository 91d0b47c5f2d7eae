"""Elided words, which the search tells from the word that follows: « l’attractivité »."""

import re

ELIDED = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu"
"""The words that may lose their vowel, as they are then written."""

COMMON = (
    "à au aux avec ce ces cette dans de des du elle en est et eux il ils la le les leur leurs ne "
    "nos notre ou où par pas pour qu que qui sa sans se ses son sont sous sur un une vos votre y"
)
"""Words that nearly every text holds: a search among other words does not ask for them."""

_ELIDED = re.compile(rf"(?i)(?<!\w)((?:{ELIDED.replace(' ', '|')})[’'])(?=[\w<])")


def parted(text: str) -> str:
    """Return a text, or HTML, with a space after each elided word, which makes it a word."""
    return _ELIDED.sub(r"\1 ", text)
